// What a broken rule looks like. The table of codes is in violation-codes.ts.
import { hideIdentityNumbers } from './record/identity-text.ts';
import type { Untold } from './texts/nothing-to-say.ts';
import type { ViolationCode } from './violation-codes.ts';
import { VIOLATION_CODES } from './violation-codes.ts';

/** One broken rule: which (code, article), where (path), what was found and expected, and the sentence for people in both languages. */
export interface Violation {
  readonly code: ViolationCode;
  /** Field or place, e.g. `identityNumber`, `roster[3].name`, `votes.yes`. */
  readonly path: string;
  /** Article as `11(4)`, `8`, or of a law above it: `学位法 10`. */
  readonly article: string;
  readonly message: string;
  readonly messageEn: string;
  readonly found?: string;
  readonly expected?: string;
}

/** What is particular to one violation; the article comes from the table unless given. */
export interface ViolationDetails {
  readonly found?: string | undefined;
  readonly expected?: string | undefined;
  /** Chinese and English name of the field or thing, put in for `{label}` of the sentence. */
  readonly label?: { zh: string; en: string } | undefined;
  readonly article?: string | undefined;
}

/** What teaches: that something was found, or what would have been right. */
export type Teaching = ViolationDetails & ({ readonly found: string } | { readonly expected: string });

/**
 * Makes a violation from its code; the sentences come from {@link VIOLATION_CODES}. An identity number is never shown whole, wherever it
 * was typed (R21.1). Every one says what was found or expected, but for those of which there is nothing to say ({@link NOTHING_TO_SAY}):
 * for any other a call without both does not compile.
 */
export function violation(code: Untold, path: string, details?: ViolationDetails): Violation;
export function violation(code: ViolationCode, path: string, details: Teaching): Violation;
export function violation(code: ViolationCode, path: string, details: ViolationDetails = {}): Violation {
  const entry: { article: string; zh: string; en: string } = VIOLATION_CODES[code];
  const fill = (text: string, label: string) => text.replaceAll('{label}', hideIdentityNumbers(label));
  return {
    code,
    path: hideIdentityNumbers(path),
    article: details.article ?? entry.article,
    message: fill(entry.zh, details.label?.zh ?? path),
    messageEn: capitalised(fill(entry.en, details.label?.en ?? path)),
    ...(details.found === undefined ? {} : { found: hideIdentityNumbers(details.found) }),
    ...(details.expected === undefined ? {} : { expected: hideIdentityNumbers(details.expected) }),
  };
}

/** Labels are written as inside a sentence; some sentences begin with one. */
function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
