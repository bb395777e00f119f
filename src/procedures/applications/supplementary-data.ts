// What a supplementary report prints beside what every application prints (R11.6).
import { daysLate } from '../../regulation/deadlines/deadlines.ts';
import { officerNames } from '../../store/offices/officers.ts';
import type { OpenRecord } from '../../store/records/records.ts';
import type { Resolution } from '../../store/resolutions/resolutions.ts';
import { giversOf } from '../cross-check/givers.ts';
import { NotFound } from '../errors.ts';
import { reportingDeadline } from '../situation.ts';
import type { Print } from './cases.ts';
import { listedPerson, type PrintReads, printedFile } from './printed-case.ts';

/** Resolution, missed deadline, reason, measures and people of a supplementary report. */
export const supplementaryReportData: Print<'supplementary-report'> = async (tx, _world, content, common) => {
  const { institution, resolution, reason, measures, people } = content;
  if (!resolution) throw new NotFound('resolution', content.resolutionId ?? '');
  const deadline = await reportingDeadline(tx, institution, resolution.effectiveOn);
  return {
    ...common,
    // The resolution goes with the report (art. 6), before what proves the reason.
    evidence: [
      await printedFile(tx, `学位评定委员会授予学位的决议（${resolution.number}）扫描件`, {
        ...{ institution: institution, digest: resolution.scanDigest, kinds: ['resolution-scan'] },
      }),
      ...common.evidence,
    ],
    resolution: referenceOf(resolution),
    deadline: deadline.rolled,
    daysLate: daysLate(common.date, deadline),
    reason,
    measures,
    ...(await responsible(tx, institution, people)),
    people: people.map(listedPerson),
  };
};

/** A resolution as documents name it; the wording says 会议 after the meeting. */
export function referenceOf({
  number,
  meeting,
  decidedOn,
  effectiveOn,
}: Pick<Resolution, 'number' | 'meeting' | 'decidedOn' | 'effectiveOn'>): {
  number: string;
  meeting: string;
  decidedOn: string;
  effectiveOn: string;
} {
  return { number, meeting: meeting.replace(/会议$/, ''), decidedOn, effectiveOn };
}

/** Who collected, corrected or completed the listed records, and who cross-checked them (R22.1), each named once. */
async function responsible(
  tx: PrintReads,
  institution: string,
  people: readonly OpenRecord[],
): Promise<{ collectorName: string; checkerName: string }> {
  const rows = people.map(({ row }) => row);
  const givers = await giversOf(tx, institution, rows);
  const collectors = rows.flatMap((row) => givers(row).map(({ officerId }) => officerId));
  const checkers = people.flatMap(({ row }) => row.crossCheckedById ?? []);
  const names = await officerNames(tx, [...collectors, ...checkers]);
  const said = (ids: readonly string[]) => [...new Set(ids.map((id) => names.get(id) ?? ''))].join('、');
  return { collectorName: said(collectors), checkerName: said(checkers) };
}
