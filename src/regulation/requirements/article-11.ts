// Chapter 4, article 11: collecting and reporting, item by item.
import type { Entry } from './requirement.ts';

export const ARTICLE_11: readonly Entry[] = [
  {
    ...{ id: 'R11.1', article: '11(1)' },
    zh: '按标准采集，并由学位获得者本人核实：凭一次性链接查看自己的信息，确认这一版或提出疑义；疑义未答复不得校核、上报。',
    en: 'What is collected follows the standard, and the students see their own record: by a one-time link they confirm exactly that version or dispute it; an open dispute stops cross-check and report.',
    code: [
      'src/procedures/student/confirm.ts',
      'src/procedures/student/dispute.ts',
      'src/procedures/student/issue-links.ts',
      'src/regulation/student-word.ts',
    ],
    tests: {
      'test/procedures/student/student-word.test.ts': [
        'Article 11(1): the student sees the own record',
        'Article 11(1), 12: confirming',
        'Article 11(1): disputing',
      ],
      'test/procedures/student/student-links.test.ts': ['Article 11(1): a one-time link'],
      'test/procedures/student/student-policy.test.ts': [
        'Article 11(1): confirmation before the report',
        'Article 11(1), 6: confirmation before the meeting',
      ],
    },
    counters: ['unconfirmed', 'disputed'],
  },
  {
    ...{ id: 'R11.2', article: '11(2)' },
    zh: '采集与校核不能是同一个人，规则和数据库都不放行；机器全比，另按比例抽样由人逐字段看，差错超限则整批细看。',
    en: 'Who collected a record does not cross-check it: rule and database both refuse; the machine compares all, a drawn sample is looked at in person, and too many errors mean that everybody is.',
    code: [
      'src/procedures/cross-check/cross-check.ts',
      'src/regulation/cross-check/cross-check.ts',
      'src/regulation/cross-check/sample.ts',
      'src/procedures/cross-check/examine-record.ts',
    ],
    tests: {
      'test/procedures/cross-check/cross-check.test.ts': [
        'the collector is refused for the record that they collected themselves',
        'the database refuses the collector, too',
        'the database lets nothing past the cross-check without a checker',
      ],
      'test/procedures/cross-check/sample.test.ts': [
        'Article 11(2): the draw',
        'Article 11(2): the examination in person',
      ],
      'test/procedures/cross-check/second-entry.test.ts': ['Article 11(2): the blind second entry'],
    },
    counters: ['unchecked'],
  },
  {
    ...{ id: 'R11.3', article: '11(3)' },
    zh: '关键信息上报前在校内公开满期；师生可在公开页提出异议，异议未了结的不得上报；公开后又改了关键信息的重新公开。',
    en: 'Key fields are shown inside the school for a whole period before the report; whoever sees them may object, an open objection holds its record back, and key fields that changed are shown again.',
    code: [
      'src/procedures/disclosure/open-disclosure.ts',
      'src/procedures/disclosure/close-disclosure.ts',
      'src/regulation/disclosure.ts',
      'src/http/disclosure-page.ts',
    ],
    tests: {
      'test/procedures/disclosure/disclosure.test.ts': ['Article 11(3): internal disclosure'],
      'test/procedures/disclosure/outside-objection.test.ts': [
        'Article 11(3): an objection from outside',
        'Article 11(3): the opening holds, whatever the policy says later',
      ],
      'test/procedures/reporting/return.test.ts': [
        'key fields that changed since the disclosure are disclosed again before the report',
      ],
    },
    counters: ['undisclosed', 'disputed'],
  },
  {
    ...{ id: 'R11.4', article: '11(4)' },
    zh: '决议生效起十五日内报单位管理员；期限公开可见、到期前提醒、遇节假日顺延，过期正常通道关闭。',
    en: 'Reported to the degree office within fifteen days of the resolution’s effect; the clock is shown, reminds, rolls over days of rest, and after it the normal way is closed.',
    code: [
      'src/procedures/reporting/report.ts',
      'src/regulation/deadlines/deadlines.ts',
      'src/regulation/deadlines/calendar.ts',
      'src/procedures/deadlines/deadline-board.ts',
      'src/procedures/deadlines/remind.ts',
    ],
    tests: {
      'test/procedures/reporting/report.test.ts': [
        'the fifteenth day is still in time',
        'the sixteenth is late: the deadline and the days are named, and nothing moves',
        'a last day that is a holiday rolls to the next working day',
      ],
      'test/procedures/deadlines/deadline-board.test.ts': [
        'Article 11(4): the board of deadlines',
        'Article 11(4): reminders',
      ],
      'test/procedures/deadlines/calendar.test.ts': ['Article 11(4): the calendar of an institution'],
    },
    counters: ['late'],
  },
  {
    ...{ id: 'R11.5', article: '11(5)' },
    zh: '不合规定、不合标准的不得上报；全部问题一次说清。',
    en: 'What breaks a rule or the standard is not reported, and everything that is wrong is said at once.',
    code: ['src/procedures/cross-check/examination.ts', 'src/regulation/record/record.ts'],
    tests: {
      'test/procedures/reporting/report.test.ts': [
        'a record that breaks a rule by now is not reported, although it was cross-checked',
      ],
      'test/regulation/record/record.test.ts': ['reports every broken rule of a record together'],
    },
    steps: ['report'],
  },
  {
    ...{ id: 'R11.6', article: '11(6)' },
    zh: '逾期的须写明原因，书面报省学位办同意后补报；补报的内容要求不变，并带补报标记。',
    en: 'What is late goes on only after a written request with its reason and the consent of the province; the same content rules hold, and it stays marked as supplementary.',
    code: [
      'src/procedures/applications/draft-supplementary-report.ts',
      'src/regulation/applications/supplementary-report.ts',
      'src/procedures/applications/supplementary-batch.ts',
      'src/documents/wording/wording-supplementary.ts',
    ],
    tests: {
      'test/procedures/applications/application.test.ts': [
        'Article 11(6): the supplementary report',
        'before the deadline has passed',
        'people of another resolution or category',
      ],
      'test/procedures/records/returned.test.ts': ['Article 11(6): consent to a supplementary report'],
      'test/http/downloads.test.ts': [
        'Article 11(6): the application for a late report, from draft to decision, with its downloads',
      ],
    },
    steps: ['decide-application'],
    counters: ['late'],
  },
  {
    ...{ id: 'R11.7', article: '11(7)' },
    zh: '证书样式按版本维护，按层次、类别和授予日匹配到人；匹配不上或有两个可选的不得往下走，匹配过的不因新版本而变。',
    en: 'Certificate templates are kept by version and matched by level, category and conferral date; none, or two that fit, stops the record, and what was matched stays matched.',
    code: [
      'src/regulation/templates/templates.ts',
      'src/regulation/templates/certificate-layout.ts',
      'src/procedures/templates/add-certificate-template.ts',
      'src/procedures/templates/match-template.ts',
      'src/documents/certificate/certificate.ts',
    ],
    tests: {
      'test/regulation/templates/templates.test.ts': ['Article 11(7): the template in force'],
      'test/procedures/templates/certificate-templates.test.ts': [
        'Article 11(7): adding a template',
        'Article 11(7): what was matched stays matched',
      ],
      'test/procedures/cross-check/cross-check.test.ts': [
        'Article 11(7): without a certificate template in force nothing passes',
      ],
    },
    counters: ['unmatched'],
  },
  {
    ...{ id: 'R11.8', article: '11(8)' },
    zh: '系统自动关联学籍学历信息：空缺的补齐，有矛盾的并列指出，不靠手工、不覆盖。',
    en: 'The system links records with enrolment data by itself: what is empty is filled, what contradicts is shown with both values, nothing is overwritten.',
    code: [
      'src/procedures/collection/link-enrolment.ts',
      'src/procedures/collection/import-enrolment-records.ts',
      'src/regulation/record/enrolment.ts',
    ],
    tests: {
      'test/procedures/collection/enrolment.test.ts': [
        'Article 11(8): importing enrolment records',
        'Article 11(8): linking',
      ],
      'test/regulation/record/enrolment.test.ts': ['Article 11(8): empty fields are filled, nothing is overwritten'],
    },
    counters: ['unlinked'],
  },
];
