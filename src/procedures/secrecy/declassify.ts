// 登记论文解密 (R20.1): who approved it, by which document, since when; before there is a record, or without one. What the thesis says is never asked.

import type { CivilDate } from '../../regulation/deadlines/deadlines.ts';
import {
  type DeclassificationForm,
  declassificationViolations,
  type ReclassificationGround,
  reclassificationViolations,
} from '../../regulation/declassification.ts';
import type { Violation } from '../../regulation/violations.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import {
  declassificationsOf,
  findDeclassification,
  insertDeclassification,
  insertReclassification,
  toDeclassification,
} from '../../store/secrecy/declassifications.ts';
import type { Call } from '../call.ts';
import { NotFound } from '../errors.ts';
import { missingFile } from '../files/uploaded-as.ts';
import { type Performed, perform } from '../perform.ts';
import { todayOf } from '../situation.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { declassifiedSubject, withdrawnSubject } from './declassification-subject.ts';

/** Whose thesis, in which form, by which approval; the scan was uploaded as `declassification`. */
export type DeclassifyInput = {
  readonly institution: string;
  readonly category: Category;
  /** Student number, or application number of an equivalent-education master. */
  readonly number: string;
  readonly form: DeclassificationForm;
  readonly authority: string;
  readonly responsiblePerson: string;
  readonly documentNumber: string;
  readonly decidedOn: CivilDate;
  /** The day of the approval when nothing is said. */
  readonly holdsFrom?: CivilDate | null | undefined;
  readonly scanDigest: string;
};

/**
 * Records a declassification (step `declassify`, by the office of the category). Records of this person enter by it from `holdsFrom` on.
 * @throws {Refused} one stands already, days that cannot be, something is missing, no scan: all at once. {Forbidden}
 */
export function declassify(call: Call, input: DeclassifyInput): Promise<Performed<{ declassificationId: string }>> {
  const { world, actor } = call;
  const { institution, category, form, decidedOn, scanDigest } = input;
  const said = {
    number: input.number.trim(),
    authority: input.authority.trim(),
    responsiblePerson: input.responsiblePerson.trim(),
    documentNumber: input.documentNumber.trim(),
  };
  const content = { category, form, ...said, decidedOn, holdsFrom: input.holdsFrom ?? decidedOn, scanDigest };
  return perform(call, 'declassify', institution, content, async (tx) => {
    const target = await targetIn(tx, institution, category);
    requireMayAct(call, 'declassify', target);
    const known = await declassificationsOf(tx, institution, category, [said.number]);
    const standing = known.find(({ withdrawal }) => withdrawal === null) ?? null;
    const id = uuidv7();
    return {
      target,
      violations: [
        ...declassificationViolations(content, todayOf(world), standing),
        ...(await scanViolations(tx, call, institution, scanDigest)),
      ],
      subjects: [declassifiedSubject(world, id, content)],
      fresh: true,
      facts: { declassificationId: id, category, form, decidedOn, holdsFrom: content.holdsFrom },
      files: [scanDigest],
      save: async ({ id: stepId, at }) => {
        await insertDeclassification(tx, { institution, id, ...content, recordedById: actor.officerId, stepId, at });
        return { declassificationId: id };
      },
    };
  });
}

/** Which declassification, why, by which document and from which day on; a scan may come along. */
export type WithdrawDeclassificationInput = {
  readonly institution: string;
  readonly declassificationId: string;
  readonly ground: ReclassificationGround;
  readonly documentNumber: string;
  readonly on: CivilDate;
  readonly scanDigest?: string | null | undefined;
};

/**
 * Withdraws a declassification (step `declassify`, version 2 of its subject): no record of the person enters or goes on by it any more.
 * Recorded in error it counts as never recorded; else the thesis is classified until another declassification is recorded.
 * @throws {NotFound}, {Refused} withdrawn already, a day that cannot be, without its document. {Forbidden}
 */
export function withdrawDeclassification(
  call: Call,
  input: WithdrawDeclassificationInput,
): Promise<Performed<{ declassificationId: string }>> {
  const { world, actor } = call;
  const { institution, declassificationId: id, ground, on } = input;
  const documentNumber = input.documentNumber.trim();
  const scanDigest = input.scanDigest ?? null;
  const content = { ground, documentNumber, on, scanDigest };
  return perform(call, 'declassify', institution, { declassificationId: id, ...content }, async (tx) => {
    // Duty first: who records none learns nothing of any (R4.2).
    requireMayAct(call, 'declassify', await targetIn(tx, institution));
    const row = await findDeclassification(tx, institution, id);
    if (!row) throw new NotFound('declassification', id);
    const target = await targetIn(tx, institution, row.category);
    requireMayAct(call, 'declassify', target);
    const act = { ...toDeclassification(row), decidedOn: row.decidedOn };
    return {
      target,
      violations: [
        ...reclassificationViolations(content, act, todayOf(world)),
        ...(await scanViolations(tx, call, institution, scanDigest)),
      ],
      subjects: [withdrawnSubject(world, id, content)],
      facts: { declassificationId: id, category: row.category, withdrawn: ground, on },
      files: scanDigest === null ? [] : [scanDigest],
      save: async ({ id: stepId, at }) => {
        const of = { institution, declassificationId: id, withdrawnById: actor.officerId, stepId, at };
        await insertReclassification(tx, { ...of, ...content });
        return { declassificationId: id };
      },
    };
  });
}

function scanViolations(tx: Transaction, call: Call, institution: string, digest: string | null): Promise<Violation[]> {
  return missingFile(tx, call, { institution, path: 'scanDigest', digest, kind: 'declassification', article: '20' });
}
