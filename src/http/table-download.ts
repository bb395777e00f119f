// Tables to download: import templates, and the problems of an import; CSV or XLSX.
import { writeCsv } from '../files/write-csv.ts';
import { writeXlsx } from '../files/write-xlsx.ts';
import type { World } from '../procedures/call.ts';
import { editionHeader } from '../regulation/standard/columns.ts';
import { ENROLMENT_TEMPLATE } from '../regulation/standard/enrolment-template.ts';
import { FIELDS } from '../regulation/standard/fields.ts';
import { ROSTER_TEMPLATE } from '../regulation/standard/roster-template.ts';
import { CATEGORIES, isKeyOf } from '../regulation/vocabulary.ts';
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
 * An empty table with the headings of an import: `roster`, `enrolment-records`, or a category such as
 * `regular-bachelor`; `bachelor-2024-06` is the national edition. Null when there is no such template.
 */
export function importTemplate(kind: string, format: TableFormat): Reply | null {
  if (kind === 'roster') return tableReply(format, '学位授予名单模板', headingsOf(ROSTER_TEMPLATE), []);
  if (kind === 'enrolment-records') return tableReply(format, '学籍学历信息模板', headingsOf(ENROLMENT_TEMPLATE), []);
  if (kind === 'bachelor-2024-06') {
    const header = editionHeader('bachelor-2024-06', 'regular-bachelor');
    return tableReply(format, '学士学位授予信息数据结构', header, []);
  }
  if (!isKeyOf(CATEGORIES, kind)) return null;
  return tableReply(format, `${CATEGORIES[kind].zh}学位授予信息模板`, editionHeader('vermilion-1', kind), []);
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
