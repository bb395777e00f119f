// Taking back a student's way in (R21.1): a link that went to the wrong person, and whatever was opened or set with it.

import { revokeLinksOf } from '../../store/student/student-links.ts';
import { dropAccounts, endStudentSessions } from '../../store/student/student-sessions.ts';
import type { Call } from '../call.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { findThing, keyOfThing, ownThings, type ThingKey } from './student-thing.ts';

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
    // Every way to the person's data: the enrolment record opens the degree records of the same study.
    const behind = thing.enrolmentRecordId;
    const also: ThingKey[] =
      behind === null
        ? await ownThings(tx, call.world, { institution, kind, id })
        : [thing, { kind: 'enrolment-record', id: behind }];
    const revoked = { links: 0, sessions: 0, passwords: 0 };
    for (const key of also.map(keyOfThing)) {
      revoked.links += await revokeLinksOf(tx, institution, key, at);
      // Sessions live by the machine's clock.
      revoked.sessions += await endStudentSessions(tx, institution, key, new Date());
      revoked.passwords += await dropAccounts(tx, institution, key);
    }
    return revoked;
  });
}
