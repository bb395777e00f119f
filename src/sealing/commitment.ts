// Salted commitments of a record's fields: what the log holds instead of personal data (R12.2, R21.1).
import { hash } from 'node:crypto';
import { canonicalize, type JsonValue } from './verify/canonical.ts';
import type { Opening } from './verify/commitment.ts';

/** A record as commitments: one per field (64 hex digits) and the digest over them all. */
export interface CommittedRecord {
  /** SHA-256(canonical(commitments)), 32 bytes. */
  digest: Uint8Array;
  commitments: Record<string, string>;
}

/** Hashes texts behind a fixed prefix. One buffer is used again and again: this is the hot path of an import. */
function prefixHasher(prefixLength: number): (prefix: string, text: string, encoding: 'binary' | 'hex') => string {
  let scratch = Buffer.alloc(1024);
  return (prefix, text, encoding) => {
    // A UTF-16 code unit takes at most three bytes in UTF-8.
    const most = prefixLength + 3 * text.length;
    if (scratch.length < most) scratch = Buffer.alloc(2 * most);
    for (let i = 0; i < prefixLength; i += 1) scratch[i] = prefix.charCodeAt(i);
    const length = prefixLength + writeText(scratch, text, prefixLength);
    const digest = hash('sha256', scratch.subarray(0, length), encoding);
    if (scratch.length > LARGEST_SCRATCH) scratch = Buffer.alloc(1024);
    return digest;
  };
}

const LARGEST_SCRATCH = 1 << 16;

/** Writes UTF-8 and returns its length. Short ASCII is written here, which is faster than a call into native code. */
function writeText(target: Buffer, text: string, at: number): number {
  if (text.length > 64) return target.write(text, at, 'utf8');
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) return target.write(text, at, 'utf8');
    target[at + i] = code;
  }
  return text.length;
}

/** SHA-256(field salt ‖ canonical(value)) in hex; the field salt as a string of 32 bytes. */
const hashValue = prefixHasher(32);

/** The salts of the fields of one record, each a string of 32 bytes: SHA-256(salt ‖ 0x00 ‖ name). */
function fieldSalts(salt: Uint8Array): (field: string) => string {
  if (salt.length < 16) throw new RangeError('the salt must have at least 16 bytes');
  const prefix = `${Buffer.from(salt.buffer, salt.byteOffset, salt.length).toString('latin1')}\0`;
  const hashName = prefix.length === 17 ? hashNameAfter16 : prefixHasher(prefix.length);
  return (field) => hashName(prefix, field, 'binary');
}

const hashNameAfter16 = prefixHasher(17);

/**
 * Commits to each field of a record: field salt = SHA-256(salt ‖ 0x00 ‖ name), commitment = SHA-256(field salt ‖ canonical(value)),
 * digest = SHA-256(canonical(commitments)).
 * @param salt secret and random, at least 16 bytes, of this version of the record only: whoever knows it can try values
 * @throws {RangeError} when the salt is too short; {CanonicalProblem} for values without canonical JSON
 */
export function commitRecord(fields: Readonly<Record<string, JsonValue>>, salt: Uint8Array): CommittedRecord {
  const saltOf = fieldSalts(salt);
  // Without a prototype, so that a field named __proto__ is a field like any other.
  const commitments: Record<string, string> = Object.create(null);
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (value !== undefined) commitments[name] = hashValue(saltOf(name), canonicalize(value), 'hex');
  }
  return { digest: hash('sha256', canonicalize(commitments), 'buffer'), commitments };
}

/**
 * Opens only the named fields: their values and their own salts. The record's salt stays secret, and so do the other fields.
 * @throws {RangeError} for a field that the record does not have, or a salt that is too short
 */
export function openFields(
  fields: Readonly<Record<string, JsonValue>>,
  salt: Uint8Array,
  names: readonly string[],
): Record<string, Opening> {
  const saltOf = fieldSalts(salt);
  const openings: Record<string, Opening> = Object.create(null);
  for (const name of names) {
    const value = fields[name];
    if (value === undefined) throw new RangeError(`no field ${name} to open`);
    openings[name] = { value, salt: Buffer.from(saltOf(name), 'latin1').toString('hex') };
  }
  return openings;
}
