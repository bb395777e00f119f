// Articles 6 to 11: the whole way of one batch over GraphQL, as a frontend goes it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeZip } from '../../src/files/zip.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { photoJpeg, scanPdf } from '../support/sample-files.ts';
import { enrolmentCsv, enrolmentOf, recordCsv, rosterCsv, sampleRecords } from '../support/samples.ts';
import { type TestWorld, testWorld } from '../support/world.ts';

const VIOLATIONS =
  '... on Refused { violationCount violations { code path article message messageEn found expected } } ... on Forbidden { violations { code } } ... on NotFound { kind id } ... on Stale { found expected }';

let world: TestWorld;
let api: TestApi;

beforeAll(async () => {
  world = await testWorld();
  api = await startApi(world);
});
afterAll(async () => {
  await api.close();
  await world.close();
});

async function act(as: string, name: string, input: object, fields: string) {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on ${type}Success { simulated ${fields} } ${VIOLATIONS} } }`;
  const { data, errors } = await api.ask(query, { as, variables: { input } });
  expect(errors, api.logged.join('\n')).toEqual([]);
  return data[name];
}

async function done(as: string, name: string, input: object, fields: string) {
  const result = await act(as, name, input, fields);
  expect(result, JSON.stringify(result, null, 1).slice(0, 2000)).toMatchObject({ simulated: false });
  return result;
}

describe('Articles 6 to 11: one batch goes from the resolution to its filing over GraphQL', () => {
  const records = sampleRecords('regular-bachelor', 12);
  let batch: string;
  let resolution: string;

  test('the degree office loads the resolution with its scan and roster, and the template', async () => {
    world.setClock('2026-06-22');
    const scan = await api.upload('xuewei.guan', 'RESOLUTION_SCAN', scanPdf(), '决议.pdf');
    const roster = await api.upload('xuewei.guan', 'ROSTER', rosterCsv(records), '名单.csv');
    const loaded = await done(
      'xuewei.guan',
      'loadResolution',
      {
        institution: '10447',
        number: '聊大学位〔2026〕6号',
        meeting: '第十二次会议',
        decidedOn: '2026-06-20',
        effectiveOn: '2026-06-20',
        members: 21,
        present: 19,
        yes: 19,
        no: 0,
        abstain: 0,
        headName: '周明远',
        chairName: '周明远',
        scanDigest: scan.digest,
        rosterDigest: roster.digest,
      },
      'rosterSize step { name article seal { name demo } } resolution { id number roster(first: 2) { totalCount nodes { name } } }',
    );
    expect(loaded.rosterSize).toBe(12);
    expect(loaded.step).toMatchObject({ name: 'LOAD_RESOLUTION', article: '6', seal: { demo: true } });
    expect(loaded.resolution.roster).toMatchObject({ totalCount: 12, nodes: [{}, {}] });
    resolution = loaded.resolution.id;
    await done(
      'xuewei.guan',
      'addCertificateTemplate',
      {
        institution: '10447',
        code: 'XS',
        name: '学士学位证书',
        level: 'BACHELOR',
        categories: ['REGULAR_BACHELOR'],
        validFrom: '2020-01-01',
        layout: {},
      },
      'version certificateTemplate { id layout }',
    );
  });

  test('the category office imports enrolment records and records, after a dry run', async () => {
    const enrolment = await api.upload(
      'jiaowu.cai',
      'ENROLMENT_RECORDS',
      enrolmentCsv(records.map(enrolmentOf)),
      'e.csv',
    );
    const checkedEnrolment = await done(
      'jiaowu.cai',
      'checkImport',
      { institution: '10447', kind: 'ENROLMENT_RECORDS', category: 'REGULAR_BACHELOR', fileDigest: enrolment.digest },
      'total accepted import { id state }',
    );
    await done('jiaowu.cai', 'importEnrolmentRecords', { import: checkedEnrolment.import.id }, 'accepted refused');
    const table = await api.upload('jiaowu.cai', 'RECORDS', recordCsv('regular-bachelor', records), '本科.csv');
    const checked = await done(
      'jiaowu.cai',
      'checkImport',
      { institution: '10447', kind: 'RECORDS', category: 'REGULAR_BACHELOR', resolution, fileDigest: table.digest },
      'total accepted refused import { id problems { totalCount nodes { line column message } } }',
    );
    expect(checked).toMatchObject({ total: 12, accepted: 12, refused: 0 });
    const simulated = await act(
      'jiaowu.cai',
      'importRecords',
      { import: checked.import.id, simulate: true },
      'accepted batch { id } step { id }',
    );
    expect(simulated).toMatchObject({ simulated: true, accepted: 12, batch: null, step: null });
    const key = { import: checked.import.id, idempotencyKey: 'import-1' };
    const imported = await done(
      'jiaowu.cai',
      'importRecords',
      key,
      'accepted batch { id state records(first: 3) { totalCount nodes { name identityNumberMasked } } } step { id subjectCount }',
    );
    expect(imported).toMatchObject({ accepted: 12, batch: { state: 'COLLECTING', records: { totalCount: 12 } } });
    const again = await done('jiaowu.cai', 'importRecords', key, 'accepted batch { id } step { id }');
    expect(again.step.id).toBe(imported.step.id);
    batch = imported.batch.id;
    for (const node of imported.batch.records.nodes) expect(node.identityNumberMasked).toMatch(/\*/);
    await done(
      'jiaowu.cai',
      'linkEnrolment',
      { batch },
      'linked filled refusedCount results { record violations { code } }',
    );
  });

  test('the same file again is refused row by row, and the problems come as a table', async () => {
    const table = recordCsv('regular-bachelor', records);
    const { digest } = await api.upload('jiaowu.cai', 'RECORDS', table, '本科.csv');
    const checked = await done(
      'jiaowu.cai',
      'checkImport',
      { institution: '10447', kind: 'RECORDS', category: 'REGULAR_BACHELOR', resolution, fileDigest: digest },
      'refused import { problemsUrl(format: CSV) problems(first: 1) { totalCount nodes { line code } } }',
    );
    expect(checked.refused).toBe(12);
    const url: string = checked.import.problemsUrl.replace(world.world.origin, api.url);
    const lines = (await (await fetch(url)).text()).trim().split('\r\n');
    expect(lines.length).toBe(1 + checked.import.problems.totalCount);
    expect((await fetch(url.replace('.csv', '.xlsx'))).status).toBe(403);
    const { data } = await api.ask('query ($id: ID!) { resolution(id: $id) { scanUrl scanDigest } }', {
      as: 'jiaowu.cai',
      variables: { id: resolution },
    });
    const scan = await fetch(data.resolution.scanUrl.replace(world.world.origin, api.url));
    expect([scan.status, scan.headers.get('etag')]).toEqual([200, `"${data.resolution.scanDigest}"`]);
    const own = await fetch(`${api.url}/files/${data.resolution.scanDigest}`, {
      headers: { authorization: `Bearer ${await api.signIn('jiaowu.cai')}` },
    });
    expect(own.status).toBe(200);
    const uploaded = await fetch(`${api.url}/files/${digest}`, {
      headers: { authorization: `Bearer ${await api.signIn('jiaowu.cai')}` },
    });
    expect(uploaded.status).toBe(404); // tables of people are never given back unmasked
  });

  test('without photos the cross-check names every record, and refuses the collector', async () => {
    const refused = await act('jiaowu.he', 'crossCheckRecords', { batch }, 'checked');
    expect(refused.__typename).toBe('Refused');
    expect(refused.violations[0]).toMatchObject({
      code: expect.any(String),
      article: expect.any(String),
      messageEn: expect.any(String),
    });
    const forbidden = await act('jiaowu.cai', 'crossCheckRecords', { batch }, 'checked');
    expect(forbidden.__typename).toBe('Forbidden');
    const stranger = await act('donghai.cai', 'crossCheckRecords', { batch }, 'checked');
    expect(['Forbidden', 'NotFound']).toContain(stranger.__typename);
  });

  test('what can be done is told with what stands in the way', async () => {
    const { data, errors } = await api.ask(
      'query ($id: ID!) { batch(id: $id) { actions { name allowed violations { code article message } } records(first: 1) { nodes { actions { name allowed } steps { nodes { name officer { name } } } bundleUrl } } } }',
      { as: 'jiaowu.he', variables: { id: batch } },
    );
    expect(errors).toEqual([]);
    expect(data.batch.actions.map((action: { name: string }) => action.name)).toContain('CROSS_CHECK');
    expect(data.batch.records.nodes[0].steps.nodes[0]).toMatchObject({ name: 'COLLECT', officer: { name: '张海燕' } });
  });

  test('photos come as an archive; what fits nobody is listed', async () => {
    const entries = [
      ...records.map((record) => ({ name: `${record.studentNumber}.jpg`, bytes: photoJpeg(record.name) })),
      { name: '没有这个人.jpg', bytes: photoJpeg('nobody') },
    ];
    const archive = Buffer.concat(await collect(writeZip(entries)));
    const { digest } = await api.upload('jiaowu.cai', 'PHOTOS', archive, '照片.zip');
    const attached = await done(
      'jiaowu.cai',
      'attachPhotos',
      { batch, fileDigest: digest },
      'attached problemCount problems { entry violations { code } }',
    );
    expect(attached).toMatchObject({ attached: 12, problemCount: 1, problems: [{ entry: '没有这个人.jpg' }] });
  });

  test('cross-check, disclosure, report, gathering', async () => {
    expect(await done('jiaowu.he', 'crossCheckRecords', { batch }, 'checked batch { state }')).toMatchObject({
      checked: 12,
      batch: { state: 'CROSS_CHECKED' },
    });
    const opened = await done('jiaowu.he', 'openDisclosure', { batch }, 'from until');
    const early = await act('jiaowu.cai', 'closeDisclosure', { batch }, 'disclosed');
    expect(early).toMatchObject({ __typename: 'Refused', violations: [{ code: 'disclosure-period-open' }] });
    const { data } = await api.ask('query ($id: ID!) { batch(id: $id) { records(first: 1) { nodes { id } } } }', {
      as: 'jiaowu.cai',
      variables: { id: batch },
    });
    const record = data.batch.records.nodes[0].id;
    const raised = await done(
      'jiaowu.cai',
      'raiseObjection',
      { record, reason: '姓名用字有误', raisedBy: '本人' },
      'objection { id outcome record { id } }',
    );
    expect(raised.objection).toMatchObject({ outcome: null, record: { id: record } });
    await done(
      'jiaowu.cai',
      'resolveObjection',
      { objection: raised.objection.id, outcome: '经核对证书无误' },
      'objection { outcome } record { objections { nodes { outcome } } }',
    );
    world.setClock(dayAfter(opened.until));
    await done('jiaowu.cai', 'closeDisclosure', { batch }, 'disclosed batch { state }');
    const stale = await act('jiaowu.cai', 'reportBatch', { batch, expectedVersion: 1 }, 'reported');
    expect(stale).toMatchObject({ __typename: 'Stale', expected: 1 });
    await done('jiaowu.cai', 'reportBatch', { batch }, 'reported missingCount missing { name }');
    const upward = await done(
      'xuewei.guan',
      'reportUpward',
      { resolution },
      'reported batches { count batch { state } }',
    );
    expect(upward).toMatchObject({ reported: 12, batches: [{ count: 12, batch: { state: 'REPORTED_UPWARD' } }] });
  });

  test('the province returns one, gets it again, and files all', async () => {
    const { data } = await api.ask(
      'query ($id: ID!) { batch(id: $id) { records(first: 1) { nodes { id version } } } }',
      { as: 'sheng.shen', variables: { id: batch } },
    );
    const { id: record } = data.batch.records.nodes[0];
    const returns = [{ record, reasons: [{ field: 'namePinyin', reason: '缺少姓名拼音' }] }];
    await done('sheng.shen', 'returnRecords', { returns }, 'returned');
    const seen = await api.ask(
      'query ($id: ID!) { record(id: $id) { version state returns { nodes { field reason step { name } } } } }',
      { as: 'jiaowu.cai', variables: { id: record } },
    );
    expect(seen.data.record).toMatchObject({
      state: 'RETURNED',
      returns: { nodes: [{ field: 'namePinyin', step: { name: 'RETURN_RECORDS' } }] },
    });
    const changes = { namePinyin: 'Zhao Wen' };
    const expectedVersion = seen.data.record.version;
    const corrected = await done(
      'jiaowu.cai',
      'correctRecord',
      { record, expectedVersion, changes },
      'version record { namePinyin versions { totalCount nodes { version content } } }',
    );
    expect(corrected.record.namePinyin).toBe('Zhao Wen');
    expect(corrected.record.versions.nodes[0].content.identityNumber).toMatch(/\*/);
    await done('jiaowu.he', 'crossCheckRecords', { batch, records: [record] }, 'checked');
    await done('jiaowu.cai', 'reportBatch', { batch }, 'reported');
    await done('xuewei.guan', 'reportUpward', { resolution }, 'reported');
    await done('sheng.shen', 'reviewBatch', { batch }, 'reviewed');
    expect(await done('sheng.shen', 'fileBatch', { batch }, 'filed batch { state }')).toMatchObject({
      filed: 12,
      batch: { state: 'FILED' },
    });
  });

  test('Article 21: a secret field is revealed with a reason, as a sealed step', async () => {
    const { data } = await api.ask('query ($id: ID!) { batch(id: $id) { records(first: 1) { nodes { id } } } }', {
      as: 'jiaowu.cai',
      variables: { id: batch },
    });
    const record = data.batch.records.nodes[0].id;
    const refused = await act('jiaowu.cai', 'revealField', { record, field: 'identityNumber', reason: '' }, 'value');
    expect(refused.__typename).toBe('Refused');
    const revealed = await done(
      'jiaowu.cai',
      'revealField',
      { record, field: 'identityNumber', reason: '核对证件上的号码' },
      'value step { name }',
    );
    expect(revealed.value).toMatch(/^\d{17}[\dX]$/);
    expect(revealed.step.name).toBe('REVEAL');
  });
});

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}
