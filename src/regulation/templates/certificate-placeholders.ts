// What a certificate can say of a record (R11.7): the words in braces that a layout may use, and which of them it must use.
import { FIELDS, type FieldName } from '../standard/fields.ts';
import type { Category } from '../vocabulary.ts';

/** One word in braces: its names, the field of art. 8 behind it (null: of the institution or the law), and whether it is a person's name. */
export interface PlaceholderRow {
  readonly zh: string;
  readonly en: string;
  readonly field: FieldName | null;
  /** Set in one face from its first character to its last, parted only after · or a space. */
  readonly name?: boolean;
  /** Never parted at the end of a line. */
  readonly whole?: boolean;
}

/** Every placeholder; a layout writes it as `{name}`. Dates are in Chinese words (二〇〇四年三月十五日) unless they end in `InFigures`. */
export const PLACEHOLDERS = {
  name: { zh: '姓名', en: 'name', field: 'name', name: true },
  sex: { zh: '性别', en: 'sex', field: 'sex' },
  birthDate: { zh: '出生日期', en: 'birth date', field: 'birthDate' },
  birthDateInFigures: { zh: '出生日期（阿拉伯数字）', en: 'birth date in figures', field: 'birthDate' },
  country: { zh: '国家或地区', en: 'country or region', field: 'country' },
  disciplineName: { zh: '学科专业', en: 'discipline', field: 'disciplineName' },
  degreeName: { zh: '学位类别', en: 'degree category', field: 'degreeCategory' },
  conferralDate: { zh: '获学位日期', en: 'conferral date', field: 'conferralDate' },
  conferralDateInFigures: {
    zh: '获学位日期（阿拉伯数字）',
    en: 'conferral date in figures',
    field: 'conferralDate',
  },
  certificateNumber: { zh: '学位证书编号', en: 'certificate number', field: 'certificateNumber', whole: true },
  resolutionNumber: { zh: '学位授予决议编号', en: 'resolution number', field: 'resolutionNumber' },
  headName: { zh: '校长姓名', en: 'name of the head of the institution', field: 'headName', name: true },
  chairName: { zh: '主席姓名', en: 'name of the chair of the degree committee', field: 'chairName', name: true },
  trainingUnitName: { zh: '培养单位', en: 'training unit', field: 'trainingUnitName' },
  admissionMonth: { zh: '入学年月', en: 'month of admission', field: 'admissionMonth' },
  graduationMonth: { zh: '毕业年月', en: 'month of graduation', field: 'graduationMonth' },
  lengthOfStudy: { zh: '学制', en: 'length of study', field: 'lengthOfStudy' },
  studyForm: { zh: '学习形式', en: 'form of study', field: 'studyForm' },
  studyMode: { zh: '学习方式', en: 'mode of study', field: 'studyMode' },
  applicationMonth: { zh: '申请学位年月', en: 'month of application', field: 'applicationMonth' },
  institutionName: { zh: '学位授予单位', en: 'institution', field: null },
  lawName: { zh: '授予依据', en: 'law under which the degree is conferred', field: null },
} as const satisfies Record<string, PlaceholderRow>;
export type Placeholder = keyof typeof PLACEHOLDERS;

/** What every certificate must say; of several placeholders any one suffices. */
export const MANDATORY: readonly (readonly [Placeholder, ...Placeholder[]])[] = [
  ['name'],
  ['degreeName'],
  ['disciplineName'],
  ['certificateNumber'],
  ['conferralDate', 'conferralDateInFigures'],
  ['institutionName'],
];

/** A text of a layout in pieces: what is fixed, and what stands in braces, known or not. */
export type Piece = { readonly text: string } | { readonly word: string };

/** Takes a text apart. A brace without its partner makes a word of what follows it, so that it is named as unknown. */
export function piecesOf(text: string): Piece[] {
  const pieces = text.match(/\{[^{}]*\}?|[^{}]+|\}/g) ?? [];
  return pieces.map((piece) => {
    if (/^\{[^{}]*\}$/.test(piece)) return { word: piece.slice(1, -1) };
    return piece.startsWith('{') || piece === '}' ? { word: piece } : { text: piece };
  });
}

/** Whether a record of the category can have what the placeholder stands for (art. 8). */
export function categoryHas(category: Category, placeholder: Placeholder): boolean {
  const { field }: PlaceholderRow = PLACEHOLDERS[placeholder];
  return field === null || FIELDS[field].need[category] !== 'absent';
}
