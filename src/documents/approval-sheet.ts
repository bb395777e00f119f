// 申请表, the approval sheet annexed to every application: the case at a glance, its evidence by digest, and the opinions given inside the house.

import type { Annex, BoxText, FormField } from './letter.ts';
import type { RichText } from './typeset/shape.ts';
import type { ApplicationData, EvidenceReference, ListedPerson, Opinion } from './wording/data.ts';
import { chineseDate } from './wording/dates.ts';
import { grouped } from './wording/digests.ts';
import { named, sentences, whom } from './wording/words.ts';

/** What the sheets of the kinds differ in. */
export interface SheetFacts {
  title: string;
  people: readonly ListedPerson[];
  reasonLabel: string;
  /** Label of the box of the provincial office. */
  provincial: string;
  /** Facts of this kind of application, two to a row. */
  facts: readonly { label: string; text: string }[];
  before?: { label: string; lines: readonly RichText[] };
  after?: { label: string; lines: readonly RichText[] };
}

/** The boxes of the house in the order of its steps (R12.1); those without an opinion stay empty. */
const ROLES = ['经办人意见', '校核人意见', '部门负责人意见', '学位评定委员会办公室意见'];
/** Least heights in points: of the reason and the materials, of an opinion, of the box in which the provincial office puts its stamp. */
const BOX = 64;
const OPINION = 78;
const PROVINCIAL = 110;
const BLANK_DATE = '年　　月　　日';

/** The sheet as an annex. It never holds an identity number. */
export function approvalSheet(data: ApplicationData, kind: SheetFacts): Omit<Annex, 'label'> {
  const { sheet } = data;
  const { people } = kind;
  const [first] = people;
  const one = people.length === 1 ? first : undefined;
  const annexes = one === undefined ? 2 : 1;
  const facts: FormField[] = [
    fact('申请部门', sheet.officeName),
    fact('申请编号', sheet.caseNumber),
    { ...fact('学位获得者', ''), text: [{ text: whom(people) }] },
    fact('学位类别', sheet.categoryName),
    fact('学科专业', one?.discipline ?? shared(people.map((person) => person.discipline))),
    fact('获学位日期', chineseDate(shared(people.map((person) => person.conferralDate)))),
    fact('学位证书编号', one?.certificateNumber ?? '见附件2'),
    ...kind.facts.map(({ label, text }) => fact(label, text)),
  ];
  const change = [kind.before, kind.after].filter((side) => side !== undefined);
  const rows: FormField[][] = [
    ...inPairs(facts),
    ...(change.length > 0
      ? [
          change.map(({ label, lines }) =>
            written(
              label,
              lines.map((text) => ({ text })),
            ),
          ),
        ]
      : []),
    [{ ...written(kind.reasonLabel, paragraphs(sheet.reason)), least: BOX }],
    [{ ...written('证明材料', materials(data.evidence, annexes)), least: BOX }],
  ];
  const provincial = { ...written(kind.provincial, []), signature: [['（盖章）'], [BLANK_DATE]], least: PROVINCIAL };
  const opinions = [...boxes(sheet.opinions), provincial].map((field) => [field]);
  const form = { kind: 'form', rows: [...rows, ...opinions], together: rows.length } as const;
  return { title: kind.title, parts: [{ table: form }] };
}

function written(label: string, text: readonly BoxText[]): FormField {
  return { label, align: 'left', text };
}

/** An officer's own text, each paragraph indented by two. */
function paragraphs(text: string): BoxText[] {
  return sentences(text).map((line) => ({ text: [line], indent: 2 }));
}

function fact(label: string, text: string): FormField {
  return { label, align: 'center', text: [{ text: [text] }] };
}

/** A value that all share, or where the values stand. */
function shared(values: readonly string[]): string {
  return new Set(values).size === 1 ? (values[0] ?? '') : '见附件2';
}

function inPairs(fields: readonly FormField[]): FormField[][] {
  const rows: FormField[][] = [];
  for (let i = 0; i < fields.length; i += 2) rows.push(fields.slice(i, i + 2));
  return rows;
}

/** Each file with the number of its attachment and the beginning of its digest; the whole digest stands in the attached data. */
function materials(evidence: readonly EvidenceReference[], annexes: number): BoxText[] {
  if (evidence.length === 0) return [{ text: ['无。'] }];
  return [
    ...evidence.flatMap((piece, index): BoxText[] => [
      { text: [`附件${annexes + index + 1}：${piece.title}${type(piece)}`], hang: 3.5, ragged: true },
      {
        text: [
          piece.fileName === '' ? '' : `${piece.fileName}，`,
          { text: `SHA-256：${grouped(piece.digest.slice(0, 16))}…`, whole: true },
        ],
        ...{ indent: 3.5, hang: 3.5, ragged: true },
      },
    ]),
    { text: ['以上材料为随本件报送的电子文件，以校验值（SHA-256，此处列前16位，全值见机读数据）为准。'], indent: 2 },
  ];
}

function type({ mediaType }: EvidenceReference): string {
  return mediaType === '' ? '' : `（${FILE_TYPES[mediaType] ?? mediaType}）`;
}

const FILE_TYPES: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF文件',
  'image/jpeg': 'JPEG图像',
  'image/png': 'PNG图像',
  'image/tiff': 'TIFF图像',
  'application/msword': 'Word文件',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word文件',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel文件',
  'text/csv': 'CSV文件',
};

/** One box for each opinion, and an empty one for each step still to come. */
function boxes(opinions: readonly Opinion[]): FormField[] {
  const given = opinions.map((opinion): FormField => {
    const { step, officeName, officerName } = opinion;
    const where =
      step === null
        ? '（以本件电子印章为准）'
        : `（原始记录日志第${step.leafIndex}项：${grouped(step.leafHash.slice(0, 16))}）`;
    return {
      ...written(opinion.role, paragraphs(opinion.opinion)),
      signature: [[officeName, '　', named(officerName), '　', chineseDate(opinion.date)], [where]],
      least: OPINION,
    };
  });
  const empty = ROLES.slice(opinions.length).map((label): FormField => {
    return { ...written(label, []), signature: [['（签名）'], [BLANK_DATE]], least: OPINION };
  });
  return [...given, ...empty];
}
