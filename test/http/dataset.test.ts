// Article 18 from outside: a recipient with a token downloads and pages through its copy, an officer is told the token once, strangers get nothing.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTable } from '../../src/files/table.ts';
import { globalId } from '../../src/graphql/global-id.ts';
import { decideDataset } from '../../src/procedures/datasets/decide-dataset.ts';
import { destroyDataset } from '../../src/procedures/datasets/destroy-dataset.ts';
import { requestDataset } from '../../src/procedures/datasets/request-dataset.ts';
import { runDueJobs } from '../../src/procedures/run-jobs.ts';
import { verifyPdf } from '../../src/sealing/verify/pdf.ts';
import { judge, textOf } from '../documents/judges.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { datasetPaper, filedPeople, goodRequest } from '../support/filed-people.ts';
import { has } from '../support/outside.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let test: TestWorld;
let api: TestApi;
let datasetId = '';
let dataset = '';
let token = '';
const OFFICER = 'xuewei.guan';
const OPEN = `mutation ($input: OpenDatasetAccessInput!) { openDatasetAccess(input: $input) {
  ... on OpenDatasetAccessSuccess { token simulated step { name } } ... on Refused { violations { code } } } }`;
const ROWS = `query ($dataset: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  datasetRows(dataset: $dataset, first: $first, after: $after, last: $last, before: $before) {
    violations { code found expected } columns { heading }
    rows { totalCount nodes { place name cells } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;

beforeAll(async () => {
  test = await testWorld();
  api = await startApi(test);
  test.setClock('2026-06-25');
  await filedPeople(test, 1200);
  ({ datasetId } = await requestDataset(test.callAs(OFFICER), goodRequest(await datasetPaper(test))));
  dataset = globalId('Dataset', { institution: HERE, id: datasetId });
  await decideDataset(test.callAs('xuewei.zhuren'), {
    ...{ institution: HERE, datasetId, expectedVersion: 1, decision: 'consent', reason: '' },
  });
  await runDueJobs(test.world);
});
afterAll(async () => {
  await api.close();
  await test.close();
});

const fetchFile = (kind: 'csv' | 'xlsx', bearer: string | null, method = 'GET') =>
  fetch(`${api.url}/datasets/${dataset}.${kind}`, {
    method,
    headers: bearer === null ? {} : { authorization: `Bearer ${bearer}` },
  });
const codeOf = async (response: Response) => {
  const { errors } = (await response.json()) as {
    errors: { extensions: { code: string; violations?: { code: string }[] } }[];
  };
  return [response.status, errors[0]?.extensions.violations?.[0]?.code ?? errors[0]?.extensions.code];
};
const reads = () => test.world.db.prisma.datasetRead.count({ where: { datasetId } });

describe('Article 18: the way in', () => {
  it('is opened by an officer; the token is told once, and a retry is told the same', async () => {
    const input = { dataset, recipient: 1, idempotencyKey: 'open-1' };
    const simulated = await api.ask(OPEN, { as: OFFICER, variables: { input: { ...input, simulate: true } } });
    expect(simulated.data.openDatasetAccess).toEqual({ token: null, simulated: true, step: null });
    const { data } = await api.ask(OPEN, { as: OFFICER, variables: { input } });
    expect(data.openDatasetAccess).toMatchObject({ simulated: false, step: { name: 'OPEN_DATASET_ACCESS' } });
    token = data.openDatasetAccess.token;
    expect(token).toMatch(/^dataset_[\w-]{43}$/);
    const again = await api.ask(OPEN, { as: OFFICER, variables: { input } });
    expect(again.data.openDatasetAccess.token).toBe(token);
    const kept = await test.world.db.prisma.idempotentCall.findFirstOrThrow({ where: { key: 'open-1' } });
    expect(JSON.stringify(kept.result)).not.toContain(token);
    const second = await api.ask(OPEN, { as: OFFICER, variables: { input: { dataset, recipient: 1 } } });
    expect(second.data.openDatasetAccess.violations).toEqual([{ code: 'dataset-access-open' }]);
  });

  it('is closed before the first day', async () => {
    expect(await codeOf(await fetchFile('csv', token))).toEqual([422, 'dataset-not-yet']);
    expect(await reads()).toBe(0);
  });

  it('lets in within the term: files and pages hold the same rows, each reading is recorded', async () => {
    test.setClock('2026-07-01');
    const csv = await fetchFile('csv', token);
    expect(csv.status).toBe(200);
    expect(csv.headers.get('cache-control')).toBe('no-store');
    const table = await openTable(
      { bytes: new Uint8Array(await csv.arrayBuffer()) },
      { name: 'x.csv', maxBytes: 1e8, maxRows: 1e5 },
    );
    const rows: string[] = [];
    for await (const { cells } of table.rows()) rows.push(cells.join('|'));
    const xlsx = await fetchFile('xlsx', token);
    const book = await openTable(
      { bytes: new Uint8Array(await xlsx.arrayBuffer()) },
      { name: 'x.xlsx', maxBytes: 1e8, maxRows: 1e5 },
    );
    const inBook: string[] = [];
    for await (const { cells } of book.rows()) inBook.push(cells.join('|'));
    expect(inBook).toEqual(rows);
    expect(book.header).toEqual(table.header);
    api.hold('recipient', token);
    const paged: string[] = [];
    let after: string | null = null;
    for (;;) {
      const { data, errors } = await api.ask(ROWS, { as: 'recipient', variables: { dataset, first: 100, after } });
      expect(errors).toEqual([]);
      const page = data.datasetRows.rows;
      for (const { name, cells } of page.nodes) paged.push([name, ...cells].join('|'));
      expect(page.totalCount).toBe(rows.length);
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect([...paged].sort()).toEqual([...rows].sort());
    expect(await reads()).toBe(2 + Math.ceil(rows.length / 100));
    expect((await fetchFile('csv', token, 'HEAD')).status).toBe(200);
    expect((await fetchFile('csv', token, 'POST')).status).toBe(405);
  });

  it('pages from the end as from the beginning', async () => {
    const { data } = await api.ask(ROWS, { as: 'recipient', variables: { dataset, last: 3 } });
    const { rows } = data.datasetRows;
    expect(rows.nodes.map(({ place }: { place: number }) => place)).toEqual([
      ...[rows.totalCount - 3, rows.totalCount - 2, rows.totalCount - 1],
    ]);
    expect(rows.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const before = rows.pageInfo.startCursor;
    const earlier = await api.ask(ROWS, { as: 'recipient', variables: { dataset, last: 2, before } });
    expect(earlier.data.datasetRows.rows.nodes.map(({ place }: { place: number }) => place)).toEqual([
      ...[rows.totalCount - 5, rows.totalCount - 4],
    ]);
    const bad = await api.ask(ROWS, { as: 'recipient', variables: { dataset, first: 1000 } });
    expect(bad.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('opens nothing else: a token of a recipient is no session', async () => {
    for (const query of ['{ me { name } }', '{ records { nodes { id } } }', '{ datasets { nodes { id } } }']) {
      const { errors } = await api.ask(query, { as: 'recipient' });
      expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    }
    expect(
      (await fetch(`${api.url}/bundles/datasets/${dataset}.json`, { headers: { authorization: `Bearer ${token}` } }))
        .status,
    ).toBe(401);
    const report = await api.ask(`{ datasetReport(dataset: "${dataset}") { violations { code } report } }`, {
      as: 'recipient',
    });
    expect(report.data.datasetReport.report.after.smallestClass).toBeGreaterThanOrEqual(5);
  });

  it('is closed to strangers, and to officers who may not read', async () => {
    expect((await fetchFile('csv', null)).status).toBe(401);
    expect((await fetchFile('csv', `dataset_${'x'.repeat(43)}`)).status).toBe(401);
    expect((await fetchFile('csv', await api.signIn('jiaowu.cai'))).status).toBe(404);
    expect((await fetchFile('csv', await api.signIn('donghai.xuewei'))).status).toBe(404);
    expect(await codeOf(await fetchFile('csv', await api.signIn('jiancha')))).toEqual([422, 'dataset-reader']);
    expect((await fetchFile('csv', await api.signIn(OFFICER))).status).toBe(200);
    const audited = await api.ask(ROWS, { as: 'jiancha', variables: { dataset, first: 1 } });
    expect(audited.data.datasetRows).toMatchObject({ rows: null, violations: [{ code: 'dataset-reader' }] });
    const stranger = await api.ask(ROWS, { as: 'donghai.xuewei', variables: { dataset, first: 1 } });
    expect(stranger.data.datasetRows).toBeNull();
  });

  it('is seen by the auditor: who read what, from which day on', async () => {
    const { data, errors } = await api.ask(
      `{ datasets(first: 1, state: [READY]) { nodes { state clock { phase daysLeft } rowCount report marks
         reads(first: 20) { nodes { what rows recipient { number name } officer { name } } }
         recipients(first: 5) { nodes { number name accessOpen } } steps(first: 5) { nodes { name } } actions { name allowed } } } }`,
      { as: 'jiancha' },
    );
    expect(errors).toEqual([]);
    const [node] = data.datasets.nodes;
    expect(node.clock).toEqual({ phase: 'RUNNING', daysLeft: 92 });
    expect(node.recipients.nodes).toEqual([
      { number: 1, name: '一室', accessOpen: true },
      { number: 2, name: '二室', accessOpen: false },
    ]);
    expect(node.reads.nodes[0]).toMatchObject({ what: 'CSV', officer: { name: expect.any(String) }, recipient: null });
    expect(node.actions.some(({ allowed }: { allowed: boolean }) => allowed)).toBe(false);
    const province = await api.ask('{ datasets { totalCount } }', { as: 'sheng.shen' });
    expect(province.data.datasets.totalCount).toBe(0);
  });

  it('breaks a download off when the dataset is destroyed meanwhile, and is over afterwards', async () => {
    const response = await fetchFile('csv', token);
    await destroyDataset(test.callAs(OFFICER), { institution: HERE, datasetId, reason: '发现数据泄露' });
    const whole = await response.text().then(
      (text) => text.split('\r\n').length,
      () => 'broken off',
    );
    // What was under way had either been sent whole before, or is visibly incomplete.
    if (whole !== 'broken off') expect(whole).toBeGreaterThan(1000);
    expect(await codeOf(await fetchFile('csv', token))).toEqual([422, 'dataset-state']);
    const certificate = await fetch(`${api.url}/bundles/datasets/${dataset}.json`, {
      headers: { authorization: `Bearer ${await api.signIn('jiancha')}` },
    });
    expect(certificate.status).toBe(200);
    expect(JSON.stringify(await certificate.json())).toContain('before-its-time');
  });
});

describe('Article 18: the certificate of the destruction on paper', () => {
  const paper = async (as?: string, path = `/documents/datasets/${dataset}.pdf`) =>
    fetch(`${api.url}${path}`, {
      headers: as === undefined ? {} : { authorization: `Bearer ${await api.signIn(as)}` },
    });
  const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());
  const factsOf = async () => {
    const step = await test.world.db.prisma.step.findFirstOrThrow({ where: { name: 'destroy-dataset' } });
    return JSON.parse(step.statement) as { files: string[]; facts: Record<string, string | number> };
  };

  it('is downloaded with a name in Chinese, and is what the sealed step names', async () => {
    const response = await paper('jiancha');
    expect(response.status).toBe(200);
    const { files, facts } = await factsOf();
    const disposition = decodeURIComponent(response.headers.get('content-disposition') ?? '');
    expect(disposition).toContain(`聊城大学临时信息库销毁证明（${facts.documentNumber}）.pdf`);
    const bytes = await bytesOf(response);
    expect(files).toEqual([createHash('sha256').update(bytes).digest('hex')]);
    expect(response.headers.get('etag')).toBe(`"${files[0]}"`);
    const { data, errors } = await api.ask(
      `query ($id: ID!) { dataset(id: $id) { certificateUrl destructionReason } }`,
      { as: OFFICER, variables: { id: dataset } },
    );
    expect(errors).toEqual([]);
    const linked = await fetch(data.dataset.certificateUrl.replace(/^https?:\/\/[^/]+/, api.url));
    expect(Buffer.compare(await bytesOf(linked), Buffer.from(bytes))).toBe(0);
    expect((await paper('jiancha', `/files/${HERE}/${files[0]}`)).status).toBe(200);
  });

  it('is judged valid, and holds the data whose digest the step names', async () => {
    const bytes = await bytesOf(await paper(OFFICER));
    const verdict = await verifyPdf(bytes, { roots: [test.root.der] });
    expect(verdict.verdict, JSON.stringify(verdict)).toBe('valid');
    if (has('pdfsig')) expect(judge(bytes, 'pdfsig', ['-nocert', '{}'])).toContain('Total document signed');
    if (!has('qpdf')) return;
    expect(judge(bytes, 'qpdf', ['--check', '{}'])).toContain('No syntax or stream encoding errors');
    const attached = judge(bytes, 'qpdf', ['{}', '--show-attachment=data.json']);
    const { facts } = await factsOf();
    expect(createHash('sha256').update(attached, 'utf8').digest('hex')).toBe(facts.dataDigest);
    expect(JSON.parse(attached)).toMatchObject({
      ...{ format: 'vermilion-destruction/1', datasetId, occasion: 'before-its-time', key: 'destroyed' },
      ...{ reason: '发现数据泄露', rows: facts.rows, documentNumber: facts.documentNumber },
    });
  });

  it('is what its code stands for, to anybody, without saying whose data it was', async () => {
    const { files, facts } = await factsOf();
    const page = await (await fetch(`${api.url}/v/${facts.verificationCode}`)).text();
    for (const part of ['临时信息库销毁证明', String(facts.documentNumber), files[0] ?? ''])
      expect(page).toContain(part);
    expect(page).not.toContain('山东教育评估研究院');
  });

  it('Article 23: beside it, the report of unusual acts is a PDF for who watches over the institution', async () => {
    const address = `/unusual-acts/${HERE}/2026-06-01/2026-12-31.pdf`;
    const response = await paper('jiancha', address);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const disposition = decodeURIComponent(response.headers.get('content-disposition') ?? '');
    expect(disposition).toContain(`异常操作提示 ${HERE} 2026-06-01 2026-12-31.pdf`);
    const bytes = await bytesOf(response);
    if (has('pdftotext')) expect(textOf(bytes)).toContain('工作资料未加盖电子印章');
    expect((await verifyPdf(bytes, { roots: [test.root.der] })).verdict).not.toBe('valid');
    for (const as of ['jiaowu.cai', 'donghai.xuewei']) expect((await paper(as, address)).status).toBe(404);
  });

  it('is not for anybody else, and unknown before the destruction', async () => {
    const { files } = await factsOf();
    for (const as of ['donghai.xuewei', 'sheng.shen', 'jiaowu.cai']) {
      for (const path of [undefined, `/files/${HERE}/${files[0]}`]) expect((await paper(as, path)).status).toBe(404);
    }
    expect((await paper()).status).toBe(401);
    const agreement = await datasetPaper(test);
    const asked = await requestDataset(test.callAs(OFFICER), goodRequest(agreement));
    const other = globalId('Dataset', { institution: HERE, id: asked.datasetId });
    expect((await paper(OFFICER, `/documents/datasets/${other}.pdf`)).status).toBe(404);
    const { data } = await api.ask(`{ dataset(id: "${other}") { certificateUrl } }`, { as: OFFICER });
    expect(data.dataset.certificateUrl).toBeNull();
  });
});
