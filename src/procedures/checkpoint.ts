// A sealed head of the log: what a holder of an older one can check every later one against (R12.2, P4).
import { violation } from '../regulation/violations.ts';
import { checkpointText } from '../sealing/checkpoint.ts';
import { sealDetached } from '../sealing/cms.ts';
import { rootOf } from '../sealing/log.ts';
import { inTransaction, type Transaction } from '../store/database/transaction.ts';
import { findDegreeOffice, findInstitution } from '../store/offices/institutions.ts';
import { findCheckpoint, keepCheckpoint } from '../store/seals/checkpoints.ts';
import { lockLogHead } from '../store/seals/log.ts';
import type { World } from './call.ts';
import { NotFound, Refused } from './errors.ts';

/** A checkpoint as kept. `text` is a C2SP tlog-checkpoint body, `seal` a detached CMS (DER) over its bytes. */
export interface SealedCheckpoint {
  readonly institution: string;
  readonly size: number;
  readonly text: string;
  readonly seal: Uint8Array;
  /** The degree office whose seal it is. */
  readonly officeId: string;
  readonly at: Date;
}

/** First line of the checkpoints of an institution's log. */
export const originOf = (institution: string): string => `vermilion/${institution}`;

/**
 * The checkpoint that covers everything in the log now: the newest one, or a new one sealed by the degree office.
 *
 * @throws {NotFound} no such institution. {Refused} `seal-missing` when the degree office has no usable seal.
 */
export async function ensureCheckpoint(world: World, institution: string): Promise<SealedCheckpoint> {
  return inTransaction(world.db, (tx) => checkpointIn(tx, world, institution));
}

/** The same within a transaction: what the transaction added to the log is covered, too. @throws as {@link ensureCheckpoint} */
export async function checkpointIn(tx: Transaction, world: World, institution: string): Promise<SealedCheckpoint> {
  if (!(await findInstitution(tx, institution))) throw new NotFound('institution', institution);
  const office = await findDegreeOffice(tx, institution);
  const officeId = office?.id ?? '';
  const head = await lockLogHead(tx, institution);
  const newest = await findCheckpoint(tx, institution, head.size);
  if (newest) return { ...newest, officeId };

  const seal = world.sealOf(officeId);
  if (!seal) throw new Refused([violation('seal-missing', 'seal', { found: office?.name ?? institution })]);
  const hashes = head.frontier.map((hash) => Uint8Array.from(Buffer.from(hash, 'hex')));
  const root = rootOf({ size: head.size, hashes });
  const text = checkpointText({ origin: originOf(institution), size: head.size, root });
  const checkpoint = {
    institution,
    size: head.size,
    text,
    seal: Uint8Array.from(await sealDetached(seal.signer, Buffer.from(text, 'utf8'))),
    at: world.now(),
  };
  await keepCheckpoint(tx, checkpoint);
  return { ...checkpoint, officeId };
}
