// A register of filed records of many years, as different from one another as people are: some imported ones, cloned, each with another person's values.
import { join } from 'node:path';
import { importRecords } from '../src/procedures/collection/import-records.ts';
import { DATASET_FIELD_NAMES, mayLeave } from '../src/regulation/anonymity/dataset-fields.ts';
import { peopleOf } from './anonymity.ts';
import { clonedRecords } from './cloned-records.ts';
import { HERE } from './people.ts';
import type { BenchWorld } from './world.ts';
import { checkedImport, prepareYear } from './year.ts';

const IMPORTED = 1_000;
const AT_ONCE = 10_000;

/** Fills the register with `count` filed records (a thousand at least) that vary in every field that may leave it. Needs a directory for files. */
export async function filedRecords({ world, callAs }: BenchWorld, count: number, place: string): Promise<void> {
  const { pool } = world.db;
  const collector = await callAs('jiaowu.cai');
  const checker = await callAs('jiaowu.he');
  const year = await prepareYear(world, IMPORTED, join(place, 'records.csv'), 'all');
  const importId = await checkedImport(world, year, collector.actor.officerId);
  await importRecords(collector, { institution: HERE, importId, errorPolicy: 'all-or-nothing' });
  await clonedRecords(pool, IMPORTED, count);
  const fields = DATASET_FIELD_NAMES.filter(mayLeave);
  const { columns } = peopleOf(count, fields);
  const { rows: ids } = await pool.query<{ id: string }>('SELECT "id"::text AS "id" FROM "DegreeRecord" ORDER BY "id"');
  const names = fields.map((field) => `"${field}"`);
  const sql = `UPDATE "DegreeRecord" r SET "state" = 'filed', "crossCheckedById" = $1,
      ${names.map((name) => `${name} = nullif(p.${name}, '')`).join(', ')}
    FROM unnest(${['$2::uuid[]', ...fields.map((_, at) => `$${at + 3}::text[]`)].join(', ')}) AS p("id", ${names.join(', ')})
    WHERE r."id" = p."id"`;
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const part = ids.slice(from, from + AT_ONCE).map(({ id }) => id);
    const values = columns.map((column) => column.slice(from, from + part.length));
    await pool.query(sql, [checker.actor.officerId, part, ...values]);
  }
  await pool.query('VACUUM ANALYZE "DegreeRecord"');
}
