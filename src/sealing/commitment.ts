// Salted commitments of a record's fields: what the log holds instead of personal data (R12.2, R21.1).
import { createHash, hash } from 'node:crypto';
import { canonicalize, type JsonValue } from './verify/canonical.ts';
import type { Opening } from './verify/commitment.ts';

/** A record as commitments: one per field (64 hex digits) and the digest over them all. */
export interface CommittedRecord {
  /** SHA-256(canonical(commitments)), 64 hex digits. */
  digest: string;
  commitments: Record<string, string>;
}

/** Fields of a record by name. Those whose value is `undefined` are not there. */
export type CommittedFields = Readonly<Record<string, JsonValue | undefined>>;

const SALT_BYTES = 32;
const HEX_DIGITS = 64;

/** What depends on the names of the fields alone: many records have the same ones. */
interface Layout {
  /** In the order of canonical JSON. */
  readonly names: readonly string[];
  /** 0x00 ‖ canonical(names). */
  readonly label: Buffer;
  /** canonical(commitments) with room for the hex digits, which begin at these places. Used again and again. */
  readonly text: Buffer;
  readonly places: readonly number[];
}

const layouts = new Map<string, Layout>();
/** Enough for the categories of records; records of any shape must not fill the memory. */
const MOST_LAYOUTS = 256;
/** Whoever commits to many records may give the very same list again: then nothing is looked up. */
let lastNames: readonly string[] = [];
let lastLayout = makeLayout(lastNames);

function layoutOf(names: readonly string[]): Layout {
  if (names === lastNames) return lastLayout;
  const key = names.join('\0');
  let layout = layouts.get(key);
  if (!layout) {
    layout = makeLayout(names);
    if (layouts.size >= MOST_LAYOUTS) layouts.clear();
    layouts.set(key, layout);
  }
  lastNames = names;
  lastLayout = layout;
  return layout;
}

function makeLayout(unsorted: readonly string[]): Layout {
  const names = [...unsorted].sort();
  const room = '0'.repeat(HEX_DIGITS);
  const places: number[] = [];
  let text = '';
  for (const name of names) {
    text += `${text === '' ? '{' : ','}${canonicalize(name)}:"`;
    places.push(Buffer.byteLength(text));
    text += `${room}"`;
  }
  return { names, label: Buffer.from(`\0${canonicalize(names)}`), text: Buffer.from(`${text || '{'}}`), places };
}

/**
 * The salts of the fields, 32 bytes each in the order of the layout, all from one call: SHAKE256(salt ‖ 0x00 ‖ canonical(names)).
 * Of a sponge under a secret beginning, no piece tells anything about another (FIPS 202, section A.2).
 */
function fieldSalts(salt: Uint8Array, { names, label }: Layout): Buffer {
  if (salt.length < 16) throw new RangeError('the salt must have at least 16 bytes');
  const outputLength = SALT_BYTES * names.length;
  if (outputLength === 0) return Buffer.alloc(0);
  return createHash('shake256', { outputLength }).update(salt).update(label).digest();
}

/** Where field salt ‖ canonical(value) is put together: this is the hot path of an import. Views by their length are kept. */
const scratch = Buffer.alloc(1024);
const views: Buffer[] = [];
/** A text of so many UTF-16 code units, at most three bytes each, has room behind the salt, and so have its quotation marks. */
const MOST_UNITS = Math.floor((scratch.length - SALT_BYTES - 2) / 3);

/** SHA-256(field salt ‖ canonical(value)), one character per byte: hex digits would take the native side longer, and so would reading them. */
function commitment(salts: Buffer, at: number, value: JsonValue): string {
  const length = typeof value === 'string' && value.length <= MOST_UNITS ? writePlain(value) : 0;
  if (length === 0) {
    const parts = [salts.subarray(at, at + SALT_BYTES), Buffer.from(canonicalize(value))];
    return hash('sha256', Buffer.concat(parts), 'binary');
  }
  // So few bytes are copied here faster than by a call into native code.
  for (let i = 0; i < SALT_BYTES; i++) scratch[i] = salts[at + i] as number;
  let view = views[length];
  if (!view) {
    view = scratch.subarray(0, length);
    views[length] = view;
  }
  return hash('sha256', view, 'binary');
}

/**
 * Writes canonical(value) behind the salt when JSON spells the text as it is: a quotation mark, its UTF-8, a quotation mark.
 * Returns the length with the salt, 0 for a text with something to escape and for characters in two UTF-16 code units.
 */
function writePlain(value: string): number {
  let at = SALT_BYTES;
  scratch[at++] = 0x22;
  for (let i = 0; i < value.length; i += 1) {
    const code = value.charCodeAt(i);
    if (code < 0x80) {
      if (code < 0x20 || code === 0x22 || code === 0x5c) return 0;
      scratch[at++] = code;
    } else if (code < 0x800) {
      scratch[at++] = 0xc0 | (code >> 6);
      scratch[at++] = 0x80 | (code & 0x3f);
    } else {
      if (code >= 0xd800 && code <= 0xdfff) return 0;
      scratch[at++] = 0xe0 | (code >> 12);
      scratch[at++] = 0x80 | ((code >> 6) & 0x3f);
      scratch[at++] = 0x80 | (code & 0x3f);
    }
  }
  scratch[at++] = 0x22;
  return at;
}

/** The hex digits of each byte, as characters. */
const HIGH = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0').charCodeAt(0));
const LOW = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0').charCodeAt(1));

/** Writes the commitments of the fields into the text of the layout, which then is canonical(commitments). */
function commitInto({ names, places, text }: Layout, fields: CommittedFields, salts: Buffer): void {
  for (let at = 0; at < names.length; at++) {
    const digest = commitment(salts, at * SALT_BYTES, fields[names[at] as string] as JsonValue);
    let place = places[at] as number;
    for (let i = 0; i < digest.length; i++) {
      const byte = digest.charCodeAt(i);
      text[place++] = HIGH[byte] as number;
      text[place++] = LOW[byte] as number;
    }
  }
}

function namesIn(fields: CommittedFields): string[] {
  return Object.keys(fields).filter((name) => fields[name] !== undefined);
}

/**
 * Commits to each field of a record: field salts = SHAKE256(salt ‖ 0x00 ‖ canonical(sorted names of all fields)), cut into pieces
 * of 32 bytes in the order of the names; commitment = SHA-256(field salt ‖ canonical(value)); digest = SHA-256(canonical(commitments)).
 * @param salt secret and random, at least 16 bytes, of this version of the record only: whoever knows it can try values
 * @throws {RangeError} when the salt is too short; {CanonicalProblem} for values without canonical JSON
 */
export function commitRecord(fields: CommittedFields, salt: Uint8Array): CommittedRecord {
  const layout = layoutOf(namesIn(fields));
  commitInto(layout, fields, fieldSalts(salt, layout));
  // Without a prototype, so that a field named __proto__ is a field like any other.
  const commitments: Record<string, string> = Object.create(null);
  for (const [at, name] of layout.names.entries()) {
    const place = layout.places[at] ?? 0;
    commitments[name] = layout.text.toString('latin1', place, place + HEX_DIGITS);
  }
  return { digest: hash('sha256', layout.text, 'hex'), commitments };
}

/**
 * The digest of {@link commitRecord} alone, over the named fields. Fastest for the very same list of names as in the call before.
 * @throws {RangeError} {CanonicalProblem} like {@link commitRecord}
 */
export function recordDigest<Fields extends { readonly [Name in keyof Fields]: JsonValue | undefined }>(
  fields: Fields,
  names: readonly (keyof Fields & string)[],
  salt: Uint8Array,
): string {
  const layout = layoutOf(names);
  commitInto(layout, fields as CommittedFields, fieldSalts(salt, layout));
  return hash('sha256', layout.text, 'hex');
}

/**
 * Opens only the named fields: their values and their own salts. The record's salt stays secret, and so do the other fields.
 * @param fields all that were committed to
 * @throws {RangeError} for a field that the record does not have, or a salt that is too short
 */
export function openFields(
  fields: CommittedFields,
  salt: Uint8Array,
  names: readonly string[],
): Record<string, Opening> {
  const layout = layoutOf(namesIn(fields));
  const salts = fieldSalts(salt, layout);
  const openings: Record<string, Opening> = Object.create(null);
  for (const name of names) {
    const value = fields[name];
    const at = layout.names.indexOf(name) * SALT_BYTES;
    if (value === undefined || at < 0) throw new RangeError(`no field ${name} to open`);
    openings[name] = { value, salt: salts.toString('hex', at, at + SALT_BYTES) };
  }
  return openings;
}
