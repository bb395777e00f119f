// Invented people, to look at a template before anybody is in the register: an ordinary one, and names that try a layout.
import { completeRecord, type RecordFields, type RecordInput } from '../record/record.ts';
import type { Category } from '../vocabulary.ts';
import { CATEGORIES, LEVELS } from '../vocabulary.ts';

/** Names that a template can be looked at with. */
export const SAMPLE_NAMES = {
  ordinary: { name: '李样张', country: '156' },
  'rare-character': { name: '李𬭼䶮', country: '156' },
  'minority-name': { name: '阿卜杜拉·买买提依明', country: '156' },
  'long-name': { name: 'ALEXANDRA NGUYEN MARIE-CHRISTINE', country: '586' },
} as const;
export type SampleName = keyof typeof SAMPLE_NAMES;

const BACHELOR: RecordInput = {
  ...{ degreeCategory: '408', disciplineCode: '080901', disciplineName: '计算机科学与技术' },
  ...{ lengthOfStudy: '4', studyForm: 'full-time' },
};
const MASTER: RecordInput = { degreeCategory: '308', disciplineCode: '0812', disciplineName: '计算机科学与技术' };
const PROFESSIONAL: RecordInput = { degreeCategory: '30854', disciplineCode: '0854', disciplineName: '电子信息' };

const DEGREES: Readonly<Record<Category, RecordInput>> = {
  'regular-bachelor': BACHELOR,
  'international-student-bachelor': BACHELOR,
  'adult-education-bachelor': { ...BACHELOR, studyForm: 'correspondence', lengthOfStudy: '2.5' },
  'academic-master': { ...MASTER, studyMode: 'full-time' },
  'professional-master': { ...PROFESSIONAL, studyMode: 'part-time' },
  'equivalent-education-master': { ...MASTER, applicationMonth: '2024-03' },
};

/** What of the institution the sample shows. */
export interface SampleBasis {
  readonly institution: string;
  readonly institutionName: string;
  readonly headName: string;
  readonly chairName: string;
  readonly category: Category;
  /** The first day of the template: a day on which it is in force. */
  readonly conferralDate: string;
}

/** A record of nobody: number 000000 of the year, which no institution gives. */
export function sampleRecord(of: SampleBasis, sample: SampleName): RecordFields {
  const { institution, category, conferralDate } = of;
  const year = conferralDate.slice(0, 4);
  const { level } = CATEGORIES[category];
  const studied = category === 'equivalent-education-master' ? {} : { admissionMonth: `${Number(year) - 4}-09` };
  return completeRecord(
    {
      ...SAMPLE_NAMES[sample],
      ...DEGREES[category],
      ...studied,
      ...(category === 'equivalent-education-master' ? {} : { graduationMonth: `${year}-06` }),
      ...{ sex: '2', birthDate: `${Number(year) - 22}-12-30`, headName: of.headName, chairName: of.chairName },
      ...{ conferralDate, resolutionNumber: '样张〔0000〕0号', trainingUnitName: of.institutionName },
      certificateNumber: `${institution}${LEVELS[level].digit}${year}000000`,
    },
    { institution, category },
  );
}
