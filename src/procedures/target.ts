// Whose thing is touched, and whether the officer may: asked before a procedure does anything costly (R4.2).
import { mayAct } from '../regulation/duties.ts';
import type { StepName } from '../regulation/steps.ts';
import { CATEGORIES, type Category, isKeyOf } from '../regulation/vocabulary.ts';
import type { Transaction } from '../store/database/transaction.ts';
import { findInstitution } from '../store/offices/institutions.ts';
import type { Call } from './call.ts';
import { Forbidden, NotFound } from './errors.ts';

/** Whose thing is touched: decides who may act (R4.2). */
export interface Target {
  readonly institution: string;
  readonly category?: Category | undefined;
  readonly provincialOfficeId: string;
}

/** The target of a step in an institution, for a category as it is kept. @throws {NotFound} there is no such institution or category */
export async function targetIn(
  tx: Pick<Transaction, 'institution'>,
  institution: string,
  category?: string,
): Promise<Target> {
  const found = await findInstitution(tx, institution);
  if (!found) throw new NotFound('institution', institution);
  if (category !== undefined && !isKeyOf(CATEGORIES, category)) throw new NotFound('category', category);
  return { institution, category, provincialOfficeId: found.provincialOfficeId };
}

/** @throws {Forbidden} the officer may not take this step here */
export function requireMayAct({ actor }: Pick<Call, 'actor'>, step: StepName, target: Target): void {
  const { category, ...bounds } = target;
  const forbidden = mayAct(actor, step, category === undefined ? bounds : { ...bounds, category });
  if (forbidden.length > 0) throw new Forbidden(forbidden);
}

/**
 * Asked before anything is looked up, locked or remembered: whether the institution is the officer's own, or one of their province.
 * The answer is the same for what there is elsewhere and for what there is not, so that nobody learns of a stranger's things (R4.2).
 * @throws {Forbidden} it is not
 */
export async function requireWithin(
  tx: Pick<Transaction, 'institution'>,
  { actor }: Pick<Call, 'actor'>,
  step: StepName,
  institution: string,
): Promise<void> {
  if (actor.institution !== null && actor.institution === institution) return;
  const found = actor.institution === null ? await findInstitution(tx, institution) : null;
  if (found && found.provincialOfficeId === actor.officeId) return;
  throw new Forbidden(mayAct(actor, step, { institution, provincialOfficeId: '' }));
}
