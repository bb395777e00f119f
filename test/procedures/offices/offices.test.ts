// Articles 4, 6 and 24: which office owns a category follows from the policy; offices and officers change by sealed steps.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { crossCheckRecords } from '../../../src/procedures/cross-check/cross-check.ts';
import {
  addOfficer,
  changeOfficer,
  resetPassword,
  retireOfficer,
} from '../../../src/procedures/offices/appoint-officers.ts';
import { closeOffice, openOffice, renameOffice } from '../../../src/procedures/offices/arrange-offices.ts';
import { setPolicy } from '../../../src/procedures/offices/set-policy.ts';
import { actorOf, signIn } from '../../../src/procedures/offices/sign-in.ts';
import { collectedBatch } from '../../support/collected.ts';
import { refusal, rowCounts } from '../../support/stages.ts';
import { HERE, TRIAL_PASSWORD, testWorld } from '../../support/world.ts';

const test = await testWorld();
afterAll(() => test.close());
beforeEach(async () => {
  await test.reset();
  test.setClock('2026-06-22');
});

const ADULT = `${HERE}/continuing-education-office`;
const ACADEMIC = `${HERE}/academic-affairs-office`;
const guan = (options = {}) => test.callAs('xuewei.guan', options);
const idOf = (as: string) => test.callAs(as).actor.officerId;
const move = (category: string, to: string, effectiveFrom: string) =>
  setPolicy(guan(), {
    ...{
      institution: HERE,
      effectiveFrom,
      settings: { owners: { [category]: to } },
      basisNumber: '聊大校字〔2026〕5号',
    },
  });
const where = (id: string) => test.world.db.prisma.officer.findUniqueOrThrow({ where: { id } });

describe('Article 4: who owns a category today acts on it today', () => {
  it('the old office loses it and the new one has it, records and open batches as well; history keeps who did what', async () => {
    const batch = await collectedBatch(test, 2);
    await move('regular-bachelor', 'continuing-education-office', '2026-06-24');
    await test.refresh();
    expect(test.callAs('jixu.he').actor.categories).toEqual(['adult-education-bachelor']);
    test.setClock('2026-06-24');
    await test.refresh();
    expect(test.callAs('jixu.he').actor.categories).toEqual(['regular-bachelor', 'adult-education-bachelor']);
    expect(test.callAs('jiaowu.he').actor.categories).toEqual(['international-student-bachelor']);
    expect(test.callAs('xuewei.guan').actor.categories.length).toBe(6);
    const check = (as: string) =>
      crossCheckRecords(test.callAs(as), {
        ...{ institution: HERE, batchId: batch.batchId, errorPolicy: 'all-or-nothing' as const },
      });
    expect(await refusal(check('jiaowu.he'))).toEqual({ kind: 'Forbidden', codes: ['not-your-category'] });
    await check('jixu.he');
    const record = await test.world.db.prisma.degreeRecord.findFirstOrThrow({
      where: { id: batch.recordIds[0] ?? '' },
    });
    expect(record).toMatchObject({ collectedById: idOf('jiaowu.cai'), crossCheckedById: idOf('jixu.he') });
    const kept = await test.world.db.prisma.batch.findFirstOrThrow({ where: { id: batch.batchId } });
    expect(kept.officeId).toBe(ACADEMIC);
  });

  it('a session sees the change without signing in anew, and none of a closed office', async () => {
    const { token } = await signIn(test.world, { loginName: 'jixu.he', password: TRIAL_PASSWORD });
    const categories = async () => {
      const actor = await actorOf(test.world, token);
      return actor && 'categories' in actor ? actor.categories : null;
    };
    expect(await categories()).toEqual(['adult-education-bachelor']);
    await move('adult-education-bachelor', 'graduate-office', '2026-07-01');
    expect(await categories()).toEqual(['adult-education-bachelor']);
    test.setClock('2026-07-01');
    expect(await categories()).toEqual([]);
    await closeOffice(guan(), { institution: HERE, office: ADULT, on: '2026-07-02' });
    expect(await categories()).toEqual([]);
    test.setClock('2026-07-02');
    expect(await categories()).toBeNull();
  });
});

describe('Article 4: offices over time', () => {
  it('an office with categories and open batches is not closed: each is named', async () => {
    const batch = await collectedBatch(test, 1);
    const close = (on: string) => closeOffice(guan(), { institution: HERE, office: ACADEMIC, on });
    const error = await close('2026-07-01').catch((thrown) => thrown);
    const found = error.violations.map((each: { code: string; path: string; found: string }) => [
      each.code,
      each.path,
      each.found,
    ]);
    expect(found).toEqual([
      ['office-owns-category', 'office', '普通高等教育本科学士'],
      ['office-owns-category', 'office', '来华留学本科学士'],
      ['office-has-open-batch', `batches[${batch.batchId}]`, '普通高等教育本科学士'],
    ]);
    await move('regular-bachelor', 'graduate-office', '2026-06-22');
    await move('international-student-bachelor', 'graduate-office', '2026-07-05');
    expect((await refusal(close('2026-07-01'))).codes).toEqual(['office-owns-category']);
    expect((await refusal(close('2026-06-01'))).codes).toContain('office-back-dated');
    await close('2026-07-05');
    // Nothing is given to an office that will be gone.
    expect((await refusal(move('regular-bachelor', 'academic-affairs-office', '2026-06-23'))).codes).toEqual([
      'owner-office-missing',
    ]);
    const degreeOffice = closeOffice(guan(), { institution: HERE, office: `${HERE}/degree-office`, on: '2026-07-05' });
    expect((await refusal(degreeOffice)).codes).toEqual(['office-needed']);
  });

  it('there is one of a kind at a time; after its end another may follow', async () => {
    const open = (on: string, kind = 'continuing-education-office' as const) =>
      openOffice(guan(), { institution: HERE, kind, name: '聊城大学成人教育处', on });
    expect((await refusal(open('2026-07-01'))).codes).toEqual(['office-kind-taken']);
    await move('adult-education-bachelor', 'graduate-office', '2026-07-01');
    await closeOffice(guan(), { institution: HERE, office: ADULT, on: '2026-07-01' });
    expect((await refusal(open('2026-06-30'))).codes).toEqual(['office-kind-taken']);
    const { officeId } = await open('2026-07-01');
    expect(officeId).toBe(`${ADULT}-b`);
    const province = openOffice(guan(), {
      institution: HERE,
      kind: 'provincial-office',
      name: '省办',
      on: '2026-07-01',
    });
    expect((await refusal(province)).codes).toEqual(['office-kind-outside']);
    const changes = await test.world.db.prisma.officeChange.findMany({ orderBy: { id: 'asc' } });
    expect(changes.map(({ officeId: id, act, on }) => [id, act, on])).toEqual([
      [ADULT, 'closed', '2026-07-01'],
      [`${ADULT}-b`, 'opened', '2026-07-01'],
    ]);
  });

  it('is renamed from today on; what it sealed keeps the name', async () => {
    const batch = await collectedBatch(test, 1);
    const rename = (name: string) => renameOffice(guan(), { institution: HERE, office: ACADEMIC, name });
    expect((await refusal(rename(' '))).codes).toEqual(['office-name-missing']);
    expect((await refusal(rename('聊城大学教务处'))).codes).toEqual(['office-name-same']);
    expect((await refusal(rename('教\u202e务处'))).codes).toEqual(['text-unreadable-character']);
    await rename('聊城大学本科生院');
    await test.refresh();
    expect(test.callAs('jiaowu.cai').actor.officeName).toBe('聊城大学本科生院');
    const step = await test.world.db.prisma.step.findFirstOrThrow({ where: { name: 'collect' } });
    expect(step.statement).toContain('聊城大学教务处');
    expect(batch.recordIds).toHaveLength(1);
    const there = renameOffice(guan(), { institution: HERE, office: '10999/degree-office', name: '我的' });
    expect((await refusal(there)).kind).toBe('NotFound');
  });
});

describe('Article 6: officers', () => {
  const add = (loginName: string, duties = ['collect', 'cross-check'] as const, office = ACADEMIC, options = {}) =>
    addOfficer(guan(options), { institution: HERE, office, loginName, name: '新人', duties });

  it('a new one replaces the first password at the first signing in, and holds the duties given', async () => {
    const { firstPassword, officerId, stepId } = await add(`${HERE}.xin`);
    const first = { loginName: `${HERE}.xin`, password: firstPassword ?? '' };
    expect((await refusal(signIn(test.world, first))).codes).toEqual(['password-first']);
    const weak = signIn(test.world, { ...first, newPassword: '123456789012' });
    expect((await refusal(weak)).codes).toEqual(['password-weak']);
    const own = 'zhen-de-hen-chang-7';
    const { token } = await signIn(test.world, { ...first, newPassword: own });
    expect(await actorOf(test.world, token)).toMatchObject({ officerId, duties: ['collect', 'cross-check'] });
    expect((await refusal(signIn(test.world, first))).codes).toEqual(['sign-in-refused']);
    await signIn(test.world, { ...first, password: own });
    const step = await test.world.db.prisma.step.findFirstOrThrow({ where: { id: stepId ?? '' } });
    expect(JSON.parse(step.statement).facts).toMatchObject({
      act: 'added',
      officerId,
      duties: ['collect', 'cross-check'],
    });
    expect(JSON.stringify(await test.world.db.prisma.step.findMany())).not.toContain(firstPassword);
  });

  it('a first password is shown once and holds for a week', async () => {
    const once = await add(`${HERE}.xin`, ['collect', 'cross-check'], ACADEMIC, { idempotencyKey: 'a' });
    const again = await add(`${HERE}.xin`, ['collect', 'cross-check'], ACADEMIC, { idempotencyKey: 'a' });
    expect(again).toMatchObject({ officerId: once.officerId, firstPassword: null });
    expect(JSON.stringify(await test.world.db.prisma.idempotentCall.findMany())).not.toContain(once.firstPassword);
    const late = new Date(Date.now() + 8 * 24 * 3600_000);
    const given = { loginName: `${HERE}.xin`, password: once.firstPassword ?? '', newPassword: 'zhen-de-hen-chang-7' };
    expect((await refusal(signIn(test.world, given, late))).codes).toEqual(['sign-in-refused']);
    const before = await rowCounts(test);
    expect(await add(`${HERE}.er`, ['collect', 'cross-check'], ACADEMIC, { simulate: true })).toMatchObject({
      ...{ firstPassword: null, stepId: null },
    });
    expect(await rowCounts(test)).toEqual(before);
  });

  it.each([
    ['xin', ['collect'], ['login-name-malformed']],
    ['10999.xin', ['collect'], ['login-name-malformed']],
    [`${HERE}.xin`, [], ['duties-missing']],
    [`${HERE}.xin`, ['review', 'file'], ['duty-of-province']],
  ] as const)('%s with %j is refused', async (loginName, duties, codes) => {
    expect(await refusal(add(loginName, duties as never))).toEqual({ kind: 'Refused', codes });
  });

  it('is charged and moved inside the institution, by an administrator, never by themselves', async () => {
    const officerId = idOf('jiaowu.lin');
    const change = (input: object, as = 'xuewei.guan', id = officerId) =>
      changeOfficer(test.callAs(as), { institution: HERE, officerId: id, ...input });
    await change({ duties: ['head'] });
    await change({ office: `${HERE}/graduate-office` });
    expect(await where(officerId)).toMatchObject({ duties: ['head'], officeId: `${HERE}/graduate-office` });
    const changes = await test.world.db.prisma.officerChange.findMany({
      where: { officerId },
      orderBy: { version: 'asc' },
    });
    expect(changes.map(({ version, act, officeId }) => [version, act, officeId])).toEqual([
      [2, 'charged', ACADEMIC],
      [3, 'charged', `${HERE}/graduate-office`],
    ]);
    expect((await refusal(change({ duties: ['head'] }))).codes).toEqual(['officer-unchanged']);
    expect((await refusal(change({ office: '10999/degree-office' }))).kind).toBe('NotFound');
    // Nobody raises themselves, and no head without the duty of administering raises anybody.
    const self = change({ duties: ['head', 'report', 'administer'] }, 'xuewei.guan', idOf('xuewei.guan'));
    expect((await refusal(self)).codes).toEqual(['own-appointment']);
    for (const as of ['xuewei.zhuren', 'jiaowu.zhang', 'jiancha', 'donghai.xuewei', 'sheng.zhuren']) {
      expect((await refusal(change({ duties: ['audit'] }, as))).kind, as).toBe('Forbidden');
    }
    const stranger = await refusal(change({ duties: ['audit'] }, 'xuewei.guan', idOf('donghai.cai')));
    const nobody = await refusal(change({ duties: ['audit'] }, 'xuewei.guan', '0197f0a0-0000-7000-8000-000000000000'));
    expect([stranger, nobody]).toEqual([
      { kind: 'NotFound', codes: [] },
      { kind: 'NotFound', codes: [] },
    ]);
  });

  it('gets a new first password, or is retired: every session ends', async () => {
    const officerId = idOf('jiaowu.he');
    const { token } = await signIn(test.world, { loginName: 'jiaowu.he', password: TRIAL_PASSWORD });
    const { firstPassword } = await resetPassword(guan(), { institution: HERE, officerId });
    expect(await actorOf(test.world, token)).toEqual({ expired: true });
    const given = { loginName: 'jiaowu.he', password: firstPassword ?? '', newPassword: 'zhen-de-hen-chang-7' };
    const again = await signIn(test.world, given);
    await retireOfficer(guan(), { institution: HERE, officerId });
    expect(await actorOf(test.world, again.token)).toBeNull();
    expect((await refusal(retireOfficer(guan(), { institution: HERE, officerId }))).codes).toEqual(['officer-retired']);
    expect((await refusal(resetPassword(guan(), { institution: HERE, officerId: idOf('xuewei.guan') }))).codes).toEqual(
      ['own-appointment'],
    );
  });
});
