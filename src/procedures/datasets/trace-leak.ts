// 追查泄露的副本 (R18.1): whose copy of which dataset a table was, found by marks alone, also after the destruction. Rather nobody than somebody by chance.
import { openTable } from '../../files/table.ts';
import { otherWork } from '../../files/turns.ts';
import { type DatasetColumn, ROW_NAME } from '../../regulation/datasets/print.ts';
import { ACCUSED_BY_CHANCE, evidenceFor, type MarkPlan, observedMarks } from '../../regulation/datasets/watermark.ts';
import { mayAct } from '../../regulation/duties.ts';
import { officersWhoRead } from '../../store/datasets/dataset-reads.ts';
import { type Dataset, recipientsOf } from '../../store/datasets/datasets.ts';
import type { Call, World } from '../call.ts';
import { Forbidden } from '../errors.ts';
import { MAX_ROWS } from '../files/file-kinds.ts';
import { refusingBadFiles } from '../files/file-problems.ts';
import { targetIn } from '../target.ts';
import { datasetMarker, readerMarker } from './dataset-marks.ts';

/** A leaked table. */
export interface LeakedTable {
  readonly institution: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** One reader's copy that the table comes from. */
export interface TracedCopy {
  readonly datasetId: string;
  readonly organisationName: string;
  /** Number of the recipient in the request; null for an officer. */
  readonly recipient: number | null;
  readonly readerName: string;
  /** By names of rows, or by what the copy gives up. */
  readonly by: 'row-names' | 'marks';
  /** Rows, or groups of them, that speak for this copy. */
  readonly matching: number;
  /** −log10 of how often, at most, any of all copies would be named by chance on such evidence. */
  readonly certainty: number;
}

/** What came of it. `copies` is empty when nobody can be named. */
export type TracedLeak = {
  readonly rows: number;
  readonly datasets: number;
  readonly candidates: number;
  /** The best that was found when it is not enough: −log10, as in {@link TracedCopy}; null when there is a copy, or nothing to go by. */
  readonly best: number | null;
  readonly needed: number;
  readonly copies: readonly TracedCopy[];
};

const MOST_BYTES = 64 * 1024 * 1024;
const NAME = /^[B-DF-HJ-NP-TV-XZ]{16}$/i;
/** Bits of a name at least when letters of either case are the same: somebody who reformats a table changes cases. */
const NAME_BITS = 64;
/** Names in a table that are looked at; so many of one copy are no chance. */
const MOST_NAMES = 5000;
const AT_ONCE = 5000;

/** The other readers of a dataset, in one list with the recipients. */
interface Candidate {
  readonly dataset: Dataset;
  readonly readerId: string;
  readonly recipient: number | null;
  readonly readerName: string;
}

/**
 * Finds whose copies a table is made of. Reads and changes nothing, so the degree office and the auditor of the institution may ask.
 * @throws {Refused} the file is no table. {Forbidden} another office or institution
 */
export async function traceLeak(call: Call, { institution, name, bytes }: LeakedTable): Promise<TracedLeak> {
  const { world } = call;
  await requireMayTrace(call, institution);
  const leaked = await refusingBadFiles('file', () => readTable(name, bytes), '18');
  const datasets = (await world.db.prisma.dataset.findMany({ where: { institution }, orderBy: { id: 'asc' } })).filter(
    ({ columns }) => columns !== null,
  );
  const candidates = (await Promise.all(datasets.map((dataset) => candidatesOf(world, dataset)))).flat();
  const copies: TracedCopy[] = [];
  let best: number | null = null;
  for (const candidate of candidates) {
    const found =
      (await byRowNames(world, candidate, leaked, candidates.length)) ??
      byMarks(world, candidate, leaked, candidates.length);
    if (!found) continue;
    if (found.certainty >= ACCUSED_BY_CHANCE) copies.push(found);
    else best = Math.max(best ?? found.certainty, found.certainty);
  }
  copies.sort((one, other) => other.certainty - one.certainty);
  return {
    ...{ rows: leaked.rows.length, datasets: datasets.length, candidates: candidates.length },
    ...{ best: copies.length > 0 ? null : best, needed: ACCUSED_BY_CHANCE, copies },
  };
}

/** @throws {Forbidden} */
async function requireMayTrace({ world, actor }: Call, institution: string): Promise<void> {
  const { officeKind, duties } = actor;
  const inside = actor.institution === institution;
  if (inside && (officeKind === 'degree-office' || duties.includes('audit'))) return;
  const { provincialOfficeId } = inside ? await targetIn(world.db.prisma, institution) : { provincialOfficeId: '' };
  throw new Forbidden(mayAct(actor, 'decide-dataset', { institution, provincialOfficeId }));
}

interface Leaked {
  /** Heading → place. */
  readonly places: ReadonlyMap<string, number>;
  readonly rows: readonly (readonly string[])[];
  readonly names: ReadonlySet<string>;
}

async function readTable(name: string, bytes: Uint8Array): Promise<Leaked> {
  const table = await openTable({ bytes }, { name, maxBytes: MOST_BYTES, maxRows: MAX_ROWS });
  const places = new Map(table.header.map((heading, at) => [heading.normalize('NFKC').trim(), at]));
  const rows: string[][] = [];
  const names = new Set<string>();
  for await (const { cells } of table.rows()) {
    rows.push([...cells]);
    for (const cell of cells)
      if (names.size < MOST_NAMES && NAME.test(cell.trim())) names.add(cell.trim().toUpperCase());
  }
  return { places, rows, names };
}

async function candidatesOf({ db }: Pick<World, 'db'>, dataset: Dataset): Promise<Candidate[]> {
  const { institution, id } = dataset;
  const recipients = await recipientsOf(db.prisma, institution, id, true);
  const officers = await officersWhoRead(db.prisma, institution, id);
  return [
    ...recipients.map((each) => ({ dataset, readerId: each.id, recipient: each.number, readerName: each.name })),
    ...officers.map((each) => ({ dataset, readerId: each.id, recipient: null, readerName: each.name })),
  ];
}

const told = ({ dataset, recipient, readerName }: Candidate) => ({
  ...{ datasetId: dataset.id, organisationName: dataset.organisationName, recipient, readerName },
});

/** Names of rows: one that fits by chance is one in 2^80 for each pair of a name in the table and a row of the copy. */
async function byRowNames(
  world: World,
  candidate: Candidate,
  { names }: Leaked,
  candidates: number,
): Promise<TracedCopy | null> {
  if (names.size === 0) return null;
  const { dataset, readerId } = candidate;
  const total = dataset.rowCount ?? 0;
  const own = readerMarker(world, dataset, readerId);
  let matching = 0;
  for (let sequence = 0; sequence < total; sequence++) {
    if (names.has(own.name(String(sequence)).toUpperCase())) matching += 1;
    if (sequence % AT_ONCE === AT_ONCE - 1) await otherWork();
  }
  if (matching === 0) return null;
  const certainty = NAME_BITS * Math.log10(2) - Math.log10(names.size * total * candidates);
  return { ...told(candidate), by: 'row-names', matching, certainty: rounded(certainty) };
}

/** What the copy gives up: needs the columns that the marks are told by. */
function byMarks(world: World, candidate: Candidate, leaked: Leaked, candidates: number): TracedCopy | null {
  const { dataset, readerId } = candidate;
  const { columns, marks } = dataset.columns as unknown as { columns: DatasetColumn[]; marks: MarkPlan | null };
  if (!marks) return null;
  const places = placesOf(columns, leaked.places);
  if ([...marks.carriers, ...marks.anchors].some((heading) => !places.has(heading))) return null;
  const seen = observedMarks(marks, { places, rows: leaked.rows }, datasetMarker(world, dataset).number);
  const evidence = evidenceFor(marks, seen, readerMarker(world, dataset, readerId).number);
  const certainty = rounded(evidence - Math.log10(Math.max(1, candidates)));
  return { ...told(candidate), by: 'marks', matching: seen.size, certainty };
}

/** Where the columns of a dataset are in a table: by heading, or by the name of the field. */
function placesOf(columns: readonly DatasetColumn[], found: ReadonlyMap<string, number>): Map<string, number> {
  const places = new Map<string, number>();
  for (const { heading, headingEn, field } of columns) {
    const names = [heading, headingEn, field].map((each) => each.normalize('NFKC').trim());
    const at = names.map((each) => found.get(each)).find((each) => each !== undefined);
    if (at !== undefined && heading !== ROW_NAME) places.set(heading, at);
  }
  return places;
}

const rounded = (value: number): number => Math.floor(value * 10) / 10;
