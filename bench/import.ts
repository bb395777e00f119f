// Rows per second of a whole import – file, full validation, rows, seal – beside `psql \copy` of the same file into a plain table.
import { spawnSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { checkImport } from '../src/procedures/collection/check-import.ts';
import { importRecords } from '../src/procedures/collection/import-records.ts';
import { CATEGORY, columnsOf, HERE } from './people.ts';
import type { Setting } from './section.ts';
import { withClient } from './server.ts';
import { type Figure, seconds } from './table.ts';
import { withEnvironment, withWorld } from './world.ts';
import { prepareYear } from './year.ts';

/** A dry run and then the import itself, each timed once, as an officer meets them. */
export async function benchImport(setting: Setting): Promise<Figure[]> {
  const { rows } = setting.sizes;
  const path = join(await mkdtemp(join(setting.place, 'import-')), 'records.csv');
  return withEnvironment(setting, 'import', async (environment) =>
    withWorld(environment, async ({ world, callAs }) => {
      const year = await prepareYear(world, rows, path, 'all');
      const call = await callAs('jiaowu.cai');
      const copy = await copiedPerSecond(environment.DATABASE_URL, path, rows);
      const limit = copy === null ? undefined : { what: 'psql \\copy', value: copy };
      let importId = '';
      const checking = await seconds(async () => {
        const checked = await checkImport(call, { institution: HERE, kind: 'records', category: CATEGORY, ...year });
        if (checked.refused > 0) throw new Error(`${checked.refused} of ${rows} rows were refused`);
        ({ importId } = checked);
      });
      const before = process.cpuUsage();
      const importing = await seconds(async () => {
        const { accepted } = await importRecords(call, { institution: HERE, importId, errorPolicy: 'all-or-nothing' });
        if (accepted !== rows) throw new Error(`${accepted} of ${rows} rows were imported`);
      });
      const { user, system } = process.cpuUsage(before);
      const note = `${rows.toLocaleString('en-US')} rows × ${columnsOf('all').length} columns`;
      return [
        { what: 'rows checked in a dry run', value: rows / checking, unit: '/s', limit, note },
        {
          what: 'rows imported, validated and sealed',
          value: rows / importing,
          unit: '/s',
          limit,
          note: `goal ≥ 5,000; ${Math.round((user + system) / rows)} µs of this process's own work per row`,
        },
      ];
    }),
  );
}

/** Rows per second that `psql \copy` writes into a table of text columns without indexes; null without psql or PostgreSQL. */
async function copiedPerSecond(url: string | undefined, path: string, rows: number): Promise<number | null> {
  if (url === undefined) return null;
  const columns = columnsOf('all').map(({ field }) => `"${field}" text`);
  await withClient(url, (client) => client.query(`CREATE TABLE bench_copy (${columns.join(', ')})`));
  const command = `\\copy bench_copy FROM '${path}' WITH (FORMAT csv, HEADER true, ENCODING 'UTF8')`;
  let copied = false;
  const took = await seconds(() => {
    copied =
      spawnSync('psql', ['-X', '-q', '-d', url, '-c', command], { stdio: ['ignore', 'ignore', 'inherit'] }).status ===
      0;
  });
  await withClient(url, (client) => client.query('DROP TABLE bench_copy'));
  return copied ? rows / took : null;
}
