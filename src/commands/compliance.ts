// `compliance`: prints docs/compliance.md from the table of requirements; with --check says whether the committed one is stale.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compliancePage } from '../regulation/requirements/page.ts';

const FILE = join(import.meta.dirname, '..', '..', 'docs', 'compliance.md');

/** Exit code 0 when docs/compliance.md is written or (with --check) agrees with the table, else 1. */
export async function printCompliance(args: string[]): Promise<number> {
  const printed = compliancePage();
  if (!args.includes('--check')) {
    await writeFile(FILE, printed);
    return 0;
  }
  const committed = await readFile(FILE, 'utf8').catch(() => '');
  if (committed === printed) return 0;
  console.error('docs/compliance.md is stale: run `npm run compliance` and commit it.');
  return 1;
}
