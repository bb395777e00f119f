// Deliberate mistakes in rows: identity, dates and names.
import {
  ABROAD,
  ADULT,
  corrected,
  ENROLMENT,
  EQUIVALENT,
  misspelt,
  PAPERS,
  REGULAR,
  ROSTER,
  type RowMistake,
  set,
} from './row-mistake.ts';
import type { Cells } from './tables.ts';

const identity = (cells: Cells) => cells.identityNumber ?? '';
const nextCheck = (character: string | undefined) => (character === '1' ? '2' : '1');

/** Identity, dates and names. */
export const OF_PERSONS: readonly RowMistake[] = [
  corrected(
    REGULAR,
    ['identity-check', '身份证校验码错误', 'identity number with a wrong check character'],
    'identity-check-character',
    ENROLMENT,
    (good) => ({
      ...good,
      identityNumber: identity(good).slice(0, 17) + nextCheck(identity(good)[17]),
    }),
  ),
  corrected(
    REGULAR,
    ['identity-short', '身份证少一位', 'identity number one digit short'],
    'identity-malformed',
    ENROLMENT,
    (good) => ({
      ...good,
      identityNumber: identity(good).slice(0, 17),
    }),
  ),
  corrected(
    ADULT,
    ['identity-15', '十五位旧身份证号', 'identity number of the first generation'],
    'identity-first-generation',
    [],
    (good) => ({
      ...good,
      identityNumber: identity(good).slice(0, 6) + identity(good).slice(8, 17),
    }),
  ),
  corrected(
    REGULAR,
    ['sex', '性别与身份证不符', 'sex against the identity number'],
    'identity-sex-mismatch',
    ENROLMENT,
    (good, { sex }) => ({
      ...good,
      sex: sex === '1' ? '女性' : '男性',
    }),
  ),
  corrected(
    REGULAR,
    ['birth-date', '出生日期与身份证不符', 'birth date against the identity number'],
    'identity-birth-mismatch',
    ENROLMENT,
    (good, { birthDate }) => ({
      ...good,
      birthDate: `${birthDate.slice(0, 4)}${birthDate.slice(5, 7)}${birthDate.endsWith('28') ? '27' : '28'}`,
    }),
  ),
  corrected(
    REGULAR,
    ['scientific', '号码被表格改成科学计数法', 'number turned into scientific notation'],
    'number-damaged-by-spreadsheet',
    [],
    set({ identityNumber: '3.71502E+17' }),
  ),
  corrected(
    REGULAR,
    ['impossible-date', '不存在的日期', 'date that does not exist'],
    'date-impossible',
    [],
    set({ birthDate: '20050230' }),
  ),
  corrected(
    ABROAD,
    ['future-birth', '出生日期在未来', 'birth date in the future'],
    'date-in-future',
    ['birth-after-admission', ...ENROLMENT],
    set({ birthDate: '2091-05-04' }),
  ),
  corrected(
    ADULT,
    ['impossible-month', '不存在的月份', 'month that does not exist'],
    'month-impossible',
    [],
    set({ admissionMonth: '202413' }),
  ),
  corrected(
    ADULT,
    ['conferral-first', '授予早于毕业', 'conferral before graduation'],
    'conferral-before-graduation',
    [],
    (good, { conferralDate }) => ({
      ...good,
      graduationMonth: `${conferralDate.slice(0, 4)}-07`,
    }),
  ),
  corrected(
    ADULT,
    ['admission-late', '入学晚于毕业', 'admission after graduation'],
    'admission-not-before-graduation',
    [],
    (good, { conferralDate }) => ({
      ...good,
      admissionMonth: `${conferralDate.slice(0, 4)}-09`,
    }),
  ),
  corrected(
    EQUIVALENT,
    ['application-late', '申请晚于授予', 'application after conferral'],
    'application-after-conferral',
    [],
    (good, { conferralDate }) => ({
      ...good,
      applicationMonth: `${conferralDate.slice(0, 4)}-11`,
    }),
  ),
  corrected(
    REGULAR,
    ['private-use', '姓名含私用区字符', 'private-use character in a name'],
    'name-private-use-character',
    PAPERS,
    (good) => ({ ...good, name: `${good.name}\ue4c6` }),
  ),
  corrected(
    REGULAR,
    ['question-mark', '姓名含问号', 'replacement mark in a name'],
    'name-replacement-character',
    PAPERS,
    (good) => ({ ...good, name: `${good.name?.slice(0, 1)}?` }),
  ),
  corrected(
    ADULT,
    ['invisible', '姓名含不可见字符', 'invisible character in a name'],
    'name-control-character',
    ROSTER,
    (good) => ({ ...good, name: `${good.name?.slice(0, 1)}\u200b${good.name?.slice(1)}` }),
  ),
  corrected(
    REGULAR,
    ['misspelt', '姓名与名单不符', 'name that differs from the roster'],
    'roster-mismatch',
    ENROLMENT,
    (good) => ({ ...good, name: misspelt(good.name ?? '') }),
  ),
  corrected(
    ADULT,
    ['phone', '手机号码无法识别', 'telephone that is none'],
    'field-malformed',
    [],
    set({ phone: 'none' }),
  ),
];
