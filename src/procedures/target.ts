// Whose thing is touched, and whether the officer may: asked before a procedure does anything costly (R4.2).
import { mayAct } from '../regulation/duties.ts';
import type { StepName } from '../regulation/vocabulary.ts';
import { findInstitution } from '../store/institutions.ts';
import type { Transaction } from '../store/transaction.ts';
import type { Call } from './call.ts';
import { Forbidden, NotFound } from './errors.ts';
import type { Target } from './perform.ts';

/** The target of a step in an institution. @throws {NotFound} there is no such institution */
export async function targetIn(tx: Transaction, institution: string, category?: string): Promise<Target> {
  const found = await findInstitution(tx, institution);
  if (!found) throw new NotFound('institution', institution);
  return { institution, category, provincialOfficeId: found.provincialOfficeId };
}

/** @throws {Forbidden} the officer may not take this step here */
export function requireMayAct(call: Call, step: StepName, target: Target): void {
  const { officeId, officeKind, institution, categories, duties } = call.actor;
  const forbidden = mayAct({ officeId, officeKind, institution, categories, duties }, step, target);
  if (forbidden.length > 0) throw new Forbidden(forbidden);
}
