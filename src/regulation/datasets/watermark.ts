// Which copy a leaked table was (R18.1): a recipient's copy gives up some values that others' copies show. Nothing is falsified; whole groups
// of people who look alike lose the same value, so classes only merge and every measure of anonymity still holds.

/** What a key makes of a text: 0 … 2³²−1, evenly spread, unforeseeable without the key. */
export type Keyed = (text: string) => number;

/** The value of a cell that says nothing. */
export const GIVEN_UP = '不限';

/** Where marks are, the same for every copy of a dataset; kept after its destruction, because it tells nothing of anybody. */
export interface MarkPlan {
  /** Quasi-identifiers that may lose a value: in any one row only one of them, chosen by its other columns. */
  readonly carriers: readonly string[];
  /** Quasi-identifiers that never do. */
  readonly anchors: readonly string[];
  /** One group in so many loses its value in a copy. */
  readonly oneIn: number;
  /** Groups that marks can be in. */
  readonly groups: number;
  /** What a random twentieth of the rows may be expected to tell: −log10 of how often a stranger's key fits as well. */
  readonly evidence: number;
  /** What the whole table may be expected to tell; a plan of an earlier version does not say it. */
  readonly whole?: number;
  /** The largest share of the rows (0 … 1) in which one copy is expected to give up one and the same field. */
  readonly share?: number;
}

/** A table as it is printed: headings of the quasi-identifiers, and rows of cells by heading. */
export interface PrintedTable {
  /** Heading → place of the cell. */
  readonly places: ReadonlyMap<string, number>;
  readonly rows: readonly (readonly string[])[];
}

/** A group of people who look alike but for one column, and that column. */
export interface MarkPlace {
  readonly column: string;
  readonly group: string;
}

const MOST_CARRIERS = 3;
const SHARES = [16, 12, 8, 6, 4, 2] as const;
/** The share of the rows in which one copy may be expected to lose one field, and that a single group may be: marks cost the analysis little or are not made. */
export const MOST_GIVEN_UP = 0.05;
const SAMPLE = 1 / 20;
/** Enough for a thousand copies and a false accusation in a thousand million. */
const ENOUGH = 12;
/** What the whole table has to tell at least: a false accusation in a million ({@link ACCUSED_BY_CHANCE}) among a hundred copies. */
const LEAST_WHOLE = 8;
const SPREAD = 2 ** 32;

/** How often a mark that is seen is the recipient's own (the rest: somebody gave up more), and how often one is missing that should be there. */
const SEEN_IS_OWN = 0.9;
const UNSEEN_IS_OWN = 0.01;

const DATE = /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})?日?)?(?:[ T]0{1,2}:0{2}(?::0{2}(?:\.0+)?)?)?$/;

/**
 * A cell in the form in which it is compared: what spreadsheets make of leading noughts, decimals and dates is taken back.
 * Different values may become one; that is the same for every copy, so it costs nothing but a little evidence.
 */
export function comparable(cell: string): string {
  const text = cell.normalize('NFKC').trim();
  const number = /^0*(\d+)(?:\.0+)?$/.exec(text);
  if (number) return number[1] ?? text;
  const date = DATE.exec(text);
  if (!date) return text;
  const day = Number(date[3] ?? 1);
  return `${date[1]}-${Number(date[2])}${day === 1 ? '' : `-${day}`}`;
}

/**
 * Plans the marks of a table. Null when there is nothing to give up, or when what may be given up could name nobody: then copies are
 * told by the names of their rows alone.
 * @param quasi the headings of its quasi-identifiers
 * @param peopleIn how many people each row stands for; one when not given
 */
export function planMarks(
  { places, rows }: PrintedTable,
  quasi: readonly string[],
  choose: Keyed,
  peopleIn: readonly number[] = [],
): MarkPlan | null {
  const spread = quasi.map((heading) => {
    const values = new Set<string>();
    for (const row of rows) values.add(row[places.get(heading) ?? -1] ?? '');
    return { heading, values: values.size };
  });
  const useful = spread.filter(({ values }) => values > 1).sort((one, other) => one.values - other.values);
  if (useful.length === 0) return null;
  const headings = useful.map(({ heading }) => heading);
  const carriers = headings.slice(0, Math.min(MOST_CARRIERS, Math.max(1, headings.length - 2)));
  const anchors = headings.filter((heading) => !carriers.includes(heading));
  const draft = { carriers, anchors, oneIn: 2, groups: 0, evidence: 0 };
  const sizes = new Map<string, number>();
  const carried = new Map<string, number>();
  let total = 0;
  for (const [at, row] of rows.entries()) {
    const { column, group } = placeOfMark(draft, { places, row }, choose);
    const key = `${column}\n${group}`;
    const people = peopleIn[at] ?? 1;
    sizes.set(key, (sizes.get(key) ?? 0) + people);
    carried.set(column, (carried.get(column) ?? 0) + people);
    total += people;
  }
  let sampled = 0;
  for (const size of sizes.values()) sampled += 1 - (1 - SAMPLE) ** size;
  const largest = largestOf(sizes) / total;
  const shareOf = (oneIn: number) => largestOf(carried) / total / oneIn;
  const evidenceOf = (oneIn: number) => sampled * evidenceOfGroup(1 / oneIn);
  const cheap = SHARES.filter((oneIn) => largest <= MOST_GIVEN_UP && shareOf(oneIn) <= MOST_GIVEN_UP);
  const oneIn = cheap.find((each) => evidenceOf(each) >= ENOUGH) ?? cheap.at(-1);
  const whole = oneIn === undefined ? 0 : sizes.size * evidenceOfGroup(1 / oneIn);
  if (oneIn === undefined || whole < LEAST_WHOLE) return null;
  const told = (value: number) => Math.floor(value * 10) / 10;
  const share = Math.ceil(shareOf(oneIn) * 1000) / 1000;
  return { ...draft, oneIn, groups: sizes.size, evidence: told(evidenceOf(oneIn)), whole: told(whole), share };
}

function largestOf(sizes: ReadonlyMap<string, number>): number {
  let largest = 0;
  for (const size of sizes.values()) largest = Math.max(largest, size);
  return largest;
}

function evidenceOfGroup(share: number): number {
  return share * Math.log10(SEEN_IS_OWN / share) + (1 - share) * Math.log10((1 - UNSEEN_IS_OWN) / (1 - share));
}

/** Which cell of a row may be given up, and the group that shares its fate: told by the row's other cells alone. */
export function placeOfMark(
  { carriers, anchors }: Pick<MarkPlan, 'carriers' | 'anchors'>,
  { places, row }: { places: ReadonlyMap<string, number>; row: readonly string[] },
  choose: Keyed,
): MarkPlace {
  const cell = (heading: string) => comparable(row[places.get(heading) ?? -1] ?? '');
  const fixed = anchors.map(cell).join('\t');
  const column = carriers.length === 1 ? (carriers[0] ?? '') : (carriers[choose(fixed) % carriers.length] ?? '');
  const others = carriers.filter((heading) => heading !== column).map(cell);
  return { column, group: [fixed, ...others].join('\t') };
}

/** Whether a recipient's copy gives up the cell. */
export function isGivenUp({ oneIn }: Pick<MarkPlan, 'oneIn'>, { column, group }: MarkPlace, recipient: Keyed): boolean {
  return recipient(`${column}\n${group}`) < SPREAD / oneIn;
}

/** What a leaked table shows: each group with whether its cell is given up in it. */
export function observedMarks(plan: MarkPlan, table: PrintedTable, choose: Keyed): Map<string, boolean> {
  const seen = new Map<string, boolean>();
  const { places } = table;
  for (const row of table.rows) {
    const { column, group } = placeOfMark(plan, { places, row }, choose);
    const key = `${column}\n${group}`;
    const givenUp = comparable(row[places.get(column) ?? -1] ?? '') === GIVEN_UP;
    // A copy gives up the cell in all rows of a group, so one that shows it speaks for the group.
    seen.set(key, givenUp && (seen.get(key) ?? true));
  }
  return seen;
}

/**
 * How often, at most, the key of somebody who has nothing to do with the table fits it as well as this one: −log10 of that probability.
 *
 * The table is what it is; a stranger's choices are drawn anew for each group, one in `oneIn`. The ratio of the probabilities of the
 * choices under "it is this copy, somewhat damaged" and "it is not" has the mean 1 over strangers, so it exceeds r with
 * probability 1/r at most (Markov's inequality). The result is log10 of the ratio; a negative one tells against the recipient.
 */
export function evidenceFor(
  { oneIn }: Pick<MarkPlan, 'oneIn'>,
  seen: ReadonlyMap<string, boolean>,
  recipient: Keyed,
): number {
  const share = 1 / oneIn;
  let evidence = 0;
  for (const [key, givenUp] of seen) {
    const own = recipient(key) < SPREAD / oneIn;
    const expected = givenUp ? SEEN_IS_OWN : UNSEEN_IS_OWN;
    evidence += own ? Math.log10(expected / share) : Math.log10((1 - expected) / (1 - share));
  }
  return evidence;
}

/** A false accusation may happen in one of so many traces, whatever the number of copies: −log10. */
export const ACCUSED_BY_CHANCE = 6;

/** Whether evidence is enough to name a copy, among so many candidates. */
export function isIdentified(evidence: number, candidates: number): boolean {
  return evidence - Math.log10(Math.max(1, candidates)) >= ACCUSED_BY_CHANCE;
}
