// Violation codes of truth: dates, identity documents, names, certificate numbers, roster, enrolment, resolution (art. 9, 11(2)).
import type { ViolationEntry } from './entry.ts';

/** What contradicts the calendar, the person, the resolution or the enrolment record (R9.1 to R9.4). */
export const TRUTH_CODES = {
  'date-impossible': {
    article: '11(1)',
    zh: '“{label}”不是真实存在的日期。',
    en: '{label} is not a date that exists.',
  },
  'month-impossible': {
    article: '11(1)',
    zh: '“{label}”不是真实存在的年月。',
    en: '{label} is not a month that exists.',
  },
  'date-in-future': { article: '9', zh: '“{label}”晚于今天。', en: '{label} lies in the future.' },
  'conferral-before-graduation': {
    article: '9',
    zh: '获学位日期早于毕业日期。',
    en: 'The conferral date is earlier than the graduation date.',
  },
  'admission-not-before-graduation': {
    article: '9',
    zh: '入学年月不早于毕业年月。',
    en: 'The month of admission is not before the month of graduation.',
  },
  'application-after-conferral': {
    article: '9',
    zh: '申请学位年月晚于获学位日期。',
    en: 'The month of application is later than the conferral date.',
  },
  'birth-after-admission': {
    article: '9',
    zh: '出生日期不早于入学或获学位时间。',
    en: 'The birth date is not before admission or conferral.',
  },
  'identity-malformed': {
    article: '8',
    zh: '身份证件号码的格式与证件类型不符。',
    en: 'The identity number does not have the form of its document type.',
  },
  'identity-check-character': {
    article: '8',
    zh: '身份证件号码的校验码错误。',
    en: 'The check character of the identity number is wrong.',
  },
  'identity-birth-impossible': {
    article: '8',
    zh: '身份证件号码中的出生日期不存在。',
    en: 'The birth date inside the identity number does not exist.',
  },
  'identity-birth-in-future': {
    article: '8',
    zh: '身份证件号码中的出生日期晚于今天。',
    en: 'The birth date inside the identity number lies in the future.',
  },
  'identity-birth-mismatch': {
    article: '9',
    zh: '出生日期与身份证件号码不一致。',
    en: 'The birth date does not agree with the identity number.',
  },
  'identity-sex-mismatch': {
    article: '9',
    zh: '性别与身份证件号码第十七位不一致（奇数为男性，偶数为女性）。',
    en: 'The sex does not agree with the 17th digit of the identity number (odd is male, even is female).',
  },
  'identity-first-generation': {
    article: '8',
    zh: '十五位身份证号码已停用，请填写十八位公民身份号码。',
    en: 'Fifteen-digit identity numbers are out of use; enter the number of eighteen characters.',
  },
  'identity-pattern-unusual': {
    article: '8',
    zh: '证件号码的形式少见，请核对。',
    en: 'The number of the document has an unusual form; please check it.',
  },
  'name-replacement-character': {
    article: '8',
    zh: '“{label}”含有问号、方框等替换字符或字形描述字符，原字可能已丢失。',
    en: '{label} contains a question mark, a box or another sign in place of a character; the original character may be lost.',
  },
  'name-private-use-character': {
    article: '8',
    zh: '“{label}”含有私用区字符，其他系统无法识别，请改用标准编码。',
    en: '{label} contains a private-use character that no other system can read; use the standard code point.',
  },
  'name-control-character': {
    article: '8',
    zh: '“{label}”含有控制字符或不可见字符。',
    en: '{label} contains a control or invisible character.',
  },
  'name-broken-character': {
    article: '8',
    zh: '“{label}”含有不完整的字符编码。',
    en: '{label} contains half a character (a lone surrogate).',
  },
  'name-line-break': {
    article: '8',
    zh: '“{label}”中间有换行，可能误将两格或两行并为一格。',
    en: '{label} has a line break inside; two cells or lines may have run together.',
  },
  'name-character-not-allowed': {
    article: '8',
    zh: '“{label}”含有不能用于姓名的字符（数字、符号、表情或未定义的编码）。',
    en: '{label} contains a character that no name is written with (a digit, a sign, an emoji or an unassigned code point).',
  },
  'name-dot-misplaced': {
    article: '8',
    zh: '“{label}”的间隔号在开头、结尾或重复，缺了一部分。',
    en: '{label} begins or ends with a middle dot or has two together; a part is missing.',
  },
  'name-marks-misplaced': {
    article: '8',
    zh: '“{label}”的附加符号没有所附的字母，或一个字母上过多。',
    en: '{label} has combining marks without a letter, or too many on one.',
  },
  'name-without-letter': {
    article: '8',
    zh: '“{label}”没有任何文字。',
    en: '{label} has no letter in it.',
  },
  'name-too-long': { article: '8', zh: '“{label}”超过允许的字数。', en: '{label} has more characters than allowed.' },
  'certificate-number-malformed': {
    article: '8',
    zh: '学位证书编号的格式不正确。',
    en: 'The certificate number does not have the right form.',
  },
  'certificate-number-institution': {
    article: '9',
    zh: '学位证书编号前五位与学位授予单位代码不一致。',
    en: 'The first five digits of the certificate number are not the code of the institution.',
  },
  'certificate-number-level': {
    article: '9',
    zh: '学位证书编号第六位与学位层次不一致。',
    en: 'The sixth digit of the certificate number does not agree with the level of the degree.',
  },
  'certificate-number-year': {
    article: '9',
    zh: '学位证书编号中的年份与获学位日期不一致。',
    en: 'The year in the certificate number is not the year of conferral.',
  },
  'certificate-number-doubled': {
    article: '9',
    zh: '同一学位证书编号在文件中出现多次。',
    en: 'The same certificate number occurs more than once in the file.',
  },
  'certificate-number-taken': {
    article: '9',
    zh: '该学位证书编号已被其他学位授予信息使用。',
    en: 'The certificate number is already used by another record.',
  },
  'certificate-number-on-other-roster': {
    article: '9',
    zh: '该学位证书编号已列在本单位另一项决议的学位授予名单中。',
    en: 'The certificate number already stands on the roster of another resolution of the institution.',
  },
  'certificate-number-of-deleted': {
    article: '9',
    zh: '该学位证书编号属于已删除的学位授予信息，不得再用。',
    en: 'The certificate number belongs to a deleted record and is never used again.',
  },
  'person-doubled': {
    article: '9',
    zh: '同一人在文件中出现多次。',
    en: 'The same person occurs more than once in the file.',
  },
  'person-already-recorded': {
    article: '9',
    zh: '该人在同一决议下已有学位授予信息。',
    en: 'This person already has a record under the same resolution.',
  },
  'roster-entry-missing': {
    article: '9',
    zh: '授予学位决议的名单中没有此人。',
    en: 'This person is not on the roster of the resolution.',
  },
  'roster-mismatch': {
    article: '9',
    zh: '“{label}”与授予学位决议的名单不一致。',
    en: '{label} is not what the roster of the resolution says.',
  },
  'roster-person-without-record': {
    article: '9',
    zh: '决议名单中的此人没有学位授予信息。',
    en: 'This person on the roster has no record.',
  },
  'roster-empty': {
    article: '6',
    zh: '授予学位决议的名单没有人员。',
    en: 'The roster of the resolution has no people.',
  },
  'roster-row-doubled': { article: '9', zh: '名单中“{label}”重复。', en: '{label} occurs twice on the roster.' },
  'roster-sequence': {
    article: '9',
    zh: '名单的序号不是从 1 起连续的正整数。',
    en: 'The sequence numbers of the roster do not run from 1 without gaps.',
  },
  'roster-date': {
    article: '9',
    zh: '名单的获学位日期与决议作出日期不一致。',
    en: 'The conferral date on the roster is not the day of the resolution.',
  },
  'resolution-mismatch': {
    article: '9',
    zh: '“{label}”与授予学位决议不一致。',
    en: '{label} is not what the resolution says.',
  },
  'enrolment-record-missing': {
    article: '9',
    zh: '没有找到对应的学籍学历信息。',
    en: 'No enrolment record was found for this record.',
  },
  'enrolment-not-linked': {
    article: '11(8)',
    zh: '尚未与学籍学历信息关联，请先关联。',
    en: 'The record has not been linked with its enrolment record yet; link it first.',
  },
  'enrolment-record-ambiguous': {
    article: '11(8)',
    zh: '对应的学籍学历信息不止一条。',
    en: 'More than one enrolment record fits this record.',
  },
  'enrolment-mismatch': {
    article: '9',
    zh: '“{label}”与学籍学历信息不一致。',
    en: '{label} is not what the enrolment record says.',
  },
  'resolution-field-missing': { article: '6', zh: '授予学位决议缺少“{label}”。', en: 'The resolution lacks {label}.' },
  'resolution-number-malformed': {
    article: '6',
    zh: '决议编号含有文号不用的字符。',
    en: 'The resolution number contains a character that no such number is written with.',
  },
  'resolution-number-taken': {
    article: '6',
    zh: '该决议编号已录入。',
    en: 'This resolution number has already been loaded.',
  },
  'resolution-scan-missing': {
    article: '6',
    zh: '缺少授予学位决议的扫描件。',
    en: 'The scan of the resolution is missing.',
  },
  'resolution-count-impossible': {
    article: '学位法 10',
    zh: '“{label}”不是合理的人数或票数。',
    en: '{label} is not a possible number of members or votes.',
  },
  'resolution-too-few-members': {
    article: '学位法 10',
    zh: '学位评定委员会组成人员少于九人。',
    en: 'The committee has fewer than nine members.',
  },
  'resolution-even-members': {
    article: '学位法 10',
    zh: '学位评定委员会组成人员应为单数。',
    en: 'The committee must have an odd number of members.',
  },
  'resolution-too-few-present': {
    article: '学位法 10',
    zh: '出席人数不足全体组成人员的三分之二。',
    en: 'Fewer than two thirds of the members were present.',
  },
  'resolution-no-majority': {
    article: '学位法 10',
    zh: '同意票未超过全体组成人员的半数。',
    en: 'The votes in favour are not more than half of all members.',
  },
  'resolution-votes-do-not-add-up': {
    article: '学位法 10',
    zh: '同意、反对、弃权票数之和与出席人数不等。',
    en: 'The votes in favour, against and abstaining do not add up to the members present.',
  },
  'resolution-effective-before-decided': {
    article: '学位法 10',
    zh: '决议生效日期早于作出日期。',
    en: 'The resolution takes effect before it was decided.',
  },
} as const satisfies Record<string, ViolationEntry>;
