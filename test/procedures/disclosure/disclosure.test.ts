// Article 11(3): key fields are shown inside the school for a set period; an objection blocks its record until resolved.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDisclosure } from '../../../src/procedures/disclosure/close-disclosure.ts';
import { openDisclosure } from '../../../src/procedures/disclosure/open-disclosure.ts';
import { raiseObjection } from '../../../src/procedures/disclosure/raise-objection.ts';
import { resolveObjection } from '../../../src/procedures/disclosure/resolve-objection.ts';
import { reportBatch } from '../../../src/procedures/reporting/report.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { bringTo, refusal, statesOf } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
const where = () => ({ institution: HERE, batchId: batch.batchId });
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 3);
});

const objection = () => ({
  institution: HERE,
  recordId: batch.recordIds[1] ?? '',
  reason: '姓名用字与身份证不符',
  raisedBy: '同班同学',
});

describe('Article 11(3): internal disclosure', () => {
  it('cannot begin before the cross-check is complete', async () => {
    const refused = await refusal(openDisclosure(test.callAs('jiaowu.he'), where()));
    expect(refused).toEqual({ kind: 'Refused', codes: ['stage-skipped', 'nothing-to-do'] });
  });

  it('cannot end before its period is over; the day after the last day it can', async () => {
    await bringTo(test, batch, 'disclosing');
    test.setClock('2026-06-26');
    const refused = await refusal(closeDisclosure(test.callAs('jiaowu.cai'), where()));
    expect(refused.codes).toEqual(['disclosure-period-open']);
    test.setClock('2026-06-27');
    expect(await closeDisclosure(test.callAs('jiaowu.cai'), where())).toMatchObject({ disclosed: 3 });
  });

  it('follows the policy of the institution', async () => {
    await test.world.db.prisma.policy.create({
      data: { institution: HERE, effectiveFrom: '2026-01-01', content: { disclosureDays: 5 } },
    });
    await bringTo(test, batch, 'cross-checked');
    const opened = await openDisclosure(test.callAs('jiaowu.he'), where());
    const replaced = { institution: HERE, effectiveFrom: '2026-01-01', content: {} };
    await test.world.db.prisma.policy.create({ data: replaced });
    expect(opened).toMatchObject({ from: '2026-06-23', until: '2026-06-28' });
  });

  it('an open objection keeps its record back, the others go on; once resolved it follows', async () => {
    await bringTo(test, batch, 'disclosing');
    const { objectionId } = await raiseObjection(test.callAs('jiaowu.cai'), objection());
    test.setClock('2026-06-29');
    const closed = await closeDisclosure(test.callAs('jiaowu.cai'), where());
    expect(closed).toMatchObject({ disclosed: 2, results: [{ recordId: batch.recordIds[1] }] });
    const report = { ...where(), errorPolicy: 'skip-refused' as const };
    const reported = await reportBatch(test.callAs('jiaowu.cai'), report);
    expect(reported.reported).toBe(2);
    expect(reported.results[0]?.violations.map((broken) => broken.code)).toContain('objection-open');
    await resolveObjection(test.callAs('jiaowu.he'), {
      institution: HERE,
      objectionId,
      outcome: '经核对身份证，无误。',
    });
    expect(await closeDisclosure(test.callAs('jiaowu.cai'), where())).toMatchObject({ disclosed: 1, results: [] });
    expect(await reportBatch(test.callAs('jiaowu.cai'), report)).toMatchObject({ reported: 1, results: [] });
    expect(await statesOf(test, batch.batchId)).toEqual({ reported: 3 });
  });

  it('an objection needs a reason and a record under disclosure, its end an outcome; it ends once', async () => {
    const early = await refusal(raiseObjection(test.callAs('jiaowu.cai'), objection()));
    expect(early.codes).toEqual(['stage-skipped']);
    await bringTo(test, batch, 'disclosing');
    const silent = raiseObjection(test.callAs('jiaowu.cai'), { ...objection(), reason: '　' });
    expect((await refusal(silent)).codes).toEqual(['objection-reason-missing']);
    const { objectionId } = await raiseObjection(test.callAs('jiaowu.cai'), objection());
    const end = { institution: HERE, objectionId, outcome: '' };
    expect((await refusal(resolveObjection(test.callAs('jiaowu.he'), end))).codes).toEqual([
      'objection-outcome-missing',
    ]);
    await resolveObjection(test.callAs('jiaowu.he'), { ...end, outcome: '经核对证书无误' });
    const again = resolveObjection(test.callAs('jiaowu.he'), { ...end, outcome: '经核对证书有误' });
    expect((await refusal(again)).codes).toEqual(['objection-already-resolved']);
  });

  it('P9: who objects and why is in no statement', async () => {
    await bringTo(test, batch, 'disclosing');
    await raiseObjection(test.callAs('jiaowu.cai'), objection());
    const steps = await test.world.db.prisma.step.findMany({ select: { statement: true } });
    expect(JSON.stringify(steps)).not.toMatch(/同班同学|身份证不符|小/);
  });
});
