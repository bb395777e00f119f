// Articles 5, 11(4), 14 through the API: what the degree office gathers, what comes back, and the clocks, as a frontend asks for them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { globalId } from '../../src/graphql/global-id.ts';
import { enqueueReminders } from '../../src/procedures/deadlines/remind.ts';
import { runDueJobs } from '../../src/procedures/run-jobs.ts';
import { type Data, startApi, type TestApi } from '../support/api.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { scanPdf } from '../support/sample-files.ts';
import { bringTo } from '../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
let api: TestApi;
let here: Collected;
let record: string;
let resolution: string;

beforeAll(async () => {
  world = await testWorld();
  world.setClock('2026-06-23');
  api = await startApi(world);
  here = await collectedBatch(world, 3);
  record = globalId('DegreeRecord', { institution: HERE, id: here.recordIds[0] ?? '' });
  resolution = globalId('Resolution', { institution: HERE, id: here.resolutionId });
});
afterAll(async () => {
  await api.close();
  await world.close();
});

const ANSWERS =
  '... on Refused { violations { code path found } } ... on Forbidden { violations { code } } ... on NotFound { kind } ... on Stale { found }';

async function act(as: string, name: string, input: object, fields: string): Promise<Data> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const { data, errors } = await api.ask(
    `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on ${type}Success { ${fields} } ${ANSWERS} } }`,
    { as, variables: { input } },
  );
  expect(errors, api.logged.join('\n')).toEqual([]);
  return data[name];
}
async function ask(as: string, query: string, variables: object = {}): Promise<Data> {
  const { data, errors } = await api.ask(query, { as, variables });
  expect(errors, api.logged.join('\n')).toEqual([]);
  return data;
}

describe('Article 11(4): clocks', () => {
  test('the board is paged, the next to be over first', async () => {
    const second = await collectedBatch(world, 1);
    const query = (args: string) =>
      `{ deadlines(${args}) { totalCount nodes { kind subject office nextStep open nominal rolled daysLeft state category } pageInfo { hasNextPage endCursor } } }`;
    const { deadlines } = await ask('jiaowu.cai', query('first: 1'));
    expect(deadlines).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true } });
    const next = await ask('jiaowu.cai', query(`first: 1, after: "${deadlines.pageInfo.endCursor}"`));
    const subjects = [deadlines.nodes[0], next.deadlines.nodes[0]].map((node) => node.subject);
    expect(subjects.sort()).toEqual(
      [resolution, globalId('Resolution', { institution: HERE, id: second.resolutionId })].sort(),
    );
    expect(next.deadlines.pageInfo.hasNextPage).toBe(false);
    const back = await ask('jiaowu.cai', query(`last: 1, before: "${next.deadlines.pageInfo.endCursor}"`));
    expect(back.deadlines.nodes).toEqual(deadlines.nodes);
    const late = await ask('jiaowu.cai', query('state: [LATE]'));
    expect(late.deadlines.nodes).toEqual([]);
    const { errors } = await api.ask(query('first: 1, after: "x"'), { as: 'jiaowu.cai' });
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    await bringTo(world, second, 'reported');
  });

  test('reminders are read unread first, and marked as read by the office', async () => {
    world.setClock('2026-07-04');
    await enqueueReminders(world.world);
    await runDueJobs(world.world);
    world.setClock('2026-07-07');
    await enqueueReminders(world.world);
    await runDueJobs(world.world);
    const query = '{ reminders { nodes { id phase kind subject read nextStep day } } }';
    const before = (await ask('jiaowu.he', query)).reminders.nodes;
    expect(before).toMatchObject([
      { phase: 'DUE', kind: 'REPORT', subject: resolution, read: false, nextStep: 'CROSS_CHECK' },
      { phase: 'WARNING', read: false, day: '2026-07-04' },
    ]);
    const input = { reminder: before[0].id };
    expect(await act('jiaowu.he', 'markReminderRead', input, 'reminder { read readAt }')).toMatchObject({
      reminder: { read: true },
    });
    const after = (await ask('jiaowu.cai', query)).reminders.nodes;
    expect(after.map(({ phase, read }: Data) => [phase, read])).toEqual([
      ['WARNING', false],
      ['DUE', true],
    ]);
    expect((await act('yanjiu.cai', 'markReminderRead', input, 'simulated')).__typename).toBe('NotFound');
    expect((await act('jiaowu.cai', 'markReminderRead', { reminder: record }, 'simulated')).__typename).toBe(
      'NotFound',
    );
    expect(
      (await ask('jiaowu.cai', '{ reminders(unreadOnly: true) { nodes { phase } } }')).reminders.nodes,
    ).toHaveLength(1);
  });

  test('the calendar says where each day comes from; entering days shows what moves', async () => {
    const digest = (await api.upload('xuewei.guan', 'CALENDAR_NOTICE', scanPdf('notice'), '通知.pdf')) as string | Data;
    const noticeDigest = typeof digest === 'string' ? digest : digest.digest;
    const days = [{ date: '2026-07-08', kind: 'HOLIDAY', name: '校庆' }];
    const input = { institution: HERE, days, noticeDigest };
    expect(
      await act(
        'xuewei.guan',
        'setCalendarDays',
        input,
        'days movedCount moved { rolledBefore rolledAfter } step { name }',
      ),
    ).toMatchObject({ days: 1, movedCount: 0, step: { name: 'SET_CALENDAR' } });
    const { calendar } = await ask('jiaowu.cai', '{ calendar { nodes { date kind source name } totalCount } }');
    expect(calendar.nodes).toContainEqual({ date: '2026-07-08', kind: 'HOLIDAY', source: 'OWN', name: '校庆' });
    expect(calendar.nodes).toContainEqual({ date: '2026-10-01', kind: 'HOLIDAY', source: 'BUILT_IN', name: '国庆节' });
    const other = await ask('donghai.cai', `{ calendar(institution: "${HERE}") { nodes { date } } }`);
    expect(other.calendar.nodes).toEqual([]);
    const { errors } = await api.ask('{ calendar(year: 99999) { nodes { date } } }', { as: 'jiaowu.cai' });
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('Articles 5 and 14: from gathering to the form check', () => {
  const GATHERING =
    'query ($id: ID!) { resolution(id: $id) { gathering { category rosterSize recorded reported reportedUpward withdrawn missing disagreements complete } missingPeople { totalCount nodes { sequence name } } disagreements { nodes { sequence record { id } violations { code } } } upwardReports { nodes { whole reported missing reason step { name } } } } }';

  test('the gathering, and a report that says that it is whole', async () => {
    world.setClock('2026-06-23');
    await bringTo(world, here, 'reported');
    world.setClock('2026-07-07');
    const { resolution: gathered } = await ask('xuewei.guan', GATHERING, { id: resolution });
    expect(gathered).toMatchObject({
      gathering: [{ category: 'REGULAR_BACHELOR', rosterSize: 3, reported: 3, missing: 0, complete: true }],
      missingPeople: { totalCount: 0 },
      disagreements: { nodes: [] },
    });
    const fields = 'reported whole missing categories { category reported }';
    expect(await act('xuewei.guan', 'reportUpward', { resolution, partial: false }, fields)).toMatchObject({
      reported: 3,
      whole: true,
      categories: [{ category: 'REGULAR_BACHELOR', reported: 3 }],
    });
    const seen = await ask('sheng.shen', GATHERING, { id: resolution });
    expect(seen.resolution).toMatchObject({ gathering: [], upwardReports: { nodes: [{ whole: true, reported: 3 }] } });
  });

  test('a return is answered and corrected; the reviewer sees what changed since', async () => {
    const reasons = [
      { field: 'thesisTitle', reason: '题目有误' },
      { field: 'thesisKeywords', reason: '关键词过少' },
    ];
    await act('sheng.shen', 'returnRecords', { returns: [{ record, reasons }] }, 'returned');
    const answer = '关键词为答辩时确定的两个，与论文封面一致，无误。';
    const said = { record, expectedVersion: 1, field: 'thesisKeywords', answer };
    expect(await act('jiaowu.cai', 'answerReviewReason', said, 'open record { state } step { name }')).toMatchObject({
      open: 1,
      record: { state: 'RETURNED' },
      step: { name: 'ANSWER_REVIEW_REASON' },
    });
    const changes = { thesisTitle: '小学语文整本书阅读教学的现状与对策' };
    await act('jiaowu.cai', 'correctRecord', { record, expectedVersion: 1, changes }, 'version');
    const batch = globalId('Batch', { institution: HERE, id: here.batchId });
    await act('jiaowu.he', 'crossCheckRecords', { batch }, 'checked');
    await act('jiaowu.cai', 'reportBatch', { batch }, 'reported');
    await act('xuewei.guan', 'reportUpward', { resolution }, 'reported');
    const query =
      'query ($id: ID!) { record(id: $id) { state version changesSinceSubmission { field before after } returns { nodes { source field state answer resolvedVersion } } submissions { nodes { number version report { name } upward { name } returned { name } corrections { name } changes { field } } } } }';
    const { record: reviewed } = await ask('sheng.shen', query, { id: record });
    expect(reviewed.changesSinceSubmission).toEqual([
      { field: 'thesisTitle', before: '小学语文整本书阅读教学研究', after: changes.thesisTitle },
    ]);
    expect(reviewed.returns.nodes).toEqual(
      expect.arrayContaining([
        { source: 'REVIEW', field: 'thesisTitle', state: 'CORRECTED', answer: null, resolvedVersion: 2 },
        { source: 'REVIEW', field: 'thesisKeywords', state: 'ANSWERED', answer, resolvedVersion: 1 },
      ]),
    );
    // The province sees its own steps and the report to it, not what went on inside the institution.
    expect(reviewed.submissions.nodes).toMatchObject([
      { number: 1, report: null, upward: { name: 'REPORT_UPWARD' }, returned: { name: 'RETURN_RECORDS' } },
      { number: 2, version: 2, returned: null, changes: [{ field: 'thesisTitle' }] },
    ]);
    const { record: own } = await ask('jiaowu.cai', query, { id: record });
    expect(own.submissions.nodes[0]).toMatchObject({
      report: { name: 'REPORT' },
      corrections: [{ name: 'ANSWER_REVIEW_REASON' }, { name: 'CORRECT' }],
    });
  });

  test('one is withdrawn, the rest is filed; a form check brings one back, and the batch waits for it', async () => {
    const other = globalId('DegreeRecord', { institution: HERE, id: here.recordIds[1] ?? '' });
    const withdrawals = [{ record: other, reason: '决议文号录入有误，需核对' }];
    expect(await act('xuewei.guan', 'withdrawRecords', { withdrawals }, 'withdrawn step { name }')).toMatchObject({
      withdrawn: 1,
      step: { name: 'WITHDRAW_RECORDS' },
    });
    const mixed = [...withdrawals, { record: resolution, reason: '误' }];
    expect((await act('xuewei.guan', 'withdrawRecords', { withdrawals: mixed }, 'withdrawn')).__typename).toBe(
      'NotFound',
    );
    expect((await act('xuewei.guan', 'withdrawRecords', { withdrawals: [] }, 'withdrawn')).__typename).toBe('Refused');
    const batch = globalId('Batch', { institution: HERE, id: here.batchId });
    await act('sheng.shen', 'reviewBatch', { batch }, 'reviewed');
    expect(await act('sheng.shen', 'fileBatch', { batch }, 'filed batch { state waiting }')).toMatchObject({
      filed: 2,
      batch: { state: 'FILED', waiting: 0 },
    });
    const uploaded = (await api.upload('sheng.shen', 'FORM_CHECK', scanPdf('feedback'), '核查.pdf')) as string | Data;
    const fileDigest = typeof uploaded === 'string' ? uploaded : uploaded.digest;
    const number = (at: number) => here.fields[at]?.certificateNumber ?? '';
    const results = [
      { certificateNumber: number(0), passed: false, reasons: [{ field: '论文题目', reason: '题目有误' }] },
      { certificateNumber: number(2), passed: true },
    ];
    const input = { institution: HERE, number: '核查〔2026〕8号', feedbackOn: '2026-07-07', fileDigest, results };
    expect(
      await act('sheng.shen', 'recordFormCheck', input, 'passed failed formCheck { number passed failed categories }'),
    ).toMatchObject({
      passed: 1,
      failed: 1,
      formCheck: { number: '核查〔2026〕8号', categories: ['REGULAR_BACHELOR'] },
    });
    expect((await act('xuewei.guan', 'recordFormCheck', input, 'passed')).__typename).toBe('Forbidden');
    const { batch: shown } = await ask('sheng.shen', 'query ($id: ID!) { batch(id: $id) { state waiting } }', {
      id: batch,
    });
    expect(shown).toEqual({ state: 'REPORTED_UPWARD', waiting: 1 });
    const query =
      'query ($id: ID!) { record(id: $id) { state formCheckedAt withdrawals { nodes { from reason } } returns(last: 1) { nodes { source field } } } }';
    const passed = globalId('DegreeRecord', { institution: HERE, id: here.recordIds[2] ?? '' });
    expect((await ask('jiaowu.cai', query, { id: passed })).record.formCheckedAt).not.toBeNull();
    expect((await ask('jiaowu.cai', query, { id: record })).record).toMatchObject({
      state: 'RETURNED',
      formCheckedAt: null,
      returns: { nodes: [{ source: 'FORM_CHECK', field: 'thesisTitle' }] },
    });
    expect((await ask('sheng.shen', query, { id: other })).record).toMatchObject({
      state: 'WITHDRAWN',
      withdrawals: { nodes: [{ from: 'REPORTED_UPWARD' }] },
    });
    expect((await ask('jiaowu.cai', '{ formChecks { nodes { number } } }')).formChecks.nodes).toHaveLength(1);
    expect((await ask('yanjiu.cai', '{ formChecks { nodes { number } } }')).formChecks.nodes).toEqual([]);
  });
});
