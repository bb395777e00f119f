// Where each field of a record comes from (R22.1): the kinds of source, what may be wrong with a chain, and which version last changed what.
import { FIELD_NAMES, type FieldName } from '../standard/fields.ts';
import type { StepName } from '../steps.ts';
import type { Term } from '../vocabulary.ts';

/** What put a value into a record. */
export const ORIGIN_SOURCES = {
  file: { zh: '导入文件', en: 'an imported file', article: '11(1)' },
  hand: { zh: '逐条录入', en: 'entered by hand', article: '11(1)' },
  resolution: { zh: '学位授予决议', en: 'the resolution', article: '6' },
  derived: { zh: '按规则补全', en: 'filled in by the rules', article: '8' },
  enrolment: { zh: '学籍学历信息', en: 'the enrolment record', article: '11(8)' },
  photo: { zh: '电子照片', en: 'the photo archive', article: '8' },
  correction: { zh: '更正', en: 'a correction', article: '14' },
  'change-request': { zh: '经批准的更改', en: 'a change that was consented to', article: '15' },
  step: { zh: '其他步骤', en: 'another step', article: '12' },
  unsealed: { zh: '无步骤可据', en: 'no step speaks of it', article: '12' },
} as const satisfies Record<string, Term>;
export type OriginSource = keyof typeof ORIGIN_SOURCES;

/** Where what is kept and what was sealed differ: somebody has written past the procedures. */
export const ORIGIN_FAULTS = {
  'content-altered': {
    zh: '现存内容与用印时的摘要不符。',
    en: 'What is kept is not what was sealed.',
    article: '22',
  },
  'version-unsealed': { zh: '没有步骤产生过该版本。', en: 'No step made this version.', article: '22' },
  'step-altered': {
    zh: '步骤的登记项与其用印陈述不符。',
    en: 'What is kept of a step is not what its sealed statement says.',
    article: '22',
  },
  'seal-broken': { zh: '步骤的签章验证不通过。', en: 'The seal of a step does not verify.', article: '22' },
  'chain-broken': {
    zh: '步骤前后不衔接，可能有步骤被移除。',
    en: 'A step does not follow the one before it: one may be gone.',
    article: '22',
  },
  'collector-altered': {
    zh: '登记的采集人与用印步骤中的采集人不符。',
    en: 'The collector on the record is not the one of the sealed step.',
    article: '22',
  },
  'checker-altered': {
    zh: '登记的校核人与用印步骤中的校核人不符。',
    en: 'The checker on the record is not the one of the sealed step.',
    article: '22',
  },
  'import-altered': {
    zh: '登记的导入与用印步骤中的导入不符。',
    en: 'The import on the record is not the one of the sealed step.',
    article: '22',
  },
  'line-altered': {
    zh: '登记的行号处不是该人的信息。',
    en: 'The line on the record is not that of this person.',
    article: '22',
  },
  'row-missing': {
    zh: '导入文件中没有该证书编号的行。',
    en: 'The imported file has no row of this certificate number.',
    article: '22',
  },
  'file-altered': {
    zh: '导入文件缺失，或与登记的摘要不符。',
    en: 'The imported file is gone or not what was registered.',
    article: '22',
  },
} as const satisfies Record<string, Term>;
export type OriginFaultCode = keyof typeof ORIGIN_FAULTS;

/** The fields of one version in plain text; what is empty is left out. */
export interface OriginVersion {
  readonly version: number;
  readonly values: Readonly<Partial<Record<FieldName, string>>>;
}

/**
 * The version that last changed each field, for every field that has a value or had one.
 * @param versions one after another, the oldest first; the last is the one that is asked about
 */
export function changedIn(versions: readonly OriginVersion[]): Map<FieldName, number> {
  const changed = new Map<FieldName, number>();
  let before: OriginVersion['values'] = {};
  for (const { version, values } of versions) {
    for (const name of FIELD_NAMES) if ((values[name] ?? '') !== (before[name] ?? '')) changed.set(name, version);
    before = values;
  }
  return changed;
}

/** What a step that made a version says of the source of its values. */
export function sourceOf(step: StepName | null, facts: Readonly<Record<string, unknown>>): OriginSource {
  switch (step) {
    case null:
      return 'unsealed';
    case 'collect':
      return facts.importId === undefined ? 'hand' : 'file';
    case 'link-enrolment':
      return 'enrolment';
    case 'attach-photos':
      return 'photo';
    case 'correct':
      return 'correction';
    case 'change':
      return 'change-request';
    default:
      return 'step';
  }
}
