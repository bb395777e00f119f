// The dry run of an import: header first, then every row's problems, kept for the officer; the register stays as it is (R10.2).
import { violation } from '../../regulation/violations.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import { keepImportValues } from '../../store/collection/import-values.ts';
import { concludeImport, type Import, insertImport, insertProblems } from '../../store/collection/imports.ts';
import { planAfresh } from '../../store/database/fresh-plans.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import type { Giver } from '../../store/kept-files.ts';
import type { Call, World } from '../call.ts';
import { Refused } from '../errors.ts';
import { refusingBadFiles } from '../files/file-problems.ts';
import { givenByOfficer } from '../files/uploaded-as.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { collectingFor } from './collecting.ts';
import { ENROLMENT_EDITION, enrolmentCandidates, openEnrolmentTable } from './enrolment-table.ts';
import { type ImportBound, importBound } from './import-bound.ts';
import type { ImportFile } from './import-file.ts';
import { type CheckedRow, importValues } from './import-values.ts';
import { editionsUnder, openRecordTable, recordCandidates } from './record-table.ts';
import { judgeByRegister, seenNothing } from './register-rules.ts';

/** An uploaded table and what it is. `resolutionId` is needed for records. */
export type CheckImportInput = {
  institution: string;
  kind: 'records' | 'enrolment-records';
  category: Category;
  resolutionId?: string | null;
  fileDigest: string;
};

/**
 * The dry run: how many rows, how many of them would be taken and refused, and in how many an officers' mapping was applied.
 * `judged` below `total`: too many problems, of which the last says so; `accepted` and `refused` are of the judged rows.
 * `editionVerified` false: the edition was put together from what is publicly known.
 */
export type CheckImportResult = {
  importId: string;
  total: number;
  judged: number;
  accepted: number;
  refused: number;
  mapped: number;
  editionKey: string;
  editionVerified: boolean;
};

/**
 * Judges every row of an uploaded table without importing any; the problems are kept with the import.
 * @throws {Refused} not a table, or its header is wrong. {NotFound} no such file or resolution
 */
export function checkImport(call: Call, input: CheckImportInput): Promise<Prepared<CheckImportResult>> {
  const { institution, kind, category, fileDigest } = input;
  const resolutionId = kind === 'records' ? (input.resolutionId ?? null) : null;
  const preparation = {
    procedure: 'check-import',
    step: kind === 'records' ? 'collect' : 'import-enrolment-records',
    institution,
    category,
    input: { kind, category, resolutionId, fileDigest },
  } as const;
  return prepare(call, preparation, (tx, at) =>
    refusingBadFiles('file', async () => {
      await planAfresh(tx);
      const dryRun = kind === 'records' ? recordDryRun : enrolmentDryRun;
      const bound = importBound();
      const of = { institution, category, resolutionId, fileDigest, by: givenByOfficer(call.actor) };
      const { file, edition, verified, groups } = await dryRun(tx, call.world, of, bound);
      const row: Import = {
        institution,
        id: uuidv7(),
        kind,
        state: 'checked',
        fileDigest,
        fileName: file.name,
        format: file.table.kind,
        encoding: file.table.encoding ?? null,
        edition,
        category,
        resolutionId,
        total: 0,
        judged: 0,
        accepted: 0,
        refused: 0,
        createdById: call.actor.officerId,
        createdAt: at,
      };
      await insertImport(tx, row);
      let kept = 0;
      const values = importValues();
      for await (const group of groups) {
        const rows = bound.take(group);
        for (const row of rows) values.count(row);
        kept = await insertProblems(tx, institution, row.id, rows, kept);
      }
      await insertProblems(tx, institution, row.id, bound.problems(), kept);
      await keepImportValues(tx, institution, row.id, values.found());
      const counts = bound.counts();
      await concludeImport(tx, institution, row.id, { state: 'checked', ...counts });
      return {
        importId: row.id,
        ...counts,
        mapped: values.mappedRows(),
        editionKey: edition,
        editionVerified: verified,
      };
    }),
  );
}

interface DryRun {
  readonly file: ImportFile;
  readonly edition: string;
  readonly verified: boolean;
  readonly groups: AsyncIterable<readonly CheckedRow[]>;
}

interface Checked {
  readonly institution: string;
  readonly category: Category;
  readonly resolutionId: string | null;
  readonly fileDigest: string;
  readonly by: Giver;
}

async function recordDryRun(tx: Transaction, world: World, of: Checked, bound: ImportBound): Promise<DryRun> {
  const { resolutionId } = of;
  if (resolutionId === null) {
    const label = { zh: '学位授予决议', en: 'conferral resolution' };
    throw new Refused([violation('field-missing', 'resolution', { label, found: '0', expected: '1', article: '6' })]);
  }
  const editions = await editionsUnder(tx, world, of.institution, resolutionId);
  const table = await openRecordTable(tx, world.cipher, { ...of, editions });
  const collecting = await collectingFor(tx, world, { ...of, resolutionId }, table.carried);
  const seen = seenNothing();
  async function* groups(): AsyncGenerator<readonly CheckedRow[]> {
    for await (const group of recordCandidates(table, collecting, bound)) {
      await judgeByRegister(tx, world, collecting, seen, group);
      yield group;
    }
  }
  const { edition, verified } = table.header;
  return { file: table, edition, verified, groups: groups() };
}

async function enrolmentDryRun(tx: Transaction, world: World, of: Checked, bound: ImportBound): Promise<DryRun> {
  const table = await openEnrolmentTable(tx, world, of);
  return { file: table, edition: ENROLMENT_EDITION, verified: true, groups: enrolmentCandidates(table, bound) };
}
