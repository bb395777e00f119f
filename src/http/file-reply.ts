// Files as answers: names in Chinese, entity tags, parts of a file (RFC 6266, 8187, 9110).
import type { Reply } from './reply.ts';
import type { Asked } from './request.ts';

/** A file to be sent whole or in part. */
export interface Sent {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Strong entity tag: the digest of the bytes. */
  readonly tag: string;
  /** How it may be kept by others on the way; by nobody without asking again when not given. */
  readonly cacheControl?: string;
}

/** `attachment` with the name in ASCII for old clients and in UTF-8 (RFC 8187) for all others. */
export function dispositionOf(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%;]/g, '_');
  const extended = encodeURIComponent(name.replace(/\p{Surrogate}/gu, '_')).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${extended}`;
}

/** The answer for a file: 200, 206 for one range, 304 for what the caller has, 416 for a range outside. */
export function fileReply(asked: Pick<Asked, 'headers'>, file: Sent): Reply {
  const { bytes } = file;
  const etag = `"${file.tag}"`;
  const headers = {
    'content-type': file.mediaType,
    'content-disposition': dispositionOf(file.name),
    etag,
    'accept-ranges': 'bytes',
    'cache-control': file.cacheControl ?? 'private, no-cache',
  };
  if (matches(asked.headers['if-none-match'], etag)) {
    return { status: 304, headers: { etag, 'cache-control': headers['cache-control'] } };
  }
  const condition = asked.headers['if-range'];
  const range = condition === undefined || condition === etag ? rangeOf(asked.headers.range, bytes.length) : null;
  if (range === 'outside') return { status: 416, headers: { 'content-range': `bytes */${bytes.length}` } };
  if (range === null) return { status: 200, headers, body: bytes };
  const [first, last] = range;
  const contentRange = `bytes ${first}-${last}/${bytes.length}`;
  return { status: 206, headers: { ...headers, 'content-range': contentRange }, body: bytes.subarray(first, last + 1) };
}

/** The answer for a file that is made while it is sent: whole, or 304 for what the caller has. Its tag is weak: parts cannot be asked for. */
export function streamReply(
  asked: Pick<Asked, 'headers'>,
  file: Omit<Sent, 'bytes'> & { readonly bytes: AsyncIterable<Uint8Array> },
): Reply {
  const headers = { etag: `W/"${file.tag}"`, 'cache-control': file.cacheControl ?? 'private, no-cache' };
  if (matches(asked.headers['if-none-match'], `"${file.tag}"`)) return { status: 304, headers };
  const content = { 'content-type': file.mediaType, 'content-disposition': dispositionOf(file.name) };
  return { status: 200, headers: { ...headers, ...content }, body: file.bytes };
}

function matches(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}

/** First and last byte of a single range; null to send everything (none, several, or not understood). */
function rangeOf(header: string | undefined, size: number): [number, number] | 'outside' | null {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return null;
  if (from === '') return Number(to) === 0 || size === 0 ? 'outside' : [Math.max(0, size - Number(to)), size - 1];
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return null;
  return first >= size ? 'outside' : [first, last];
}
