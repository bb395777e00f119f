// Article 12: what the database refuses to forget, whoever asks.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { sourceFiles } from '../support/source-tree.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const textOfSource = (): string =>
  sourceFiles(ROOT, 'src')
    .filter((file) => !file.includes('generated'))
    .map((file) => readFileSync(join(ROOT, file), 'utf8'))
    .join('\n');

let db: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  db = await freshDatabase();
  await db.pool.query(`INSERT INTO "CertificateNumber" VALUES ('1044742026000001', '10447', gen_random_uuid(), now())`);
  await db.pool.query(`INSERT INTO "Checkpoint" VALUES ('10447', 1, 'text', '\\x00', now())`);
});
afterAll(() => db.close());

const KEPT = [
  'Step',
  'StepSubject',
  'Checkpoint',
  'RecordVersion',
  'Reveal',
  'CertificateNumber',
  'DegreeRecord',
  'Resolution',
  'CertificateTemplate',
  'WrittenApplication',
  'LoadedEdition',
  'CodeTableVersion',
  'CodeRecoding',
  'CodeMapping',
  'CodeMappingEnd',
  'RecordExport',
  'Policy',
  'OfficeChange',
  'OfficerChange',
  'UpwardReport',
  'RecordWithdrawal',
  'FormCheck',
  'StudentConfirmation',
  'StudentDispute',
  'CorrectionRequest',
  'Dataset',
  'DatasetRead',
  'DatasetPublication',
  'ArchiveExport',
  'ArchiveSubject',
  'ArchiveEntry',
  'ArchivePiece',
  'ArchiveDownload',
  'ArchiveAppraisal',
  'ArchiveTransfer',
  'StoredFile',
  'KeptFile',
  'Batch',
  'EnrolmentRecord',
  'Import',
  'ReviewReason',
  'Objection',
  'RosterEntry',
  'SignInAttempt',
  'Declassification',
  'DeclassificationWithdrawal',
  'ApplicationDecision',
  'ApplicationDocument',
  'CrossCheckDraw',
  'DisclosureOpening',
  'Dispatch',
  'DrawnRecord',
  'Examination',
  'FormCheckResult',
  'ReceivedObjection',
  'RecordEnd',
  'RevocationResolution',
  'RosterStrike',
  'StatisticsPublication',
];

/** Every other table, and why the database itself lets rows of it go. A new table is entered in one of the two lists. */
const NOT_KEPT: Readonly<Record<string, readonly string[]>> = {
  'working papers, until a sealed step holds what they say': [
    ...['ApplicationRecord', 'Evidence', 'ImportMapping', 'ImportProblem', 'UnmatchedValue'],
  ],
  'destroyed at the end of the term, as article 18 wants it': ['DatasetKey', 'DatasetPiece'],
  'files that are handed out for some days': ['ExportPiece'],
  'at the door: the steps that let somebody in are kept': [
    ...['DatasetAccess', 'DatasetRecipient', 'DisclosureLink', 'StudentAccount', 'StudentFile', 'StudentLink'],
    ...['Session', 'StudentSession'],
  ],
  'about work, not about records': ['IdempotentCall', 'Job', 'JobProblem', 'NumberSequence', 'Reminder', 'RingKey'],
  'named by every step of theirs, which holds them by its keys': [
    'Institution',
    'Office',
    'Officer',
    'Seal',
    'SealStatus',
  ],
  'made again from what is kept: the log from its steps, the tables of codes and days from the files of their steps': [
    ...['CalendarDay', 'CodeEntry', 'LogHead', 'LogTile'],
  ],
};

/** Tables from which no row is deleted; those of an archive that is being made are guarded once it is sealed. */
const NEVER_DELETED = KEPT.filter((table) => !['ArchiveSubject', 'ArchiveEntry', 'ArchivePiece'].includes(table));

describe('Article 12: the original-record archive is append-only in the database itself', () => {
  it.each(KEPT)('TRUNCATE of %s is refused', async (table) => {
    await expect(db.pool.query(`TRUNCATE "${table}" CASCADE`)).rejects.toThrow(/append-only \(article 12\)/);
  });

  it('no row of them is deleted: each has a trigger that refuses it', async () => {
    const { rows } = await db.pool.query<{ table: string }>(
      `SELECT DISTINCT c.relname AS "table" FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
       WHERE NOT t.tgisinternal AND p.proname = 'refuse_change' AND (t.tgtype & 8) <> 0 AND t.tgenabled = 'O'`,
    );
    const guarded = new Set(rows.map(({ table }) => table));
    expect(NEVER_DELETED.filter((table) => !guarded.has(table))).toEqual([]);
  });

  it('every table is in one of the two lists, so that a new one is thought about', async () => {
    const { rows } = await db.pool.query<{ table: string }>(
      `SELECT tablename AS "table" FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_%'`,
    );
    const listed = [...KEPT, ...Object.values(NOT_KEPT).flat()];
    expect(listed.sort()).toEqual(rows.map(({ table }) => table).sort());
  });

  it('no code deletes from them either', () => {
    const source = textOfSource();
    const deletes = source.matchAll(/DELETE FROM "(\w+)"|\b(\w+)\.delete(?:Many)?\(\{/g);
    const named = [...deletes].map(
      ([, table, model = '']) => table ?? `${model.charAt(0).toUpperCase()}${model.slice(1)}`,
    );
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((table) => NEVER_DELETED.includes(table))).toEqual([]);
  });

  it('a certificate number is not deleted', async () => {
    await expect(db.pool.query('DELETE FROM "CertificateNumber"')).rejects.toThrow(/append-only \(article 12\)/);
  });

  it('a checkpoint is neither changed nor deleted', async () => {
    await expect(db.pool.query(`UPDATE "Checkpoint" SET "text" = 'other'`)).rejects.toThrow(
      /append-only \(article 12\)/,
    );
    await expect(db.pool.query('DELETE FROM "Checkpoint"')).rejects.toThrow(/append-only \(article 12\)/);
  });
});
