// What an office delivers for one group: rows of the first file with the mistakes in them, the corrected second file, enrolment records, people forgotten.
import { addDays } from '../../regulation/deadlines/deadlines.ts';
import type { DeclassificationForm } from '../../regulation/declassification.ts';
import type { EnrolmentFields } from '../../regulation/record/enrolment.ts';
import { rosterNumber } from '../../regulation/resolution/roster.ts';
import type { EditionId } from '../../regulation/standard/columns.ts';
import { ENROLMENT_MISTAKES } from './enrolment-mistakes.ts';
import type { TableForm } from './files.ts';
import { type Counters, type Graduate, makeGraduate } from './graduates.ts';
import type { Group, Sitting } from './plan.ts';
import type { Random } from './random.ts';
import type { Place, RowMistake } from './row-mistake.ts';
import { ROW_MISTAKES } from './row-mistakes.ts';
import { cellsOf, recordHeader, recordRow, type TextTable } from './tables.ts';

/** A row with what was planted in it: the id of a mistake, or null for a good row. */
export interface DeliveredRow {
  readonly planted: string | null;
  readonly graduate: Graduate;
  readonly cells: readonly string[];
}

/** A file of records; `rows[0]` is line 2 of the file. */
export interface RecordDelivery {
  readonly header: readonly string[];
  readonly rows: readonly DeliveredRow[];
}

/** A declassification that an office records; a mistaken one is withdrawn before the second file. */
export interface DeliveredDeclassification {
  readonly number: string;
  readonly form: DeclassificationForm;
  readonly decidedOn: string;
  readonly holdsFrom: string;
  readonly mistaken: boolean;
}

/** Everything of one group. */
export interface Delivery {
  readonly place: Place;
  readonly sitting: Sitting;
  readonly group: Group;
  readonly edition: EditionId;
  readonly form: TableForm;
  /** Everybody whom the resolution names. */
  readonly onRoster: readonly Graduate[];
  readonly first: RecordDelivery;
  /** The rows that were wrong, now right; with copies of what is already in the register among them. */
  readonly second: RecordDelivery;
  /** People of the roster whom both files forget; found when the group is to be reported. */
  readonly forgotten: readonly Graduate[];
  /** Enrolment records as first delivered, and again where they were wrong. */
  readonly enrolment: readonly EnrolmentFields[];
  readonly enrolmentAgain: readonly EnrolmentFields[];
  /** What is recorded of classified theses before the first file, the useless ones among it (art. 20). */
  readonly declassifications: readonly DeliveredDeclassification[];
  /** Certificate numbers of people whose enrolment record is found wrong at linking, with the mistake. */
  readonly wrongAtLink: ReadonlyMap<string, string>;
}

const EDITION_OF: Partial<Record<Place, EditionId>> = { 'june-bachelor/regular-bachelor': 'bachelor-2024-06' };
const FORM_OF: Partial<Record<Place, TableForm>> = {
  'january/adult-education-bachelor': 'csv-gb18030',
  'june-bachelor/regular-bachelor': 'csv',
  'june-master/professional-master': 'csv',
  'march/equivalent-education-master': 'csv',
};

/** How many of each kind are planted. */
export interface Planting {
  readonly each: number;
  readonly forgotten: number;
}

/** Makes the delivery of a group; with `planting` null every row is good. */
export function makeDelivery(
  random: Random,
  sitting: Sitting,
  group: Group,
  counters: Counters,
  planting: Planting | null,
): Delivery {
  const place: Place = `${sitting.key}/${group.category}`;
  const edition = EDITION_OF[place] ?? 'vermilion-1';
  const make = () => makeGraduate(random, sitting, group, counters);
  const row = (graduate: Graduate, mistake?: RowMistake): DeliveredRow => {
    const good = cellsOf(graduate.record, edition);
    const cells = recordRow(mistake ? mistake.spoil(good, graduate.record) : good, graduate.record, edition);
    return { planted: mistake?.id ?? null, graduate, cells };
  };
  const many = <T>(count: number, one: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => one(at));

  const onRoster = many(group.count, make);
  const first = onRoster.map((graduate) => row(graduate));
  const second: DeliveredRow[] = [];
  const enrolmentOf = new Map(onRoster.map((graduate) => [graduate, graduate.enrolment]));
  const enrolmentAgain: EnrolmentFields[] = [];
  const wrongAtLink = new Map<string, string>();
  const ahead: DeliveredRow[] = [];
  const copies: DeliveredRow[] = [];
  const strangers: RowMistake[] = [];
  const each = planting?.each ?? 0;
  const decidedOn = addDays(sitting.decidedOn, -30);
  const declassifications = new Map<string, DeliveredDeclassification>();
  const declassify = ({ record }: Graduate, form: DeclassificationForm, later = false) => {
    const number = rosterNumber(record);
    const holdsFrom = later ? addDays(decidedOn, 300) : decidedOn;
    declassifications.set(number, { number, form, decidedOn, holdsFrom, mistaken: later });
  };
  for (const mistake of ROW_MISTAKES.filter((one) => one.place === place)) {
    for (let at = 0; at < each; at++) {
      // Strangers are made when everybody on the roster is known.
      if (mistake.id === 'not-on-roster' || mistake.id === 'namesake') strangers.push(mistake);
      else if (mistake.row === 'corrected') {
        const graduate = make();
        onRoster.push(graduate);
        enrolmentOf.set(graduate, graduate.enrolment);
        first.push(row(graduate, mistake));
        second.push(row(graduate));
        const other = onRoster[at % group.count];
        // The other's thesis is an ordinary one by now, and enters as such.
        if (mistake.declassified === 'another' && other?.record.outcomeType === 'thesis') declassify(other, 'thesis');
        if (mistake.declassified === 'later') declassify(graduate, 'information', true);
      } else {
        const original = onRoster[random.int(0, group.count - 1)];
        if (!original) continue;
        const copy = row(original, mistake);
        if (mistake.row === 'stray-later') second.push(copy);
        else copies.push(copy);
      }
    }
  }
  for (const mistake of ENROLMENT_MISTAKES.filter((one) => one.place === place)) {
    for (const graduate of many(each, make)) {
      const { enrolment, record } = graduate;
      if (!enrolment) continue;
      onRoster.push(graduate);
      enrolmentOf.set(graduate, mistake.spoil(enrolment));
      enrolmentAgain.push(enrolment);
      const atImport = mistake.found === 'import';
      first.push({ ...row(graduate), planted: atImport ? mistake.id : null });
      if (atImport) second.push(row(graduate));
      else wrongAtLink.set(record.certificateNumber, mistake.id);
    }
  }
  const forgotten = many(planting?.forgotten ?? 0, make);
  for (const graduate of forgotten) enrolmentOf.set(graduate, graduate.enrolment);
  onRoster.push(...forgotten);
  for (const one of onRoster) if (one.record.outcomeType === 'SM') declassify(one, 'information');
  const names = namesOf(onRoster);
  for (const mistake of strangers) {
    if (mistake.id === 'namesake') ahead.push(row(renamed(make(), names.once.shift() ?? ''), mistake));
    else first.push(row(stranger(make, names.all), mistake));
  }
  const header = recordHeader(edition, group.category);
  return {
    ...{ place, sitting, group, edition, form: FORM_OF[place] ?? 'xlsx', onRoster, forgotten },
    // Copies come last, so that it is the copy and not the original that is found; namesakes first, where they could take a place.
    first: { header, rows: [...ahead, ...shuffled(random, first), ...copies] },
    second: { header, rows: second },
    enrolment: [...enrolmentOf.values()].filter((enrolment) => enrolment !== null),
    ...{ enrolmentAgain, wrongAtLink, declassifications: [...declassifications.values()] },
  };
}

/** All names of some people, and those that only one of them has. */
function namesOf(people: readonly Graduate[]): { readonly all: ReadonlySet<string>; readonly once: string[] } {
  const counts = new Map<string, number>();
  for (const { record } of people) counts.set(record.name, (counts.get(record.name) ?? 0) + 1);
  return { all: new Set(counts.keys()), once: [...counts].flatMap(([name, count]) => (count === 1 ? [name] : [])) };
}

/** Somebody whose name is nobody's on the roster. */
function stranger(make: () => Graduate, names: ReadonlySet<string>): Graduate {
  for (;;) {
    const graduate = make();
    if (!names.has(graduate.record.name)) return graduate;
  }
}

/** Somebody else of the same name. */
function renamed({ record }: Graduate, name: string): Graduate {
  return { record: { ...record, name }, enrolment: null };
}

/** A record file as a table. */
export function tableOf({ header, rows }: RecordDelivery): TextTable {
  return { header, rows: rows.map(({ cells }) => cells) };
}

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const result = [...items];
  for (let at = result.length - 1; at > 0; at--) {
    const other = random.int(0, at);
    [result[at], result[other]] = [result[other] as T, result[at] as T];
  }
  return result;
}
