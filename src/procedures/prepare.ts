// Working papers: what no article asks to seal (an uploaded file, a dry run), for officers who may take the step it prepares.
import type { StepName } from '../regulation/steps.ts';
import type { Category } from '../regulation/vocabulary.ts';
import { lockFor } from '../store/database/key-lock.ts';
import { inTransaction, type Transaction } from '../store/database/transaction.ts';
import type { Call } from './call.ts';
import { digestOfRequest, firstAnswer, keepAnswer } from './retries.ts';
import { requireStanding } from './standing.ts';
import type { JsonObject } from './statement.ts';
import { requireMayAct, requireWithin, targetIn } from './target.ts';

/** What a working paper is for. */
export interface Preparation {
  /** Name of the procedure, for retries. */
  readonly procedure: string;
  /** The step that it prepares: who may take the step may prepare it. */
  readonly step: StepName;
  readonly institution: string;
  readonly category?: Category | undefined;
  /** What a retry with the same idempotency key must repeat. */
  readonly input: JsonObject;
}

/** What every preparation returns: its own result, and whether it was only simulated. */
export type Prepared<Result> = Result & { readonly simulated: boolean };

const LONGEST_MS = 15 * 60_000;

/**
 * Does a working paper in one transaction: no step, no seal, the same rules of duty and retry as {@link perform}.
 * @throws {Forbidden} the officer may not take the step. {NotFound} no such institution. {Refused} from the work
 */
export async function prepare<Result extends JsonObject>(
  call: Call,
  preparation: Preparation,
  work: (tx: Transaction, at: Date) => Promise<Result>,
): Promise<Prepared<Result>> {
  const { procedure, step, institution, category, input } = preparation;
  const requestDigest = digestOfRequest({ procedure, institution, input });
  let simulated: Prepared<Result> | undefined;
  const run = async (tx: Transaction): Promise<Prepared<Result>> => {
    await requireWithin(tx, call, step, institution);
    const target = await targetIn(tx, institution, category);
    requireMayAct(call, step, target);
    const standing = await requireStanding(tx, call);
    requireMayAct({ actor: standing ?? call.actor }, step, target);
    if (call.idempotencyKey) await lockFor(tx, `${call.actor.officerId}/${call.idempotencyKey}`);
    const first = await firstAnswer<Prepared<Result>>(tx, call, procedure, requestDigest);
    if (first) return first;
    const result = await work(tx, call.world.now());
    if (call.simulate) {
      simulated = { ...result, simulated: true };
      throw new Simulated();
    }
    const prepared: Prepared<Result> = { ...result, simulated: false };
    await keepAnswer(tx, call, procedure, requestDigest, prepared);
    return prepared;
  };
  try {
    return await inTransaction(call.world.db, run, { timeoutMs: LONGEST_MS });
  } catch (error) {
    if (error instanceof Simulated && simulated) return simulated;
    throw error;
  }
}

/** Rolls a simulated preparation back. */
class Simulated extends Error {}
