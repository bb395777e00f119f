// The student's own word (R11.1): students look at their records, confirm them, and find what no comparison by machine can find.
import type { Answer } from '../api.ts';
import type { Graduate } from '../year/graduates.ts';
import type { PlayedGroup } from './collect-group.ts';
import { examineSample } from './in-person.ts';
import type { Kind } from './ledger.ts';
import { recordOf } from './records.ts';
import { instead, officersOf, type Story, StoryBroken } from './story.ts';
import { enter, openLink, ownRecord, type Student, sendLinks } from './student-links.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });
const MISTYPED = kind(
  'supervisor-mistyped',
  'disputed',
  '导师姓名录错',
  "a supervisor's name mistyped, found by the student",
);
const USED = kind('link-twice', 'link-used', '链接重复使用', 'a link used twice');
const STRANGER = kind('confirm-stranger', 'NotFound', '确认他人信息', "confirming a stranger's record");
const DOUBTED = kind('confirm-disputed', 'dispute-open', '有疑义仍确认', 'confirming what one disputes');
const OPEN = kind('check-disputed', 'dispute-open', '疑义未处理即校核', 'a cross-check with an open dispute');
const EMPTY = kind(
  'dispute-accepted-only',
  'dispute-not-corrected',
  '未更正即采纳疑义',
  'a dispute accepted and nothing corrected',
);
const WORDLESS = kind(
  'dispute-wordless',
  'answer-words-missing',
  '不采纳疑义不说明',
  'a dispute declined without a word',
);
const STALE = kind('confirm-stale', 'Stale', '确认旧版本', 'confirming a version that has changed');
const AGAIN = kind('confirm-twice', 'already-confirmed', '重复确认', 'confirming twice');

/** Who opens the link of those who got one, and among them whose record is mistyped. */
const VISITORS = 24;
const MISTYPED_COUNT = 3;

/** A student who looks at the record, and the person that the student is. */
interface Visitor extends Student {
  readonly graduate: Graduate;
}

/** Links for everybody of a group; some dozens open theirs, confirm or dispute, and the office answers. */
export async function askStudents(story: Story, { batch, delivery }: PlayedGroup): Promise<void> {
  const { collector } = officersOf(delivery.group.category);
  const people = delivery.onRoster.filter((one) => !delivery.forgotten.includes(one)).slice(0, VISITORS);
  const mistyped = story.mistakes ? people.slice(0, Math.min(MISTYPED_COUNT, people.length - 2)) : [];
  for (const graduate of mistyped) await mistype(story, collector, graduate);
  const links = await sendLinks(story, collector, { batch });
  const visitors: Visitor[] = [];
  for (const graduate of people) {
    const number = graduate.record.studentNumber ?? '';
    const link = links.get(number);
    if (link === undefined) throw new StoryBroken('somebody got no link');
    visitors.push({ ...(await enter(story, number, link)), graduate });
  }
  await misuse(story, visitors);
  let confirmed = 0;
  let disputed = 0;
  for (const visitor of visitors) {
    const wrong = differences(visitor);
    if (wrong.length > 0) {
      disputed++;
      await dispute(story, { batch, delivery }, visitor, wrong);
    }
    confirmed += await confirm(story, visitor, visitor === visitors.at(-1) && story.mistakes);
  }
  for (const { record } of mistyped) {
    const found = visitors.some((one) => one.graduate.record === record && differences(one).length > 0);
    if (found) story.ledger.find(MISTYPED.id);
    else story.ledger.miss(MISTYPED.id, record.certificateNumber);
  }
  const last = visitors.at(-1);
  if (last && story.mistakes) await declineOne(story, { batch, delivery }, last);
  story.say(
    `  ${delivery.place}: ${links.size} links, ${visitors.length} opened, ${disputed} disputed, ${confirmed} confirmed`,
  );
}

/** An officer hits the wrong key: neither roster nor enrolment record holds the supervisor. */
async function mistype(story: Story, collector: string, { record }: Graduate): Promise<void> {
  const found = await recordOf(story, collector, record.certificateNumber);
  if (!found) throw new StoryBroken(`record ${record.certificateNumber} is not there`);
  const changes = { supervisorName: `${record.supervisorName ?? ''}宏` };
  const input = { record: found.id, expectedVersion: found.version, changes };
  await story.must(collector, 'correctRecord', input, 'version');
  story.ledger.plant(MISTYPED);
}

/** What a student finds wrong: what is shown is not what is known at home. */
function differences({ record, graduate }: Visitor): { field: string; proposed: string; reason: string }[] {
  return record.fields.flatMap(({ name, value, secret }) => {
    const right = (graduate.record as unknown as Readonly<Record<string, string | null>>)[name];
    if (secret || name === 'photoDigest' || right === undefined || right === null || right === value) return [];
    return [{ field: name, proposed: right, reason: '与实际不符，请更正。' }];
  });
}

async function misuse(story: Story, [first, second]: readonly Visitor[]): Promise<void> {
  if (!first || !second) return;
  await story.refused(USED, () => openLink(story, first.link));
  const stranger = { record: second.record.id, expectedVersion: second.record.version };
  await story.refused(STRANGER, () => story.api.act(first.token, 'confirmRecord', stranger, 'version'));
}

function confirmation({ token, record }: Student, story: Story, version = record.version): Promise<Answer> {
  return story.api.act(token, 'confirmRecord', { record: record.id, expectedVersion: version }, 'version');
}

/** Confirms the version that is there now; `twice` tries it once more. */
async function confirm(story: Story, visitor: Visitor, twice: boolean): Promise<number> {
  const { version } = await ownRecord(story, visitor.token);
  const answer = await confirmation(visitor, story, version);
  if (!answer.ok) story.ledger.wrong(`confirmation: ${instead(answer)}`);
  if (twice) await story.refused(AGAIN, () => confirmation(visitor, story, version));
  return answer.ok ? 1 : 0;
}

/** Disputes fields; the office corrects them and accepts. */
async function dispute(
  story: Story,
  { batch, delivery }: PlayedGroup,
  visitor: Visitor,
  fields: readonly { readonly field: string; readonly proposed: string; readonly reason: string }[],
): Promise<void> {
  const { category } = delivery.group;
  const { collector, checker } = officersOf(category);
  const { id, version } = visitor.record;
  const id2 = await raise(story, visitor, fields);
  await story.refused(DOUBTED, () => confirmation(visitor, story));
  const first = visitor.graduate === delivery.onRoster[0];
  if (first && story.mistakes) {
    await examineSample(story, category, batch);
    const check = { batch, records: [id], errorPolicy: 'ALL_OR_NOTHING' };
    await story.refused(OPEN, () => story.act(checker, 'crossCheckRecords', check, 'checked'));
    const empty = { dispute: id2, outcome: 'ACCEPTED', answer: '' };
    await story.refused(EMPTY, () => story.act(collector, 'answerDispute', empty, 'simulated'));
  }
  const changes = Object.fromEntries(fields.map(({ field, proposed }) => [field, proposed]));
  await story.must(collector, 'correctRecord', { record: id, expectedVersion: version, changes }, 'version');
  const accepted = { dispute: id2, outcome: 'ACCEPTED', answer: '已按您的意见更正，谢谢。' };
  await story.must(collector, 'answerDispute', accepted, 'simulated');
  await story.refused(STALE, () => confirmation(visitor, story));
}

async function raise(story: Story, { token, record }: Student, fields: readonly object[]): Promise<string> {
  const input = { record: record.id, expectedVersion: record.version, fields };
  const answer = await story.api.act(token, 'disputeFields', input, 'dispute');
  if (!answer.ok) throw new StoryBroken(`disputeFields: ${instead(answer)}`);
  return String(answer.value.dispute);
}

/** A student would like another word for what is right: declined with a reason, and confirmed again. */
async function declineOne(story: Story, { delivery }: PlayedGroup, visitor: Visitor): Promise<void> {
  const { collector } = officersOf(delivery.group.category);
  const wish = { field: 'disciplineName', proposed: '应用统计学', reason: '希望使用招生简章上的名称。' };
  const id = await raise(story, visitor, [wish]);
  const declined = { dispute: id, outcome: 'DECLINED', answer: '' };
  await story.refused(WORDLESS, () => story.act(collector, 'answerDispute', declined, 'simulated'));
  const answer = '学科名称以学位授权点名称为准，与学籍信息一致，不予更改。';
  await story.must(collector, 'answerDispute', { ...declined, answer }, 'simulated');
  await confirm(story, visitor, false);
}
