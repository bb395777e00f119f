// 申请表, the approval sheet annexed to every application: the case at a glance, its evidence by digest, and the opinions given inside the house.
import type { ApplicationData, EvidenceReference, ListedPerson, Opinion } from './data.ts';
import { chineseDate } from './dates.ts';
import { grouped } from './digests.ts';
import type { Annex, FormField } from './letter.ts';
import type { RichText } from './shape.ts';
import { named, sentences, whom } from './words.ts';

/** What the sheets of the kinds differ in. */
export interface SheetFacts {
  title: string;
  people: readonly ListedPerson[];
  reasonLabel: string;
  /** Label of the box of the provincial office. */
  provincial: string;
  /** Facts of this kind of application, two to a row. */
  facts: readonly { label: string; text: string }[];
  before?: { label: string; lines: readonly string[] };
  after?: { label: string; lines: readonly string[] };
}

/** The boxes of the house in the order of its steps (R12.1); those without an opinion stay empty. */
const ROLES = ['经办人意见', '校核人意见', '部门负责人意见', '学位评定委员会办公室意见'];
/** Height of an empty box in points: room for a stamp of the usual size does not fit, a signature and a date do. */
const EMPTY = 58;

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
    { ...fact('学位获得者', ''), text: [whom(people)] },
    fact('学位类别', sheet.categoryName),
    fact('学科专业', one?.discipline ?? shared(people.map((person) => person.discipline))),
    fact('获学位日期', chineseDate(shared(people.map((person) => person.conferralDate)))),
    fact('学位证书编号', one?.certificateNumber ?? '见附件2'),
    ...kind.facts.map(({ label, text }) => fact(label, text)),
  ];
  const paired = inPairs(facts);
  const change = [kind.before, kind.after].filter((side) => side !== undefined);
  return {
    title: kind.title,
    parts: [
      {
        table: {
          kind: 'form',
          rows: [
            ...paired,
            ...(change.length > 0
              ? [
                  change.map(
                    ({ label, lines }): FormField => ({ label, align: 'left', text: lines.map((line) => [line]) }),
                  ),
                ]
              : []),
            [
              {
                label: kind.reasonLabel,
                align: 'left',
                indent: 2,
                text: sentences(sheet.reason).map((line) => [line]),
              },
            ],
            [{ label: '证明材料', align: 'left', hang: 4, text: materials(data.evidence, annexes) }],
            ...boxes(sheet.opinions).map((field) => [field]),
            [
              {
                label: kind.provincial,
                align: 'left',
                text: [],
                signature: [['（盖章）'], ['年　　月　　日']],
                least: EMPTY + 12,
              },
            ],
          ],
        },
      },
    ],
  };
}

function fact(label: string, text: string): FormField {
  return { label, align: 'center', text: [[text]] };
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
function materials(evidence: readonly EvidenceReference[], annexes: number): RichText[] {
  if (evidence.length === 0) return [['无']];
  return [
    ...evidence.flatMap((piece, index): RichText[] => [
      [`附件${annexes + index + 1}　${piece.title}`],
      [`　　　　${file(piece)}SHA-256：${grouped(piece.digest.slice(0, 16))}…`],
    ]),
    ['（以上电子文件随本件报送，以校验值为准；此处列出校验值前16位，全值见所附机读数据。）'],
  ];
}

function file({ fileName, mediaType }: EvidenceReference): string {
  const parts = [fileName, FILE_TYPES[mediaType] ?? mediaType].filter((part) => part !== '');
  return parts.length === 0 ? '' : `${parts.join('，')}，`;
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
    return {
      label: opinion.role,
      align: 'left',
      indent: 2,
      text: sentences(opinion.opinion).map((line) => [line]),
      signature: [
        [opinion.officeName, '　', named(opinion.officerName), '　', chineseDate(opinion.date)],
        [
          opinion.step === null
            ? '（以本件电子印章为准）'
            : `（日志第${opinion.step.leafIndex}项，${grouped(opinion.step.leafHash.slice(0, 16))}）`,
        ],
      ],
    };
  });
  const empty = ROLES.slice(opinions.length).map((label): FormField => {
    return { label, align: 'left', text: [], signature: [['（签名）　　　　　年　　月　　日']], least: EMPTY };
  });
  return [...given, ...empty];
}
