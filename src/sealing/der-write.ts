// Writing DER (ITU-T X.690) into Buffers: the few forms that certificates, CRLs, PKCS#12 and CMS need.

/** One element: tag byte, definite minimal length, the contents joined. */
export function der(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = contents.length === 1 ? (contents[0] as Uint8Array) : Buffer.concat(contents);
  const length = content.length;
  const header =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : length < 0x10000
          ? [tag, 0x82, length >> 8, length & 0xff]
          : [tag, 0x84, (length >>> 24) & 0xff, (length >>> 16) & 0xff, (length >>> 8) & 0xff, length & 0xff];
  if (length >= 0x10000 && length < 0x1000000) header.splice(1, 2, 0x83);
  return Buffer.concat([Buffer.from(header), content]);
}

/** SEQUENCE. */
export const sequence = (...items: Uint8Array[]): Buffer => der(0x30, ...items);

/** SET OF, its elements sorted as DER demands (X.690 section 11.6). */
export const setOf = (...items: Uint8Array[]): Buffer => der(0x31, ...[...items].sort(Buffer.compare));

/** Context-specific tag, constructed, explicit. */
export const explicit = (number: number, ...items: Uint8Array[]): Buffer => der(0xa0 | number, ...items);

/** OCTET STRING. */
export const octetString = (bytes: Uint8Array): Buffer => der(0x04, bytes);

/** BIT STRING; `unused` bits at the end of the last byte. */
export const bitString = (bytes: Uint8Array, unused = 0): Buffer => der(0x03, Uint8Array.of(unused), bytes);

/** BOOLEAN. */
export const boolean = (value: boolean): Buffer => der(0x01, Uint8Array.of(value ? 0xff : 0));

/** NULL. */
export const nullValue: Buffer = Buffer.from([5, 0]);

/** UTF8String. */
export const utf8String = (text: string): Buffer => der(0x0c, Buffer.from(text, 'utf8'));

/** Non-negative INTEGER from a number or from big-endian bytes. */
export function integer(value: number | Uint8Array): Buffer {
  let bytes: Uint8Array = typeof value === 'number' ? Buffer.from(value.toString(16).padStart(12, '0'), 'hex') : value;
  let zeros = 0;
  while (zeros < bytes.length - 1 && bytes[zeros] === 0) zeros += 1;
  bytes = bytes.subarray(zeros);
  return (bytes[0] ?? 0) >= 0x80 ? der(0x02, Uint8Array.of(0), bytes) : der(0x02, bytes);
}

/** OBJECT IDENTIFIER from dotted text. */
export function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes: number[] = [];
  for (const arc of [first * 40 + second, ...rest]) {
    const groups = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift(0x80 | (left % 128));
    bytes.push(...groups);
  }
  return der(0x06, Buffer.from(bytes));
}

/** UTCTime until 2049, GeneralizedTime from 2050 (RFC 5280 section 4.1.2.5). */
export function time(date: Date): Buffer {
  const text = `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
  return date.getUTCFullYear() < 2050 ? der(0x17, Buffer.from(text.slice(2))) : der(0x18, Buffer.from(text));
}
