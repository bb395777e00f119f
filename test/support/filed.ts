// Filed records by the hundred, copied by the database from one that went the whole way: counts need many people, not many stories.

import { RECORD_COLUMNS } from '../../src/store/records/record-columns.ts';
import type { CountedRow } from '../../src/store/statistics/statistics.ts';
import type { Collected } from './collected.ts';
import { collectedBatch } from './collected.ts';
import { HERE, type TestWorld } from './world.ts';

/** So many people who are alike; what is not said is that of a regular bachelor of computer science. */
export type Filed = Partial<Omit<CountedRow, 'count'>> & {
  readonly count: number;
  readonly state?: string;
  readonly conferralDate?: string;
};

/** How many were added to a world so far. */
const added = new WeakMap<TestWorld, number>();

/** Adds records in a state, `filed` when nothing is said, as copies of a collected one. */
export async function addFiled(test: TestWorld, rows: readonly Filed[], of?: Collected): Promise<Collected> {
  const here = of ?? (await collectedBatch(test, 1));
  const names = RECORD_COLUMNS.map(({ name }) => `"${name}"`).join(', ');
  for (const row of rows) {
    const serial = added.get(test) ?? 0;
    const { count, state = 'filed', conferralDate = '2026-06-20', ...rest } = row;
    const level = (rest.category ?? '').endsWith('master') ? 'master' : 'bachelor';
    const said: Record<string, string | undefined> = { ...rest, state, conferralDate, level };
    const own: Record<string, string> = {
      id: 'gen_random_uuid()',
      certificateNumber: `left(r."certificateNumber", 10) || (500000 + ${serial} + n)::text`,
      rosterSequence: `${serial} + n + 1000`,
      crossCheckedById: `(SELECT "id" FROM "Officer" WHERE "loginName" = 'jiaowu.he')`,
    };
    const values: unknown[] = [HERE, here.recordIds[0], count];
    const columns = RECORD_COLUMNS.map(({ name }) => {
      const value = said[name];
      if (value === undefined) return own[name] ?? `r."${name}"`;
      values.push(value);
      return `$${values.length}`;
    });
    await test.world.db.pool.query(
      `INSERT INTO "DegreeRecord" (${names}) SELECT ${columns.join(', ')} FROM "DegreeRecord" r, generate_series(1, $3::int) n
       WHERE r."institution" = $1 AND r."id" = $2::uuid`,
      values,
    );
    added.set(test, serial + count);
  }
  return here;
}

/** A year of an institution of some size: three categories, majors with few men or few from abroad. */
export const SOME_YEAR: readonly Filed[] = [
  { count: 120, sex: '1' },
  { count: 80, sex: '2' },
  { count: 60, sex: '2', disciplineCode: '050201', disciplineName: '英语' },
  { count: 3, sex: '1', disciplineCode: '050201', disciplineName: '英语' },
  { count: 40, sex: '1', disciplineCode: '080905', disciplineName: '物联网工程' },
  { count: 22, sex: '2', disciplineCode: '080905', disciplineName: '物联网工程' },
  { count: 30, sex: '1', category: 'academic-master', disciplineCode: '0812', disciplineName: '计算机科学与技术' },
  { count: 18, sex: '2', category: 'academic-master', disciplineCode: '081203', disciplineName: '计算机应用技术' },
  { count: 4, sex: '2', category: 'academic-master', disciplineCode: '0812', country: '586' },
  {
    count: 9,
    sex: '1',
    category: 'academic-master',
    disciplineCode: '0502',
    disciplineName: '外国语言文学',
    country: '410',
  },
  { count: 35, sex: '2', category: 'academic-master', disciplineCode: '0502', disciplineName: '外国语言文学' },
  { count: 2, sex: '1', country: '158' },
  { count: 7, sex: '2', country: '344', disciplineCode: '050201', disciplineName: '英语' },
];
