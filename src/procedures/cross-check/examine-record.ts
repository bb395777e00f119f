// 人工校核 (R11.2): a checker has looked at a sampled record beside its papers and says that it agrees, or which fields are wrong.

import { crossCheckViolations } from '../../regulation/cross-check/cross-check.ts';
import {
  findingViolations,
  lastWord,
  overrulingViolations,
  type WrongField,
} from '../../regulation/cross-check/sample.ts';
import { transitionViolations } from '../../regulation/lifecycle.ts';
import { SECOND_ENTRY_POLICIES } from '../../regulation/policy.ts';
import { writtenTextViolations } from '../../regulation/texts/written-texts.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import type { RecordState } from '../../regulation/vocabulary.ts';
import { addExaminations, drawnRecords, drawsOf, examinationsOf } from '../../store/cross-check/cross-check-draws.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { lockLogHead } from '../../store/seals/log.ts';
import type { Actor, Call } from '../call.ts';
import { Refused } from '../errors.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { findRecord } from '../records/record-work.ts';
import { policyFor, todayOf } from '../situation.ts';
import { requireWithin } from '../target.ts';
import { giversOf } from './givers.ts';

/** The version that the checker has seen, and the finding. */
export interface ExamineRecordInput {
  readonly institution: string;
  readonly recordId: string;
  readonly expectedVersion: number;
  readonly agrees: boolean;
  readonly wrong: readonly WrongField[];
  /** Why an earlier finding on the same version is overruled. */
  readonly note?: string | null | undefined;
}

/** The record and what was found. */
export type RecordExamined = { readonly recordId: string; readonly batchId: string; readonly agrees: boolean };

/**
 * Keeps what a checker found of a sampled record; the sealed cross-check commits to it. Found wrong, the record cannot pass until it is
 * corrected and examined again, or another checker overrules the finding with a reason; it counts as an error all the same.
 * @throws {NotFound}, {Stale}, {Refused} not sampled, own record, unclear, overruled by its finder or without a reason, or not entered
 * blind where that is asked. {Forbidden}
 */
export async function examineRecord(call: Call, input: ExamineRecordInput): Promise<Prepared<RecordExamined>> {
  const { institution, recordId, expectedVersion, agrees } = input;
  const wrong = input.wrong.map(({ field, words }) => ({ field, words: words.trim() }));
  const note = input.note?.trim() ?? '';
  const { world, actor } = call;
  await requireWithin(world.db.prisma, call, 'cross-check', institution);
  const { category } = await findRecord(world.db.prisma, institution, recordId);
  const request = { recordId, expectedVersion, agrees, wrong, note };
  const preparation = {
    procedure: 'examine-record',
    step: 'cross-check' as const,
    institution,
    category,
    input: request,
  };
  return prepare(call, preparation, async (tx, at) => {
    await lockLogHead(tx, institution);
    const row = await findRecord(tx, institution, recordId, expectedVersion);
    const { batchId, version } = row;
    const past = (await examinationsOf(tx, institution, batchId, [recordId])).filter(
      (each) => each.version === version,
    );
    const foundWrongBy = past.filter((each) => !each.agrees).map(({ examinedById }) => examinedById);
    const overrules = agrees && lastWord(past)?.agrees === false;
    const { reasonLength } = await policyFor(tx, institution, todayOf(world));
    const violations: Violation[] = [
      ...(await examinable(tx, institution, row, actor)),
      ...findingViolations({ agrees, wrong }),
      ...(overrules
        ? overrulingViolations({ foundWrongBy, reasonLength }, actor, note)
        : writtenTextViolations('note', note)),
    ];
    const blind = (await drawsOf(tx, institution, batchId)).some((draw) => draw.secondEntry);
    if (blind && !past.some(({ entered }) => entered !== null))
      violations.push(violation('second-entry-missing', 'record', { expected: SECOND_ENTRY_POLICIES.blind.zh }));
    if (violations.length > 0) throw new Refused(violations);
    const own = { institution, id: uuidv7(), batchId, recordId, version, examinedById: actor.officerId, at };
    await addExaminations(tx, [{ ...own, agrees, wrong, note: note === '' ? null : note, entered: null }]);
    return { recordId, batchId, agrees };
  });
}

/** Why this officer cannot examine the record: not waiting for its cross-check, not drawn, or collected by themselves. */
async function examinable(
  tx: Transaction,
  institution: string,
  row: { id: string; batchId: string; state: string; collectedById: string },
  officer: Pick<Actor, 'officerId' | 'name'>,
): Promise<Violation[]> {
  const drawn = await drawnRecords(tx, institution, row.batchId, [row.id]);
  return [
    ...transitionViolations('cross-check', row.state as RecordState),
    ...(drawn.some(({ sampled }) => sampled)
      ? []
      : [violation('examination-not-sampled', 'record', { found: '未抽中', expected: '抽中' })]),
    ...crossCheckViolations((await giversOf(tx, institution, [row], officer.officerId))(row), officer),
  ];
}
