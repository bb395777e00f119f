// By what degree holders are counted (art. 17): one closed table of dimensions, the axes they lie on, and the groups of people.

import type { LEVELS, Term } from '../vocabulary.ts';

/**
 * The dimensions of a table. Some lie on one axis, the coarser ones first: a level is a sum of categories, a field (门类) a sum of
 * disciplines. Two dimensions of one axis make no table.
 */
export const DIMENSIONS = {
  level: { zh: '学位层次', en: 'level', article: '17', axis: 'category' },
  category: { zh: '学位类别', en: 'category', article: '17', axis: 'category' },
  field: { zh: '学科门类', en: 'field of learning', article: '17', axis: 'discipline' },
  discipline: { zh: '一级学科、专业学位类别或本科专业', en: 'discipline or major', article: '17', axis: 'discipline' },
  sex: { zh: '性别', en: 'sex', article: '17', axis: 'sex' },
  nationality: { zh: '生源国别或地区', en: 'nationality group', article: '17', axis: 'nationality' },
  year: { zh: '获学位年份', en: 'year of conferral', article: '17', axis: 'year' },
} as const satisfies Record<string, Term & { axis: string }>;
export type Dimension = keyof typeof DIMENSIONS;

/** The dimensions that may stand in columns: not disciplines, of which there are hundreds, and not years. */
export const COLUMN_DIMENSIONS = {
  level: DIMENSIONS.level,
  category: DIMENSIONS.category,
  field: DIMENSIONS.field,
  sex: DIMENSIONS.sex,
  nationality: DIMENSIONS.nationality,
} as const;
export type ColumnDimension = keyof typeof COLUMN_DIMENSIONS;

/** The axes along which the people of one year are parted; years are apart from one another. */
export const AXES = ['category', 'discipline', 'sex', 'nationality'] as const;
export type Axis = (typeof AXES)[number];

/** The dimensions of an axis, the finest first. */
export const LAYERS: Readonly<Record<Axis, readonly Dimension[]>> = {
  category: ['category', 'level'],
  discipline: ['discipline', 'field'],
  sex: ['sex'],
  nationality: ['nationality'],
};

/** 性别, by GB/T 2261.1; what is unknown or not stated is one group. */
export const SEXES = {
  male: { zh: '男', en: 'male', article: '17' },
  female: { zh: '女', en: 'female', article: '17' },
  unstated: { zh: '未说明', en: 'not stated', article: '17' },
} as const satisfies Record<string, Term>;
export type Sex = keyof typeof SEXES;

/** Where degree holders come from, in the three groups in which universities report them. */
export const NATIONALITIES = {
  mainland: { zh: '内地（大陆）', en: 'mainland of China', article: '17' },
  'hong-kong-macao-taiwan': { zh: '港澳台', en: 'Hong Kong, Macao and Taiwan', article: '17' },
  international: { zh: '国际', en: 'international', article: '17' },
} as const satisfies Record<string, Term>;
export type Nationality = keyof typeof NATIONALITIES;

/** 学科门类: the first two digits of a discipline's code. */
export const FIELDS_OF_LEARNING: Readonly<Record<string, { zh: string; en: string }>> = {
  '01': { zh: '哲学', en: 'philosophy' },
  '02': { zh: '经济学', en: 'economics' },
  '03': { zh: '法学', en: 'law' },
  '04': { zh: '教育学', en: 'education' },
  '05': { zh: '文学', en: 'literature' },
  '06': { zh: '历史学', en: 'history' },
  '07': { zh: '理学', en: 'science' },
  '08': { zh: '工学', en: 'engineering' },
  '09': { zh: '农学', en: 'agriculture' },
  '10': { zh: '医学', en: 'medicine' },
  '11': { zh: '军事学', en: 'military science' },
  '12': { zh: '管理学', en: 'management' },
  '13': { zh: '艺术学', en: 'art' },
  '14': { zh: '交叉学科', en: 'interdisciplinary studies' },
};

/** The sex of a code of GB/T 2261.1. */
export function sexOf(code: string): Sex {
  return code === '1' ? 'male' : code === '2' ? 'female' : 'unstated';
}

/** The group of a country's code, GB/T 2659. */
export function nationalityOf(code: string): Nationality {
  if (code === '156') return 'mainland';
  return code === '344' || code === '446' || code === '158' ? 'hong-kong-macao-taiwan' : 'international';
}

/**
 * The discipline that is counted: for a bachelor the major, for a master the first-level discipline or the category of the professional
 * degree, its first four digits; second-level codes are an institution's own.
 */
export function disciplineOf(level: keyof typeof LEVELS, code: string): string {
  return level === 'master' ? code.slice(0, 4) : code;
}

/** The field (门类) of a discipline: its first two digits. */
export function fieldOf(discipline: string): string {
  return discipline.slice(0, 2);
}
