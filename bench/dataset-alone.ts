// The child process of bench/dataset.ts: opens the world, makes the dataset that was ordered, sends a copy into nothing, tells of itself.
import { writeCsv } from '../src/files/write-csv.ts';
import { openDataset } from '../src/procedures/datasets/read-dataset.ts';
import { runDueJobs } from '../src/procedures/run-jobs.ts';
import type { Told } from './dataset.ts';
import { HERE } from './people.ts';
import { seconds } from './table.ts';
import { type Environment, withWorld } from './world.ts';

const TICK_MS = 10;
const AT_ONCE = 5_000;

/** Does a piece of work. @returns its seconds, and by how many milliseconds the latest tick of a timer was late */
async function watched(work: () => Promise<void>): Promise<{ took: number; stall: number }> {
  let [last, stall] = [performance.now(), 0];
  const tick = () => {
    const now = performance.now();
    stall = Math.max(stall, now - last - TICK_MS);
    last = now;
  };
  const timer = setInterval(tick, TICK_MS);
  const took = await seconds(work);
  clearInterval(timer);
  tick();
  return { took, stall };
}

const peak = () => process.resourceUsage().maxRSS * 1024;

const [datasetId = '', environment = '{}'] = process.argv.slice(2);
await withWorld(JSON.parse(environment) as Environment, async ({ world, callAs }) => {
  const before = process.memoryUsage.rss();
  const start = process.cpuUsage();
  const made = await watched(async () => {
    await runDueJobs(world, ({ error }) => {
      throw new Error(error);
    });
  });
  const { user, system } = process.cpuUsage(start);
  const peakOfMaking = peak();
  const row = await world.db.prisma.dataset.findFirstOrThrow({ where: { id: datasetId } });
  if (row.state !== 'ready') throw new Error(`the dataset is ${row.state}: ${JSON.stringify(row.problem)}`);
  const { actor } = await callAs('xuewei.guan');
  let size = 0;
  const copy = await watched(async () => {
    const opened = await openDataset(world, actor, { institution: HERE, id: datasetId }, { what: 'csv' });
    for await (const piece of writeCsv(opened.header, opened.all())) size += piece.length;
  });
  if (size === 0) throw new Error('the copy is empty');
  const columns = row.fields.map((field) => `"${field}"`).join(', ');
  let [after, bareRows] = ['00000000-0000-0000-0000-000000000000', 0];
  const bareRead = await seconds(async () => {
    for (;;) {
      const { rows } = await world.db.pool.query<{ id: string }>(
        `SELECT "id"::text AS "id", ${columns} FROM "DegreeRecord" WHERE "institution" = $1 AND "state" = 'filed' AND "id" > $2::uuid
         ORDER BY "id" LIMIT ${AT_ONCE}`,
        [HERE, after],
      );
      bareRows += rows.length;
      after = rows.at(-1)?.id ?? after;
      if (rows.length < AT_ONCE) return;
    }
  });
  const told: Told = {
    ...{ before, peak: peakOfMaking, took: made.took, processor: (user + system) / 1e6, stall: made.stall },
    ...{ rows: row.rowCount ?? 0, suppressed: bareRows - (row.rowCount ?? 0) },
    ...{ download: copy.took, stallOfDownload: copy.stall, peakOfDownload: peak(), bareRead, bareRows },
  };
  process.send?.(told);
});
process.disconnect();
