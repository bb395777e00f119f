// The form check of the national centre after filing (R14.1): the province enters the feedback, what failed is corrected and filed again.
import { civilDateInShanghai } from '../../regulation/deadlines/deadlines.ts';
import { makeScan } from '../year/scans.ts';
import type { PlayedGroup } from './collect-group.ts';
import type { Kind } from './ledger.ts';
import type { FoundRecord } from './records.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { comeAgain, correctTitles, withTitles } from './resubmit.ts';
import { INSTITUTION, type Story } from './story.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });
const OFFICE = kind(
  'form-check-office',
  'not-your-office',
  '学校自行登记核查反馈',
  'the university entering its own form check',
);
const UNFILED = kind(
  'form-check-unfiled',
  'stage-skipped',
  '对未备案的信息登记核查反馈',
  'feedback on a record that is not filed',
);
const UNKNOWN = kind('form-check-unknown', 'form-check-record-unknown', '核查反馈中的编号不存在', 'feedback on nobody');
const SILENT = kind(
  'form-check-silent',
  'review-reason-missing',
  '核查不通过不写问题',
  'a failed form check without a reason',
);

const FAILED_FROM = 6;
const FAILED = 2;

const FEEDBACK = [{ field: '论文题目', reason: '论文题目含有不应出现的字符，请核实。' }];

interface Result {
  readonly certificateNumber: string;
  readonly passed: boolean;
  readonly reasons: readonly { readonly field: string; readonly reason: string }[];
}

const failed = ({ certificateNumber }: FoundRecord): Result => ({
  certificateNumber,
  passed: false,
  reasons: FEEDBACK,
});

async function feedback(story: Story, province: string, results: readonly Result[]): Promise<object> {
  const { me } = await story.query(province, '{ me { now } }');
  const day = civilDateInShanghai((me as { now: string }).now);
  const number = `学位信息核查〔${day.slice(0, 4)}〕8号`;
  const scan = await makeScan(`form-check-${day}`, number, ['对已备案学位授予信息形式核查情况的反馈。']);
  const fileDigest = await story.upload(province, 'FORM_CHECK', scan);
  return { institution: INSTITUTION, number, feedbackOn: day, fileDigest, results };
}

/** Feedback on what the province has not filed yet. */
export async function checkUnfiled(story: Story, province: string, played: PlayedGroup): Promise<void> {
  if (!story.mistakes) return;
  const [record] = await withTitles(story, province, played, FAILED_FROM, 1);
  if (!record) return;
  const input = await feedback(story, province, [failed(record)]);
  await story.refused(UNFILED, () => story.act(province, 'recordFormCheck', input, 'failed'));
}

/** Two of a filed batch fail, the rest has passed; they are corrected and wait for the province again. Returns how many. */
export async function checkForm(
  story: Story,
  province: string,
  resolution: string,
  played: PlayedGroup,
): Promise<number> {
  const found = await withTitles(story, province, played, FAILED_FROM, FAILED);
  const [first] = found;
  if (!first) return 0;
  const input = { ...(await feedback(story, province, found.map(failed))), batch: played.batch };
  const attempt = (officer: string, changes: object) => () =>
    story.act(officer, 'recordFormCheck', { ...input, ...changes }, 'failed');
  await story.refused(OFFICE, attempt(DEGREE_OFFICE, {}));
  await story.refused(
    UNKNOWN,
    attempt(province, { results: [{ ...failed(first), certificateNumber: '1044742000999999' }] }),
  );
  await story.refused(SILENT, attempt(province, { results: [{ ...failed(first), reasons: [] }] }));
  const done = await story.must(province, 'recordFormCheck', input, 'passed failed');
  await correctTitles(story, played, found);
  await comeAgain(story, resolution, played);
  story.say(`  form check: ${done.passed} passed, ${done.failed} failed, corrected and reported again`);
  return found.length;
}
