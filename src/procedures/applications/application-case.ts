// A written application as procedures work with it: the case, its people with their records, and the subject that stands for it in statements.

import type { ListedRecord } from '../../regulation/applications/application-case.ts';
import {
  type ApplicationStep,
  applicationTransitionViolations,
  type CaseView,
} from '../../regulation/applications/applications.ts';
import type { Violation } from '../../regulation/violations.ts';
import type { ApplicationKind, ApplicationState, Category, RecordState } from '../../regulation/vocabulary.ts';
import { canonicalize } from '../../sealing/verify/canonical.ts';
import { type ApplicationCase, findApplication } from '../../store/applications/applications.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { findRecordRows } from '../../store/records/record-look-up.ts';
import { type OpenRecord, toFields } from '../../store/records/records.ts';
import { officersOfSteps } from '../../store/seals/step-history.ts';
import type { Call, World } from '../call.ts';
import { NotFound, Stale } from '../errors.ts';
import type { JsonObject, Subject } from '../statement.ts';
import { digestOf } from '../subjects.ts';

/** A person of a case: the record as it is now, the version that the case speaks of, and what is asked for this person. */
export interface CasePerson extends OpenRecord {
  readonly listedVersion: number;
  readonly content: JsonObject;
  /** Salt and digest of the version that a change will make; null for every other kind. */
  readonly after: { readonly salt: string; readonly digest: string } | null;
}

/** What of a case is said by its drafter, whether it is kept already or not. */
export type CaseContent = Pick<
  ApplicationCase,
  | 'institution'
  | 'id'
  | 'caseNumber'
  | 'resolutionId'
  | 'revocationResolutionId'
  | 'reason'
  | 'measures'
  | 'contactName'
  | 'contactPhone'
  | 'draftedById'
  | 'dueOn'
  | 'documentDate'
  | 'resolution'
  | 'revocationResolution'
> & {
  readonly kind: ApplicationKind;
  readonly category: Category;
  /** When it was drafted; not there while it is. */
  readonly createdAt?: Date;
  readonly content: JsonObject;
  readonly evidence: readonly { readonly title: string; readonly fileDigest: string }[];
  readonly people: readonly CasePerson[];
};

/** A kept case; the words of the vocabulary are parsed because only procedures write them. */
export type OpenCase = Omit<ApplicationCase, 'kind' | 'state' | 'category' | 'content' | 'evidence'> &
  CaseContent & {
    readonly state: ApplicationState;
    /** Ids of the officers who drafted or revised it so far. */
    readonly drafters: readonly string[];
  };

type Reads = Pick<Transaction, 'writtenApplication' | 'applicationRecord' | 'degreeRecord' | 'step'>;

/** @throws {NotFound} no such application here. {Stale} it has another version than the officer saw */
export async function loadCase(
  tx: Reads,
  world: World,
  institution: string,
  applicationId: string,
  expectedVersion?: number,
): Promise<OpenCase> {
  const found = await findApplication(tx, institution, applicationId);
  if (!found) throw new NotFound('application', applicationId);
  if (expectedVersion !== undefined && found.version !== expectedVersion) {
    throw new Stale('application', applicationId, found.version, expectedVersion);
  }
  return {
    ...found,
    kind: found.kind as ApplicationKind,
    state: found.state as ApplicationState,
    category: found.category as Category,
    content: found.content as JsonObject,
    people: await peopleOf(tx, world, found),
    drafters: await draftersOf(tx, found),
  };
}

const DRAFTING: readonly ApplicationStep[] = ['draft-application', 'revise-application'];

/** Everybody who drafted or revised a case so far. */
export async function draftersOf(
  tx: Pick<Transaction, 'step'>,
  { institution, id, draftedById }: { readonly institution: string; readonly id: string; readonly draftedById: string },
): Promise<string[]> {
  return [...new Set([draftedById, ...(await officersOfSteps(tx, institution, id, DRAFTING))])];
}

/** The people of an application with their records, in its order. */
async function peopleOf(tx: Reads, world: World, { institution, records }: ApplicationCase): Promise<CasePerson[]> {
  const ids = records.map((one) => one.recordId);
  const byId = new Map((await findRecordRows(tx, institution, ids)).map((row) => [row.id, row]));
  return records.flatMap(({ recordId, version, content, afterSalt, afterDigest }) => {
    const row = byId.get(recordId);
    if (!row) return [];
    const after = afterSalt !== null && afterDigest !== null ? { salt: afterSalt, digest: afterDigest } : null;
    const person = { listedVersion: version, content: content as JsonObject, after };
    return [{ row, fields: toFields(row, world.cipher), ...person }];
  });
}

/** A person's record as the rules of applications look at it. */
export function listedRecord({ row }: OpenRecord): ListedRecord {
  return { ...row, category: row.category as Category, state: row.state as RecordState };
}

/** What the rules of steps look at. */
export function viewOf(
  application: Pick<OpenCase, 'kind' | 'state' | 'draftedById' | 'draftedBy' | 'drafters'>,
): CaseView {
  const { kind, state, draftedById, draftedBy, drafters } = application;
  return { kind, state, draftedBy: { officerId: draftedById, officeId: draftedBy.officeId }, drafters };
}

/** Why a step of the case cannot be taken now by this officer: kind, stage, person. */
export function stepViolations(call: Call, step: ApplicationStep, application: OpenCase): Violation[] {
  return applicationTransitionViolations(step, viewOf(application), call.actor);
}

/** What steps after drafting add to a case. */
export type Issued = Partial<
  Pick<
    OpenCase,
    | 'documentNumber'
    | 'pdfDigest'
    | 'dataDigest'
    | 'decision'
    | 'decisionNumber'
    | 'decisionReason'
    | 'decisionFileDigest'
  >
>;

/**
 * The case in the version that a step makes of it, with everything that is said in it so far. What is asked for a person may hold
 * personal data and goes in under the installation's key; what a change will make of the record goes in as its salted digest.
 */
export function caseSubject(
  world: Pick<World, 'blindIndex'>,
  content: CaseContent & Issued,
  next: { readonly state: ApplicationState; readonly version: number },
): Subject {
  const { id, kind, caseNumber, category, resolutionId, revocationResolutionId } = content;
  const { reason, measures, contactName, contactPhone } = content;
  const digest = digestOf({
    ...{ id, kind, caseNumber, category, resolutionId, revocationResolutionId },
    ...{ reason, measures, contactName, contactPhone, content: content.content },
    documentNumber: content.documentNumber ?? null,
    documentDate: content.documentDate ?? null,
    pdfDigest: content.pdfDigest ?? null,
    dataDigest: content.dataDigest ?? null,
    decision: content.decision ?? null,
    decisionNumber: content.decisionNumber ?? null,
    decisionReason: content.decisionReason ?? null,
    decisionFileDigest: content.decisionFileDigest ?? null,
    people: content.people.map(({ row, content: asked, after }) => ({
      ...{ recordId: row.id, version: row.version, digest: row.digest },
      asked: world.blindIndex(canonicalize({ id, recordId: row.id, asked }), 'application-person'),
      after: after?.digest ?? null,
    })),
    evidence: content.evidence.map(({ title, fileDigest }) => ({ title, fileDigest })),
    state: next.state,
  });
  return { kind: 'application', id, version: next.version, digest };
}
