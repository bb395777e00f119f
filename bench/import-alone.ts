// The child process of bench/import-memory.ts: opens the world, imports, tells its memory.
import { importRecords } from '../src/procedures/collection/import-records.ts';
import type { Told } from './import-memory.ts';
import { HERE } from './people.ts';
import { seconds } from './table.ts';
import { type Environment, withWorld } from './world.ts';

const [collector = '', importId = '', environment = '{}'] = process.argv.slice(2);
await withWorld(JSON.parse(environment) as Environment, async ({ callAs }) => {
  const call = await callAs(collector);
  const before = process.memoryUsage.rss();
  const took = await seconds(() => importRecords(call, { institution: HERE, importId, errorPolicy: 'all-or-nothing' }));
  const told: Told = { before, peak: process.resourceUsage().maxRSS * 1024, took };
  process.send?.(told);
});
process.disconnect();
