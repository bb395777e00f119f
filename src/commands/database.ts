// The database of the configuration, for commands that only need it for a moment.
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { type Database, openDatabase } from '../store/database/connect.ts';
import { migrate } from '../store/database/migrate.ts';

const MIGRATIONS = join(import.meta.dirname, '..', '..', 'prisma', 'migrations');

/** Opens the database, brings it to this version, does the work and closes it whatever happens. */
export async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const config = readConfig();
  const db = await openDatabase(
    config.databaseUrl ? { url: config.databaseUrl } : { dataDirectory: config.dataDirectory },
  );
  try {
    await migrate(db, MIGRATIONS);
    return await work(db);
  } finally {
    await db.close();
  }
}
