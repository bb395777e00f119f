// Sealed steps per second of one institution, one after another, beside bare seals and bare commits.
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import type { Call, World } from '../src/procedures/call.ts';
import { importRecords } from '../src/procedures/collection/import-records.ts';
import { correctRecord } from '../src/procedures/records/correct.ts';
import { sealDetached } from '../src/sealing/cms.ts';
import { HERE } from './people.ts';
import type { Setting } from './section.ts';
import { type Figure, seconds } from './table.ts';
import { withEnvironment, withWorld } from './world.ts';
import { checkedImport, prepareYear } from './year.ts';

const WARM_UP = 20;
const SEALS = 200;
const COMMITS = 500;

/** One correction of one record each: rules, new version, log, RSA-3072 seal, commit. */
export async function benchSteps(setting: Setting): Promise<Figure[]> {
  const { steps } = setting.sizes;
  const path = join(await mkdtemp(join(setting.place, 'steps-')), 'records.csv');
  return withEnvironment(setting, 'steps', (environment) =>
    withWorld(environment, async ({ world, callAs }) => {
      const call = await callAs('jiaowu.cai');
      const year = await prepareYear(world, steps + WARM_UP, path, 'all');
      const importId = await checkedImport(world, year, call.actor.officerId);
      await importRecords(call, { institution: HERE, importId, errorPolicy: 'all-or-nothing' });
      const records = await world.db.prisma.degreeRecord.findMany({ select: { id: true }, orderBy: { id: 'asc' } });
      const ids = records.map(({ id }) => id);
      await correctAll(call, ids.slice(0, WARM_UP));
      const took = await seconds(() => correctAll(call, ids.slice(WARM_UP)));
      const value = steps / took;
      const seals = { what: 'CMS seals', value: await sealsPerSecond(call) };
      const commits = { what: 'bare commits', value: await commitsPerSecond(world) };
      return [
        { what: 'sealed steps (one correction each)', value, unit: '/s', limit: seals },
        { what: 'sealed steps (one correction each)', value, unit: '/s', limit: commits },
      ];
    }),
  );
}

async function correctAll(call: Call, ids: readonly string[]): Promise<void> {
  for (const [at, recordId] of ids.entries()) {
    const changes = { phone: `139${String(10_000_000 + at)}` };
    await correctRecord(call, { institution: HERE, recordId, expectedVersion: 1, changes });
  }
}

/** One seal at a time with the key of the same office. */
async function sealsPerSecond({ world, actor }: Call): Promise<number> {
  const seal = world.sealOf(actor.officeId);
  if (!seal) throw new Error(`${actor.officeId} has no seal`);
  const statement = Buffer.from('x'.repeat(700));
  const took = await seconds(async () => {
    for (let i = 0; i < SEALS; i++) await sealDetached(seal.signer, statement);
  });
  return SEALS / took;
}

/** Transactions of one small row, one after another on one connection. */
async function commitsPerSecond({ db }: World): Promise<number> {
  const client: pg.PoolClient = await db.pool.connect();
  try {
    await client.query('CREATE TABLE bench_commit (n int PRIMARY KEY, text text)');
    const took = await seconds(async () => {
      for (let i = 0; i < COMMITS; i++)
        await client.query('INSERT INTO bench_commit VALUES ($1, $2)', [i, 'x'.repeat(200)]);
    });
    await client.query('DROP TABLE bench_commit');
    return COMMITS / took;
  } finally {
    client.release();
  }
}
