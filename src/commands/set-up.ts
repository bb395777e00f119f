// `set-up <file.json>`: adds institutions, offices and officers; new officers get a random first password, printed once.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { type SetUp, setUp } from '../procedures/set-up.ts';
import { openDatabase } from '../store/connect.ts';
import { migrate } from '../store/migrate.ts';

const DIRECTORY = join(import.meta.dirname, '..', '..', 'prisma', 'migrations');

/** Exit code 0 when everything of the file is in the database, 2 when the file cannot be read. */
export async function setUpFromFile(args: string[]): Promise<number> {
  const [file] = args;
  if (!file) {
    console.error('用法：set-up <文件.json>。Usage: set-up <file.json> (shape: docs/set-up.example.json)');
    return 2;
  }
  let description: SetUp;
  try {
    description = JSON.parse(await readFile(file, 'utf8')) as SetUp;
  } catch (error) {
    console.error(`无法读取 ${file}。Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
  const config = readConfig();
  const db = await openDatabase(
    config.databaseUrl ? { url: config.databaseUrl } : { dataDirectory: config.dataDirectory },
  );
  try {
    await migrate(db, DIRECTORY);
    const passwords = new Map<string, string>();
    const passwordOf = (loginName: string) => {
      const password = randomBytes(12).toString('base64url');
      passwords.set(loginName, password);
      return password;
    };
    for (const loginName of await setUp(db, description, passwordOf))
      console.log(`${loginName}\t${passwords.get(loginName)}`);
    return 0;
  } finally {
    await db.close();
  }
}
