// Carrying out what the province consented to (R15.2, R16.2): the case is judged once more, its records change, and it is over.
import { transitionViolations } from '../../regulation/lifecycle.ts';
import type { Violation } from '../../regulation/violations.ts';
import type { RecordState } from '../../regulation/vocabulary.ts';
import { decisionsOf } from '../../store/applications/application-papers.ts';
import { advanceApplication } from '../../store/applications/applications.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { addEnds } from '../../store/records/record-ends.ts';
import { moveRecords } from '../../store/records/records.ts';
import type { Call } from '../call.ts';
import { type Performed, perform } from '../perform.ts';
import type { JsonObject, Subject } from '../statement.ts';
import { recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { type CasePerson, caseSubject, loadCase, type OpenCase, stepViolations } from './application-case.ts';
import { CASES } from './cases.ts';
import type { CaseInput } from './pass-on-application.ts';

/** The case that is over, and how many records it changed. */
export type CarriedOut = { readonly applicationId: string; readonly records: number };

/** What a kind does with the records of a case. Runs only when no rule is broken, inside the transaction of the step. */
export interface Effect {
  /** More rules than the case's own. */
  readonly violations: readonly Violation[];
  readonly facts: JsonObject;
  /** Changes the records; gives them back as the subjects of the step. */
  apply(at: Date): Promise<readonly Subject[]>;
}

/** Carries out a consented case by one of the effect steps. @throws {NotFound}, {Stale}, {Refused}, {Forbidden} */
export function carryOut(
  call: Call,
  step: 'change' | 'delete' | 'revoke',
  input: CaseInput,
  effectOf: (tx: Transaction, application: OpenCase) => Promise<Effect>,
): Promise<Performed<CarriedOut>> {
  const { institution, applicationId, expectedVersion } = input;
  return perform(call, step, institution, { applicationId, expectedVersion: expectedVersion ?? null }, async (tx) => {
    const { world } = call;
    const application = await loadCase(tx, world, institution, applicationId, expectedVersion);
    const target = await targetIn(tx, institution, application.category);
    requireMayAct(call, step, target);
    const { kind, people } = application;
    const stage = stepViolations(call, step, application);
    const judged = stage.length > 0 ? [] : (await CASES[kind].judge(tx, world, application)).violations;
    const records = people.flatMap(({ row }, at) =>
      transitionViolations(step, row.state as RecordState).map((one) => ({
        ...one,
        path: `records[${at}].${one.path}`,
      })),
    );
    const effect = stage.length > 0 ? NO_EFFECT : await effectOf(tx, application);
    const violations = [...stage, ...judged, ...records, ...effect.violations];
    const at = world.now();
    const subjects = violations.length === 0 ? await effect.apply(at) : [];
    return {
      target,
      violations,
      subjects: [
        caseSubject(world, application, { state: 'carried-out', version: application.version + 1 }),
        ...subjects,
      ],
      facts: {
        ...{ applicationId, kind, caseNumber: application.caseNumber, documentNumber: application.documentNumber },
        ...{ decisionNumber: application.decisionNumber, people: people.length, ...effect.facts },
      },
      files: [application.pdfDigest, application.decisionFileDigest].flatMap((digest) => digest ?? []),
      save: async () => {
        await advanceApplication(tx, application, { state: 'carried-out', carriedOutAt: at });
        return { applicationId, records: subjects.length };
      },
    };
  });
}

const NO_EFFECT: Effect = { violations: [], facts: {}, apply: async () => [] };

/** Ends the records of a case: state, tombstone with ground and document; the records stay readable, as every version of them. */
export async function endRecords(
  tx: Transaction,
  application: OpenCase,
  end: {
    readonly state: 'deleted' | 'revoked';
    /** The day from which it holds. */
    readonly on: string;
    readonly ground: (person: CasePerson) => string;
    readonly at: Date;
  },
): Promise<Subject[]> {
  const { institution, id: applicationId, people } = application;
  const { state, on, at } = end;
  const ids = people.map(({ row }) => row.id);
  await moveRecords(tx, institution, ids, { state, updatedAt: at });
  const decision = (await decisionsOf(tx, institution, applicationId)).at(-1);
  const paper = { documentNumber: decision?.number ?? '', fileDigest: decision?.fileDigest ?? '' };
  await addEnds(
    tx,
    people.map((person) => ({
      ...{ institution, recordId: person.row.id, state, on, ground: end.ground(person), ...paper, applicationId, at },
    })),
  );
  return people.map(({ row }) => recordSubject(row));
}
