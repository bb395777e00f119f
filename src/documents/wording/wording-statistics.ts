// The wording of a notice that publishes statistics (R17.1): what is counted, how individuals are protected, the tables and the chart.
import type { StatisticsContent } from '../../regulation/statistics/content.ts';
import type { Dimension } from '../../regulation/statistics/dimensions.ts';
import { DIMENSIONS } from '../../regulation/statistics/dimensions.ts';
import { lookIn, tableOf } from '../../regulation/statistics/table.ts';
import type { Chart } from '../chart.ts';
import type { Annex, AnnexPart, List, OfficialLetter } from '../letter.ts';
import type { JsonValue, SealAppearance, VerificationReference } from './data.ts';
import { chineseDate } from './dates.ts';
import { body, heading } from './words.ts';

/** What is printed of a publication. */
export interface StatisticsData {
  readonly institutionCode: string;
  readonly institutionName: string;
  readonly senderName: string;
  readonly documentNumber: string;
  /** YYYY-MM-DD */
  readonly date: string;
  /** Up to which day filings are counted, YYYY-MM-DD. */
  readonly asOf: string;
  readonly version: number;
  /** Number of the document whose place it takes. */
  readonly replaces: string | null;
  readonly content: StatisticsContent;
  readonly seal: SealAppearance;
  readonly verification: VerificationReference;
  readonly machineData: JsonValue;
}

/** What stands for a suppressed number, in tables, charts and files. */
export const SUPPRESSED = '*';

/** The notice. */
export function statisticsNotice(data: StatisticsData): OfficialLetter {
  const { content, institutionName, institutionCode, senderName, replaces, version } = data;
  const { year, threshold } = content;
  const annexes = annexesOf(content);
  return {
    titlePieces: [institutionName, '关于发布', `${year}年`, '学位授予统计数据的通告'],
    ...{ senderName, documentNumber: data.documentNumber, addressees: [], copies: [], date: data.date },
    ...{ seal: data.seal, verification: data.verification, machineData: data.machineData },
    body: [
      body(`现将${institutionName}（学位授予单位代码${institutionCode}）${year}年学位授予统计数据予以发布。`),
      heading('一、总体情况'),
      body(`${overview(content)}分类数据见附件，本件所附机读数据载有全部分类数据。`),
      heading('二、统计口径'),
      body(
        `本统计只计截至${chineseDate(data.asOf)}已经备案的学位授予信息，按获学位日期计入年度，不含已撤销、已删除和证书已宣布无效的信息。` +
          `编制单位为${senderName}。`,
      ),
      // Long enough that no line ends just before the year of the number, which is never parted: that line would be pulled apart.
      ...(replaces === null ? [] : [body(`本件为${year}年统计数据第${version}版，自发布之日起取代${replaces}。`)]),
      heading('三、个人信息保护'),
      body(
        `为保护个人信息，少于${threshold}人的数据不予公布，以“${SUPPRESSED}”表示；为防止由合计数或者其他统计表推算，` +
          `另有部分数据一并不予公布，同样以“${SUPPRESSED}”表示。“0”表示没有人。${withheldWords(content)}`,
      ),
    ],
    closing: '特此通告。',
    annexes: annexes.map((annex, at) => ({ ...annex, label: annexes.length === 1 ? '附件' : `附件${at + 1}` })),
    attachments: annexes.map(({ title }) => title),
  };
}

function overview(content: StatisticsContent): string {
  const look = lookIn(content);
  const levels = content.nodes.filter(({ key }) => key.startsWith('level:'));
  const known = levels.flatMap(({ key, zh }) => {
    const count = look(key);
    return count === null ? [] : [`${zh}学位${count}人`];
  });
  const among = known.length > 0 ? `，其中${known.join('、')}` : '';
  return `${content.year}年度已备案的学位授予信息共${look()}人${among}。`;
}

function withheldWords({ withheld }: StatisticsContent): string {
  if (withheld.length === 0) return '';
  return `本年度人数较少，不按${withheld.map((dimension) => DIMENSIONS[dimension].zh).join('、')}公布。`;
}

/** The annexes and what each holds: rows by columns. */
const ANNEXES: readonly { title: string; tables: readonly [Dimension, Dimension][] }[] = [
  { title: '按学位类别和性别统计', tables: [['category', 'sex']] },
  {
    title: '按国别或地区统计',
    tables: [
      ['category', 'nationality'],
      ['sex', 'nationality'],
    ],
  },
  { title: '按学科专业和性别统计', tables: [['discipline', 'sex']] },
  { title: '按学科专业和学位层次统计', tables: [['discipline', 'level']] },
];

/** The finest dimension of an axis that is published, or null. */
function published(content: StatisticsContent, dimension: Dimension): Dimension | null {
  const coarser: Partial<Record<Dimension, Dimension>> = { category: 'level', discipline: 'field' };
  if (!content.withheld.includes(dimension)) return dimension;
  const next = coarser[dimension];
  return next === undefined ? null : published(content, next);
}

function annexesOf(content: StatisticsContent): Omit<Annex, 'label'>[] {
  return ANNEXES.flatMap(({ title, tables }, at) => {
    const parts = tables.flatMap(([rows, columns]): AnnexPart[] => {
      const [shown, across] = [published(content, rows), published(content, columns)];
      // Only the first annex still has something to say when its rows are withheld: how many women and men.
      if (shown === null && (at > 0 || across === null)) return [];
      const chart = at === 0 && shown !== null && across !== null ? chartOf(content, shown, across) : undefined;
      const table = listOf(content, shown ?? (across as Dimension), shown === null ? null : across);
      return [
        {
          ...(chart ? { chart } : {}),
          ...(tables.length > 1 ? { heading: headingOf(shown ?? rows, across ?? columns) } : {}),
          table,
        },
      ];
    });
    const last = parts.at(-1);
    if (last === undefined) return [];
    const note = `注：单位为人；“${SUPPRESSED}”为不予公布的数据。`;
    const name = `${content.year}年学位授予人数（${titleFor(content, title)}）`;
    return [{ title: name, parts: [...parts.slice(0, -1), { ...last, note }] }];
  });
}

/** A title never promises what is withheld. */
function titleFor(content: StatisticsContent, title: string): string {
  const category = published(content, 'category');
  const kept = published(content, 'discipline') === 'field' ? title.replace('学科专业', '学科门类') : title;
  if (category === 'level') return kept.replace('学位类别', '学位层次');
  return category === null ? kept.replace('学位类别和', '') : kept;
}

function headingOf(rows: Dimension, columns: Dimension): string {
  return `${DIMENSIONS[rows].zh}×${DIMENSIONS[columns].zh}`;
}

const shownNumber = (count: number | null): string => (count === null ? SUPPRESSED : String(count));

/** A table of the content as a list, sub-totals before the rows that they sum up. */
function listOf(content: StatisticsContent, rows: Dimension, columns: Dimension | null): List {
  const table = tableOf(content, rows, columns, true);
  const sums = new Set(content.nodes.map(({ parent }) => parent));
  return {
    kind: 'list',
    columns: [
      { heading: DIMENSIONS[rows].zh, fixed: false },
      ...table.heads.map(({ zh }) => ({ heading: zh, fixed: true })),
      { heading: '合计', fixed: true },
    ],
    rows: table.lines.map(({ node, cells, total }) => {
      const isSum = node !== null && sums.has(node.key) && !node.key.startsWith(`${rows}:`);
      const label = node === null ? '合计' : isSum ? `${node.zh}（小计）` : node.zh;
      return [label, ...cells.map(shownNumber), shownNumber(total)];
    }),
  };
}

function chartOf(content: StatisticsContent, rows: Dimension, columns: Dimension): Chart {
  const table = tableOf(content, rows, columns);
  const groups = table.lines.flatMap(({ node, cells }) => (node === null ? [] : [{ label: node.zh, values: cells }]));
  const series = table.heads.map(({ zh }) => zh);
  const told = groups.map(({ label, values }) => {
    const parts = values.map((value, at) => `${series[at]}${value === null ? '不予公布' : `${value}人`}`);
    return `${label}：${parts.join('，')}`;
  });
  const title = `${content.year}年学位授予人数`;
  return { title, series, groups, hidden: SUPPRESSED, alt: `条形图，${title}。${told.join('；')}。` };
}
