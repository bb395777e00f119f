// What an officer may see (R4.2, R23.1): one filter per thing kept, put into every query. Nobody else sees anything unpublished.
import { DATASET_STEPS } from '../regulation/datasets/life.ts';
import type { StepName } from '../regulation/steps.ts';
import { keysOf, type RecordState } from '../regulation/vocabulary.ts';
import type {
  BatchFilter,
  EnrolmentFilter,
  ExportFilter,
  FormCheckFilter,
  ImportFilter,
  JobFilter,
  RecordFilter,
  ReminderFilter,
  StepFilter,
  WithdrawalFilter,
} from '../store/filters.ts';
import type { Actor } from './call.ts';

/** The states in which the provincial office sees a record: from the report upward on (R5.1, R14.1). */
export const STATES_SEEN_BY_PROVINCE: readonly RecordState[] = [
  'reported-upward',
  'returned',
  'reviewed',
  'filed',
  'deleted',
  'revoked',
  'declared-invalid',
];

/** How far an officer sees: a whole province, a whole institution, or some categories of one. */
type Reach =
  | { readonly kind: 'province'; readonly officeId: string }
  | { readonly kind: 'institution'; readonly institution: string }
  | { readonly kind: 'categories'; readonly institution: string; readonly categories: string[] };

/** How far this officer sees. */
export function reachOf(actor: Actor): Reach {
  if (actor.officeKind === 'provincial-office' || actor.institution === null) {
    return { kind: 'province', officeId: actor.officeId };
  }
  const institution = actor.institution;
  if (actor.officeKind === 'degree-office' || actor.duties.includes('audit'))
    return { kind: 'institution', institution };
  return { kind: 'categories', institution, categories: [...actor.categories] };
}

/** Records: own categories; the institution; or the province from the report upward on. */
export function recordScope(actor: Actor): RecordFilter {
  const reach = reachOf(actor);
  switch (reach.kind) {
    case 'province':
      return {
        of: { provincialOfficeId: reach.officeId },
        OR: [
          { state: { in: [...STATES_SEEN_BY_PROVINCE] } },
          // Taken back after it had been there; what was withdrawn before is none of the province's business (R14.1).
          { state: 'withdrawn', withdrawals: { some: { reachedProvince: true } } },
        ],
      };
    case 'institution':
      return { institution: reach.institution };
    case 'categories':
      return { institution: reach.institution, category: { in: reach.categories } };
  }
}

/** Withdrawals: of records that are seen; the province sees only those of what had reached it. */
export function withdrawalScope(actor: Actor): WithdrawalFilter {
  const record = recordScope(actor);
  return reachOf(actor).kind === 'province' ? { reachedProvince: true, record } : { record };
}

/** Form checks: of the province, of the institution, or with records of the own categories. */
export function formCheckScope(actor: Actor): FormCheckFilter {
  const reach = reachOf(actor);
  switch (reach.kind) {
    case 'province':
      return { of: { provincialOfficeId: reach.officeId } };
    case 'institution':
      return { institution: reach.institution };
    case 'categories':
      return { institution: reach.institution, categories: { hasSome: reach.categories } };
  }
}

/** Reminders: those for the own office; an auditor sees those of the whole institution (R23.1). */
export function reminderScope(actor: Actor): ReminderFilter {
  const { institution, duties, officeId } = actor;
  return duties.includes('audit') && institution !== null ? { institution } : { officeId };
}

/** Batches: as records; the province sees a batch when it has been reported upward. */
export function batchScope(actor: Actor): BatchFilter {
  const reach = reachOf(actor);
  switch (reach.kind) {
    case 'province':
      return { of: { provincialOfficeId: reach.officeId }, state: { in: ['reported-upward', 'filed'] } };
    case 'institution':
      return { institution: reach.institution };
    case 'categories':
      return { institution: reach.institution, category: { in: reach.categories } };
  }
}

/** Disclosures are for everybody inside the institution, whatever their categories (R11.3); nothing outside it. */
export function disclosureScope(actor: Actor): BatchFilter {
  const reach = reachOf(actor);
  if (reach.kind === 'province') return NOTHING;
  return { institution: reach.institution, openings: { some: {} } };
}

/** A filter that nothing passes. */
export const NOTHING = { institution: { in: [] as string[] } };

/** Enrolment records: own categories or the institution; never the province (R21.1). */
export function enrolmentScope(actor: Actor): EnrolmentFilter {
  const reach = reachOf(actor);
  if (reach.kind === 'province') return NOTHING;
  if (reach.kind === 'institution') return { institution: reach.institution };
  return { institution: reach.institution, category: { in: reach.categories } };
}

/** Imports: of the own categories, or one's own where an import has no category; the institution; never the province. */
export function importScope(actor: Actor): ImportFilter {
  const reach = reachOf(actor);
  if (reach.kind === 'province') return NOTHING;
  if (reach.kind === 'institution') return { institution: reach.institution };
  return {
    institution: reach.institution,
    OR: [{ category: { in: reach.categories } }, { createdBy: { officeId: actor.officeId } }],
  };
}

/** Jobs: of the own office; of the institution; the province its own. */
export function jobScope(actor: Actor): JobFilter {
  const reach = reachOf(actor);
  return reach.kind === 'institution' ? { institution: reach.institution } : { officeId: actor.officeId };
}

/** Exports: of the institution for its degree office and auditors, of the own office for others; never the province. */
export function exportScope(actor: Actor): ExportFilter {
  const reach = reachOf(actor);
  if (reach.kind === 'province') return NOTHING;
  if (reach.kind === 'institution') return { institution: reach.institution };
  return { institution: reach.institution, createdBy: { officeId: actor.officeId } };
}

/** Sealed steps: of the own office; of the institution; the province sees its own steps and those by which things reached it. */
export function stepScope(actor: Actor): StepFilter {
  const reach = reachOf(actor);
  switch (reach.kind) {
    case 'province':
      return {
        of: { provincialOfficeId: reach.officeId },
        OR: [{ officeId: actor.officeId }, { name: { in: [...STEPS_SEEN_BY_PROVINCE] } }],
      };
    case 'institution':
      return { institution: reach.institution };
    case 'categories':
      return {
        institution: reach.institution,
        OR: [{ officeId: actor.officeId }, { office: { kind: { in: ['degree-office', 'provincial-office'] } } }],
        // Who analyses what for whom is nobody else's business in the house.
        name: { notIn: keysOf(DATASET_STEPS) },
      };
  }
}

const STEPS_SEEN_BY_PROVINCE: readonly StepName[] = [
  'report-upward',
  'seal-application',
  'dispatch-application',
  'change',
  'delete',
  'record-degree-review',
  'revoke',
];
