// Violation codes of statistics: what may be asked for and published (art. 17).
import type { ViolationEntry } from './entry.ts';

/** What is wrong with statistics. */
export const STATISTICS_CODES = {
  'statistics-year-impossible': {
    article: '17',
    zh: '没有这一年份的统计数据：年份不在可统计的范围内。',
    en: 'There are no statistics of such a year.',
  },
  'statistics-same-axis': {
    article: '17',
    zh: '行与列属于同一分类，不能组成统计表。',
    en: 'Rows and columns lie on one axis and make no table.',
  },
  'statistics-too-few': {
    article: '17',
    zh: '该年度已备案的人数低于统计数据最小单元，不得发布。',
    en: 'Fewer people are filed of this year than may be published.',
  },
  'statistics-difference-too-small': {
    article: '17',
    zh: '与已发布的版本相比，总人数的增减低于统计数据最小单元，比较两版即可推知个人，暂不得发布。',
    en: 'The total differs from a published version by fewer people than may be published; comparing the two would betray them.',
  },
  'statistics-unchanged': {
    article: '17',
    zh: '统计数据与最近发布的版本完全相同。',
    en: 'The figures are those of the last version.',
  },
  'statistics-seen-otherwise': {
    article: '17',
    zh: '统计数据在预览之后已有变化，请重新预览。',
    en: 'The figures have changed since they were looked at; look again.',
  },
} as const satisfies Record<string, ViolationEntry>;
