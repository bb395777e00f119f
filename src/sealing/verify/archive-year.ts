// Whether the archive of a year holds every record of the year: by what the steps of its batches were about, and by what was reported as missing.
import type { ArchiveIndex } from './archive-format.ts';
import type { RosterCounts } from './archive-rosters.ts';
import type { StepsSaid } from './archive-steps.ts';
import { finding } from './findings.ts';
import type { Check } from './verdict.ts';

/**
 * Of a year, two things beyond what its index says of itself. A step of a batch in the archive's categories hides no more records than the
 * roster of its resolution has people of other years: the records of a batch are people of one roster, each with the date that stands there
 * (R9.1). And the roster has no more people without a record than the last report to the province says, but for places that were added
 * since: a record is never deleted. Both are counts that were sealed before anybody thought of the archive.
 */
export function checkYear({ archive }: ArchiveIndex, steps: StepsSaid, rosters: RosterCounts): Check[] {
  if (archive.scope !== 'year') return [];
  const whole = finding('year-whole', {
    passed: (many) => [
      `按 ${many} 处批次步骤和上报时的数目核对，所含类别该年度的信息没有缺漏。`,
      `By ${many} counts of batch steps and reports no record of the year and its categories is missing.`,
    ],
    failed: [
      '有批次步骤所针对的该年度信息不在档案中，或名单上没有信息的人多于上报时的数目。',
      'A step of a batch is about records of the year that are not here, or more people have none than was reported.',
    ],
  });
  for (const { path, category, resolution, hidden } of steps.ofBatches) {
    if (!archive.categories.includes(category)) continue;
    const elsewhere = rosters.get(resolution)?.get(category)?.elsewhere ?? 0;
    whole.look(hidden <= elsewhere, `${path} +${hidden}`);
  }
  for (const [resolution, missing] of steps.missing) {
    for (const [category, { elsewhere, added, without }] of rosters.get(resolution) ?? []) {
      const most = (missing.get(category) ?? 0) + elsewhere + added;
      whole.look(without <= most, `${resolution} ${category} ${without} > ${most}`);
    }
  }
  return [whole.toCheck()];
}
