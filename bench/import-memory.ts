// Memory of a server that imports many rows in one file, in a process of its own: before, and at its peak.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Setting } from './section.ts';
import { type Figure, megabytes } from './table.ts';
import { type Environment, withEnvironment, withWorld } from './world.ts';
import { checkedImport, prepareYear } from './year.ts';

/** What the importing process tells of itself. Bytes and seconds. */
export interface Told {
  readonly before: number;
  readonly peak: number;
  readonly took: number;
}

const COLLECTOR = 'jiaowu.cai';

/** The peak beside what the process held before; rows per second of so long a file. PostgreSQL only: the embedded database lives in the same process. */
export async function benchImportMemory(setting: Setting): Promise<Figure[]> {
  if (setting.server === null) return [];
  const rows = setting.sizes.manyRows;
  const path = join(await mkdtemp(join(setting.place, 'memory-')), 'records.csv');
  return withEnvironment(setting, 'memory', async (environment) => {
    const { importId, size } = await withWorld(environment, async ({ world, callAs }) => {
      const year = await prepareYear(world, rows, path, 'lean');
      const { actor } = await callAs(COLLECTOR);
      return { importId: await checkedImport(world, year, actor.officerId), size: year.size };
    });
    const { before, peak, took } = await importAlone(environment, importId);
    const many = rows.toLocaleString('en-US');
    return [
      {
        what: `peak memory importing ${many} rows`,
        value: megabytes(peak),
        unit: 'MB',
        limit: { what: 'before', value: megabytes(before) },
        note: `goal < 250; file of ${Math.round(megabytes(size))} MB; node ${(await serverFlags()).join(' ')}, compiled, as npm run serve`,
      },
      { what: `rows imported out of ${many}`, value: rows / took, unit: '/s' },
    ];
  });
}

/** The options of Node with which `npm run serve` starts the server. */
export async function serverFlags(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(join(import.meta.dirname, '..', 'package.json'), 'utf8'));
  return (scripts.serve as string).split(' ').filter((word) => word.startsWith('--'));
}

async function importAlone(environment: Environment, importId: string): Promise<Told> {
  const script = new URL(`./import-alone${extname(import.meta.filename)}`, import.meta.url);
  const child = fork(script, [COLLECTOR, importId, JSON.stringify(environment)], { execArgv: await serverFlags() });
  let told: Told | undefined;
  child.on('message', (message) => {
    told = message as Told;
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0 || !told) throw new Error(`the import ended with ${code}`);
  return told;
}
