// Articles 12, 15, 16: the whole case as one ZIP, documents of every round, status lists, codes and their page, through the real server.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyFile } from '../../src/commands/verify.ts';
import { readZip } from '../../src/files/zip.ts';
import { globalId } from '../../src/graphql/global-id.ts';
import { signedUrl } from '../../src/graphql/links.ts';
import { caseArchive } from '../../src/procedures/applications/case-archive.ts';
import { changeRecords } from '../../src/procedures/applications/change-records.ts';
import { dispatchApplication } from '../../src/procedures/applications/dispatch-application.ts';
import type { SealedApplication } from '../../src/procedures/applications/seal-application.ts';
import { withdrawApplication } from '../../src/procedures/applications/withdraw-application.ts';
import { checkDocument } from '../../src/procedures/check-document.ts';
import { recipientsOf } from '../../src/regulation/applications/applications.ts';
import { ADDRESSEES } from '../../src/regulation/vocabulary.ts';
import { verifyBundle } from '../../src/sealing/verify/bundle.ts';
import { verifyPdf } from '../../src/sealing/verify/pdf.ts';
import { FileAltered } from '../../src/store/stored-files.ts';
import { startApi, type TestApi } from '../support/api.ts';
import type { Collected } from '../support/collected.ts';
import { judged, run } from '../support/outside.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';
import {
  type CaseKey,
  decideCase,
  dispatchCase,
  draftChange,
  draftDeletion,
  draftRevocation,
  filedBatch,
  revoke,
  sealCase,
  uploaded,
} from '../support/written-cases.ts';

let world: TestWorld;
let api: TestApi;
let batch: Collected;
let change: CaseKey;
let revocation: CaseKey;
let first: SealedApplication;
let second: SealedApplication;
let decisions: string[];

/** Names that no Windows accepts, one as long as a title may be, and twice the same one. */
const ODD = 'a/b\\c:d*e?f"g<h>i|j..';
const LONG = '长'.repeat(100);
const TITLES = ['论文题目核对情况说明', ODD, LONG, ODD];
const id = (type: string, { applicationId }: CaseKey) => globalId(type, { institution: HERE, id: applicationId });
const zipPath = () => `/applications/${id('ChangeRequest', change)}.zip`;

beforeAll(async () => {
  world = await testWorld();
  batch = await filedBatch(world, 5);
  change = await draftChange(world, batch.recordIds[0] ?? '', ['最初的证明材料']);
  first = await sealCase(world, change);
  await dispatchCase(world, change, 'change-request');
  const returned = await decideCase(world, change, 'return');
  world.setClock('2026-07-22');
  await draftChange(world, batch.recordIds[0] ?? '', TITLES, change);
  second = await sealCase(world, change);
  await dispatchCase(world, change, 'change-request');
  decisions = [returned, await decideCase(world, change, 'consent')];
  await changeRecords(world.callAs('jiaowu.zhang'), change);
  revocation = await revoke(world, batch.recordIds[1] ?? '');
  api = await startApi(world);
});
afterAll(async () => {
  await api.close();
  await world.close();
});

async function get(path: string, as?: string, headers: Record<string, string> = {}, method = 'GET') {
  const bearer = as ? { authorization: `Bearer ${await api.signIn(as)}` } : {};
  const url = path.replace(world.world.origin, api.url);
  return fetch(url.startsWith('http') ? url : api.url + url, { method, headers: { ...bearer, ...headers } });
}

async function status(path: string, as?: string): Promise<number> {
  const answer = await get(path, as);
  await answer.arrayBuffer();
  return answer.status;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const LIMITS = { maxEntries: 200, maxEntryBytes: 32 << 20, maxTotalBytes: 256 << 20, maxRatio: 1000 };

async function bytesOf(path: string, as = 'jiaowu.cai'): Promise<Buffer> {
  const answer = await get(path, as);
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

async function membersOf(zip: Uint8Array): Promise<Map<string, Buffer>> {
  const members = new Map<string, Buffer>();
  for await (const { name, bytes } of readZip({ bytes: zip }, LIMITS)) members.set(name, Buffer.from(bytes));
  return members;
}

/** The archive unpacked into a directory of its own. */
async function unpacked(path = zipPath()): Promise<{ directory: string; members: Map<string, Buffer> }> {
  const directory = mkdtempSync(join(tmpdir(), 'vermilion-'));
  const members = await membersOf(await bytesOf(path));
  for (const [name, bytes] of members) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), bytes);
  }
  return { directory, members };
}

const textOf = (members: Map<string, Buffer>, name: string) => members.get(name)?.toString('utf8') ?? '';
const indexOf = (members: Map<string, Buffer>) =>
  textOf(members, '目录.csv')
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(','));

describe('Articles 12, 15: the whole case as one ZIP', () => {
  it('has a Chinese name, is weakly tagged, and is the same bytes while nothing happens', async () => {
    const answer = await get(zipPath(), 'jiaowu.cai');
    const { caseNumber } = await world.world.db.prisma.writtenApplication.findFirstOrThrow({
      where: { id: change.applicationId },
    });
    const name = decodeURIComponent(answer.headers.get('content-disposition')?.split("UTF-8''")[1] ?? '');
    expect(name).toBe(`更改申请-${caseNumber}.zip`);
    expect(caseNumber).toMatch(/^GG-2026-\d{4}$/);
    expect(answer.headers.get('content-type')).toBe('application/zip');
    const zip = Buffer.from(await answer.arrayBuffer());
    expect(sha256(await bytesOf(zipPath()))).toBe(sha256(zip));
    const again = await get(zipPath(), 'jiaowu.cai', { 'if-none-match': answer.headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
    const head = await get(zipPath(), 'jiaowu.cai', {}, 'HEAD');
    expect([head.status, head.headers.get('etag')]).toEqual([200, answer.headers.get('etag')]);
  });

  it('holds every document, evidence of each round, decisions, steps, trust, an index and a guide', async () => {
    const { members } = await unpacked();
    const names = [...members.keys()];
    const numberOf = (sealed: SealedApplication) => sealed.documentNumber;
    expect(names).toEqual([
      '目录.csv',
      'SHA256SUMS.txt',
      '说明-README.txt',
      `01-公文/01-${numberOf(first)}更改申请（已被取代）.pdf`,
      `01-公文/02-${numberOf(second)}更改申请.pdf`,
      '02-证明材料/01-论文题目核对情况说明.pdf',
      '02-证明材料/02-a_b_c_d_e_f_g_h_i_j.pdf',
      `02-证明材料/03-${'长'.repeat(50)}.pdf`,
      '02-证明材料/04-a_b_c_d_e_f_g_h_i_j.pdf',
      expect.stringMatching(/^02-证明材料\/05-扫描件\d+\.pdf$/),
      expect.stringMatching(/^03-批复\/01-鲁学位办〔2026〕\d+号（退回补正）\.pdf$/),
      expect.stringMatching(/^03-批复\/02-鲁学位办〔2026〕\d+号（已同意）\.pdf$/),
      '06-步骤/验证包.json',
      '06-步骤/步骤.csv',
      '07-信任/root.pem',
      '07-信任/crl.pem',
    ]);
    const at = (place: number) => sha256(members.get(names[place] ?? '') ?? Buffer.alloc(0));
    expect([at(3), at(4)]).toEqual([first.pdfDigest, second.pdfDigest]);
    expect([at(10), at(11)]).toEqual(decisions);
    expect(members.get('07-信任/root.pem')?.toString()).toBe(world.root.pem);
    const guide = textOf(members, '说明-README.txt');
    for (const word of [
      'run verify -- ',
      'pdfsig',
      'qpdf --check',
      'openssl',
      'sha256sum -c',
      names[4] ?? '',
      'Case file',
    ]) {
      expect(guide).toContain(word);
    }
    const steps = textOf(members, '06-步骤/步骤.csv').trim().split('\r\n');
    expect(steps).toHaveLength(14);
    expect(steps.at(-1)).toContain('更改');
    expect(steps.some((line) => line.includes('书面申请用印') && line.includes(second.documentNumber))).toBe(true);
  });

  it('every digest of the index and of the sums is that of its member, and every member is in them', async () => {
    const { members } = await unpacked();
    const index = indexOf(members);
    for (const [, name = '', kind, , date, digest, size] of index) {
      const bytes = members.get(name) ?? Buffer.alloc(0);
      expect([sha256(bytes), String(bytes.length)], name).toEqual([digest, size]);
      expect([kind, date]).toEqual([expect.stringMatching(/./), expect.stringMatching(/^2026-07-2\d$/)]);
    }
    const sums = textOf(members, 'SHA256SUMS.txt').trim().split('\n');
    for (const line of sums) expect(sha256(members.get(line.slice(66)) ?? Buffer.alloc(0))).toBe(line.slice(0, 64));
    const listed = index.map(([, name]) => name);
    expect([...members.keys()].filter((name) => !listed.includes(name))).toEqual(['目录.csv', 'SHA256SUMS.txt']);
    expect(sums.map((line) => line.slice(66))).toEqual(['目录.csv', ...listed]);
    expect(index.map(([, , kind]) => kind).slice(1, 3)).toEqual(['公文（已被取代）', '公文（现行）']);
  });

  it('the bundle in it is the one that is served, and it and the documents hold against the root', async () => {
    const { members } = await unpacked();
    const bundle = textOf(members, '06-步骤/验证包.json');
    expect(bundle).toBe((await bytesOf(`/bundles/applications/${id('ChangeRequest', change)}.json`)).toString('utf8'));
    const trust = { roots: [world.root.der] };
    const verdict = await verifyBundle(JSON.parse(bundle), trust);
    expect([verdict.verdict, verdict.checks.filter((one) => one.outcome === 'failed')]).toEqual(['valid', []]);
    for (const [name, bytes] of members) {
      if (name.startsWith('01-')) expect((await verifyPdf(new Uint8Array(bytes), trust)).verdict, name).toBe('valid');
    }
  });

  it('the guide’s own commands succeed in the unpacked folder, the verifier being elsewhere', async () => {
    const { directory, members } = await unpacked();
    const commands = textOf(members, '说明-README.txt').match(/npm .*run verify.*/g) ?? [];
    expect(commands).toHaveLength(2);
    expect(commands[1]).toBe(commands[0]);
    const command = (commands[0] ?? '').replace('/path/to/vermilion', join(import.meta.dirname, '..', '..'));
    const verified = run('sh', ['-c', `cd '${directory}' && ${command}`]);
    expect([verified.status, verified.stdout.match(/: 验证通过/g)?.length], verified.stderr).toEqual([0, 2]);
    expect(verified.stdout).toContain('06-步骤/验证包.json: 验证通过');
    const absent = run('sh', ['-c', `cd '${directory}' && ${command} 06-步骤/none.json`]);
    expect([absent.status, absent.stderr.includes('Cannot read 06-步骤/none.json')]).toEqual([2, true]);
    const sums = run('sh', ['-c', `cd '${directory}' && sha256sum -c SHA256SUMS.txt`]);
    expect([sums.status, sums.stdout.includes('FAILED')]).toEqual([0, false]);
  });

  judged('unzip', 'unzip finds no fault in it', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'vermilion-')), 'case.zip');
    writeFileSync(path, await bytesOf(zipPath()));
    expect(run('unzip', ['-t', path]).stdout).toContain('No errors detected');
  });

  judged('python3', 'Python reads it, with UTF-8 names by their flag and the days of the case', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'vermilion-')), 'case.zip');
    writeFileSync(path, await bytesOf(zipPath()));
    const script =
      'import sys,zipfile,json\nz=zipfile.ZipFile(sys.argv[1])\nprint(json.dumps([z.testzip(),[[i.filename,bool(i.flag_bits&0x800),list(i.date_time)] for i in z.infolist()]]))';
    const [bad, infos] = JSON.parse(run('python3', ['-c', script, path]).stdout);
    expect(bad).toBeNull();
    expect(infos[3]).toEqual([
      `01-公文/01-${first.documentNumber}更改申请（已被取代）.pdf`,
      true,
      [2026, 7, 20, 0, 0, 0],
    ]);
    expect(infos[4][2]).toEqual([2026, 7, 22, 0, 0, 0]);
    for (const [name] of infos as [string][]) {
      const parts = name.split('/');
      for (const part of parts) {
        expect(part).not.toMatch(/[\\:*?"<>|\p{Cc}\p{Cf}]|[. ]$/u);
        expect(Buffer.byteLength(part)).toBeLessThan(200);
      }
    }
  });

  judged('pdfsig', 'pdfsig and qpdf find the documents signed as a whole', async () => {
    const { directory, members } = await unpacked();
    for (const name of members.keys()) {
      if (!name.startsWith('01-')) continue;
      expect(run('pdfsig', ['-nocert', join(directory, name)]).stdout).toContain('Total document signed');
      expect(run('qpdf', ['--check', join(directory, name)]).stdout).toContain('No syntax or stream');
    }
  });

  it('that of a revocation holds the resolution and the proofs of delivery', async () => {
    const path = `/applications/${id('RevocationReport', revocation)}.zip`;
    const names = [...(await membersOf(await bytesOf(path, 'sheng.shen'))).keys()];
    const proofs = names.filter((name) => name.startsWith('04-')).join();
    expect(proofs).toContain('国务院学位委员会办公室（挂号邮寄）.pdf');
    expect(proofs).toContain('教育部学位与研究生教育发展中心（挂号邮寄）.pdf');
    expect(names.filter((name) => name.startsWith('03-')).join()).toMatch(/（已确认撤销）\.pdf$/);
    expect(names.filter((name) => name.startsWith('05-')).join()).toMatch(
      /05-决议与复核\/01-聊大学位〔2026〕撤\d+号撤销学位决议\.pdf/,
    );
  });

  it('lists every dispatch, also where one receipt proves several', async () => {
    const key = await draftRevocation(world, batch.recordIds[4] ?? '');
    const draft = await unpacked(`/applications/${id('RevocationReport', key)}.zip`);
    expect(textOf(draft.members, '说明-README.txt')).toContain('run verify -- "06-步骤/验证包.json" --root');
    await sealCase(world, key);
    const proofDigest = await uploaded(world, 'xuewei.guan', 'delivery-proof');
    const mailed = recipientsOf('revocation-report').filter((one) => one !== 'provincial-office');
    for (const addressee of mailed) {
      await dispatchApplication(world.callAs('xuewei.guan'), {
        ...{ ...key, addressee, channel: 'registered-mail', dispatchedOn: '2026-07-22', receipt: 'XA1CN', proofDigest },
      });
    }
    const { members } = await unpacked(`/applications/${id('RevocationReport', key)}.zip`);
    const proofs = indexOf(members).filter(([, name = '']) => name.startsWith('04-'));
    expect(mailed.length).toBeGreaterThan(1);
    expect(proofs.map(([, , , title]) => title).sort()).toEqual(
      mailed.map((one) => `${ADDRESSEES[one].zh}（挂号邮寄）`).sort(),
    );
    for (const [, name = '', , , , digest] of proofs) {
      expect([digest, sha256(members.get(name) ?? Buffer.alloc(0))]).toEqual([proofDigest, proofDigest]);
    }
  });

  it('is for who sees the application and for the holder of a link, and for nobody else', async () => {
    expect(await status(zipPath())).toBe(401);
    for (const stranger of ['donghai.xuewei', 'donghai.cai', 'jixu.cai', 'yanjiu.cai']) {
      expect(await status(zipPath(), stranger), stranger).toBe(404);
    }
    for (const officer of ['jiaowu.he', 'xuewei.guan', 'jiancha', 'sheng.shen']) {
      expect(await status(zipPath(), officer), officer).toBe(200);
    }
    expect(await status(signedUrl(world.world, zipPath()))).toBe(200);
    expect(await status(`${signedUrl(world.world, zipPath())}0`)).toBe(403);
    expect(await status(`/applications/${id('RevocationReport', change)}.zip`, 'jiaowu.cai')).toBe(404);
    expect(await status(`/applications/${id('Batch', change)}.zip`, 'jiaowu.cai')).toBe(404);
    expect(await status('/applications/x.zip', 'jiaowu.cai')).toBe(404);
  });
});

describe('Article 15: documents of every kind and round', () => {
  it('the one in force, and each by its number in the case', async () => {
    const path = `/documents/${id('ChangeRequest', change)}`;
    expect(sha256(await bytesOf(`${path}.pdf`))).toBe(second.pdfDigest);
    expect(sha256(await bytesOf(`${path}/1.pdf`))).toBe(first.pdfDigest);
    expect(sha256(await bytesOf(`${path}/2.pdf`))).toBe(second.pdfDigest);
    expect(sha256(await bytesOf(`${path}/1.pdf`, 'sheng.shen'))).toBe(first.pdfDigest);
    for (const [there, as] of [
      [`${path}/3.pdf`, 'jiaowu.cai'],
      [`${path}/0.pdf`, 'jiaowu.cai'],
      [`${path}/1.pdf`, 'donghai.xuewei'],
      [`${path}/1.pdf`, 'jixu.cai'],
      [`/documents/${id('DeletionRequest', change)}/1.pdf`, 'jiaowu.cai'],
      [`/documents/${id('SupplementaryReport', change)}.pdf`, 'jiaowu.cai'],
    ] as const) {
      expect(await status(there, as), there).toBe(404);
    }
    expect(await status(signedUrl(world.world, `${path}/1.pdf`))).toBe(200);
  });

  it('a draft is named by its kind, and the province does not see it', async () => {
    const key = await draftDeletion(world, batch, 2);
    const path = `/documents/${id('DeletionRequest', key)}.pdf?draft=1`;
    const answer = await get(path, 'jiaowu.cai');
    expect(await answer.text()).toContain('%PDF-');
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain('删除申请（草稿）.pdf');
    expect(await status(path, 'sheng.shen')).toBe(404);
    expect(await status(`/documents/${id('DeletionRequest', key)}.pdf`, 'jiaowu.cai')).toBe(404);
    const drafted = await bytesOf(`/applications/${id('DeletionRequest', key)}.zip`);
    const names = [...(await membersOf(drafted)).keys()];
    expect(names.some((name) => name.startsWith('01-'))).toBe(false);
    expect(names.join()).toContain('05-决议与复核/01-聊大学位〔2026〕更正1号.pdf');
  });

  it('bundles of all kinds', async () => {
    const path = `/bundles/applications/${id('RevocationReport', revocation)}.json`;
    expect(JSON.parse((await bytesOf(path)).toString())).toMatchObject({ subject: { kind: 'application' } });
    expect(await status(path, 'donghai.xuewei')).toBe(404);
    expect(await status(`/bundles/applications/${id('ChangeRequest', revocation)}.json`, 'jiaowu.cai')).toBe(404);
  });
});

describe('R15.1, R16.2: the codes of a case', () => {
  const NAMES = () => batch.fields.flatMap(({ name, identityNumber }) => [name, identityNumber]);

  it('a superseded document stays known, and says since when and by which', async () => {
    const old = await checkDocument(world.world, first.verificationCode);
    expect(old).toMatchObject({
      ...{ documentNumber: first.documentNumber, pdfDigest: first.pdfDigest, current: false, count: 1 },
      ...{ supersededOn: '2026-07-22', supersededBy: second.documentNumber, decision: 'return', carriedOutOn: null },
    });
    const now = await checkDocument(world.world, second.verificationCode);
    expect(now).toMatchObject({
      ...{ current: true, supersededOn: null, supersededBy: null, state: 'carried-out', decision: 'consent' },
      ...{ decisionZh: '已同意', decidedOn: '2026-07-22', carriedOutOn: '2026-07-22' },
    });
  });

  it('the page says the same in both languages, without a name', async () => {
    const page = async (code: string, language = 'zh') =>
      (await get(`/v/${code}`, undefined, { 'accept-language': language })).text();
    const old = await page(first.verificationCode);
    expect(old).toContain(`自 2026-07-22 起被 ${second.documentNumber} 取代`);
    expect(old).toContain('退回补正');
    expect(await page(first.verificationCode, 'en')).toContain(`superseded on 2026-07-22 by ${second.documentNumber}`);
    expect(await page(second.verificationCode, 'en')).toContain('the document in force');
    const row = await world.world.db.prisma.writtenApplication.findFirstOrThrow({
      where: { id: revocation.applicationId },
    });
    const report = await page(row.verificationCode ?? '');
    for (const text of ['已确认撤销', row.decisionNumber ?? '-', '办结日期', '2026-07-22'])
      expect(report).toContain(text);
    expect(await page(row.verificationCode ?? '', 'en')).toContain('revocation confirmed');
    for (const name of NAMES()) for (const text of [old, report]) expect(text).not.toContain(name);
  });

  it('of a case that was withdrawn or refused: the page says so in both languages, and that nothing is in force', async () => {
    const page = async (code: string, language = 'zh') =>
      (await get(`/v/${code}`, undefined, { 'accept-language': language })).text();
    const withdrawn = await draftChange(world, batch.recordIds[3] ?? '', ['误写的材料']);
    const returned = await sealCase(world, withdrawn);
    await dispatchCase(world, withdrawn, 'change-request');
    await decideCase(world, withdrawn, 'return');
    await draftChange(world, batch.recordIds[3] ?? '', ['再写的材料'], withdrawn);
    const last = await sealCase(world, withdrawn);
    await withdrawApplication(world.callAs('jiaowu.cai'), withdrawn);
    for (const { verificationCode } of [returned, last]) {
      const zh = await page(verificationCode);
      expect(zh).toContain('已撤回：这份公文不再有效');
      expect(zh).not.toMatch(/现行的公文|以后者为准/);
      const en = await page(verificationCode, 'en');
      expect(en).toContain('was withdrawn: the document is not in force');
      expect(en).not.toMatch(/It is the document in force|Go by that/);
    }
    expect(await page(returned.verificationCode)).toContain(`被 ${last.documentNumber} 取代`);

    const refused = await draftChange(world, batch.recordIds[3] ?? '', ['不足的材料']);
    const { verificationCode } = await sealCase(world, refused);
    await dispatchCase(world, refused, 'change-request');
    await decideCase(world, refused, 'refuse');
    expect(await page(verificationCode)).toContain('批复不同意：这份公文不具效力');
    expect(await page(verificationCode, 'en')).toContain('was refused: the document is not in force');
    expect(await page(verificationCode)).not.toContain('现行');
  });

  it('are typed into a form at /v/, which answers as the printed address does and runs no scripts', async () => {
    for (const path of ['/v/', '/v', '/v/?code=', '/v/?code=%20']) {
      const asking = await get(path);
      expect([path, asking.status]).toEqual([path, 200]);
      expect(asking.headers.get('content-security-policy')).toMatch(/default-src 'none'.*form-action 'self'/);
      const html = await asking.text();
      expect(html).toContain('<form method="get" action="/v/">');
      expect(html).toContain('核验码');
      expect(html).not.toContain('<script');
    }
    const typed = await get(`/v/?code=${encodeURIComponent(` ${second.verificationCode.toLowerCase()} `)}`);
    const scanned = await get(`/v/${second.verificationCode}`);
    expect([typed.status, await typed.text()]).toEqual([200, await scanned.text()]);
    expect(typed.headers.get('content-security-policy')).toContain("form-action 'none'");
    const unknown = await get('/v/?code=2222-2222-2222"><b>', undefined, { 'accept-language': 'en' });
    const text = await unknown.text();
    expect([unknown.status, text.includes('<form '), text.includes('<b>')]).toEqual([404, true, false]);
    expect((await get('/v/', undefined, {}, 'POST')).status).toBe(405);
    expect((await get('/vv')).status).toBe(404);
  });

  it('while a returned case is written anew, outside it is still returned', async () => {
    const key = await draftChange(world, batch.recordIds[3] ?? '');
    const sealed = await sealCase(world, key);
    await dispatchCase(world, key, 'change-request');
    await decideCase(world, key, 'return');
    await draftChange(world, batch.recordIds[3] ?? '', ['补充材料'], key);
    expect(await checkDocument(world.world, sealed.verificationCode)).toMatchObject({
      current: true,
      state: 'returned',
    });
    const path = `/documents/${id('ChangeRequest', key)}`;
    // The province keeps what reached it; what is being written it does not see.
    expect(await status(`${path}/1.pdf`, 'sheng.shen')).toBe(200);
    expect(await status(`${path}.pdf?draft=1`, 'sheng.shen')).toBe(404);
    expect(await status(`/applications/${id('ChangeRequest', key)}.zip`, 'sheng.shen')).toBe(404);
  });
});

describe('R16.2: the public status list', () => {
  const path = `/institutions/${HERE}/status-list.json`;

  it('is there for anybody, with an entity tag, for a minute, and names nobody', async () => {
    const answer = await get(path);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      ...[200, 'application/json', 'public, max-age=60'],
    ]);
    const text = await answer.text();
    expect(text).toContain(batch.recordIds[1]);
    for (const { name, certificateNumber, identityNumber, studentNumber } of batch.fields) {
      for (const value of [name, certificateNumber, identityNumber, studentNumber ?? '-'])
        expect(text).not.toContain(value);
    }
    const again = await get(path, undefined, { 'if-none-match': answer.headers.get('etag') ?? '' });
    expect([again.status, again.headers.get('cache-control')]).toEqual([304, 'public, max-age=60']);
    const seal = Buffer.from(await (await get(path.replace('.json', '.p7s'))).arrayBuffer());
    expect(seal.toString('base64')).toBe(JSON.parse(text).seal);
  });

  it('of nobody, of a part that is not, by another method', async () => {
    expect(await status('/institutions/99999/status-list.json')).toBe(404);
    for (const part of ['2', '0', '-1', 'x', '1e9', '']) expect(await status(`${path}?part=${part}`)).toBe(404);
    expect((await get(path, undefined, {}, 'POST')).status).toBe(405);
  });

  it('npm run verify: exit codes with a list, without one, and with one that is none', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'vermilion-'));
    const save = async (name: string, from: string, as?: string) => {
      writeFileSync(join(directory, name), Buffer.from(await (await get(from, as)).arrayBuffer()));
      return join(directory, name);
    };
    const record = (at: number) => globalId('DegreeRecord', { institution: HERE, id: batch.recordIds[at] ?? '' });
    const list = await save('status-list.json', path);
    const other = await save('other.json', '/institutions/10999/status-list.json');
    const standing = await save('standing.json', `/bundles/records/${record(0)}.json`, 'jiaowu.cai');
    const revoked = await save('revoked.json', `/bundles/records/${record(1)}.json`, 'jiaowu.cai');
    const current = await save('status-list.json', path);
    const root = await save('root.pem', '/trust/root.pem');
    const verify = (file: string, ...more: string[]) => spoken([file, '--root', root, ...more]);
    expect((await verify(standing)).code).toBe(0);
    expect((await verify(standing)).text).toContain('– status');
    const clear = await verify(standing, '--status', current);
    expect([clear.code, clear.text.includes('✓ status')]).toEqual([0, true]);
    const gone = await verify(revoked);
    expect([gone.code, gone.text.includes('已撤销'), gone.text.includes('revoked since 2026-07-15')]).toEqual([
      1,
      true,
      true,
    ]);
    const json = JSON.parse((await verify(revoked, '--status', list, '--json')).text);
    expect(json).toMatchObject({ verdict: 'not-valid', facts: { ended: { state: 'revoked', since: '2026-07-15' } } });
    expect((await verify(standing, '--status', other)).code).toBe(1);
    expect((await verify(standing, '--status', standing)).code).toBe(2);
    expect((await verify(standing, '--status', join(directory, 'none.json'))).code).toBe(2);
    const half = join(directory, 'half.json');
    writeFileSync(half, readFileSync(list).subarray(0, 300));
    expect((await verify(standing, '--status', half)).code).toBe(2);
    expect((await verify(list)).code).toBe(0);
    expect((await verify(list, '--status')).code).toBe(2);
  });
});

describe('F9: bytes altered in the store', () => {
  const flip = (digest = '') =>
    world.world.db.prisma
      .$executeRaw`UPDATE "StoredFile" SET "bytes" = set_byte("bytes", 50, (get_byte("bytes", 50) + 1) % 256) WHERE "digest" = ${digest}`;

  it('after the archive was begun, break it off before the altered file', async () => {
    const archive = await caseArchive(world.world, HERE, change.applicationId);
    await flip(decisions[1]);
    const pieces: Uint8Array[] = [];
    const reading = (async () => {
      for await (const piece of archive.bytes) pieces.push(piece);
    })();
    await expect(reading).rejects.toThrow(FileAltered);
    expect(pieces.length).toBeGreaterThan(0);
    await world.world.db.prisma
      .$executeRaw`UPDATE "StoredFile" SET "bytes" = set_byte("bytes", 50, (get_byte("bytes", 50) + 255) % 256) WHERE "digest" = ${decisions[1]}`;
    expect(await status(zipPath(), 'jiaowu.cai')).toBe(200);
  });

  it('are never part of an archive: nothing is given, and the log names them', async () => {
    await flip(decisions[0]);
    const answer = await get(zipPath(), 'jiaowu.cai');
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({
      errors: [{ extensions: { code: 'FILE_ALTERED', digest: decisions[0] } }],
    });
    expect(api.logged.some((line) => line.includes('FILE_ALTERED') && line.includes(decisions[0] ?? '-'))).toBe(true);
  });
});

/** What the command says, and its exit code. */
async function spoken(args: string[]): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    return { code: await verifyFile(args), text: lines.join('\n') };
  } finally {
    log.mockRestore();
    error.mockRestore();
  }
}
