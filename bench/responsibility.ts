// Who answers for what, in a log of a large house: the unusual acts of a year and the origin of every field of one record, beside a bare count of the steps.
import type pg from 'pg';
import { recordOrigins } from '../src/procedures/responsibility/record-origins.ts';
import { unusualActs } from '../src/procedures/responsibility/unusual-acts.ts';
import { todayOf } from '../src/procedures/situation.ts';
import { addDays } from '../src/regulation/deadlines/deadlines.ts';
import { UNUSUAL_ACTS } from '../src/regulation/responsibility/unusual-acts.ts';
import { keysOf } from '../src/regulation/vocabulary.ts';
import { HERE } from './people.ts';
import type { Setting } from './section.ts';
import { wholeYear } from './stages.ts';
import { type Figure, seconds } from './table.ts';
import { type BenchWorld, withEnvironment, withWorld } from './world.ts';

const FILED = 100;
const STEPS = 200_000;
const TIMES = 3;

/** A batch on its whole way, and so many steps about others around it in the year before. */
export async function benchResponsibility(setting: Setting): Promise<Figure[]> {
  return withEnvironment(setting, 'responsibility', (environment) =>
    withWorld(environment, async (bench) => {
      await wholeYear(bench, FILED);
      await clonedSteps(bench.world.db.pool, bench.world.now());
      return measure(bench);
    }),
  );
}

/** Copies of the steps of the way, each about one other record, evenly over a year, by the officers who took them. */
async function clonedSteps(pool: pg.Pool, now: Date): Promise<void> {
  await pool.query(
    `INSERT INTO "Step" ("institution", "id", "name", "article", "officeId", "officerId", "sealId", "at", "statement", "leafIndex", "leafHash",
       "signature", "subjectCount", "batchRoot")
     SELECT s."institution", gen_random_uuid(), s."name", s."article", s."officeId", s."officerId", s."sealId",
       $1::timestamptz - n * (interval '360 days' / ${STEPS}), s."statement", 1000000 + n, encode(sha256(n::text::bytea), 'hex'),
       s."signature", 1, NULL
     FROM generate_series(1, ${STEPS}) n JOIN (SELECT t.*, row_number() OVER (ORDER BY t."leafIndex") AS "turn", count(*) OVER () AS "of"
       FROM "Step" t WHERE t."institution" = $2 AND t."officerId" IS NOT NULL) s ON s."turn" = 1 + n % s."of"`,
    [now.toISOString(), HERE],
  );
  // Each of the next rows is looked up here: the database must know by now that the table is long.
  await pool.query('VACUUM ANALYZE "Step"');
  await pool.query(
    `INSERT INTO "StepSubject" ("institution", "stepId", "position", "kind", "subjectId", "version", "digest")
     SELECT t."institution", t."id", 0, 'record', md5((t."leafIndex" / 12)::text)::uuid, 1, t."leafHash" FROM "Step" t WHERE t."leafIndex" > 1000000`,
  );
  await pool.query('VACUUM ANALYZE "StepSubject"');
}

async function measure({ world, callAs }: BenchWorld): Promise<Figure[]> {
  const { actor } = await callAs('jiancha');
  const until = todayOf(world);
  const ask = (codes?: Parameters<typeof unusualActs>[2]['codes']) =>
    unusualActs(world, actor, { institution: HERE, from: addDays(until, -364), until, codes });
  const bare = `SELECT count(*) FROM "Step" WHERE "institution" = $1`;
  const limit = { what: 'bare count(*) of the steps', value: await best(() => world.db.pool.query(bare, [HERE])) };
  const found = await ask();
  if (found.length === 0) throw new Error('nothing unusual was found');
  const all = await best(() => ask());
  const kinds: [took: number, code: string][] = [];
  for (const code of keysOf(UNUSUAL_ACTS)) kinds.push([await best(() => ask([code])), code]);
  const slowest = kinds.sort(([one], [other]) => other - one).slice(0, 3);
  const { id: recordId } = await world.db.prisma.degreeRecord.findFirstOrThrow({ where: { institution: HERE } });
  const { fields, faults } = await recordOrigins(world, { institution: HERE, recordId, withFiles: true });
  if (faults.length > 0) throw new Error(`the origins disagree: ${JSON.stringify(faults[0])}`);
  const origins = await best(() => recordOrigins(world, { institution: HERE, recordId, withFiles: true }));
  return [
    {
      what: `unusual acts of a year of ${STEPS.toLocaleString('en-US')} steps`,
      ...{ value: all, unit: 'ms', limit },
      note: `${found.length} found; ${slowest.map(([took, code]) => `${code} ${took.toFixed(0)} ms`).join(', ')}`,
    },
    { what: 'origins of one record', value: origins, unit: 'ms', limit, note: `${fields.length} fields` },
  ];
}

/** The best of some turns, in milliseconds: work of others only ever makes it longer. */
async function best(work: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < TIMES; turn++) least = Math.min(least, 1000 * (await seconds(work)));
  return least;
}
