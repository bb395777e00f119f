// The policy of the year (R24.1): the degree office sets, by a sealed act, that a part of every batch is looked at in person and that names are masked.
import { addDays } from '../../regulation/deadlines/deadlines.ts';
import { makeScan } from '../year/scans.ts';
import type { Kind } from './ledger.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { INSTITUTION, type Story } from './story.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });
const BACK_DATED = kind(
  'policy-back-dated',
  'policy-back-dated',
  '管理参数倒签日期',
  'a policy set for a day that is over',
);
const TOO_LONG = kind(
  'policy-too-long',
  'policy-malformed',
  '报送期限长于规定',
  "a reporting period longer than the regulation's",
);
const NO_BASIS = kind(
  'policy-no-basis',
  'policy-basis-missing',
  '管理参数没有依据文号',
  'a policy that rests on nothing',
);

/** One in a hundred of every batch, and names without their middle. */
const SETTINGS = { crossCheckSample: 1, sampleErrorLimit: 10, nameMask: 'MIDDLE_HIDDEN' };

/** Sets the policy at the beginning of a year, unless it holds already from the year before. */
export async function setYearPolicy(story: Story, year: number): Promise<void> {
  const day = `${year}-01-04`;
  await story.until(day);
  const document = 'query($of: String!) { policy(institution: $of) { crossCheckSample sampleErrorLimit nameMask } }';
  const { policy } = await story.query(DEGREE_OFFICE, document, { of: INSTITUTION });
  if (JSON.stringify(policy) === JSON.stringify(SETTINGS)) return;
  const number = `聊大学位〔${year}〕工作细则1号`;
  const scan = await makeScan('policy-basis', number, [
    '人工校核按百分之一抽样，差错率不超过百分之十；公开时隐去姓名中间的字。',
  ]);
  const basisDigest = await story.upload(DEGREE_OFFICE, 'POLICY_BASIS', scan);
  const input = {
    ...{ institution: INSTITUTION, effectiveFrom: day, basisNumber: number, basisDigest },
    settings: SETTINGS,
  };
  const attempt = (changes: object) => () => story.act(DEGREE_OFFICE, 'setPolicy', { ...input, ...changes });
  await story.refused(BACK_DATED, attempt({ effectiveFrom: addDays(day, -3) }));
  await story.refused(TOO_LONG, attempt({ settings: { ...SETTINGS, reportingDays: 30 } }));
  await story.refused(NO_BASIS, attempt({ basisNumber: ' ' }));
  const done = await story.must(DEGREE_OFFICE, 'setPolicy', input, 'changes { setting to }');
  const changed = (done.changes as { setting: string }[]).map(({ setting }) => setting);
  story.say(`${day} ${number} sealed: ${changed.join(', ')}`);
}
