// From a correction request to a change request (R15.1): fields and evidence are taken over, so that nobody types a student's words again.
import { FIELDS } from '../../regulation/standard/fields.ts';
import { CORRECTION_REQUEST_STATES } from '../../regulation/student-word.ts';
import { violation } from '../../regulation/violations.ts';
import { isKeyOf } from '../../regulation/vocabulary.ts';
import { advanceCorrectionRequest, findCorrectionRequest } from '../../store/student/correction-requests.ts';
import type { Call } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import type { Performed } from '../perform.ts';
import { openWord } from '../student/student-content.ts';
import { requireMayAct, requireWithin, targetIn } from '../target.ts';
import { askChange } from './change-case.ts';
import { type Drafted, type DraftInput, draftCase } from './draft-case.ts';

/** What the officer adds: the reason and the finding of the office, and evidence of its own. */
export interface RequestedChangeInput extends Pick<DraftInput, 'contactName' | 'contactPhone' | 'evidence'> {
  readonly institution: string;
  readonly requestId: string;
  readonly reason: string;
  readonly finding: string;
}

/**
 * Drafts a change request from a correction request (step `draft-application`); every field rests on all of the student's evidence and
 * on what the office adds. The request is tied to the case in the same transaction, and answered when the officer says so.
 * @throws {NotFound}, {Refused} answered or drafted before, or everything that keeps the case from being sent. {Forbidden}
 */
export async function draftRequestedChange(call: Call, input: RequestedChangeInput): Promise<Performed<Drafted>> {
  const { world } = call;
  const { institution, requestId, reason, finding, contactName, contactPhone } = input;
  const db = world.db.prisma;
  await requireWithin(db, call, 'draft-application', institution);
  const request = await findCorrectionRequest(db, institution, requestId);
  if (!request) throw new NotFound('correction-request', requestId);
  const target = await targetIn(db, institution, request.category);
  requireMayAct(call, 'draft-application', target);
  const fields = openWord(world, request);
  const title = (at: number) =>
    `本人提交的证明材料${request.evidence.length > 1 ? ` ${at + 1}` : ''}（${request.caseNumber}）`;
  const evidence = [...request.evidence.map((fileDigest, at) => ({ title: title(at), fileDigest })), ...input.evidence];
  const numbers = evidence.map((_, at) => at + 1);
  const changes = fields
    .filter(({ field }) => FIELDS[field].kind !== 'digest')
    .map(({ field, proposed }) => ({ field, after: proposed, evidence: numbers }));
  const category = target.category as DraftInput['category'];
  return draftCase(
    call,
    { institution, category, contactName, contactPhone, evidence },
    {
      ...{ kind: 'change-request', resolutionId: null, revocationResolutionId: null, reason, measures: '' },
      content: { finding: finding.trim() },
      listed: { recordIds: [request.recordId] },
      ask: (_tx, open, applicationId) =>
        open.map((record, at) => askChange(world, record, changes, applicationId, `records[${at}]`)),
      // Asked again under the lock: two officers may draft from one request at once.
      alongside: async (tx, applicationId) => {
        const now = await findCorrectionRequest(tx, institution, requestId);
        if (now?.state !== 'open' || now.applicationId !== null) {
          const open = now?.state === 'open';
          const state = open ? 'change-request' : (now?.state ?? '');
          const found = isKeyOf(CORRECTION_REQUEST_STATES, state) ? CORRECTION_REQUEST_STATES[state].zh : state;
          const code = open ? 'correction-request-drafted' : 'correction-request-answered';
          throw new Refused([violation(code, 'request', { found, expected: CORRECTION_REQUEST_STATES.open.zh })]);
        }
        await advanceCorrectionRequest(tx, institution, requestId, { applicationId });
      },
    },
  );
}
