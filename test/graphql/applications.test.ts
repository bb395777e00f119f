// Articles 13, 15, 16 over GraphQL: a change from draft to effect, lists with clocks and next actions, history as fields.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/graphql/global-id.ts';
import { fileBatch } from '../../src/procedures/reporting/filing.ts';
import { reviewBatch } from '../../src/procedures/reporting/review.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { scanPdf } from '../support/sample-files.ts';
import { bringTo } from '../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

const REFUSALS =
  '... on Refused { violations { code path article message messageEn found expected } } ... on Forbidden { violations { code } } ... on NotFound { kind id } ... on Stale { found expected }';

let world: TestWorld;
let api: TestApi;
let batch: Collected;
let evidence: string;

beforeAll(async () => {
  world = await testWorld();
  api = await startApi(world);
  world.setClock('2026-06-23');
  batch = await collectedBatch(world, 4);
  await bringTo(world, batch, 'reported-upward');
  const where = { institution: HERE, batchId: batch.batchId };
  await reviewBatch(world.callAs('sheng.shen'), where);
  await fileBatch(world.callAs('sheng.shen'), where);
  world.setClock('2026-09-01');
  evidence = (await api.upload('jiaowu.cai', 'EVIDENCE', scanPdf('proof'), '存档论文封面.pdf')).digest;
});
afterAll(async () => {
  await api.close();
  await world.close();
});

async function act(as: string, name: string, input: object, fields: string) {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on ${type}Success { simulated ${fields} } ${REFUSALS} } }`;
  const { data, errors } = await api.ask(query, { as, variables: { input } });
  expect(errors, api.logged.join('\n')).toEqual([]);
  return data[name];
}
async function done(as: string, name: string, input: object, fields = 'application { id state version }') {
  const result = await act(as, name, input, fields);
  expect(result, JSON.stringify(result, null, 1).slice(0, 2000)).toMatchObject({ simulated: false });
  return result;
}
async function ask(as: string, query: string, variables: object = {}) {
  const { data, errors } = await api.ask(query, { as, variables });
  expect(errors, api.logged.join('\n')).toEqual([]);
  return data;
}

const recordId = (at: number) => encodeGlobalId('DegreeRecord', `${HERE}/${batch.recordIds[at]}`);
const change = (at: number, changes: object[]) => ({ record: recordId(at), changes });
const input = (records: object[], more: object = {}) => ({
  institution: HERE,
  category: 'REGULAR_BACHELOR',
  reason: '核查学位档案时发现论文题目录入有误，与存档论文封面不一致。',
  finding: '已调阅存档论文封面，情况属实。',
  evidence: [{ title: '存档论文封面', fileDigest: evidence }],
  records,
  ...more,
});
const TITLE = { field: 'thesisTitle', after: '运河沿线小学整本书阅读教学研究', evidence: [1] };
const PHONE = { field: 'phone', after: '13900001234', evidence: [1] };

describe('Article 15: a change request over GraphQL', () => {
  let application: string;

  test('a refusal names the person, the field and the article', async () => {
    const refused = await act(
      'jiaowu.cai',
      'draftChangeRequest',
      input([change(0, [{ field: 'name', after: '另一名', evidence: [1] }])]),
      'caseNumber',
    );
    expect(refused.__typename).toBe('Refused');
    expect(refused.violations).toContainEqual(
      expect.objectContaining({
        code: 'roster-mismatch',
        path: 'records[0].changes.name',
        article: '9',
        found: '另一名',
      }),
    );
  });

  test('simulated it says the same and leaves nothing', async () => {
    const asked = input([change(0, [TITLE])], { simulate: true });
    const simulated = await act('jiaowu.cai', 'draftChangeRequest', asked, 'application { id }');
    expect(simulated).toMatchObject({ simulated: true, application: null });
    const data = await ask('jiaowu.cai', '{ changeRequests { totalCount } }');
    expect(data.changeRequests.totalCount).toBe(0);
  });

  test('drafted, it shows before and after with the evidence, secrets masked, and the next hand', async () => {
    const drafted = await done(
      'jiaowu.cai',
      'draftChangeRequest',
      input([change(0, [TITLE, PHONE]), change(1, [TITLE])]),
      'caseNumber application { __typename id state version }',
    );
    expect(drafted).toMatchObject({ application: { __typename: 'ChangeRequest', state: 'DRAFT', version: 1 } });
    expect(drafted.caseNumber).toMatch(/^GG-2026-\d{4}$/);
    application = drafted.application.id;
    const data = await ask(
      'jiaowu.he',
      `query ($id: ID!) { writtenApplication(id: $id) { caseNumber clock { dueOn } actions { name allowed }
        ... on ChangeRequest { reason finding }
        records { totalCount nodes { version record { id } deletion { cause } changes { field label before after evidence } } } } }`,
      { id: application },
    );
    const { actions, records, ...rest } = data.writtenApplication;
    expect(rest).toMatchObject({ clock: null, finding: '已调阅存档论文封面，情况属实。' });
    expect(actions.filter((one: { allowed: boolean }) => one.allowed).map((one: { name: string }) => one.name)).toEqual(
      ['REVISE_APPLICATION', 'WITHDRAW_APPLICATION', 'CHECK_APPLICATION'],
    );
    expect(records.totalCount).toBe(2);
    const byField = new Map(records.nodes[0].changes.map((one: { field: string }) => [one.field, one]));
    expect(byField.get('thesisTitle')).toMatchObject({ label: '论文题目', after: TITLE.after, evidence: [1] });
    expect(byField.get('phone')).toMatchObject({ after: expect.stringContaining('*') });
    expect(JSON.stringify(data)).not.toContain('13900001234');
    expect(records.nodes[0].deletion).toBeNull();
  });

  test('checked, approved, sealed, dispatched, consented and carried out', async () => {
    await done('jiaowu.he', 'checkApplication', { application });
    await done('jiaowu.zhang', 'approveApplication', { application });
    const sealed = await done(
      'xuewei.guan',
      'sealApplication',
      { application },
      'documentNumber application { documents { nodes { sequence documentNumber downloadUrl } } checkedBy { name } }',
    );
    expect(sealed.application.documents.nodes).toMatchObject([{ sequence: 1, documentNumber: sealed.documentNumber }]);
    const unseen = await ask('sheng.shen', 'query ($id: ID!) { writtenApplication(id: $id) { id } }', {
      id: application,
    });
    expect(unseen.writtenApplication).toBeNull();
    const sending = { application, addressee: 'PROVINCIAL_OFFICE', channel: 'IN_SYSTEM', dispatchedOn: '2026-09-01' };
    const sent = await done(
      'xuewei.guan',
      'dispatchApplication',
      sending,
      'remaining application { state dispatches { nodes { addressee channel dispatchedBy { name } } } }',
    );
    expect(sent).toMatchObject({
      remaining: [],
      application: { state: 'DISPATCHED', dispatches: { nodes: [{ addressee: 'PROVINCIAL_OFFICE' }] } },
    });
    const decision = (await api.upload('sheng.shen', 'DECISION', scanPdf('ok'), '批复.pdf')).digest;
    const decided = {
      application,
      decision: 'CONSENT',
      decisionNumber: '鲁学位办〔2026〕9号',
      decisionDigest: decision,
    };
    const consent = await done(
      'sheng.shen',
      'decideApplication',
      decided,
      'state batch { id } application { decisions { nodes { number } } }',
    );
    expect(consent).toMatchObject({
      state: 'CONSENTED',
      batch: null,
      application: { decisions: { nodes: [{ number: '鲁学位办〔2026〕9号' }] } },
    });
    const changed = await done(
      'jiaowu.cai',
      'changeRecords',
      { application },
      'records step { name article } application { state }',
    );
    expect(changed).toMatchObject({
      records: 2,
      step: { name: 'CHANGE', article: '15' },
      application: { state: 'CARRIED_OUT' },
    });
  });

  test('the record tells its versions, what changed between them, and what it said on a day', async () => {
    const document = `query ($id: ID!, $moment: DateTime!) { record(id: $id) { version thesisTitle phoneMasked
      diff(from: 1) { field label before after } none: diff(from: 2) { field }
      once: asOf(at: $moment) { version content } now: asOf(at: "2026-09-02T00:00:00Z") { version }
      before: asOf(at: "2020-01-01T00:00:00Z") { version }
      versions { nodes { version } } end { state } steps { nodes { name } } } }`;
    const variables = { id: recordId(0), moment: '2026-08-01T00:00:00Z' };
    const { record } = await ask('jiaowu.he', document, variables);
    expect(record).toMatchObject({ version: 2, thesisTitle: TITLE.after, none: [], end: null, before: null });
    expect(record.diff.map((one: { field: string }) => one.field).sort()).toEqual(['phone', 'thesisTitle']);
    expect(record.once.version).toBe(1);
    expect(record.once.content.thesisTitle).not.toBe(TITLE.after);
    expect(record.now.version).toBe(2);
    expect(record.versions.nodes).toEqual([{ version: 1 }]);
    expect(record.steps.nodes.map((one: { name: string }) => one.name)).toEqual(
      expect.arrayContaining(['DRAFT_APPLICATION', 'DECIDE_APPLICATION', 'CHANGE']),
    );
    expect(JSON.stringify(record)).not.toContain('13900001234');
    const { errors } = await api.ask('query ($id: ID!) { record(id: $id) { diff(from: 7) { field } } }', {
      as: 'jiaowu.he',
      variables: { id: recordId(0) },
    });
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('the case keeps what was asked, also when the record has become it', async () => {
    const query =
      'query ($id: ID!) { node(id: $id) { ... on ChangeRequest { records { nodes { changes { field before after } } } } } }';
    const data = await ask('jiaowu.cai', query, { id: application });
    const title = data.node.records.nodes[0].changes.find((one: { field: string }) => one.field === 'thesisTitle');
    expect(title.after).toBe(TITLE.after);
    expect(title.before).not.toBe(TITLE.after);
  });
});

describe('the list of cases', () => {
  test('is of all kinds or of one, by state, by deadline', async () => {
    const scan = await api.upload('xuewei.guan', 'REVOCATION_RESOLUTION_SCAN', scanPdf('revoke'), '决议.pdf');
    const resolution = {
      ...{ institution: HERE, number: '聊大学位撤〔2026〕1号', meeting: '第十九次', decidedOn: '2026-08-28' },
      ...{ effectiveOn: '2026-08-28', members: 21, present: 19, yes: 18, no: 0, abstain: 1 },
      ...{ headName: '周明远', chairName: '周明远', scanDigest: scan.digest },
    };
    const loaded = await done(
      'xuewei.guan',
      'loadRevocationResolution',
      resolution,
      'revocationResolution { id number }',
    );
    const report = {
      ...{ category: 'REGULAR_BACHELOR', revocationResolution: loaded.revocationResolution.id },
      ...{
        ground: 'ACADEMIC_MISCONDUCT',
        facts: '论文主体部分抄袭他人成果，经学术委员会认定。',
        proofs: '比对报告、认定书',
      },
      evidence: [{ title: '认定书', fileDigest: evidence }],
      records: [
        {
          ...{
            record: recordId(2),
            noticeOn: '2026-07-10',
            hearingOn: '2026-07-20',
            hearingResult: '未提出新的事实。',
          },
          ...{ deliveredOn: '2026-08-30', certificateHandling: '证书已收回。' },
        },
      ],
    };
    const drafted = await done(
      'jiaowu.cai',
      'draftRevocationReport',
      report,
      'application { __typename id clock { dueOn daysLeft late stopped } }',
    );
    expect(drafted.application).toMatchObject({
      __typename: 'RevocationReport',
      clock: { dueOn: '2026-09-07', daysLeft: 6, late: false, stopped: false },
    });
    const { due, open, over, none, reports } = await ask(
      'jiaowu.cai',
      `{ due: writtenApplications(orderBy: DUE) { nodes { __typename } }
         open: writtenApplications(open: true) { totalCount nodes { kind caseNumber } }
         over: writtenApplications(open: false, kind: [CHANGE_REQUEST]) { totalCount }
         none: deletionRequests { totalCount }
         reports: revocationReports { nodes { ground facts revocationResolution { number } records { nodes { revocation { noticeOn review { outcome } } } } } } }`,
    );
    expect(due.nodes).toEqual([{ __typename: 'RevocationReport' }]);
    expect(open).toMatchObject({ totalCount: 1, nodes: [{ kind: 'REVOCATION_REPORT' }] });
    expect(over.totalCount).toBe(1);
    expect(none.totalCount).toBe(0);
    expect(reports.nodes).toMatchObject([
      {
        ground: 'ACADEMIC_MISCONDUCT',
        revocationResolution: { number: '聊大学位撤〔2026〕1号' },
        records: { nodes: [{ revocation: { noticeOn: '2026-07-10', review: null } }] },
      },
    ]);
  });

  test('shows another office nothing', async () => {
    const data = await ask('yanjiu.cai', '{ writtenApplications { totalCount } changeRequests { totalCount } }');
    expect(data).toMatchObject({ writtenApplications: { totalCount: 0 }, changeRequests: { totalCount: 0 } });
  });

  test('an id of one kind is no id of another', async () => {
    const { changeRequests } = await ask('jiaowu.cai', '{ changeRequests { nodes { id } } }');
    const local = Buffer.from(changeRequests.nodes[0].id, 'base64url').toString('utf8').split(':')[1] ?? '';
    const data = await ask(
      'jiaowu.cai',
      'query ($id: ID!) { node(id: $id) { id } writtenApplication(id: $id) { id } }',
      {
        id: encodeGlobalId('DeletionRequest', local),
      },
    );
    expect(data).toEqual({ node: null, writtenApplication: null });
  });

  test('nor for an action: nothing is found, whatever may be done with the case itself', async () => {
    const drafted = await done(
      'jiaowu.cai',
      'draftChangeRequest',
      input([change(1, [{ ...TITLE, after: '运河沿线小学整本书阅读教学研究（续）' }])]),
    );
    const { id } = drafted.application;
    const local = Buffer.from(id, 'base64url').toString('utf8').split(':')[1] ?? '';
    const upload = await api.upload('sheng.shen', 'DECISION', scanPdf('another kind'), '批复.pdf');
    const sending = { addressee: 'PROVINCIAL_OFFICE', channel: 'IN_SYSTEM', dispatchedOn: '2026-09-01' };
    const deciding = { decision: 'CONSENT', decisionNumber: '鲁学位办〔2026〕10号', decisionDigest: upload.digest };
    const review = { record: recordId(1), outcome: 'UPHELD', on: '2026-09-01', fileDigest: upload.digest };
    const actions: [as: string, name: string, more: object][] = [
      ['jiaowu.he', 'checkApplication', {}],
      ['jiaowu.zhang', 'approveApplication', {}],
      ['xuewei.guan', 'sealApplication', {}],
      ['xuewei.guan', 'dispatchApplication', sending],
      ['sheng.shen', 'decideApplication', deciding],
      ['jiaowu.cai', 'withdrawApplication', {}],
      ['xuewei.guan', 'recordDegreeReview', review],
      ['jiaowu.cai', 'changeRecords', {}],
      ['jiaowu.zhang', 'deleteRecords', {}],
      ['xuewei.guan', 'revokeDegrees', {}],
    ];
    for (const type of ['DeletionRequest', 'SupplementaryReport', 'RevocationReport', 'DegreeRecord']) {
      const application = encodeGlobalId(type, local);
      for (const [as, name, more] of actions) {
        const answer = await act(as, name, { application, ...more }, 'application { id }');
        expect([name, answer]).toEqual([name, { __typename: 'NotFound', kind: 'WrittenApplication', id: application }]);
      }
    }
    await done('jiaowu.he', 'checkApplication', { application: id });
    const unknown = encodeGlobalId('ChangeRequest', `${HERE}/00000000-0000-4000-8000-000000000000`);
    expect(await act('jiaowu.he', 'checkApplication', { application: unknown }, 'application { id }')).toEqual({
      ...{ __typename: 'NotFound', kind: 'WrittenApplication', id: unknown },
    });
  });
});

describe('Article 16: a certificate declared invalid', () => {
  test('is an end of its own, told with its document', async () => {
    const declaration = await api.upload('sheng.shen', 'DECLARATION', scanPdf('invalid'), '决定.pdf');
    const declared = await done(
      'sheng.shen',
      'declareInvalid',
      {
        ...{ record: recordId(3), reason: '违法颁发学位证书', documentNumber: '鲁教〔2026〕2号', on: '2026-08-31' },
        fileDigest: declaration.digest,
      },
      'record { state end { state on documentNumber application } }',
    );
    expect(declared.record).toEqual({
      state: 'DECLARED_INVALID',
      end: { state: 'DECLARED_INVALID', on: '2026-08-31', documentNumber: '鲁教〔2026〕2号', application: null },
    });
  });
});
