// Brings the database to the schema of this version: plain SQL scripts, each in one transaction, remembered the way
// `prisma migrate deploy` remembers them, so that either tool can go on where the other stopped.
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import type { Database } from './connect.ts';
import { DatabaseRefused } from './errors.ts';

interface Script {
  name: string;
  sql: string;
}

interface Row {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/** The advisory lock that Prisma's own migrate takes, so that the two exclude each other. */
const LOCK = 72707369;

/** As Prisma's schema engine creates it. */
const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Applies every `<directory>/<name>/migration.sql` that has not been applied, in the order of the names.
 * @throws DatabaseRefused for an applied script that has changed, an applied one that this version does not know (the
 * database is newer), one that somebody left half done, and a script that fails: it leaves nothing behind
 */
export async function migrate(db: Pick<Database, 'pool'>, directory: string): Promise<{ applied: string[] }> {
  const scripts = await readScripts(directory);
  const client = await db.pool.connect();
  const applied: string[] = [];
  try {
    await locked(client, async () => compare(scripts, await known(client)));
    for (const script of scripts) {
      const done = await locked(client, async () => {
        const rows = await known(client);
        if (rows.some((row) => row.migration_name === script.name)) return false;
        await apply(client, script);
        return true;
      });
      if (done) applied.push(script.name);
    }
  } finally {
    client.release();
  }
  return { applied };
}

async function readScripts(directory: string): Promise<Script[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({ name, sql: await readFile(join(directory, name, 'migration.sql'), 'utf8') })),
  );
}

/** One transaction that excludes every other migration. */
async function locked<T>(client: pg.PoolClient, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await client.query(TABLE);
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

async function known(client: pg.PoolClient): Promise<Row[]> {
  const columns = 'migration_name, checksum, finished_at';
  const { rows } = await client.query<Row>(`SELECT ${columns} FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`);
  return rows;
}

function compare(scripts: Script[], rows: Row[]): void {
  for (const { migration_name: name, checksum, finished_at } of rows) {
    const script = scripts.find((each) => each.name === name);
    if (!script) throw new DatabaseRefused(newer(name));
    if (!checksums(script.sql).includes(checksum)) throw new DatabaseRefused(changed(name));
    if (!finished_at) throw new DatabaseRefused(unfinished(name));
  }
}

/** A checkout on Windows may have changed the line ends; Prisma forgives that too. */
function checksums(sql: string): string[] {
  const unix = sql.replaceAll('\r\n', '\n');
  return [sql, unix, unix.replaceAll('\n', '\r\n')].map((text) => createHash('sha256').update(text).digest('hex'));
}

async function apply(client: pg.PoolClient, { name, sql }: Script): Promise<void> {
  const started = new Date();
  const before = await transactionId(client);
  try {
    await client.query(sql);
  } catch (error) {
    throw new DatabaseRefused(failed(name, sql, error), error);
  }
  if ((await transactionId(client)) !== before) throw new DatabaseRefused(endsTransaction(name));
  await client.query(
    `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, $4, clock_timestamp(), 1)`,
    [randomUUID(), checksums(sql)[0], name, started],
  );
}

async function transactionId(client: pg.PoolClient): Promise<string> {
  const { rows } = await client.query<{ id: string }>('SELECT pg_current_xact_id()::text AS id');
  return rows[0]?.id ?? '';
}

function newer(name: string): { zh: string; en: string } {
  return {
    zh: `数据库中已有本版本不认识的迁移“${name}”：数据库比程序新。请使用更新的程序版本。`,
    en: `The database has the migration "${name}", which this version does not know: the database is newer. Use a newer version.`,
  };
}

function changed(name: string): { zh: string; en: string } {
  return {
    zh: `迁移“${name}”执行之后其脚本被修改。已执行的迁移不得修改；请恢复原脚本，另写新的迁移。`,
    en: `The script of migration "${name}" was changed after it had been applied. Restore it and write a new migration instead.`,
  };
}

function unfinished(name: string): { zh: string; en: string } {
  return {
    zh: `迁移“${name}”曾由其他工具执行但未完成；请先用 prisma migrate resolve 处理。`,
    en: `Migration "${name}" was started by another tool and not finished; settle it with prisma migrate resolve first.`,
  };
}

function failed(name: string, sql: string, error: unknown): { zh: string; en: string } {
  const position = typeof error === 'object' && error !== null && 'position' in error ? Number(error.position) : 0;
  const line = position > 0 ? sql.slice(0, position).split('\n').length : 0;
  const why = error instanceof Error ? error.message : String(error);
  return {
    zh: `迁移“${name}”执行失败${line ? `（第 ${line} 行）` : ''}，未留下任何改动：${why}`,
    en: `Migration "${name}" failed${line ? ` at line ${line}` : ''} and left nothing behind: ${why}`,
  };
}

function endsTransaction(name: string): { zh: string; en: string } {
  return {
    zh: `迁移“${name}”自行结束了事务；迁移脚本中不得使用 BEGIN、COMMIT 或 ROLLBACK。`,
    en: `Migration "${name}" ends the transaction by itself; a migration must not use BEGIN, COMMIT or ROLLBACK.`,
  };
}
