// Deliberate mistakes in rows: theses, and what must or must not be filled.
import { ACADEMIC, corrected, PROFESSIONAL, REGULAR, type RowMistake, set } from './row-mistake.ts';

const CLASSIFIED = {
  ...{ outcomeType: '涉密论文', thesisTitle: '', thesisKeywords: '' },
  ...{ thesisTopicSource: '', thesisDirection: '', thesisLanguage: '' },
};

/** Theses and what must or must not be filled. */
export const OF_THESES: readonly RowMistake[] = [
  corrected(
    REGULAR,
    ['thesis-without', '无论文却填报题目', 'thesis fields where there is no thesis'],
    'thesis-field-without-thesis',
    [],
    (good) => ({
      ...good,
      ...{ outcomeType: '无', thesisTitle: '学习总结' },
    }),
  ),
  corrected(
    REGULAR,
    ['title-missing', '缺少论文题目', 'thesis without a title'],
    'field-missing',
    [],
    set({ outcomeType: '毕业论文', thesisTitle: '', thesisKeywords: '教学；设计', thesisTopicSource: '非立项' }),
  ),
  corrected(
    ACADEMIC,
    ['supervisor-missing', '缺少导师', 'master without a supervisor'],
    'field-missing',
    [],
    set({ supervisorName: '' }),
  ),
  corrected(
    REGULAR,
    ['title-long', '论文题目过长', 'thesis title that is too long'],
    'field-too-long',
    [],
    set({ outcomeType: '毕业论文', thesisTitle: '论'.repeat(201), thesisKeywords: '教学；设计' }),
  ),
  corrected(
    PROFESSIONAL,
    ['keywords-long', '关键词过长', 'keywords that are too long'],
    'field-too-long',
    [],
    set({ thesisKeywords: '运河文化；'.repeat(30) }),
  ),
  corrected(
    PROFESSIONAL,
    ['directions', '研究方向过多', 'more than two research directions'],
    'directions-too-many',
    [],
    set({ thesisDirection: '教学；管理；评价' }),
  ),
  corrected(
    PROFESSIONAL,
    ['title-garbled', '题目含乱码', 'unreadable character in a title'],
    'text-unreadable-character',
    [],
    set({ thesisTitle: '运河\ue5e5城市研究' }),
  ),
  corrected(
    ACADEMIC,
    ['outcome', '学术学位填报实践成果', 'practice outcome of an academic degree'],
    'outcome-type-not-of-level',
    [],
    set({ outcomeType: '实践成果' }),
  ),
  corrected(
    ACADEMIC,
    ['classified', '涉密论文未登记脱密', 'classified thesis without a declassification'],
    'classified-thesis',
    [],
    set(CLASSIFIED),
  ),
  {
    ...corrected(
      ACADEMIC,
      ['classified-another', '涉密论文用他人的脱密登记', 'classified thesis with the declassification of another'],
      'classified-thesis',
      [],
      set(CLASSIFIED),
    ),
    declassified: 'another',
  },
  {
    ...corrected(
      ACADEMIC,
      ['classified-later', '涉密论文脱密尚未生效', 'classified thesis whose declassification begins later'],
      'declassification-not-yet',
      [],
      set(CLASSIFIED),
    ),
    declassified: 'later',
  },
];
