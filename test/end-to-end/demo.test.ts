// The demo as a stranger runs it, small: a server process of its own, a year through the public API, every paper judged.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runDemo } from '../../src/commands/demo.ts';
import { judgePapers } from '../../src/trial/judges.ts';
import { has, needing } from '../support/outside.ts';
import { type OwnDatabase, ownDatabase } from '../support/own-postgres.ts';

let out: string;
let database: OwnDatabase;
let code: number;
const printed: string[] = [];
const DATABASE_URL = process.env.DATABASE_URL;

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'vermilion-demo-'));
  database = await ownDatabase();
  const log = vi.spyOn(console, 'log').mockImplementation((line: unknown) => void printed.push(String(line)));
  if (database.url) process.env.DATABASE_URL = database.url;
  try {
    code = await runDemo(['--scale', '0.01', '--out', out, ...(database.url ? ['--database'] : [])]);
  } finally {
    log.mockRestore();
    if (DATABASE_URL === undefined) delete process.env.DATABASE_URL;
    else process.env.DATABASE_URL = DATABASE_URL;
  }
}, 900_000);
afterAll(async () => {
  await database.drop();
  await rm(out, { recursive: true, force: true });
});

describe('the demo', () => {
  it('finds every planted mistake, refuses nothing good, and every paper holds', () => {
    const wrong = printed.filter((line) => line.includes('✗'));
    expect(wrong).toEqual([]);
    expect(code).toBe(0);
  });

  it('plants more than 200 kinds of mistakes', () => {
    const end = printed.find((line) => line.includes('kinds of mistakes')) ?? '';
    const [, kinds, planted, found] = /(\d+) kinds of mistakes, (\d+) planted, (\d+) found/.exec(end) ?? [];
    expect(Number(kinds)).toBeGreaterThan(200);
    expect(found).toBe(planted);
  });

  it('leaves the five sealed documents, each case as one ZIP, ten bundles of records, the status list and the root certificate, and no server data', async () => {
    const files = await readdir(out);
    expect(files).toContain('root.pem');
    const kinds = files.flatMap((name) => /^聊大学位办函〔\d{4}〕\d号(.+)\.pdf$/.exec(name)?.[1] ?? []);
    expect(kinds.sort()).toEqual(['更改申请', '更改申请', '删除申请', '撤销报告', '补报'].sort());
    expect(files.filter((name) => /-[A-Z]{2}-\d{4}-\d{4}\.zip$/.test(name))).toHaveLength(5);
    expect(files.filter((name) => /status-list.*\.json$/.test(name))).toHaveLength(1);
    expect(files.filter((name) => /^record-\d{16}\.json$/.test(name))).toHaveLength(10);
    expect(files.filter((name) => name.startsWith('server-'))).toEqual([]);
  });

  it('leaves the national edition as XLSX, CSV and DBF, photos, and certificates to look at, apart from what is sealed', async () => {
    const files = await readdir(join(out, 'unsealed'));
    const exported = files.filter((name) => name.includes('学士学位授予信息数据结构'));
    expect(exported.map((name) => name.slice(-4)).sort()).toEqual(['.csv', '.dbf', 'xlsx']);
    expect(files.filter((name) => name.includes('电子照片') && name.endsWith('.zip'))).toHaveLength(1);
    expect(files.filter((name) => /^certificate-(sample|specimen)-.+\.pdf$/.test(name))).toHaveLength(4);
  });

  it('proves of every person that the roster of the resolution held them', () => {
    const proofs = printed.filter((line) => line.includes('vermilion, roster-inclusion, roster-agrees'));
    expect(proofs).toHaveLength(10);
  });

  it('ends with statistics, a dataset that is gone, and archives, all of which verify without the server', async () => {
    const files = await readdir(out);
    const archives = await readdir(join(out, 'archives'));
    const judgedBy = (name: string) => printed[printed.findIndex((line) => line.endsWith(` ${name}`)) + 1] ?? '';
    const [statistics, dataset] = [/学位授予统计数据.*\.pdf$/, /^dataset-(destroyed|impossible)-\d{4}\.json$/].map(
      (wanted) => files.filter((name) => wanted.test(name)),
    );
    expect([statistics?.length, dataset?.length, archives.length]).toEqual([1, 1, 3]);
    for (const name of [...(statistics ?? []), ...(dataset ?? [])])
      expect(judgedBy(name)).toMatch(/vermilion.*verify$/);
    for (const name of archives) {
      expect(judgedBy(name)).toMatch(/verify\.mjs, verify\.mjs on a forgery, verify$/);
    }
  });

  it('has the destruction of the dataset in its certificate, sealed', async () => {
    const name = (await readdir(out)).find((each) => each.startsWith('dataset-destroyed')) ?? '';
    expect(name, 'the smallest year still has people enough').not.toBe('');
    const { steps } = JSON.parse(await readFile(join(out, name), 'utf8')) as { steps: { statementText: string }[] };
    const taken = steps.map(({ statementText }) => (JSON.parse(statementText) as { step: string }).step);
    expect(taken[0]).toBe('request-dataset');
    expect(taken.at(-1)).toBe('destroy-dataset');
    expect(taken).toEqual(expect.arrayContaining(['decide-dataset', 'generate-dataset', 'open-dataset-access']));
  });

  for (const name of ['openssl', 'qpdf', 'pdfsig']) {
    it.skipIf(!has(name))(needing(name, `is confirmed by ${name}`), () => {
      expect(printed.some((line) => line.includes(name) && !line.includes('skipped'))).toBe(true);
    });
  }

  it('would not pass with an altered document', async () => {
    const files = await readdir(out);
    const pdf = files.find((name) => name.endsWith('.pdf')) ?? '';
    const bytes = await readFile(join(out, pdf));
    const at = bytes.indexOf('/Contents <') - 40;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const altered = join(out, 'altered.pdf');
    await writeFile(altered, bytes);
    const judgements = await judgePapers([altered], join(out, 'root.pem'));
    expect(judgements.find(({ judge }) => judge === 'vermilion')?.outcome).toBe('failed');
  });
});

describe('the demo command', () => {
  it.each([
    ['--scale', 'much'],
    ['--scale', '0'],
    ['--scale', '11'],
  ])('refuses %s %s', async (...args) => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    expect(await runDemo(args)).toBe(2);
    error.mockRestore();
  });
});
