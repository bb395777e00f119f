// Refusals of which there is nothing to say beyond their sentence, each with why: for every other code `violation` wants what was found or
// expected.
import type { ViolationCode } from '../violation-codes.ts';

/** Codes of refusals that say neither what was found nor what would be right → why. */
export const NOTHING_TO_SAY = {
  'link-unknown': 'whoever guesses learns nothing of any link',
  'sign-in-refused': 'whoever guesses learns neither which names there are nor what was wrong',
  'student-sign-in-refused': 'whoever guesses learns neither which numbers there are nor what was wrong',
  'identity-number-in-text': 'nothing of the number is repeated, and the sentence says what to write instead',
  'identity-number-in-own-words': 'nothing of the number is repeated, and the sentence says where it belongs',
} as const satisfies Partial<Record<ViolationCode, string>>;

/** A code of which there is nothing to say. */
export type Untold = keyof typeof NOTHING_TO_SAY;
