// The student at the API: only the own record, nothing of an officer's; officers see what students said, each office its own.
import { getNamedType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { globalId } from '../../src/graphql/global-id.ts';
import { schema } from '../../src/graphql/schema.ts';
import { type Answer, startApi, type TestApi } from '../support/api.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { scanPdf } from '../support/sample-files.ts';
import { linkTo } from '../support/student.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
let api: TestApi;
let batch: Collected;
const tokens: string[] = [];

beforeAll(async () => {
  world = await testWorld();
  world.setClock('2026-06-23');
  api = await startApi(world);
  batch = await collectedBatch(world, 2);
  for (const recordId of batch.recordIds) tokens.push(await entered(await linkTo(world, recordId)));
});
afterAll(async () => {
  await api.close();
  await world.close();
});

const told = '... on Refused { violations { code message } } ... on NotFound { kind } ... on Stale { found }';
async function entered(token: string): Promise<string> {
  const { data } = await api.ask(
    'mutation ($input: OpenLinkInput!) { openLink(input: $input) { __typename ... on StudentSession { token } ... on Refused { violations { code } } } }',
    { variables: { input: { token } } },
  );
  return data.openLink.token;
}
/** One operation of the first or second student. */
const as = (who: number, query: string, variables?: object): Promise<Answer> =>
  api.ask(query, { ...(variables ? { variables } : {}), headers: { authorization: `Bearer ${tokens[who]}` } });
const act = async (who: number, name: string, input: object, success: string) => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on ${type}Success { ${success} } ${told} } }`;
  const { data, errors } = await as(who, query, { input });
  expect(errors).toEqual([]);
  return data[name];
};
const record = (at: number) => globalId('DegreeRecord', { institution: HERE, id: batch.recordIds[at] ?? '' });

async function uploaded(
  who: number,
  bytes: Uint8Array,
): Promise<{ status: number; data: Answer['data']; errors: Answer['errors'] }> {
  const form = new FormData();
  const query = `mutation ($input: UploadStudentFileInput!) { uploadStudentFile(input: $input) { __typename ... on UploadStudentFileSuccess { digest mediaType } ${told} } }`;
  form.append('operations', JSON.stringify({ query, variables: { input: { file: null } } }));
  form.append('map', JSON.stringify({ 0: ['variables.input.file'] }));
  form.append('0', new Blob([Uint8Array.from(bytes)]), '封面.pdf');
  const headers = { authorization: `Bearer ${tokens[who]}`, 'graphql-require-preflight': '1' };
  const response = await fetch(`${api.url}/graphql`, { method: 'POST', body: form, headers });
  return { status: response.status, ...(await response.json()) };
}

describe('Isolation: a student’s session', () => {
  test('sees the own record and nothing of the other student’s', async () => {
    for (const who of [0, 1]) {
      const { data } = await as(
        who,
        '{ myRecords { id number fields { name value } photoUrl actions { name allowed } } }',
      );
      expect(data.myRecords.map((one: { id: string }) => one.id)).toEqual([record(who)]);
      expect(JSON.stringify(data)).not.toContain(batch.fields[1 - who]?.studentNumber);
      expect(JSON.stringify(data)).not.toContain(batch.fields[who]?.identityNumber);
    }
    for (const [name, input] of [
      ['confirmRecord', {}],
      ['disputeFields', { fields: [{ field: 'name', reason: '不对' }] }],
      ['requestCorrection', { fields: [{ field: 'name', reason: '不对' }] }],
    ] as const) {
      const answer = await act(0, name, { record: record(1), expectedVersion: 1, ...input }, 'simulated');
      expect(answer, name).toMatchObject({ __typename: 'NotFound' });
    }
    const secret = { record: record(1), field: 'identityNumber' };
    expect(await act(0, 'revealOwnField', secret, 'value')).toMatchObject({ __typename: 'NotFound' });
  });

  test('is refused at every query of officers', async () => {
    const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
    const open = ['verify', 'checkpoint', 'checkpoints', 'myRecords'];
    // What is published is for everybody (article 17).
    open.push('publishedStatistics', 'publishedStatisticsByYear', 'statisticsPublication');
    let asked = 0;
    for (const field of fields.filter(({ name }) => !open.includes(name))) {
      const args = field.args
        .filter(({ type }) => String(type).endsWith('!'))
        .map(({ name, type }) => {
          const value = String(type) === 'Date!' ? '"2026-06-01"' : `"${record(0)}"`;
          return `${name}: ${String(type).startsWith('[') ? `[${value}]` : value}`;
        });
      const inner = 'getFields' in getNamedType(field.type) ? ' { __typename }' : '';
      const query = `{ answer: ${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${inner} }`;
      const { errors, data } = await as(0, query);
      expect(errors[0]?.extensions.code, query).toBe('UNAUTHENTICATED');
      expect(data?.answer ?? null, query).toBeNull();
      asked += 1;
    }
    expect(asked).toBeGreaterThan(20);
  });

  test('is refused at every mutation of officers, and officers at every mutation of students', async () => {
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
    const students = mutations.filter(({ description }) => description?.includes("For a student's session."));
    expect(students).toHaveLength(6);
    const doors = ['signIn', 'openLink', 'studentSignIn', 'studentSignOut', 'uploadFile', 'uploadStudentFile'];
    // It takes an upload: tried as a visitor by test/graphql/authorisation.test.ts.
    doors.push('traceLeak');
    for (const field of mutations.filter(({ name }) => !doors.includes(name))) {
      const [arg] = field.args;
      // The shape of the input is not asked: a document that leaves it out of a variable is refused as a whole.
      const query = arg
        ? `mutation ($input: ${arg.type}) { ${field.name}(input: $input) { __typename } }`
        : `mutation { ${field.name} { __typename } }`;
      const variables = { input: arg ? sample(String(arg.type)) : undefined };
      const { errors } = students.includes(field)
        ? await api.ask(query, { as: 'jiaowu.cai', variables })
        : await as(0, query, variables);
      expect(errors[0]?.extensions.code, field.name).toBe('UNAUTHENTICATED');
    }
  });

  test('gets no download without a link, and none of another’s photo address by guessing', async () => {
    const headers = { authorization: `Bearer ${tokens[0]}` };
    for (const path of [
      `/bundles/records/${record(0)}.json`,
      `/files/${HERE}/${'0'.repeat(64)}`,
      `/links/${record(0)}.csv`,
    ]) {
      expect((await fetch(api.url + path, { headers })).status, path).toBe(401);
    }
    const { data } = await as(0, '{ myRecords { photoUrl } }');
    const { pathname, search } = new URL(data.myRecords[0].photoUrl);
    expect((await fetch(api.url + pathname + search)).status).toBe(200);
  });

  test('that is over says so', async () => {
    const token = await entered(await linkTo(world, batch.recordIds[1] ?? ''));
    const headers = { authorization: `Bearer ${token}` };
    expect((await api.ask('mutation { studentSignOut { ended } }', { headers })).data.studentSignOut.ended).toBe(true);
    const { errors } = await api.ask('{ myRecords { id } }', { headers });
    expect(errors[0]?.extensions.code).toBe('SESSION_EXPIRED');
  });
});

/** Some value of an input type, deep enough to be one. */
function sample(type: string): unknown {
  const named = schema.getType(type.replace(/[[\]!]/g, ''));
  if (type.startsWith('[')) return [sample(type.slice(1, type.lastIndexOf(']')))];
  if (named && 'getFields' in named) {
    const fields = Object.values(named.getFields() as Record<string, { name: string; type: unknown }>);
    const needed = fields.filter((field) => String(field.type).endsWith('!'));
    return Object.fromEntries(needed.map((field) => [field.name, sample(String(field.type).slice(0, -1))]));
  }
  if (named && 'getValues' in named) return named.getValues()[0]?.name;
  const values: Record<string, unknown> = {
    Int: 1,
    Boolean: true,
    Date: '2026-06-20',
    DateTime: '2026-06-20T00:00:00Z',
    JSON: {},
  };
  return values[named?.name ?? ''] ?? 'x';
}

describe('Article 11(1): the whole way over the API', () => {
  test('evidence, dispute, answer and confirmation, each with its receipt', async () => {
    const file = await uploaded(0, scanPdf('论文封面'));
    const { digest } = file.data.uploadStudentFile;
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    const fields = [
      { field: 'thesisTitle', proposed: '小学语文教学研究', reason: '题目误录' },
      { field: 'identityNumber', proposed: '371502200403120038', reason: '末四位有误' },
    ];
    const word = { record: record(0), expectedVersion: 1, fields, evidence: [digest] };
    const disputed = await act(0, 'disputeFields', word, 'dispute receipt { at leafIndex statement }');
    expect(JSON.parse(disputed.receipt.statement)).toMatchObject({ step: 'dispute', officer: null, files: [digest] });
    const query = `{ disputes(institution: "${HERE}", state: [OPEN]) { totalCount nodes { id version fields { field found proposed reason }
      evidence { digest downloadUrl } record { id confirmedAt disputes { totalCount } } } } }`;
    const { data } = await api.ask(query, { as: 'jiaowu.cai' });
    expect(data.disputes).toMatchObject({
      totalCount: 1,
      nodes: [{ id: disputed.dispute, version: 1, record: { id: record(0), disputes: { totalCount: 1 } } }],
    });
    const [title, identity] = data.disputes.nodes[0].fields;
    expect(title).toEqual({
      field: 'thesisTitle',
      found: batch.fields[0]?.thesisTitle,
      proposed: '小学语文教学研究',
      reason: '题目误录',
    });
    expect(identity).toMatchObject({ proposed: '3****************8' });
    const { pathname, search } = new URL(data.disputes.nodes[0].evidence[0].downloadUrl);
    expect((await fetch(api.url + pathname + search)).status).toBe(200);
    const direct = await fetch(`${api.url}/files/${HERE}/${digest}`, {
      headers: { authorization: `Bearer ${await api.signIn('jiaowu.he')}` },
    });
    expect(direct.status).toBe(200);
    for (const stranger of ['jixu.cai', 'sheng.shen', 'donghai.cai']) {
      const unseen = await api.ask(query, { as: stranger });
      expect(unseen.data.disputes, stranger).toMatchObject({ totalCount: 0, nodes: [] });
      const node = await api.ask('query ($id: ID!) { node(id: $id) { id } }', {
        as: stranger,
        variables: { id: disputed.dispute },
      });
      expect(node.data.node, stranger).toBeNull();
      const headers = { authorization: `Bearer ${await api.signIn(stranger)}` };
      expect((await fetch(`${api.url}/files/${HERE}/${digest}`, { headers })).status, stranger).toBe(404);
    }
    const reply = await api.ask(
      'mutation ($input: AnswerDisputeInput!) { answerDispute(input: $input) { __typename ... on AnswerDisputeSuccess { dispute { state } step { name officer { name } } } } }',
      {
        as: 'jiaowu.cai',
        variables: { input: { dispute: disputed.dispute, outcome: 'DECLINED', answer: '与存档原件一致' } },
      },
    );
    expect(reply.data.answerDispute).toMatchObject({
      dispute: { state: 'DECLINED' },
      step: { name: 'ANSWER_DISPUTE' },
    });
    const mine = await as(0, '{ myRecords { version disputes { state answer fields { field } } } }');
    expect(mine.data.myRecords[0].disputes).toMatchObject([{ state: 'DECLINED', answer: '与存档原件一致' }]);
    const confirmed = await act(
      0,
      'confirmRecord',
      { record: record(0), expectedVersion: 1 },
      'version receipt { leafHash }',
    );
    expect(confirmed).toMatchObject({ version: 1, receipt: { leafHash: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    const steps = await api.ask(
      `{ steps(institution: "${HERE}", name: [CONFIRM, DISPUTE]) { nodes { name officer { name } office { name } } } }`,
      { as: 'jiancha' },
    );
    expect(steps.data.steps.nodes.map((step: { officer: unknown }) => step.officer)).toEqual([null, null]);
    expect(api.logged).toEqual([]);
  });

  test('a stale version, a wrong id and an upload that is too large are told apart', async () => {
    const stale = await act(1, 'confirmRecord', { record: record(1), expectedVersion: 9 }, 'version');
    expect(stale).toMatchObject({ __typename: 'Stale', found: 1 });
    for (const id of ['', 'x', globalId('Batch', { institution: HERE, id: batch.batchId })]) {
      const answer = await act(1, 'confirmRecord', { record: id, expectedVersion: 1 }, 'version');
      expect(answer).toMatchObject({ __typename: 'NotFound' });
    }
    const answer = await uploaded(1, new Uint8Array(7 * 1024 * 1024));
    expect(answer.status).toBe(413);
  });

  test('the sheet of links comes only by the address that the sealed step gives out', async () => {
    const issue = await api.ask(
      `mutation ($input: IssueLinksInput!) { issueLinks(input: $input) { __typename ... on IssueLinksSuccess { total lastDay job { id } } } }`,
      {
        as: 'jiaowu.cai',
        variables: { input: { institution: HERE, batch: globalId('Batch', { institution: HERE, id: batch.batchId }) } },
      },
    );
    const { job, total } = issue.data.issueLinks;
    expect(total).toBe(2);
    const ask = () =>
      api.ask(
        'mutation ($input: ExportLinksInput!) { exportLinks(input: $input) { __typename ... on Refused { violations { code } } ... on ExportLinksSuccess { people csv: downloadUrl(format: CSV) xlsx: downloadUrl } } }',
        { as: 'jiaowu.cai', variables: { input: { job: job.id, reason: '发送本人确认链接' } } },
      );
    expect((await ask()).data.exportLinks.violations).toMatchObject([{ code: 'links-not-ready' }]);
    const { runDueJobs } = await import('../../src/procedures/run-jobs.ts');
    await runDueJobs(world.world);
    const { people, csv, xlsx } = (await ask()).data.exportLinks;
    expect(people).toBe(2);
    const fetched = async (url: string) => {
      const { pathname, search } = new URL(url);
      return fetch(api.url + pathname + search);
    };
    const sheet = await (await fetched(csv)).text();
    expect(sheet).toContain('本人确认链接');
    expect(sheet.match(/https:\/\/degrees\.example\/s#[A-Za-z0-9_-]{43}/g)).toHaveLength(2);
    expect((await fetched(xlsx)).headers.get('content-type')).toContain('spreadsheetml');
    const bare = new URL(csv).pathname;
    const headers = { authorization: `Bearer ${await api.signIn('jiaowu.cai')}` };
    expect((await fetch(api.url + bare, { headers })).status).toBe(403);
    expect((await fetch(api.url + bare)).status).toBe(401);
  });
});
