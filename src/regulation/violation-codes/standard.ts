// Violation codes of the data standard: fields, code tables, headings, cells (art. 7, 8, 11(1)).
import type { ViolationEntry } from './entry.ts';

/** What breaks the national data structure or its code tables (R7.1, R8.1). */
export const STANDARD_CODES = {
  'field-missing': { article: '8', zh: '缺少必填项“{label}”。', en: 'The mandatory field {label} is missing.' },
  'field-not-of-level': {
    article: '8',
    zh: '“{label}”不属于该层次或类别，不得填写。',
    en: '{label} does not belong to this level or category.',
  },
  'field-too-long': { article: '11(1)', zh: '“{label}”超过允许的长度。', en: '{label} is longer than allowed.' },
  'field-malformed': {
    article: '11(1)',
    zh: '“{label}”的格式不符合数据标准。',
    en: '{label} does not have the form that the data standard asks for.',
  },
  'text-blank': { article: '12', zh: '“{label}”只有空白。', en: '{label} holds nothing but white space.' },
  'text-unreadable-character': {
    article: '11(1)',
    zh: '“{label}”含有乱码、控制字符或私用区字符。',
    en: '{label} contains replacement, control or private-use characters.',
  },
  'number-damaged-by-spreadsheet': {
    article: '11(1)',
    zh: '“{label}”已被电子表格改成科学计数法，原号码无法恢复，请将该列设为文本后重新填写。',
    en: '{label} was turned into scientific notation by a spreadsheet; the digits are lost. Format the column as text and enter it again.',
  },
  'code-unknown': {
    article: '7',
    zh: '“{label}”的代码或名称不在代码表中。',
    en: 'The code or name of {label} is not in the code table.',
  },
  'code-not-valid-on-date': {
    article: '7',
    zh: '“{label}”的代码在获学位日期当日无效。',
    en: 'The code of {label} is not valid on the conferral date.',
  },
  'code-name-mismatch': {
    article: '7',
    zh: '“{label}”与其代码的名称不一致。',
    en: '{label} does not agree with the name of its code.',
  },
  'code-outside-loaded-edition': {
    article: '7',
    zh: '“{label}”的代码形式正确，但所载代码表不完整，无法核对。',
    en: 'The code of {label} has the right form but the loaded code table is incomplete, so it could not be checked.',
  },
  'header-empty': {
    article: '7',
    zh: '表头没有可识别的列名；所示列名若为乱码，则文件的编码既不是 UTF-8 也不是 GB 18030，请另存后重新上传。',
    en: 'The header has no heading that is known. If the headings shown are nonsense, the file is neither in UTF-8 nor in GB 18030: save it as one of them and upload it again.',
  },
  'header-column-missing': { article: '7', zh: '表头缺少列“{label}”。', en: 'The header lacks the column {label}.' },
  'header-column-unknown': {
    article: '7',
    zh: '表头的列“{label}”不属于该模板。',
    en: 'The heading {label} does not belong to this template.',
  },
  'header-column-doubled': {
    article: '7',
    zh: '表头的列“{label}”出现多次。',
    en: 'The heading {label} occurs more than once.',
  },
  'edition-not-for-category': {
    article: '7',
    zh: '该数据结构版本不适用于所选类别。',
    en: 'This edition of the data structure is not for the chosen category.',
  },
  'row-institution-mismatch': {
    article: '9',
    zh: '该行的学位授予单位不是本单位。',
    en: 'The row names another degree-granting institution.',
  },
  'row-category-mismatch': {
    article: '9',
    zh: '该行的类别不是所选类别。',
    en: 'The row is of another category than the chosen one.',
  },
  'country-not-of-category': {
    article: '8',
    zh: '国家或地区与该类别不符：来华留学类别只填外国国籍。',
    en: 'The country does not fit the category: the international-student category is for foreign nationals only.',
  },
  'category-level-mismatch': {
    article: '8',
    zh: '类别与学位层次不一致。',
    en: 'The category does not agree with the level of the degree.',
  },
  'degree-category-of-other-level': {
    article: '8',
    zh: '学位类别的层次与该信息的层次不一致。',
    en: 'The degree category is of another level than the record.',
  },
  'degree-category-of-other-kind': {
    article: '8',
    zh: '学位类别（学术学位或专业学位）与该类别不一致。',
    en: 'The degree category (academic or professional) does not fit the category.',
  },
  'discipline-of-other-level': {
    article: '8',
    zh: '学科专业代码属于另一层次的目录。',
    en: 'The discipline code belongs to the catalogue of another level.',
  },
  'discipline-of-other-kind': {
    article: '8',
    zh: '学科专业代码（学术学位或专业学位类别）与该类别不一致。',
    en: 'The discipline code (academic or professional) does not fit the category.',
  },
  'degree-category-discipline-mismatch': {
    article: '8',
    zh: '学科专业代码不属于该专业学位类别。',
    en: 'The discipline code does not belong to the professional degree category.',
  },
  'outcome-type-not-of-level': {
    article: '8',
    zh: '论文类型不适用于该层次或类别。',
    en: 'The type of thesis or outcome is not one of this level or category.',
  },
  'thesis-field-without-thesis': {
    article: '8',
    zh: '论文类型为涉密论文或无时，“{label}”必须为空。',
    en: '{label} must be empty where the thesis is classified or there is none.',
  },
  'classified-thesis': {
    article: '20',
    zh: '涉密学位论文未登记解密或者信息脱密，学位授予信息不得录入或报送。',
    en: 'The information of a classified thesis may not enter before its declassification is recorded.',
  },
  'directions-too-many': {
    article: '11(1)',
    zh: '论文研究方向最多两个，以分号分隔。',
    en: 'At most two research directions are allowed, separated by semicolons.',
  },
} as const satisfies Record<string, ViolationEntry>;
