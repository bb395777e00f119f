// The one door for every text that people write (art. 12, 21, 22): it says something where it is owed, a reader sees all of it, a page holds
// it, and no identity number stands in it. Every free text goes through here, whoever wrote it; values of fields have rules of their own.
//
// Telephones and e-mail addresses are let through: contacts are asked for in these very texts, and eleven digits may be anything. What
// must never stand in a text that is sealed or printed is the number by which a person is known everywhere (R21.1).

import { holdsIdentityNumber } from '../record/identity-text.ts';
import type { ViolationCode } from '../violation-codes.ts';
import { VIOLATION_CODES } from '../violation-codes.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import { codePointLabel, UNREADABLE } from './code-points.ts';
import { LEAST_REASON, type TextKind, WRITTEN_TEXTS, type WrittenText } from './written-kinds.ts';

/** What no reader reads; the variant of a Han character that stands before it is seen. */
const UNSEEN = new RegExp(`(?!(?<=\\p{Script=Han})[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}])${UNREADABLE.source}`, 'u');

/** Evidence of one application at most. */
export const MOST_EVIDENCE = 100;

/** One character over and over is no reason. */
const FEWEST_DIFFERENT = 3;

/** Han characters of a text, with words of other scripts counting one each: what "too short" is measured by. */
export function writtenLength(text: string): number {
  return (text.match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? []).filter((part) => part.trim() !== '').length;
}

/** By how much a text says too little, as a refusal shows it; null when it says enough. Different characters come in brackets where they are too few. */
export function saysTooLittle(
  text: string,
  least: number = LEAST_REASON,
): { readonly found: string; readonly expected: string } | null {
  const length = least > 1 ? writtenLength(text) : text.trim().length;
  if (length < least) return { found: String(length), expected: `≥ ${least}` };
  const different = new Set(text.match(/[\p{L}\p{N}]/gu)).size;
  if (least < LEAST_REASON || different >= FEWEST_DIFFERENT) return null;
  return { found: `${length} (${different})`, expected: `≥ ${least} (≥ ${FEWEST_DIFFERENT})` };
}

/** That a text is owed: the code when there is none, which also says the article. */
export interface Owed {
  readonly missing: ViolationCode;
  /** When it says too little; `reason-too-short` unless given. */
  readonly short?: ViolationCode;
  /** Another least than that of its kind: the policy's. */
  readonly least?: number;
}

/** What is wrong with a text that somebody wrote; `path` where it was given. Without `owed` it may be left out. */
export function writtenTextViolations(
  name: WrittenText,
  text: string,
  path: string = name,
  owed: Owed | null = null,
): Violation[] {
  const kind: TextKind = WRITTEN_TEXTS[name];
  const { zh, en, most } = kind;
  const label = { zh, en };
  const violations: Violation[] = [];
  if (owed) violations.push(...owedViolations(text, path, label, { least: kind.least, ...owed }));
  else if (text !== '' && text.trim() === '') {
    violations.push(violation('text-blank', path, { label, found: '0', expected: '≥ 1', article: '12' }));
  }
  const [unseen] = UNSEEN.exec(kind.lines ? text.replace(/[\r\n]/g, ' ') : text) ?? [];
  if (unseen !== undefined) {
    violations.push(
      violation('text-unreadable-character', path, { label, found: codePointLabel(unseen), article: '12' }),
    );
  }
  // A text has no fewer UTF-16 code units than characters.
  const length = text.length > most ? [...text].length : text.length;
  if (length > most) {
    violations.push(
      violation('field-too-long', path, { label, found: String(length), expected: `≤ ${most}`, article: '12' }),
    );
  }
  if (holdsIdentityNumber(text, kind.number !== true))
    violations.push(identityNumberIn(path, label, kind.own === true));
  return violations;
}

/** That an identity number stands in a text. Nothing of it is repeated; students are told where it belongs. */
export function identityNumberIn(path: string, label: { zh: string; en: string }, own: boolean): Violation {
  if (own) return violation('identity-number-in-own-words', path, { label });
  return violation('identity-number-in-text', path, { label });
}

function owedViolations(
  text: string,
  path: string,
  label: { zh: string; en: string },
  { missing, short = 'reason-too-short', least }: Owed & { readonly least: number },
): Violation[] {
  const little = saysTooLittle(text, least);
  if (!little) return [];
  if (text.trim() === '') return [violation(missing, path, { ...little, label })];
  return [violation(short, path, { ...little, label, article: VIOLATION_CODES[missing].article })];
}
