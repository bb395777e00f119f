// `schema`: prints the GraphQL API to schema.graphql; with --check says whether the committed one is stale.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { printApi } from '../graphql/print.ts';

const FILE = join(import.meta.dirname, '..', '..', 'schema.graphql');

/** Exit code 0 when schema.graphql is written or (with --check) agrees with the code, else 1. */
export async function printSchema(args: string[]): Promise<number> {
  const printed = printApi();
  if (!args.includes('--check')) {
    await writeFile(FILE, printed);
    return 0;
  }
  const committed = await readFile(FILE, 'utf8').catch(() => '');
  if (committed === printed) return 0;
  console.error('schema.graphql is stale: run `npm run schema` and commit it.');
  return 1;
}
