// Where the bench keeps its data: DATABASE_URL, else a PostgreSQL of its own, else the embedded database.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const WITH_POSTGRES = fileURLToPath(new URL('../scripts/with-postgres.sh', import.meta.url));
const NO_POSTGRES = 69;

/** The PostgreSQL of this run: given by DATABASE_URL, or by the script that this process was started under; null for none yet. */
export function givenServer(): string | null {
  return process.env.DATABASE_URL ?? process.env.VERMILION_TEST_DATABASE_URL ?? null;
}

/** Runs this very command again under a PostgreSQL of its own, with the settings PostgreSQL comes with (fsync on). Its exit code, or null where none is installed. */
export function againUnderPostgres(): number | null {
  const command = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const env = { ...process.env, VERMILION_POSTGRES_DURABLE: '1' };
  const { status, error } = spawnSync('sh', [WITH_POSTGRES, ...command], { stdio: 'inherit', env });
  if (error || status === NO_POSTGRES) return null;
  return status ?? 1;
}

/** One line that says on what the figures were measured. */
export async function describeServer(server: string | null): Promise<string> {
  if (server === null) return 'embedded database (no PostgreSQL found): figures of the trial, not of a server';
  return withClient(server, async (client) => {
    const setting = async (name: string) =>
      (await client.query<Record<string, string>>(`SHOW ${name}`)).rows[0]?.[name];
    const names = ['server_version', 'fsync', 'synchronous_commit', 'shared_buffers'] as const;
    const values: string[] = [];
    for (const name of names) values.push(`${name} ${await setting(name)}`);
    return `PostgreSQL: ${values.join(', ')}`;
  });
}

/** Makes a database beside the given one, lends its address, and drops it: what is in the given database is never touched. */
export async function withOwnDatabase<T>(server: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = `vermilion_bench_${process.pid}_${Date.now()}`;
  await withClient(server, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`));
  try {
    return await work(server.replace(/^(\w+:\/\/[^/]*\/)[^?]*/, `$1${name}`));
  } finally {
    await withClient(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  }
}

/** A connection of one's own for a piece of work. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return work(client).finally(() => client.end());
}
