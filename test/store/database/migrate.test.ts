// Migrations: each whole or not at all, remembered as Prisma remembers them, refused when history does not agree.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DatabaseRefused } from '../../../src/store/database/errors.ts';
import { migrate } from '../../../src/store/database/migrate.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';

const CREATE = 'CREATE TABLE thing (id int PRIMARY KEY);\n-- 说明\nINSERT INTO thing VALUES (1), (2);\n';

let db: TestDatabase;
let directory: string;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  directory = mkdtempSync(join(tmpdir(), 'migrations-'));
  return () => rmSync(directory, { recursive: true });
});

function script(name: string, sql: string): void {
  mkdirSync(join(directory, name), { recursive: true });
  writeFileSync(join(directory, name, 'migration.sql'), sql);
}

async function refusal(): Promise<DatabaseRefused> {
  const error: unknown = await migrate(db, directory).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DatabaseRefused);
  return error as DatabaseRefused;
}

async function count(sql: string): Promise<number> {
  return (await db.pool.query(sql)).rowCount ?? 0;
}

test('applies what is new, in the order of the names, once', async () => {
  script('0002_more', 'INSERT INTO thing VALUES (3);');
  script('0001_init', CREATE);
  writeFileSync(join(directory, 'migration_lock.toml'), 'provider = "postgresql"\n');
  expect(await migrate(db, directory)).toEqual({ applied: ['0001_init', '0002_more'] });
  expect(await migrate(db, directory)).toEqual({ applied: [] });
  script('0003_last', 'INSERT INTO thing VALUES (4);');
  expect(await migrate(db, directory)).toEqual({ applied: ['0003_last'] });
  expect(await count('SELECT 1 FROM thing')).toBe(4);
});

test('two servers that start at once apply everything once', async () => {
  script('0001_init', CREATE);
  const both = await Promise.all([migrate(db, directory), migrate(db, directory)]);
  expect(both.flatMap(({ applied }) => applied)).toEqual(['0001_init']);
});

test('rows are those of prisma migrate deploy', async () => {
  script('0001_init', CREATE);
  await migrate(db, directory);
  const { rows } = await db.pool.query('SELECT * FROM "_prisma_migrations"');
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    checksum: createHash('sha256').update(CREATE).digest('hex'),
    migration_name: '0001_init',
    finished_at: expect.any(Date),
    logs: null,
    rolled_back_at: null,
    applied_steps_count: 1,
  });
});

test('a failing script is an error that names the line, and leaves nothing', async () => {
  script('0001_init', CREATE);
  script('0002_bad', 'CREATE TABLE other (id int);\nINSERT INTO other VALUES (1);\nINSERT INTO nowhere VALUES (1);');
  const error = await refusal();
  expect(error.en).toContain('"0002_bad" failed at line 3');
  expect(error.zh).toContain('第 3 行');
  expect(await count("SELECT 1 FROM pg_tables WHERE tablename = 'other'")).toBe(0);
  expect(await count('SELECT 1 FROM "_prisma_migrations"')).toBe(1);
  script('0002_bad', 'CREATE TABLE other (id int);');
  expect(await migrate(db, directory)).toEqual({ applied: ['0002_bad'] });
});

test('an applied script that was changed is refused, other line ends are not', async () => {
  script('0001_init', CREATE);
  await migrate(db, directory);
  script('0001_init', CREATE.replaceAll('\n', '\r\n'));
  expect(await migrate(db, directory)).toEqual({ applied: [] });
  script('0001_init', `${CREATE}-- one more thought`);
  expect((await refusal()).en).toContain('"0001_init" was changed');
});

test('a database that is newer than the program is refused before anything is done', async () => {
  script('0001_init', CREATE);
  script('0009_future', 'SELECT 1;');
  await migrate(db, directory);
  rmSync(join(directory, '0009_future'), { recursive: true });
  script('0002_more', 'INSERT INTO thing VALUES (3);');
  expect((await refusal()).en).toContain('the database is newer');
  expect(await count('SELECT 1 FROM thing')).toBe(2);
});

test('what another tool left half done is refused, what was marked rolled back is applied again', async () => {
  script('0001_init', CREATE);
  await migrate(db, directory);
  await db.pool.query('UPDATE "_prisma_migrations" SET finished_at = NULL');
  expect((await refusal()).en).toContain('prisma migrate resolve');
  await db.pool.query('DROP TABLE thing; UPDATE "_prisma_migrations" SET rolled_back_at = now()');
  expect(await migrate(db, directory)).toEqual({ applied: ['0001_init'] });
});

test('a script must not end the transaction by itself', async () => {
  script('0001_init', `${CREATE}COMMIT; BEGIN;`);
  expect((await refusal()).en).toContain('must not use BEGIN, COMMIT');
});
