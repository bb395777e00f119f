// `migrate`: brings the database of the configuration to this version and says what was applied.
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { openDatabase } from '../store/database/connect.ts';
import { migrate } from '../store/database/migrate.ts';

const DIRECTORY = join(import.meta.dirname, '..', '..', 'prisma', 'migrations');

/** Exit code 0 when the database is up to date. */
export async function migrateDatabase(): Promise<number> {
  const config = readConfig();
  const db = await openDatabase(
    config.databaseUrl ? { url: config.databaseUrl } : { dataDirectory: config.dataDirectory },
  );
  try {
    const { applied } = await migrate(db, DIRECTORY);
    console.log(applied.length > 0 ? `applied: ${applied.join(', ')}` : 'up to date');
    return 0;
  } finally {
    await db.close();
  }
}
