// Violation codes of gathering, withdrawal, returns, form checks and the calendar (art. 5, 11(4), 13, 14).
import type { ViolationEntry } from './entry.ts';

/** What is wrong with a report upward, with what comes back from review or form check, or with days of the calendar. */
export const REPORTING_CODES = {
  'report-incomplete': {
    article: '5',
    zh: '名单中有人员没有学位授予信息，也未列入补报申请，不能作为完整报送。',
    en: 'People of the roster have no record and stand in no supplementary report, so this is no whole report.',
  },
  'report-records-not-reported': {
    article: '5',
    zh: '这一类别尚有学位授予信息没有报送学位授予单位的学位办，也未列入补报申请，不能作为完整报送；请先报送，或注明为部分报送。',
    en: 'Records of this category have not been reported to the degree office yet and stand in no supplementary report, so this is no whole report; report them first, or call the report partial.',
  },
  'partial-report-reason-missing': {
    article: '5',
    zh: '部分报送须说明原因。',
    en: 'A partial report must give its reason.',
  },
  'partial-report-is-whole': {
    article: '5',
    zh: '名单人员已齐全，不应作为部分报送。',
    en: 'Nobody of the roster is missing; this is no partial report.',
  },
  'record-doubled': {
    article: '14',
    zh: '同一条学位授予信息出现多次。',
    en: 'The same record is listed twice.',
  },
  'withdrawal-not-by-office': {
    article: '14',
    zh: '当前状态的学位授予信息应由其他部门撤回。',
    en: 'In this state, another office withdraws the record.',
  },
  'withdrawal-reason-missing': {
    article: '14',
    zh: '撤回须逐条说明原因。',
    en: 'A withdrawal must give a reason for each record.',
  },
  'review-reason-unanswered': {
    article: '14',
    zh: '退回意见所列的“{label}”既未更正，也未书面答复。',
    en: 'The returned field {label} is neither corrected nor answered in words.',
  },
  'review-reason-not-open': {
    article: '14',
    zh: '该字段没有待处理的退回意见。',
    en: 'No reason of review is open for this field.',
  },
  'review-answer-too-short': {
    article: '14',
    zh: '对退回意见的答复过于简略。',
    en: 'The answer to the reason of review is too short.',
  },
  'form-check-empty': {
    article: '14',
    zh: '形式核查反馈没有列出任何学位授予信息。',
    en: 'The form check lists no records.',
  },
  'form-check-both': {
    article: '14',
    zh: '核查结果应逐条填报或以表格提交，二者择一。',
    en: 'Give the results of the form check one by one or as a table, not both.',
  },
  'form-check-number-missing': {
    article: '14',
    zh: '形式核查反馈缺少编号。',
    en: 'The feedback of the form check has no number.',
  },
  'form-check-date': {
    article: '14',
    zh: '形式核查反馈的日期不正确或在将来。',
    en: 'The date of the form check does not exist or is in the future.',
  },
  'form-check-number-taken': {
    article: '14',
    zh: '该编号的形式核查反馈已经登记。',
    en: 'A form check with this number has been entered already.',
  },
  'form-check-before-filing': {
    article: '14',
    zh: '形式核查反馈的日期早于所列学位授予信息的备案日期。',
    en: 'The form check is dated before a record in it was filed.',
  },
  'form-check-record-unknown': {
    article: '14',
    zh: '没有该学位证书编号的学位授予信息。',
    en: 'There is no record with this certificate number.',
  },
  'form-check-result-unknown': {
    article: '14',
    zh: '核查结果应为“通过”或“不通过”。',
    en: 'The result of a form check is passed or failed.',
  },
  'form-check-contradicted': {
    article: '14',
    zh: '同一条学位授予信息既通过又不通过。',
    en: 'The same record both passed and failed.',
  },
  'form-check-passed-with-reason': {
    article: '14',
    zh: '通过的学位授予信息不应列出问题字段。',
    en: 'A record that passed has no field that is wrong.',
  },
  'form-check-application-open': {
    article: '14',
    zh: '该学位授予信息正在办理书面申请，办结后再登记核查结果。',
    en: 'The record stands in a written application that is not over; enter the form check after it.',
  },
  'calendar-empty': { article: '11(4)', zh: '没有列出日期。', en: 'No days are listed.' },
  'calendar-both': {
    article: '11(4)',
    zh: '日期应逐条填报或以表格提交，二者择一。',
    en: 'Give the days one by one or as a table, not both.',
  },
  'calendar-too-many': { article: '11(4)', zh: '一次列出的日期过多。', en: 'Too many days at a time.' },
  'calendar-day-doubled': { article: '11(4)', zh: '同一日期出现多次。', en: 'The same day is listed twice.' },
  'calendar-kind-unknown': {
    article: '11(4)',
    zh: '日期的类别不正确。',
    en: 'The kind of the day is not known.',
  },
  'calendar-name': {
    article: '11(4)',
    zh: '节假日名称为空、过长或含不可见字符。',
    en: 'The name of the holiday is empty, too long, or has characters that nobody sees.',
  },
  'calendar-day-past': {
    article: '11(4)',
    zh: '已过去的日期是既往期限判断的依据，不得改动。',
    en: 'A day that is over stays as it is: deadlines have been judged by it.',
  },
  'calendar-day-of-province': {
    article: '11(4)',
    zh: '该日期由省学位委员会办公室设定，学校不得改动。',
    en: 'The provincial office set this day; the institution cannot change it.',
  },
  'calendar-notice-missing': {
    article: '11(4)',
    zh: '该年度已有国务院办公厅的安排，改动须附通知文件。',
    en: 'The State Council has arranged this year; a change needs the notice that says so.',
  },
  'calendar-too-loose': {
    article: '11(4)',
    zh: '连续休息日过长，会使期限变相延长。',
    en: 'Too many days without work in a row: deadlines would be put off by them.',
  },
  'calendar-too-many-holidays': {
    article: '11(4)',
    zh: '一个年度内设定的放假日过多。',
    en: 'Too many holidays are entered for a year.',
  },
} as const satisfies Record<string, ViolationEntry>;
