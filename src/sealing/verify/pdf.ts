// Verifying a sealed PDF that we issued, with nothing but trusted roots: the strict rule of one certifying signature over the whole file.
import { concatBytes, equalBytes, sha256, toHex, utf8 } from './bytes.ts';
import type { JsonValue } from './canonical.ts';
import { elementLength } from './der.ts';
import { findSignature, type PdfSignature } from './pdf-signature.ts';
import { isPdf, readStructure, type StructureFault } from './pdf-structure.ts';
import { checkDemand } from './revocation-demand.ts';
import { checkSeal, readTrust, requiredSealChecks } from './seal-checks.ts';
import { type Check, check, conclude, type Trust, unreadable, type Verdict } from './verdict.ts';

/** A verdict over a PDF with the digest by which its register knows it (SHA-256 of the whole file, hex). */
export type PdfVerdict = Verdict & { sha256: string };

type Texts = [zh: string, en: string];

const FAULTS: Readonly<Record<StructureFault, Texts>> = {
  'after-end': [
    '文件末尾之后还有内容，或文件不完整。',
    'There are bytes after the end of the file, or the end is missing.',
  ],
  'cross-reference': ['文件的交叉引用表不规范。', 'The cross-reference table is not of the strict form.'],
  revisions: ['文件在签章后被追加过修订。', 'The file was revised after it was sealed.'],
  encrypted: ['文件被加密。', 'The file is encrypted.'],
  trailer: ['文件尾部字典不规范。', 'The trailer is not of the strict form.'],
  objects: [
    '文件中有不属于任何对象的内容，或对象不规范。',
    'The file has bytes that belong to no object, or a malformed object.',
  ],
};

const REQUIRED = [
  'structure',
  'one-signature',
  'certifying',
  'profile',
  'byte-range',
  'whole-file',
  'contents',
  'time',
  ...requiredSealChecks(''),
];

function documentChecks(signature: PdfSignature, length: number): Check[] {
  const { byteRange, contents } = signature;
  const [zero, before, after, rest] = byteRange;
  const gap = byteRange.length === 4 && zero === 0 && before === contents.start && after === contents.end;
  return [
    check('certifying', signature.certifying, {
      passed: ['签名是认证签名，不允许任何后续改动。', 'The signature certifies the document and permits no change.'],
      failed: ['签名不是禁止改动的认证签名。', 'The signature does not certify the document against change.'],
    }),
    check('profile', signature.subFilter === 'ETSI.CAdES.detached', {
      passed: ['签名格式为 PAdES。', 'The signature is PAdES.'],
      failed: ['签名格式不是 PAdES。', 'The signature is not PAdES.'],
    }),
    check('byte-range', gap, {
      passed: ['未签名的空隙恰好是签名本身。', 'The gap that is not signed is exactly the signature.'],
      failed: ['未签名的空隙不恰好是签名本身。', 'The gap that is not signed is not exactly the signature.'],
    }),
    check('whole-file', gap && contents.end + (rest ?? Number.NaN) === length, {
      passed: ['签名覆盖整个文件。', 'The whole file is covered.'],
      failed: ['签名没有覆盖整个文件。', 'The whole file is not covered.'],
    }),
    check('time', signature.signedAt !== undefined, {
      passed: ['签名写明了用印时间。', 'The signature names its time.'],
      failed: ['签名未写明用印时间，或格式不正确。', 'The signature does not name its time, or malformed.'],
    }),
  ];
}

/** The CMS inside Contents: one element, then zeros only. An empty seal, which fails every check, for anything else. */
function sealIn(contents: Uint8Array): Uint8Array {
  try {
    const length = elementLength(contents);
    if (contents.subarray(length).every((byte) => byte === 0)) return contents.subarray(0, length);
  } catch {
    // No element at all.
  }
  return new Uint8Array();
}

/** The gap is the only part of the file that no signature covers: its digits have one spelling, that of the sealing. */
function spelledOnce(bytes: Uint8Array, { bytes: value, start, end }: PdfSignature['contents']): boolean {
  return equalBytes(bytes.subarray(start, end), utf8(`<${toHex(value)}>`));
}

async function verify(bytes: Uint8Array, trust: Trust, digest: string): Promise<Verdict> {
  const structure = readStructure(bytes);
  const fault = 'fault' in structure ? structure.fault : undefined;
  const checks = [
    check('structure', fault === undefined, {
      passed: ['文件只有一个修订版，每个字节都有归属。', 'The file has one revision, and every byte is accounted for.'],
      failed: fault ? FAULTS[fault] : FAULTS.objects,
    }),
  ];
  const signature = 'fault' in structure ? undefined : findSignature(structure.objects, structure.catalog);
  checks.push(
    check('one-signature', fault ? 'not-checked' : signature !== undefined, {
      passed: ['文件恰有一个签名。', 'The file has exactly one signature.'],
      failed: ['文件没有签名，或不止一个。', 'The file has no signature, or more than one.'],
    }),
  );
  if (!signature) return conclude(checks, REQUIRED, {});
  checks.push(...documentChecks(signature, bytes.length));
  const { contents, signedAt, name, reason } = signature;
  const cms = sealIn(contents.bytes);
  checks.push(
    check('contents', cms.length > 0 && spelledOnce(bytes, contents), {
      passed: ['签名的写法与用印时一致。', 'The signature is spelled as it was when it was made.'],
      failed: ['签名的写法与用印时不一致。', 'The signature is not spelled as it was when it was made.'],
    }),
  );
  const content = concatBytes(bytes.subarray(0, contents.start), bytes.subarray(contents.end));
  const believed = readTrust(trust);
  const seal = await checkSeal('', cms, content, believed, signedAt ?? new Date(0));
  checks.push(...seal.checks);
  checks.push(...checkDemand(believed, checks));
  const facts: Record<string, JsonValue> = {
    office: seal.signer?.subject.attributes.CN ?? null,
    sealedBy: seal.signer?.subject.text ?? null,
    when: signedAt?.toISOString() ?? null,
    name: name ?? null,
    reason: reason ?? null,
    sha256: digest,
  };
  return conclude(checks, REQUIRED, facts);
}

/**
 * Verifies a sealed PDF that we issued. Never throws, whatever the input. Whether the register still knows the document and
 * whether it is current are questions to the register, asked with `sha256`.
 * @param trust the roots believed; certificates inside the file are material only
 * @returns checks `structure`, `one-signature`, `certifying`, `profile`, `byte-range`, `whole-file`, `time`, `contents`, `intact`, `signature`,
 *   `signing-certificate`, `chain`, `revocation`, and one verdict
 */
export async function verifyPdf(bytes: Uint8Array, trust: Trust): Promise<PdfVerdict> {
  const verdict = unreadable('这不是 PDF 文件，无法验证。', 'This is not a PDF file; it was not verified.');
  let digest = '';
  try {
    digest = toHex(await sha256(bytes));
    if (!isPdf(bytes)) return { ...verdict, sha256: digest };
    return { ...(await verify(bytes, trust, digest)), sha256: digest };
  } catch {
    return { ...verdict, sha256: digest };
  }
}
