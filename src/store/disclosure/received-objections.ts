// Objections that came from outside by the page of a disclosure: kept sealed, never deleted, heard by a sealed step (R11.3).
import type { ReceivedObjection } from '../../generated/prisma/client.ts';
import type { OutsideObjection } from '../../regulation/disclosure.ts';
import type { FieldCipher } from '../../secrecy/field-cipher.ts';
import type { Transaction } from '../database/transaction.ts';

export type { ReceivedObjection };

type Sealed = Pick<ReceivedObjection, 'institution' | 'id' | 'reason' | 'name' | 'contact'>;

/** What a box is bound to. */
const context = ({ institution, id }: Pick<Sealed, 'institution' | 'id'>, field: keyof OutsideObjection): string =>
  `${institution}/received-objection/${id}/${field}`;

/** The texts as boxes. */
export function sealObjection(
  key: Pick<Sealed, 'institution' | 'id'>,
  texts: OutsideObjection,
  cipher: FieldCipher,
): OutsideObjection {
  const seal = (field: keyof OutsideObjection) => cipher.seal(texts[field], context(key, field));
  return { reason: seal('reason'), name: seal('name'), contact: seal('contact') };
}

/** The texts in plain. @throws {WrongKey} {Tampered} from the cipher */
export function openObjection(row: Sealed, cipher: FieldCipher): OutsideObjection {
  const open = (field: keyof OutsideObjection) => cipher.open(row[field], context(row, field));
  return { reason: open('reason'), name: open('name'), contact: open('contact') };
}

/** Adds one that nobody has accepted. */
export async function addReceived(
  tx: Transaction,
  row: Omit<ReceivedObjection, 'objectionId' | 'acceptedAt'>,
): Promise<void> {
  await tx.receivedObjection.create({ data: row });
}

/** One by its id, or null. */
export function findReceived(
  tx: Pick<Transaction, 'receivedObjection'>,
  institution: string,
  id: string,
): Promise<ReceivedObjection | null> {
  return tx.receivedObjection.findUnique({ where: { institution_id: { institution, id } } });
}

/** Ties one to the objection that it was accepted as. */
export async function acceptReceived(
  tx: Transaction,
  institution: string,
  id: string,
  accepted: { readonly objectionId: string; readonly acceptedAt: Date },
): Promise<void> {
  await tx.receivedObjection.update({ where: { institution_id: { institution, id } }, data: accepted });
}

/** The records that are now in a batch with objections that nobody has accepted: record id → how many. */
export async function waitingObjections(
  tx: Pick<Transaction, 'receivedObjection'>,
  institution: string,
  batchId: string,
): Promise<Map<string, number>> {
  const groups = await tx.receivedObjection.groupBy({
    by: ['recordId'],
    where: { institution, record: { batchId }, acceptedAt: null },
    _count: { _all: true },
  });
  return new Map(groups.map((group) => [group.recordId, group._count._all]));
}

/** How many an address sent since, and how many wait in a batch. */
export async function countReceived(
  tx: Pick<Transaction, 'receivedObjection'>,
  of: { readonly institution: string; readonly batchId: string; readonly addressIndex: string; readonly since: Date },
): Promise<{ readonly fromAddress: number; readonly waiting: number }> {
  const { institution, batchId, addressIndex, since } = of;
  const fromAddress = await tx.receivedObjection.count({ where: { addressIndex, receivedAt: { gt: since } } });
  const waiting = await tx.receivedObjection.count({ where: { institution, batchId, acceptedAt: null } });
  return { fromAddress, waiting };
}
