// Article 11(4): the days by which deadlines roll are entered for each institution, never behind a judgement that rests on them.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { calendarOfYear } from '../../../src/procedures/deadlines/calendar-year.ts';
import { type SetCalendarInput, setCalendarDays } from '../../../src/procedures/deadlines/set-calendar.ts';
import { storeFile } from '../../../src/procedures/files/store-file.ts';
import { findVisibleFile } from '../../../src/procedures/files/visible-files.ts';
import { reportBatch } from '../../../src/procedures/reporting/report.ts';
import { reportingDeadline } from '../../../src/procedures/situation.ts';
import type { CalendarKind } from '../../../src/regulation/deadlines/calendar.ts';
import { addDays } from '../../../src/regulation/deadlines/deadlines.ts';
import { faults, paper, simulated } from '../../support/cases.ts';
import { type Collected, collectedBatch, EFFECTIVE } from '../../support/collected.ts';
import { bringTo, refusal } from '../../support/stages.ts';
import { HERE, PROVINCE, type TestWorld, THERE, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.reset();
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 2);
});

const day = (date: string, kind: CalendarKind = 'holiday', name = '校庆') => ({ date, kind, name });
const notice = () => paper(test, 'xuewei.guan', 'calendar-notice');
const set = async (days: SetCalendarInput['days'], more: Partial<SetCalendarInput> = {}, as = 'xuewei.guan') =>
  setCalendarDays(test.callAs(as), { institution: HERE, days, noticeDigest: await notice(), ...more });
const due = async (institution = HERE) =>
  (await reportingDeadline(test.world.db.prisma, institution, EFFECTIVE)).rolled;

describe('Article 11(4): the calendar of an institution', () => {
  it('shows which open deadlines move, from when to when, and moves no neighbour', async () => {
    expect(await due()).toBe('2026-07-07');
    const done = await set([day('2026-07-07'), day('2026-07-08')]);
    expect(done).toMatchObject({
      days: 2,
      moved: [
        {
          ...{ kind: 'report', subjectType: 'Resolution', subjectId: batch.resolutionId, category: 'regular-bachelor' },
          ...{ nominal: '2026-07-07', rolledBefore: '2026-07-07', rolledAfter: '2026-07-09' },
        },
      ],
    });
    expect(await due()).toBe('2026-07-09');
    expect(await due(THERE)).toBe('2026-07-07');
    const { statement } = await test.world.db.prisma.step.findFirstOrThrow({ where: { id: done.stepId ?? '' } });
    expect(JSON.parse(statement).facts).toMatchObject({ moved: 1, days: [{ date: '2026-07-07' }, {}] });
  });

  it('takes a day back to what the week says, also one of the built-in arrangement', async () => {
    expect(await set([day('2026-10-01', 'as-the-week', '国庆节照常')])).toMatchObject({ days: 1, moved: [] });
    const days = await calendarOfYear(test.world.db.prisma, HERE, PROVINCE, 2026);
    expect(days.find(({ date }) => date === '2026-10-01')).toMatchObject({ kind: 'as-the-week', source: 'own' });
    expect(days.find(({ date }) => date === '2026-10-02')).toMatchObject({ kind: 'holiday', source: 'built-in' });
  });

  it('a saturday that is worked ends a deadline that would have rolled over it', async () => {
    await set([day('2026-07-07'), day('2026-07-08'), day('2026-07-09'), day('2026-07-10')]);
    expect(await due()).toBe('2026-07-13');
    expect(await set([day('2026-07-11', 'working-day', '补班')])).toMatchObject({
      moved: [{ rolledBefore: '2026-07-13', rolledAfter: '2026-07-11' }],
    });
  });

  it('a day that is over stays as it is; today and later may change', async () => {
    test.setClock('2026-07-08');
    expect(await faults(set([day('2026-07-07')]))).toEqual(['calendar-day-past@days[0].date']);
    expect(await set([day('2026-07-08')])).toMatchObject({ days: 1 });
  });

  it('what was sealed with a deadline keeps the day that it stated', async () => {
    await bringTo(test, batch, 'disclosed');
    const where = { institution: HERE, batchId: batch.batchId, errorPolicy: 'all-or-nothing' as const };
    const { stepId } = await reportBatch(test.callAs('jiaowu.cai'), where);
    await set([day('2026-07-07'), day('2026-07-08')]);
    const { statement } = await test.world.db.prisma.step.findFirstOrThrow({ where: { id: stepId ?? '' } });
    expect(JSON.parse(statement).facts.deadline).toBe('2026-07-07');
  });

  it('what is reported is no open deadline any more, and does not move', async () => {
    await bringTo(test, batch, 'reported');
    expect(await set([day('2026-07-07')])).toMatchObject({ moved: [] });
  });

  it('the province enters days for its institutions, and what it entered is not theirs to change', async () => {
    const noticeDigest = await paper(test, 'sheng.shen', 'calendar-notice', 'notice of the province');
    await setCalendarDays(test.callAs('sheng.shen'), { institution: HERE, days: [day('2026-07-07')], noticeDigest });
    expect(await faults(set([day('2026-07-07', 'as-the-week')]))).toEqual(['calendar-day-of-province@days[0].date']);
    const days = await calendarOfYear(test.world.db.prisma, HERE, PROVINCE, 2026);
    expect(days.find(({ date }) => date === '2026-07-07')).toMatchObject({ source: 'province' });
    await setCalendarDays(test.callAs('sheng.shen'), {
      ...{ institution: HERE, days: [day('2026-07-07', 'as-the-week')], noticeDigest },
    });
    expect(await due()).toBe('2026-07-07');
  });

  it('no officer of another office or institution, and no auditor', async () => {
    for (const as of ['jiaowu.cai', 'donghai.xuewei', 'jiancha']) {
      expect((await refusal(set([day('2026-07-07')], {}, as))).kind, as).toBe('Forbidden');
    }
  });

  it.each([
    ['nothing', [], ['calendar-empty@days']],
    ['the same day twice', [day('2026-07-07'), day('2026-07-07')], ['calendar-day-doubled@days[1].date']],
    ['a day that does not exist', [day('2026-02-30')], ['date-impossible@days[0].date']],
    ['an unknown kind', [day('2026-07-07', 'feast' as never)], ['calendar-kind-unknown@days[0].kind']],
    ['no name', [day('2026-07-07', 'holiday', ' ')], ['calendar-name@days[0].name']],
    ['a long name', [day('2026-07-07', 'holiday', '长'.repeat(41))], ['field-too-long@days[0].name']],
    ['a name that nobody sees', [day('2026-07-07', 'holiday', 'a\u202eb')], ['text-unreadable-character@days[0].name']],
  ])('refuses %s', async (_, days, expected) => {
    expect(await faults(set(days))).toEqual(expected);
  });

  it('refuses more days than a year has', async () => {
    const days = Array.from({ length: 401 }, () => day('2026-07-07'));
    expect((await refusal(set(days))).codes).toEqual(['calendar-too-many']);
  });

  it('a year of holidays moves no deadline: neither at once nor piece by piece', async () => {
    const days = Array.from({ length: 367 }, (_, at) => day(addDays('2026-07-01', at)));
    expect((await refusal(set(days))).codes).toEqual(['calendar-too-loose', 'calendar-too-many-holidays']);
    expect(await due()).toBe('2026-07-07');
    await set(days.slice(6, 12));
    expect((await refusal(set(days.slice(12, 20)))).codes).toEqual(['calendar-too-loose']);
    expect(await due()).toBe('2026-07-13');
  });

  it('an arranged year needs the notice; a year to come does not', async () => {
    expect(await faults(set([day('2026-07-07')], { noticeDigest: null }))).toEqual([
      'calendar-notice-missing@days[0].date',
    ]);
    expect(await set([day('2027-01-01', 'holiday', '元旦')], { noticeDigest: null })).toMatchObject({ days: 1 });
    expect(await faults(set([day('2026-07-07')], { noticeDigest: 'f'.repeat(64) }))).toEqual([
      'file-missing@noticeDigest',
    ]);
  });

  it('comes as a table, in Chinese words', async () => {
    const text = '日期,类别,名称\n2027-01-01,放假,元旦\n2027-01-03,上班,元旦调休\n';
    const bytes = Buffer.from(text, 'utf8');
    const input = { institution: HERE, kind: 'calendar-table', name: '安排.csv', bytes } as const;
    const { digest: tableDigest } = await storeFile(test.callAs('xuewei.guan'), input);
    expect(await set([], { tableDigest })).toMatchObject({ days: 2 });
    expect((await refusal(set([day('2027-05-01')], { tableDigest }))).codes).toContain('calendar-both');
  });

  it('a simulation writes nothing; the notice is seen inside the institution and by its province', async () => {
    const noticeDigest = await notice();
    const days = [day('2026-07-07')];
    await simulated(test, () =>
      setCalendarDays(test.callAs('xuewei.guan', { simulate: true }), { institution: HERE, days, noticeDigest }),
    );
    expect(await due()).toBe('2026-07-07');
    await set(days);
    const seen = async (as: string) =>
      (await findVisibleFile(test.world, test.callAs(as).actor, { institution: HERE, digest: noticeDigest })) !== null;
    expect([await seen('jiaowu.cai'), await seen('sheng.shen'), await seen('donghai.xuewei')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
