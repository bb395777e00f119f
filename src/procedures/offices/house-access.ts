// Which institutions, offices and officers an officer may see, and what a house works by: policy, templates, structure (R4.2, R23.1).
import type {
  CodeMappingFilter,
  CodeTableVersionFilter,
  EditionFilter,
  InstitutionFilter,
  OfficeFilter,
  OfficerFilter,
  PolicyFilter,
  TemplateFilter,
} from '../../store/filters.ts';
import type { Actor } from '../call.ts';
import { NOTHING, reachOf } from '../read-access.ts';

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

/** Acts that set a policy: of the institution, or of the province's institutions, whose deadlines it watches. */
export function policyScope(actor: Actor): PolicyFilter {
  const reach = reachOf(actor);
  if (reach.kind === 'province') return { of: { provincialOfficeId: reach.officeId } };
  return { institution: reach.institution };
}

/** Certificate templates: of the institution, or of the province's institutions. */
export function templateScope(actor: Actor): TemplateFilter {
  const reach = reachOf(actor);
  if (reach.kind === 'province') return { of: { provincialOfficeId: reach.officeId } };
  return { institution: reach.institution };
}

/** Loaded editions, code tables and mappings: everybody inside the institution works by them; never the province. */
export function structureScope(actor: Actor): EditionFilter & CodeTableVersionFilter & CodeMappingFilter {
  return actor.institution === null ? NOTHING : { institution: actor.institution };
}
