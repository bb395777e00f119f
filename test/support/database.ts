// A database of its own for a test file: embedded in memory, or on PostgreSQL when VERMILION_TEST_DATABASE_URL is set.
// Migrations run once; every further database starts from a copy kept under a name made from their content.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { type Database, openDatabase } from '../../src/store/database/connect.ts';
import { migrate } from '../../src/store/database/migrate.ts';
import { CACHE } from './cache.ts';

/** The directory of the real migrations. */
export const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** A database that a test owns. `reset` empties every table. */
export type TestDatabase = Database & { reset(): Promise<void> };

/** A migrated, empty database; `close()` throws it away. */
export async function freshDatabase(): Promise<TestDatabase> {
  const url = process.env.VERMILION_TEST_DATABASE_URL;
  const database = url ? await onPostgres(url) : await embedded();
  return { ...database, reset: () => reset(database) };
}

async function embedded(): Promise<Database> {
  const file = join(CACHE, `pglite-${migrationsKey()}.tar`);
  if (!existsSync(file)) {
    const first = await openDatabase({ memory: true });
    await migrate(first, MIGRATIONS);
    const dump = await first.dump?.();
    await first.close();
    mkdirSync(CACHE, { recursive: true });
    const draft = `${file}.${randomUUID()}`;
    writeFileSync(draft, Buffer.from((await dump?.arrayBuffer()) ?? new ArrayBuffer(0)));
    renameSync(draft, file); // two workers may do this at once: either file is good
  }
  return openDatabase({ memory: true, loadFrom: new Blob([readFileSync(file)]) });
}

async function onPostgres(url: string): Promise<Database> {
  const template = `vermilion_template_${migrationsKey()}`;
  const name = `vermilion_test_${randomUUID().replaceAll('-', '')}`;
  await administer(url, async (client) => {
    await client.query('SELECT pg_advisory_lock(2024111501)');
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (rowCount === 0) await makeTemplate(client, url, template);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  const database = await openDatabase({ url: named(url, name) });
  const close = async () => {
    await database.close();
    await administer(url, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  };
  return { ...database, close };
}

async function makeTemplate(client: pg.Client, url: string, template: string): Promise<void> {
  const draft = `${template}_draft`;
  await client.query(`DROP DATABASE IF EXISTS ${draft}`);
  await client.query(`CREATE DATABASE ${draft} TEMPLATE template0 ENCODING 'UTF8'`);
  const first = await openDatabase({ url: named(url, draft) });
  await migrate(first, MIGRATIONS).finally(() => first.close());
  await client.query(`ALTER DATABASE ${draft} RENAME TO ${template}`);
}

async function administer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await work(client).finally(() => client.end());
}

function named(url: string, database: string): string {
  return url.replace(/^(\w+:\/\/[^/]*\/)[^?]*/, `$1${database}`);
}

/** From this size on, bytes, a table is emptied as a whole instead of row by row. */
const LARGE = 4 << 20;

/**
 * Empties the tables that have rows: to exchange the files of all ninety and their indexes takes longer than most tests. Triggers are off
 * meanwhile: what is append-only in life must be emptied between tests.
 */
async function reset({ pool }: Database): Promise<void> {
  const client = await pool.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'",
    );
    const all = tables.map(({ name }) => name);
    const asked = all.map(
      (name) => `SELECT '${name}' AS name, pg_table_size('${name}')::int AS size WHERE EXISTS (SELECT FROM ${name})`,
    );
    const { rows: filled } = await client.query<{ name: string; size: number }>(asked.join(' UNION ALL '));
    const emptying = filled.some(({ size }) => size > LARGE)
      ? [`TRUNCATE ${all.join(', ')}`]
      : filled.map(({ name }) => `DELETE FROM ${name}`);
    const numbers = 'SELECT setval(seqrelid, seqstart, false) FROM pg_sequence';
    await client.query(
      `BEGIN; SET LOCAL session_replication_role = replica; ${[...emptying, numbers].join('; ')}; COMMIT`,
    );
  } finally {
    client.release();
  }
}

/** What a copy was made of: the migrations, what runs them, and the database that keeps them. */
function migrationsKey(): string {
  const hash = createHash('sha256');
  for (const made of ['../../src/store/database/migrate.ts', '../../node_modules/@electric-sql/pglite/package.json'])
    hash.update(readFileSync(fileURLToPath(new URL(made, import.meta.url))));
  for (const entry of readdirSync(MIGRATIONS, { withFileTypes: true })) {
    if (entry.isDirectory())
      hash.update(entry.name).update(readFileSync(join(MIGRATIONS, entry.name, 'migration.sql')));
  }
  return hash.digest('hex').slice(0, 16);
}
