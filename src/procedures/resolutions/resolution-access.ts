// Which resolutions and rosters an officer may see (R4.2): the province those of which something reached it.
import type { ResolutionFilter, RevocationResolutionFilter, RosterStrikeFilter } from '../../store/filters.ts';
import { APPLICATION_STATES_SEEN_BY_PROVINCE } from '../applications/application-access.ts';
import type { Actor } from '../call.ts';
import { reachOf } from '../read-access.ts';

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
