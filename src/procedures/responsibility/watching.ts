// Who watches over the acts of others, and what of it others see of themselves (R23.1): attempts to sign in.
import type { SignInFilter } from '../../store/filters.ts';
import type { Actor } from '../call.ts';

/** Whether somebody watches over the acts of others: an auditor, or the head of the degree office or of the provincial office (R23.1). */
export function watches({ duties, officeKind }: Pick<Actor, 'duties' | 'officeKind'>): boolean {
  const whole = officeKind === 'degree-office' || officeKind === 'provincial-office';
  return duties.includes('audit') || (whole && duties.includes('head'));
}

/**
 * Attempts to sign in: of the institution or provincial office for who watches over it, of others one's own. A name that nobody has
 * belongs to no institution, so that every auditor sees those attempts, without the name.
 */
export function signInScope(actor: Actor): SignInFilter {
  if (!watches(actor)) return { officerId: actor.officerId };
  const own = actor.institution === null ? { officeId: actor.officeId } : { institution: actor.institution };
  return actor.duties.includes('audit') ? { OR: [own, { officerId: null }] } : own;
}
