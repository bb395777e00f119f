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

// Binary strings are the fastest way through crypto.hash; SHA-256 then sees exactly these bytes.
function saltOf(saltText: string, field: string): string {
  return hash(
    'sha256',
    Buffer.from(`${saltText}\0${Buffer.from(field, 'utf8').toString('latin1')}`, 'latin1'),
    'binary',
  );
}

function commit(fieldSalt: string, value: JsonValue): string {
  const text = canonicalize(value);
  const message = Buffer.allocUnsafe(32 + text.length * 3);
  message.write(fieldSalt, 0, 'latin1');
  const length = 32 + message.write(text, 32, 'utf8');
  return hash('sha256', message.subarray(0, length), 'hex');
}

/**
 * Commits to each field of a record: field salt = SHA-256(salt ‖ 0x00 ‖ name), commitment = SHA-256(field salt ‖ canonical(value)),
 * digest = SHA-256(canonical(commitments)).
 * @param salt secret and random, at least 16 bytes, of this version of the record only: whoever knows it can try values
 * @throws {RangeError} when the salt is too short; {CanonicalProblem} for values without canonical JSON
 */
export function commitRecord(fields: Readonly<Record<string, JsonValue>>, salt: Uint8Array): CommittedRecord {
  const saltText = checkedSalt(salt);
  const commitments: Record<string, string> = {};
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (value !== undefined) commitments[name] = commit(saltOf(saltText, name), value);
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
  const saltText = checkedSalt(salt);
  const openings: Record<string, Opening> = {};
  for (const name of names) {
    const value = fields[name];
    if (value === undefined) throw new RangeError(`no field ${name} to open`);
    openings[name] = { value, salt: Buffer.from(saltOf(saltText, name), 'latin1').toString('hex') };
  }
  return openings;
}

function checkedSalt(salt: Uint8Array): string {
  if (salt.length < 16) throw new RangeError('the salt must have at least 16 bytes');
  return Buffer.from(salt.buffer, salt.byteOffset, salt.length).toString('latin1');
}
