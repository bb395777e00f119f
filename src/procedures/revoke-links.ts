// Taking back a student's way in (R21.1): a link that went to the wrong person, and whatever was opened or set with it.

import { revokeLinksOf } from '../store/student-links.ts';
import { dropAccounts, endStudentSessions } from '../store/student-sessions.ts';
import type { Call } from './call.ts';
import { type Prepared, prepare } from './prepare.ts';
import { findThing, keyOfThing, type ThingKey } from './student-thing.ts';
import { requireMayAct, targetIn } from './target.ts';

/** Whose. */
export type RevokeLinksInput = ThingKey & { readonly institution: string };

/** How many unopened links, open sessions and passwords there were. */
export type RevokedLinks = { links: number; sessions: number; passwords: number };

/**
 * Revokes a person's unopened links, ends their sessions and takes their password away. What was said meanwhile stays: it is sealed.
 * @throws {NotFound}, {Forbidden}
 */
export function revokeLinks(call: Call, input: RevokeLinksInput): Promise<Prepared<RevokedLinks>> {
  const { institution, kind, id } = input;
  const preparation = { procedure: 'revoke-links', step: 'confirm', institution, input: { kind, id } } as const;
  return prepare(call, preparation, async (tx, at) => {
    const thing = await findThing(tx, call.world, institution, { kind, id });
    requireMayAct(call, 'confirm', await targetIn(tx, institution, thing.category));
    const key = keyOfThing(thing);
    return {
      links: await revokeLinksOf(tx, institution, key, at),
      // Sessions live by the machine's clock.
      sessions: await endStudentSessions(tx, institution, key, new Date()),
      passwords: await dropAccounts(tx, institution, key),
    };
  });
}
