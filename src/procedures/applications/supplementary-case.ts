// Everything that a supplementary report is judged by: its own rules, the deadline that was missed, policy (R11.6).
import { supplementaryReportViolations } from '../../regulation/applications/supplementary-report.ts';
import { giversOf } from '../cross-check/givers.ts';
import { NotFound } from '../errors.ts';
import { leastReason, reportingDeadline, todayOf } from '../situation.ts';
import { listedRecord } from './application-case.ts';
import type { Judge } from './cases.ts';

/** What is wrong with a supplementary report today. */
export const judgeSupplementaryReport: Judge = async (tx, world, content) => {
  const { institution, resolution, category, reason, measures, evidence, people } = content;
  if (!resolution) throw new NotFound('resolution', content.resolutionId ?? '');
  const today = todayOf(world);
  const deadline = await reportingDeadline(tx, institution, resolution.effectiveOn);
  const reasonLength = await leastReason(tx, world, content);
  const records = people.map(listedRecord);
  const givers = await giversOf(tx, institution, records);
  const violations = supplementaryReportViolations({
    ...{
      category,
      resolution,
      reason,
      measures,
      records,
      evidence,
      deadline,
      today,
      reasonLength,
      givers,
    },
  });
  return { violations, dueOn: deadline.rolled };
};
