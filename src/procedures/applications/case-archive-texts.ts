// The texts of a case's archive: how to verify it, what it holds, which steps were taken.

import { writeCsv } from '../../files/write-csv.ts';
import { STEPS } from '../../regulation/steps.ts';
import { isKeyOf } from '../../regulation/vocabulary.ts';
import type { CaseStep } from './case-papers.ts';

/** A member as the index names it. */
export interface IndexRow {
  readonly name: string;
  readonly kind: string;
  readonly title: string;
  /** Civil date. */
  readonly date: string;
  /** SHA-256, hex. */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
}

const INDEX = ['序号', '文件', '种类', '标题', '日期', 'SHA-256', '字节数'];

/** 目录: every other member with its digest, as CSV. */
export function indexCsv(rows: readonly IndexRow[]): Promise<Buffer> {
  return csv(
    INDEX,
    rows.map(({ name, kind, title, date, digest, size }, at) => [
      ...[String(at + 1), name, kind, title, date, digest, String(size)],
    ]),
  );
}

const STEP_HEADER = ['序号', '时间', '步骤', '条款', '部门', '经办人', '文号', '日志位置', '叶节点 SHA-256'];

/** 步骤: who did what when, with its place in the log, as CSV. */
export function stepsCsv(steps: readonly CaseStep[]): Promise<Buffer> {
  return csv(
    STEP_HEADER,
    steps.map(({ name, at, article, office, officer, facts, leafIndex, leafHash }, place) => [
      ...[String(place + 1), shanghaiTime(at), isKeyOf(STEPS, name) ? STEPS[name].zh : name, article, office, officer],
      ...[numberIn(facts), String(leafIndex), leafHash],
    ]),
  );
}

function numberIn({ decisionNumber, documentNumber }: CaseStep['facts']): string {
  const number = decisionNumber ?? documentNumber;
  return typeof number === 'string' ? number : '';
}

/** 2026-07-20 12:00:00 in Asia/Shanghai, which has had no summer time since 1991. */
function shanghaiTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

async function csv(header: readonly string[], rows: string[][]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeCsv(header, rows)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Digest lines as `sha256sum -c` reads them. */
export function digestLines(rows: readonly Pick<IndexRow, 'name' | 'digest'>[]): Buffer {
  return Buffer.from(rows.map(({ name, digest }) => `${digest}  ${name}\n`).join(''), 'utf8');
}

/** How to verify the archive, in Chinese and English. */
export function readme(of: {
  readonly title: string;
  readonly institution: string;
  /** A sealed document and the bundle, as they are named in the archive; null where there is none yet. */
  readonly document: string | null;
  readonly bundle: string;
  readonly root: string;
  readonly crl: string | null;
  readonly statusList: string;
}): Buffer {
  const { title, institution, bundle, root, crl, statusList } = of;
  const document = of.document ?? '01-公文/….pdf';
  const files = [bundle, ...(of.document === null ? [] : [of.document])].map((name) => `"${name}"`).join(' ');
  const list = crl === null ? '' : ` --crl "${crl}"`;
  // The verifier is not in here: a case that brings its own judge proves nothing.
  const verify = `  npm --prefix /path/to/vermilion run verify -- ${files} --root "${root}"${list}`;
  const lines = [
    `${title}（${institution}）案卷`,
    '',
    '一、内容',
    '目录.csv 列出全部文件及其种类、标题、日期和 SHA-256；步骤.csv 列出案卷的每一步。标有“已被取代”的公文不再现行。',
    '',
    '二、核对文件是否完整',
    '  sha256sum -c SHA256SUMS.txt',
    '',
    '三、验证签章和步骤（只需信任根证书；请从出具单位另行取得根证书，与本案卷中的比对后再用）',
    '  验证程序在 Vermilion 项目的源代码库中（需要 Node.js）：取得该代码库，将 /path/to/vermilion 换成它所在的文件夹，在本案卷文件夹中运行：',
    verify,
    `  此后是否另有终止（删除、撤销、宣布无效），请取最新的状态清单再验：--status status-list.json（${statusList}）`,
    '',
    '四、用通用工具核对公文',
    `  pdfsig "${document}"      须出现 “Total document signed”`,
    `  qpdf --check "${document}"`,
    `  openssl x509 -in "${root}" -noout -subject -fingerprint -sha256`,
    '',
    '本案卷含个人信息，请按规定保管和使用。',
    '',
    '----------------------------------------------------------------',
    '',
    `Case file: ${title} (${institution})`,
    '',
    '1. Content',
    '目录.csv is the index: every file with its kind, title, date and SHA-256. 步骤.csv lists every step of the case. A document marked 已被取代 is superseded.',
    '',
    '2. Whether the files are whole',
    '  sha256sum -c SHA256SUMS.txt',
    '',
    '3. Seals and steps (trusting the root certificate only: get it from the institution by another way and compare it with the one in here)',
    '  The verifier is in the repository of the Vermilion project (it needs Node.js): get it, put its folder in the place of /path/to/vermilion, and run in the folder of this case:',
    verify,
    `  Whether something ended since (deleted, revoked, declared invalid): add the newest status list, --status status-list.json (${statusList})`,
    '',
    '4. The documents by common tools',
    `  pdfsig "${document}"      must say "Total document signed"`,
    `  qpdf --check "${document}"`,
    `  openssl x509 -in "${root}" -noout -subject -fingerprint -sha256`,
    '',
    'This case file holds personal data: keep and use it as the rules say.',
    '',
  ];
  // Windows' own editor shows bare line feeds since 2018, older ones do not; a byte order mark keeps Chinese readable everywhere.
  return Buffer.from(`\uFEFF${lines.join('\r\n')}`, 'utf8');
}
