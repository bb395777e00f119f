// Sealing a PDF that already has its signature dictionary: fill the byte range, sign, fill the contents. No page is touched.
import { createHash } from 'node:crypto';
import { sealDetached } from './cms.ts';
import { SealPdfProblem } from './problem.ts';
import type { SealSigner } from './signer.ts';

/** Room for the CMS in a placeholder, in bytes; twice as many hexadecimal digits. */
export const SIGNATURE_PLACEHOLDER_BYTES = 8192;

/** Width of each number in the byte range placeholder. */
const WIDTH = 10;

/** The entries of a signature dictionary whose placeholders {@link sealPdf} finds, as raw PDF text. */
export interface SignaturePlaceholder {
  Type: '/Sig';
  Filter: '/Adobe.PPKLite';
  SubFilter: '/ETSI.CAdES.detached';
  ByteRange: string;
  Contents: string;
  Name: string;
  Reason: string;
  Location?: string;
  M: string;
}

/** A PDF text string in hexadecimal UTF-16 with byte order mark (ISO 32000-1 section 7.9.2.2). */
function textString(text: string): string {
  return `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`;
}

/** Describes the signature dictionary to write into a PDF (ETSI EN 319 142-1): the time goes to M, in UTC. */
export function signaturePlaceholder(opts: {
  reason: string;
  location?: string;
  name: string;
  signedAt: Date;
}): SignaturePlaceholder {
  const nines = '9'.repeat(WIDTH);
  return {
    Type: '/Sig',
    Filter: '/Adobe.PPKLite',
    SubFilter: '/ETSI.CAdES.detached',
    ByteRange: `[0 ${nines} ${nines} ${nines}]`,
    Contents: `<${'0'.repeat(2 * SIGNATURE_PLACEHOLDER_BYTES)}>`,
    Name: textString(opts.name),
    Reason: textString(opts.reason),
    ...(opts.location === undefined ? {} : { Location: textString(opts.location) }),
    M: `(D:${opts.signedAt.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z)`,
  };
}

function only(text: string, pattern: RegExp, zh: string, en: string): RegExpExecArray {
  const [match, second] = text.matchAll(pattern);
  if (match && !second) return match;
  throw new SealPdfProblem({
    zh: `PDF 中应当恰有一个${zh}，实际${match ? '不止一个' : '没有'}。`,
    en: `The PDF must have exactly one ${en}; it has ${match ? 'more than one' : 'none'}.`,
  });
}

/**
 * Seals a PDF in place of its only placeholder: `/ByteRange [0 9999999999 9999999999 9999999999]` (or ten stars after a slash
 * each) and `/Contents <000…0>`. Returns new bytes of the same length; everything but the gap is signed (PAdES B-B).
 * @param opts `reserve`: bytes of room that the placeholder must have (default {@link SIGNATURE_PLACEHOLDER_BYTES}); `at`: the time of sealing
 * @throws {SealPdfProblem} no placeholder, more than one, or too little room; {SealKeyProblem} outside the certificate's validity
 */
export async function sealPdf(
  pdf: Uint8Array,
  signer: SealSigner,
  opts: { reserve?: number; at?: Date } = {},
): Promise<Uint8Array> {
  const reserve = opts.reserve ?? SIGNATURE_PLACEHOLDER_BYTES;
  const out = Buffer.from(pdf);
  const text = out.toString('latin1');
  const range = only(
    text,
    /\/ByteRange\s*\[\s*0\s+((?:\/\*{10}|9{10})\s+(?:\/\*{10}|9{10})\s+(?:\/\*{10}|9{10}))\s*\]/g,
    '待填的 ByteRange',
    'ByteRange placeholder',
  );
  const contents = only(
    text,
    new RegExp(`/Contents\\s*<0{${2 * reserve}}>`, 'g'),
    '待填的 Contents',
    'Contents placeholder',
  );
  const start = contents.index + contents[0].indexOf('<');
  const end = contents.index + contents[0].length;
  const numbers = [start, end, out.length - end].map(String);
  const old = range[1] ?? '';
  const room = Math.floor((old.length - 2) / 3);
  if (numbers.some((number) => number.length > room)) {
    throw new SealPdfProblem({ zh: 'PDF 过大，无法签章。', en: 'The PDF is too large to seal.' });
  }
  out.write(numbers.join(' ').padEnd(old.length), range.index + range[0].indexOf(old), 'latin1');
  const digest = createHash('sha256').update(out.subarray(0, start)).update(out.subarray(end)).digest();
  const seal = await sealDetached(signer, digest, { contentIsDigest: true, ...(opts.at ? { at: opts.at } : {}) });
  if (seal.length > reserve) {
    throw new SealPdfProblem({
      zh: `签名需要 ${seal.length} 字节，PDF 只预留了 ${reserve} 字节。`,
      en: `The signature needs ${seal.length} bytes; the PDF reserves ${reserve}.`,
    });
  }
  out.write(Buffer.from(seal).toString('hex'), start + 1, 'latin1');
  return out;
}
