// Tables to download: import templates, and the problems of an import; CSV or XLSX.
import { writeCsv } from '../files/write-csv.ts';
import { writeXlsx } from '../files/write-xlsx.ts';
import type { World } from '../procedures/call.ts';
import { codesOf } from '../procedures/structure/own-codes.ts';
import { rosterNumber } from '../regulation/resolution/roster.ts';
import { MAPPING_TEMPLATE } from '../regulation/standard/code-mapping.ts';
import { CODE_TABLE_TEMPLATE } from '../regulation/standard/code-table-load.ts';
import { isCodeTable, proposals } from '../regulation/standard/codes.ts';
import { editionHeader } from '../regulation/standard/columns.ts';
import { type Edition, editionName, headerOf } from '../regulation/standard/edition.ts';
import { EDITION_TEMPLATE, editionRow } from '../regulation/standard/edition-load.ts';
import { ENROLMENT_TEMPLATE } from '../regulation/standard/enrolment-template.ts';
import { FIELDS } from '../regulation/standard/fields.ts';
import { ROSTER_TEMPLATE } from '../regulation/standard/roster-template.ts';
import { SECOND_ENTRY_TEMPLATE } from '../regulation/standard/second-entry-template.ts';
import { SHIPPED_EDITIONS } from '../regulation/standard/shipped-editions.ts';
import { CATEGORIES, type Category, isKeyOf } from '../regulation/vocabulary.ts';
import { sheetRows } from '../store/cross-check/cross-check-draws.ts';
import { dispositionOf } from './file-reply.ts';
import type { Reply } from './reply.ts';

/** How a table is written. */
export type TableFormat = 'csv' | 'xlsx';

const MEDIA_TYPES: Readonly<Record<TableFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
const CHUNK = 1000;

/** What officers call the columns that problems name by field. */
const HEADINGS: ReadonlyMap<string, string> = new Map([
  ...ENROLMENT_TEMPLATE.map(({ key, heading }): [string, string] => [key, heading]),
  ...Object.entries(FIELDS).map(([name, { zh }]): [string, string] => [name, zh]),
]);

type Rows = AsyncIterable<string[]> | Iterable<string[]>;

/** A table as a file, streamed. */
export function tableReply(format: TableFormat, name: string, header: readonly string[], rows: Rows): Reply {
  const body = format === 'csv' ? writeCsv(header, rows) : writeXlsx(name, header, rows);
  const headers = { 'content-type': MEDIA_TYPES[format], 'content-disposition': dispositionOf(`${name}.${format}`) };
  return { status: 200, headers, body };
}

/**
 * An empty table with the headings of an import: `roster`, `enrolment-records`, `second-entry`, or a category such as
 * `regular-bachelor`, or an edition that we ship, such as `bachelor-2024-06`; `edition` and `code-table` are the tables in which those
 * are loaded. Null when there is no such template.
 */
export function importTemplate(kind: string, format: TableFormat): Reply | null {
  if (kind === 'roster') return tableReply(format, '学位授予名单模板', headingsOf(ROSTER_TEMPLATE), []);
  if (kind === 'enrolment-records') return tableReply(format, '学籍学历信息模板', headingsOf(ENROLMENT_TEMPLATE), []);
  if (kind === 'second-entry') return tableReply(format, '盲录关键信息模板', headingsOf(SECOND_ENTRY_TEMPLATE), []);
  if (kind === 'edition') return tableReply(format, '数据结构版本模板', headingsOf(EDITION_TEMPLATE), []);
  if (kind === 'code-table') return tableReply(format, '代码表模板', headingsOf(CODE_TABLE_TEMPLATE), []);
  const edition = SHIPPED_EDITIONS.find(({ id }) => id === kind);
  if (edition !== undefined) return editionTemplate(edition, format);
  if (!isKeyOf(CATEGORIES, kind)) return null;
  return tableReply(format, `${CATEGORIES[kind].zh}学位授予信息模板`, editionHeader('vermilion-1', kind), []);
}

/** An empty table with the headings of an edition; the name of an unverified one says so. */
export function editionTemplate(edition: Edition, format: TableFormat): Reply {
  return tableReply(format, editionName(edition), headerOf(edition), []);
}

/** The columns of an edition as the table in which a corrected one is loaded. */
export function editionColumns(edition: Edition, format: TableFormat): Reply {
  const name = `${editionName(edition)} 数据项`;
  return tableReply(format, name, headingsOf(EDITION_TEMPLATE), edition.columns.map(editionRow));
}

function headingsOf(columns: readonly { readonly heading: string }[]): string[] {
  return columns.map(({ heading }) => heading);
}

const PROBLEM_HEADER = ['行', '列', '规则', '条款', '问题', 'Problem', '现为', '应为'];

/** The problems of an import, row by row, in the order of the file; streamed. */
export function importProblems(
  world: Pick<World, 'db'>,
  of: { institution: string; id: string; fileName: string },
  format: TableFormat,
): Reply {
  const name = `${of.fileName.replace(/\.[^.]{1,5}$/, '')} 问题清单`;
  return tableReply(format, name, PROBLEM_HEADER, problemRows(world, of.institution, of.id));
}

async function* problemRows(world: Pick<World, 'db'>, institution: string, importId: string): AsyncGenerator<string[]> {
  let after = 0;
  for (;;) {
    const rows = await world.db.prisma.importProblem.findMany({
      where: { institution, importId, sequence: { gt: after } },
      orderBy: { sequence: 'asc' },
      take: CHUNK,
    });
    for (const { line, column, code, article, message, messageEn, found, expected } of rows) {
      yield [
        String(line),
        HEADINGS.get(column) ?? column,
        code,
        article,
        message,
        messageEn,
        found ?? '',
        expected ?? '',
      ];
    }
    after = rows.at(-1)?.sequence ?? after;
    if (rows.length < CHUNK) return;
  }
}

/** The texts of an import that no code table has, with what they may have meant: filled in and uploaded, it is a table of mappings. */
export async function unmatchedTable(
  world: Pick<World, 'db'>,
  of: { institution: string; id: string; fileName: string },
  format: TableFormat,
): Promise<Reply> {
  const { institution, id: importId } = of;
  const codes = await codesOf(world.db.prisma, institution);
  const where = { institution, importId };
  const values = await world.db.prisma.unmatchedValue.findMany({ where, orderBy: { sequence: 'asc' } });
  const rows = values.map(({ codeTable, value, on, count }) => {
    const near = isCodeTable(codeTable) ? (proposals(codeTable, value, on, codes) ?? '') : '';
    return [codeTable, value, '', String(count), near];
  });
  const name = `${of.fileName.replace(/\.[^.]{1,5}$/, '')} 代码对照`;
  return tableReply(format, name, headingsOf(MAPPING_TEMPLATE), rows);
}

/** The sheet of a blind second entry: the places and numbers of the sampled records, every other cell to be filled in from the papers. */
export function secondEntrySheet(
  world: Pick<World, 'db'>,
  of: { institution: string; id: string },
  format: TableFormat,
): Reply {
  return tableReply(format, '盲录工作单', headingsOf(SECOND_ENTRY_TEMPLATE), papersOf(world, of.institution, of.id));
}

async function* papersOf(world: Pick<World, 'db'>, institution: string, batchId: string): AsyncGenerator<string[]> {
  let after = 0;
  for (;;) {
    const rows = await sheetRows(world.db.prisma, institution, batchId, after, CHUNK);
    for (const row of rows) {
      const number = rosterNumber({ ...row, category: row.category as Category });
      yield SECOND_ENTRY_TEMPLATE.map(({ key }) =>
        key === 'sequence' ? String(row.rosterSequence) : key === 'studentNumber' ? number : '',
      );
    }
    after = rows.at(-1)?.rosterSequence ?? after;
    if (rows.length < CHUNK) return;
  }
}
