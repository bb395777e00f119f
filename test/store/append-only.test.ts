// Article 12: what the database refuses to forget, whoever asks.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../support/database.ts';

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
  'StatisticsPublication',
];

describe('Article 12: the original-record archive is append-only in the database itself', () => {
  it.each(KEPT)('TRUNCATE of %s is refused', async (table) => {
    await expect(db.pool.query(`TRUNCATE "${table}" CASCADE`)).rejects.toThrow(/append-only \(article 12\)/);
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
