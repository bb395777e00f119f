// Bytes to text: which of the accepted encodings a file has, and its decoding in pieces.
// Only the platform's TextDecoder: `gbk` tables turn rare characters of names into private use (DOMAIN, Names).
import { FileProblem } from './problems.ts';
import { type FileSource, pieces } from './source.ts';

/** The accepted encodings. `utf-8-bom` is UTF-8 with a byte order mark, as Excel writes it. */
export type TextEncoding = 'utf-8' | 'utf-8-bom' | 'gb18030';

const WANTED = 'UTF-8 / GB 18030';

function refuseOtherMarks(head: Uint8Array): void {
  const [a, b, c, d] = head;
  let found: string | undefined;
  if (a === 0xff && b === 0xfe) found = c === 0 && d === 0 ? 'UTF-32LE' : 'UTF-16LE';
  else if (a === 0xfe && b === 0xff) found = 'UTF-16BE';
  else if (a === 0 && b === 0 && c === 0xfe && d === 0xff) found = 'UTF-32BE';
  if (found) throw new FileProblem('wrong-encoding', { found, expected: WANTED });
}

// UTF-16 without its mark: Western letters, digits and commas show as zero bytes on one side only.
function refuseZeros(piece: Uint8Array, offset: number): void {
  const zero = piece.indexOf(0);
  if (zero < 0) return;
  const sample = piece.subarray(0, 4096);
  const zeros = [0, 0];
  sample.forEach((byte, at) => {
    if (byte === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (even + odd > sample.length / 8 && Math.min(even, odd) * 8 < Math.max(even, odd)) {
    throw new FileProblem('wrong-encoding', { found: odd > even ? 'UTF-16LE' : 'UTF-16BE', expected: WANTED });
  }
  throw new FileProblem('binary-file', { found: `0x00 @ ${offset + zero}` });
}

const hasUtf8Mark = (head: Uint8Array): boolean => head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;

/** Decodes piece by piece. Call with nothing for the end. UTF-8 throws on a bad byte, GB 18030 gives U+FFFD. */
function pieceDecoder(encoding: TextEncoding): (piece?: Uint8Array) => string {
  const decoder = encoding === 'gb18030' ? new TextDecoder('gb18030') : new TextDecoder('utf-8', { fatal: true });
  let first = true;
  return (piece) => {
    const text = piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    if (!first || text === '') return text;
    first = false;
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  };
}

/** The line, from 1, of the first byte that is no text in an encoding; null when there is none. Fed piece by piece. */
function badLineFinder(encoding: 'utf-8' | 'gb18030'): (piece?: Uint8Array) => number | null {
  const decoder = new TextDecoder(encoding);
  let line = 1;
  let found: number | null = null;
  return (piece) => {
    if (found !== null) return found;
    const text = piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    const bad = text.indexOf('\uFFFD');
    for (let at = text.indexOf('\n'); at >= 0 && (bad < 0 || at < bad); at = text.indexOf('\n', at + 1)) line++;
    if (bad >= 0) found = line;
    return found;
  };
}

/** The encoding that holds longer is what the file was meant to be: its first bad byte is the place to look at. */
function neither(utf8: number | null, gb18030: number): FileProblem {
  const place = { row: Math.max(utf8 ?? 1, gb18030) };
  return new FileProblem('wrong-encoding', { found: '?', expected: WANTED, place });
}

function tryUtf8(bytes: Uint8Array, whole: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !whole });
    return true;
  } catch {
    return false;
  }
}

/**
 * The encoding of a text. Valid UTF-8 is UTF-8; anything else must be GB 18030 without a single undecodable byte.
 *
 * @param bytes the whole file, or with `whole: false` its beginning (a character cut at the end is then no mistake)
 * @throws FileProblem `wrong-encoding` (UTF-16, UTF-32, neither; the place names the line) or `binary-file` (zero bytes)
 */
export function detectEncoding(bytes: Uint8Array, opts: { whole?: boolean } = {}): { encoding: TextEncoding } {
  const whole = opts.whole ?? true;
  refuseOtherMarks(bytes);
  refuseZeros(bytes, 0);
  if (tryUtf8(bytes, whole)) return { encoding: hasUtf8Mark(bytes) ? 'utf-8-bom' : 'utf-8' };
  const badLine = (encoding: 'utf-8' | 'gb18030') => {
    const find = badLineFinder(encoding);
    return find(bytes) ?? (whole ? find() : null);
  };
  const bad = badLine('gb18030');
  if (bad !== null) throw neither(badLine('utf-8'), bad);
  return { encoding: 'gb18030' };
}

/**
 * {@link detectEncoding} over a whole file, in flat memory: at most two passes, a third one to find the place of a mistake.
 * `look` sees every piece of the first pass, so that a caller can learn something else on the way.
 */
export async function detectSourceEncoding(
  source: FileSource,
  look: (piece: Uint8Array) => void = () => {},
): Promise<{ encoding: TextEncoding }> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let offset = 0;
  let marked = false;
  let utf8 = true;
  for await (const piece of pieces(source)) {
    if (offset === 0) {
      refuseOtherMarks(piece);
      marked = hasUtf8Mark(piece);
    }
    refuseZeros(piece, offset);
    look(piece);
    offset += piece.length;
    if (!utf8) continue;
    try {
      decoder.decode(piece, { stream: true });
    } catch {
      utf8 = false;
    }
  }
  if (utf8) {
    try {
      decoder.decode();
      return { encoding: marked ? 'utf-8-bom' : 'utf-8' };
    } catch {
      utf8 = false;
    }
  }
  const bad = await badLineOf(source, 'gb18030');
  if (bad !== null) throw neither(await badLineOf(source, 'utf-8'), bad);
  return { encoding: 'gb18030' };
}

async function badLineOf(source: FileSource, encoding: 'utf-8' | 'gb18030'): Promise<number | null> {
  const find = badLineFinder(encoding);
  for await (const piece of pieces(source)) {
    const line = find(piece);
    if (line !== null) return line;
  }
  return find();
}

/** The text of a file in pieces, without its byte order mark. The encoding must come from {@link detectSourceEncoding}. */
export async function* decodeText(source: FileSource, encoding: TextEncoding): AsyncGenerator<string> {
  const decode = pieceDecoder(encoding);
  for await (const piece of pieces(source)) {
    const text = decode(piece);
    if (text !== '') yield text;
  }
  const rest = decode();
  if (rest !== '') yield rest;
}

/** Whether a text has more than so many line ends (LF, or CR by itself as old systems write). */
export async function hasMoreLines(bytes: Uint8Array, most: number): Promise<boolean> {
  const [LF, CR] = [0x0a, 0x0d];
  let [feeds, returns] = [0, 0];
  for await (const piece of pieces({ bytes })) {
    for (let at = piece.indexOf(LF); at >= 0; at = piece.indexOf(LF, at + 1)) feeds++;
    for (let at = piece.indexOf(CR); at >= 0; at = piece.indexOf(CR, at + 1)) returns++;
    if (Math.max(feeds, returns) > most) return true;
  }
  return false;
}

/** Whether a text begins as JSON objects and lists do; a table never does. */
export function looksLikeJson(bytes: Uint8Array): boolean {
  const head = new TextDecoder()
    .decode(bytes.subarray(0, 256))
    .replace(/^\uFEFF/, '')
    .trimStart();
  return /^[{[]/.test(head);
}
