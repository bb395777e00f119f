// How many whole identity numbers an officer may try that belong to nobody (R21.1): else a masked number could be guessed, one by one.
// Kept in the memory of each server: a restart forgives, and behind several servers the limit holds for each of them.

import { DEFAULT_POLICY } from '../../regulation/policy.ts';
import { sinceWhenCounted } from '../../regulation/reveal.ts';
import type { Actor, World } from '../call.ts';
import { policyFor, todayOf } from '../situation.ts';

/** What one officer tried in vain: under what it was looked up, and when it was tried first. */
interface Tries {
  readonly vain: Map<string, number>;
  /** The look-up before, so that several at once count one after the other. */
  last: Promise<unknown>;
}

const ofWorld = new WeakMap<object, Map<string, Tries>>();

function triesOf(world: World, officerId: string): Tries {
  const known = ofWorld.get(world) ?? new Map<string, Tries>();
  ofWorld.set(world, known);
  const tries = known.get(officerId) ?? { vain: new Map(), last: Promise.resolve() };
  known.set(officerId, tries);
  return tries;
}

/** An officer has looked up too many numbers in vain: `found` of them within the last hour, `expected` fewer. */
export interface TooManyLookUps {
  readonly found: number;
  readonly most: number;
}

/**
 * Lets an officer look up one whole number, unless they have tried as many within an hour that are of nobody they may see as they may
 * reveal: then nothing is looked up any more that was not tried before, found or not.
 *
 * The policy is that of the officer's institution; the province has the regulation's own number.
 *
 * @param by who asks, and under what the number is looked up: the same counts once.
 * @param isThere whether anybody whom the officer may see has the number; asked only when one more try is allowed.
 * @returns null: go on.
 */
export function tryLookUp(
  by: { readonly world: World; readonly actor: Actor; readonly key: string },
  isThere: () => Promise<boolean>,
): Promise<TooManyLookUps | null> {
  const { world, actor, key } = by;
  const tries = triesOf(world, actor.officerId);
  const turn = tries.last.then(async () => {
    const { vain } = tries;
    const now = world.now();
    const since = sinceWhenCounted(now).getTime();
    for (const [tried, at] of vain) if (at <= since) vain.delete(tried);
    if (vain.has(key)) return null;
    const { institution } = actor;
    const { revealsPerHour: most } = institution
      ? await policyFor(world.db.prisma, institution, todayOf(world))
      : DEFAULT_POLICY;
    if (vain.size >= most) return { found: vain.size, most };
    if (!(await isThere())) vain.set(key, now.getTime());
    return null;
  });
  tries.last = turn.catch(() => undefined);
  return turn;
}
