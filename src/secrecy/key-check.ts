// A value by which a key is known again without being told: two keys of the same id are told apart, and the value opens nothing.
import { hkdfSync, type KeyObject } from 'node:crypto';

const PURPOSE = 'vermilion key check';

/** HKDF-SHA-256 of a key under a purpose of its own: 128 bits in base64url. */
export function keyCheck(key: KeyObject): string {
  return Buffer.from(hkdfSync('sha256', key, '', PURPOSE, 16)).toString('base64url');
}
