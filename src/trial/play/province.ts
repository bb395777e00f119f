// From the degree office to the province and back: reporting upward, returns with reasons, corrections, review, filing.
import type { PlayedGroup } from './collect-group.ts';
import { checkForm, checkUnfiled } from './form-check.ts';
import { lookAtGathering } from './gathering.ts';
import type { Kind } from './ledger.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { comeAgain, correctTitles, withTitles } from './resubmit.ts';
import { officersOf, type Story } from './story.ts';
import { withdrawOne, withdrawReviewed } from './withdrawal.ts';

/** Who reviews and files. */
export const PROVINCE = 'sheng.shen';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });
const IMMUTABLE = kind('change-reported', 'immutable-after-report', '上报后直接更改', 'changing a reported record');
const NO_REASON = kind('return-without-reason', 'review-reason-missing', '退回不写原因', 'returning without a reason');
const UNANSWERED = kind(
  'reason-unanswered',
  'review-reason-unanswered',
  '退回意见未处理',
  'a returned field neither corrected nor answered',
);
const CURT = kind(
  'answer-curt',
  'review-answer-too-short',
  '答复退回意见过简',
  'an answer to a return that says nothing',
);

/** How a resolution goes to the province: how many of each group are returned, and whether records are withdrawn and fail the form check. */
export interface Way {
  readonly returned: number;
  readonly eventful: boolean;
}

/** Reports a resolution to the province, has some records returned and corrected when asked to, and files everything. Returns the filed count. */
export async function fileResolution(
  story: Story,
  resolution: string,
  groups: readonly PlayedGroup[],
  { returned, eventful }: Way,
): Promise<number> {
  await lookAtGathering(story, resolution);
  const up = await story.must(DEGREE_OFFICE, 'reportUpward', { resolution }, 'reported missing');
  story.say(`  ${up.reported} reported to the province`);
  const [first] = groups;
  if (eventful && first) {
    await withdrawOne(story, resolution, first);
    await checkUnfiled(story, PROVINCE, first);
  }
  const seen = new Set<string>();
  for (const played of groups) {
    const { place } = played.delivery;
    if (returned > 0 && !seen.has(place)) await returnAndCorrect(story, resolution, played, returned);
    if (eventful && played === first) await withdrawReviewed(story, played);
    seen.add(place);
    await reviewAndFile(story, played.batch);
  }
  if (eventful && first && (await checkForm(story, PROVINCE, resolution, first)) > 0) {
    await reviewAndFile(story, first.batch);
  }
  return Number(up.reported);
}

/** Approves and files what waits in a batch. */
export async function reviewAndFile(story: Story, batch: string): Promise<number> {
  await story.must(PROVINCE, 'reviewBatch', { batch }, 'reviewed');
  const done = await story.must(PROVINCE, 'fileBatch', { batch }, 'filed batch { state }');
  return Number(done.filed);
}

const RETURNED_FROM = 3;
const TITLE = { field: 'thesisTitle', reason: '论文题目与存档论文封面不一致，请核实。' };
const DISCIPLINE = { field: 'disciplineName', reason: '专业名称请与专业目录核对。' };

/** The province returns some records; the office corrects or answers, another officer checks, and they come again. */
async function returnAndCorrect(story: Story, resolution: string, played: PlayedGroup, count: number): Promise<void> {
  const { batch, delivery } = played;
  const { collector } = officersOf(delivery.group.category);
  const found = await withTitles(story, PROVINCE, played, RETURNED_FROM, count);
  const [first] = found;
  if (!first) return;
  const correction = (changes: object) => ({ record: first.id, expectedVersion: first.version, changes });
  const late = correction({ remark: '补充说明' });
  await story.refused(IMMUTABLE, () => story.act(collector, 'correctRecord', late));
  const empty = { returns: [{ record: first.id, reasons: [] }] };
  await story.refused(NO_REASON, () => story.act(PROVINCE, 'returnRecords', empty));
  const returns = found.map(({ id }) => ({ record: id, reasons: id === first.id ? [TITLE, DISCIPLINE] : [TITLE] }));
  await story.must(PROVINCE, 'returnRecords', { returns }, 'returned');
  // What was not returned goes its way.
  await story.must(PROVINCE, 'reviewBatch', { batch }, 'reviewed');
  const half = correction({ thesisTitle: '运河城市发展研究' });
  await story.refused(UNANSWERED, () => story.act(collector, 'correctRecord', half));
  const answered = { record: first.id, expectedVersion: first.version, field: DISCIPLINE.field };
  const curt = { ...answered, answer: '无误' };
  await story.refused(CURT, () => story.act(collector, 'answerReviewReason', curt, 'open'));
  const answer = '专业名称与普通高等学校专业目录及学籍信息一致，无误。';
  await story.must(collector, 'answerReviewReason', { ...answered, answer }, 'open');
  await correctTitles(story, played, found);
  await comeAgain(story, resolution, played);
  story.say(`  ${delivery.place}: ${found.length} returned with reasons, corrected or answered, and reported again`);
}
