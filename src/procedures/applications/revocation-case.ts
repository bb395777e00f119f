// What a revocation report is judged by: the procedure towards each person, the ten days, policy (R16.1; 学位法 art. 37, 39).

import type { RevocationProcedure } from '../../regulation/applications/revocation-report.ts';
import { revocationReportViolations } from '../../regulation/applications/revocation-report.ts';
import { deadline } from '../../regulation/deadlines/deadlines.ts';
import type { DegreeReview, RevocationGround } from '../../regulation/vocabulary.ts';
import { firstDocuments } from '../../store/applications/reported-people.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { NotFound } from '../errors.ts';
import { calendarFor, leastReason, policyFor, todayOf } from '../situation.ts';
import type { JsonObject } from '../statement.ts';
import { type CaseContent, type CasePerson, listedRecord } from './application-case.ts';
import type { Judge } from './cases.ts';

/** What a revocation report says beside what every application says; the reason of the case are the facts. */
export interface RevocationSaid {
  readonly ground: RevocationGround;
  readonly proofs: string;
}

/** What is kept for a person of a revocation report. */
export interface RevocationAsked extends RevocationProcedure {
  /** The person asked for a review, and what it came to; null while nobody did. */
  readonly review: { readonly outcome: DegreeReview; readonly on: string; readonly fileDigest: string } | null;
}

/** What a revocation report says. */
export function revocationSaid({ content }: Pick<CaseContent, 'content'>): RevocationSaid {
  return content as unknown as RevocationSaid;
}

/** What is kept for a person of a revocation report. */
export function revocationAsked({ content }: Pick<CasePerson, 'content'>): RevocationAsked {
  return content as unknown as RevocationAsked;
}

/** The last of the days in which a revocation is reported (art. 16): by the policy of the day it took effect. */
export async function revocationDeadline(
  tx: Pick<Transaction, 'policy' | 'calendarDay'>,
  institution: string,
  effectiveOn: string,
): Promise<ReturnType<typeof deadline>> {
  const { revocationDays } = await policyFor(tx, institution, effectiveOn, 'dawn');
  return deadline(effectiveOn, revocationDays, await calendarFor(tx, institution));
}

/** What is wrong with a revocation report today. A report that was sealed in time is not late afterwards. */
export const judgeRevocationReport: Judge = async (tx, world, content) => {
  const { institution, category, reason: facts, measures: lateReason, evidence, people } = content;
  const resolution = content.revocationResolution;
  if (!resolution) throw new NotFound('revocation-resolution', content.revocationResolutionId ?? '');
  const due = await revocationDeadline(tx, institution, resolution.effectiveOn);
  const today = todayOf(world);
  const reasonLength = await leastReason(tx, world, content);
  const records = people.map((person) => ({
    ...listedRecord(person),
    ...revocationAsked(person),
    review: revocationAsked(person).review?.outcome ?? null,
    ...{ version: person.row.version, listedVersion: person.listedVersion },
    conferralDate: person.fields.conferralDate,
  }));
  const { proofs } = revocationSaid(content);
  // Whom a document sealed in time names is not late by the next one, after a return; whom only the next one names is.
  const named = await firstDocuments(tx, institution, content.id);
  const reportedOn = people.map(({ row }) => named.get(row.id) ?? today).reduce((a, b) => (a > b ? a : b), '') || today;
  const violations = revocationReportViolations({
    ...{ category, facts, proofs, records, evidence, resolution, deadline: due, today, reportedOn },
    ...{ lateReason, reasonLength },
  });
  return { violations, dueOn: due.rolled };
};

/** The content of a person with a review in it. */
export function withReview(asked: RevocationAsked, review: NonNullable<RevocationAsked['review']>): JsonObject {
  return { ...asked, review } as unknown as JsonObject;
}
