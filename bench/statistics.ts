// Statistics of a large year: the counting of filed records beside a bare count by the same columns, and the protection of what was counted.
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { importRecords } from '../src/procedures/collection/import-records.ts';
import { groupsOf } from '../src/procedures/statistics/statistics-figures.ts';
import { inTurns } from '../src/procedures/turns.ts';
import { protectedCube } from '../src/regulation/statistics/protect.ts';
import { countFiled } from '../src/store/statistics/statistics.ts';
import { clonedRecords } from './cloned-records.ts';
import { HERE } from './people.ts';
import type { Setting } from './section.ts';
import type { Figure } from './table.ts';
import { withEnvironment, withWorld } from './world.ts';
import { checkedImport, prepareYear } from './year.ts';

const IMPORTED = 1_000;
/** All in one year: ten times what a large university confers. */
const FILED = 200_000;
const YEAR = 2026;
const TURNS = 9;
const COLLECTOR = 'jiaowu.cai';

const BARE = `SELECT count(*) FROM "DegreeRecord" WHERE "state" = 'filed' AND "institution" = $1
  GROUP BY "category", "disciplineCode", "sex", "country"`;

/** Majors, masters and people from elsewhere, spread over the cloned records; then all of them are filed. */
const SPREAD = `UPDATE "DegreeRecord" SET "state" = 'filed',
  "crossCheckedById" = (SELECT "id" FROM "Officer" WHERE "loginName" = 'jiaowu.he'),
  "category" = (ARRAY['regular-bachelor', 'adult-education-bachelor', 'academic-master', 'professional-master'])[1 + "rosterSequence" % 4],
  "disciplineCode" = lpad((1 + ("rosterSequence" / 4) % 13)::text, 2, '0') || lpad(((("rosterSequence" / 52) % 9))::text, 2, '0'),
  "country" = CASE WHEN "rosterSequence" % 997 = 0 THEN '344' WHEN "rosterSequence" % 97 = 0 THEN '410' ELSE '156' END`;

/** The section: milliseconds, the median of some turns taken one after the other. */
export async function benchStatistics(setting: Setting): Promise<Figure[]> {
  const path = join(await mkdtemp(join(setting.place, 'statistics-')), 'records.csv');
  return withEnvironment(setting, 'statistics', (environment) =>
    withWorld(environment, async ({ world, callAs }) => {
      const call = await callAs(COLLECTOR);
      const year = await prepareYear(world, IMPORTED, path, 'all');
      const importId = await checkedImport(world, year, call.actor.officerId);
      await importRecords(call, { institution: HERE, importId, errorPolicy: 'all-or-nothing' });
      const { pool, prisma } = world.db;
      await clonedRecords(pool, IMPORTED, FILED);
      await pool.query(SPREAD);
      await pool.query('VACUUM ANALYZE "DegreeRecord"');
      const turns: [number[], number[], number[]] = [[], [], []];
      let cells = 0;
      for (let turn = 0; turn < TURNS; turn++) {
        turns[0].push(await milliseconds(() => pool.query(BARE, [HERE])));
        const rows = await timed(turns[1], () => countFiled(prisma, HERE, YEAR));
        const safe = await timed(turns[2], () => inTurns(protectedCube(groupsOf(rows).groups, 5)));
        cells = safe?.cells.length ?? 0;
      }
      const [bare, counted, safe] = turns.map(median);
      return [
        {
          what: `counts of ${FILED.toLocaleString('en-US')} filed records by what is published`,
          value: counted ?? 0,
          unit: 'ms',
          limit: { what: 'bare count by the same columns', value: bare ?? 0 },
        },
        {
          what: `protection of ${cells.toLocaleString('en-US')} cells`,
          value: safe ?? 0,
          unit: 'ms',
          limit: { what: 'bare count by the same columns', value: bare ?? 0 },
        },
      ];
    }),
  );
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function timed<T>(into: number[], work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  into.push(performance.now() - start);
  return result;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
