// Reasons that officers give for what they do (R22.2): one least length for all of them, so that none is a mere formality.
// Not for remarks that stand beside a field (what is wrong with it), nor for words of others that an officer only enters; written
// applications have the policy's `reasonLength`, because they go to the province.

import type { ViolationCode } from './violation-codes.ts';
import { VIOLATION_CODES } from './violation-codes.ts';
import type { Violation } from './violations.ts';
import { violation } from './violations.ts';
import { writtenLength } from './written-texts.ts';

/** Least number of Han characters, or words of other scripts, in a reason: 情况属实 alone is none. */
export const LEAST_REASON = 6;
/** One character over and over is no reason. */
const FEWEST_DIFFERENT = 3;

/** By how much a text says too little, as a refusal shows it; null when it says enough. Different characters come in brackets where they are too few. */
export function saysTooLittle(text: string): { readonly found: string; readonly expected: string } | null {
  const length = writtenLength(text);
  if (length < LEAST_REASON) return { found: String(length), expected: `≥ ${LEAST_REASON}` };
  const different = new Set(text.match(/[\p{L}\p{N}]/gu)).size;
  if (different >= FEWEST_DIFFERENT) return null;
  return { found: `${length} (${different})`, expected: `≥ ${LEAST_REASON} (≥ ${FEWEST_DIFFERENT})` };
}

/** An officer's reason: the code when there is none, which also says the article, and where it was given. */
export interface OfficerReason {
  readonly missing: ViolationCode;
  readonly text: string;
  readonly path?: string;
  readonly label?: { readonly zh: string; readonly en: string };
}

/** What is wrong with a reason that is owed: there is none, or it says too little. */
export function officerReasonViolations({ missing, text, path = 'reason', label }: OfficerReason): Violation[] {
  const short = saysTooLittle(text);
  if (!short) return [];
  if (text.trim() === '') return [violation(missing, path, { ...short, label })];
  return [violation('reason-too-short', path, { ...short, article: VIOLATION_CODES[missing].article })];
}
