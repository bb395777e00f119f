// Internal disclosure of the key fields (R11.3): its period, its objections, and whether it still holds.
import type { CivilDate } from './deadlines/deadlines.ts';
import { addDays, daysBetween } from './deadlines/deadlines.ts';
import { POLICY_SETTINGS } from './policy.ts';
import { writtenTextViolations } from './texts/written-texts.ts';
import type { Violation } from './violations.ts';
import { violation } from './violations.ts';
import { RECORD_STATES, type Term } from './vocabulary.ts';

/** An objection as the rules see one; `resolved` = it has an outcome. */
export interface ObjectionView {
  readonly recordId: string;
  readonly resolved: boolean;
}

/** The disclosure of a batch: first and last day (null while not opened), its objections. */
export interface DisclosureView {
  readonly disclosedFrom: CivilDate | null;
  readonly disclosedUntil: CivilDate | null;
  readonly objections: readonly ObjectionView[];
}

const NOT_OPENED = { found: '未公开', expected: RECORD_STATES.disclosing.zh };

/** The period that begins today: the day itself is not counted, so that `days` whole days follow it. Throws RangeError when `from` is no date. */
export function disclosurePeriod(
  from: CivilDate,
  days: number,
): { readonly from: CivilDate; readonly until: CivilDate } {
  return { from, until: addDays(from, days) };
}

/**
 * Why a disclosure cannot be closed on a day: not opened, shorter than any policy may set it, not over, objections open (each named
 * by its record). Empty when it can. The period is that of its opening, whatever the policy became since (R24.1).
 */
export function disclosureViolations(
  disclosure: DisclosureView,
  on: CivilDate,
  disclosureDays: number = POLICY_SETTINGS.disclosureDays.least,
): Violation[] {
  const { disclosedFrom, disclosedUntil, objections } = disclosure;
  if (disclosedFrom === null || disclosedUntil === null)
    return [violation('disclosure-not-opened', 'disclosedFrom', NOT_OPENED)];
  const violations: Violation[] = [];
  const length = daysBetween(disclosedFrom, disclosedUntil);
  if (length < disclosureDays) {
    const details = { found: String(length), expected: `≥ ${disclosureDays}` };
    violations.push(violation('disclosure-period-too-short', 'disclosedUntil', details));
  }
  if (on <= disclosedUntil) {
    violations.push(
      violation('disclosure-period-open', 'disclosedUntil', { found: on, expected: `> ${disclosedUntil}` }),
    );
  }
  for (const { recordId, resolved } of objections) {
    if (!resolved)
      violations.push(
        violation('objection-open', `records[${recordId}]`, {
          found: OBJECTION_STATES.open.zh,
          expected: OBJECTION_STATES.resolved.zh,
        }),
      );
  }
  return violations;
}

/** Whether what was disclosed is what is reported (R11.3): the digest of the key fields then and now. */
export function disclosedKeyViolations(disclosedKeyDigest: string | null, keyDigest: string): Violation[] {
  if (disclosedKeyDigest === null) return [violation('disclosure-not-opened', 'disclosedKeyDigest', NOT_OPENED)];
  if (disclosedKeyDigest === keyDigest) return [];
  return [violation('disclosed-key-changed', 'disclosedKeyDigest', { found: keyDigest, expected: disclosedKeyDigest })];
}

/** An objection says why. */
export function objectionViolations(reason: string): Violation[] {
  return writtenTextViolations('objection', reason, 'reason', { missing: 'objection-reason-missing' });
}

/** Its outcome says what came of it. */
export function outcomeViolations(outcome: string): Violation[] {
  return writtenTextViolations('outcome', outcome, 'outcome', { missing: 'objection-outcome-missing' });
}

/** Whether a disclosure is shown on a day: from the day of its opening until its last day, while records are under it. */
export function isDisclosed(
  { from, until, disclosing }: { readonly from: CivilDate; readonly until: CivilDate; readonly disclosing: number },
  on: CivilDate,
): boolean {
  return disclosing > 0 && from <= on && on <= until;
}

/** Objections from outside that one address may send within an hour, and that may wait in one batch. */
export const OBJECTION_LIMITS = { perAddressAndHour: 10, waitingInBatch: 200 } as const;

/** What somebody who objects from outside writes: never nameless, and short enough to be read. */
export interface OutsideObjection {
  readonly reason: string;
  readonly name: string;
  readonly contact: string;
}

/** What is wrong with an objection from outside, all at once. */
export function outsideObjectionViolations({ reason, name, contact }: OutsideObjection): Violation[] {
  return [
    ...objectionViolations(reason),
    ...writtenTextViolations('objector', name, 'name', { missing: 'objector-missing' }),
    ...writtenTextViolations('objectorContact', contact, 'contact', { missing: 'objector-missing' }),
  ];
}

/** Why no more objections are taken for now: too many from one address, or too many waiting. */
export function objectionLimitViolations(fromAddress: number, waiting: number): Violation[] {
  const { perAddressAndHour, waitingInBatch } = OBJECTION_LIMITS;
  if (fromAddress < perAddressAndHour && waiting < waitingInBatch) return [];
  const found = `${fromAddress} / ${waiting}`;
  return [
    violation('objections-too-many', 'objections', { found, expected: `< ${perAddressAndHour} / < ${waitingInBatch}` }),
  ];
}

/** Where an objection stands. */
export const OBJECTION_STATES = {
  open: { zh: '待处理', en: 'open', article: '11(3)' },
  resolved: { zh: '已处理', en: 'resolved', article: '11(3)' },
} as const satisfies Record<string, Term>;
