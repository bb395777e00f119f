// Byte helpers without node:*: concatenation, comparison, hex, base64, UTF-8 and SHA-256.
import { sha256 as sha256Now } from '@noble/hashes/sha2.js';

/** Joins byte strings into a new one. */
export function concatBytes(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** True when both byte strings are equal. Not constant in time: only for public values. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case hexadecimal text of the bytes. */
export function toHex(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) out += HEX[byte];
  return out;
}

/** Bytes of lower-case hexadecimal text; `undefined` when it is anything else, so that one value has one spelling. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return undefined;
  const out = new Uint8Array(text.length / 2);
  for (let i = 0; i < out.length; i += 1) out[i] = 16 * digitAt(text, 2 * i) + digitAt(text, 2 * i + 1);
  return out;
}

/** The value of the lower-case hexadecimal digit at a place. */
function digitAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 0x40 ? code - 0x30 : code - 0x57;
}

/** Standard base64 with padding (RFC 4648 section 4). */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(binary);
}

/** Bytes of standard base64 with padding; `undefined` for any other spelling, non-zero trailing bits included. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const binary = atob(text);
  const out = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) out[i] = binary.charCodeAt(i);
  return text.endsWith('=') && toBase64(out.subarray(out.length - (out.length % 3 || 3))) !== text.slice(-4)
    ? undefined
    : out;
}

const encoder = new TextEncoder();

/** UTF-8 bytes of the text. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  // The encoder's buffer is always an ordinary one; copying says so to the types.
  return new Uint8Array(encoder.encode(text));
}

/** Hashed without waiting: for the many short texts of a proof WebCrypto's way to another thread and back costs far more than the hashing. What is longer goes there, which is faster then and lets others go on. */
const SHORT = 2048;

/** SHA-256 of the bytes (FIPS 180-4). */
export async function sha256(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes.length <= SHORT) return sha256Now(bytes);
  return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
}
