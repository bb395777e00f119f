// Importing degree records from a checked file: read again, judged again, written in bulk, one sealed step over all of them (R10.2, R11.1).

import { otherWork } from '../../files/turns.ts';
import type { Violation } from '../../regulation/violations.ts';
import { rememberIndexes } from '../../secrecy/blind-index.ts';
import { clearProblems, concludeImport, insertProblems } from '../../store/collection/imports.ts';
import { learnFromLoad } from '../../store/database/fresh-plans.ts';
import { allDone, type Transaction } from '../../store/database/transaction.ts';
import type { RecordDraft } from '../../store/records/records.ts';
import type { Call, World } from '../call.ts';
import { refusingBadFiles } from '../files/file-problems.ts';
import { type Performed, perform } from '../perform.ts';
import { type RecordSubjects, recordSubjects } from '../record-subjects.ts';
import type { ErrorPolicy } from '../records/record-results.ts';
import { type Candidate, type Collecting, collectingFor } from './collecting.ts';
import { type ImportBound, importBound } from './import-bound.ts';
import { ROWS_AT_ONCE } from './import-file.ts';
import { findCheckedImport, problemsOf, refusedImport } from './import-outcome.ts';
import { type DraftMaker, draftMaker, insertNewRecords, type PlacedDraft } from './new-records.ts';
import { openBatch } from './open-batch.ts';
import { editionOfImport, openRecordTable, type RecordTable, recordCandidates } from './record-table.ts';
import { askRegister, judgeByFinds, seenNothing } from './register-rules.ts';

/** Which checked import, and what becomes of it when rows are refused. */
export type ImportRecordsInput = { institution: string; importId: string; errorPolicy: ErrorPolicy };

/** The batch that the records entered, and how many rows were taken and refused. */
export type ImportRecordsResult = { importId: string; batchId: string; accepted: number; refused: number };

/**
 * Imports the records of a checked file (step `collect`): one seal and one leaf for all of them.
 * @throws {Refused} any row is refused under `all-or-nothing`; no row can be taken; the import was committed before
 */
export function importRecords(call: Call, input: ImportRecordsInput): Promise<Performed<ImportRecordsResult>> {
  const { institution, importId, errorPolicy } = input;
  const { world, actor } = call;
  return perform(call, 'collect', institution, input, (tx) =>
    refusingBadFiles('file', async () => {
      const wanted = { institution, importId, kind: 'records', step: 'collect' } as const;
      const { found, target } = await findCheckedImport(tx, call, wanted);
      const category = target.category ?? 'regular-bachelor';
      const resolutionId = found.resolutionId ?? '';
      const editions = await editionOfImport(tx, institution, category, found.edition);
      const of = { institution, category, resolutionId, fileDigest: found.fileDigest, editions };
      const table = await openRecordTable(tx, world.cipher, of);
      const collecting = await collectingFor(tx, world, of, table.carried);
      const at = world.now();
      const batchId = await openBatch(tx, actor, of, at);
      const origin = { institution, resolutionId, batchId, importId, collectedById: actor.officerId, at };
      // A number is looked up in the enrolment records and kept in the record: its index is made once.
      const remembering: World = { ...world, blindIndex: rememberIndexes(world.blindIndex, 4 * ROWS_AT_ONCE) };
      const makeDraft = await draftMaker(tx, remembering, origin);
      await clearProblems(tx, institution, importId);
      const bound = importBound();
      const taken = await takeRows(tx, remembering, { table, collecting, makeDraft, at, importId, errorPolicy, bound });
      const { subjects, problems, mapped } = taken;
      const counts = bound.counts();
      const { accepted, refused } = counts;
      const nothing = accepted === 0 || bound.ended() || (errorPolicy === 'all-or-nothing' && refused > 0);
      return {
        target,
        violations: nothing ? await refusedImport(tx, found, bound, problems) : [],
        subjects,
        fresh: true,
        facts: {
          batchId,
          importId,
          category,
          resolutionNumber: collecting.resolution.number,
          edition: table.header.edition,
          editionVerified: table.header.verified,
          mapped,
          accepted,
          refused,
        },
        files: [found.fileDigest],
        async save() {
          await concludeImport(tx, institution, importId, { state: 'committed', ...counts });
          return { importId, batchId, accepted, refused };
        },
      };
    }),
  );
}

/** A group of candidates and what the register is being asked about them. */
interface Asked {
  readonly group: readonly Candidate[];
  readonly found: ReturnType<typeof askRegister>;
}

/** Drafts made in one go, about a millisecond: meanwhile the database waits for what is to be sent to it. */
const DRAFTS_BETWEEN_TURNS = 10;

/** Drafts of the candidates that have nothing against them so far. */
async function draftsOf(group: readonly Candidate[], makeDraft: DraftMaker): Promise<(RecordDraft | null)[]> {
  const drafts: (RecordDraft | null)[] = [];
  for (const candidate of group) {
    if (drafts.length % DRAFTS_BETWEEN_TURNS === 0) await otherWork();
    drafts.push(candidate.violations.length === 0 ? makeDraft(candidate) : null);
  }
  return drafts;
}

interface Taking {
  readonly table: RecordTable;
  readonly collecting: Collecting;
  readonly makeDraft: DraftMaker;
  readonly at: Date;
  readonly importId: string;
  readonly errorPolicy: ErrorPolicy;
  readonly bound: ImportBound;
}

/**
 * Takes the rows a group at a time, three of them under way: one is looked up while the one before it is made into drafts and the one
 * before that is written, so that neither side waits for the other. A look-up need not see what earlier groups wrote: doubles within the file are found by what was seen of it, as in the dry run.
 * What was written is undone with the transaction when the import is refused.
 */
async function takeRows(
  tx: Transaction,
  world: World,
  { table, collecting, makeDraft, at, importId, errorPolicy, bound }: Taking,
): Promise<{ subjects: RecordSubjects; mapped: number; problems: Violation[] }> {
  const { institution } = collecting;
  const seen = seenNothing();
  const subjects = recordSubjects();
  const problems: Violation[] = [];
  let mapped = 0;
  let kept = 0;
  const write = async (group: readonly Candidate[], drafts: readonly (RecordDraft | null)[]): Promise<void> => {
    const rows: PlacedDraft[] = [];
    for (const [place, { entry, violations }] of group.entries()) {
      const draft = drafts[place];
      if (draft && entry && violations.length === 0) rows.push({ draft, rosterSequence: entry.sequence });
    }
    const bad = group.filter((candidate) => candidate.violations.length > 0);
    mapped += group.filter(({ mappings }) => mappings.length > 0).length;
    problems.push(...problemsOf(bad, problems.length));
    for (const { draft } of rows) subjects.add(draft);
    if (bound.ended() || (errorPolicy === 'all-or-nothing' && bound.counts().refused > 0)) return;
    const first = subjects.length === rows.length;
    const problemsKept = insertProblems(tx, institution, importId, bad, kept);
    [kept] = await allDone(problemsKept, insertNewRecords(tx, institution, rows, at));
    if (first) await learnFromLoad(tx, 'DegreeRecord');
  };
  let asking: Promise<unknown>[] = [];
  let writing: Promise<void> = Promise.resolve();
  let ready = async (): Promise<void> => {};
  const writeReady = async (): Promise<void> => {
    await writing;
    writing = ready();
    writing.catch(() => {}); // told by the next await
  };
  const finish = async ({ group, found }: Asked): Promise<void> => {
    await writeReady();
    const drafts = await draftsOf(group, makeDraft);
    judgeByFinds(seen, group, await found);
    const taken = bound.take(group);
    ready = () => write(taken, drafts);
  };
  try {
    let before: Asked | null = null;
    for await (const group of recordCandidates(table, collecting, bound)) {
      const found = askRegister(tx, world, collecting, group, importId);
      found.catch(() => {}); // told when it is waited for
      asking = before ? [before.found, found] : [found];
      if (before) await finish(before);
      before = { group, found };
    }
    if (before) await finish(before);
    await writeReady();
    await writing;
  } catch (error) {
    // Where writing failed, that is why: whatever is asked after it in the same transaction fails, too.
    await writing;
    throw error;
  } finally {
    // What came after the rollback would be done outside the transaction.
    await Promise.allSettled([...asking, writing]);
  }
  return { subjects, mapped, problems };
}
