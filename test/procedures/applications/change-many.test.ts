// Article 15: one request for many people, judged in bulk.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeRecords } from '../../../src/procedures/applications/change-records.ts';
import { draftChangeRequest } from '../../../src/procedures/applications/draft-change-request.ts';
import { statementsDuring } from '../../support/api.ts';
import { bringCase, filedBatch, HANDS, paper, theCase } from '../../support/cases.ts';
import type { Collected } from '../../support/collected.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
let evidence: string;
beforeAll(async () => {
  test = await testWorld();
  batch = await filedBatch(test, 360);
  test.setClock('2026-08-03');
  evidence = await paper(test, HANDS.drafter, 'evidence');
});
afterAll(() => test.close());

const request = (recordIds: readonly string[]) => ({
  ...{ institution: HERE, category: 'regular-bachelor' as const },
  reason: '该批学生论文关键词在上报时因模板错误整列错位，与论文不一致。',
  finding: '经逐一核对论文，情况属实。',
  evidence: [{ title: '论文关键词核对表', fileDigest: evidence }],
  records: recordIds.map((recordId, at) => ({
    recordId,
    changes: [
      { field: 'thesisKeywords', after: `整本书阅读；小学语文；教学${at}`, evidence: [1] },
      { field: 'phone', after: `139${String(at).padStart(8, '0')}`, evidence: [1] },
    ],
  })),
});
/** Statements of a draft and of its effect, with the case brought on in between. */
const statements = async (recordIds: readonly string[]) => {
  let applicationId = '';
  const drafting = await statementsDuring(test, async () => {
    ({ applicationId } = await draftChangeRequest(test.callAs(HANDS.drafter), request(recordIds)));
  });
  await bringCase(test, applicationId, 'consented');
  const effect = await statementsDuring(test, () => changeRecords(test.callAs(HANDS.drafter), theCase(applicationId)));
  return { drafting: drafting.length, effect: effect.length };
};

it('three hundred people are changed by one request, with no more statements than for thirty', async () => {
  const few = await statements(batch.recordIds.slice(0, 30));
  const many = await statements(batch.recordIds.slice(30, 330));
  expect(few.drafting).toBeGreaterThan(5);
  expect(many).toEqual(few);
  expect(many.drafting).toBeLessThan(60);
  const changed = await test.world.db.prisma.degreeRecord.count({ where: { batchId: batch.batchId, version: 2 } });
  expect(changed).toBe(330);
  const sample = await test.world.db.prisma.degreeRecord.findFirstOrThrow({
    where: { id: batch.recordIds[329] ?? '' },
  });
  expect(sample).toMatchObject({ thesisKeywords: '整本书阅读；小学语文；教学299', state: 'filed' });
});
