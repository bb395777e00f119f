// The job that re-encrypts: table by table and page by page, again until nothing is left under another key, then one sealed step.
import { IDENTITY_PURPOSE } from '../../secrecy/blind-index.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { countProblems, keepProblems } from '../../store/job-problems.ts';
import type { Job, JobData } from '../../store/jobs.ts';
import { lockLogHead } from '../../store/seals/log.ts';
import { countBoxes } from '../../store/secrecy/box-keys.ts';
import { readBoxPage, replaceBoxes } from '../../store/secrecy/re-encrypt.ts';
import { SECRET_TABLES, type SecretTable } from '../../store/secrecy/secret-columns.ts';
import { readAccountIndexes, replaceAccountIndexes } from '../../store/student/student-account-index.ts';
import type { World } from '../call.ts';
import { performOrdered } from '../perform.ts';
import type { JobWork, Piece } from '../run-jobs.ts';
import type { JsonObject } from '../statement.ts';
import { reencryptionSubject } from './re-encrypt.ts';
import { reindexes, resealRow } from './reseal.ts';

/** Rows of a piece; of files, whose boxes are a mebibyte each, fewer. */
const ROWS = 500;
const FILE_ROWS = 8;
/** After so many walks somebody else must be sealing with another key: a server whose ring is old. */
const MOST_WALKS = 5;

/** The ring of this server has another current key than the order: it was changed since, or this server has not been restarted. */
class OtherKeyRing extends Error {
  override readonly name = 'OtherKeyRing';
}

interface Order {
  readonly stepId: string;
  readonly from: string[];
  readonly to: string;
  readonly index: string;
}

/** How far a walk has come. `changed`: rows of this walk; `boxes`: by table, of all walks. */
interface Place {
  readonly walk: number;
  readonly table: number;
  readonly after: string[] | null;
  readonly handled: number;
  readonly changed: number;
  readonly boxes: Readonly<Record<string, number>>;
}

const BEGINNING: Place = { walk: 1, table: 0, after: null, handled: 0, changed: 0, boxes: {} };

/** One piece of a re-encryption, in the transaction that keeps how far it came: a kill loses and doubles nothing. */
export const reencryptWork: JobWork = async (tx, world, job, position) => {
  const order = job.input as unknown as Order;
  if (world.cipher.keyId !== order.to || world.blindIndex.keyIds[0] !== order.index) throw new OtherKeyRing();
  const place = position === null ? BEGINNING : (position as unknown as Place);
  const table = SECRET_TABLES[place.table];
  if (table) return walkPage(tx, world, job, table, place);
  if (reindexes(world.blindIndex) && place.table === SECRET_TABLES.length) return walkAccounts(tx, world, job, place);
  return endWalk(tx, world, job, order, place);
};

/** A page of one table. In a first walk nobody is waited for: what an officer is writing at the moment comes in the next. */
async function walkPage(tx: Transaction, world: World, job: Job, table: SecretTable, place: Place): Promise<Piece> {
  const { institution } = job;
  const most = table.columns.some(({ form }) => form === 'bytes') ? FILE_ROWS : ROWS;
  const notUnder = table.index && reindexes(world.blindIndex) ? null : world.cipher.keyId;
  const page = { institution, after: place.after, most, notUnder, patient: place.walk > 1 };
  const rows = await readBoxPage(tx, table, page);
  const resealed = rows.map((row) => resealRow(table, institution, row, world));
  const changed = await replaceBoxes(
    tx,
    institution,
    table,
    resealed.flatMap(({ row }) => row ?? []),
  );
  const fresh = await keep(
    tx,
    world,
    job,
    resealed.flatMap(({ problems }) => problems),
  );
  const unread = resealed.filter(({ problems }) => problems.length > 0).length;
  const boxes = resealed.reduce((sum, one) => sum + one.boxes, 0);
  const last = rows.length === most ? rows.at(-1) : undefined;
  const next: Place = {
    ...place,
    ...(last ? { after: [...last.key] } : { table: place.table + 1, after: null }),
    changed: place.changed + changed,
    boxes: boxes === 0 ? place.boxes : { ...place.boxes, [table.table]: (place.boxes[table.table] ?? 0) + boxes },
  };
  // Rows count once, in the first walk; later ones only look again.
  if (place.walk > 1) return { done: 0, failed: fresh, position: asData(next) };
  const done = Math.min(rows.length - unread, Math.max(0, job.total - place.handled));
  return { done, failed: unread, position: asData({ ...next, handled: place.handled + done + unread }) };
}

/** The look-up keys in students' accounts: those of the person of the record behind them go over, those of another stay as they are. */
async function walkAccounts(tx: Transaction, world: World, job: Job, place: Place): Promise<Piece> {
  const { institution } = job;
  const accounts = await readAccountIndexes(tx, institution, place.after?.[0] ?? null, ROWS);
  const changes = accounts.flatMap(({ id, index, box, recordId }) => {
    try {
      const number = world.cipher.open(box, `${institution}/${recordId}/identityNumber`);
      const [current = '', ...others] = world.blindIndex.lookUps(number, IDENTITY_PURPOSE);
      return others.includes(index) ? [{ id, before: index, after: current }] : [];
    } catch {
      // The record's own box is among the problems already.
      return [];
    }
  });
  await replaceAccountIndexes(tx, institution, changes);
  const last = accounts.length === ROWS ? accounts.at(-1) : undefined;
  const next: Place = {
    ...place,
    ...(last ? { after: [last.id] } : { table: place.table + 1, after: null }),
    changed: place.changed + changes.length,
  };
  return { done: 0, failed: 0, position: asData(next) };
}

/**
 * What is left after a walk is counted under the lock of the log, so that no step can add to it: either another walk, or the end. Only
 * what is complete is sealed as complete; with problems the job ends with them, and nothing is said in the log.
 */
async function endWalk(tx: Transaction, world: World, job: Job, order: Order, place: Place): Promise<Piece> {
  const { institution } = job;
  await lockLogHead(tx, institution);
  const counts = await countBoxes(tx, institution);
  const left = counts.reduce((sum, { keyId, boxes }) => (keyId === order.to ? sum : sum + boxes), 0);
  const known = await countProblems(tx, job);
  const restless = left > known || (reindexes(world.blindIndex) && place.changed > 0);
  if (restless && place.walk < MOST_WALKS) {
    const next = { ...place, walk: place.walk + 1, table: 0, after: null, changed: 0 };
    return { done: 0, failed: 0, position: asData(next) };
  }
  const others = restless ? [{ place: 'register', code: 'other-key-in-use' }] : [];
  const failed = await keep(tx, world, job, others);
  const done = Math.max(0, job.total - place.handled);
  if (known + failed === 0) await sealCompletion(tx, world, job, order, place);
  return { done, failed, position: null };
}

async function sealCompletion(tx: Transaction, world: World, job: Job, order: Order, place: Place): Promise<void> {
  const { institution, id } = job;
  const { stepId, from, to, index } = order;
  const facts: JsonObject = { phase: 'completed', from, to, index, boxes: { ...place.boxes } };
  await performOrdered(tx, { world, order: { institution, stepId } }, 're-encrypt', async () => ({
    violations: [],
    subjects: [reencryptionSubject(id, 'completed', facts)],
    facts,
    save: async () => ({}),
  }));
}

/** Keeps where something could not be done. @returns how many places are new */
function keep(
  tx: Transaction,
  world: World,
  { institution, id: jobId }: Job,
  problems: readonly { readonly place: string; readonly code: string }[],
): Promise<number> {
  return keepProblems(tx, { institution, jobId, at: world.now() }, problems);
}

const asData = (place: Place): JobData => ({ ...place }) as unknown as JobData;
