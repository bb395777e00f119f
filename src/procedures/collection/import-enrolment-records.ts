// Importing enrolment records from a checked file: new students are added, known ones replaced by student number (R11.8).
import type { Violation } from '../../regulation/violations.ts';
import { upsertEnrolments } from '../../store/collection/enrolment-records.ts';
import { clearProblems, concludeImport, insertProblems } from '../../store/collection/imports.ts';
import { learnFromLoad, planAfresh } from '../../store/database/fresh-plans.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import type { Call } from '../call.ts';
import { refusingBadFiles } from '../files/file-problems.ts';
import { type Performed, perform } from '../perform.ts';
import type { ErrorPolicy } from '../records/record-results.ts';
import { digestOf } from '../subjects.ts';
import { type EnrolmentTable, enrolmentCandidates, openEnrolmentTable } from './enrolment-table.ts';
import { type ImportBound, importBound } from './import-bound.ts';
import { findCheckedImport, problemsOf, refusedImport } from './import-outcome.ts';

/** Which checked import, and what becomes of it when rows are refused. */
export type ImportEnrolmentRecordsInput = { institution: string; importId: string; errorPolicy: ErrorPolicy };

/** How many rows were taken and refused. */
export type ImportEnrolmentRecordsResult = { importId: string; accepted: number; refused: number };

/**
 * Imports the enrolment records of a checked file (step `import-enrolment-records`).
 * @throws {Refused} any row is refused under `all-or-nothing`; no row can be taken; the import was committed before
 */
export function importEnrolmentRecords(
  call: Call,
  input: ImportEnrolmentRecordsInput,
): Promise<Performed<ImportEnrolmentRecordsResult>> {
  const { institution, importId, errorPolicy } = input;
  const { world } = call;
  return perform(call, 'import-enrolment-records', institution, input, (tx) =>
    refusingBadFiles('file', async () => {
      await planAfresh(tx);
      const wanted = { institution, importId, kind: 'enrolment-records', step: 'import-enrolment-records' } as const;
      const { found, target } = await findCheckedImport(tx, call, wanted);
      const category = target.category ?? 'regular-bachelor';
      const { fileDigest } = found;
      const table = await openEnrolmentTable(tx, world, { institution, category, fileDigest });
      await clearProblems(tx, institution, importId);
      const bound = importBound();
      const problems = await takeRows(tx, call, table, { institution, importId, errorPolicy, bound });
      const counts = bound.counts();
      const { accepted, refused } = counts;
      const nothing = accepted === 0 || bound.ended() || (errorPolicy === 'all-or-nothing' && refused > 0);
      const facts = { importId, category, accepted, refused };
      const digest = digestOf({ ...facts, fileDigest });
      return {
        target,
        violations: nothing ? await refusedImport(tx, found, bound, problems) : [],
        subjects: [{ kind: 'import', id: importId, version: 1, digest }],
        fresh: true,
        facts,
        files: [fileDigest],
        async save() {
          await learnFromLoad(tx, 'EnrolmentRecord');
          await concludeImport(tx, institution, importId, { state: 'committed', ...counts });
          return { importId, accepted, refused };
        },
      };
    }),
  );
}

async function takeRows(
  tx: Transaction,
  { world }: Call,
  table: EnrolmentTable,
  { institution, importId, errorPolicy, bound }: ImportEnrolmentRecordsInput & { bound: ImportBound },
): Promise<Violation[]> {
  const problems: Violation[] = [];
  const at = world.now();
  let kept = 0;
  for await (const judged of enrolmentCandidates(table, bound)) {
    const group = bound.take(judged);
    const good = group.filter(({ violations }) => violations.length === 0);
    const bad = group.filter(({ violations }) => violations.length > 0);
    problems.push(...problemsOf(bad, problems.length));
    if (bound.ended() || (errorPolicy === 'all-or-nothing' && bound.counts().refused > 0)) continue;
    kept = await insertProblems(tx, institution, importId, bad, kept);
    const fields = good.map((candidate) => candidate.fields);
    await upsertEnrolments(tx, institution, fields, { importId, at }, world);
  }
  return problems;
}
