// 鉴定 (art. 12): the head decides how long the original records of a year are kept. Nothing is ever deleted by it; a term is only made longer.
import { appraisalViolations, RETENTIONS, type Retention, yearsAfter } from '../../regulation/archives.ts';
import { insertAppraisal, lastAppraisal, readYears } from '../../store/archive/appraisals.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import type { Call } from '../call.ts';
import { type Performed, perform } from '../perform.ts';
import { todayOf } from '../situation.ts';
import { digestOf } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';

/** Of which year, how long its records are kept, and why. */
export type AppraiseArchiveInput = {
  readonly institution: string;
  readonly year: number;
  readonly retention: Retention;
  readonly opinion: string;
};

/** The appraisal; `keepUntil` is null for good. */
export type AppraisedArchive = { appraisalId: string; year: number; retention: Retention; keepUntil: string | null };

/**
 * Appraises a year of conferral (step `appraise-archive`, by the head of the degree office).
 * @throws {Refused} no opinion, records still on their way, nothing filed, a term shorter than before. {Forbidden}
 */
export function appraiseArchive(call: Call, input: AppraiseArchiveInput): Promise<Performed<AppraisedArchive>> {
  const { institution, year, retention } = input;
  const opinion = input.opinion.trim();
  return perform(call, 'appraise-archive', institution, { ...input, opinion }, async (tx) => {
    const target = await targetIn(tx, institution);
    requireMayAct(call, 'appraise-archive', target);
    const [found] = await readYears(tx, institution, year);
    const standing = found ?? { records: 0, open: 0, filedUntil: null };
    const before = await lastAppraisal(tx, institution, year);
    const violations = appraisalViolations(
      { year, retention, opinion },
      standing,
      before && { retention: before.retention as Retention },
      todayOf(call.world),
    );
    const id = uuidv7();
    const { years } = RETENTIONS[retention];
    const filedUntil = standing.filedUntil ?? todayOf(call.world);
    const keepUntil = years === null ? null : yearsAfter(filedUntil, years);
    // The opinion may speak of people: the log holds what it is under the installation's key.
    const facts = {
      ...{ act: 'appraisal', year, retention, records: standing.records, filedUntil, keepUntil },
      opinion: call.world.blindIndex(opinion, 'archive-opinion'),
    };
    return {
      target,
      violations,
      subjects: [{ kind: 'archive', id, version: 1, digest: digestOf({ institution, ...facts }) }],
      fresh: true,
      facts,
      save: async ({ id: stepId, at }) => {
        await insertAppraisal(tx, {
          ...{ institution, id, year, retention, opinion, records: standing.records, filedUntil, keepUntil },
          ...{ officerId: call.actor.officerId, stepId, at },
        });
        return { appraisalId: id, year, retention, keepUntil };
      },
    };
  });
}
