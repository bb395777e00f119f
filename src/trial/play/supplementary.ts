// The late group: its report is refused, and it goes the way of the supplementary report (补报) with a sealed document and the province's consent.
import { makeScan } from '../year/scans.ts';
import type { PlayedGroup } from './collect-group.ts';
import { disclose } from './disclosure.ts';
import type { Kind } from './ledger.ts';
import { PROVINCE, reviewAndFile } from './province.ts';
import { recordsOf } from './records.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { officersOf, type Story, StoryBroken, upper } from './story.ts';
import { dispatchCase, type PlayedApplication, sealCase } from './written-case.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });

const REASON =
  '本次会议授予学位的延期毕业本科生，因教务系统学籍数据迁移，学籍学历信息迟至决议生效后第二十日方能导出，致使采集、校核与校内公开未能在规定的十五日内完成，信息本身经核对准确无误。';
const MEASURES =
  '已将学籍数据导出纳入学位评定委员会会议前的准备事项，并指定专人于决议作出当日核对数据接口，今后按期报送。';

/** Plays a late group from its disclosure to its filing. */
export async function playLate(
  story: Story,
  resolution: string,
  played: PlayedGroup,
  day: string,
): Promise<PlayedApplication> {
  const { batch, delivery } = played;
  const { category } = delivery.group;
  const { collector } = officersOf(category);
  const late = kind('late', 'reporting-deadline-passed', '逾期上报', 'a report after the deadline');
  await disclose(story, [played], day);
  await story.refused(late, () => story.act(collector, 'reportBatch', { batch, errorPolicy: 'ALL_OR_NOTHING' }));

  const people = await recordsOf(story, collector, batch);
  const evidence = await story.upload(
    collector,
    'EVIDENCE',
    await makeScan('evidence', '关于学籍数据迁移的情况说明', ['教务系统数据迁移日志与导出记录。']),
  );
  const draft = {
    ...{ resolution, category: upper(category), records: people.map(({ id }) => id) },
    ...{ reason: REASON, measures: MEASURES, contactName: '张海燕', contactPhone: '0635-8230000' },
    evidence: [{ title: '学籍数据迁移情况说明', fileDigest: evidence }],
  };
  const short = kind('short-reason', 'application-reason-too-short', '补报原因过简', 'a reason that is too short');
  await story.refused(short, () => story.act(collector, 'draftSupplementaryReport', { ...draft, reason: '忘了' }));
  // An officer with both duties drafts it, and may still not check it.
  const drafter = 'jiaowu.lin';
  const drafted = await story.must(drafter, 'draftSupplementaryReport', draft, 'application { id }');
  const application = (drafted.application as { id: string }).id;
  const own = kind(
    'own-draft',
    'drafter-may-not-check',
    '拟稿人核对自己的稿件',
    'the drafter checking their own draft',
  );
  await story.refused(own, () => story.act(drafter, 'checkApplication', { application }));
  const unsealed = kind(
    'seal-unapproved',
    'application-step-not-allowed',
    '未经批准用印',
    'sealing what was not approved',
  );
  await story.refused(unsealed, () => story.act(DEGREE_OFFICE, 'sealApplication', { application }));
  const documentNumber = await sealCase(story, category, application);
  story.say(`  supplementary report ${documentNumber} sealed for ${people.length} people`);
  const early = kind(
    'decide-undispatched',
    'application-step-not-allowed',
    '未报送即批复',
    'deciding what was not sent',
  );

  const decision = await makeScan('decision', '关于同意补报学位授予信息的批复', ['经研究，同意你单位补报。']);
  const decided = {
    ...{ application, decision: 'CONSENT', decisionNumber: `鲁学位办〔${day.slice(0, 4)}〕18号` },
    decisionDigest: await story.upload(PROVINCE, 'DECISION', decision),
  };
  await story.refused(early, () => story.act(PROVINCE, 'decideApplication', decided));
  await dispatchCase(story, application, ['PROVINCIAL_OFFICE']);
  const unnumbered = kind('decision-number', 'decision-number-missing', '批复没有文号', 'a decision without a number');
  await story.refused(unnumbered, () => story.act(PROVINCE, 'decideApplication', { ...decided, decisionNumber: ' ' }));
  const consent = await story.must(PROVINCE, 'decideApplication', decided, 'state batch { id }');
  const lateBatch = (consent.batch as { id: string } | null)?.id;
  if (!lateBatch) throw new StoryBroken('the consent opened no batch');
  const reported = await story.must(
    collector,
    'reportBatch',
    { batch: lateBatch, errorPolicy: 'ALL_OR_NOTHING' },
    'reported',
  );
  await story.must(DEGREE_OFFICE, 'reportUpward', { resolution }, 'reported');
  const filed = await reviewAndFile(story, lateBatch);
  story.say(`  ${reported.reported} reported as supplementary, ${filed} filed`);
  return { application, people: people.length };
}

/** Applying for a supplementary report while the normal way is open. */
export async function applyTooEarly(story: Story, resolution: string, played: PlayedGroup): Promise<void> {
  const early = kind('not-late', 'supplementary-not-late', '未逾期申请补报', 'a supplementary report that is not late');
  const { category } = played.delivery.group;
  const { collector } = officersOf(category);
  const [first] = await recordsOf(story, collector, played.batch);
  if (!first) return;
  const input = {
    resolution,
    category: upper(category),
    records: [first.id],
    reason: REASON,
    measures: MEASURES,
    evidence: [],
  };
  await story.refused(early, () => story.act(collector, 'draftSupplementaryReport', input));
}
