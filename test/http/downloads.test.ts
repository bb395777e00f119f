// What is downloaded: documents of an application and tables, by officers and by signed links, under names that every browser reads.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { globalId, keyFrom } from '../../src/graphql/global-id.ts';
import { signedUrl } from '../../src/graphql/links.ts';
import { dispositionOf } from '../../src/http/file-reply.ts';
import { dispatchApplication } from '../../src/procedures/applications/dispatch-application.ts';
import { VERIFIER } from '../../src/store/archive/verifier-source.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { scanPdf } from '../support/sample-files.ts';
import { bringTo } from '../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
let api: TestApi;
let here: Collected;
let application: {
  id: string;
  downloadUrl: string;
  bundleUrl: string;
  verificationCode: string;
  pdfDigest: string;
  documentNumber: string;
};

beforeAll(async () => {
  world = await testWorld();
  world.setClock('2026-06-23');
  api = await startApi(world);
  here = await collectedBatch(world, 3);
  await bringTo(world, here, 'cross-checked');
  world.setClock('2026-07-20');
});
afterAll(async () => {
  await api.close();
  await world.close();
});

const CASE =
  'application { id state version downloadUrl bundleUrl verificationCode pdfDigest documentNumber actions { name allowed } records { totalCount } evidence { nodes { title downloadUrl } } steps { nodes { name } } }';

async function act(as: string, name: string, input: object, fields = CASE) {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on ${type}Success { ${fields} } ... on Refused { violations { code path found expected } } ... on Forbidden { violations { code } } ... on NotFound { id } } }`;
  const { data, errors } = await api.ask(query, { as, variables: { input } });
  expect(errors, api.logged.join('\n')).toEqual([]);
  expect(data[name].__typename, JSON.stringify(data[name])).toBe(`${type}Success`);
  return data[name];
}

async function get(path: string, as?: string, headers: Record<string, string> = {}, method = 'GET') {
  const bearer = as ? { authorization: `Bearer ${await api.signIn(as)}` } : {};
  const url = path.replace(world.world.origin, api.url);
  return fetch(url.startsWith('http') ? url : api.url + url, { method, headers: { ...bearer, ...headers } });
}

describe('Article 11(6): the application for a late report, from draft to decision, with its downloads', () => {
  test('it is drafted, checked by another, approved, and sealed by the degree office', async () => {
    const evidence = await api.upload('jiaowu.cai', 'EVIDENCE', scanPdf('evidence'), '情况说明.pdf');
    const drafted = await act('jiaowu.cai', 'draftSupplementaryReport', {
      resolution: globalId('Resolution', { institution: HERE, id: here.resolutionId }),
      category: 'REGULAR_BACHELOR',
      records: here.recordIds.map((id) => globalId('DegreeRecord', { institution: HERE, id })),
      reason: '因学籍信息核对耗时较长，未能在规定期限内完成报送工作，特申请补报。',
      measures: '今后提前一个月完成学籍信息核对，并由专人负责跟踪报送进度。',
      evidence: [{ title: '关于学籍核对情况的说明', fileDigest: evidence.digest }],
    });
    const { id } = drafted.application;
    expect(drafted.application).toMatchObject({ state: 'DRAFT', downloadUrl: null, records: { totalCount: 3 } });
    const draft = await get(`/documents/${id}.pdf?draft=1`, 'jiaowu.cai');
    expect(draft.status).toBe(200);
    expect(await draft.text()).toContain('%PDF-');
    expect((await get(`/documents/${id}.pdf`, 'jiaowu.cai')).status).toBe(404);
    await act('jiaowu.he', 'checkApplication', { application: id });
    await act('jiaowu.zhang', 'approveApplication', { application: id });
    const sealed = await act('xuewei.guan', 'sealApplication', { application: id }, `documentNumber ${CASE}`);
    application = sealed.application;
    expect(application.documentNumber).toMatch(/^聊大学位办函〔2026〕\d+号$/);
    expect(sealed.application.steps.nodes.map((step: { name: string }) => step.name)).toEqual([
      'DRAFT_APPLICATION',
      'CHECK_APPLICATION',
      'APPROVE_APPLICATION',
      'SEAL_APPLICATION',
    ]);
    const attached = await get(sealed.application.evidence.nodes[0].downloadUrl);
    expect(attached.status).toBe(200);
  });

  test('the sealed PDF comes with a Chinese name, an entity tag and ranges', async () => {
    const whole = await get(application.downloadUrl);
    expect(whole.status).toBe(200);
    const bytes = Buffer.from(await whole.arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(application.pdfDigest);
    expect(whole.headers.get('content-type')).toBe('application/pdf');
    expect(whole.headers.get('content-disposition')).toMatch(
      /^attachment; filename="[ -~]*"; filename\*=UTF-8''(%[0-9A-F]{2}|[\w.~-])+\.pdf$/,
    );
    const etag = whole.headers.get('etag') ?? '';
    const path = `/documents/${application.id}.pdf`;
    expect((await get(path, 'jiaowu.cai', { 'if-none-match': etag })).status).toBe(304);
    const part = await get(path, 'jiaowu.cai', { range: 'bytes=0-4' });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      `bytes 0-4/${bytes.length}`,
      '%PDF-',
    ]);
    const tail = await get(path, 'jiaowu.cai', { range: 'bytes=-6' });
    expect(Buffer.from(await tail.arrayBuffer())).toEqual(bytes.subarray(-6));
    expect((await get(path, 'jiaowu.cai', { range: `bytes=${bytes.length}-` })).status).toBe(416);
    const head = await get(path, 'jiaowu.cai', {}, 'HEAD');
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)]);
  });

  test('nobody else gets it', async () => {
    const path = `/documents/${application.id}.pdf`;
    expect((await get(path)).status).toBe(401);
    expect((await get(path, 'donghai.xuewei')).status).toBe(404);
    expect((await get(path, 'jixu.cai')).status).toBe(404);
    // The province has it from the dispatch on.
    expect((await get(path, 'sheng.shen')).status).toBe(404);
    expect((await get(`${application.downloadUrl}x`)).status).toBe(403);
    const other = application.downloadUrl.replace(
      application.id,
      globalId('SupplementaryReport', { institution: HERE, id: here.batchId }),
    );
    expect((await get(other)).status).toBe(403);
    const old = signedUrl(world.world, path, Date.now() - 6 * 60_000);
    expect((await get(old)).status).toBe(403);
    expect((await get(path, undefined, {}, 'POST')).status).toBe(405);
  });

  test('anybody can check its code on a page without scripts, in both languages', async () => {
    const zh = await get(`/v/${application.verificationCode}`);
    const text = await zh.text();
    expect([zh.status, text.includes(application.documentNumber), text.includes('<script')]).toEqual([
      200,
      true,
      false,
    ]);
    for (const fields of here.fields) expect(text).not.toContain(fields.name);
    const en = await get(`/v/${application.verificationCode.toLowerCase().replaceAll('-', ' ')}`, undefined, {
      'accept-language': 'en',
    });
    expect(await en.text()).toContain('supplementary report');
    expect((await get('/v/2222-2222-2222')).status).toBe(404);
    const { data } = await api.ask(
      'query ($code: String!) { verify(code: $code) { documentNumber count pdfDigest state } }',
      {
        variables: { code: application.verificationCode },
      },
    );
    expect(data.verify).toMatchObject({ count: 3, state: 'SEALED', pdfDigest: application.pdfDigest });
  });

  test('bundles of the application, a record and a step', async () => {
    for (const url of [
      application.bundleUrl,
      `/bundles/records/${globalId('DegreeRecord', { institution: HERE, id: here.recordIds[0] ?? '' })}.json`,
    ]) {
      const bundle = await get(url, url.startsWith('/') ? 'jiaowu.cai' : undefined);
      expect(bundle.status).toBe(200);
      expect(await bundle.json()).toMatchObject({ format: 'vermilion-bundle/1' });
    }
    const hidden = `/bundles/records/${globalId('DegreeRecord', { institution: HERE, id: here.recordIds[0] ?? '' })}.json`;
    expect((await get(hidden, 'donghai.cai')).status).toBe(404);
    expect((await get('/trust/root.pem')).headers.get('content-type')).toBe('application/x-pem-file');
    expect(await (await get('/trust/crl.pem')).text()).toContain('BEGIN X509 CRL');
    // The very verifier that archives bring with them, so that a forged one is told from it.
    const sum = createHash('sha256').update(VERIFIER, 'utf8').digest('hex');
    expect(await (await get('/trust/verifier.sha256')).text()).toBe(`${sum}  verifier/verify.mjs\n`);
  });

  test('the provincial office consents, and the records go on in a batch of their own', async () => {
    const applicationId = keyFrom(application.id, 'SupplementaryReport').id;
    const sending = { addressee: 'provincial-office', channel: 'in-system', dispatchedOn: '2026-07-20' } as const;
    await dispatchApplication(world.callAs('xuewei.guan'), { institution: HERE, applicationId, ...sending });
    const document = await api.upload('sheng.shen', 'DECISION', scanPdf('decision'), '批复.pdf', HERE);
    expect(document.digest, JSON.stringify(document)).toMatch(/^[0-9a-f]{64}$/);
    const decided = await act(
      'sheng.shen',
      'decideApplication',
      {
        application: application.id,
        decision: 'CONSENT',
        decisionNumber: '鲁学位办〔2026〕9号',
        decisionDigest: document.digest,
      },
      `state batch { id application records { totalCount nodes { supplementary } } } ${CASE}`,
    );
    expect(decided).toMatchObject({ state: 'CONSENTED' });
    const seen = await api.ask(
      'query ($id: ID!) { writtenApplication(id: $id) { __typename decision ... on SupplementaryReport { batches { nodes { records { totalCount nodes { supplementary } } } } } } }',
      {
        as: 'jiaowu.cai',
        variables: { id: application.id },
      },
    );
    expect(seen.data.writtenApplication).toMatchObject({
      __typename: 'SupplementaryReport',
      decision: 'CONSENT',
      batches: { nodes: [{ records: { totalCount: 3, nodes: [{ supplementary: true }, {}, {}] } }] },
    });
  });

  test('F9: a stored file with one byte changed is never served, and the log names it', async () => {
    await world.world.db.prisma
      .$executeRaw`UPDATE "StoredFile" SET "bytes" = set_byte("bytes", 100, (get_byte("bytes", 100) + 1) % 256) WHERE "digest" = ${application.pdfDigest}`;
    const answer = await get(`/documents/${application.id}.pdf`, 'jiaowu.cai');
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({
      errors: [{ extensions: { code: 'FILE_ALTERED', digest: application.pdfDigest } }],
    });
    expect(api.logged.some((line) => line.includes('FILE_ALTERED') && line.includes(application.pdfDigest))).toBe(true);
  });
});

describe('Tables', () => {
  test.each(['regular-bachelor', 'equivalent-education-master', 'enrolment-records', 'roster', 'bachelor-2024-06'])(
    'the import template %s, as CSV and XLSX',
    async (kind) => {
      const csv = await get(`/templates/imports/${kind}.csv`);
      expect([csv.status, (await csv.text()).length > 20]).toEqual([200, true]);
      const xlsx = await get(`/templates/imports/${kind}.xlsx`);
      expect(
        Buffer.from(await xlsx.arrayBuffer())
          .subarray(0, 2)
          .toString(),
      ).toBe('PK');
    },
  );

  test('an unknown template is not there', async () => {
    expect((await get('/templates/imports/none.csv')).status).toBe(404);
  });
});

describe('RFC 8187: names', () => {
  test('quotes, line breaks and rare characters do no harm', () => {
    const header = dispositionOf('关于"补报"\r\n𬭼;x.pdf');
    expect(header).not.toMatch(/[\r\n]/);
    expect(decodeURIComponent(header.split("UTF-8''")[1] ?? '')).toBe('关于"补报"\r\n𬭼;x.pdf');
  });
});
