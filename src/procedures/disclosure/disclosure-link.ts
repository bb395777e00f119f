// 校内公开链接 (R11.3): an unguessable address under which students and staff see a disclosure while it is open; it can be revoked.

import { isDisclosed } from '../../regulation/disclosure.ts';
import { violation } from '../../regulation/violations.ts';
import { BATCH_STATES, isKeyOf } from '../../regulation/vocabulary.ts';
import { hashToken } from '../../secrecy/tokens.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import {
  addLink,
  countDisclosing,
  endLink,
  findLink,
  lastOpening,
  standingLink,
} from '../../store/disclosure/disclosures.ts';
import { findBatch } from '../../store/records/batches.ts';
import type { Call, World } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { dayOf, todayOf } from '../situation.ts';
import { requireWithin } from '../target.ts';

/** The token of a link: derived under the installation's key, so that neither the database nor a kept answer holds it. */
export function tokenOfLink(world: Pick<World, 'blindIndex'>, link: { institution: string; id: string }): string {
  return world.blindIndex(`${link.institution}/${link.id}`, 'disclosure-link');
}

/** The address of a link. */
export function urlOfLink(
  world: Pick<World, 'blindIndex' | 'origin'>,
  link: { institution: string; id: string },
): string {
  return `${world.origin}/d/${tokenOfLink(world, link)}`;
}

/** Whether a batch is shown today, with the rules of its opening. */
export async function openDisclosureOf(
  tx: Pick<Transaction, 'disclosureOpening' | 'degreeRecord'>,
  world: Pick<World, 'now'>,
  institution: string,
  batchId: string,
) {
  const opening = await lastOpening(tx, institution, batchId);
  if (!opening) return null;
  const disclosing = await countDisclosing(tx, institution, batchId);
  return isDisclosed({ ...opening, disclosing }, todayOf(world)) ? { ...opening, disclosing } : null;
}

/**
 * Gives the link of an open disclosure: the one that holds, or a new one.
 * @throws {NotFound}, {Refused} it is not open. {Forbidden}
 */
export async function disclosureLink(
  call: Call,
  input: { institution: string; batchId: string },
): Promise<Prepared<{ batchId: string; linkId: string }>> {
  const { institution, batchId } = input;
  const { world, actor } = call;
  await requireWithin(world.db.prisma, call, 'open-disclosure', institution);
  const batch = await findBatch(world.db.prisma, institution, batchId);
  if (!batch) throw new NotFound('batch', batchId);
  const category = batch.category as never;
  const preparation = {
    ...{ procedure: 'disclosure-link', step: 'open-disclosure' as const, institution, category, input: { batchId } },
  };
  return prepare(call, preparation, async (tx, at) => {
    if (!(await openDisclosureOf(tx, world, institution, batchId))) {
      const found = isKeyOf(BATCH_STATES, batch.state) ? BATCH_STATES[batch.state].zh : batch.state;
      const until = batch.disclosedUntil;
      const details = { found: until ? `${found} ${until}` : found, expected: BATCH_STATES.disclosing.zh };
      throw new Refused([violation('disclosure-not-open', 'batch', details)]);
    }
    const standing = await standingLink(tx, institution, batchId);
    if (standing) return { batchId, linkId: standing.id };
    const id = uuidv7();
    const tokenHash = hashToken(tokenOfLink(world, { institution, id }));
    const link = { institution, id, batchId, tokenHash, createdById: actor.officerId, createdAt: at, revokedAt: null };
    await addLink(tx, link);
    return { batchId, linkId: id };
  });
}

/**
 * Ends a link: its address shows nothing any more.
 * @throws {NotFound}, {Refused} it was revoked before. {Forbidden}
 */
export async function revokeDisclosureLink(
  call: Call,
  input: { institution: string; linkId: string },
): Promise<Prepared<{ batchId: string; linkId: string }>> {
  const { institution, linkId } = input;
  await requireWithin(call.world.db.prisma, call, 'open-disclosure', institution);
  const link = await findLink(call.world.db.prisma, institution, linkId);
  if (!link) throw new NotFound('disclosure-link', linkId);
  const category = link.batch.category as never;
  const preparation = {
    ...{ procedure: 'revoke-disclosure-link', step: 'open-disclosure' as const, institution, category },
    input: { linkId },
  };
  return prepare(call, preparation, async (tx, at) => {
    const now = await findLink(tx, institution, linkId);
    if (now?.revokedAt !== null) {
      const found = now?.revokedAt ? dayOf(now.revokedAt) : '–';
      throw new Refused([violation('disclosure-link-revoked', 'link', { found })]);
    }
    await endLink(tx, institution, linkId, at);
    return { batchId: link.batchId, linkId };
  });
}
