// Who sees archives, appraisals and transfers (R4.2, R23.1): the degree office and auditors all, a category office its own; never the province.
import { mayAct } from '../../regulation/duties.ts';
import type { AppraisalFilter, ArchiveFilter, TransferFilter } from '../../store/filters.ts';
import type { Actor } from '../call.ts';
import { NOTHING, reachOf } from '../read-access.ts';

/**
 * Archives: of the institution, or of the own office. The province has its own copies of what was reported and filed, and asks the
 * institution for the rest: what an institution keeps of its way there is its own.
 */
export function archiveScope(actor: Actor): ArchiveFilter {
  const reach = reachOf(actor);
  if (reach.kind === 'province') return NOTHING;
  if (reach.kind === 'institution') return { institution: reach.institution };
  return { institution: reach.institution, officeId: actor.officeId };
}

/** Appraisals: of years, for everybody inside the institution; never the province. */
export function appraisalScope(actor: Actor): AppraisalFilter {
  return actor.institution === null ? NOTHING : { institution: actor.institution };
}

/** Transfers: of archives that are seen. */
export function transferScope(actor: Actor): TransferFilter {
  return { archive: archiveScope(actor) };
}

/** Whether the officer may have the file: seeing that there is an archive is not having it (an auditor sees, and takes nothing away). */
export function mayFetchArchive(
  actor: Actor,
  archive: { readonly institution: string; readonly officeId: string },
): boolean {
  const target = { institution: archive.institution, provincialOfficeId: '' };
  const own = actor.officeKind === 'degree-office' || actor.officeId === archive.officeId;
  return own && mayAct(actor, 'export-archive', target).length === 0;
}
