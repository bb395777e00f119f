// Who looks at statistics before they are published, and whose publications are things of their own (R4.2, R17.1).
import type { InstitutionFilter, StatisticsFilter } from '../../store/filters.ts';
import type { Actor } from '../call.ts';
import { institutionScope } from '../offices/house-access.ts';
import { reachOf } from '../read-access.ts';

/**
 * Whether an officer may look at figures before they are published: the degree office and an auditor of the institution, the provincial
 * office over it. A category office may not: its own part beside what is published of the whole would tell the rest (R17.1).
 */
export function statisticsScope(actor: Actor): InstitutionFilter {
  const reach = reachOf(actor);
  if (reach.kind === 'categories') return { code: { in: [] } };
  return reach.kind === 'province' ? { provincialOfficeId: reach.officeId } : { code: reach.institution };
}

/** Publications as things of their own: whoever sees the institution. What they say is for everybody, see `publishedStatistics`. */
export function publicationScope(actor: Actor): StatisticsFilter {
  return { of: institutionScope(actor) };
}
