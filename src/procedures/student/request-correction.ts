// 本人请求更正 (R15.1): a graduate finds a mistake in a record that was reported or filed, and gets a case number to ask after.
import { correctionRequestViolations } from '../../regulation/student-word.ts';
import type { RecordState } from '../../regulation/vocabulary.ts';
import { nextNumber } from '../../store/applications/applications.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { addCorrectionRequest, correctionRequestsOf } from '../../store/student/correction-requests.ts';
import type { StudentCall } from '../call.ts';
import { NotFound } from '../errors.ts';
import { type Performed, performAsStudent } from '../perform.ts';
import { todayOf } from '../situation.ts';
import {
  type SpokenWord,
  sealWord,
  spokenFields,
  takenWord,
  wordDigest,
  wordSubject,
  wordViolations,
} from './student-content.ts';
import { officeOfThing, ownThing, type ThingKey } from './student-thing.ts';

/** Which of the own records, in the version that was shown, and what is to be corrected. */
export type RequestCorrectionInput = ThingKey & SpokenWord & { readonly expectedVersion: number };

/** The request and the number under which people speak of it, e.g. GZ-2026-0001. */
export type RequestedCorrection = { readonly requestId: string; readonly caseNumber: string };

/**
 * Requests a correction of the own record (step `request-correction`); the record stays as it is until an officer acts.
 * @throws {NotFound} not the own record. {Stale} it has changed since it was shown. {Refused} not reported yet, ended, or another is open
 */
export function requestCorrection(
  call: StudentCall,
  input: RequestCorrectionInput,
): Promise<Performed<RequestedCorrection>> {
  const { world, student } = call;
  const { kind, id, expectedVersion } = input;
  const word = takenWord(input);
  return performAsStudent(
    call,
    'request-correction',
    { kind, id, expectedVersion, word: wordDigest(world, word) },
    async (tx) => {
      // An enrolment record is never filed: who finds a mistake in it disputes it.
      if (kind !== 'record') throw new NotFound('record', id);
      const thing = await ownThing(tx, world, student, { kind, id }, expectedVersion);
      const { institution, version, category, subject } = thing;
      const open = (await correctionRequestsOf(tx, institution, id)).some((request) => request.state === 'open');
      const fields = spokenFields(word.fields, thing.fields);
      const { evidence } = word;
      const requestId = uuidv7();
      const year = todayOf(world).slice(0, 4);
      const number = await nextNumber(tx, institution, `case/GZ/${year}`);
      const caseNumber = `GZ-${year}-${String(number).padStart(4, '0')}`;
      return {
        office: await officeOfThing(tx, world, thing),
        violations: [
          ...correctionRequestViolations(thing.state as RecordState, open),
          ...(await wordViolations(tx, call, word, thing.fields)),
        ],
        subjects: [subject, wordSubject(world, 'correction-request', { id: requestId, fields, evidence }, null)],
        facts: { recordId: id, requestId, caseNumber, version, category, fields: fields.map(({ field }) => field) },
        files: evidence,
        save: async ({ at }) => {
          const content = sealWord(world, institution, requestId, fields);
          const request = {
            institution,
            id: requestId,
            caseNumber,
            recordId: id,
            category,
            version,
            content,
            evidence,
          };
          await addCorrectionRequest(tx, { ...request, raisedAt: at });
          return { requestId, caseNumber };
        },
      };
    },
  );
}
