// Where the register says something else than its sealed steps (R12.1): always nothing, unless somebody went around the procedures.
import { applicationLeads, type Lead, recordLeads, type UnsealedKind } from '../../regulation/requirements/unsealed.ts';
import { keysOf } from '../../regulation/vocabulary.ts';
import { recordDigest } from '../../sealing/commitment.ts';
import { WrongKey } from '../../secrecy/secret-problems.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import type { RecordFilter } from '../../store/filters.ts';
import { type RecordRow, toFields } from '../../store/records/records.ts';
import {
  batchesWithSeals,
  brokenSteps,
  casesUnlikeLastStep,
  logAndSteps,
  NAMED,
  recordsUnlikeSteps,
  resolutionsUnlikeStep,
  type StepStates,
  type UnsealedRow,
} from '../../store/responsibility/unsealed.ts';
import {
  publicationsWithSeals,
  revealsUnlikeSteps,
  subjectsWithoutRow,
} from '../../store/responsibility/unsealed-presence.ts';
import { APPLICATION_STATES_SEEN_BY_PROVINCE } from '../applications/application-access.ts';
import type { Actor, World } from '../call.ts';
import { reachOf, recordScope, STATES_SEEN_BY_PROVINCE } from '../read-access.ts';
import { committedFields } from '../records/commit-record.ts';
import type { JsonObject } from '../statement.ts';
import { digestOf } from '../subjects.ts';
import { unsealedDatasets } from './unsealed-datasets.ts';
import { unsealedDeclassifications } from './unsealed-declassifications.ts';

/** Something that disagrees with its seal. The texts are versions, digests, states: nothing personal. */
export interface Unsealed {
  readonly kind: UnsealedKind;
  /** Id of the record, batch, application, resolution, publication, dataset and so on; the code of the institution for its log. */
  readonly id: string;
  readonly found: string;
  readonly expected: string | null;
}

/** What was measured: how many of each kind, and the first hundred of each by name. */
export interface Measured {
  readonly counts: ReadonlyMap<UnsealedKind, number>;
  readonly found: readonly Unsealed[];
}

/** What is read of the register to compare it with its seals. */
export type UnsealedReads = Pick<Transaction, '$queryRaw' | 'declassification' | 'dataset'>;
type Reads = Pick<Transaction, '$queryRaw'>;

/** A batch that no step was about yet is still collecting; one made by a consent takes over where its records stood. */
const BEFORE_ANY_STEP: readonly string[] = ['collecting', 'cross-checked', 'disclosing', 'disclosed'];

const pairs = (leads: readonly Lead[]): StepStates => ({
  steps: leads.map(([step]) => step),
  states: leads.map(([, state]) => state),
});

/**
 * Compares what is kept with what was sealed, as far as the officer sees it: records and applications of the own categories, their batches and
 * declassifications; resolutions, what is not there any more, publications, datasets, looks, steps and the log for the degree office and
 * auditors; the province records and applications that reached it.
 */
export async function measureUnsealed(
  db: UnsealedReads,
  world: Pick<World, 'blindIndex'>,
  actor: Actor,
  institution: string,
): Promise<Measured> {
  const reach = reachOf(actor);
  const province = reach.kind === 'province';
  const categories = reach.kind === 'categories' ? reach.categories : null;
  const own = { institution, categories };
  const records = { ...own, states: province ? STATES_SEEN_BY_PROVINCE : null };
  const applications = province ? APPLICATION_STATES_SEEN_BY_PROVINCE : null;
  const counts = new Map<UnsealedKind, number>();
  const found: Unsealed[] = [];
  const add = (kind: UnsealedKind, rows: readonly UnsealedRow[]) => {
    counts.set(kind, rows[0]?.total ?? 0);
    found.push(...rows.slice(0, NAMED).map(({ id, found: is, expected }) => ({ kind, id, found: is, expected })));
  };
  const unlike = await recordsUnlikeSteps(db, records, pairs(recordLeads()));
  const kinds = ['record', 'record-state', 'record-batch'] as const;
  for (const kind of province ? kinds.slice(0, 2) : kinds) {
    add(
      kind,
      unlike.filter((row) => row.kind === kind),
    );
  }
  add('application', await casesUnlikeLastStep(db, own, applications, pairs(applicationLeads())));
  if (!province) {
    add('batch', await unsealedBatches(db, own));
    add('declassification', await unsealedDeclassifications(db, world, own));
  }
  if (reach.kind === 'institution') {
    add('resolution', await resolutionsUnlikeStep(db, institution));
    add('missing', await subjectsWithoutRow(db, institution));
    add('statistics', await unsealedStatistics(db, institution));
    const datasets = await unsealedDatasets(db, world, institution);
    for (const kind of keysOf(datasets)) add(kind, datasets[kind]);
    add('reveal', await revealsUnlikeSteps(db, institution));
    add('step', await brokenSteps(db, institution));
    const { size, steps } = await logAndSteps(db, institution);
    const gap = { id: institution, found: String(size), expected: String(steps), total: Math.abs(size - steps) };
    add('log', size === steps ? [] : [gap]);
  }
  return { counts, found };
}

async function unsealedBatches(
  db: Reads,
  own: { readonly institution: string; readonly categories: readonly string[] | null },
): Promise<UnsealedRow[]> {
  const wrong = (await batchesWithSeals(db, own)).filter((batch) => {
    const { sealed, sealedVersion, version, ...said } = batch;
    if (sealed === null || sealedVersion === null) {
      return !(batch.applicationId === null ? batch.state === 'collecting' : BEFORE_ANY_STEP.includes(batch.state));
    }
    // Later records of a batch that is still collecting count its version up without a word about the batch itself.
    return version < sealedVersion || sealed !== digestOf(said);
  });
  return wrong.map(({ id, state, sealed }) => ({ id, found: state, expected: sealed, total: wrong.length }));
}

/** Publications whose figures have not the digest that was sealed, whose columns say something else, or that are gone. */
async function unsealedStatistics(db: Reads, institution: string): Promise<UnsealedRow[]> {
  const judged = (await publicationsWithSeals(db, institution)).map(({ content, ...row }) => ({
    ...row,
    found: content === null ? '-' : digestOf(content as JsonObject),
  }));
  const wrong = judged.filter(({ found, sealed, agrees }) => !agrees || found !== sealed);
  return wrong.map(({ id, found, sealed }) => ({ id, found, expected: sealed, total: wrong.length }));
}

/** A page of the deep check: how many records were opened, which of them no longer open their digest, and where to go on. */
export interface DeepChecked {
  readonly checked: number;
  readonly wrong: readonly string[];
  /** Id of the last record that was looked at; null at the end. */
  readonly next: string | null;
}

/**
 * Recomputes the commitments of so many visible records from their stored fields, in the order of their ids: finds a field that was
 * changed while version and digest were left as they were. A box that does not open is as wrong as a changed field.
 * @throws {WrongKey} the key ring lacks the key of a box
 */
export async function deepCheck(
  db: Pick<Transaction, 'degreeRecord'>,
  world: Pick<World, 'cipher'>,
  actor: Actor,
  {
    institution,
    first,
    after,
  }: { readonly institution: string; readonly first: number; readonly after: string | null },
): Promise<DeepChecked> {
  const from: RecordFilter = after === null ? {} : { id: { gt: after } };
  const rows = await db.degreeRecord.findMany({
    where: { AND: [recordScope(actor), { institution }, from] },
    orderBy: { id: 'asc' },
    take: first,
  });
  const wrong = rows.filter((row) => !opens(row, world)).map(({ id }) => id);
  return { checked: rows.length, wrong, next: rows.length < first ? null : (rows.at(-1)?.id ?? null) };
}

function opens(row: RecordRow, { cipher }: Pick<World, 'cipher'>): boolean {
  const salt = Buffer.from(row.salt, 'hex');
  try {
    const committed = committedFields(toFields(row, cipher));
    return recordDigest(committed, Object.keys(committed), salt) === row.digest;
  } catch (error) {
    if (error instanceof WrongKey) throw error; // this server cannot tell
    return false; // a box that is none, a salt that is none
  }
}
