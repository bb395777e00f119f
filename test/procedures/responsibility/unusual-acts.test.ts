// Article 23: what is unusual is found, what is usual is not, and only who watches over it is told.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { crossCheckRecords } from '../../../src/procedures/cross-check/cross-check.ts';
import { addOfficer, retireOfficer } from '../../../src/procedures/offices/appoint-officers.ts';
import { MOST_ATTEMPTS, signIn } from '../../../src/procedures/offices/sign-in.ts';
import { type Plan, perform } from '../../../src/procedures/perform.ts';
import { returnRecords } from '../../../src/procedures/reporting/return-records.ts';
import { type NamedFinding, unusualActs } from '../../../src/procedures/responsibility/unusual-acts.ts';
import { revealField } from '../../../src/procedures/secrecy/reveal.ts';
import type { Subject } from '../../../src/procedures/statement.ts';
import { targetIn } from '../../../src/procedures/target.ts';
import type { UnusualCode } from '../../../src/regulation/responsibility/unusual-acts.ts';
import type { StepName } from '../../../src/regulation/steps.ts';
import { makeArchive } from '../../support/archives.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { bringTo } from '../../support/stages.ts';
import { HERE, PROVINCE, type TestWorld, TRIAL_PASSWORD, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
beforeAll(async () => {
  test = await testWorld();
});
beforeEach(async () => {
  await test.reset();
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 12);
});
afterAll(() => test.close());

const idOf = (login: string) => test.callAs(login).actor.officerId;
const ask = (codes?: UnusualCode[], as = 'jiancha', more: object = {}): Promise<NamedFinding[]> =>
  unusualActs(test.world, test.callAs(as).actor, {
    ...{ institution: HERE, from: '2026-06-01', until: '2026-12-31', codes },
    ...more,
  });
/** A wall clock in Shanghai. */
const clock = (day: string, time: string) => test.setClock(`${day}T${time}+08:00`);
const reveal = (as: string, at = 0) =>
  revealField(test.callAs(as), {
    ...{ institution: HERE, recordId: batch.recordIds[at] ?? '', field: 'identityNumber', reason: '核对身份证件' },
  });
/** A sealed step of a name over some subjects, at the moment of the clock. */
const step = (as: string, name: StepName, subjects: readonly Subject[] = [], fresh = false) =>
  perform(
    test.callAs(as),
    name,
    HERE,
    { subjects: subjects.length },
    async (tx): Promise<Plan<Record<string, never>>> => ({
      target: await targetIn(tx, HERE, name === 'correct-roster' ? undefined : 'regular-bachelor'),
      ...{ violations: [], subjects, facts: {}, fresh, save: async () => ({}) },
    }),
  );
const record = (id: string, version = 1): Subject => ({ kind: 'record', id, version, digest: '0'.repeat(64) });

describe('Article 23: reveals', () => {
  it('twelve in a row are above one’s own usual; ten are not, nor thirteen for who has that many every week', async () => {
    clock('2026-07-01', '10:00:00');
    for (let at = 0; at < 10; at++) await reveal('jiaowu.he', at);
    expect(await ask(['reveals-above-usual'])).toEqual([]);
    for (let at = 0; at < 2; at++) await reveal('jiaowu.he', at);
    expect(await ask(['reveals-above-usual', 'reveals-in-an-hour'])).toMatchObject([
      { code: 'reveals-above-usual', officerId: idOf('jiaowu.he'), officerName: '刘洋', found: '12', expected: '≤ 10' },
    ]);
    const used = ['2026-06-03', '2026-06-10', '2026-06-17'];
    await test.world.db.prisma.reveal.createMany({
      data: used.flatMap((day) => Array.from({ length: 5 }, () => revealRow('jiaowu.he', `${day}T10:00:00+08:00`))),
    });
    expect(await ask(['reveals-above-usual'])).toEqual([]);
  });

  it('more than the policy within sixty minutes, also over the turn of an hour; not as many in two hours', async () => {
    const at = (minute: number) => new Date(Date.parse('2026-07-02T09:40:00+08:00') + minute * 60_000).toISOString();
    const rows = (login: string, every: number) =>
      Array.from({ length: 31 }, (_, n) => revealRow(login, at(n * every)));
    await test.world.db.prisma.reveal.createMany({ data: [...rows('jiaowu.cai', 1.9), ...rows('jiaowu.he', 4)] });
    expect(await ask(['reveals-in-an-hour'])).toMatchObject([
      { officerId: idOf('jiaowu.cai'), found: '31 / h', expected: '≤ 30 / h' },
    ]);
  });

  const revealRow = (login: string, at: string) => ({
    ...{ institution: HERE, id: randomUUID(), officerId: idOf(login), recordId: batch.recordIds[0] ?? '' },
    ...{ field: 'phone', reason: '核对', at: new Date(at) },
  });
});

describe('Article 23: the time of work', () => {
  it('three in the morning and ten at night are outside hours; seven and a minute before ten are not', async () => {
    for (const time of ['07:00:00', '21:59:59']) {
      clock('2026-07-02', time);
      await reveal('jiaowu.cai');
    }
    expect(await ask(['outside-hours', 'on-day-off'])).toEqual([]);
    for (const [day, time] of [
      ['2026-07-02', '22:00:00'],
      ['2026-07-03', '03:00:00'],
      ['2026-07-03', '03:10:00'],
    ] as const) {
      clock(day, time);
      await reveal('jiaowu.cai');
    }
    expect(await ask(['outside-hours'])).toMatchObject([
      {
        found: '2',
        first: '2026-07-02T19:00:00.000Z',
        last: '2026-07-02T19:10:00.000Z',
        officerId: idOf('jiaowu.cai'),
      },
      { found: '1', first: '2026-07-02T14:00:00.000Z' },
    ]);
  });

  it('a Saturday is a day off unless the calendar makes it a working day', async () => {
    clock('2026-07-04', '12:00:00');
    await reveal('jiaowu.cai');
    expect(await ask(['on-day-off', 'outside-hours'])).toMatchObject([{ code: 'on-day-off', found: '1' }]);
    await test.world.db.prisma.calendarDay.create({
      data: { institution: HERE, date: '2026-07-04', kind: 'working-day', name: '调休' },
    });
    expect(await ask(['on-day-off', 'outside-hours'])).toEqual([]);
  });

  it('hours are those of the policy of the day', async () => {
    await setPolicy('2026-07-01', { workFromHour: 0, workUntilHour: 24 });
    clock('2026-07-03', '03:00:00');
    await reveal('jiaowu.cai');
    expect(await ask(['outside-hours'])).toEqual([]);
  });
});

const setPolicy = (effectiveFrom: string, content: object, officerId = idOf('xuewei.guan')) =>
  test.world.db.prisma.policy.create({ data: { institution: HERE, effectiveFrom, content, officerId } });

describe('Article 11(2), 23: checking', () => {
  const look = (at: number, ms: number, login = 'jiaowu.he', entered: object | null = null) => ({
    ...{ institution: HERE, id: randomUUID(), batchId: batch.batchId, recordId: batch.recordIds[at] ?? '' },
    ...{ version: 1, agrees: true, examinedById: idOf(login) },
    ...(entered ? { entered } : {}),
    at: new Date(Date.parse('2026-06-24T10:00:00+08:00') + ms),
  });

  it('three looks within a second each are faster than reading; slow ones and a sheet of second entries are not', async () => {
    const slow = [0, 1, 2, 3, 4].map((at) => look(at, at * 3000, 'jiaowu.lin'));
    const sheet = [0, 1, 2, 3, 4, 5].map((at) => look(at, 60_000, 'jiaowu.zhang', { name: '某某' }));
    await test.world.db.prisma.examination.createMany({ data: [...slow, ...sheet] });
    expect(await ask(['looks-faster-than-reading'])).toEqual([]);
    await test.world.db.prisma.examination.createMany({ data: [0, 1, 2, 3].map((at) => look(at, at * 800)) });
    expect(await ask(['looks-faster-than-reading'])).toMatchObject([
      {
        ...{ officerId: idOf('jiaowu.he'), found: '3 × < 3 s (0.8 s)', expected: '≥ 3 s' },
        subject: { type: 'Batch', id: batch.batchId },
      },
    ]);
  });

  it('a batch cross-checked half a minute after it was collected', async () => {
    test.setClock('2026-06-23T04:00:30Z');
    await crossCheckRecords(test.callAs('jiaowu.he'), {
      ...{ institution: HERE, batchId: batch.batchId, errorPolicy: 'all-or-nothing' },
    });
    expect(await ask(['checked-after-import'])).toMatchObject([
      { officerId: idOf('jiaowu.he'), expected: '≥ 60 s', subject: { type: 'Batch', id: batch.batchId } },
    ]);
    test.setClock('2026-06-24');
    const other = await collectedBatch(test, 12);
    test.setClock('2026-06-24T04:05:00Z');
    await bringTo(test, other, 'cross-checked');
    expect(await ask(['checked-after-import'])).toHaveLength(1);
  });

  it('ten corrections always checked by the same other one, while a third could', async () => {
    test.setClock('2026-06-25');
    for (let at = 0; at < 10; at++) {
      const subject = record(batch.recordIds[at] ?? '', 2);
      await step('jiaowu.cai', 'correct', [subject]);
      if (at === 9) expect(await ask(['always-same-checker'])).toEqual([]);
      await step('jiaowu.he', 'cross-check', [subject]);
    }
    expect(await ask(['always-same-checker'])).toMatchObject([{ officerId: idOf('jiaowu.cai'), found: '10 / 10' }]);
    const subject = record(batch.recordIds[10] ?? '', 2);
    await step('jiaowu.cai', 'correct', [subject]);
    await step('jiaowu.lin', 'cross-check', [subject]);
    expect(await ask(['always-same-checker'])).toEqual([]);
  });

  it('a sample that is set to nothing for some days while a batch is checked', async () => {
    await setPolicy('2026-06-20', { crossCheckSample: 10 });
    await setPolicy('2026-06-24', { crossCheckSample: 0 });
    test.setClock('2026-06-25');
    await step('jiaowu.he', 'cross-check', [record(batch.recordIds[0] ?? '')]);
    expect(await ask(['policy-loosened'])).toEqual([]);
    await setPolicy('2026-06-26', { crossCheckSample: 10 });
    expect(await ask(['policy-loosened'])).toMatchObject([
      {
        ...{ officerId: idOf('xuewei.guan'), expected: 'crossCheckSample 10' },
        found: 'crossCheckSample 0, 2026-06-24 … 2026-06-25: 1 × cross-check',
      },
    ]);
  });
});

describe('Article 22, 23: people and papers', () => {
  it('an account that is guessed at, locked and then opened; names that nobody has', async () => {
    const start = new Date('2026-07-01T02:00:00Z');
    const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
    const attempt = (loginName: string, password: string, at: Date) =>
      signIn(test.world, { loginName, password }, at).then(
        () => true,
        () => false,
      );
    for (let n = 0; n < MOST_ATTEMPTS; n++) expect(await attempt('jiaowu.cai', 'guess', start)).toBe(false);
    expect(await attempt('jiaowu.cai', TRIAL_PASSWORD, later(1))).toBe(false);
    expect(await ask(['sign-in-after-lock', 'many-failed-sign-ins'])).toEqual([]);
    expect(await attempt('jiaowu.cai', TRIAL_PASSWORD, later(16))).toBe(true);
    expect(await ask(['sign-in-after-lock', 'many-failed-sign-ins'])).toMatchObject([
      { code: 'sign-in-after-lock', officerId: idOf('jiaowu.cai'), found: '16 min' },
    ]);
    // Signed in again in the same hour: not once more.
    expect(await attempt('jiaowu.cai', TRIAL_PASSWORD, later(20))).toBe(true);
    expect(await ask(['sign-in-after-lock'])).toHaveLength(1);
    for (let n = 0; n < 4; n++) await attempt('jiaowu.cai', 'guess', later(30));
    expect(await ask(['many-failed-sign-ins'])).toMatchObject([{ officerId: idOf('jiaowu.cai'), found: '10' }]);
    for (let n = 0; n < 20; n++) await attempt(`nobody.${n % 3}`, 'guess', later(40));
    expect(await ask(['many-unknown-names'])).toMatchObject([{ officerId: null, officerName: null, found: '20 (3)' }]);
    const kept = await test.world.db.prisma.signInAttempt.findMany({ where: { officerId: null } });
    expect(JSON.stringify(kept)).not.toContain('nobody');
  });

  it('an officer who was appointed, acted and was retired within days', async () => {
    const administrator = test.callAs('donghai.xuewei');
    const institution = administrator.actor.institution ?? '';
    const office = `${institution}/academic-affairs-office`;
    for (const [login, until] of [
      ['10999.gaofei', '2026-06-26'],
      ['10999.gaoyuan', '2026-07-20'],
    ] as const) {
      test.setClock('2026-06-24');
      const added = await addOfficer(administrator, {
        ...{ institution, office, loginName: login, name: '高某', duties: ['collect'] },
      });
      await test.refresh();
      await perform(
        test.callAs(login),
        'collect',
        institution,
        {},
        async (tx): Promise<Plan<Record<string, never>>> => ({
          target: await targetIn(tx, institution, 'regular-bachelor'),
          ...{ violations: [], subjects: [record(randomUUID())], facts: {}, fresh: true, save: async () => ({}) },
        }),
      );
      test.setClock(until);
      await retireOfficer(administrator, { institution, officerId: added.officerId });
    }
    const head = await addOfficer(administrator, {
      ...{
        institution,
        office: `${institution}/degree-office`,
        loginName: '10999.gaojian',
        name: '高监',
        duties: ['audit'],
      },
    });
    await test.refresh();
    const found = await ask(['appointed-briefly'], '10999.gaojian', { institution });
    expect(found).toMatchObject([{ officerName: '高某', found: '2 d (1)', expected: '> 7 d' }]);
    expect(found[0]?.officerId).not.toBe(head.officerId);
  });

  it('one collector of whose records far more are returned than of others', async () => {
    await bringTo(test, batch, 'reported-upward');
    const returns = batch.recordIds.slice(0, 6).map((recordId) => ({
      ...{
        recordId,
        reasons: [
          { field: 'thesisTitle', reason: '题目有错字' },
          { field: 'name', reason: '姓名有误' },
        ],
      },
    }));
    await returnRecords(test.callAs('sheng.shen'), { institution: HERE, returns });
    expect(await ask(['returned-often'])).toEqual([]);
    const many = Array.from({ length: 400 }, () => record(randomUUID()));
    await step('jiaowu.lin', 'collect', many, true);
    expect(await ask(['returned-often'])).toMatchObject([
      { officerId: idOf('jiaowu.cai'), found: '6 / 12', expected: '≤ 0 / 12' },
    ]);
  });

  it('a roster corrected in three places, a record withdrawn again, five exports on one day', async () => {
    const resolution: Subject = { kind: 'resolution', id: batch.resolutionId, version: 1, digest: '0'.repeat(64) };
    for (let at = 0; at < 2; at++) await step('xuewei.guan', 'correct-roster', [resolution]);
    expect(await ask(['roster-corrected'])).toEqual([]);
    await step('xuewei.guan', 'correct-roster', [resolution]);
    expect(await ask(['roster-corrected'])).toMatchObject([
      { found: '3', officerId: idOf('xuewei.guan'), subject: { type: 'Resolution', id: batch.resolutionId } },
    ]);
    const withdraw = async () => {
      const { stepId } = await step('jiaowu.cai', 'withdraw-records', [record(batch.recordIds[0] ?? '')]);
      await test.world.db.prisma.recordWithdrawal.create({
        data: {
          ...{ institution: HERE, id: randomUUID(), recordId: batch.recordIds[0] ?? '', stepId: stepId ?? '' },
          ...{ fromState: 'reported', version: 1, reachedProvince: false, reason: '误报', at: test.world.now() },
        },
      });
    };
    await withdraw();
    expect(await ask(['withdrawn-again'])).toEqual([]);
    await withdraw();
    expect(await ask(['withdrawn-again'])).toMatchObject([{ found: '2 × (1)', officerId: idOf('jiaowu.cai') }]);
    const exported = (n: number) => ({
      ...{ institution: HERE, id: randomUUID(), kind: 'records', edition: null, verified: true, format: 'csv' },
      ...{ encoding: null, purpose: '报送', categories: ['regular-bachelor'], selection: {}, fileName: `${n}.csv` },
      ...{ fileDigest: '0'.repeat(64), size: 1, count: 7, createdById: idOf('jiaowu.cai') },
      ...{ createdAt: test.world.now(), expiresAt: test.world.now() },
    });
    await test.world.db.prisma.recordExport.createMany({ data: [1, 2, 3, 4].map(exported) });
    expect(await ask(['many-exports'])).toEqual([]);
    await test.world.db.prisma.recordExport.createMany({ data: [exported(5)] });
    expect(await ask(['many-exports'])).toMatchObject([{ found: '5 (35)', officerId: idOf('jiaowu.cai') }]);
  });

  it('five archives ordered on one day, each counted once though the server seals it, too', async () => {
    for (let at = 0; at < 4; at++) await makeArchive(test, { recordId: batch.recordIds[at] ?? '' });
    expect(await test.world.db.prisma.step.count({ where: { name: 'export-archive' } })).toBe(8);
    expect(await ask(['many-exports'])).toEqual([]);
    await makeArchive(test, { batchId: batch.batchId });
    expect(await ask(['many-exports'])).toMatchObject([{ found: '5 (16)', officerId: idOf('jiaowu.zhang') }]);
  });
});

describe('Article 23: who is told', () => {
  beforeEach(async () => {
    clock('2026-07-03', '03:00:00');
    await reveal('jiaowu.cai');
    await step('xuewei.zhuren', 'correct-roster', [
      { kind: 'resolution', id: batch.resolutionId, version: 1, digest: '0'.repeat(64) },
    ]);
  });
  const names = async (as: string, more = {}) => (await ask(['outside-hours'], as, more)).map((one) => one.officerName);

  it('the auditor of everybody, the head of the degree office of everybody else, nobody else of anything', async () => {
    expect((await names('jiancha')).sort()).toEqual(['张海燕', '赵建国']);
    expect(await names('xuewei.zhuren')).toEqual(['张海燕']);
    for (const as of ['xuewei.guan', 'jiaowu.zhang', 'jiaowu.cai', 'sheng.shen', 'donghai.xuewei']) {
      expect(await names(as), as).toEqual([]);
    }
    expect(await names('jiancha', { officerId: idOf('xuewei.zhuren') })).toEqual(['赵建国']);
    expect(await names('xuewei.zhuren', { officerId: idOf('xuewei.zhuren') })).toEqual([]);
    expect(await names('jiancha', { officerId: idOf('donghai.xuewei') })).toEqual([]);
    expect(await names('jiancha', { institution: '10999' })).toEqual([]);
  });

  it('the head of the provincial office of its own officers only', async () => {
    await bringTo(test, await collectedBatch(test, 1), 'disclosing');
    clock('2026-07-06', '23:00:00');
    await step('sheng.shen', 'declare-invalid', [record(batch.recordIds[1] ?? '')]);
    expect(await names('sheng.zhuren')).toEqual(['徐静']);
    expect(await names('jiancha')).not.toContain('徐静');
    expect(await ask(['outside-hours'], 'sheng.zhuren', { institution: '99999' })).toEqual([]);
    expect(test.callAs('sheng.zhuren').actor.officeId).toBe(PROVINCE);
  });

  it('asking changes nothing, and a period without acts has none', async () => {
    const before = await test.world.db.prisma.step.count();
    expect(await ask(undefined, 'jiancha', { from: '2025-01-01', until: '2025-12-31' })).toEqual([]);
    expect((await ask()).length).toBeGreaterThan(1);
    expect(await test.world.db.prisma.step.count()).toBe(before);
  });
});
