// Article 24: the policy of an institution is set by sealed acts, and never changes what has begun.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDisclosure } from '../../../src/procedures/disclosure/close-disclosure.ts';
import { openDisclosure } from '../../../src/procedures/disclosure/open-disclosure.ts';
import { findVisibleFile } from '../../../src/procedures/files/visible-files.ts';
import { setPolicy } from '../../../src/procedures/offices/set-policy.ts';
import { leastReason, policyFor, reportingDeadline, todayOf } from '../../../src/procedures/situation.ts';
import { collectedBatch } from '../../support/collected.ts';
import { bringTo, refusal, rowCounts } from '../../support/stages.ts';
import { HERE, THERE, testWorld } from '../../support/world.ts';
import { uploaded } from '../../support/written-cases.ts';

const test = await testWorld();
afterAll(() => test.close());
beforeEach(async () => {
  await test.reset();
  test.setClock('2026-06-22');
});

const act = (effectiveFrom: string, settings: Parameters<typeof setPolicy>[1]['settings'], as = 'xuewei.guan') =>
  setPolicy(test.callAs(as), { institution: HERE, effectiveFrom, settings, basisNumber: '聊大学位〔2026〕30号' });
const policy = (on: string, moment?: 'now' | 'dawn') => policyFor(test.world.db.prisma, HERE, on, moment);

describe('Article 24: setting the policy', () => {
  it('holds from its day on, changes only what it says, and says what it changed', async () => {
    const set = await act('2026-07-01', {
      disclosureDays: 7,
      owners: { 'academic-master': 'academic-affairs-office' },
    });
    expect(set.changes).toEqual([
      { setting: 'disclosureDays', from: '3', to: '7' },
      { setting: 'owners.academic-master', from: 'graduate-office', to: 'academic-affairs-office' },
    ]);
    expect((await policy('2026-06-30')).disclosureDays).toBe(3);
    expect(await policy('2026-07-01')).toMatchObject({ disclosureDays: 7, reportingDays: 15 });
    await act('2026-06-22', { reportingDays: 10 });
    // A later act for an earlier day does not unsay the plan, nor the plan the act.
    expect(await policy('2026-07-01')).toMatchObject({ disclosureDays: 7, reportingDays: 10 });
  });

  it('is sealed with its settings and its basis, and nothing of people', async () => {
    const basisDigest = await uploaded(test, 'xuewei.guan', 'policy-basis');
    const { stepId, policyId } = await setPolicy(test.callAs('xuewei.zhuren'), {
      ...{ institution: HERE, effectiveFrom: '2026-07-01', settings: { linkDays: 7 }, basisDigest },
      basisNumber: ' 聊大学位〔2026〕30号 ',
    });
    const step = await test.world.db.prisma.step.findFirstOrThrow({ where: { id: stepId ?? '' } });
    const statement = JSON.parse(step.statement);
    expect(statement).toMatchObject({ step: 'set-policy', article: '24', files: [basisDigest] });
    expect(statement.facts).toEqual({
      ...{ basis: '聊大学位〔2026〕30号', effectiveFrom: '2026-07-01', replaces: null, settings: { linkDays: 7 } },
    });
    expect(statement.subjects).toMatchObject([{ kind: 'policy', id: policyId }]);
    const row = await test.world.db.prisma.policy.findFirstOrThrow({ where: { id: policyId } });
    expect(row).toMatchObject({ officerId: test.callAs('xuewei.zhuren').actor.officerId, stepId });
    const seen = (as: string) =>
      findVisibleFile(test.world, test.callAs(as).actor, { institution: HERE, digest: basisDigest });
    expect(await seen('jixu.cai')).toMatchObject({ digest: basisDigest });
    expect(await seen('donghai.xuewei')).toBeNull();
  });

  it('a plan is replaced by another before its day, and both stay known', async () => {
    const first = await act('2026-07-01', { disclosureDays: 7, warningDays: 5 });
    test.setClock('2026-06-25');
    const second = await act('2026-07-01', { disclosureDays: 9 });
    expect(second.replaces).toBe(first.policyId);
    expect(second.changes).toEqual([
      { setting: 'disclosureDays', from: '7', to: '9' },
      { setting: 'warningDays', from: '5', to: '3' },
    ]);
    expect(await policy('2026-07-01')).toMatchObject({ disclosureDays: 9, warningDays: 3 });
    // An act that says nothing takes a plan back.
    await act('2026-07-01', {});
    expect(await policy('2026-07-01')).toMatchObject({ disclosureDays: 3, warningDays: 3 });
    expect((await rowCounts(test))['"Policy"']).toBe(3);
    // On its day it is no plan any more: what is sealed then comes on top.
    await act('2026-07-01', { disclosureDays: 9 });
    test.setClock('2026-07-01');
    expect((await act('2026-07-01', { warningDays: 4 })).replaces).toBeNull();
    expect(await policy('2026-07-01')).toMatchObject({ disclosureDays: 9, warningDays: 4 });
    await expect(test.world.db.prisma.policy.updateMany({ data: { effectiveFrom: '2026-01-01' } })).rejects.toThrow();
  });

  it.each([
    ['2026-06-21', { linkDays: 7 }, ['policy-back-dated']],
    ['2026-02-30', { linkDays: 7 }, ['date-impossible']],
    ['2026-07-01', {}, ['policy-unchanged']],
    ['2026-07-01', { disclosureDays: 3 }, ['policy-unchanged']],
    ['2026-07-01', { reportingDays: 16, colour: 1, nameMask: 'none' }, ['policy-malformed']],
    ['2026-07-01', { owners: { 'academic-master': 'degree-office' } }, ['policy-malformed']],
    ['2026-07-01', { owners: { 'academic-master': 'provincial-office' } }, ['policy-malformed']],
  ] as const)('from %s %j is refused', async (day, settings, codes) => {
    expect(await refusal(act(day, settings as never))).toEqual({ kind: 'Refused', codes });
  });

  it('needs a number, a file that was uploaded for it, and an office for each category', async () => {
    const input = { institution: HERE, effectiveFrom: '2026-07-01', settings: { linkDays: 7 } };
    const evidence = await uploaded(test, 'jiaowu.cai', 'evidence');
    const refused = setPolicy(test.callAs('xuewei.guan'), { ...input, basisNumber: ' ', basisDigest: evidence });
    expect((await refusal(refused)).codes).toEqual(['policy-basis-missing', 'file-missing']);
    await test.world.db.prisma.office.update({
      where: { id: `${HERE}/continuing-education-office` },
      data: { closedOn: '2026-08-01' },
    });
    const given = { owners: { 'academic-master': 'continuing-education-office' } };
    expect((await refusal(act('2026-07-01', given))).codes).toEqual(['owner-office-missing']);
  });

  it('is for head and administrator of the degree office of the institution', async () => {
    for (const as of ['jiaowu.zhang', 'jiancha', 'donghai.xuewei', 'sheng.zhuren']) {
      expect((await refusal(act('2026-07-01', { linkDays: 7 }, as))).kind, as).toBe('Forbidden');
    }
    expect((await policyFor(test.world.db.prisma, THERE, '2026-07-01')).linkDays).toBe(14);
  });

  it('simulated it changes nothing; repeated with its key it is done once', async () => {
    const input = { institution: HERE, effectiveFrom: '2026-07-01', settings: { linkDays: 7 }, basisNumber: '1号' };
    const before = await rowCounts(test);
    expect(await setPolicy(test.callAs('xuewei.guan', { simulate: true }), input)).toMatchObject({ simulated: true });
    expect(await rowCounts(test)).toEqual(before);
    const call = test.callAs('xuewei.guan', { idempotencyKey: 'once' });
    expect(await setPolicy(call, input)).toEqual(await setPolicy(call, input));
    expect((await rowCounts(test))['"Policy"']).toBe(1);
  });
});

describe('Article 24: what has begun keeps the policy of its day', () => {
  it('the clock of a resolution runs on, also when the policy changes on the day it took effect', async () => {
    const due = () => reportingDeadline(test.world.db.prisma, HERE, '2026-06-22');
    const before = await due();
    await act('2026-06-22', { reportingDays: 5 });
    expect(await due()).toEqual(before);
    expect((await policy('2026-06-22')).reportingDays).toBe(5);
    const next = await reportingDeadline(test.world.db.prisma, HERE, '2026-06-23');
    expect(next.nominal).toBe('2026-06-28');
  });

  it('an open disclosure ends when it was to end, neither sooner nor later', async () => {
    const batch = await collectedBatch(test, 2);
    await bringTo(test, batch, 'cross-checked');
    const where = { institution: HERE, batchId: batch.batchId };
    expect(await openDisclosure(test.callAs('jiaowu.he'), where)).toMatchObject({ until: '2026-06-25' });
    await act('2026-06-22', { disclosureDays: 9 });
    test.setClock('2026-06-25');
    expect((await refusal(closeDisclosure(test.callAs('jiaowu.cai'), where))).codes).toEqual([
      'disclosure-period-open',
    ]);
    test.setClock('2026-06-26');
    expect(await closeDisclosure(test.callAs('jiaowu.cai'), where)).toMatchObject({ disclosed: 2 });
    const later = await collectedBatch(test, 1);
    await bringTo(test, later, 'cross-checked');
    const opened = await openDisclosure(test.callAs('jiaowu.he'), { institution: HERE, batchId: later.batchId });
    expect(opened.until).toBe('2026-07-05');
  });

  it('a case that is on its way is not asked for a longer reason', async () => {
    const drafted = test.world.now();
    await act('2026-06-22', { reasonLength: 50 });
    const least = (createdAt?: Date) => leastReason(test.world.db.prisma, test.world, { institution: HERE, createdAt });
    expect(await least(drafted)).toBe(10);
    expect(await least()).toBe(50);
    test.setClock('2026-06-23');
    expect(await least(test.world.now())).toBe(50);
    expect(todayOf(test.world)).toBe('2026-06-23');
  });
});
