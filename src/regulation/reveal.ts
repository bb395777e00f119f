// Looking at a secret value in full (art. 21): an act with a reason that says something, and not too many of them in an hour.

import { writtenTextViolations } from './texts/written-texts.ts';
import type { Violation } from './violations.ts';
import { violation } from './violations.ts';
import type { Term } from './vocabulary.ts';

/** What a reveal was of: one value of one person, or the plain values on a sheet of many. */
export const REVEAL_KINDS = {
  record: { zh: '学位授予信息', en: 'a field of a record', article: '21' },
  dispute: { zh: '本人疑义', en: 'a field of a dispute', article: '21' },
  'correction-request': { zh: '本人更正请求', en: 'a field of a correction request', article: '21' },
  own: { zh: '本人查阅', en: 'a student at the own record', article: '21' },
  links: { zh: '本人确认链接名单', en: "the sheet of students' links", article: '21' },
  export: { zh: '导出文件', en: 'an exported file', article: '21' },
} as const satisfies Record<string, Term>;
export type RevealKind = keyof typeof REVEAL_KINDS;

/** The kinds that the hourly limit counts: single looks. Sheets and exports are sealed steps of other duties, each listed as a whole. */
export const SINGLE_REVEALS: readonly RevealKind[] = ['record', 'dispute', 'correction-request'];

/** What is wrong with the reason of a reveal: none, one that says nothing, or one that cannot be read. */
export function revealReasonViolations(reason: string): Violation[] {
  const owed = { missing: 'reveal-reason-missing', short: 'reveal-reason-too-short' } as const;
  return writtenTextViolations('revealReason', reason, 'reason', owed);
}

const HOUR_MS = 3_600_000;

/** The instant after which looks still count: an hour ago. */
export function sinceWhenCounted(now: Date): Date {
  return new Date(now.getTime() - HOUR_MS);
}

/**
 * Whether one more look is too many. Two looks an hour apart to the millisecond do not count together.
 *
 * @param looks when the officer's single looks since {@link sinceWhenCounted} were, in any order.
 * @param most the policy's number for an hour.
 */
export function revealLimitViolations(looks: readonly Date[], most: number, now: Date): Violation[] {
  const since = sinceWhenCounted(now).getTime();
  const counted = looks.map((at) => at.getTime()).filter((at) => at > since);
  if (counted.length < most) return [];
  // One more fits when the look that is `most` looks back has left the hour.
  const [oldest = now.getTime()] = counted.sort((a, b) => a - b).slice(counted.length - most);
  const next = new Date(oldest + HOUR_MS).toISOString();
  return [
    violation('reveals-too-many', 'reveals', { found: String(counted.length), expected: `< ${most}; ≥ ${next}` }),
  ];
}
