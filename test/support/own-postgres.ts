// An empty PostgreSQL database for a server process of its own, when VERMILION_TEST_DATABASE_URL names a server; else nothing.
import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** The address of the database, undefined for the embedded one; `drop` throws it away. */
export interface OwnDatabase {
  readonly url: string | undefined;
  drop(): Promise<void>;
}

/** Makes the database. */
export async function ownDatabase(): Promise<OwnDatabase> {
  const server = process.env.VERMILION_TEST_DATABASE_URL;
  if (!server) return { url: undefined, drop: async () => {} };
  const name = `vermilion_process_${randomUUID().replaceAll('-', '')}`;
  await administer(server, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  const url = server.replace(/^(\w+:\/\/[^/]*\/)[^?]*/, `$1${name}`);
  return { url, drop: () => administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function administer(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
