// 生成临时信息库 (R18.1): filed records in, an anonymous table out, by order of the decision. Read and computed beside the work of others, kept in one transaction.
import { createHash, randomBytes } from 'node:crypto';
import { anonymise } from '../../regulation/anonymity/anonymise.ts';
import type { DatasetField } from '../../regulation/anonymity/dataset-fields.ts';
import type { Anonymised, NotPossible, Table } from '../../regulation/anonymity/types.ts';
import { datasetTransitionViolations } from '../../regulation/datasets/life.ts';
import { type DatasetColumn, datasetColumn, printedValue } from '../../regulation/datasets/print.ts';
import { type MarkPlan, planMarks } from '../../regulation/datasets/watermark.ts';
import type { DatasetState } from '../../regulation/datasets/words.ts';
import type { ExtraCodes } from '../../regulation/standard/codes.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import { canonicalize } from '../../sealing/verify/canonical.ts';
import { queryOn } from '../../store/database/own-connection.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { datasetsMadeOf } from '../../store/datasets/dataset-people.ts';
import { dropPieces, keepPieces } from '../../store/datasets/dataset-pieces.ts';
import { type Dataset, findDataset, moveDataset } from '../../store/datasets/datasets.ts';
import {
  type FiledSelection,
  filedFields,
  type SelectionState,
  selectionState,
} from '../../store/datasets/filed-fields.ts';
import type { World } from '../call.ts';
import { performOrdered } from '../perform.ts';
import type { LongWork } from '../run-jobs.ts';
import type { JsonObject } from '../statement.ts';
import { codesOf } from '../structure/own-codes.ts';
import { peopleViolations } from './dataset-differences.ts';
import { datasetMarker } from './dataset-marks.ts';
import { datasetSubject } from './dataset-subject.ts';

/** Records of one dataset at most: what the machine holds at once, by column. */
export const MOST_DATASET_ROWS = 200_000;
/** Rows that may be left out so that the rest tells more, in percent. */
const MOST_SUPPRESSED = 5;

/** What was made, or why it cannot be; with the state of the records it was made from. */
interface Prepared {
  readonly selection: FiledSelection;
  readonly from: SelectionState;
  /** How many datasets it was compared with. */
  readonly compared: number;
  readonly made: Made | Problem;
}
interface Made {
  readonly columns: readonly DatasetColumn[];
  readonly rows: readonly (readonly string[])[];
  readonly report: JsonObject;
  readonly marks: MarkPlan | null;
  readonly measured: JsonObject;
}
interface Problem {
  readonly problem: JsonObject;
}

/** The records changed while the table was made, or another table of the same people was: it is made anew. */
class RecordsChanged extends Error {
  override readonly name = 'RecordsChanged';
}

/** The making of a dataset, ordered by its decision. A job whose decision is not in force any more does nothing. */
export const generateDataset: LongWork<Prepared | null> = {
  async prepare(world, job, breathe) {
    const row = await ordered(world.db.prisma, job);
    if (!row) return null;
    const { institution, categories, yearFrom, yearUntil } = row;
    const selection = { institution, categories, yearFrom, yearUntil };
    const from = await selectionState(world.db.pool, selection);
    const earlier = await datasetsMadeOf(world.db.prisma, row);
    const [refused] = await peopleViolations(world.db.pool, row, earlier, breathe);
    const made = refused ? refusedBy(refused) : await make(world, row, selection, from.count, breathe);
    return { selection, from, compared: earlier.length, made };
  },

  async finish(tx, world, job, prepared) {
    const row = prepared && (await ordered(tx, job));
    if (!prepared || !row) return { done: 1, failed: 0 };
    const { selection, from, compared, made } = prepared;
    const now = await selectionState(inside(tx), selection);
    const earlier = await datasetsMadeOf(tx, row);
    if (now.count !== from.count || now.state !== from.state || earlier.length !== compared) throw new RecordsChanged();
    const { institution, id } = row;
    const order = { institution, stepId: row.decisionStepId ?? '' };
    await performOrdered(tx, { world, order }, 'generate-dataset', async () => {
      const state = 'problem' in made ? 'impossible' : 'ready';
      const content = 'problem' in made ? null : await keepContent(tx, world, row, made);
      const facts: JsonObject =
        'problem' in made ? { possible: false, ...made.problem } : { ...made.measured, ...content };
      return {
        violations: datasetTransitionViolations('generate-dataset', row.state as DatasetState),
        subjects: [datasetSubject(id, row.version + 1, state, row, content ?? {})],
        facts,
        async save({ at }) {
          if ('problem' in made) {
            await moveDataset(tx, row, { state, problem: made.problem });
            return { state };
          }
          const { columns, report, marks, rows } = made;
          const kept = { columns: { columns, marks }, report, ...content, rowCount: rows.length, generatedAt: at };
          await moveDataset(tx, row, { ...kept, state } as Parameters<typeof moveDataset>[2]);
          return { state };
        },
      };
    });
    return { done: 1, failed: 0 };
  },

  async giveUp(tx, world, job, error) {
    const row = await ordered(tx, job);
    if (!row) return;
    const { institution, id } = row;
    const order = { institution, stepId: row.decisionStepId ?? '' };
    const problem = notMade(error, job.attempts);
    await performOrdered(tx, { world, order }, 'generate-dataset', async () => ({
      violations: datasetTransitionViolations('generate-dataset', row.state as DatasetState),
      subjects: [datasetSubject(id, row.version + 1, 'failed', row)],
      facts: { possible: null, ...problem },
      async save() {
        await moveDataset(tx, row, { state: 'failed', problem });
        return { state: 'failed' };
      },
    }));
  },
};

/** Why nothing came of it: the server's fault, not that of the request. */
function notMade(error: string, attempts: number): JsonObject {
  const { message, messageEn } = violation('dataset-not-made', 'dataset', { found: String(attempts) });
  const found = { error, attempts };
  return { reason: 'dataset-not-made', fields: [], found, expected: null, zh: message, en: messageEn };
}

/** The dataset of a job, while the decision that ordered the job is in force and nothing came of it yet. */
async function ordered(
  tx: Pick<Transaction, 'dataset'>,
  { institution, input }: { institution: string; input: unknown },
): Promise<Dataset | null> {
  const { datasetId, stepId } = input as { datasetId: string; stepId: string };
  const row = await findDataset(tx, institution, datasetId);
  return row?.state === 'approved' && row.decisionStepId === stepId ? row : null;
}

const inside = (tx: Transaction) => ({
  query: async <Row extends object>(sql: string, values: unknown[]) => ({ rows: await queryOn<Row>(tx, sql, values) }),
});

async function keepContent(
  tx: Transaction,
  world: World,
  { institution, id }: Dataset,
  { rows, report }: Made,
): Promise<{ contentDigest: string; reportDigest: string }> {
  await dropPieces(tx, { institution, datasetId: id });
  const digest = await keepPieces(tx, { institution, datasetId: id }, rows, world.cipher);
  // Keyed: a small table could be guessed from a plain digest after its destruction.
  const contentDigest = world.blindIndex(digest, 'dataset-content');
  const reportDigest = createHash('sha256').update(canonicalize(report)).digest('hex');
  return { contentDigest, reportDigest };
}

async function make(
  world: World,
  row: Dataset,
  selection: FiledSelection,
  count: number,
  breathe: () => Promise<void>,
): Promise<Made | Problem> {
  if (count === 0 || count > MOST_DATASET_ROWS) {
    const code = count === 0 ? 'dataset-empty' : 'dataset-too-large';
    const expected = count === 0 ? `≥ ${row.k}` : `≤ ${MOST_DATASET_ROWS}`;
    const { message, messageEn } = violation(code, 'selection', { found: String(count), expected });
    return { problem: { reason: code, fields: [], found: { rows: count }, expected, zh: message, en: messageEn } };
  }
  const fields = row.fields as DatasetField[];
  const table = await readTable(world, selection, fields, breathe);
  const { k, l, t } = row;
  const work = anonymise(table, { k, l, t, mostSuppressed: MOST_SUPPRESSED });
  let step = work.next();
  while (!step.done) {
    await breathe();
    step = work.next();
  }
  if (!step.value.possible) return { problem: problemOf(step.value) };
  return printed(world, row, step.value, breathe);
}

/** Why it is not made although it could be made anonymous by itself. */
function refusedBy({ code, found, expected, message, messageEn }: Violation): Problem {
  const problem = { reason: code, fields: [], found: { people: found ?? null }, expected: expected ?? null };
  return { problem: { ...problem, zh: message, en: messageEn } };
}

/** The asked fields by column, each different text once in memory. */
async function readTable(
  world: World,
  selection: FiledSelection,
  fields: readonly DatasetField[],
  breathe: () => Promise<void>,
): Promise<Table<DatasetField>> {
  const columns: string[][] = fields.map(() => []);
  const known: Map<string, string>[] = fields.map(() => new Map());
  for await (const rows of filedFields(world.db, selection, fields)) {
    for (const row of rows) {
      for (const [at, text] of row.entries()) {
        const once = known[at]?.get(text) ?? text;
        known[at]?.set(once, once);
        columns[at]?.push(once);
      }
    }
    await breathe();
  }
  return { fields, rows: columns[0]?.length ?? 0, columns };
}

function problemOf({ reason, fields, found, expected, help }: NotPossible): JsonObject {
  return { reason, fields: [...fields], found: found && { ...found }, expected, ...help };
}

/** The table in words and in an order that is nobody's, and where its marks are. */
async function printed(
  world: World,
  row: Dataset,
  { table, levels, report }: Anonymised<DatasetField>,
  breathe: () => Promise<void>,
): Promise<Made> {
  const columns = table.fields.map((field) => datasetColumn(field, levels[field] ?? 0));
  const codes = await codesOf(world.db.prisma, row.institution);
  const words = columns.map((column) => wordsOf(column, codes));
  const rows: string[][] = [];
  const places = new Map(columns.map(({ heading }, at) => [heading, at]));
  const quasi = columns.flatMap((column, at) => (column.role === 'quasi' ? [{ heading: column.heading, at }] : []));
  const classes = new Map<string, { row: string[]; people: number }>();
  const order = shuffled(table.rows);
  for (const [done, at] of order.entries()) {
    const cells = columns.map((_, place) => words[place]?.(table.columns[place]?.[at] ?? '') ?? '');
    rows.push(cells);
    const key = quasi.map((each) => cells[each.at]).join('\t');
    const same = classes.get(key);
    if (same) same.people += 1;
    else classes.set(key, { row: cells, people: 1 });
    if (done % 5000 === 0) await breathe();
  }
  const looks = [...classes.values()];
  const marks = planMarks(
    { places, rows: looks.map((each) => each.row) },
    quasi.map(({ heading }) => heading),
    datasetMarker(world, row).number,
    looks.map(({ people }) => people),
  );
  const { after, rowsKept, rowsSuppressed, loss } = report;
  const measured = { possible: true, rows: rowsKept, suppressed: rowsSuppressed, classes: after.classes };
  const proof = { k: after.smallestClass, l: after.l, t: after.t, risk: after.risk.prosecutorMax, loss };
  return { columns, rows, report: plain(report), marks, measured: { ...measured, ...proof } };
}

function wordsOf(column: DatasetColumn, codes: ExtraCodes): (value: string) => string {
  const known = new Map<string, string>();
  return (value) => {
    const found = known.get(value);
    if (found !== undefined) return found;
    const words = printedValue(column, value, codes);
    known.set(value, words);
    return words;
  };
}

/** 0 … count−1 in an order by chance: that of the register would tell who was filed with whom. */
function shuffled(count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, at) => at);
  const random = randomBytes(count * 6);
  for (let at = count - 1; at > 0; at--) {
    const other = random.readUIntBE(at * 6, 6) % (at + 1);
    const one = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = one;
  }
  return order;
}

/** A report as plain JSON. */
function plain(report: object): JsonObject {
  return JSON.parse(JSON.stringify(report)) as JsonObject;
}
