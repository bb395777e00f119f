// One-time links to students: added in bulk, opened once, superseded and revoked. Tokens are here only as hashes.
import type { StudentLink } from '../../generated/prisma/client.ts';
import { insertRows } from '../database/bulk.ts';
import type { Transaction } from '../database/transaction.ts';

export type { StudentLink };

/** The record that a link, a session or a word of a student is about: exactly one of the two. */
export type StudentKey =
  | { readonly recordId: string; readonly enrolmentRecordId: null }
  | { readonly recordId: null; readonly enrolmentRecordId: string };

const COLUMNS = [
  { name: 'institution', type: 'text' },
  { name: 'id', type: 'uuid' },
  { name: 'jobId', type: 'uuid' },
  { name: 'recordId', type: 'uuid' },
  { name: 'enrolmentRecordId', type: 'uuid' },
  { name: 'tokenHash', type: 'text' },
  { name: 'lastDay', type: 'text' },
  { name: 'createdAt', type: 'timestamptz' },
] as const;

/** A link as it is made. */
export type NewLink = Pick<StudentLink, (typeof COLUMNS)[number]['name']>;

/** Adds links. */
export async function addLinks(tx: Transaction, links: readonly NewLink[]): Promise<void> {
  const rows = links.map((link) => COLUMNS.map(({ name }) => link[name]));
  await insertRows(tx, 'StudentLink', COLUMNS, rows);
}

/** Supersedes every link of these people that nobody has opened, to their records and to their enrolment records alike. */
export async function supersedeLinks(
  tx: Transaction,
  institution: string,
  people: { readonly recordIds: readonly string[]; readonly enrolmentRecordIds: readonly string[] },
  at: Date,
): Promise<void> {
  const { recordIds, enrolmentRecordIds } = people;
  const whose = [{ recordId: { in: [...recordIds] } }, { enrolmentRecordId: { in: [...enrolmentRecordIds] } }];
  for (const one of whose) {
    await tx.studentLink.updateMany({
      where: { institution, ...one, usedAt: null, supersededAt: null, revokedAt: null },
      data: { supersededAt: at },
    });
  }
}

/** The link with this hash, locked until the transaction ends, so that of two who open it one comes first; null when there is none. */
export async function lockLink(tx: Transaction, tokenHash: string): Promise<StudentLink | null> {
  const rows = await tx.$queryRaw<{ tokenHash: string }[]>`
    SELECT "tokenHash" FROM "StudentLink" WHERE "tokenHash" = ${tokenHash} FOR UPDATE`;
  return rows.length === 0 ? null : tx.studentLink.findUnique({ where: { tokenHash } });
}

/** Notes that a link has been opened. */
export async function useLink(tx: Transaction, tokenHash: string, at: Date): Promise<void> {
  await tx.studentLink.update({ where: { tokenHash }, data: { usedAt: at } });
}

/** Revokes the links of a person that nobody has opened. @returns how many */
export async function revokeLinksOf(tx: Transaction, institution: string, key: StudentKey, at: Date): Promise<number> {
  const { count } = await tx.studentLink.updateMany({
    where: { institution, ...key, usedAt: null, supersededAt: null, revokedAt: null },
    data: { revokedAt: at },
  });
  return count;
}

/** The links of a job in their order, a thousand at a time, with the people as far as a mailing sheet needs them. */
export async function* linksOfJob(tx: Pick<Transaction, 'studentLink'>, institution: string, jobId: string) {
  let after: string | undefined;
  for (;;) {
    const rows = await tx.studentLink.findMany({
      where: { institution, jobId, ...(after === undefined ? {} : { id: { gt: after } }) },
      orderBy: { id: 'asc' },
      take: 1000,
      include: { record: true, enrolmentRecord: true },
    });
    if (rows.length > 0) yield rows;
    after = rows.at(-1)?.id;
    if (rows.length < 1000 || after === undefined) return;
  }
}

/** A link with its person. */
export type LinkWithPerson = Awaited<ReturnType<ReturnType<typeof linksOfJob>['next']>>['value'] extends infer Rows
  ? Rows extends readonly (infer Row)[]
    ? Row
    : never
  : never;
