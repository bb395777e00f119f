// A graduate finds a mistake in the own filed record (R15.1): a request with a case number, a change request drafted from it, and the record changed.

import type { Category } from '../../regulation/vocabulary.ts';
import { makeScan } from '../year/scans.ts';
import type { Kind } from './ledger.ts';
import { type FoundRecord, recordOf } from './records.ts';
import { INSTITUTION, instead, officersOf, type Story, StoryBroken } from './story.ts';
import { enter, type Student, sendLinks } from './student-links.ts';
import { consentTo, dispatchCase, type PlayedApplication, sealCase } from './written-case.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });
const FILED = kind('confirm-filed', 'stage-skipped', '备案后仍作本人确认', 'confirming a filed record');
const SECOND = kind('request-second', 'correction-request-open', '重复请求更正', 'a second request while one is open');
const SAME = kind('request-nothing', 'dispute-changes-nothing', '请求更正为原值', 'a request that changes nothing');
const EARLY = kind(
  'request-undrafted',
  'correction-request-not-drafted',
  '未拟更改申请即答复',
  'answered as a change request that nobody drafted',
);
const DRAFTED = kind(
  'request-drafted-twice',
  'application-record-in-other',
  '同一请求两次拟稿',
  'two change requests from one request',
);

/** The graduate, the office, and the number of the province's decision. */
export interface Requested {
  readonly category: Category;
  readonly person: FoundRecord;
  readonly studentNumber: string;
  readonly decisionNumber: string;
}

/** From the student's request to the carried-out change. */
export async function playRequestedChange(story: Story, requested: Requested): Promise<PlayedApplication> {
  const { category, person, studentNumber, decisionNumber } = requested;
  const { collector } = officersOf(category);
  const link = (await sendLinks(story, collector, { records: [person.id] })).get(studentNumber);
  if (link === undefined) throw new StoryBroken('the graduate got no link');
  const student = await enter(story, studentNumber, link);
  const caseNumber = await request(story, student);
  const id = await find(story, collector, caseNumber);
  const answer = { request: id, outcome: 'CHANGE_REQUEST', answer: '已提出更改申请，待省学位办批复。' };
  await story.refused(EARLY, () => story.act(collector, 'answerCorrectionRequest', answer, 'simulated'));
  const draft = {
    ...{ request: id, contactName: '张海燕', contactPhone: '0635-8230000', evidence: [] },
    reason: '学位获得者本人提出其备案信息中的论文题目与存档本不一致，系采集时录入有误。',
    finding: '已调阅论文存档本及本人提交的材料，情况属实。',
  };
  const drafted = await story.must(collector, 'draftRequestedChange', draft, 'application { id }');
  const application = (drafted.application as { id: string }).id;
  await story.refused(DRAFTED, () => story.act(collector, 'draftRequestedChange', draft, 'caseNumber'));
  await story.must(collector, 'answerCorrectionRequest', answer, 'simulated');
  const number = await sealCase(story, category, application);
  await dispatchCase(story, application, ['PROVINCIAL_OFFICE']);
  await consentTo(story, application, decisionNumber);
  await story.must(collector, 'changeRecords', { application }, 'records');
  const after = await recordOf(story, collector, person.certificateNumber);
  if (after?.version !== person.version + 1) story.ledger.wrong(`${caseNumber}: the record has not changed`);
  story.say(`  correction request ${caseNumber} of a graduate: change request ${number}, carried out`);
  return { application, people: 1 };
}

async function request(story: Story, { token, record }: Student): Promise<string> {
  const confirmed = { record: record.id, expectedVersion: record.version };
  await story.refused(FILED, () => story.api.act(token, 'confirmRecord', confirmed, 'version'));
  const scan = await makeScan('own-evidence', '论文存档本封面', ['本人提交的证明材料。']);
  const evidence = await story.api.uploadOwn(token, scan);
  if (!evidence.ok) throw new StoryBroken(`uploadStudentFile: ${instead(evidence)}`);
  const title = record.fields.find(({ name }) => name === 'thesisTitle')?.value ?? '';
  const field = { field: 'thesisTitle', proposed: `${title}（存档本题名）`, reason: '备案的题目与论文存档本不一致。' };
  const input = { ...confirmed, fields: [field], evidence: [String(evidence.value.digest)] };
  const ask = (changes: object) => story.api.act(token, 'requestCorrection', { ...input, ...changes }, 'caseNumber');
  await story.refused(SAME, () => ask({ fields: [{ ...field, proposed: title }] }));
  const answer = await ask({});
  if (!answer.ok) throw new StoryBroken(`requestCorrection: ${instead(answer)}`);
  await story.refused(SECOND, () => ask({}));
  return String(answer.value.caseNumber);
}

async function find(story: Story, collector: string, caseNumber: string): Promise<string> {
  const document = `query($of: String!, $number: String) { correctionRequests(institution: $of, caseNumber: $number, first: 1) {
    nodes { id caseNumber } } }`;
  const data = await story.query(collector, document, { of: INSTITUTION, number: caseNumber });
  const id = (data.correctionRequests as { nodes: { id: string }[] }).nodes[0]?.id;
  if (id === undefined) throw new StoryBroken(`${caseNumber} is not there`);
  return id;
}
