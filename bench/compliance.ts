// The counters of the regulation's table, each timed by itself beside a bare count of the records: the query asks only for what is selected.
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { importRecords } from '../src/procedures/collection/import-records.ts';
import { complianceOf } from '../src/procedures/responsibility/compliance.ts';
import { deepCheck } from '../src/procedures/responsibility/unsealed.ts';
import { COUNTERS } from '../src/regulation/requirements/counters.ts';
import { keysOf } from '../src/regulation/vocabulary.ts';
import { clonedRecords } from './cloned-records.ts';
import { HERE } from './people.ts';
import type { Setting } from './section.ts';
import { type Figure, seconds } from './table.ts';
import { type BenchWorld, withEnvironment, withWorld } from './world.ts';
import { checkedImport, prepareYear } from './year.ts';

const IMPORTED = 1_000;
/** About as many sealed steps speak of a record from its collecting to its filing. */
const STEPS = 8;
const TIMES = 3;

/** Every counter, the whole table at once, and a page of the deep check. */
export async function benchCompliance(setting: Setting): Promise<Figure[]> {
  const records = Math.max(setting.sizes.records, IMPORTED);
  const path = join(await mkdtemp(join(setting.place, 'compliance-')), 'records.csv');
  return withEnvironment(setting, 'compliance', (environment) =>
    withWorld(environment, async (bench) => {
      await fill(bench, records, path);
      return measure(bench, records);
    }),
  );
}

async function fill({ world, callAs }: BenchWorld, records: number, path: string): Promise<void> {
  const call = await callAs('jiaowu.cai');
  const year = await prepareYear(world, IMPORTED, path, 'all');
  const importId = await checkedImport(world, year, call.actor.officerId);
  await importRecords(call, { institution: HERE, importId, errorPolicy: 'all-or-nothing' });
  await clonedRecords(world.db.pool, IMPORTED, records);
  await clonedSubjects(world.db.pool);
}

/** As many steps about every record as its way has; copies of the one that collected them. */
async function clonedSubjects(pool: pg.Pool): Promise<void> {
  const columns =
    '"institution", "id", "name", "article", "officeId", "officerId", "sealId", "at", "statement", "leafHash", "signature", "subjectCount", "batchRoot"';
  const copied = columns.replace(
    '"id"',
    `(left("id"::text, 9) || lpad(to_hex(n), 4, '0') || substr("id"::text, 14))::uuid`,
  );
  await pool.query(
    `INSERT INTO "Step" (${columns}, "leafIndex") SELECT ${copied}, 1000000 + n FROM "Step", generate_series(60001, ${60_000 + STEPS}) n WHERE "name" = 'collect'`,
  );
  await pool.query(
    `INSERT INTO "StepSubject" ("institution", "stepId", "position", "kind", "subjectId", "version", "digest")
     SELECT r."institution", t."id", row_number() OVER (PARTITION BY t."id" ORDER BY r."id"), 'record', r."id", r."version", r."digest"
     FROM "Step" t, "DegreeRecord" r WHERE t."leafIndex" >= 1000000`,
  );
  for (const table of ['Step', 'StepSubject', 'DegreeRecord']) await pool.query(`VACUUM ANALYZE "${table}"`);
}

async function measure({ world, callAs }: BenchWorld, records: number): Promise<Figure[]> {
  const { actor } = await callAs('xuewei.guan');
  const { prisma, pool } = world.db;
  const ofAll = `SELECT count(*) FROM "DegreeRecord" WHERE "institution" = $1`;
  const limit = { what: 'bare count(*)', value: await best(() => pool.query(ofAll, [HERE])) };
  const figures: Figure[] = [];
  for (const counter of keysOf(COUNTERS)) {
    const value = await best(() => complianceOf(prisma, world, actor, HERE).count(counter));
    figures.push({ what: counter, value, unit: 'ms', limit });
  }
  const compliance = complianceOf(prisma, world, actor, HERE);
  const { counts } = await compliance.unsealed();
  if (counts.get('record') !== 0 || counts.get('record-state') !== 0)
    throw new Error('the records disagree with their steps');
  const page = { institution: HERE, first: 1000, after: null };
  const deep = await best(() => deepCheck(prisma, world, actor, page));
  const note = `of ${records.toLocaleString('en-US')} records with ${STEPS} steps each`;
  return [...figures, { what: 'deep check of 1,000 records', value: deep, unit: 'ms', limit, note }];
}

/** The best of some turns, in milliseconds: work of others only ever makes it longer. */
async function best(work: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < TIMES; turn++) least = Math.min(least, 1000 * (await seconds(work)));
  return least;
}
