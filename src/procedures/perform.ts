// The frame that every procedure shares: who → load → rules → one transaction { lock the log → append the sealed step → save }.

import { STEPS, type StepName } from '../regulation/steps.ts';
import { type Violation, violation } from '../regulation/violations.ts';
import { sealDetached } from '../sealing/cms.ts';
import { leafHash } from '../sealing/log.ts';
import { canonicalBytes } from '../sealing/verify/canonical.ts';
import { inTransaction, type Transaction } from '../store/database/transaction.ts';
import { uuidv7After } from '../store/database/uuid.ts';
import { lockLogHead } from '../store/seals/log.ts';
import { findStep } from '../store/seals/step-history.ts';
import { appendStep, lastStep, lastSteps } from '../store/seals/steps.ts';
import type { Actor, Call, OrderedCall, StudentCall } from './call.ts';
import { NotFound, Refused } from './errors.ts';
import { appendLeaf } from './log.ts';
import { digestOfRequest, firstAnswer, keepAnswer } from './retries.ts';
import { requireStanding } from './standing.ts';
import { type Doer, type JsonObject, makeStatement, type Subjects } from './statement.ts';
import { requireMayAct, requireWithin, type Target } from './target.ts';

/** A sealed step as the saving half of a procedure sees it. */
export interface PerformedStep {
  readonly id: string;
  readonly at: Date;
}

/** What a procedure has found out and means to do. Nothing is written before every rule has been asked. */
export interface Plan<Result extends JsonObject> {
  readonly target: Target;
  readonly violations: readonly Violation[];
  readonly subjects: Subjects;
  /** The article under which the step is taken here; that of the step in the vocabulary when not given. */
  readonly article?: string;
  /** True when no step ever spoke of these subjects, so that nobody looks for one. */
  readonly fresh?: boolean;
  /** What the statement says besides who, when and over what: counts, numbers, dates; never personal data of degree holders. */
  readonly facts: JsonObject;
  /** SHA-256 (hex) of the files the step rests on. */
  readonly files?: readonly string[];
  /** Writes the change, in the transaction of the seal. */
  save(step: PerformedStep): Promise<Result>;
}

/** What every procedure returns: its own result, the step that seals it, and whether it was only simulated. */
export type Performed<Result> = Result & { readonly stepId: string | null; readonly simulated: boolean };

/** The plan of a step that a student takes: the plan itself sees to it that it touches nothing of anybody else. */
export interface StudentPlan<Result extends JsonObject> extends Omit<Plan<Result>, 'target'> {
  /** The category office under whose seal the student speaks. */
  readonly office: { readonly id: string; readonly name: string };
}

/** The plan of a step that was ordered before: the order's office and officer answer for it. */
export type OrderedPlan<Result extends JsonObject> = Omit<Plan<Result>, 'target'>;

/** The office under whose seal an ordered step is taken: that of the order, by the name that it had then. */
export interface OrderedBy {
  readonly officeId: string;
  readonly officeName: string;
}

/** Who gave an order, as the statement of its step says. */
interface Ordered {
  readonly office: { readonly id: string; readonly name: string };
  readonly officer: { readonly id: string; readonly name: string } | null;
}

const LONGEST_STEP_MS = 15 * 60_000;

/**
 * Performs one procedure: the plan's rules, its seal, its log entry and its change happen in one transaction or not at all (R12.1, P3).
 *
 * @param institution whose log the step enters; its head is locked, so the steps of an institution follow one another.
 * @param input what a retry with the same idempotency key must repeat.
 * @throws {Forbidden} the officer may not. {Refused} rules are broken, all are named. {NotFound}, {Stale} from the plan.
 */
export function perform<Result extends JsonObject>(
  call: Call,
  step: StepName,
  institution: string,
  input: JsonObject,
  plan: (tx: Transaction) => Promise<Plan<Result>>,
): Promise<Performed<Result>> {
  return takeStep(call, step, institution, input, async (tx, standing) => {
    const planned = await plan(tx);
    requireMayAct(call, step, planned.target);
    const officer = standing ?? call.actor;
    requireMayAct({ actor: officer }, step, planned.target);
    return { planned, doer: { officeId: officer.officeId, officeName: officer.officeName, officer } };
  });
}

/**
 * The same for a step of the student himself (art. 11(1)): sealed for the category office, without an officer, with kind and id of the
 * student's record in the statement.
 * @throws as {@link perform}, but never Forbidden: what is not the student's own is not found
 */
export function performAsStudent<Result extends JsonObject>(
  call: StudentCall,
  step: StepName,
  input: JsonObject,
  plan: (tx: Transaction) => Promise<StudentPlan<Result>>,
): Promise<Performed<Result>> {
  const { institution, kind, id } = call.student;
  return takeStep(call, step, institution, input, async (tx) => {
    const planned = await plan(tx);
    const { id: officeId, name: officeName } = planned.office;
    return { planned, doer: { officeId, officeName, officer: null, student: { kind, id } } };
  });
}

/**
 * A step that the server takes by itself because an officer ordered it in an earlier sealed step: that officer answers for it, and the
 * statement names the order. It happens in the transaction of the job that carries it out, so that both are there or neither.
 * @throws {NotFound} the order. {Refused} rules are broken.
 */
export async function performOrdered<Result extends JsonObject>(
  tx: Transaction,
  call: OrderedCall,
  step: StepName,
  plan: (by: OrderedBy) => Promise<OrderedPlan<Result>>,
): Promise<Performed<Result>> {
  const { institution, stepId } = call.order;
  const order = await findStep(tx, institution, stepId);
  if (!order) throw new NotFound('step', stepId);
  const { office, officer } = JSON.parse(order.statement) as Ordered;
  const doer: Doer = {
    officeId: office.id,
    officeName: office.name,
    officer: officer && { officerId: officer.id, name: officer.name },
    order: order.leafHash,
  };
  const head = await lockLogHead(tx, institution);
  const planned = await plan({ officeId: office.id, officeName: office.name });
  return takeStepIn(tx, call, step, institution, head, { planned, doer });
}

/** The frame of what is asked for from outside: a transaction, the answer of a first try, then the step. */
async function takeStep<Result extends JsonObject>(
  call: Call | StudentCall,
  step: StepName,
  institution: string,
  input: JsonObject,
  plan: (tx: Transaction, standing: Actor | null) => Promise<Planned<Result>>,
): Promise<Performed<Result>> {
  const { world } = call;
  const requestDigest = digestOfRequest({ step, institution, input });
  let simulated: Performed<Result> | undefined;
  try {
    return await inTransaction(
      world.db,
      async (tx) => {
        if ('actor' in call) await requireWithin(tx, call, step, institution);
        const head = await lockLogHead(tx, institution);
        const standing = await requireStanding(tx, call);
        const first = await firstAnswer<Performed<Result>>(tx, call, step, requestDigest);
        if (first) return first;
        const performed = await takeStepIn(tx, call, step, institution, head, await plan(tx, standing));
        if (performed.simulated) {
          simulated = performed;
          throw new Simulated();
        }
        await keepAnswer(tx, call, step, requestDigest, performed);
        return performed;
      },
      { timeoutMs: LONGEST_STEP_MS },
    );
  } catch (error) {
    if (error instanceof Simulated && simulated) return simulated;
    throw error;
  }
}

/** What was planned, and who does it. */
interface Planned<Result extends JsonObject> {
  readonly planned: Omit<Plan<Result>, 'target'>;
  readonly doer: Doer;
}

/** The frame itself, whoever takes the step: rules, statement, seal, log, change. A simulation is to be rolled back by who asked. */
async function takeStepIn<Result extends JsonObject>(
  tx: Transaction,
  call: Call | StudentCall | OrderedCall,
  step: StepName,
  institution: string,
  head: Awaited<ReturnType<typeof lockLogHead>>,
  { planned, doer }: Planned<Result>,
): Promise<Performed<Result>> {
  const { world } = call;
  if (planned.violations.length > 0) throw new Refused(planned.violations);
  const last = await lastStep(tx, institution, head.size);
  const at = world.momentAfter(last?.at ?? null);
  const seal = world.sealOf(doer.officeId);
  if (!seal) throw new Refused([violation('seal-missing', 'seal', { found: doer.officeName })]);
  if (at < seal.signer.notBefore || at > seal.signer.notAfter) {
    const expected = `${seal.signer.notBefore.toISOString()} – ${seal.signer.notAfter.toISOString()}`;
    throw new Refused([violation('seal-not-valid', 'seal', { found: at.toISOString(), expected })]);
  }
  const idsOf = (): string[] => Array.from(planned.subjects, (subject) => subject.id);
  const previous = planned.fresh ? new Map() : await lastSteps(tx, institution, idsOf());
  const article = planned.article ?? STEPS[step].article;
  const { statement, batchRoot } = makeStatement({
    step,
    article,
    institution,
    doer,
    at,
    subjects: planned.subjects,
    facts: planned.facts,
    files: planned.files ?? [],
    previous: [...new Set([...previous.values()].map((last) => last.leafHash))].sort(),
  });
  const bytes = canonicalBytes(statement);
  const leaf = leafHash(bytes);
  const signature = call.simulate ? new Uint8Array() : await sealDetached(seal.signer, bytes);
  const leafIndex = await appendLeaf(tx, institution, head, leaf);
  // Ids sort as the log does, also where another server's clock is ahead: the last step of a subject is the one with the greatest.
  const id = uuidv7After(last?.id ?? null);
  await appendStep(tx, {
    institution,
    id,
    name: step,
    article,
    officeId: doer.officeId,
    officerId: doer.officer?.officerId ?? null,
    sealId: seal.id,
    at,
    statement: Buffer.from(bytes).toString('utf8'),
    leafIndex,
    leafHash: Buffer.from(leaf).toString('hex'),
    signature,
    batchRoot,
    subjects: planned.subjects,
    previous,
  });
  const result = await planned.save({ id, at });
  return call.simulate ? { ...result, stepId: null, simulated: true } : { ...result, stepId: id, simulated: false };
}

/** Rolls a simulated step back. */
class Simulated extends Error {}
