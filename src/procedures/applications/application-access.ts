// Which written applications and their papers an officer may see (R4.2): the province what was dispatched to it.
import type { ApplicationState } from '../../regulation/vocabulary.ts';
import type { ApplicationFilter } from '../../store/filters.ts';
import type { Actor } from '../call.ts';
import { reachOf } from '../read-access.ts';

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
