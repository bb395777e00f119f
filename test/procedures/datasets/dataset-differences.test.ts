// Article 18: two datasets, one after the other, do not single anybody out, whoever had the first and whether or not it still exists.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideDataset } from '../../../src/procedures/datasets/decide-dataset.ts';
import { destroyDataset } from '../../../src/procedures/datasets/destroy-dataset.ts';
import { requestDataset } from '../../../src/procedures/datasets/request-dataset.ts';
import { runDueJobs } from '../../../src/procedures/run-jobs.ts';
import { comparePeople } from '../../../src/store/datasets/dataset-people.ts';
import { datasetPaper, filedPeople, goodRequest } from '../../support/filed-people.ts';
import { refusal } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

const OFFICER = 'xuewei.guan';
const OTHER = { organisationName: '另一研究院', organisationCode: '91350211M000100Y46' };
let test: TestWorld;
let agreement = '';
beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-20');
  await filedPeople(test, 1200);
  agreement = await datasetPaper(test);
});
afterAll(() => test.close());

const db = () => test.world.db;
const ask = (other: Parameters<typeof goodRequest>[1] = {}) =>
  requestDataset(test.callAs(OFFICER), goodRequest(agreement, other));
const destroy = (datasetId: string) =>
  destroyDataset(test.callAs(OFFICER), { institution: HERE, datasetId, reason: '分析已经完成' });

/** Asks for a dataset, has it decided on and made. @returns its row */
async function made(other: Parameters<typeof goodRequest>[1] = {}) {
  const { datasetId } = await ask(other);
  await decideDataset(test.callAs('xuewei.zhuren'), {
    ...{ institution: HERE, datasetId, expectedVersion: 1, decision: 'consent', reason: '' },
  });
  await runDueJobs(test.world);
  return db().prisma.dataset.findFirstOrThrow({ where: { id: datasetId } });
}

/** Ends filed records of a year, as their ends leave them in the register. */
async function endRecords(count: number, year: string, at: string): Promise<void> {
  await db().pool.query(
    `WITH chosen AS (
       UPDATE "DegreeRecord" SET "state" = 'declared-invalid' WHERE ("institution", "id") IN (
         SELECT "institution", "id" FROM "DegreeRecord"
         WHERE "state" = 'filed' AND "conferralDate" LIKE $2 || '%' ORDER BY "id" LIMIT $1::int)
       RETURNING "institution", "id")
     INSERT INTO "RecordEnd" ("institution", "recordId", "state", "on", "ground", "documentNumber", "fileDigest", "at")
     SELECT "institution", "id", 'declared-invalid', '2026-06-26', '作废', '校〔2026〕1号', repeat('0', 64), $3::timestamptz FROM chosen`,
    [count, year, at],
  );
}

describe('Article 18: a dataset made after another', () => {
  it('is not possible when one person is in the first alone, though the first is destroyed and was another organisation’s', async () => {
    test.setClock('2026-06-25');
    const first = await made();
    expect(first).toMatchObject({ state: 'ready' });
    await destroy(first.id);
    // The same people again tell nothing of anybody.
    const same = await made(OTHER);
    expect(same).toMatchObject({ state: 'ready', problem: null });
    await destroy(same.id);

    await endRecords(1, '2024', '2026-06-26T02:00:00Z');
    test.setClock('2026-06-27');
    const selection = { institution: HERE, categories: ['regular-bachelor'], yearFrom: 2024, yearUntil: 2026 };
    const { generatedAt } = first;
    if (!generatedAt) throw new Error('not made');
    const compared = await comparePeople(db().pool, selection, { ...first, generatedAt });
    expect(compared).toEqual({ both: 1199, gone: 1, added: 0 });
    for (const who of [{}, OTHER]) {
      expect(await made(who)).toMatchObject({
        state: 'impossible',
        problem: { reason: 'dataset-difference-too-small', found: { people: '1 – 4' }, expected: '0 / ≥ 5' },
      });
    }
    // Of the years in which nobody changed, and of a whole year less, nothing is told.
    const untouched = await made({ yearFrom: 2025 });
    expect(untouched).toMatchObject({ state: 'ready' });
    await destroy(untouched.id);
  });

  it('is possible again when at least k people have changed, and counts those who were filed since', async () => {
    await endRecords(4, '2024', '2026-06-28T02:00:00Z');
    test.setClock('2026-06-29');
    const again = await made();
    expect(again).toMatchObject({ state: 'ready', problem: null });
    await destroy(again.id);
    // Two who were filed after it was made.
    await db().pool.query(
      `UPDATE "DegreeRecord" SET "filedAt" = '2026-06-29T20:00:00Z' WHERE "id" IN
         (SELECT "id" FROM "DegreeRecord" WHERE "state" = 'filed' AND "conferralDate" LIKE '2026%' ORDER BY "id" LIMIT 2)`,
    );
    test.setClock('2026-06-30');
    expect(await made()).toMatchObject({
      state: 'impossible',
      problem: { reason: 'dataset-difference-too-small', found: { people: '1 – 4' } },
    });
  });

  it('of the same people gives an organisation no further fields for a year after the first was destroyed', async () => {
    const further = { fields: ['sex', 'birthDate', 'studyMode'] };
    expect(await refusal(ask(further))).toEqual({ kind: 'Refused', codes: ['dataset-further-fields'] });
    await ask({ fields: ['sex', 'birthDate'] });
    await ask({ ...further, yearFrom: 2020, yearUntil: 2023 });
    test.setClock('2027-06-30');
    await ask({ ...further, firstDay: '2027-07-01', lastDay: '2027-09-30' });
  });
});
