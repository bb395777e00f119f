// Looks through a PDF for what must not be in an uploaded document. Not a reader of PDF: it finds names, wherever
// they can stand, object streams included. ISO 32000-1, 7.3.5 (names), 7.3.8 (streams), 7.5.7 (object streams).
import { inflateSync } from 'node:zlib';
import { FileProblem } from './problems.ts';

/** What stands in the objects of a document. */
export type PdfNames = {
  encrypted: boolean;
  /** The names by which it does something by itself, as they are read. */
  active: readonly string[];
  /** Page objects, superseded ones among them. */
  pages: number;
};

/** What was seen so far. */
type Seen = { encrypted: boolean; readonly names: Set<string>; pages: number };

const MAX_INFLATED = 64 * 1024 * 1024;
const MAX_STREAM = 16 * 1024 * 1024;

// `#4A` for a letter is a known hiding place.
const plainNames = (text: string): string =>
  text.includes('#')
    ? text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;

const ENDS = '(?=[\\s/<>[\\](){}%]|$)';
/**
 * An action is of its type by its full name. `/JS` is the key of a script: it runs in an action `/JavaScript` or `/Rendition` only (ISO 32000-1,
 * 12.6.4.13 and 12.6.4.16), and three bytes by themselves stand somewhere in some hundred megabytes of anything.
 */
const NAMES = new RegExp(`/(JavaScript|Launch|Rendition|JS)${ENDS}`, 'g');
const PAGE = new RegExp(`/Type\\s*/Page${ENDS}`, 'g');
const ENCRYPT = new RegExp(`/Encrypt${ENDS}`);

function look(text: string, seen: Seen): void {
  const plain = plainNames(text);
  for (const [name] of plain.matchAll(NAMES)) seen.names.add(name);
  seen.encrypted ||= ENCRYPT.test(plain);
  seen.pages += plain.match(PAGE)?.length ?? 0;
}

function activeIn(names: ReadonlySet<string>): string[] {
  const scripted = names.has('/JavaScript') || names.has('/Rendition');
  return ['/JavaScript', '/Launch', '/Rendition', '/JS'].filter(
    (name) => names.has(name) && (name === '/JS' ? scripted : name !== '/Rendition' || names.has('/JS')),
  );
}

// The content of an object stream. Only Flate is in use; another packing could only serve to hide something.
function objectStream(head: string, body: Uint8Array, budget: number): string | 'broken' {
  if (/\/(LZW|LZ|ASCII|A85|AHx|RunLength|RL|Crypt)/.test(head)) return 'broken';
  if (!/\/(FlateDecode|Fl)\b/.test(head)) return Buffer.from(body).toString('latin1');
  try {
    return inflateSync(body, { maxOutputLength: Math.max(1, Math.min(budget, MAX_STREAM)) }).toString('latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') return 'broken';
    throw new FileProblem('zip-bomb', { found: '/ObjStm' });
  }
}

/**
 * Finds encryption, scripts and launch actions, and counts pages. The packed bodies of streams are passed over, except object streams,
 * which are unpacked, and bodies in which objects stand openly, which is how one would hide them from this scan.
 * @throws FileProblem `broken-pdf` an object stream cannot be unpacked; `zip-bomb` it unpacks beyond 16 MiB, all beyond 64
 */
export function scanPdf(bytes: Uint8Array): PdfNames {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const seen: Seen = { encrypted: false, names: new Set(), pages: 0 };
  const start = />>\s*stream\r?\n/g;
  let budget = MAX_INFLATED;
  let broken = false;
  let from = 0;
  for (let match = start.exec(text); match; match = start.exec(text)) {
    const bodyAt = match.index + match[0].length;
    const end = text.indexOf('endstream', bodyAt);
    const bodyEnd = end < 0 ? text.length : end;
    look(text.slice(from, bodyAt), seen);
    const head = plainNames(text.slice(from, match.index));
    if (/\/ObjStm/.test(head)) {
      const content = objectStream(head, bytes.subarray(bodyAt, bodyEnd), budget);
      broken ||= content === 'broken';
      budget -= content.length;
      look(content, seen);
    } else {
      const body = text.slice(bodyAt, bodyEnd);
      if (/\d\s+\d+\s+obj\b|\bendobj\b/.test(body)) look(body, seen);
    }
    from = bodyEnd;
    start.lastIndex = bodyEnd;
  }
  look(text.slice(from), seen);
  // In an encrypted document every stream looks broken; that it is encrypted is the better answer, and may stand last.
  if (broken && !seen.encrypted) throw new FileProblem('broken-pdf', { found: '/ObjStm' });
  return { encrypted: seen.encrypted, active: activeIn(seen.names), pages: seen.pages };
}
