// Marks that only the holder of a key can make or find (R18.1): pseudonyms and choices that look like chance to everybody else.
import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { type FieldCipher, makeFieldCipher } from './field-cipher.ts';

/** What a key makes of texts. */
export interface Marker {
  /** 0 … 2³²−1, evenly spread. */
  number(text: string): number;
  /** Sixteen letters and digits (80 bits) that begin with a letter, so that no spreadsheet takes them for a number. */
  name(text: string): string;
}

// Without vowels and 0 1 2: no words, nothing to misread. 32 characters = 5 bits each.
const ALPHABET = 'BCDFGHJKLMNPQRSTVWXZbcdfghjkmnpq';
const NAME_LENGTH = 16;

/** A marker over a secret text. */
export function makeMarker(secret: string): Marker {
  const key = createSecretKey(secret, 'utf8');
  const digest = (text: string) => createHmac('sha256', key).update(text, 'utf8').digest();
  return {
    number: (text) => digest(`n/${text}`).readUInt32BE(0),
    name(text) {
      const bytes = digest(`i/${text}`);
      let name = '';
      for (let at = 0; at < NAME_LENGTH; at++) name += ALPHABET.charAt((bytes[at] ?? 0) & 31);
      return name;
    },
  };
}

/** A new key (256 random bits, base64url) for what is to be unreadable once the key is gone. */
export function newContentKey(): string {
  return randomBytes(32).toString('base64url');
}

/** A cipher of one key, such as {@link newContentKey} makes. */
export function cipherOf(contentKey: string): FieldCipher {
  const key = createSecretKey(Buffer.from(contentKey, 'base64url'));
  return makeFieldCipher({ currentKeyId: 'own', keyIds: ['own'], fieldKey: (id) => (id === 'own' ? key : undefined) });
}
