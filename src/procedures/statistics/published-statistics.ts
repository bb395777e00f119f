// Statistics that are public, as tables and files (R17.1): everything here is for everybody, without signing in.
import { SUPPRESSED } from '../../documents/wording/wording-statistics.ts';
import type { StatisticsContent } from '../../regulation/statistics/content.ts';
import { dimensionOf } from '../../regulation/statistics/cube.ts';
import { type ColumnDimension, DIMENSIONS, type Dimension } from '../../regulation/statistics/dimensions.ts';
import { type StatisticsTable, tableByYear, tableOf } from '../../regulation/statistics/table.ts';
import { canonicalBytes } from '../../sealing/verify/canonical.ts';
import { normalizeVerificationCode } from '../../secrecy/tokens.ts';
import {
  findPublication,
  lastPublications,
  publicationByCode,
  type StatisticsPublication,
} from '../../store/statistics/statistics.ts';
import type { World } from '../call.ts';
import type { JsonObject } from '../statement.ts';
import { contentOfPublication } from './statistics-figures.ts';

type Reads = Pick<World, 'db'>;

/** One version of a year, the last of each when none is named; null when there is none. */
export function publishedStatistics(
  { db }: Reads,
  of: { institution: string; year?: number | undefined; version?: number | undefined },
): Promise<StatisticsPublication | null> {
  return findPublication(db.prisma, of);
}

/** Published years one under the other, each from its last version. */
export async function publishedYears(
  { db }: Reads,
  institution: string,
  columns: ColumnDimension | null,
  years: { readonly from: number; readonly to: number },
): Promise<StatisticsTable> {
  const all = await lastPublications(db.prisma, institution);
  const wanted = all.filter(({ year }) => year >= years.from && year <= years.to);
  return tableByYear(wanted.map(contentOfPublication), columns);
}

/** The data of a publication as they are attached to its document: the SHA-256 of these bytes is its digest. */
export function publicationData({ content }: Pick<StatisticsPublication, 'content'>): Uint8Array {
  return canonicalBytes(content as unknown as JsonObject);
}

/** A table as a file has it: a heading, and lines with `*` for what is suppressed. */
export interface FileTable {
  readonly header: readonly string[];
  readonly lines: readonly string[][];
}

const shown = (count: number | null): string => (count === null ? SUPPRESSED : String(count));
const TOTAL = '合计';

/** One table of a publication, sub-totals before the rows that they sum up. */
export function tableFile(content: StatisticsContent, rows: Dimension, columns: Dimension | null): FileTable {
  const table = tableOf(content, rows, columns, true);
  const header = ['代码', DIMENSIONS[rows].zh, ...table.heads.map(({ zh }) => zh), TOTAL];
  const lines = table.lines.map(({ node, cells, total }) => [
    node ? codeOf(node.key) : '',
    node?.zh ?? TOTAL,
    ...cells.map(shown),
    shown(total),
  ]);
  return { header, lines };
}

const LONG_HEADER = ['行分类', '行代码', '行', '列分类', '列代码', '列', '人数', '说明'];

/** Every figure of a publication, one in a line: for whoever wants to calculate. */
export function allFigures(content: StatisticsContent): FileTable {
  const words = new Map(content.nodes.map((node) => [node.key, node]));
  const place = (node: string | undefined): string[] => {
    if (node === undefined) return ['', '', TOTAL];
    return [DIMENSIONS[dimensionOf(node)].zh, codeOf(node), words.get(node)?.zh ?? node];
  };
  const lines = content.cells.map(({ key, count }) => {
    const [row, column] = key === '' ? [] : key.split('|');
    return [...place(row), ...place(column), shown(count), count === null ? '不予公布' : ''];
  });
  return { header: LONG_HEADER, lines };
}

const codeOf = (node: string): string => node.slice(node.indexOf(':') + 1);

/** What anybody may learn of a publication by the code that is printed on its document. */
export interface CheckedStatistics {
  readonly institution: string;
  readonly institutionName: string;
  readonly documentNumber: string;
  readonly date: string;
  readonly year: number;
  readonly version: number;
  readonly total: number;
  readonly pdfDigest: string;
  /** Number and date of the document in its place; null for the last version. */
  readonly supersededBy: { readonly documentNumber: string; readonly date: string } | null;
}

/** The publication with this code, as a person types it; null when it is mistyped or unknown. */
export async function checkStatistics({ db }: Reads, code: string): Promise<CheckedStatistics | null> {
  const verificationCode = normalizeVerificationCode(code);
  const found = verificationCode && (await publicationByCode(db.prisma, verificationCode));
  if (!found) return null;
  const { institution, documentNumber, year, version, total, pdfDigest, of, asOf } = found;
  const last = await findPublication(db.prisma, { institution, year });
  const supersededBy = last && last.version > version ? { documentNumber: last.documentNumber, date: last.asOf } : null;
  return {
    ...{ institution, institutionName: of.name, documentNumber, date: asOf, year, version, total, pdfDigest },
    supersededBy,
  };
}
