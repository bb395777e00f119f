// Article 17: statistics through the real server: looked at by few, published by one, then for everybody, in the API and as files.
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTable } from '../../src/files/table.ts';
import { verifyPdf } from '../../src/sealing/verify/pdf.ts';
import { judge, textOf } from '../documents/judges.ts';
import { type Data, startApi, type TestApi } from '../support/api.ts';
import { addFiled, SOME_YEAR } from '../support/filed.ts';
import { has, needing, pythonWith, run } from '../support/outside.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
let api: TestApi;
let done: Data;
const BASE = `/institutions/${HERE}/statistics/2026`;

beforeAll(async () => {
  world = await testWorld();
  world.setClock('2026-12-28');
  api = await startApi(world);
  await addFiled(world, SOME_YEAR);
  const seen = await looked('xuewei.guan');
  done = await publish({ expectedDigest: seen.digest });
});
afterAll(async () => {
  await api.close();
  await world.close();
});

const LOOK = `query ($institution: String, $year: Int) { statistics(institution: $institution, year: $year) {
  institution year asOf threshold digest versions withheld total { count status } violations { code found expected }
  actions { name allowed violations { code } }
  table(rows: CATEGORY, columns: SEX, subtotals: true) { heads { key name }
    lines(first: 50) { nodes { node { key } cells { count status } total { count status } } } } } }`;

async function looked(as: string | undefined, variables: object = {}): Promise<Data> {
  const { data, errors } = await api.ask(LOOK, { ...(as === undefined ? {} : { as }), variables });
  expect(errors, api.logged.join('\n')).toEqual([]);
  return data.statistics;
}

async function publish(more: object = {}, as = 'xuewei.guan'): Promise<Data> {
  const query = `mutation ($input: PublishStatisticsInput!) { publishStatistics(input: $input) { __typename
    ... on PublishStatisticsSuccess { simulated version digest documentNumber step { article }
      publication { id verificationCode pdfDigest digest pdfUrl csvUrl table(rows: DISCIPLINE, columns: SEX) { lines(first: 100) { nodes { node { name } cells { count } } } } } }
    ... on Refused { violations { code found expected } } ... on Forbidden { violations { code } } } }`;
  const input = { institution: HERE, year: 2026, ...more };
  const { data, errors } = await api.ask(query, { as, variables: { input } });
  expect(errors, api.logged.join('\n')).toEqual([]);
  return data.publishStatistics;
}

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${api.url}${path}`, { headers });
const bytesOf = async (path: string) => new Uint8Array(await (await get(path)).arrayBuffer());

describe('Article 17: looking before publishing', () => {
  test.each(['xuewei.guan', 'jiancha', 'sheng.shen'])('%s sees protected figures', async (as) => {
    const seen = await looked(as, { institution: HERE, year: 2026 });
    expect(seen).toMatchObject({ year: 2026, asOf: '2026-12-28', threshold: 5, withheld: [], versions: 1 });
    expect(seen.total).toEqual({ count: 430, status: 'PUBLISHED' });
    const { heads, lines } = seen.table;
    expect(heads.map(({ key }: Data) => key)).toEqual(['sex:male', 'sex:female']);
    expect(lines.nodes.map(({ node }: Data) => node?.key ?? null)).toEqual([
      ...['level:bachelor', 'category:regular-bachelor', 'level:master', 'category:academic-master', null],
    ]);
    for (const { count, status } of lines.nodes.flatMap(({ cells }: Data) => cells)) {
      expect(status).toBe(count === null ? 'SUPPRESSED' : 'PUBLISHED');
    }
    const [action] = seen.actions;
    expect(action.name).toBe('PUBLISH_STATISTICS');
    const codes = action.violations.map(({ code }: Data) => code);
    expect(codes).toContain('statistics-unchanged');
    expect(codes.length > 1).toBe(as !== 'xuewei.guan');
  });

  test.each(['jiaowu.cai', 'yanjiu.zhang', 'donghai.xuewei'])('%s does not', async (as) => {
    expect(await looked(as, { institution: HERE, year: 2026 })).toBeNull();
  });

  test('nobody does without signing in', async () => {
    const { errors } = await api.ask(LOOK, { variables: { institution: HERE } });
    expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  test('a year to come has no figures, and says why', async () => {
    const seen = await looked('xuewei.guan', { year: 2099 });
    expect(seen).toMatchObject({ table: null, total: { count: null, status: 'SUPPRESSED' } });
    expect(seen.violations).toEqual([{ code: 'statistics-year-impossible', found: '2099', expected: '1981 – 2026' }]);
  });

  test.each([
    ['CATEGORY', 'LEVEL'],
    ['FIELD', 'FIELD'],
    ['YEAR', 'SEX'],
  ])('%s by %s is no table', async (rows, columns) => {
    const query = `{ statistics(year: 2026) { table(rows: ${rows}, columns: ${columns}) { heads { key } } } }`;
    const { errors } = await api.ask(query, { as: 'xuewei.guan' });
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('Article 17: what is public', () => {
  test('is published once, by the degree office alone', async () => {
    expect(done).toMatchObject({ __typename: 'PublishStatisticsSuccess', version: 1, step: { article: '17' } });
    expect(await publish()).toEqual({
      __typename: 'Refused',
      violations: [{ code: 'statistics-unchanged', found: 'v1', expected: null }],
    });
    expect((await publish({}, 'jiaowu.cai')).__typename).toBe('Forbidden');
  });

  test('is read by anybody', async () => {
    const query = `{ publishedStatistics(institution: "${HERE}") { totalCount nodes { year version total threshold } }
      statisticsPublication(institution: "${HERE}") { digest table(rows: SEX) { lines { nodes { node { key } total { count } } } } }
      publishedStatisticsByYear(institution: "${HERE}", columns: LEVEL) { lines { nodes { node { key } total { count } } } }
      none: statisticsPublication(institution: "${HERE}", year: 1999) { id }
      nowhere: publishedStatistics(institution: "99999") { nodes { id } } }`;
    const { data, errors } = await api.ask(query);
    expect(errors).toEqual([]);
    expect(data.publishedStatistics).toEqual({
      totalCount: 1,
      nodes: [{ year: 2026, version: 1, total: 430, threshold: 5 }],
    });
    expect(data.statisticsPublication.digest).toBe(done.digest);
    expect(data.publishedStatisticsByYear.lines.nodes).toEqual([
      { node: { key: 'year:2026' }, total: { count: 430 } },
      { node: null, total: { count: 430 } },
    ]);
    expect(data.none).toBeNull();
    expect(data.nowhere.nodes).toEqual([]);
  });

  test('is what the code on the document stands for', async () => {
    const page = await get(`/v/${done.publication.verificationCode}`);
    expect(page.status).toBe(200);
    const text = await page.text();
    for (const part of [done.documentNumber, done.publication.pdfDigest, '430', `${BASE}/v1.pdf`]) {
      expect(text).toContain(part);
    }
  });
});

describe('Article 17: files for everybody', () => {
  test.each(['pdf', 'json', 'csv', 'xlsx'])('%s, with a name in Chinese and an entity tag', async (format) => {
    const reply = await get(`${BASE}.${format}`);
    expect(reply.status).toBe(200);
    const disposition = decodeURIComponent(reply.headers.get('content-disposition') ?? '');
    expect(disposition).toContain(`聊城大学2026年学位授予统计数据（第1版）.${format}`);
    const tag = reply.headers.get('etag') ?? '';
    expect((await get(`${BASE}/v1.${format}`, { 'if-none-match': tag })).status).toBe(304);
    const bytes = new Uint8Array(await reply.arrayBuffer());
    expect(tag).toBe(`"${createHash('sha256').update(bytes).digest('hex')}"`);
    expect(Buffer.compare(bytes, await bytesOf(`${BASE}/v1.${format}`))).toBe(0);
  });

  test.each([
    ...[`/institutions/${HERE}/statistics/2025.csv`, `${BASE}/v2.pdf`, '/institutions/99999/statistics/2026.csv'],
    ...[`${BASE}/sex.pdf`, `${BASE}/category-by-level.csv`, `${BASE}/year.csv`, `${BASE}/nothing-by-sex.xlsx`],
    `${BASE}/sex-by-discipline.csv`,
  ])('%s is not there', async (path) => {
    const reply = await get(path);
    expect(reply.status).toBe(404);
    expect((await reply.json()).errors[0].extensions.code).toBe('NOT_FOUND');
  });

  test('the data are what the seal names', async () => {
    const bytes = await bytesOf(`${BASE}/v1.json`);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(done.digest);
    expect(JSON.parse(Buffer.from(bytes).toString('utf8'))).toMatchObject({
      ...{ format: 'vermilion-statistics/1', year: 2026, version: 1, threshold: 5, replaces: null },
      institution: { code: HERE, name: '聊城大学' },
    });
  });

  test('a table as CSV and as XLSX holds the same cells, the suppressed ones as *', async () => {
    const rows = async (format: string) => {
      const all: string[][] = [];
      const bytes = await bytesOf(`${BASE}/v1/discipline-by-sex.${format}`);
      const table = await openTable({ bytes }, { name: 'table', maxBytes: 1e8, maxRows: 1e5 });
      for await (const { cells } of table.rows()) all.push(cells.map((cell) => cell ?? ''));
      return all;
    };
    const [csv, xlsx] = [await rows('csv'), await rows('xlsx')];
    expect(xlsx).toEqual(csv);
    const english = csv.find(([code]) => code === '050201');
    expect(english?.slice(0, 3)).toEqual(['050201', '050201 英语', '*']);
    expect(csv.at(-1)?.at(-1)).toBe('430');
  });

  test.skipIf(!has('python3-pandas'))(needing('python3-pandas', 'pandas adds the figures up'), async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'statistics-')), 'all.csv');
    writeFileSync(path, await bytesOf(`${BASE}/v1.csv`));
    const script = `import pandas, sys
t = pandas.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
part = t[(t["行分类"] == "学位层次") & (t["列"] == "合计")]
hidden = (part["人数"] == "*").any()
print(len(t), hidden, 0 if hidden else part["人数"].astype(int).sum(), (t["人数"] == "*").sum() == (t["说明"] == "不予公布").sum())`;
    const [count, hidden, sum, same] = run(pythonWith('pandas') ?? '', ['-c', script, path])
      .stdout.trim()
      .split(' ');
    expect(Number(count)).toBeGreaterThan(50);
    expect([hidden === 'True' ? 430 : Number(sum), same]).toEqual([430, 'True']);
  });
});

describe('Article 17: the document', () => {
  test('is valid to somebody who trusts the root', async () => {
    const verdict = await verifyPdf(await bytesOf(`${BASE}/v1.pdf`), { roots: [world.root.der], crls: [] });
    expect(verdict.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(
      createHash('sha256')
        .update(await bytesOf(`${BASE}/v1.pdf`))
        .digest('hex'),
    ).toBe(done.publication.pdfDigest);
  });

  test.skipIf(!has('qpdf'))(needing('qpdf', 'is a sound file'), async () => {
    expect(judge(await bytesOf(`${BASE}/v1.pdf`), 'qpdf', ['--check', '{}'])).toContain('No syntax or stream');
  });

  test.skipIf(!has('pdfsig'))(needing('pdfsig', 'is signed as a whole'), async () => {
    const told = judge(await bytesOf(`${BASE}/v1.pdf`), 'pdfsig', ['-nocert', '{}']);
    expect(told).toContain('Signature is Valid');
    expect(told).toContain('Total document signed');
  });

  test.skipIf(!has('pdftotext'))(
    needing('pdftotext', 'says how people are protected, and no small number'),
    async () => {
      const text = textOf(await bytesOf(`${BASE}/v1.pdf`));
      expect(text).toContain('少于5人的数据不予公布，以“*”表示');
      expect(text).toContain('截至2026年12月28日');
      expect(text).toContain('编制单位为聊城大学学位评定委员会办公室');
    },
  );
});
