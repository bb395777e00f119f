// After filing: a change, a deletion of what was never conferred, a revocation, a certificate declared invalid, and a change that a graduate asks for (articles 13, 15, 16).
import { addDays } from '../../regulation/deadlines/deadlines.ts';
import type { Delivery } from '../year/deliveries.ts';
import type { SyntheticYear } from '../year/make-year.ts';
import { makeScan } from '../year/scans.ts';
import type { Kind } from './ledger.ts';
import { PROVINCE } from './province.ts';
import { type FoundRecord, recordOf } from './records.ts';
import { playRequestedChange } from './requested-change.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { INSTITUTION, officersOf, type Story, StoryBroken, upper } from './story.ts';
import { consentTo, dispatchCase, type PlayedApplication, sealCase } from './written-case.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });
const KEY_FIELD = kind(
  'change-key-field',
  'roster-mismatch',
  '更改与决议不一致的姓名',
  'changing a name against the roster',
);
const NO_EVIDENCE = kind(
  'change-no-evidence',
  'change-without-evidence',
  '更改无证明材料',
  'a change without evidence',
);
const STANDS = kind('delete-standing', 'deletion-degree-stands', '删除有效授予的学位', 'deleting a degree that stands');
const UNHEARD = kind('revoke-unheard', 'revocation-without-hearing', '未听取申辩即撤销', 'revoking without a hearing');
const UNSENT = kind('revoke-unproved', 'dispatch-without-proof', '报送无送达凭证', 'a dispatch without proof');
const TWICE = kind('decide-twice', 'application-step-not-allowed', '重复批复', 'deciding twice');
const SELF = kind('decide-own', 'not-your-office', '申请部门自行批复', 'the applicant deciding');
const ENDED = kind('change-revoked', 'application-record-ended', '更改已撤销的学位信息', 'changing a revoked record');

const REASON = '核查学位档案时发现，备案信息与存档论文封面、学位获得者本人提供的材料不一致，系采集时录入有误。';
const FINDING = '已调阅学位档案、论文存档本及本人书面说明，情况属实。';
const CONTACT = { contactName: '张海燕', contactPhone: '0635-8230000' };

/** What the acts share: filed people of one group, the officers of their office, and the day. */
interface Scene {
  readonly category: Delivery['group']['category'];
  readonly collector: string;
  readonly people: readonly FoundRecord[];
  readonly sequences: readonly number[];
  readonly studentNumbers: readonly string[];
  readonly resolution: string;
  readonly day: string;
}

/** Plays the acts in the sitting of June; returns their cases. A year without mistakes plays them, too. */
export async function playAfterFiling(story: Story, year: SyntheticYear): Promise<PlayedApplication[]> {
  const scene = await sceneOf(story, year);
  if (!scene) return [];
  await story.until(scene.day);
  const changed = await playChange(story, scene);
  const deleted = await playDeletion(story, scene);
  const revoked = await playRevocation(story, scene);
  await playDeclaration(story, scene);
  const requested = await playRequestedChange(story, {
    ...{ category: scene.category, person: person(scene, 5), studentNumber: scene.studentNumbers[5] ?? '' },
    decisionNumber: `鲁学位办〔${scene.day.slice(0, 4)}〕6号`,
  });
  return [changed, deleted, revoked, requested];
}

const NEEDED = 6;

async function sceneOf(story: Story, { sittings }: SyntheticYear): Promise<Scene | null> {
  const june = sittings.find(({ sitting }) => sitting.key === 'june-bachelor');
  const last = sittings.at(-1);
  const delivery = june?.deliveries.find(
    ({ group, onRoster }) => group.category === 'regular-bachelor' && onRoster.length >= NEEDED,
  );
  if (!june || !last || !delivery) return null;
  const { category } = delivery.group;
  const { collector } = officersOf(category);
  const chosen = delivery.onRoster.filter(({ record }) => record.thesisTitle !== null).slice(-NEEDED);
  const numbers = chosen.map(({ record }) => record.certificateNumber);
  const studentNumbers = chosen.map(({ record }) => record.studentNumber ?? '');
  const people: FoundRecord[] = [];
  for (const number of numbers) {
    const record = await recordOf(story, collector, number);
    if (record?.state === 'FILED') people.push(record);
  }
  if (people.length < NEEDED) return null;
  const sequences = numbers.map((number) => june.roster.findIndex((entry) => entry.certificateNumber === number) + 1);
  const document = 'query($number: String!) { resolutions(first: 1, number: $number) { nodes { id } } }';
  const data = await story.query(DEGREE_OFFICE, document, { number: june.sitting.number });
  const resolution = (data.resolutions as { nodes: { id: string }[] }).nodes[0]?.id ?? '';
  return {
    category,
    collector,
    people,
    sequences,
    studentNumbers,
    resolution,
    day: addDays(last.sitting.decidedOn, 60),
  };
}

function person({ people }: Scene, at: number): FoundRecord {
  const found = people[at];
  if (!found) throw new StoryBroken('a filed person is missing');
  return found;
}

async function evidenceFor(
  story: Story,
  { collector }: Scene,
  title: string,
): Promise<{ title: string; fileDigest: string }> {
  const scan = await makeScan(`evidence-${title}`, title, ['样例证明材料。']);
  return { title, fileDigest: await story.upload(collector, 'EVIDENCE', scan) };
}

const idOf = (drafted: { readonly application?: unknown }): string => (drafted.application as { id: string }).id;

async function playChange(story: Story, scene: Scene): Promise<PlayedApplication> {
  const { collector, category, day } = scene;
  const evidence = [await evidenceFor(story, scene, '论文存档本封面'), await evidenceFor(story, scene, '本人书面说明')];
  const one = (record: FoundRecord, changes: readonly object[]) => ({ record: record.id, changes });
  const title = { field: 'thesisTitle', after: '运河沿线乡村小学阅读教学研究（存档本题名）', evidence: [1] };
  const input = {
    ...{ institution: INSTITUTION, category: upper(category), reason: REASON, finding: FINDING, evidence, ...CONTACT },
    records: [
      one(person(scene, 0), [title, { field: 'email', after: 'gengzheng@example.edu.cn', evidence: [2] }]),
      one(person(scene, 1), [{ ...title, after: '鲁西南民间叙事诗的传承与变异（存档本题名）' }]),
    ],
  };
  const name = [one(person(scene, 0), [{ field: 'name', after: '王改名', evidence: [2] }])];
  await story.refused(KEY_FIELD, () => story.act(collector, 'draftChangeRequest', { ...input, records: name }));
  const bare = [one(person(scene, 0), [{ ...title, evidence: [] }])];
  await story.refused(NO_EVIDENCE, () => story.act(collector, 'draftChangeRequest', { ...input, records: bare }));
  const application = idOf(await story.must(collector, 'draftChangeRequest', input, 'application { id }'));
  const number = await sealCase(story, category, application);
  await dispatchCase(story, application, ['PROVINCIAL_OFFICE']);
  const own = { application, decision: 'CONSENT', decisionNumber: '1', decisionDigest: '0'.repeat(64) };
  await story.refused(SELF, () => story.act(collector, 'decideApplication', own));
  const decided = await consentTo(story, application, `鲁学位办〔${day.slice(0, 4)}〕3号`);
  await story.refused(TWICE, () => story.act(PROVINCE, 'decideApplication', decided));
  const done = await story.must(collector, 'changeRecords', { application }, 'records');
  story.say(`  change request ${number}: ${done.records} records have a new version`);
  return { application, people: 2 };
}

async function playDeletion(story: Story, scene: Scene): Promise<PlayedApplication> {
  const { collector, category, day, resolution, sequences } = scene;
  const evidence = [await evidenceFor(story, scene, '学位评定委员会更正名单的决议')];
  const record = { record: person(scene, 2).id, cause: 'NEVER_CONFERRED' };
  const input = {
    ...{ institution: INSTITUTION, category: upper(category), foundOn: day, reason: REASON, finding: FINDING },
    ...{ evidence, ...CONTACT, records: [record] },
  };
  await story.refused(STANDS, () => story.act(collector, 'draftDeletionRequest', input));
  const scan = await makeScan('roster-correction', '关于更正学位授予名单的决议', [
    '经复核，该生未达到授予要求，从名单中除名。',
  ]);
  const strike = {
    ...{ resolution, sequence: sequences[2], reason: '名单整理有误，该生未经学位评定委员会审议。' },
    ...{ documentNumber: `聊大学位〔${day.slice(0, 4)}〕1号` },
    fileDigest: await story.upload(DEGREE_OFFICE, 'ROSTER_CORRECTION', scan),
  };
  await story.must(DEGREE_OFFICE, 'correctRoster', strike, 'sequence');
  const application = idOf(await story.must(collector, 'draftDeletionRequest', input, 'application { id }'));
  const number = await sealCase(story, category, application);
  await dispatchCase(story, application, ['PROVINCIAL_OFFICE']);
  await consentTo(story, application, `鲁学位办〔${day.slice(0, 4)}〕4号`);
  const done = await story.must(collector, 'deleteRecords', { application }, 'records');
  story.say(`  deletion request ${number}: ${done.records} record deleted, its number never given again`);
  return { application, people: 1 };
}

async function playRevocation(story: Story, scene: Scene): Promise<PlayedApplication> {
  const { collector, category, day } = scene;
  const decidedOn = addDays(day, -5);
  const scan = await makeScan('revocation-resolution', '关于撤销学士学位的决议', ['经审议，决定撤销其学士学位。']);
  const loaded = await story.must(
    DEGREE_OFFICE,
    'loadRevocationResolution',
    {
      ...{ institution: INSTITUTION, number: `聊大学位撤〔${day.slice(0, 4)}〕1号`, meeting: '第二十次' },
      ...{ decidedOn, effectiveOn: decidedOn, members: 25, present: 21, yes: 20, no: 0, abstain: 1 },
      ...{ headName: '周明远', chairName: '周明远' },
      scanDigest: await story.upload(DEGREE_OFFICE, 'REVOCATION_RESOLUTION_SCAN', scan),
    },
    'revocationResolution { id }',
  );
  const evidence = [
    await evidenceFor(story, scene, '撤销学位决定书及送达凭证'),
    await evidenceFor(story, scene, '调查认定材料'),
  ];
  const towards = {
    ...{ record: person(scene, 3).id, noticeOn: addDays(decidedOn, -40), hearingOn: addDays(decidedOn, -20) },
    ...{ hearingResult: '本人到场陈述，未提出新的事实和理由。', deliveredOn: addDays(decidedOn, 2) },
    certificateHandling: '学位证书已收回。',
  };
  const input = {
    ...{ category: upper(category), revocationResolution: (loaded.revocationResolution as { id: string }).id },
    ...{ ground: 'ACADEMIC_MISCONDUCT', facts: '其学位论文主体部分抄袭他人已发表成果，经学术委员会认定构成学术不端。' },
    ...{ proofs: '论文比对报告、学术委员会认定书', evidence, ...CONTACT, records: [towards] },
  };
  const unheard = { ...input, records: [{ ...towards, hearingOn: null, hearingResult: '' }] };
  await story.refused(UNHEARD, () => story.act(collector, 'draftRevocationReport', unheard));
  const application = idOf(await story.must(collector, 'draftRevocationReport', input, 'application { id }'));
  const number = await sealCase(story, category, application);
  const unproved = { application, addressee: 'NATIONAL_OFFICE', channel: 'REGISTERED_MAIL', dispatchedOn: day };
  await story.refused(UNSENT, () => story.act(DEGREE_OFFICE, 'dispatchApplication', unproved));
  await dispatchCase(story, application, ['NATIONAL_OFFICE', 'PROVINCIAL_OFFICE', 'NATIONAL_CENTRE']);
  await consentTo(story, application, `鲁学位办〔${day.slice(0, 4)}〕5号`);
  const done = await story.must(DEGREE_OFFICE, 'revokeDegrees', { application }, 'records');
  story.say(
    `  revocation report ${number}: sent to three addressees, confirmed, ${done.records} degree filed as revoked`,
  );
  const again = {
    ...{ institution: INSTITUTION, category: upper(category), reason: REASON, finding: FINDING, evidence },
    records: [{ record: towards.record, changes: [{ field: 'email', after: null, evidence: [1] }] }],
  };
  await story.refused(ENDED, () => story.act(collector, 'draftChangeRequest', again));
  return { application, people: 1 };
}

async function playDeclaration(story: Story, scene: Scene): Promise<void> {
  const { day } = scene;
  const scan = await makeScan('declaration', '关于宣布学位证书无效的决定', ['经查，该证书系违法颁发，宣布无效。']);
  const input = {
    ...{
      record: person(scene, 4).id,
      reason: '违法颁发学位证书',
      documentNumber: `鲁教学位〔${day.slice(0, 4)}〕2号`,
      on: day,
    },
    fileDigest: await story.upload(PROVINCE, 'DECLARATION', scan),
  };
  await story.must(PROVINCE, 'declareInvalid', input, 'record { state }');
  story.say('  one certificate declared invalid by the education authority');
}
