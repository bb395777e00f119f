// From the degree office to the province and back: reporting upward, returns with reasons, corrections, review, filing.
import type { Delivery } from '../year/deliveries.ts';
import type { PlayedGroup } from './collect-group.ts';
import type { Kind } from './ledger.ts';
import { type FoundRecord, recordOf } from './records.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { officersOf, type Story, StoryBroken } from './story.ts';

/** Who reviews and files. */
export const PROVINCE = 'sheng.shen';

const IMMUTABLE: Kind = {
  ...{ id: 'change-reported', zh: '上报后直接更改', en: 'changing a reported record' },
  code: 'immutable-after-report',
};
const NO_REASON: Kind = {
  ...{ id: 'return-without-reason', zh: '退回不写原因', en: 'returning without a reason' },
  code: 'review-reason-missing',
};

/** Reports a resolution to the province, has some records returned and corrected when asked to, and files everything. Returns the filed count. */
export async function fileResolution(
  story: Story,
  resolution: string,
  groups: readonly PlayedGroup[],
  returned: number,
): Promise<number> {
  const up = await story.must(DEGREE_OFFICE, 'reportUpward', { resolution }, 'reported missing');
  story.say(`  ${up.reported} reported to the province`);
  const seen = new Set<string>();
  for (const played of groups) {
    const { place } = played.delivery;
    if (returned > 0 && !seen.has(place)) await returnAndCorrect(story, resolution, played, returned);
    seen.add(place);
    await reviewAndFile(story, played.batch);
  }
  return Number(up.reported);
}

/** Approves and files what waits in a batch. */
export async function reviewAndFile(story: Story, batch: string): Promise<number> {
  await story.must(PROVINCE, 'reviewBatch', { batch }, 'reviewed');
  const done = await story.must(PROVINCE, 'fileBatch', { batch }, 'filed batch { state }');
  return Number(done.filed);
}

/** Records with a thesis whose title can be corrected. */
function withTitles({ onRoster }: Delivery, count: number): string[] {
  return onRoster
    .filter(({ record }) => record.thesisTitle !== null)
    .slice(3, 3 + count)
    .map(({ record }) => record.certificateNumber);
}

/** The province returns some records; the office corrects them, another officer checks them, and they come again. */
async function returnAndCorrect(
  story: Story,
  resolution: string,
  { batch, delivery }: PlayedGroup,
  count: number,
): Promise<void> {
  const { collector, checker } = officersOf(delivery.group.category);
  const found: FoundRecord[] = [];
  for (const number of withTitles(delivery, count)) {
    const record = await recordOf(story, PROVINCE, number);
    if (!record) throw new StoryBroken(`the province cannot see ${number}`);
    found.push(record);
  }
  const [first] = found;
  if (!first) return;
  const change = { record: first.id, expectedVersion: first.version, changes: { remark: '补充说明' } };
  await story.refused(IMMUTABLE, () => story.act(collector, 'correctRecord', change));
  const empty = { returns: [{ record: first.id, reasons: [] }] };
  await story.refused(NO_REASON, () => story.act(PROVINCE, 'returnRecords', empty));
  const reasons = [{ field: 'thesisTitle', reason: '论文题目与存档论文封面不一致，请核实。' }];
  await story.must(
    PROVINCE,
    'returnRecords',
    { returns: found.map(({ id }) => ({ record: id, reasons })) },
    'returned',
  );
  // What was not returned goes its way.
  await story.must(PROVINCE, 'reviewBatch', { batch }, 'reviewed');
  for (const { id, certificateNumber } of found) {
    const record = await recordOf(story, collector, certificateNumber);
    const changes = { thesisTitle: `${certificateNumber.slice(-4)}号论文：运河城市发展研究（修订）` };
    await story.must(
      collector,
      'correctRecord',
      { record: id, expectedVersion: record?.version ?? 0, changes },
      'version',
    );
  }
  const records = found.map(({ id }) => id);
  await story.must(checker, 'crossCheckRecords', { batch, records, errorPolicy: 'ALL_OR_NOTHING' }, 'checked');
  await story.must(collector, 'reportBatch', { batch, errorPolicy: 'ALL_OR_NOTHING' }, 'reported');
  await story.must(DEGREE_OFFICE, 'reportUpward', { resolution }, 'reported');
  story.say(`  ${delivery.place}: ${found.length} returned with reasons, corrected and reported again`);
}
