// Collecting one record by hand: the same rules as an import of one row (R10.2).
import type { FieldName } from '../../regulation/standard/fields.ts';
import { FIELDS, isFieldName } from '../../regulation/standard/fields.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import { findEnrolments } from '../../store/collection/enrolment-records.ts';
import type { Call } from '../call.ts';
import { type Performed, perform } from '../perform.ts';
import { recordSubject } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { candidateOf, collectingFor } from './collecting.ts';
import { type GivenFields, readGivenFields } from './given-fields.ts';
import { draftMaker, insertNewRecords } from './new-records.ts';
import { openBatch } from './open-batch.ts';
import { judgeByRegister, seenNothing } from './register-rules.ts';

/** One record under a resolution; codes as codes, days `YYYY-MM-DD`, months `YYYY-MM`. */
export type CollectRecordInput = {
  institution: string;
  resolutionId: string;
  category: Category;
  fields: GivenFields;
};

/** The new record and the batch it entered. */
export type CollectRecordResult = { recordId: string; batchId: string };

/**
 * Collects one record (step `collect`). What the enrolment record will fill in may be empty where there is one.
 * @throws {Refused} everything wrong with it at once. {NotFound} no such resolution
 */
export function collectRecord(call: Call, input: CollectRecordInput): Promise<Performed<CollectRecordResult>> {
  const { institution, resolutionId, category } = input;
  const { world, actor } = call;
  return perform(call, 'collect', institution, input, async (tx) => {
    const target = await targetIn(tx, institution, category);
    requireMayAct(call, 'collect', target);
    const given = readGivenFields(input.fields);
    const { studentNumber = null, identityNumber = '' } = given.fields;
    const [enrolment] = await findEnrolments(tx, institution, [{ studentNumber, identityNumber }], world);
    const carried = enrolment ? givenNames(given.fields) : suppliedByEnrolment();
    const collecting = await collectingFor(tx, world, input, carried);
    const candidate = candidateOf(collecting, 1, given);
    await judgeByRegister(tx, world, collecting, seenNothing(), [candidate]);
    const at = world.now();
    const batchId = await openBatch(tx, actor, input, at);
    const origin = { institution, resolutionId, batchId, importId: null, collectedById: actor.officerId, at };
    const draft = (await draftMaker(tx, world, origin))(candidate);
    return {
      target,
      violations: candidate.violations,
      subjects: [recordSubject(draft)],
      fresh: true,
      facts: { batchId, category, resolutionNumber: collecting.resolution.number },
      async save() {
        const rosterSequence = candidate.entry?.sequence ?? 0;
        await insertNewRecords(tx, institution, [{ draft, rosterSequence }], at);
        return { recordId: draft.id, batchId };
      },
    };
  });
}

function givenNames(given: object): ReadonlySet<FieldName> {
  return new Set(Object.keys(given).filter(isFieldName));
}

/** Without an enrolment record nothing will be filled in, so nothing may be missing. */
function suppliedByEnrolment(): ReadonlySet<FieldName> {
  return new Set(Object.keys(FIELDS).filter(isFieldName));
}
