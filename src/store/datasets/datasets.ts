// Analysis datasets: requests with what became of them, their recipients, and what is to be published (R18.1, R18.2).
import { type Dataset, type DatasetPublication, type DatasetRecipient, Prisma } from '../../generated/prisma/client.ts';
import type { FieldCipher } from '../../secrecy/field-cipher.ts';
import type { Transaction } from '../database/transaction.ts';

export type { Dataset, DatasetPublication, DatasetRecipient };

/** A new request, its way of contact in plain. */
export type NewDataset = Pick<
  Dataset,
  | 'institution'
  | 'id'
  | 'organisationName'
  | 'organisationCode'
  | 'contactName'
  | 'contactWay'
  | 'purpose'
  | 'description'
  | 'fields'
  | 'yearFrom'
  | 'yearUntil'
  | 'categories'
  | 'k'
  | 'l'
  | 't'
  | 'firstDay'
  | 'lastDay'
  | 'agreementDigest'
  | 'requestedById'
  | 'askedByIds'
  | 'requestedAt'
>;

const contactContext = ({ institution, id }: Pick<Dataset, 'institution' | 'id'>) =>
  `${institution}/dataset/${id}/contact`;

/** The way of contact in plain. @throws {WrongKey} {Tampered} */
export function openContact(row: Pick<Dataset, 'institution' | 'id' | 'contactWay'>, cipher: FieldCipher): string {
  return cipher.open(row.contactWay, contactContext(row));
}

/** One dataset, or null. */
export function findDataset(
  tx: Pick<Transaction, 'dataset'>,
  institution: string,
  id: string,
): Promise<Dataset | null> {
  return tx.dataset.findUnique({ where: { institution_id: { institution, id } } });
}

/** Adds a request, or writes a changed one over it: everything that a decision or a trial left is taken off. */
export async function writeRequest(
  tx: Transaction,
  request: NewDataset,
  version: number,
  cipher: FieldCipher,
): Promise<void> {
  const { institution, id } = request;
  const contactWay = cipher.seal(request.contactWay, contactContext(request));
  const fresh = { decidedById: null, decidedAt: null, decisionReason: null, decisionStepId: null };
  const data = { ...request, ...fresh, contactWay, version, state: 'requested' };
  if (version === 1) await tx.dataset.create({ data });
  else {
    const where = { institution_id: { institution, id } };
    await tx.dataset.update({ where, data: { ...data, problem: Prisma.DbNull } });
  }
}

/** What moves with the state of a dataset. */
export type DatasetMove = Partial<Omit<Dataset, 'institution' | 'id' | 'columns' | 'report' | 'problem'>> & {
  readonly columns?: object;
  readonly report?: object;
  readonly problem?: object;
};

/** Moves a dataset on, to its next version. */
export async function moveDataset(
  tx: Pick<Transaction, 'dataset'>,
  { institution, id, version }: Pick<Dataset, 'institution' | 'id' | 'version'>,
  set: DatasetMove,
): Promise<void> {
  const data = { ...set, version: version + 1 } as Prisma.DatasetUncheckedUpdateInput;
  await tx.dataset.update({ where: { institution_id: { institution, id } }, data });
}

/** Another dataset of the organisation whose people may be the same, made or about to be; null when there is none. */
export async function overlappingDataset(
  tx: Pick<Transaction, 'dataset'>,
  of: Pick<Dataset, 'institution' | 'id' | 'organisationCode' | 'yearFrom' | 'yearUntil' | 'categories'>,
): Promise<Dataset | null> {
  const { institution, id, organisationCode, yearFrom, yearUntil, categories } = of;
  return tx.dataset.findFirst({
    where: {
      ...{ institution, organisationCode, id: { not: id }, state: { in: ['approved', 'ready'] } },
      ...{ yearFrom: { lte: yearUntil }, yearUntil: { gte: yearFrom }, categories: { hasSome: categories } },
    },
    orderBy: { id: 'asc' },
  });
}

/** Datasets of the organisation that may have had the same people, made and destroyed since an instant. */
export function destroyedDatasets(
  tx: Pick<Transaction, 'dataset'>,
  of: Pick<Dataset, 'institution' | 'id' | 'organisationCode' | 'yearFrom' | 'yearUntil' | 'categories'>,
  since: Date,
): Promise<Pick<Dataset, 'fields' | 'destroyedAt'>[]> {
  const { institution, id, organisationCode, yearFrom, yearUntil, categories } = of;
  return tx.dataset.findMany({
    where: {
      ...{ institution, organisationCode, id: { not: id }, generatedAt: { not: null }, destroyedAt: { gte: since } },
      ...{ yearFrom: { lte: yearUntil }, yearUntil: { gte: yearFrom }, categories: { hasSome: categories } },
    },
    select: { fields: true, destroyedAt: true },
    orderBy: { id: 'asc' },
  });
}

/** The recipients that the request in force names, in their order. */
export function recipientsOf(
  tx: Pick<Transaction, 'datasetRecipient'>,
  institution: string,
  datasetId: string,
  dropped = false,
): Promise<DatasetRecipient[]> {
  const where = { institution, datasetId, ...(dropped ? {} : { droppedAt: null }) };
  return tx.datasetRecipient.findMany({ where, orderBy: { number: 'asc' } });
}

/** Makes these names the recipients: who stays keeps number and mark, who is not named any more is dropped but remembered. */
export async function nameRecipients(
  tx: Transaction,
  of: { readonly institution: string; readonly datasetId: string },
  names: readonly string[],
  newId: () => string,
  at: Date,
): Promise<void> {
  const known = await recipientsOf(tx, of.institution, of.datasetId, true);
  const standing = known.filter(({ droppedAt }) => droppedAt === null);
  const gone = standing.filter(({ name }) => !names.includes(name)).map(({ id }) => id);
  await tx.datasetRecipient.updateMany({ where: { ...of, id: { in: gone } }, data: { droppedAt: at } });
  const added = names.filter((name) => !standing.some((each) => each.name === name));
  const last = known.at(-1)?.number ?? 0;
  const data = added.map((name, index) => ({ ...of, id: newId(), number: last + index + 1, name, droppedAt: null }));
  await tx.datasetRecipient.createMany({ data });
}

/** One publication with its dataset, or null. */
export function findPublication(tx: Pick<Transaction, 'datasetPublication'>, institution: string, id: string) {
  const where = { institution_id: { institution, id } };
  return tx.datasetPublication.findUnique({ where, include: { dataset: true } });
}

/** Adds what is to be published. */
export async function addPublication(
  tx: Pick<Transaction, 'datasetPublication'>,
  row: Omit<DatasetPublication, 'decidedById' | 'decidedAt' | 'decisionReason' | 'stepId'>,
): Promise<void> {
  await tx.datasetPublication.create({ data: row });
}

/** Keeps what was decided on it. */
export async function decidePublicationRow(
  tx: Pick<Transaction, 'datasetPublication'>,
  { institution, id }: Pick<DatasetPublication, 'institution' | 'id'>,
  set: Pick<DatasetPublication, 'state' | 'decidedById' | 'decidedAt' | 'decisionReason' | 'stepId'>,
): Promise<void> {
  await tx.datasetPublication.update({ where: { institution_id: { institution, id } }, data: set });
}

/** Every dataset of an institution with what hangs on it, but for rows and readings, of which it is told how many there are. */
export function wholeDatasets(tx: Pick<Transaction, 'dataset'>, institution: string) {
  return tx.dataset.findMany({
    where: { institution },
    orderBy: { id: 'asc' },
    include: {
      recipients: { orderBy: { number: 'asc' } },
      accesses: { orderBy: { id: 'asc' } },
      publications: { orderBy: { id: 'asc' } },
      key: { select: { datasetId: true } },
      _count: { select: { pieces: true, reads: true } },
    },
  });
}

/** A dataset with what hangs on it. */
export type WholeDataset = Awaited<ReturnType<typeof wholeDatasets>>[number];
