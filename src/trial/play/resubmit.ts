// What came back comes again: corrected by the collector, looked at by another officer, reported to the degree office and to the province.
import type { PlayedGroup } from './collect-group.ts';
import { crossCheckAll } from './in-person.ts';
import { type FoundRecord, recordOf } from './records.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { officersOf, type Story, StoryBroken } from './story.ts';

/** Records of a group with a thesis whose title can be corrected: `count` of them behind the first `from`. */
export async function withTitles(
  story: Story,
  officer: string,
  { delivery }: PlayedGroup,
  from: number,
  count: number,
): Promise<FoundRecord[]> {
  const people = delivery.onRoster
    .filter((one) => one.record.thesisTitle !== null && !delivery.forgotten.includes(one))
    .slice(from, from + count);
  const found: FoundRecord[] = [];
  for (const { record } of people) {
    const seen = await recordOf(story, officer, record.certificateNumber);
    if (!seen) throw new StoryBroken(`${officer} cannot see ${record.certificateNumber}`);
    found.push(seen);
  }
  return found;
}

/** Gives each record another thesis title, as the papers have it. */
export async function correctTitles(
  story: Story,
  { delivery }: PlayedGroup,
  records: readonly FoundRecord[],
): Promise<void> {
  const { collector } = officersOf(delivery.group.category);
  for (const { id, certificateNumber } of records) {
    const record = await recordOf(story, collector, certificateNumber);
    const changes = { thesisTitle: `${certificateNumber.slice(-4)}号论文：运河城市发展研究（修订）` };
    const input = { record: id, expectedVersion: record?.version ?? 0, changes };
    await story.must(collector, 'correctRecord', input, 'version');
  }
}

/** Every stage again up to the province, for what was corrected in a batch. */
export async function comeAgain(story: Story, resolution: string, { batch, delivery }: PlayedGroup): Promise<void> {
  const { category } = delivery.group;
  await crossCheckAll(story, category, batch);
  const { collector } = officersOf(category);
  await story.must(collector, 'reportBatch', { batch, errorPolicy: 'ALL_OR_NOTHING' }, 'reported');
  await story.must(DEGREE_OFFICE, 'reportUpward', { resolution }, 'reported');
}
