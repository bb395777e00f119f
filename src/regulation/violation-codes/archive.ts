// Violation codes of the original-record archive: exports, appraisal, transfer (art. 12).
import type { ViolationEntry } from './entry.ts';

/** What is wrong with an export, an appraisal or a transfer. */
export const ARCHIVE_CODES = {
  'archive-purpose': {
    article: '12',
    zh: '导出原始记录档案须写明用途。',
    en: 'An export of the original-record archive must say what it is for.',
  },
  'archive-one-thing': {
    article: '12',
    zh: '请指定一条信息、一个批次或一个年度，三者取一。',
    en: 'Name a record, a batch or a year: exactly one of the three.',
  },
  'archive-year': { article: '12', zh: '没有这一授予年度。', en: 'There is no such year of conferral.' },
  'archive-empty': {
    article: '12',
    zh: '所选范围内没有学位授予信息。',
    en: 'There is no record in what was chosen.',
  },
  'archive-too-large': {
    article: '12',
    zh: '所选范围内的信息过多，请按类别分别导出。',
    en: 'There are too many records in what was chosen; export them category by category.',
  },
  'archive-passphrase': {
    article: '21',
    zh: '口令至少十六个字符，且至少含六个不同的字符。',
    en: 'The passphrase has at least sixteen characters, at least six of them different.',
  },
  'archive-opinion': { article: '12', zh: '鉴定须写明意见。', en: 'An appraisal must give its opinion.' },
  'appraisal-nothing-filed': {
    article: '12',
    zh: '该年度没有已备案的学位授予信息，不能鉴定。',
    en: 'No record of the year has been filed; there is nothing to appraise.',
  },
  'appraisal-year-open': {
    article: '12',
    zh: '该年度尚有在办的学位授予信息，不能鉴定。',
    en: 'Records of the year are still on their way; it is not appraised before.',
  },
  'appraisal-shorter': {
    article: '12',
    zh: '保管期限只能延长，不得缩短。',
    en: 'A term of retention is only ever made longer.',
  },
  'archive-recipient': { article: '12', zh: '移交须写明接收单位。', en: 'The archive that receives it is missing.' },
  'archive-receipt-number': {
    article: '12',
    zh: '移交须写明交接文据的编号。',
    en: 'The number of the receipt is missing.',
  },
  'archive-not-sealed': {
    article: '12',
    zh: '该档案尚未用印，不能移交。',
    en: 'The archive is not sealed yet and cannot be handed over.',
  },
  'archive-other-file': {
    article: '12',
    zh: '移交的文件不是用印的那一份：摘要不一致。',
    en: 'What was handed over is not the file that was made: its digest is another.',
  },
  'archive-not-appraised': {
    article: '12',
    zh: '移交前须先对该年度进行鉴定。',
    en: 'The year has to be appraised before its archive is handed over.',
  },
  'archive-transferred-already': {
    article: '12',
    zh: '已凭这份交接文据移交过。',
    en: 'It has been handed over under this receipt already.',
  },
  'archive-transfer-date': {
    article: '12',
    zh: '移交日期应在用印之日与今日之间。',
    en: 'It is handed over between the day it was sealed and today.',
  },
} as const satisfies Record<string, ViolationEntry>;
