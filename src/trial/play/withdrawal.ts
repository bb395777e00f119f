// A record is taken back before its review has ended, corrected, and reported again (R14.1).
import type { PlayedGroup } from './collect-group.ts';
import type { Kind } from './ledger.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { comeAgain, correctTitles, withTitles } from './resubmit.ts';
import { officersOf, type Story } from './story.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });
const NOT_YOURS = kind(
  'withdraw-by-other',
  'withdrawal-not-by-office',
  '采集部门撤回已报送省级的信息',
  'the category office withdrawing what is with the province',
);
const SILENT = kind('withdraw-no-reason', 'withdrawal-reason-missing', '撤回不写原因', 'a withdrawal without a reason');
const REVIEWED = kind('withdraw-reviewed', 'stage-skipped', '撤回已审核的信息', 'withdrawing a reviewed record');

const REASON = '论文题目与存档本不一致，核对后重新上报。';
const WITHDRAWN_AT = 8;

/** One record is taken back from the province before its review, corrected, and reported again. */
export async function withdrawOne(story: Story, resolution: string, played: PlayedGroup): Promise<void> {
  const found = await withTitles(story, DEGREE_OFFICE, played, WITHDRAWN_AT, 1);
  const [record] = found;
  if (!record) return;
  const { collector } = officersOf(played.delivery.group.category);
  const withdraw = (officer: string, reason: string) => () =>
    story.act(officer, 'withdrawRecords', { withdrawals: [{ record: record.id, reason }] }, 'withdrawn');
  await story.refused(NOT_YOURS, withdraw(collector, REASON));
  await story.refused(SILENT, withdraw(DEGREE_OFFICE, ' '));
  const input = { withdrawals: [{ record: record.id, reason: REASON }] };
  await story.must(DEGREE_OFFICE, 'withdrawRecords', input, 'withdrawn');
  await correctTitles(story, played, found);
  await comeAgain(story, resolution, played);
  story.say(`  ${played.delivery.place}: 1 withdrawn before its review, corrected and reported again`);
}

/** After the review it is too late. */
export async function withdrawReviewed(story: Story, played: PlayedGroup): Promise<void> {
  const [record] = await withTitles(story, DEGREE_OFFICE, played, WITHDRAWN_AT, 1);
  if (!record) return;
  const input = { withdrawals: [{ record: record.id, reason: REASON }] };
  await story.refused(REVIEWED, () => story.act(DEGREE_OFFICE, 'withdrawRecords', input, 'withdrawn'));
}
