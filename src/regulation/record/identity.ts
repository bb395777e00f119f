// Identity documents: form, check character, and agreement with birth date and sex (GB 11643-1999 MOD 11-2); and how secrets are masked.
import type { CivilDate } from '../deadlines/deadlines.ts';
import { isRealDay } from '../deadlines/deadlines.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import { identityCheckCharacter } from './identity-check.ts';

/** How the number of each type looks (codes of table `identityType`); `checked` = carries birth date, sex and check character of GB 11643. */
interface DocumentForm {
  readonly form: RegExp;
  readonly expected: string;
  readonly checked: boolean;
}

const DOCUMENT_FORMS: ReadonlyMap<string, DocumentForm> = new Map([
  // An unknown region code is never a refusal: abolished codes are still carried. 81/82/83 0000 are residence permits, not identity cards.
  ['01', { form: /^(?!8[123]0000)[1-8]\d{16}[\dX]$/, expected: '17 digits + check character', checked: true }],
  ['hmt-residence-permit', { form: /^8[123]0000\d{11}[\dX]$/, expected: '810000/820000/830000…', checked: true }],
  ['foreigner-permanent-residence', { form: /^9\d{16}[\dX]$/, expected: '9… (18) / AAA############', checked: true }],
]);
/** The permanent residence card of 2017 carries no check character. */
const PERMANENT_RESIDENCE_2017 = /^[A-Z]{3}\d{12}$/;
const FIRST_GENERATION = /^[1-8]\d{14}$/;

/** Loose forms of other documents: another form is noticed, never refused. */
const USUAL_FORMS: ReadonlyMap<string, RegExp> = new Map([
  ['hk-macao-travel-permit', /^[HM]\d{8}(?:\d{2})?$/],
  ['taiwan-travel-permit', /^(?:\d{8}|\d{10}[A-Z]?)$/],
  ['passport', /^[A-Z0-9]{5,17}$/],
]);

/** What the rest of the record says, and the day on which we judge. `sex` is a code of GB/T 2261.1; empty texts and other codes are not compared. */
export interface IdentityBasis {
  readonly sex: string;
  readonly birthDate: CivilDate;
  readonly on: CivilDate;
}

const PATH = 'identityNumber';
/** GB/T 2261.1 whole: the number always says male or female, so that "unknown" and "unspecified" contradict it as the other sex does. */
const SEX_NAMES: Readonly<Record<string, string>> = {
  '0': '未知的性别',
  '1': '男性',
  '2': '女性',
  '9': '未说明的性别',
};

function checkedNumberViolations(number: string, { sex, birthDate, on }: IdentityBasis): Violation[] {
  const violations: Violation[] = [];
  const birth = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  const checkCharacter = identityCheckCharacter(number);
  if (checkCharacter !== number[17]) {
    const expected = maskIdentityNumber(number.slice(0, 17) + checkCharacter);
    violations.push(violation('identity-check-character', PATH, { found: maskIdentityNumber(number), expected }));
  }
  if (!isRealDay(Number(birth.slice(0, 4)), Number(birth.slice(5, 7)), Number(birth.slice(8)))) {
    violations.push(violation('identity-birth-impossible', PATH, { found: birth }));
  } else if (birth > on) {
    violations.push(violation('identity-birth-in-future', PATH, { found: birth, expected: `≤ ${on}` }));
  } else if (birthDate !== '' && birth !== birthDate) {
    violations.push(violation('identity-birth-mismatch', 'birthDate', { found: birthDate, expected: birth }));
  }
  const ownSex = number.charCodeAt(16) % 2 === 1 ? '1' : '2';
  if (Object.hasOwn(SEX_NAMES, sex) && sex !== ownSex) {
    violations.push(
      violation('identity-sex-mismatch', 'sex', {
        found: `${sex} ${SEX_NAMES[sex]}`,
        expected: `${ownSex} ${SEX_NAMES[ownSex]}`,
      }),
    );
  }
  return violations;
}

/**
 * Everything wrong with an identity number (upper-case X, no spaces) of a type (code of table `identityType`). Types without a
 * published form (passports, permits) have only notices: {@link identityNotices}. `found` is masked (R21.1).
 */
export function identityViolations(type: string, number: string, basis: IdentityBasis): Violation[] {
  const document = DOCUMENT_FORMS.get(type);
  if (document === undefined || (type === 'foreigner-permanent-residence' && PERMANENT_RESIDENCE_2017.test(number)))
    return [];
  if (document.form.test(number)) return checkedNumberViolations(number, basis);
  if (type === '01' && FIRST_GENERATION.test(number)) {
    return [
      violation('identity-first-generation', PATH, { found: maskIdentityNumber(number), expected: document.expected }),
    ];
  }
  const found = `${maskIdentityNumber(number)} (${number.length})`;
  return [violation('identity-malformed', PATH, { found, expected: document.expected })];
}

/** What an officer should look at again although it is not refused: unusual numbers of passports and permits. */
export function identityNotices(type: string, number: string): Violation[] {
  const usual = USUAL_FORMS.get(type);
  if (usual === undefined || usual.test(number)) return [];
  return [violation('identity-pattern-unusual', PATH, { found: maskIdentityNumber(number) })];
}

const stars = (count: number) => '*'.repeat(Math.max(1, count));

/**
 * Keeps the first character and the last: 3****************1; only the first of four and fewer. No more, because the birth date stands
 * beside it: with the region and three digits behind it, the check character would leave some ninety numbers to try.
 */
export function maskIdentityNumber(number: string): string {
  if (number.length > 4) return `${number.slice(0, 1)}${stars(number.length - 2)}${number.slice(-1)}`;
  return `${number.slice(0, 1)}${stars(number.length - 1)}`;
}

/** Keeps three digits before and four behind of a mobile number: 138****5678; less of shorter ones. */
export function maskPhone(phone: string): string {
  if (phone.length >= 11) return `${phone.slice(0, 3)}${stars(phone.length - 7)}${phone.slice(-4)}`;
  return `${stars(phone.length - 2)}${phone.length > 4 ? phone.slice(-2) : ''}`;
}

/** Keeps the first letter and the domain: z***@example.edu.cn; no letter where there is only one. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? '***' : `${at === 1 ? '' : email.slice(0, 1)}***${email.slice(at)}`;
}

/** Keeps the first character, and the last of three or more: 张*, 欧*修. */
export function maskName(name: string): string {
  const characters = [...name];
  if (characters.length <= 2) return `${characters[0] ?? ''}*`;
  return `${characters[0]}${stars(characters.length - 2)}${characters.at(-1)}`;
}
