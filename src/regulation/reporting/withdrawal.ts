// Withdrawal before the review has ended (R14.1): who takes back what, and why.
import { transitionViolations } from '../lifecycle.ts';
import { writtenTextViolations } from '../texts/written-texts.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { OfficeKind, RecordState } from '../vocabulary.ts';
import { OFFICE_KINDS, RECORD_STATES } from '../vocabulary.ts';

/** What the degree office takes back: what stands with it, and what it has handed to the province. */
const BY_DEGREE_OFFICE: readonly RecordState[] = ['reported', 'reported-upward'];
/** What a category office takes back: what it reported and nobody has handed on, and what came back to it. */
const BY_CATEGORY_OFFICE: readonly RecordState[] = ['reported', 'returned'];

/** The states from which an office of a kind withdraws a record. */
export function withdrawnFrom(office: OfficeKind): readonly RecordState[] {
  if (office === 'provincial-office') return [];
  return office === 'degree-office' ? BY_DEGREE_OFFICE : BY_CATEGORY_OFFICE;
}

/** Why a record cannot be withdrawn by an office; empty when it can. */
export function withdrawalViolations(office: OfficeKind, state: RecordState): Violation[] {
  const skipped = transitionViolations('withdraw-records', state);
  if (skipped.length > 0) return skipped;
  if (withdrawnFrom(office).includes(state)) return [];
  const found = `${OFFICE_KINDS[office].zh}：${RECORD_STATES[state].zh}`;
  const expected = withdrawnFrom(office)
    .map((name) => RECORD_STATES[name].zh)
    .join('、');
  return [violation('withdrawal-not-by-office', 'state', { found, expected })];
}

/** A withdrawal says why, in words that can stand in a paper. */
export function withdrawalReasonViolations(reason: string): Violation[] {
  return writtenTextViolations('reason', reason, 'reason', { missing: 'withdrawal-reason-missing' });
}
