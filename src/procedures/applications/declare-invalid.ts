// 宣布学位证书无效 (学位法 art. 38; art. 16): an act of the education authority, not a revocation by the institution, and an end state of its own.
import { isCivilDate } from '../../regulation/deadlines/deadlines.ts';
import { transitionViolations } from '../../regulation/lifecycle.ts';
import { writtenTextViolations } from '../../regulation/texts/written-texts.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import type { RecordState } from '../../regulation/vocabulary.ts';
import { canonicalize } from '../../sealing/verify/canonical.ts';
import { addEnds } from '../../store/records/record-ends.ts';
import { moveRecords } from '../../store/records/records.ts';
import type { Call } from '../call.ts';
import { endFact } from '../ends.ts';
import { missingFile } from '../files/uploaded-as.ts';
import { type Performed, perform } from '../perform.ts';
import { findRecord } from '../records/record-work.ts';
import { todayOf } from '../situation.ts';
import { recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';

/** Whose certificate, why, since when, and by which document of the authority (uploaded as a PDF of kind `declaration`). */
export type DeclareInvalidInput = {
  institution: string;
  recordId: string;
  expectedVersion?: number | undefined;
  reason: string;
  documentNumber: string;
  on: string;
  fileDigest: string;
};

/**
 * Records that the education authority declared a certificate invalid (step `declare-invalid`, by the provincial office).
 * @throws {NotFound}, {Stale}, {Refused} not filed, or without number, day, reason or document. {Forbidden}
 */
export function declareInvalid(call: Call, input: DeclareInvalidInput): Promise<Performed<{ recordId: string }>> {
  const { institution, recordId, expectedVersion, on, fileDigest } = input;
  const reason = input.reason.trim();
  const documentNumber = input.documentNumber.trim();
  const request = { recordId, expectedVersion: expectedVersion ?? null, reason, documentNumber, on, fileDigest };
  return perform(call, 'declare-invalid', institution, request, async (tx) => {
    const row = await findRecord(tx, institution, recordId, expectedVersion);
    const target = await targetIn(tx, institution, row.category);
    requireMayAct(call, 'declare-invalid', target);
    const needed = { institution, path: 'fileDigest', digest: fileDigest, kind: 'declaration', article: '16' } as const;
    const violations: Violation[] = [
      ...transitionViolations('declare-invalid', row.state as RecordState),
      ...writtenTextViolations('reason', reason, 'reason', { missing: 'end-reason-missing' }),
      ...writtenTextViolations('documentNumber', documentNumber, 'documentNumber', { missing: 'end-reason-missing' }),
      ...dayViolations(on, row.conferralDate, todayOf(call.world)),
      ...(await missingFile(tx, call, needed)),
    ];
    return {
      target,
      violations,
      subjects: [recordSubject(row)],
      facts: {
        ...{ documentNumber, on, ends: endFact('declared-invalid', on) },
        // The reason may speak of the person: it enters the log under the installation's key.
        reason: call.world.blindIndex(canonicalize({ recordId, reason }), 'end-reason'),
      },
      files: [fileDigest],
      save: async ({ at }) => {
        await moveRecords(tx, institution, [recordId], { state: 'declared-invalid', updatedAt: at });
        const end = {
          institution,
          recordId,
          state: 'declared-invalid',
          on,
          ground: reason,
          documentNumber,
          fileDigest,
        };
        await addEnds(tx, [{ ...end, applicationId: null, at }]);
        return { recordId };
      },
    };
  });
}

function dayViolations(on: string, conferralDate: string, today: string): Violation[] {
  const label = { zh: '宣布无效日期', en: 'day of the declaration' };
  if (!isCivilDate(on)) return [violation('date-impossible', 'on', { label, found: on, expected: 'YYYY-MM-DD' })];
  const possible = on >= conferralDate && on <= today;
  return possible
    ? []
    : [violation('end-day-impossible', 'on', { found: on, expected: `${conferralDate} – ${today}` })];
}
