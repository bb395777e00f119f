// Dispatching a sealed application to its addressees (art. 15, 16): each once, each with the proof that it arrived.

import type { CivilDate } from '../deadlines/deadlines.ts';
import { isCivilDate } from '../deadlines/deadlines.ts';
import { writtenTextViolations } from '../texts/written-texts.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Addressee, ApplicationKind, Channel } from '../vocabulary.ts';
import { ADDRESSEES, CHANNELS } from '../vocabulary.ts';
import { recipientsOf, underArticleOf } from './applications.ts';

/** Who signs in here, so that the sealed step itself is the proof. */
const IN_SYSTEM: readonly Addressee[] = ['provincial-office'];

/** One dispatch as an officer records it. */
export interface Dispatching {
  readonly kind: ApplicationKind;
  readonly addressee: Addressee;
  readonly channel: Channel;
  readonly dispatchedOn: CivilDate;
  /** Number of the receipt, of the mailing or of the exchange slip. */
  readonly receipt: string;
  /** Whether a scan of the proof was uploaded. */
  readonly proof: boolean;
  /** Date on the document, and today. */
  readonly documentDate: CivilDate;
  readonly today: CivilDate;
  /** Addressees that have this document already. */
  readonly sent: readonly Addressee[];
}

/** Everything wrong with a dispatch: the wrong addressee, a second time, an impossible day, no proof of delivery. */
export function dispatchViolations(dispatching: Dispatching): Violation[] {
  const { kind, addressee, channel, dispatchedOn, receipt, proof, documentDate, today, sent } = dispatching;
  const violations: Violation[] = writtenTextViolations('receipt', receipt.trim());
  const recipients = recipientsOf(kind);
  if (!recipients.includes(addressee)) {
    const expected = recipients.map((name) => ADDRESSEES[name].zh).join('、');
    violations.push(violation('dispatch-wrong-addressee', 'addressee', { found: ADDRESSEES[addressee].zh, expected }));
  }
  if (sent.includes(addressee))
    violations.push(violation('dispatch-repeated', 'addressee', { found: ADDRESSEES[addressee].zh }));
  const label = { zh: '报送日期', en: 'day of dispatch' };
  if (!isCivilDate(dispatchedOn)) {
    violations.push(
      violation('date-impossible', 'dispatchedOn', { label, found: dispatchedOn, expected: 'YYYY-MM-DD' }),
    );
  } else if (dispatchedOn > today || dispatchedOn < (channel === 'in-system' ? today : documentDate)) {
    // In the system the sealed step is the dispatch, so it has no other day than its own.
    const expected = channel === 'in-system' ? today : `${documentDate} – ${today}`;
    violations.push(violation('dispatch-day-impossible', 'dispatchedOn', { found: dispatchedOn, expected }));
  }
  if (channel === 'in-system' && !IN_SYSTEM.includes(addressee)) {
    const details = { found: CHANNELS[channel].zh, expected: ADDRESSEES['provincial-office'].zh };
    violations.push(violation('dispatch-not-in-system', 'channel', details));
  }
  if (channel !== 'in-system') {
    const details = { found: CHANNELS[channel].zh };
    if (receipt.trim() === '') violations.push(violation('dispatch-without-proof', 'receipt', details));
    if (!proof) violations.push(violation('dispatch-without-proof', 'proofDigest', details));
  }
  return underArticleOf(kind, violations);
}
