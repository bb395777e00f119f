// The rules by which a batch is disclosed: those of the day of its opening, whatever the policy says by now (R11.3).
import type { CivilDate } from '../../regulation/deadlines/deadlines.ts';
import { NAME_MASKS, type Policy } from '../../regulation/policy.ts';
import { isKeyOf } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { lastOpening } from '../../store/disclosure/disclosures.ts';
import { policyFor } from '../situation.ts';

/** How long it lasts, and how names are shown. */
export interface DisclosureRules {
  readonly days: number;
  readonly nameMask: Policy['nameMask'];
}

/** A word as it is kept; the strictest one for anything else. */
export function nameMaskOf(word: string): Policy['nameMask'] {
  return isKeyOf(NAME_MASKS, word) ? word : 'family-name';
}

/** The rules of the last opening; of a batch that was opened before they were kept, those of the policy of that day. */
export async function disclosureRules(
  tx: Pick<Transaction, 'disclosureOpening' | 'policy'>,
  batch: { readonly institution: string; readonly id: string; readonly disclosedFrom: CivilDate | null },
  today: CivilDate,
): Promise<DisclosureRules> {
  const opening = await lastOpening(tx, batch.institution, batch.id);
  if (opening) return { days: opening.days, nameMask: nameMaskOf(opening.nameMask) };
  const { disclosureDays, nameMask } = await policyFor(tx, batch.institution, batch.disclosedFrom ?? today);
  return { days: disclosureDays, nameMask };
}
