// What the database is told about the register while a load fills it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { learnFromLoad } from '../../../src/store/database/fresh-plans.ts';
import { inTransaction } from '../../../src/store/database/transaction.ts';
import { collectedBatch } from '../../support/collected.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());

const knownRows = async (): Promise<number | undefined> => {
  const { rows } = await test.world.db.pool.query<{ rows: number }>(
    `SELECT "reltuples"::float8 AS "rows" FROM pg_class WHERE "oid" = '"DegreeRecord"'::regclass`,
  );
  return rows[0]?.rows;
};

describe('planning a bulk load', () => {
  it('tells the database how many records there are, also when it last looked at fewer', async () => {
    await collectedBatch(test, 3);
    await test.world.db.pool.query('ANALYZE "DegreeRecord"');
    const learn = () => inTransaction(test.world.db, (tx) => learnFromLoad(tx, 'DegreeRecord'));
    await learn();
    expect(await knownRows()).toBe(3);
    await collectedBatch(test, 5);
    await learn();
    expect(await knownRows()).toBe(8);
  });
});
