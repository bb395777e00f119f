// The closed worlds of analysis datasets (art. 18, 19): what they are for, where they stand, how they are read.
import type { Term } from '../vocabulary.ts';

/**
 * What a dataset may be asked for, and what nobody may have one for: the commercial purposes are words of the table, so that who
 * means one finds it, and gets the answer of article 19 instead of hiding it behind another.
 */
export const DATASET_PURPOSES = {
  'teaching-research': { zh: '教育教学研究', en: 'research into teaching', article: '18', commercial: false },
  'quality-evaluation': { zh: '学位授予质量评价', en: 'evaluation of quality', article: '18', commercial: false },
  'discipline-evaluation': {
    zh: '学科专业建设评估',
    en: 'evaluation of disciplines',
    article: '18',
    commercial: false,
  },
  'policy-study': { zh: '政策研究', en: 'study of policy', article: '18', commercial: false },
  'talent-forecast': { zh: '人才培养与需求分析', en: 'study of supply and demand', article: '18', commercial: false },
  statistics: { zh: '统计分析', en: 'statistics', article: '18', commercial: false },
  'product-or-service': {
    zh: '开发销售产品或服务',
    en: 'a product or service for sale',
    article: '19',
    commercial: true,
  },
  'marketing-or-recruitment': {
    zh: '市场营销、商业招生招聘',
    en: 'marketing, commercial recruitment',
    article: '19',
    commercial: true,
  },
  'trade-in-data': { zh: '数据交易、转售', en: 'trade in data', article: '19', commercial: true },
} as const satisfies Record<string, Term & { commercial: boolean }>;
export type DatasetPurpose = keyof typeof DATASET_PURPOSES;

/** Where an analysis dataset stands. Only its procedures move it. */
export const DATASET_STATES = {
  requested: { zh: '待审批', en: 'requested', article: '18' },
  refused: { zh: '不同意', en: 'refused', article: '18' },
  approved: { zh: '已同意，生成中', en: 'consented to, being made', article: '18' },
  impossible: { zh: '达不到匿名要求', en: 'cannot be made anonymous as asked', article: '18' },
  failed: { zh: '生成失败', en: 'could not be made by the server', article: '18' },
  ready: { zh: '可使用', en: 'ready', article: '18' },
  destroyed: { zh: '已销毁', en: 'destroyed', article: '18' },
} as const satisfies Record<string, Term>;
export type DatasetState = keyof typeof DATASET_STATES;

/** The ways in which a dataset is read; each reading is kept. */
export const DATASET_READINGS = {
  csv: { zh: '下载文本表格', en: 'CSV file', article: '18' },
  xlsx: { zh: '下载电子表格', en: 'workbook', article: '18' },
  rows: { zh: '按页查询', en: 'pages of rows', article: '18' },
  report: { zh: '查看匿名化报告', en: 'report of the anonymisation', article: '18' },
} as const satisfies Record<string, Term>;
export type DatasetReading = keyof typeof DATASET_READINGS;

/** Where the publication of results stands (R18.2). */
export const PUBLICATION_STATES = {
  requested: { zh: '待审批', en: 'requested', article: '18' },
  consented: { zh: '同意发布', en: 'consented to', article: '18' },
  refused: { zh: '不同意发布', en: 'refused', article: '18' },
} as const satisfies Record<string, Term>;
export type PublicationState = keyof typeof PUBLICATION_STATES;

/** What the head decides. */
export const DATASET_DECISIONS = {
  consent: { zh: '同意', en: 'consent', article: '18' },
  refuse: { zh: '不同意', en: 'refuse', article: '18' },
} as const satisfies Record<string, Term>;
export type DatasetDecision = keyof typeof DATASET_DECISIONS;
