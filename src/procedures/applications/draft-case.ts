// Drafting and revising a written application, whatever its kind (art. 11(6), 15, 16): the officer's words, people and evidence become a case.
import { underArticleOf } from '../../regulation/applications/applications.ts';
import { writtenTextViolations } from '../../regulation/texts/written-texts.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import { APPLICATION_KINDS, type ApplicationKind, CATEGORIES, type Category } from '../../regulation/vocabulary.ts';
import { addApplication, recordsInApplications, reviseApplication } from '../../store/applications/applications.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import type { OpenRecord } from '../../store/records/records.ts';
import type { Call } from '../call.ts';
import { type Performed, perform } from '../perform.ts';
import type { JsonObject } from '../statement.ts';
import { recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import {
  type CaseContent,
  type CasePerson,
  caseSubject,
  loadCase,
  type OpenCase,
  stepViolations,
} from './application-case.ts';
import { CASES } from './cases.ts';
import {
  closedStates,
  idsOf,
  type Listed,
  missingEvidence,
  newCaseNumber,
  recordsIn,
  requireCategory,
  resolutionsOf,
} from './draft-parts.ts';

/** What the drafter of every kind gives. */
export interface DraftInput {
  readonly institution: string;
  readonly category: Category;
  readonly contactName?: string | undefined;
  readonly contactPhone?: string | undefined;
  /** Uploaded files (kind `evidence`) with the titles under which they are attached. */
  readonly evidence: readonly { readonly title: string; readonly fileDigest: string }[];
  /** The case that is revised: a draft, or one that the province returned. A new case without it. */
  readonly revises?: { readonly applicationId: string; readonly expectedVersion?: number | undefined } | undefined;
}

/** The case that was drafted. */
export type Drafted = { readonly applicationId: string; readonly caseNumber: string; readonly version: number };

/** What one kind says beside {@link DraftInput}. */
export interface CaseDraft {
  readonly kind: ApplicationKind;
  readonly resolutionId: string | null;
  readonly revocationResolutionId: string | null;
  readonly reason: string;
  readonly measures: string;
  readonly content: JsonObject;
  readonly listed: Listed;
  /** What is asked for each person, in their order; at once, so that what has to be looked up is looked up once. */
  readonly ask?: (tx: Transaction, records: readonly OpenRecord[], applicationId: string) => Promise<Asked[]> | Asked[];
  /** What else is kept with the case, in its transaction. */
  readonly alongside?: (tx: Transaction, applicationId: string) => Promise<void>;
}

/** What is asked for one person, as it is kept, and what cannot be asked. */
export interface Asked extends Pick<CasePerson, 'content' | 'after'> {
  readonly violations: readonly Violation[];
}

const NOTHING_ASKED: Asked = { content: {}, after: null, violations: [] };

/**
 * Drafts a case (step `draft-application`) or replaces what a draft or returned case says (step `revise-application`).
 * @throws {NotFound}, {Stale}, {Refused} everything that keeps it from being sent. {Forbidden}
 */
export function draftCase(call: Call, input: DraftInput, draft: CaseDraft): Promise<Performed<Drafted>> {
  const { world, actor } = call;
  const { institution, category, revises } = input;
  const { kind, listed } = draft;
  const said = {
    ...{ resolutionId: draft.resolutionId, revocationResolutionId: draft.revocationResolutionId },
    ...{ reason: draft.reason.trim(), measures: draft.measures.trim(), content: draft.content },
    ...{ contactName: input.contactName?.trim() || null, contactPhone: input.contactPhone?.trim() || null },
  };
  const evidence = input.evidence.map(({ title, fileDigest }) => ({ title: title.trim(), fileDigest }));
  const step = revises ? 'revise-application' : 'draft-application';
  const request = {
    ...{ kind, category, ...said, evidence },
    ...('batchId' in listed ? { batchId: listed.batchId } : { recordIds: [...listed.recordIds] }),
    revises: revises
      ? { applicationId: revises.applicationId, expectedVersion: revises.expectedVersion ?? null }
      : null,
  };
  return perform(call, step, institution, request, async (tx) => {
    const target = await targetIn(tx, institution, category);
    requireMayAct(call, step, target);
    const before = revises
      ? await loadCase(tx, world, institution, revises.applicationId, revises.expectedVersion)
      : null;
    if (before) requireMayAct(call, step, await targetIn(tx, institution, before.category));
    const id = before?.id ?? uuidv7();
    const recordIds = await idsOf(tx, institution, kind, listed);
    const records = await recordsIn(tx, call, institution, kind, recordIds);
    requireCategory(kind, category, records);
    const asked = (await draft.ask?.(tx, records, id)) ?? records.map(() => NOTHING_ASKED);
    const people = records.map((record, at): CasePerson => {
      const { content, after } = asked[at] ?? NOTHING_ASKED;
      return { ...record, listedVersion: record.row.version, content, after };
    });
    const caseNumber = before?.caseNumber ?? (await newCaseNumber(tx, call, institution, kind));
    const base = {
      ...said,
      institution,
      id,
      kind,
      category,
      caseNumber,
      evidence,
      people,
      draftedById: actor.officerId,
    };
    const content: CaseContent = {
      ...base,
      ...(await resolutionsOf(tx, institution, draft)),
      ...{ dueOn: null, documentDate: before?.documentDate ?? null },
    };
    const { violations, dueOn } = await CASES[kind].judge(tx, world, content);
    const taken = await recordsInApplications(tx, institution, recordIds, closedStates(), before?.id ?? null);
    const version = (before?.version ?? 0) + 1;
    const rows = people.map(({ row, content: kept, after }) => ({
      ...{ recordId: row.id, version: row.version, content: kept },
      ...{ afterSalt: after?.salt ?? null, afterDigest: after?.digest ?? null },
    }));
    const kept = { ...said, dueOn, draftedById: actor.officerId };
    return {
      target,
      article: APPLICATION_KINDS[kind].article,
      violations: [
        ...(before ? revisionViolations(call, before, content) : []),
        ...underArticleOf(kind, contactViolations(said)),
        ...asked.flatMap((one) => one.violations),
        ...violations,
        ...(await missingEvidence(tx, call, content)),
        ...underArticleOf(
          kind,
          [...taken].map(([recordId, found]) =>
            violation('application-record-in-other', `records[${recordIds.indexOf(recordId)}]`, { found }),
          ),
        ),
      ],
      subjects: [
        caseSubject(world, content, { state: 'draft', version }),
        ...records.map(({ row }) => recordSubject(row)),
      ],
      facts: {
        ...{ applicationId: id, kind, caseNumber, category, people: people.length, dueOn },
        ...{ resolution: (content.resolution ?? content.revocationResolution)?.number ?? null },
      },
      files: evidence.map(({ fileDigest }) => fileDigest),
      save: async ({ at }) => {
        if (before) await reviseApplication(tx, before, kept, rows, evidence);
        else
          await addApplication(
            tx,
            { ...kept, institution, id, kind, caseNumber, category, createdAt: at },
            rows,
            evidence,
          );
        await draft.alongside?.(tx, id);
        return { applicationId: id, caseNumber, version };
      },
    };
  });
}

function contactViolations({ contactName, contactPhone }: { contactName: string | null; contactPhone: string | null }) {
  return [
    ...writtenTextViolations('contactName', contactName ?? ''),
    ...writtenTextViolations('contactPhone', contactPhone ?? ''),
  ];
}

function revisionViolations(call: Call, before: OpenCase, content: CaseContent): Violation[] {
  const { kind, category, revocationResolutionId } = content;
  const violations = stepViolations(call, 'revise-application', before);
  if (before.kind !== kind) {
    const details = { found: APPLICATION_KINDS[kind].zh, expected: APPLICATION_KINDS[before.kind].zh };
    violations.push(violation('application-step-not-of-kind', 'revises', details));
  }
  if (before.category !== category) {
    const details = { found: CATEGORIES[category].zh, expected: CATEGORIES[before.category].zh };
    violations.push(violation('application-mixed-categories', 'category', details));
  }
  // The days of a revocation are counted for one decision: a document about another one must not stand in for it.
  if (before.documentNumber !== null && before.revocationResolutionId !== revocationResolutionId) {
    const details = {
      found: content.revocationResolution?.number ?? '–',
      expected: before.revocationResolution?.number ?? '–',
    };
    violations.push(violation('application-mixed-resolutions', 'revocationResolution', details));
  }
  return underArticleOf(before.kind, violations);
}
