// What the holder of a school link sees and may do: the people under disclosure, masked, and an objection to one of them (R11.3).
import { objectionLimitViolations, outsideObjectionViolations } from '../../regulation/disclosure.ts';
import { maskName } from '../../regulation/record/name-mask.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import { hashToken } from '../../secrecy/tokens.ts';
import { lockFor } from '../../store/database/key-lock.ts';
import { inTransaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { type DisclosedRow, disclosedAt, disclosedRows, linkByToken } from '../../store/disclosure/disclosures.ts';
import { addReceived, countReceived, sealObjection } from '../../store/disclosure/received-objections.ts';
import type { World } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import { standsForEverybody } from '../student/attempts.ts';
import { openDisclosureOf } from './disclosure-link.ts';
import { nameMaskOf } from './disclosure-rules.ts';

/** A disclosure that is open, as its page says it. */
export interface OpenDisclosure {
  readonly institution: string;
  readonly institutionName: string;
  readonly batchId: string;
  readonly category: string;
  readonly resolutionNumber: string;
  readonly from: string;
  readonly until: string;
  readonly count: number;
  /** A page of people behind a place of the roster; names are masked by the rule of the opening. */
  people(after: number, take: number): Promise<DisclosedRow[]>;
}

const HOUR_MS = 60 * 60_000;

/** The disclosure that a token opens now; null for an unknown, revoked or closed one alike. */
export async function disclosureByToken(
  world: Pick<World, 'db' | 'now'>,
  token: string,
): Promise<OpenDisclosure | null> {
  const db = world.db.prisma;
  const link = await linkByToken(db, hashToken(token));
  if (!link || link.revokedAt !== null) return null;
  const { institution, batchId, batch } = link;
  const open = await openDisclosureOf(db, world, institution, batchId);
  if (!open) return null;
  const rule = nameMaskOf(open.nameMask);
  return {
    ...{ institution, institutionName: batch.of.name, batchId, category: batch.category },
    ...{ resolutionNumber: batch.resolution.number, from: open.from, until: open.until, count: open.disclosing },
    async people(after, take) {
      const rows = await disclosedRows(db, institution, batchId, after, take);
      return rows.map((row) => ({ ...row, name: maskName(row.name, rule) }));
    },
  };
}

/** What somebody sends from the page. */
export interface SentObjection {
  readonly sequence: number;
  readonly reason: string;
  readonly name: string;
  readonly contact: string;
}

/**
 * Keeps an objection from outside, its texts sealed, until an officer accepts it by a sealed step; it blocks its record from now on.
 * @param address of the sender's connection: kept only under the installation's key, to count by, unless a proxy stands for everybody there
 * @returns the number by which the sender may ask about it
 * @throws {NotFound} the disclosure is not open. {Refused} nobody has that number, something is missing or unreadable, or too many came
 */
export function receiveObjection(
  world: World,
  token: string,
  sent: SentObjection,
  address: string,
): Promise<{ receipt: string }> {
  const { sequence } = sent;
  const texts = { reason: sent.reason.trim(), name: sent.name.trim(), contact: sent.contact.trim() };
  const addressIndex = world.blindIndex(address, 'objection-address');
  return inTransaction(world.db, async (tx) => {
    const link = await linkByToken(tx, hashToken(token));
    if (!link || link.revokedAt !== null) throw new NotFound('disclosure', '');
    const { institution, batchId } = link;
    if (!(await openDisclosureOf(tx, world, institution, batchId))) throw new NotFound('disclosure', '');
    // One after another, so that nobody outruns the count.
    await lockFor(tx, `objection/${addressIndex}`);
    await lockFor(tx, `objection/${batchId}`);
    const at = world.now();
    const since = new Date(at.getTime() - HOUR_MS);
    const { fromAddress, waiting } = await countReceived(tx, { institution, batchId, addressIndex, since });
    const limits = objectionLimitViolations(standsForEverybody(address) ? 0 : fromAddress, waiting);
    if (limits.length > 0) throw new Refused(limits);
    const known = Number.isSafeInteger(sequence) && sequence > 0 && sequence < 2 ** 31;
    const record = known ? await disclosedAt(tx, institution, batchId, sequence) : null;
    const violations: Violation[] = [
      ...(record ? [] : [violation('objection-person-unknown', 'sequence', { found: String(sequence).slice(0, 20) })]),
      ...outsideObjectionViolations(texts),
    ];
    if (!record || violations.length > 0) throw new Refused(violations);
    const id = uuidv7();
    const sealed = sealObjection({ institution, id }, texts, world.cipher);
    await addReceived(tx, { institution, id, batchId, recordId: record.id, ...sealed, addressIndex, receivedAt: at });
    return { receipt: receiptOf(id) };
  });
}

/** The number of an objection from outside as people say it. */
export function receiptOf(id: string): string {
  return `YY-${id.slice(-12).toUpperCase()}`;
}
