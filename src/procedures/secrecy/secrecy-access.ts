// Who may read the acts of secrecy (R20.1, R21.1): declassifications of theses, and looks at secret values.
import type { DeclassificationFilter, RevealFilter } from '../../store/filters.ts';
import type { Actor } from '../call.ts';
import { NOTHING, reachOf } from '../read-access.ts';

/** Declassifications: own categories or the institution; never the province, which needs none of it to review (R20.1). */
export function declassificationScope(actor: Actor): DeclassificationFilter {
  const reach = reachOf(actor);
  if (reach.kind === 'province') return NOTHING;
  if (reach.kind === 'institution') return { institution: reach.institution };
  return { institution: reach.institution, category: { in: reach.categories } };
}

/** Looks at secret values: all of the institution for its degree office and auditors, the province's too; else one's own (R21.1). */
export function revealScope(actor: Actor): RevealFilter {
  const reach = reachOf(actor);
  return reach.kind === 'institution' ? { institution: reach.institution } : { officerId: actor.officerId };
}
