// Violation codes of analysis datasets (art. 18, 19): what is asked for, who decides, when it may be read, what may be published.
import type { ViolationEntry } from './entry.ts';

/** What stands in the way of a dataset, of reading it, and of publishing what came of it. */
export const DATASET_CODES = {
  'dataset-commercial': {
    article: '19',
    zh: '学位授予信息原始数据和分析结果均不得用于商业目的。',
    en: 'Neither the data nor the results of an analysis may serve a commercial purpose.',
  },
  'dataset-description-short': {
    article: '18',
    zh: '请具体说明数据用途和使用范围。',
    en: 'Say in so many words what the data are for and who uses them.',
  },
  'dataset-word-missing': { article: '18', zh: '{label}未填写。', en: '{label} is missing.' },
  'dataset-organisation-code': {
    article: '18',
    zh: '统一社会信用代码不正确（格式或校验码）。',
    en: 'The unified social credit code is wrong (form or check character).',
  },
  'dataset-years': { article: '18', zh: '学位授予年份的范围不正确。', en: 'The years of conferral are wrong.' },
  'dataset-categories-missing': { article: '18', zh: '未选择学位类别。', en: 'No category is chosen.' },
  'dataset-fields-missing': { article: '18', zh: '未选择数据项。', en: 'No field is asked for.' },
  'dataset-field-unknown': { article: '18', zh: '没有这个数据项。', en: 'There is no such field.' },
  'dataset-field-twice': { article: '18', zh: '{label}重复选择。', en: '{label} is asked for twice.' },
  'dataset-field-identifier': {
    article: '18',
    zh: '{label}直接指向个人，不得进入临时信息库。',
    en: '{label} names a person directly and is in no analysis dataset.',
  },
  'dataset-k': {
    article: '18',
    zh: 'k 匿名参数超出学校规定的范围。',
    en: 'The k is outside of what the institution asks for.',
  },
  'dataset-l': {
    article: '18',
    zh: 'l 多样性参数超出学校规定的范围。',
    en: 'The l is outside of what the institution asks for.',
  },
  'dataset-t': { article: '18', zh: 't 接近性参数应在 0 与 1 之间。', en: 'The t is between 0 and 1.' },
  'dataset-term': { article: '18', zh: '使用期限的起止日期不正确。', en: 'The days of the term are wrong.' },
  'dataset-term-past': { article: '18', zh: '使用期限不得自过去开始。', en: 'The term does not begin in the past.' },
  'dataset-term-long': {
    article: '18',
    zh: '使用期限超过学校规定的最长期限。',
    en: 'The term is longer than the institution allows.',
  },
  'dataset-recipients': {
    article: '18',
    zh: '接收人的数量不正确，每个接收人各有带标记的副本。',
    en: 'The number of recipients is wrong; each has a marked copy of their own.',
  },
  'dataset-recipient-twice': { article: '18', zh: '接收人重复。', en: 'A recipient is named twice.' },
  'dataset-overlap': {
    article: '18',
    zh: '该机构已有涉及相同人员的临时信息库；两份数据对照会泄露更多信息，请待其销毁后再申请。',
    en: 'The organisation has a dataset of the same people; two side by side tell more than either. Wait until it is destroyed.',
  },
  'dataset-difference-too-small': {
    article: '18',
    zh: '所选人员与此前生成的某个临时信息库（包括已销毁的）只相差少数几人；两份数据先后对照即可指认其人。请调整年份或类别，或待人员变动达到 k 人后再申请。',
    en: 'The people selected differ from those of a dataset made before (destroyed ones included) by only a few: the two together single them out. Choose other years or categories, or wait until k people or more have changed.',
  },
  'dataset-further-fields': {
    article: '18',
    zh: '该机构一年内曾取得相同人员的数据；再取得其他数据项，两份数据可以拼合。只能申请其中已有的数据项。',
    en: 'The organisation had data of the same people within a year; other fields of them could be joined to those. Only fields that it had may be asked for.',
  },
  'dataset-state': {
    article: '18',
    zh: '临时信息库所处的状态不能办理此事项。',
    en: 'The dataset is in a state in which this cannot be done.',
  },
  'dataset-decider-asked': {
    article: '18',
    zh: '申请人不得审批本人提出的申请。',
    en: 'Who asked for it does not decide on it.',
  },
  'dataset-not-yet': { article: '18', zh: '使用期限尚未开始。', en: 'The term has not begun.' },
  'dataset-term-over': {
    article: '18',
    zh: '使用期限已经届满，不得再读取。',
    en: 'The term is over; nothing is read any more.',
  },
  'dataset-recipient-unknown': {
    article: '18',
    zh: '该临时信息库现行的申请中没有这个接收人。',
    en: 'The request in force names no such recipient.',
  },
  'dataset-access-open': {
    article: '18',
    zh: '该接收人已有有效的使用权，请先收回。',
    en: 'The recipient has an access that holds; revoke it first.',
  },
  'dataset-access-revoked': { article: '18', zh: '使用权已经收回。', en: 'The access has been revoked.' },
  'dataset-reader': {
    article: '18',
    zh: '监督和系统管理人员可查看登记事项，不得读取数据。',
    en: 'Auditors and administrators see what is recorded of a dataset, not its data.',
  },
  'dataset-too-large': {
    article: '18',
    zh: '所选范围的学位授予信息过多。',
    en: 'The selection has more records than a dataset holds.',
  },
  'dataset-empty': {
    article: '18',
    zh: '所选范围内没有已备案的学位授予信息。',
    en: 'There are no filed records in the selection.',
  },
  'dataset-not-made': {
    article: '18',
    zh: '系统多次尝试生成临时信息库均未成功，未留下任何数据；可修改或原样重新提出申请。',
    en: 'The server tried several times to make the dataset and failed; nothing of it was kept. Ask again, changed or as it was.',
  },
  'publication-state': { article: '18', zh: '该发布申请已经审批。', en: 'The publication has been decided on.' },
} as const satisfies Record<string, ViolationEntry>;
