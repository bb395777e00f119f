// The original-record archive at the end of the year (article 12): of a record, a batch and the year; appraised, handed over; and what must not be done.
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeScan } from '../year/scans.ts';
import type { Kind } from './ledger.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { INSTITUTION, type Story, StoryBroken } from './story.ts';
import { waitFor } from './waiting.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });
const TWO_THINGS = kind('archive-two-things', 'archive-one-thing', '一次导出两样', 'an archive of two things');
const NO_PURPOSE = kind('archive-no-purpose', 'archive-purpose', '导出档案未写用途', 'an archive for no purpose');
const WEAK = kind(
  'archive-weak-passphrase',
  'archive-passphrase',
  '档案口令过短',
  'an archive under a short passphrase',
);
const STRANGER = kind(
  'archive-other-office',
  'not-your-category',
  '导出其他部门的档案',
  'an archive of another office',
);
const NO_HEAD = kind('appraise-no-head', 'duty-missing', '非负责人鉴定', 'an appraisal by somebody who is no head');
const TOO_EARLY = kind(
  'transfer-unappraised',
  'archive-not-appraised',
  '未鉴定即移交',
  'a transfer before the appraisal',
);
const SHORTER = kind('appraise-shorter', 'appraisal-shorter', '缩短保管期限', 'a term of retention made shorter');
const OTHER_FILE = kind(
  'transfer-other-file',
  'archive-other-file',
  '移交的不是用印的档案',
  'another file handed over',
);
const TWICE = kind(
  'transfer-twice',
  'archive-transferred-already',
  '凭同一文据重复移交',
  'handed over twice under one receipt',
);

/** The head of the degree office, who appraises. */
const HEAD = 'xuewei.zhuren';
/** Somebody of another office. */
const OTHER_OFFICE = 'yanjiu.cai';
const PASSPHRASE = '学校档案馆保管的长口令 2026';

/** What the archives are of: a record and a batch of one office, and the officer of it who reports. */
export interface ArchiveScene {
  readonly year: number;
  readonly officer: string;
  /** Global ids. */
  readonly record: string;
  readonly batch: string;
  readonly day: string;
}

interface MadeArchive {
  readonly id: string;
  readonly title: string;
  readonly fileDigest: string;
  readonly downloadUrl: string;
}

/** Plays it; returns the archives brought home, nothing when `out` is null. */
export async function playArchive(story: Story, scene: ArchiveScene, out: string | null): Promise<string[]> {
  await story.until(scene.day);
  const purpose = `${scene.year} 年学位授予信息归档`;
  const order = (more: object) => ({ institution: INSTITUTION, purpose, ...more });
  const asked = (as: string, more: object) => () => story.act(as, 'exportArchive', order(more));
  await story.refused(TWO_THINGS, asked(scene.officer, { record: scene.record, year: scene.year }));
  await story.refused(NO_PURPOSE, asked(scene.officer, { batch: scene.batch, purpose: ' ' }));
  await story.refused(WEAK, asked(scene.officer, { batch: scene.batch, passphrase: '123456' }));
  await story.refused(STRANGER, asked(OTHER_OFFICE, { batch: scene.batch }));
  const record = await make(story, scene.officer, order({ record: scene.record }));
  const batch = await make(story, scene.officer, order({ batch: scene.batch, passphrase: PASSPHRASE }));
  const year = await make(story, HEAD, order({ year: scene.year }));
  const files = out === null ? [] : await bring(story, join(out, 'archives'), [record, batch, year]);
  await keep(story, scene, year, batch);
  return files;
}

/** Orders an archive and waits until it is sealed. @throws {StoryBroken} it could not be made */
async function make(story: Story, officer: string, input: object): Promise<MadeArchive> {
  const ordered = await story.must(officer, 'exportArchive', input, 'title archive { id } job { id }');
  const { id } = ordered.archive as { id: string };
  const { id: job } = ordered.job as { id: string };
  const what = `the archive ${ordered.title}`;
  const document = 'query($id: ID!) { archiveExport(id: $id) { id title state failure fileDigest downloadUrl } }';
  const look = async () => {
    const data = await story.query(officer, document, { id });
    const archive = data.archiveExport as MadeArchive & { state: string; failure: string | null };
    if (archive.state === 'FAILED') throw new StoryBroken(`${what}: ${archive.failure}`);
    return archive.state === 'DONE' ? archive : undefined;
  };
  return waitFor(story, { what, officer, job, look });
}

async function bring(story: Story, out: string, archives: readonly MadeArchive[]): Promise<string[]> {
  await mkdir(out, { recursive: true });
  const files: string[] = [];
  for (const { downloadUrl, fileDigest, title } of archives) {
    const { pathname, search } = new URL(downloadUrl);
    const { status, bytes, name } = await story.api.download(null, `${pathname}${search}`);
    if (status !== 200) throw new StoryBroken(`${title}: ${status}`);
    if (createHash('sha256').update(bytes).digest('hex') !== fileDigest) story.ledger.wrong(`${title}: another file`);
    const file = join(out, name ?? `${title}.zip`);
    await writeFile(file, bytes);
    files.push(file);
  }
  return files;
}

/** Appraisal by the head, and the transfer of the year's archive. */
async function keep(story: Story, scene: ArchiveScene, archive: MadeArchive, other: MadeArchive): Promise<void> {
  const scan = await makeScan('archive-receipt', '档案交接文据', ['样例交接文据。']);
  const receiptDigest = await story.upload(DEGREE_OFFICE, 'TRANSFER_RECEIPT', scan);
  const { id, fileDigest } = archive;
  const transfer = (more: object = {}) => ({
    ...{ archive: id, recipient: '聊城大学档案馆', medium: 'HARD_DISK', receiptNumber: `交〔${scene.year}〕1号` },
    ...{ receiptDigest, fileDigest, transferredOn: scene.day },
    ...more,
  });
  const appraisal = (more: object = {}) => ({
    ...{ institution: INSTITUTION, year: scene.year, retention: 'PERMANENT' },
    opinion: '学位授予的原始记录，永久保存。',
    ...more,
  });
  await story.refused(NO_HEAD, () => story.act(DEGREE_OFFICE, 'appraiseArchive', appraisal()));
  await story.refused(TOO_EARLY, () => story.act(DEGREE_OFFICE, 'transferArchive', transfer()));
  await story.must(HEAD, 'appraiseArchive', appraisal(), 'keepUntil');
  await story.refused(SHORTER, () => story.act(HEAD, 'appraiseArchive', appraisal({ retention: 'TEN_YEARS' })));
  const wrongFile = transfer({ fileDigest: other.fileDigest });
  await story.refused(OTHER_FILE, () => story.act(DEGREE_OFFICE, 'transferArchive', wrongFile));
  await story.must(DEGREE_OFFICE, 'transferArchive', transfer(), 'transfer { id }');
  await story.refused(TWICE, () => story.act(DEGREE_OFFICE, 'transferArchive', transfer()));
  const document =
    'query($institution: String!, $year: Int) { archiveCompleteness(institution: $institution, year: $year) { complete missing { digest namedBy } gaps brokenChains } }';
  const data = await story.query(DEGREE_OFFICE, document, { institution: INSTITUTION, year: scene.year });
  const told = data.archiveCompleteness as { complete: boolean };
  if (!told.complete) story.ledger.wrong(`the year is not complete: ${JSON.stringify(told)}`);
}
