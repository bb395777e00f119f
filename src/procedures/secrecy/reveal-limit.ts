// How many secret values an officer may look at in an hour (R21.1): counted in the database under a lock of the officer's own.
import { revealLimitViolations, SINGLE_REVEALS, sinceWhenCounted } from '../../regulation/reveal.ts';
import type { Violation } from '../../regulation/violations.ts';
import { lockFor } from '../../store/database/key-lock.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { looksSince } from '../../store/secrecy/reveals.ts';
import type { Call } from '../call.ts';
import { policyFor, todayOf } from '../situation.ts';

/**
 * What forbids one more look now. The lock holds until the transaction ends, so that neither two calls at once nor two servers pass the
 * limit; it is the officer's and not the institution's, because an officer of the province looks into several. A simulation is rolled
 * back with its row and so counts nothing.
 */
export async function oneMoreLook(tx: Transaction, call: Call, institution: string): Promise<Violation[]> {
  const { world, actor } = call;
  await lockFor(tx, `reveals/${actor.officerId}`);
  const { revealsPerHour: most } = await policyFor(tx, institution, todayOf(world));
  const now = world.now();
  const of = { kinds: SINGLE_REVEALS, since: sinceWhenCounted(now), most };
  return revealLimitViolations(await looksSince(tx, actor.officerId, of), most, now);
}
