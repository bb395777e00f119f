// Deliberate mistakes in rows: codes, disciplines and degree categories.
import {
  ABROAD,
  ACADEMIC,
  ADULT,
  corrected,
  ENROLMENT,
  PAPERS,
  PROFESSIONAL,
  REGULAR,
  ROSTER,
  type RowMistake,
  set,
} from './row-mistake.ts';

/** Codes, disciplines and degree categories. */
export const OF_CODES: readonly RowMistake[] = [
  corrected(
    ADULT,
    ['ethnicity', '民族写法不规范', 'ethnicity in unofficial words'],
    'code-unknown',
    [],
    set({ ethnicity: '乌兹别克族' }),
  ),
  corrected(
    ADULT,
    ['politics', '政治面貌写法不规范', 'political status in unofficial words'],
    'code-unknown',
    [],
    set({ politicalStatus: '中共党员' }),
  ),
  corrected(
    REGULAR,
    ['discipline', '专业代码不存在', 'discipline code that nobody knows'],
    'code-unknown',
    PAPERS,
    set({ disciplineCode: '9X9999' }),
  ),
  corrected(
    REGULAR,
    ['discipline-level', '专业代码属于研究生目录', 'discipline of the graduate catalogue'],
    'discipline-of-other-level',
    PAPERS,
    set({ disciplineCode: '0812' }),
  ),
  corrected(
    REGULAR,
    ['discipline-name', '专业名称与代码不符', 'discipline name against its code'],
    'code-name-mismatch',
    ENROLMENT,
    set({ disciplineName: '文学创作' }),
  ),
  corrected(
    REGULAR,
    ['old-code', '专业代码已停用', 'discipline code that is no longer valid'],
    'code-not-valid-on-date',
    PAPERS,
    set({ disciplineCode: '083205T', disciplineName: '碳中和科学与工程' }),
  ),
  corrected(
    ACADEMIC,
    ['discipline-kind', '学术学位填报专业学位类别', 'professional discipline of an academic degree'],
    'discipline-of-other-kind',
    PAPERS,
    set({ disciplineCode: '0451', disciplineName: '教育' }),
  ),
  corrected(
    REGULAR,
    ['degree-level', '学位类别属于硕士', 'degree category of a master'],
    'degree-category-of-other-level',
    ['code-name-mismatch', ...ROSTER],
    (good) => ({
      ...good,
      degreeCategory: `3${good.degreeCategory?.slice(1)}`,
    }),
  ),
  corrected(
    PROFESSIONAL,
    ['degree-kind', '专业学位填报学术学位类别', 'academic degree category of a professional degree'],
    'degree-category-of-other-kind',
    ROSTER,
    set({ degreeCategory: '308' }),
  ),
  corrected(
    PROFESSIONAL,
    ['degree-discipline', '专业学位类别与专业代码不符', 'professional degree category of another discipline'],
    'degree-category-discipline-mismatch',
    ROSTER,
    (good) => ({
      ...good,
      degreeCategory: good.disciplineCode === '0854' ? '31253' : '30854',
    }),
  ),
  corrected(
    ABROAD,
    ['country', '来华留学填报中国香港', 'international student from Hong Kong'],
    'country-not-of-category',
    ENROLMENT,
    set({ country: '中国香港' }),
  ),
  corrected(
    ADULT,
    ['not-of-level', '外国人填报民族', 'ethnicity of a foreign national'],
    'field-not-of-level',
    [],
    set({ country: '巴基斯坦' }),
  ),
];
