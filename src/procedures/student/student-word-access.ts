// Which words of students an officer may see (R4.2): those of the own categories or the institution.
import type { CorrectionRequestFilter, DisputeFilter } from '../../store/filters.ts';
import type { Actor } from '../call.ts';
import { NOTHING, reachOf } from '../read-access.ts';

/** Words of students (disputes, correction requests): own categories or the institution; the province sees what comes of them. */
export function studentWordScope(actor: Actor): DisputeFilter & CorrectionRequestFilter {
  const reach = reachOf(actor);
  if (reach.kind === 'province') return NOTHING;
  if (reach.kind === 'institution') return { institution: reach.institution };
  return { institution: reach.institution, category: { in: reach.categories } };
}
