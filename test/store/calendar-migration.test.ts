// Article 11(4): days that were entered for everybody hold for each institution when each gets a calendar of its own.
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../src/store/database/migrate.ts';
import { freshDatabase, MIGRATIONS, type TestDatabase } from '../support/database.ts';

const OWN_CALENDARS = '0009_reporting';

let db: TestDatabase;
let directory: string;
beforeAll(async () => {
  db = await freshDatabase();
  directory = mkdtempSync(join(tmpdir(), 'migrations-'));
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await db.close();
});

test('each institution has them afterwards, and a new day is refused an unknown kind', async () => {
  await db.pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  const before = readdirSync(MIGRATIONS).filter((name) => /^\d{4}_/.test(name) && name < OWN_CALENDARS);
  for (const name of before) cpSync(join(MIGRATIONS, name), join(directory, name), { recursive: true });
  await migrate(db, directory);
  await db.pool.query(
    `INSERT INTO "Office" ("id", "kind", "name") VALUES ('37/provincial-office', 'provincial-office', '省学位办')`,
  );
  for (const code of ['10447', '10999']) {
    await db.pool.query(
      `INSERT INTO "Institution" ("code", "name", "documentPrefix", "headName", "chairName", "provincialOfficeId")
      VALUES ($1, '学校', '文', '校长', '主席', '37/provincial-office')`,
      [code],
    );
  }
  await db.pool.query(`INSERT INTO "CalendarDay" VALUES ('2026-07-07', 'holiday', '校庆')`);
  cpSync(join(MIGRATIONS, OWN_CALENDARS), join(directory, OWN_CALENDARS), { recursive: true });
  await migrate(db, directory);
  const { rows } = await db.pool.query('SELECT "institution", "date", "kind" FROM "CalendarDay" ORDER BY 1');
  expect(rows).toEqual([
    { institution: '10447', date: '2026-07-07', kind: 'holiday' },
    { institution: '10999', date: '2026-07-07', kind: 'holiday' },
  ]);
  await expect(
    db.pool.query(
      `INSERT INTO "CalendarDay" ("institution", "date", "kind", "name") VALUES ('10447', '2027-01-01', 'feast', '节')`,
    ),
  ).rejects.toThrow(/calendar_day_kind/);
});
