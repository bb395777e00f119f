// A PDF with one byte changed: the verifier says so to anybody, and what was altered in the database is neither used nor served.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId } from '../../src/graphql/global-id.ts';
import { type Data, startApi, type TestApi } from '../support/api.ts';
import { act, checkTable, unchanged } from '../support/bad-input.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { resolutionInput } from '../support/collecting.ts';
import { scanPdf } from '../support/sample-files.ts';
import { recordCsv, sampleRecords } from '../support/samples.ts';
import { bringTo } from '../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let test: TestWorld;
let api: TestApi;
let batch: Collected;
let application: Data;
let pdf: Buffer;

beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-23');
  api = await startApi(test);
  batch = await collectedBatch(test, 2);
  await bringTo(test, batch, 'disclosed');
  test.setClock('2026-07-20');
  const evidence = await api.upload('jiaowu.cai', 'EVIDENCE', scanPdf('evidence'), '情况说明.pdf');
  const drafted = await act(
    api,
    'jiaowu.cai',
    'draftSupplementaryReport',
    draft(evidence.digest),
    'application { id }',
  );
  const { id } = drafted.application;
  await act(api, 'jiaowu.he', 'checkApplication', { application: id });
  await act(api, 'jiaowu.zhang', 'approveApplication', { application: id });
  const fields = 'application { id pdfDigest downloadUrl }';
  ({ application } = await act(api, 'xuewei.guan', 'sealApplication', { application: id }, fields));
  pdf = Buffer.from(await (await get(application.downloadUrl)).arrayBuffer());
});
afterAll(async () => {
  await api.close();
  await test.close();
});

const draft = (evidence: string) => ({
  resolution: globalId('Resolution', { institution: HERE, id: batch.resolutionId }),
  category: 'REGULAR_BACHELOR',
  records: batch.recordIds.map((id) => globalId('DegreeRecord', { institution: HERE, id })),
  reason: '因学籍信息核对耗时较长，未能在规定期限内完成报送工作，特申请补报。',
  measures: '今后提前一个月完成学籍信息核对，并由专人负责跟踪报送进度。',
  evidence: [{ title: '关于学籍核对情况的说明', fileDigest: evidence }],
});

async function get(path: string, as?: string, language = 'zh') {
  const bearer = as ? { authorization: `Bearer ${await api.signIn(as)}` } : {};
  const url = path.replace(test.world.origin, api.url);
  return fetch(url.startsWith('http') ? url : api.url + url, { headers: { ...bearer, 'accept-language': language } });
}

/** Changes one bit of what is kept under a digest, or of its first sealed piece. */
async function alter(key: string): Promise<void> {
  const flip = 'UPDATE "StoredFile" SET "bytes" = set_byte("bytes", 60, get_byte("bytes", 60) # 1) WHERE "digest" = $1';
  expect((await test.world.db.pool.query(flip, [key])).rowCount).toBe(1);
}

describe('Article 12: a sealed PDF with one byte changed', () => {
  /** `npm run verify` on some bytes: exit code and verdict. */
  async function verify(bytes: Uint8Array): Promise<{ code: number; verdict: Data }> {
    const directory = mkdtempSync(join(tmpdir(), 'vermilion-'));
    const file = join(directory, '补报申请.pdf');
    writeFileSync(file, bytes);
    const args = [
      '--import',
      'tsx',
      'src/main.ts',
      'verify',
      file,
      '--root',
      join(test.directory, 'root.pem'),
      '--json',
    ];
    const cwd = fileURLToPath(new URL('../..', import.meta.url));
    const { code, stdout } = await promisify(execFile)(process.execPath, args, { cwd }).then(
      ({ stdout }) => ({ code: 0, stdout }),
      (failed: { code: number; stdout: string }) => failed,
    );
    rmSync(directory, { recursive: true });
    return { code, verdict: JSON.parse(stdout) };
  }

  it('the verifier exits 0 for the document as served, 1 for the changed one, 2 for what is no document', async () => {
    const changed = Buffer.from(pdf);
    const middle = Math.floor(pdf.length / 2);
    changed[middle] = (changed[middle] ?? 0) ^ 1;
    const [good, bad, none] = await Promise.all([verify(pdf), verify(changed), verify(Buffer.from('%PDF-1.7 none'))]);
    expect([good.code, good.verdict.verdict]).toEqual([0, 'valid']);
    expect([bad.code, bad.verdict.verdict]).toEqual([1, 'not-valid']);
    const failed = bad.verdict.checks.filter((check: Data) => check.outcome === 'failed');
    expect(failed.length).toBeGreaterThan(0);
    for (const { zh, en } of failed) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/^[^\p{Script=Han}]+$/u);
    }
    expect([none.code, none.verdict.verdict]).toEqual([2, 'unreadable']);
  });

  it('altered in the database it is not served: neither by session nor by link, in both languages', async () => {
    await alter(application.pdfDigest);
    const sentences = {
      zh: '库存文件与登记的摘要不一致，已拒绝提供。请告知管理员。',
      en: 'The stored file is not the one that was registered, so it is not served. Tell the administrator.',
    };
    for (const [language, message] of Object.entries(sentences)) {
      const answers = [
        await get(`/documents/${application.id}.pdf`, 'jiaowu.cai', language),
        await get(application.downloadUrl, undefined, language),
      ];
      for (const answer of answers) {
        expect(answer.status).toBe(500);
        const { errors } = (await answer.json()) as Data;
        expect(errors).toMatchObject([
          { message, extensions: { code: 'FILE_ALTERED', digest: application.pdfDigest } },
        ]);
      }
    }
    expect(api.logged.map((line) => JSON.parse(line).code)).toEqual(Array(4).fill('FILE_ALTERED'));
    await alter(application.pdfDigest);
    expect((await get(application.downloadUrl)).status).toBe(200);
  });
});

describe('Article 12: an altered file is not used either', () => {
  const altered = (digest: string) => ({
    __typename: 'Refused',
    violations: [{ code: 'file-altered', article: '12', found: digest }],
  });

  it('a table of records, kept sealed', async () => {
    const bytes = recordCsv('regular-bachelor', sampleRecords('regular-bachelor', 2));
    const { digest } = await api.upload('jiaowu.cai', 'RECORDS', bytes, '本科.csv');
    await alter(`${digest}/0000`);
    const resolution = globalId('Resolution', { institution: HERE, id: batch.resolutionId });
    expect(await unchanged(test, () => checkTable(api, { resolution, bytes }))).toMatchObject(altered(digest));
  });

  it('a roster', async () => {
    test.setClock('2026-06-22');
    const input = await resolutionInput(test, sampleRecords('regular-bachelor', 2));
    await alter(input.rosterDigest);
    const answer = await unchanged(test, () => act(api, 'xuewei.guan', 'loadResolution', input));
    expect(answer).toMatchObject(altered(input.rosterDigest));
  });
});
