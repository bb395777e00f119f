// Opening a one-time link (R11.1): used up by the first who opens it, and a short session of the student in return.
import type { CivilDate } from '../../regulation/deadlines/deadlines.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import { hashToken } from '../../secrecy/tokens.ts';
import { inTransaction } from '../../store/database/transaction.ts';
import { lockLink, type StudentLink, useLink } from '../../store/student/student-links.ts';
import type { World } from '../call.ts';
import { Refused } from '../errors.ts';
import { dayOf, todayOf } from '../situation.ts';
import { noteWrong, requirePatience } from './attempts.ts';
import { newStudentSession, type StudentSignedIn } from './student-sessions.ts';
import { thingKeyOf } from './student-thing.ts';

/**
 * Opens a link. Of two who open it at once one wins; the other is told that it was used. Who holds a real token is told what is the
 * matter with it: it cannot be guessed, so that this tells nobody else anything.
 *
 * @param at the machine's clock, by which sessions live; the last day of the link is one of the register's clock.
 * @throws {Refused} `link-unknown`, `link-used`, `link-superseded`, `link-revoked`, `link-expired`, or too many wrong tokens
 */
export async function openLink(
  world: World,
  input: { readonly token: string; readonly address?: string | undefined },
  at: Date = new Date(),
): Promise<StudentSignedIn> {
  requirePatience(world, input.address);
  const tokenHash = hashToken(input.token.slice(0, 200));
  const opened = await inTransaction(world.db, async (tx) => {
    const link = await lockLink(tx, tokenHash);
    if (!link) return null;
    const violations = linkViolations(link, todayOf(world));
    if (violations.length > 0) throw new Refused(violations);
    await useLink(tx, tokenHash, world.now());
    return newStudentSession(tx, { institution: link.institution, ...thingKeyOf(link) }, at);
  });
  if (opened) return opened;
  noteWrong(world, input.address);
  throw new Refused([violation('link-unknown', 'token')]);
}

function linkViolations(link: StudentLink, today: CivilDate): Violation[] {
  if (link.usedAt) return [violation('link-used', 'token', { found: dayOf(link.usedAt) })];
  if (link.revokedAt) return [violation('link-revoked', 'token', { found: dayOf(link.revokedAt) })];
  if (link.supersededAt) return [violation('link-superseded', 'token', { found: dayOf(link.supersededAt) })];
  if (link.lastDay < today)
    return [violation('link-expired', 'token', { found: today, expected: `≤ ${link.lastDay}` })];
  return [];
}
