// Violation codes of the national structure as data: editions, code tables, mappings, exports (art. 7, 8, 21).
import type { ViolationEntry } from './entry.ts';

/** What breaks the loading of an edition or a code table, the mapping of codes, or an export (R7.1). */
export const STRUCTURE_CODES = {
  'column-not-kept': {
    article: '7',
    zh: '“{label}”列没有对应的字段，内容无法保存，请清空或先录入含该字段的数据结构版本。',
    en: '{label} stands for no field of the record, so its content cannot be kept; empty the column or load an edition that names its field.',
  },
  'edition-not-readable': {
    article: '7',
    zh: '数据结构文件不是可识别的列表。',
    en: 'The file of the edition is no list of columns that can be read.',
  },
  'edition-id-malformed': {
    article: '7',
    zh: '数据结构版本标识应为 2 至 40 个小写字母、数字或连字符，且不得与自有模板相同。',
    en: 'The identifier of an edition has 2 to 40 lower-case letters, digits or hyphens and is not that of our own templates.',
  },
  'edition-text-malformed': {
    article: '7',
    zh: '“{label}”为空、过长或含有控制字符。',
    en: '{label} is empty, too long or contains control characters.',
  },
  'edition-period': {
    article: '7',
    zh: '数据结构版本的有效期不正确。',
    en: 'The period in which the edition is valid is wrong.',
  },
  'edition-categories-missing': {
    article: '7',
    zh: '未说明数据结构版本适用的类别。',
    en: 'The edition does not say for which categories it is.',
  },
  'edition-column-unknown-word': {
    article: '7',
    zh: '“{label}”的内容无法识别。',
    en: '{label} has a content that is not understood.',
  },
  'edition-column-doubled': {
    article: '7',
    zh: '“{label}”在数据结构版本中出现多次。',
    en: '{label} occurs more than once in the edition.',
  },
  'edition-column-not-of-category': {
    article: '7',
    zh: '“{label}”不属于该数据结构版本适用的类别。',
    en: '{label} does not belong to the categories of the edition.',
  },
  'edition-field-missing': {
    article: '7',
    zh: '数据结构版本缺少采集必需的字段“{label}”。',
    en: 'The edition lacks {label}, without which no record can be collected.',
  },
  'edition-unchanged': {
    article: '7',
    zh: '与现行版本完全相同，无须录入。',
    en: 'It equals the version that holds now, so there is nothing to load.',
  },
  'code-table-unknown': { article: '7', zh: '没有这个代码表。', en: 'There is no such code table.' },
  'code-row-malformed': {
    article: '7',
    zh: '“{label}”为空、过长或含有控制字符。',
    en: '{label} is empty, too long or contains control characters.',
  },
  'code-row-period': {
    article: '7',
    zh: '该行的有效期不正确。',
    en: 'The period of validity in this row is wrong.',
  },
  'code-row-doubled': {
    article: '7',
    zh: '同一代码在同一时期出现多次。',
    en: 'The same code occurs twice for the same time.',
  },
  'recoding-target-unknown': {
    article: '7',
    zh: '“改为代码”在新代码表中不存在。',
    en: 'The code that replaces this one is not in the new table.',
  },
  'recoding-in-circle': {
    article: '7',
    zh: '代码更替形成循环。',
    en: 'The replacements of codes run in a circle.',
  },
  'code-table-before-earlier': {
    article: '7',
    zh: '生效日期早于该代码表已录入版本的生效日期。',
    en: 'It would take effect before a version of this table that was loaded earlier.',
  },
  'mapping-value-malformed': {
    article: '7',
    zh: '对照的原值为空、过长、含有控制字符或形似个人号码。',
    en: 'The value to be mapped is empty, too long, has control characters or looks like a number of a person.',
  },
  'mapping-value-is-code': {
    article: '7',
    zh: '该值本身就是有效的代码或名称，不得另作对照。',
    en: 'The value is a valid code or name itself and cannot stand for another one.',
  },
  'mapping-code-unknown': {
    article: '7',
    zh: '对照的代码不在代码表中。',
    en: 'The code that it is mapped to is not in the code table.',
  },
  'mapping-doubled': {
    article: '7',
    zh: '同一值在一次提交中出现多次。',
    en: 'The same value occurs more than once in one submission.',
  },
  'mapping-unchanged': {
    article: '7',
    zh: '该值已作同样的对照。',
    en: 'The value is mapped to this code already.',
  },
  'mapping-withdrawn': {
    article: '7',
    zh: '该对照已经撤销。',
    en: 'The mapping was withdrawn before.',
  },
  'too-many-mappings': {
    article: '7',
    zh: '一次提交的对照过多。',
    en: 'Too many mappings were submitted at once.',
  },
  'export-purpose-missing': {
    article: '21',
    zh: '导出含有敏感信息，须说明用途。',
    en: 'An export holds secret information, so its purpose must be stated.',
  },
  'export-edition-unknown': {
    article: '7',
    zh: '没有这个数据结构版本。',
    en: 'There is no such edition of the data structure.',
  },
  'export-nothing': {
    article: '7',
    zh: '没有符合条件的学位授予信息。',
    en: 'No record fulfils the conditions.',
  },
  'export-too-many': {
    article: '7',
    zh: '一次导出的学位授予信息过多，请分批导出。',
    en: 'More records than one export may have; export them in parts.',
  },
  'export-selection': {
    article: '7',
    zh: '导出范围应为批次、决议或筛选条件三者之一。',
    en: 'An export is of a batch, of a resolution or of a filter: one of the three.',
  },
  'export-encoding': {
    article: '7',
    zh: '该格式不能使用所选的编码。',
    en: 'The chosen encoding does not go with this format.',
  },
  'export-code-without-name': {
    article: '7',
    zh: '“{label}”的代码在获学位日期当日没有可写出的名称。',
    en: 'The code of {label} has no name on the conferral date that could be written.',
  },
  'export-value-too-long': {
    article: '7',
    zh: '“{label}”超过该数据结构版本或文件格式所能容纳的长度。',
    en: '{label} is longer than this edition or file format can hold.',
  },
  'export-value-spaces': {
    article: '7',
    zh: '“{label}”的首尾有空格，写出后会丢失。',
    en: '{label} begins or ends with spaces, which would be lost.',
  },
  'export-character': {
    article: '7',
    zh: '“{label}”含有该编码或文件格式不能表示的字符。',
    en: '{label} contains a character that this encoding or file format lacks.',
  },
  'export-expired': {
    article: '21',
    zh: '导出文件已超过保留期限，请重新导出。',
    en: 'The exported file was kept as long as it may be; export again.',
  },
  'export-photo-missing': {
    article: '8',
    zh: '该条信息没有电子照片。',
    en: 'The record has no photo.',
  },
  'export-photo-name': {
    article: '8',
    zh: '按所选规则无法为照片命名：号码为空、不能作文件名或与他人相同。',
    en: 'The photo cannot be named by the chosen rule: the number is missing, no file name, or the same as that of another one.',
  },
} as const satisfies Record<string, ViolationEntry>;
