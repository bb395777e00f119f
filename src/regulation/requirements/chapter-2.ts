// Chapter 2: articles 4 to 6, who manages what.
import type { Entry } from './requirement.ts';

export const CHAPTER_2: readonly Entry[] = [
  {
    ...{ id: 'R4.1', article: '4' },
    zh: '每一学位类别归一个部门：硕士各类归研究生处，普通本科与来华留学本科归教务处，成人本科归继续教育学院；调整归属须有据可查并自某日起生效。',
    en: 'Each category belongs to one office: masters to the graduate office, regular and international bachelors to academic affairs, adult-education bachelors to continuing education; another owner is set by a documented act, from a day on.',
    code: ['src/regulation/duties.ts', 'src/regulation/offices.ts', 'src/procedures/offices/arrange-offices.ts'],
    tests: {
      'test/regulation/duties.test.ts': ['lets the office of the category act with the duty of the step'],
      'test/procedures/offices/offices.test.ts': [
        'the old office loses it and the new one has it, records and open batches as well; history keeps who did what',
        'Article 4: offices over time',
      ],
    },
    steps: ['arrange-offices'],
  },
  {
    ...{ id: 'R4.2', article: '4' },
    zh: '工作人员只办、只看本部门所管类别；单位管理员看本单位；省学位办只看报到它那里的；此外任何人看不到未公开的信息，也无从得知别处有没有。',
    en: 'An officer acts on and sees the categories of the own office only; the degree office its institution; the province what has reached it; nobody else sees anything unpublished, nor learns that it exists.',
    code: ['src/procedures/read-access.ts', 'src/graphql/scopes.ts', 'src/procedures/target.ts'],
    tests: {
      'test/graphql/authorisation.test.ts': [
        'Article 4: an officer sees what is theirs, and nobody else sees anything unpublished',
      ],
      'test/end-to-end/isolation.test.ts': [
        'reads nothing of others by any query',
        'gets for an id of others what they get for an id of nothing',
      ],
      'test/end-to-end/isolation-actions.test.ts': ['acts on nothing of others, and nothing of others changes'],
      'test/regulation/duties.test.ts': ['refuses another category, another office, another institution, all at once'],
    },
    codes: ['not-your-institution', 'not-your-office', 'not-your-category', 'not-yet-public'],
  },
  {
    ...{ id: 'R4.3', article: '4' },
    zh: '逐级报送：类别部门报单位，单位报省；同一部门不得既报送又审核。',
    en: 'Reports go up level by level, from the category office to the degree office to the province; no office both reports and reviews.',
    code: ['src/regulation/duties.ts', 'src/regulation/lifecycle.ts'],
    tests: {
      'test/regulation/duties.test.ts': [
        'keeps reporting upward with the degree office, review and filing with the province',
        'lets no office both report and review',
      ],
    },
    steps: ['report', 'report-upward'],
  },
  {
    ...{ id: 'R5.1', article: '5' },
    zh: '单位管理员按决议名单逐类汇总、核对，缺谁、谁不符一一列明，再报省；报的是全部还是部分要写进签章。',
    en: 'The degree office gathers every category beside the roster, names who is missing or disagrees, and reports to the province; whether the report is whole is part of its seal.',
    code: [
      'src/procedures/reporting/gathering.ts',
      'src/procedures/reporting/report-upward.ts',
      'src/regulation/reporting/gathering.ts',
    ],
    tests: {
      'test/procedures/reporting/gathering.test.ts': ['Article 5: gathering', 'Article 5: the report upward'],
      'test/procedures/responsibility/year.test.ts': [
        'Article 5: the degree office gathers all categories and reports them upward',
      ],
    },
    counters: ['ungathered'],
  },
  {
    ...{ id: 'R5.2', article: '5' },
    zh: '单位管理员拟订本校规定，明确流程与责任，并监督执行。',
    en: 'The degree office writes the institution’s own rules, says who does what, and watches over it.',
    byPeople: {
      zh: '起草规定是人的事；规定里可以量化的部分作为管理参数录入（见第二十四条），监督靠本表的计数与监督岗位。',
      en: 'Writing rules is the work of people; what of them is a number is entered as policy (article 24), and watching is helped by the counters of this table and by auditors.',
    },
  },
  {
    ...{ id: 'R6.1', article: '6' },
    zh: '每批信息附授予学位决议的扫描件与名单；没有扫描件不能上报，决议要素、名单有误不予录入。',
    en: 'Every report carries the scanned resolution with its roster; without the scan it is refused, and a resolution or roster with faults is not loaded.',
    code: [
      'src/procedures/resolutions/load-resolution.ts',
      'src/regulation/resolution/resolution.ts',
      'src/regulation/resolution/resolution-number.ts',
      'src/files/pdf-scan.ts',
    ],
    tests: {
      'test/procedures/resolutions/load-resolution.test.ts': [
        'Article 6: the resolution with its roster',
        'without its scan it is refused, and a table is no scan',
      ],
      'test/procedures/reporting/report.test.ts': ['without the scan of the resolution the report is refused'],
    },
    codes: [
      'roster-empty',
      'resolution-field-missing',
      'resolution-number-malformed',
      'resolution-number-taken',
      'resolution-scan-missing',
      'file-wrong-type',
    ],
    steps: ['load-resolution'],
  },
  {
    ...{ id: 'R6.2', article: '6' },
    zh: '专人负责：每一步都记名，岗位由单位任免并留痕，登录有口令、限次与期限，无该岗位者不能办该事。',
    en: 'Named people answer for it: every step has its officer, duties are given and taken by recorded acts, signing in has a password, limits and an end, and nobody acts without the duty.',
    code: [
      'src/procedures/offices/appoint-officers.ts',
      'src/procedures/offices/sign-in.ts',
      'src/regulation/duties.ts',
    ],
    tests: {
      'test/procedures/offices/offices.test.ts': ['Article 6: officers'],
      'test/procedures/offices/sign-in.test.ts': ['Article 6: an officer signs in'],
      'test/regulation/duties.test.ts': ['refuses a duty that the officer does not have'],
    },
    steps: ['appoint-officers'],
  },
  {
    ...{ id: 'R6.3', article: '6' },
    zh: '决议须经依法表决：应到、实到、赞成票数达不到法定比例的决议不予采信。',
    en: 'A resolution counts only when the vote was lawful: too few members present or in favour, or votes that do not add up, are refused.',
    code: ['src/regulation/resolution/resolution.ts'],
    tests: {
      'test/regulation/resolution/resolution.test.ts': ['学位法 article 10: the vote'],
      'test/procedures/resolutions/load-resolution.test.ts': [
        '学位法 art. 10: every fault of the vote is named at once',
      ],
    },
    laws: ['学位法 10'],
  },
  {
    ...{ id: 'R6.4', article: '6' },
    zh: '各部门为经办人员配齐设备、场地和时间，并组织培训。',
    en: 'Offices give their officers equipment, room and time, and train them.',
    byPeople: {
      zh: '资源与培训由部门保障；软件只做到免安装试用、逐项说明错误，降低学习成本。',
      en: 'Means and training are given by the offices; the software can only be easy to try and say plainly what is wrong.',
    },
  },
];
