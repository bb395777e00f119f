// What the procedures over written applications share: the case, its people in their order, and what goes on paper.
import { applicationTransitionViolations } from '../regulation/applications.ts';
import type { Violation } from '../regulation/violations.ts';
import type { ApplicationState, Category } from '../regulation/vocabulary.ts';
import { type ApplicationCase, findApplication } from '../store/applications.ts';
import { findRecordRows } from '../store/record-look-up.ts';
import { type OpenRecord, toFields } from '../store/records.ts';
import type { Transaction } from '../store/transaction.ts';
import type { Call, World } from './call.ts';
import { NotFound, Stale } from './errors.ts';
import type { ListedRecord } from './subjects.ts';
import { judgeCase } from './supplementary-case.ts';

/** An application; the category is a word of the vocabulary because only procedures write it. */
export type OpenApplication = ApplicationCase & { readonly category: Category };

type Reads = Pick<Transaction, 'writtenApplication' | 'applicationRecord' | 'degreeRecord'>;

/** @throws {NotFound} no such application here. {Stale} it has another version than the officer saw */
export async function loadApplication(
  tx: Reads,
  institution: string,
  applicationId: string,
  expectedVersion?: number,
): Promise<OpenApplication> {
  const found = await findApplication(tx, institution, applicationId);
  if (!found) throw new NotFound('application', applicationId);
  if (expectedVersion !== undefined && found.version !== expectedVersion) {
    throw new Stale('application', applicationId, found.version, expectedVersion);
  }
  return { ...found, category: found.category as Category };
}

/** The people of an application with their records, in its order. */
export async function peopleOf(tx: Reads, world: World, application: ApplicationCase): Promise<OpenRecord[]> {
  const { institution, records } = application;
  const rows = await findRecordRows(
    tx,
    institution,
    records.map((one) => one.recordId),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return records.flatMap(({ recordId }) => {
    const row = byId.get(recordId);
    return row ? [{ row, fields: toFields(row, world.cipher) }] : [];
  });
}

/** The people as the digest of an application names them. */
export function listed(people: readonly OpenRecord[]): ListedRecord[] {
  return people.map(({ row: { id, version, digest } }) => ({ recordId: id, version, digest }));
}

/** Why a step inside the house cannot be taken: the stage, the person, and the case itself as it stands today. */
export async function applicationViolations(
  tx: Transaction,
  call: Call,
  step: 'check-application' | 'approve-application' | 'seal-application',
  application: OpenApplication,
): Promise<Violation[]> {
  const { draftedById, draftedBy, state } = application;
  const people = { actor: call.actor, draftedBy: { officerId: draftedById, officeId: draftedBy.officeId } };
  const records = (await peopleOf(tx, call.world, application)).map(({ row }) => row);
  return [
    ...applicationTransitionViolations(step, state as ApplicationState, people),
    // What was true when it was drafted may not be true any more, and the document says that it is.
    ...(await judgeCase(tx, call.world, { ...application, records })).violations,
  ];
}
