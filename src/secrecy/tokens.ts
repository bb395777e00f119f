// Secrets that are handed out: session tokens, stored only as hashes, and verification codes that people type.
import { createHash, randomBytes, randomInt } from 'node:crypto';

/** The hash under which a token is stored and found: SHA-256, base64url. Tokens are random, so no salt is needed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('base64url');
}

/** A new opaque token of 256 random bits in base64url, to be shown once, and its hash, to be stored. */
export function newToken(): { token: string; hash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashToken(token) };
}

// 31 characters, a prime: then a weighted sum finds every single wrong character and every swap. Without 0 O 1 I L.
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_LENGTH = 12;

function checkSum(chars: string): number {
  let sum = 0;
  [...chars].forEach((char, at) => {
    sum += ALPHABET.indexOf(char) * (at + 1);
  });
  return sum % ALPHABET.length;
}

// The check character makes the whole sum a multiple of 31; its own weight is the last position.
function checkCharacter(body: string): string {
  const found = [...ALPHABET].find((char) => checkSum(body + char) === 0);
  return found ?? '';
}

/**
 * A code for a printed document, such as `7QK3-M9TD-2F8X`: eleven random characters (54 bits) and a check character.
 * Long enough to be unguessable only where attempts are limited.
 */
export function newVerificationCode(): string {
  let body = '';
  while (body.length < CODE_LENGTH - 1) body += ALPHABET.charAt(randomInt(ALPHABET.length));
  const code = body + checkCharacter(body);
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;
}

/**
 * What a person typed, in the form in which it was issued: any case, full-width letters, any dashes and spaces.
 * Null when it cannot be a code, a mistyped character or swapped pair included.
 */
export function normalizeVerificationCode(input: string): string | null {
  if (input.length > 64) return null;
  const code = input
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash_Punctuation}\u2212]/gu, '');
  if (code.length !== CODE_LENGTH || [...code].some((char) => !ALPHABET.includes(char))) return null;
  if (checkSum(code) !== 0) return null;
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;
}
