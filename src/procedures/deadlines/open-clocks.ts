// What runs against a clock at the moment, gathered from the register (R11.3, R11.4, R11.6, R16.1).
import type { Clock } from '../../regulation/deadlines/deadline-board.ts';
import { type CivilDate, civilDateInShanghai } from '../../regulation/deadlines/deadlines.ts';
import { DEFAULT_POLICY, type Policy } from '../../regulation/policy.ts';
import type { StepName } from '../../regulation/steps.ts';
import type { ApplicationState, BatchState, Category, OfficeKind } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import {
  batchesOfResolutions,
  disclosingBatches,
  neverReported,
  officesOf,
  openRevocationReports,
  openSupplementary,
  resolutionsIn,
  unacceptedObjections,
  unansweredDisputes,
  unreportedRevocations,
  unresolvedObjections,
} from '../../store/deadlines/deadlines.ts';
import type {
  ApplicationFilter,
  BatchFilter,
  ResolutionFilter,
  RevocationResolutionFilter,
} from '../../store/filters.ts';
import { policyReader } from '../situation.ts';

/** Whose clocks: a filter for each thing that has one; null where none is seen. */
export interface ClockScope {
  readonly resolutions: ResolutionFilter | null;
  readonly batches: BatchFilter | null;
  readonly applications: ApplicationFilter;
  readonly revocations: RevocationResolutionFilter | null;
  /** Categories that are seen; null for all. */
  readonly categories: readonly Category[] | null;
}

/** Everything of an institution. */
export function clocksOfInstitution(institution: string): ClockScope {
  const own = { institution };
  return { resolutions: own, batches: own, applications: own, revocations: own, categories: null };
}

/** What is read of the register for this. */
export type ClockReads = Pick<
  Transaction,
  | '$queryRaw'
  | 'resolution'
  | 'batch'
  | 'objection'
  | 'receivedObjection'
  | 'studentDispute'
  | 'writtenApplication'
  | 'revocationResolution'
  | 'office'
  | 'policy'
  | 'calendarDay'
>;

/** State of a batch → the step that takes it towards its report. */
const TOWARDS_REPORT: Readonly<Record<BatchState, StepName>> = {
  collecting: 'cross-check',
  'cross-checked': 'open-disclosure',
  disclosing: 'close-disclosure',
  disclosed: 'report',
  reported: 'report',
  'reported-upward': 'report',
  filed: 'report',
};

/** State of a case → its next step, and the kind of office that takes it; `category` is the one that drafted it. */
const NEXT_IN_CASE: Readonly<
  Partial<Record<ApplicationState, readonly [StepName, 'category' | 'degree' | 'province']>>
> = {
  draft: ['check-application', 'category'],
  checked: ['approve-application', 'category'],
  approved: ['seal-application', 'degree'],
  sealed: ['dispatch-application', 'degree'],
  dispatched: ['decide-application', 'province'],
  returned: ['revise-application', 'category'],
  consented: ['report', 'category'],
};

/** Every open clock of a scope, in no particular order; `today` decides which office is in charge by now (R24.1). */
export async function readClocks(db: ClockReads, scope: ClockScope, today: CivilDate): Promise<Clock[]> {
  const seen = ({ category }: Clock) =>
    scope.categories === null || category === null || scope.categories.includes(category);
  const resolutions = scope.resolutions === null ? [] : await resolutionsIn(db, scope.resolutions);
  const batches = scope.batches === null ? [] : await disclosingBatches(db, scope.batches);
  const objections = scope.batches === null ? [] : await unresolvedObjections(db, scope.batches);
  const received = scope.batches === null ? [] : await unacceptedObjections(db, scope.batches);
  const disputes = scope.batches === null ? [] : await unansweredDisputes(db, scope.batches);
  const supplementary = await openSupplementary(db, scope.applications);
  const reports = await openRevocationReports(db, scope.applications);
  const revocations = scope.revocations === null ? [] : await unreportedRevocations(db, scope.revocations);
  const found = [
    ...resolutions,
    ...batches,
    ...objections,
    ...received,
    ...disputes,
    ...supplementary,
    ...reports,
    ...revocations,
  ];
  const institutions = [...new Set(found.map(({ institution }) => institution))];
  const offices = await officesOf(db, institutions);
  const officeOf = (institution: string, kind: OfficeKind) =>
    offices.find((office) => office.institutionCode === institution && office.kind === kind)?.id ??
    `${institution}/${kind}`;
  const policies = new Map<string, Awaited<ReturnType<typeof policyReader>>>();
  for (const institution of institutions) policies.set(institution, await policyReader(db, institution));
  // A clock keeps the policy of the dawn of its first day.
  const policyOf = (institution: string, on: CivilDate): Policy =>
    policies.get(institution)?.(on, 'dawn') ?? DEFAULT_POLICY;
  const ownerOf = (institution: string, category: string) => {
    const { owners } = policies.get(institution)?.(today) ?? DEFAULT_POLICY;
    return officeOf(institution, owners[category as Category]);
  };

  const clocks: Clock[] = [];
  for (const institution of institutions) {
    const own = resolutions.filter((one) => one.institution === institution);
    const ids = own.map(({ id }) => id);
    if (ids.length === 0) continue;
    const states = new Map(
      (await batchesOfResolutions(db, institution, ids)).map((one) => [
        `${one.resolutionId}/${one.category}`,
        one.state,
      ]),
    );
    const effective = new Map(own.map(({ id, effectiveOn }) => [id, effectiveOn]));
    for (const { resolutionId, category, open } of await neverReported(db, institution, ids)) {
      const from = effective.get(resolutionId) ?? '';
      const { reportingDays: days } = policyOf(institution, from);
      const state = states.get(`${resolutionId}/${category}`) as BatchState | undefined;
      clocks.push({
        ...{ ...CLOCK, kind: 'report', institution, subjectType: 'Resolution', subjectId: resolutionId, open },
        ...{ category: category as Category, officeId: ownerOf(institution, category) },
        ...{ nextStep: state === undefined ? 'collect' : TOWARDS_REPORT[state], from, days },
      });
    }
  }
  for (const { institution, id, category, disclosedUntil, _count } of batches) {
    const officeId = ownerOf(institution, category);
    clocks.push({
      ...{ ...CLOCK, kind: 'disclosure', institution, subjectType: 'Batch', subjectId: id, officeId },
      ...{ category: category as Category, nextStep: 'close-disclosure', open: _count.records },
      ...{ from: disclosedUntil ?? '', days: 0 },
    });
  }
  for (const { institution, id, raisedAt, batch } of objections) {
    clocks.push({
      ...{
        ...CLOCK,
        kind: 'objection',
        institution,
        subjectType: 'Objection',
        subjectId: id,
        nextStep: 'resolve-objection',
      },
      ...{ category: batch.category as Category, officeId: ownerOf(institution, batch.category) },
      ...{ from: batch.disclosedUntil ?? '', days: 0, since: civilDateInShanghai(raisedAt.toISOString()) },
    });
  }
  for (const { institution, id, receivedAt, batch } of received) {
    const officeId = ownerOf(institution, batch.category);
    clocks.push({
      ...{
        ...CLOCK,
        kind: 'received-objection',
        institution,
        subjectType: 'ReceivedObjection',
        subjectId: id,
        officeId,
      },
      ...{
        category: batch.category as Category,
        nextStep: 'raise-objection',
        from: batch.disclosedUntil ?? '',
        days: 0,
      },
      since: civilDateInShanghai(receivedAt.toISOString()),
    });
  }
  for (const { institution, id, raisedAt, category, record } of disputes) {
    const from = record?.resolution.effectiveOn ?? '';
    clocks.push({
      ...{ ...CLOCK, kind: 'dispute', institution, subjectType: 'StudentDispute', subjectId: id },
      ...{ category: category as Category, officeId: ownerOf(institution, category), nextStep: 'answer-dispute' },
      ...{ from, days: policyOf(institution, from).reportingDays, since: civilDateInShanghai(raisedAt.toISOString()) },
    });
  }
  for (const one of supplementary) {
    const from = one.resolution?.effectiveOn ?? '';
    const days = policyOf(one.institution, from).reportingDays;
    clocks.push({
      ...caseClock(one, officeOf),
      ...{ kind: 'supplementary-report', subjectType: 'SupplementaryReport', from, days, stoppedOn: null },
    });
  }
  for (const one of reports) {
    const from = one.revocationResolution?.effectiveOn ?? '';
    const days = policyOf(one.institution, from).revocationDays;
    const stated = one.documentDate === null ? null : one.dueOn;
    clocks.push({
      ...caseClock(one, officeOf),
      ...{ kind: 'revocation-report', subjectType: 'RevocationReport', from, days, stated },
    });
  }
  for (const { institution, id, effectiveOn } of revocations) {
    const days = policyOf(institution, effectiveOn).revocationDays;
    clocks.push({
      ...{ ...CLOCK, kind: 'revocation-report', institution, subjectType: 'RevocationResolution', subjectId: id },
      // Which category it is about stands only in the report; until then the degree office, which loaded it, answers for it.
      ...{ officeId: officeOf(institution, 'degree-office'), nextStep: 'draft-application', from: effectiveOn, days },
    });
  }
  return clocks.filter(seen);
}

const CLOCK = { category: null, nextStep: null, open: 1, stated: null, stoppedOn: null, since: null } as const;

/** What the clocks of two kinds of case share. The clock stands still on the day on which the document was sealed first. */
function caseClock(
  one:
    | Awaited<ReturnType<typeof openSupplementary>>[number]
    | Awaited<ReturnType<typeof openRevocationReports>>[number],
  officeOf: (institution: string, kind: OfficeKind) => string,
) {
  const [nextStep, office] = NEXT_IN_CASE[one.state as ApplicationState] ?? [null, 'category'];
  const officeId = {
    category: one.draftedBy.officeId,
    degree: officeOf(one.institution, 'degree-office'),
    province: one.of.provincialOfficeId,
  }[office];
  return {
    ...{ ...CLOCK, institution: one.institution, subjectId: one.id, category: one.category as Category },
    ...{ officeId, nextStep, open: one._count.records, stoppedOn: one.documentDate },
  };
}
