// Which analysis datasets an officer may see (art. 18): those of the institution, for its degree office and auditors alone.
import type { DatasetFilter, PublicationFilter } from '../../store/filters.ts';
import type { Actor } from '../call.ts';
import { NOTHING, reachOf } from '../read-access.ts';

/** Analysis datasets and what is published of them; what is inside of one is read by other ways. */
export function datasetScope(actor: Actor): DatasetFilter & PublicationFilter {
  const reach = reachOf(actor);
  return reach.kind === 'institution' ? { institution: reach.institution } : NOTHING;
}
