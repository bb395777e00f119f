// A strict reader of DER (ITU-T X.690): definite, minimal lengths, low tag numbers; offsets kept so that the exact signed bytes can be taken.

/** Input is not the DER that was expected. Callers turn it into a failed check. */
export class DerProblem extends Error {
  override readonly name = 'DerProblem';
}

/** One element: its tag byte, its whole encoding and its content, both views on the input. */
export interface Der {
  tag: number;
  raw: Uint8Array;
  content: Uint8Array;
}

/** Universal and context tag bytes that the formats here use. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
} as const;

/** The length of the whole first element in `bytes`, header included. @throws {DerProblem} */
export function elementLength(bytes: Uint8Array): number {
  return readAt(bytes, 0).raw.length;
}

function readAt(bytes: Uint8Array, at: number): Der {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) throw new DerProblem('truncated element');
  if ((tag & 0x1f) === 0x1f) throw new DerProblem('high tag number');
  let header = 2;
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4) throw new DerProblem('indefinite or oversized length');
    length = 0;
    for (let i = 0; i < count; i += 1) length = length * 256 + (bytes[at + 2 + i] ?? 0);
    header += count;
    if (length < 0x80 || length < 256 ** (count - 1)) throw new DerProblem('length is not minimal');
  }
  const end = at + header + length;
  if (end > bytes.length) throw new DerProblem('element exceeds its container');
  return { tag, raw: bytes.subarray(at, end), content: bytes.subarray(at + header, end) };
}

/** Reads one element that must fill `bytes` exactly, with this tag if one is given. @throws {DerProblem} */
export function readDer(bytes: Uint8Array, tag?: number): Der {
  const element = readAt(bytes, 0);
  if (element.raw.length !== bytes.length) throw new DerProblem('bytes after the element');
  return tag === undefined ? element : expectTag(element, tag);
}

/** The elements inside a constructed element, in order. @throws {DerProblem} */
export function children(element: Der): Der[] {
  const out: Der[] = [];
  for (let at = 0; at < element.content.length; ) {
    const child = readAt(element.content, at);
    out.push(child);
    at += child.raw.length;
  }
  return out;
}

/** The element itself when it is there and has this tag. @throws {DerProblem} */
export function expectTag(element: Der | undefined, tag: number): Der {
  if (element?.tag !== tag) {
    throw new DerProblem(
      `expected tag 0x${tag.toString(16)}, found ${element ? `0x${element.tag.toString(16)}` : 'none'}`,
    );
  }
  return element;
}

/** Dotted text of an OBJECT IDENTIFIER. @throws {DerProblem} */
export function oidText(element: Der | undefined): string {
  const { content } = expectTag(element, TAG.oid);
  if (content.length === 0 || (content[content.length - 1] ?? 0) >= 0x80) throw new DerProblem('bad object identifier');
  const arcs: number[] = [];
  let arc = 0;
  let fresh = true;
  for (const byte of content) {
    if (fresh && byte === 0x80) throw new DerProblem('padded object identifier');
    arc = arc * 128 + (byte & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER) throw new DerProblem('object identifier arc too large');
    fresh = byte < 0x80;
    if (fresh) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...rest] = arcs;
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - top * 40, ...rest].join('.');
}

/** Content of a minimal INTEGER, sign byte included. @throws {DerProblem} */
export function integerBytes(element: Der | undefined): Uint8Array {
  const { content } = expectTag(element, TAG.integer);
  const [first, second = 0] = content;
  if (first === undefined) throw new DerProblem('empty integer');
  if (content.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    throw new DerProblem('integer is not minimal');
  }
  return content;
}

/** A small non-negative INTEGER. @throws {DerProblem} */
export function smallInteger(element: Der | undefined): number {
  const bytes = integerBytes(element);
  if (bytes.length > 5 || (bytes[0] ?? 0) >= 0x80) throw new DerProblem('integer out of range');
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}

/** Bytes of a BIT STRING with no unused bits (keys, signatures). @throws {DerProblem} */
export function bitStringBytes(element: Der | undefined): Uint8Array {
  const { content } = expectTag(element, TAG.bitString);
  if (content[0] !== 0) throw new DerProblem('bit string with unused bits');
  return content.subarray(1);
}

/** DER BOOLEAN, where true is 0xff only. @throws {DerProblem} */
export function booleanValue(element: Der | undefined): boolean {
  const { content } = expectTag(element, TAG.boolean);
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) throw new DerProblem('bad boolean');
  return content[0] === 0xff;
}

/** UTCTime or GeneralizedTime in the form of RFC 5280 section 4.1.2.5 (seconds, Z). @throws {DerProblem} */
export function timeValue(element: Der | undefined): Date {
  const text = String.fromCharCode(...(element?.content ?? []));
  const generalized = element?.tag === TAG.generalizedTime;
  if (!generalized) expectTag(element, TAG.utcTime);
  const match = (
    generalized ? /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/
  ).exec(text);
  if (!match) throw new DerProblem('bad time');
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const full = generalized ? year : year + (year < 50 ? 2000 : 1900);
  const date = new Date(Date.UTC(full, month - 1, day, hour, minute, second));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) {
    throw new DerProblem('no such time');
  }
  return date;
}
