// What an officer may see (R4.2, R23.1): one filter per thing kept, put into every query. Nobody else sees anything unpublished.
import { DATASET_STEPS } from '../regulation/datasets/life.ts';
import type { StepName } from '../regulation/steps.ts';
import { type ApplicationState, keysOf, type RecordState } from '../regulation/vocabulary.ts';
import type {
  ApplicationFilter,
  BatchFilter,
  CodeMappingFilter,
  CodeTableVersionFilter,
  EditionFilter,
  EnrolmentFilter,
  ExportFilter,
  FormCheckFilter,
  ImportFilter,
  InstitutionFilter,
  JobFilter,
  OfficeFilter,
  OfficerFilter,
  PolicyFilter,
  RecordFilter,
  ReminderFilter,
  ResolutionFilter,
  RevocationResolutionFilter,
  RosterStrikeFilter,
  StepFilter,
  TemplateFilter,
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

/** Resolutions: all of the institution; the province sees those of which something was reported or applied for. */
export function resolutionScope(actor: Actor): ResolutionFilter {
  const reach = reachOf(actor);
  if (reach.kind !== 'province') return { institution: reach.institution };
  return {
    of: { provincialOfficeId: reach.officeId },
    OR: [
      { batches: { some: { state: { in: ['reported-upward', 'filed'] } } } },
      { applications: { some: { state: { in: [...APPLICATION_STATES_SEEN_BY_PROVINCE] } } } },
    ],
  };
}

/** The states in which the provincial office sees an application: from the dispatch on; what is written anew after a return is the institution's own until it is dispatched again. */
export const APPLICATION_STATES_SEEN_BY_PROVINCE: readonly ApplicationState[] = [
  'dispatched',
  'returned',
  'consented',
  'refused',
  'carried-out',
];

/** Written applications: own categories; the institution; the province from the dispatch on. */
export function applicationScope(actor: Actor): ApplicationFilter {
  const reach = reachOf(actor);
  switch (reach.kind) {
    case 'province':
      return {
        of: { provincialOfficeId: reach.officeId },
        state: { in: [...APPLICATION_STATES_SEEN_BY_PROVINCE] },
      };
    case 'institution':
      return { institution: reach.institution };
    case 'categories':
      return { institution: reach.institution, category: { in: reach.categories } };
  }
}

/**
 * Whose papers are seen: documents, dispatches and decisions of a case. As the case itself, but what reached the province stays seen
 * by it while the case is written anew after a return.
 */
export function paperScope(actor: Actor): ApplicationFilter {
  const reach = reachOf(actor);
  if (reach.kind !== 'province') return applicationScope(actor);
  return { of: { provincialOfficeId: reach.officeId }, documents: { some: { dispatches: { some: {} } } } };
}

/** Revocation resolutions: all of the institution; the province sees those that a report which reached it is about. */
export function revocationResolutionScope(actor: Actor): RevocationResolutionFilter {
  const reach = reachOf(actor);
  if (reach.kind !== 'province') return { institution: reach.institution };
  return {
    of: { provincialOfficeId: reach.officeId },
    applications: { some: { state: { in: [...APPLICATION_STATES_SEEN_BY_PROVINCE] } } },
  };
}

/** Places struck from rosters: of a resolution that is seen; a category office those of its categories. */
export function rosterStrikeScope(actor: Actor): RosterStrikeFilter {
  const reach = reachOf(actor);
  const categories = reach.kind === 'categories' ? { category: { in: reach.categories } } : {};
  return { entry: { resolution: resolutionScope(actor), ...categories } };
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

/** Loaded editions, code tables and mappings: everybody inside the institution works by them; never the province. */
export function structureScope(actor: Actor): EditionFilter & CodeTableVersionFilter & CodeMappingFilter {
  return actor.institution === null ? NOTHING : { institution: actor.institution };
}

/** Exports: of the institution for its degree office and auditors, of the own office for others; never the province. */
export function exportScope(actor: Actor): ExportFilter {
  const reach = reachOf(actor);
  if (reach.kind === 'province') return NOTHING;
  if (reach.kind === 'institution') return { institution: reach.institution };
  return { institution: reach.institution, createdBy: { officeId: actor.officeId } };
}

/** Certificate templates: of the institution, or of the province's institutions. */
export function templateScope(actor: Actor): TemplateFilter {
  const reach = reachOf(actor);
  if (reach.kind === 'province') return { of: { provincialOfficeId: reach.officeId } };
  return { institution: reach.institution };
}

/** Acts that set a policy: of the institution, or of the province's institutions, whose deadlines it watches. */
export function policyScope(actor: Actor): PolicyFilter {
  const reach = reachOf(actor);
  if (reach.kind === 'province') return { of: { provincialOfficeId: reach.officeId } };
  return { institution: reach.institution };
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

/** Institutions: the own one, or those of the province. */
export function institutionScope(actor: Actor): InstitutionFilter {
  const reach = reachOf(actor);
  if (reach.kind === 'province') return { provincialOfficeId: reach.officeId };
  return { code: reach.institution };
}

/** Offices: of the own institution and the provincial office over it; the province sees its own and the degree offices below it. */
export function officeScope(actor: Actor): OfficeFilter {
  const reach = reachOf(actor);
  if (reach.kind === 'province') {
    return {
      OR: [{ id: reach.officeId }, { kind: 'degree-office', institution: { provincialOfficeId: reach.officeId } }],
    };
  }
  return { OR: [{ institutionCode: reach.institution }, { supervises: { some: { code: reach.institution } } }] };
}

/** Officers: of the offices that are seen; a category office sees only its own people. */
export function officerScope(actor: Actor): OfficerFilter {
  const reach = reachOf(actor);
  if (reach.kind === 'institution') return { office: { institutionCode: reach.institution } };
  return { officeId: actor.officeId };
}
