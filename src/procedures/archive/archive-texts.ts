// The texts of an archive for people: how to check it with common tools, what the encrypted part is, and its index as a table.
import { writeCsv } from '../../files/write-csv.ts';
import { STEPS } from '../../regulation/steps.ts';
import { CATEGORIES, isKeyOf, RECORD_STATES } from '../../regulation/vocabulary.ts';
import { stepPath } from '../../sealing/verify/archive-format.ts';
import type { ArchiveRecordLine, ArchiveStepLine } from '../../store/archive/archive-content.ts';

/** What the guide tells of an archive. */
export interface Guided {
  readonly title: string;
  readonly institution: string;
  readonly scope: string;
  readonly withSecrets: boolean;
}

/** The members of an archive in both languages. */
const LAYOUT: readonly (readonly [path: string, zh: string, en: string])[] = [
  ['index.json', '目录（机读），其摘要由导出步骤签章确认', 'the index for machines; the export step seals its digest'],
  ['index.csv', '目录（人读）：每条信息、每个步骤一行', 'the index for people: a row for each record and each step'],
  ['records/', '学位授予信息：各版本的字段、盐值和承诺值', 'records: fields, salts and commitments of every version'],
  [
    'steps/',
    '步骤：.json 陈述原文，.p7s 电子签章，.subjects.jsonl 所针对的对象',
    'steps: .json the statement, .p7s its seal, .subjects.jsonl what it was about',
  ],
  ['rosters/', '学位授予名单，逐个位置', 'rosters, place by place'],
  ['files/', '步骤所依据的文件，以 SHA-256 命名', 'files that steps rest on, named by their SHA-256'],
  ['secret/', '加密部分（如有）', 'the encrypted part, if there is one'],
  ['proofs/', '导出步骤、日志检查点、各步骤在日志中的位置', 'the export step, the head of the log, the places in it'],
  [
    'trust/',
    '证书与吊销列表（仅供参考，不是信任的起点）',
    'certificates and revocation lists (material, not what is trusted)',
  ],
  ['verifier/', '核验程序，只需 Node.js', 'the verifier; it needs Node.js alone'],
];

const OPENSSL =
  'openssl cms -verify -cades -binary -inform DER -in steps/00000000.p7s -content steps/00000000.json -CAfile root.pem -purpose any -out /dev/null';

const DECRYPT = [
  "  const { createDecipheriv, scryptSync } = require('node:crypto'), fs = require('node:fs');",
  "  const k = JSON.parse(fs.readFileSync('secret/key.json')), path = process.argv[2], b = fs.readFileSync(path);",
  "  const key = scryptSync(fs.readFileSync(process.argv[3], 'utf8').trim().normalize('NFC'), Buffer.from(k.salt, 'hex'), k.length, { N: k.N, r: k.r, p: k.p, maxmem: 2 ** 28 });",
  "  const d = createDecipheriv('aes-256-gcm', key, b.subarray(0, 12)).setAAD(Buffer.from(path)).setAuthTag(b.subarray(-16));",
  '  process.stdout.write(Buffer.concat([d.update(b.subarray(12, -16)), d.final()]));',
];

const SECRET = {
  true: [
    '证件号码、手机号码、电子信箱以及含有它们的导入表在 secret/ 中，以导出时给定的口令加密（scrypt + AES-256-GCM）；口令不在任何系统中保存，请另行妥善保管。解密（存为 open.cjs，运行 node open.cjs secret/records-0001.jsonl.enc passphrase.txt）：',
    'Identity numbers, phones, e-mails and the imported tables that hold them are in secret/, encrypted under the passphrase given at the export (scrypt, AES-256-GCM). No system keeps the passphrase. To decrypt (save as open.cjs, run node open.cjs secret/records-0001.jsonl.enc passphrase.txt):',
  ],
  false: [
    '证件号码、手机号码、电子信箱不在档案中，只有其承诺值：与原件核对时可证明是否一致。',
    'Identity numbers, phones and e-mails are not in this archive, only the commitments to them: whoever has the original can prove that it is the same.',
  ],
} as const;

/** README.txt: UTF-8 with byte order mark and CRLF, readable in Windows' own editor. */
export function archiveReadme({ title, institution, scope, withSecrets }: Guided): Buffer {
  const [secretZh, secretEn] = SECRET[withSecrets ? 'true' : 'false'];
  const wide = (at: 1 | 2) => LAYOUT.map((row) => `  ${row[0].padEnd(12)} ${row[at]}`);
  const run = scope === 'record' ? [] : ['log-run'];
  const all = [
    `${title}（${institution}）`,
    '',
    '一、内容',
    ...wide(1),
    '',
    '二、核验（只信任根证书：请经其他途径从该单位或发证机构取得 root.pem，并与 trust/root.pem 比对指纹）',
    '  文件是否完整：      sha256sum -c SHA256SUMS',
    '  全部签章与完整性：  node verifier/verify.mjs --root root.pem .      （在本文件夹中运行；不需要网络、数据库或其他软件）',
    '  退出码 0 通过，1 不通过，2 无法识别。加密部分另加 --passphrase-file 口令文件。',
    '  伪造的档案也可能附带伪造的核验程序：请使用从项目处取得的核验程序，或将 verifier/verify.mjs 的 SHA-256 与系统公布的 /trust/verifier.sha256 比对；root.pem 由系统公布于 /trust/root.pem。',
    '  某一步的签章：      （将 00000000 换成步骤编号）',
    `  ${OPENSSL}`,
    '  根证书指纹：        openssl x509 -in root.pem -noout -subject -fingerprint -sha256',
    '',
    '三、完整性如何证明',
    '  目录的摘要写在导出步骤（proofs/export.json）中，由导出单位签章负责；该步骤还承接每条信息的最后一步，末尾不能被截去。',
    ...(run.length > 0
      ? [
          '  从首步到末步，日志的全部叶子在 proofs/log.json 中连续列出并与检查点的根一致：抽去任何一步都会被发现；属于其他事项的叶子只列摘要并计数。',
        ]
      : ['  每一步在日志中的位置由 proofs/log.json 证明。']),
    '',
    '四、敏感信息',
    `  ${secretZh}`,
    ...(withSecrets ? DECRYPT : []),
    '',
    '本档案含个人信息，请按规定保管和使用。保管期满亦须经鉴定，不得自行销毁。',
    '',
    '----------------------------------------------------------------',
    '',
    `Original-record archive: ${title} (${institution})`,
    '',
    '1. Content',
    ...wide(2),
    '',
    '2. Verification (trusting the root certificate only: get root.pem by another way and compare its fingerprint with trust/root.pem)',
    '  sha256sum -c SHA256SUMS                               whether the files are whole',
    '  node verifier/verify.mjs --root root.pem .            everything; in this folder, without network, database or other software',
    '  Exit code 0 valid, 1 not valid, 2 unreadable. With --passphrase-file FILE the encrypted part, too.',
    '  A forged archive may bring a forged verifier: take the verifier from the project, or compare the SHA-256 of verifier/verify.mjs with the one that the register publishes at /trust/verifier.sha256; root.pem is published at /trust/root.pem.',
    `  ${OPENSSL}`,
    '  openssl x509 -in root.pem -noout -subject -fingerprint -sha256',
    '',
    '3. How completeness is proved',
    '  The digest of index.json is in the export step (proofs/export.json), sealed by the office that answers for it; that step follows the last step about every record, so that nothing can be cut off at the end.',
    ...(run.length > 0
      ? [
          '  proofs/log.json lists every leaf of the log from the first step to the last and makes up the root of the checkpoint: a step that was left out is found. Leaves about other things are hashes only and are counted.',
        ]
      : ['  proofs/log.json proves the place of each step in the log.']),
    '',
    '4. Secrets',
    `  ${secretEn}`,
    ...(withSecrets ? DECRYPT : []),
    '',
    'This archive holds personal data: keep and use it as the rules say. It is not destroyed without appraisal.',
    '',
  ];
  return Buffer.from(`\uFEFF${all.join('\r\n')}`, 'utf8');
}

const HEADER = ['类别', '编号', '名称', '条款', '时间', '部门', '责任人', '学位类别', '状态', '位置', '摘要'];

const word = (table: Readonly<Record<string, { readonly zh: string }>>, name: string): string =>
  isKeyOf(table, name) ? (table[name]?.zh ?? name) : name;

/** index.csv: a row for each record and each step; UTF-8 with byte order mark. */
export async function indexTable(
  records: readonly ArchiveRecordLine[],
  steps: readonly ArchiveStepLine[],
  leaves: ReadonlyMap<number, string>,
): Promise<Buffer> {
  const rows = [
    ...records.map((record) => [
      ...['学位授予信息', record.certificateNumber, record.name, '8', record.conferralDate, '', ''],
      ...[word(CATEGORIES, record.category), word(RECORD_STATES, record.state), record.id, record.digest],
    ]),
    ...steps.map((step) => [
      ...['步骤', String(step.leafIndex), word(STEPS, step.name), step.article, step.at, step.office],
      ...[step.officer ?? '学生本人', '', '', `${stepPath(step.leafIndex)}.json`, leaves.get(step.leafIndex) ?? ''],
    ]),
  ];
  const parts: Uint8Array[] = [];
  for await (const part of writeCsv(HEADER, rows)) parts.push(part);
  return Buffer.concat(parts);
}
