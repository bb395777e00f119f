// `/institutions/{code}/statistics/{year}`: published statistics as files, for anybody (article 17). `/v2` names a version; `/sex-by-…` a table.
import { createHash } from 'node:crypto';
import { writeCsv } from '../files/write-csv.ts';
import { writeXlsx } from '../files/write-xlsx.ts';
import type { World } from '../procedures/call.ts';
import {
  allFigures,
  type FileTable,
  publicationData,
  publishedStatistics,
  tableFile,
} from '../procedures/statistics/published-statistics.ts';
import { contentOfPublication } from '../procedures/statistics/statistics-figures.ts';
import { COLUMN_DIMENSIONS, DIMENSIONS, type Dimension } from '../regulation/statistics/dimensions.ts';
import { tableViolations } from '../regulation/statistics/table.ts';
import { isKeyOf } from '../regulation/vocabulary.ts';
import { findInstitution } from '../store/offices/institutions.ts';
import { FileAltered, readBytes } from '../store/stored-files.ts';
import { fileReply } from './file-reply.ts';
import { type Reply, refusal } from './reply.ts';
import type { Asked } from './request.ts';

const PLACE =
  /^\/institutions\/(\d{5})\/statistics\/(\d{4})(?:\/v([1-9]\d{0,5}))?(?:\/([a-z]{1,20})(?:-by-([a-z]{1,20}))?)?\.(pdf|json|csv|xlsx)$/;
const NOT_FOUND = {
  zh: '该单位没有发布这一年度的统计数据，或没有这张统计表。',
  en: 'The institution has published no such statistics, or there is no such table.',
};
const ALTERED = {
  zh: '库存文件与登记的摘要不一致，已拒绝提供。请告知管理员。',
  en: 'The stored file is not the one that was registered, so it is not served. Tell the administrator.',
};
const MEDIA_TYPES = {
  pdf: 'application/pdf',
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
/** The address without a version is that of the last one, which may change; that of a version never does. */
const CACHE = { last: 'public, max-age=60', version: 'public, max-age=86400, immutable' } as const;

/** A file of published statistics; null for another address. 404 where nothing is published. */
export async function statisticsFile(world: World, asked: Asked): Promise<Reply | null> {
  const [, institution, yearText = '', versionText, rows, columns, kind] = PLACE.exec(asked.path) ?? [];
  if (institution === undefined) return null;
  const notFound = refusal(asked, 404, 'NOT_FOUND', NOT_FOUND);
  const format = kind as keyof typeof MEDIA_TYPES;
  const table = tableIn(rows, columns);
  if (table === 'none' || (table !== null && format !== 'csv' && format !== 'xlsx')) return notFound;
  const version = versionText === undefined ? undefined : Number(versionText);
  const found = await publishedStatistics(world, { institution, year: Number(yearText), version });
  if (!found) return notFound;
  const of = await findInstitution(world.db.prisma, institution);
  const name = `${of?.name ?? institution}${yearText}年学位授予统计数据（第${found.version}版）`;
  const content = contentOfPublication(found);
  let bytes: Uint8Array;
  if (format === 'pdf') {
    try {
      const kept = await readBytes(world.db.prisma, institution, found.pdfDigest, world.cipher);
      if (!kept) return notFound;
      bytes = kept;
    } catch (error) {
      if (!(error instanceof FileAltered)) throw error;
      return refusal(asked, 500, 'FILE_ALTERED', ALTERED, { digest: error.digest });
    }
  } else if (format === 'json') bytes = publicationData(found);
  else bytes = await written(format, name, table ? tableFile(content, ...table) : allFigures(content));
  const words = table
    ? ` ${table
        .map((one) => (one ? DIMENSIONS[one].zh : ''))
        .join('×')
        .replace(/×$/, '')}`
    : '';
  return fileReply(asked, {
    ...{ name: `${name}${words}.${format}`, mediaType: MEDIA_TYPES[format], bytes },
    tag: createHash('sha256').update(bytes).digest('hex'),
    cacheControl: version === undefined ? CACHE.last : CACHE.version,
  });
}

/** The dimensions in an address: null for all figures, 'none' when there is no such table. */
function tableIn(rows: string | undefined, columns: string | undefined): [Dimension, Dimension | null] | null | 'none' {
  if (rows === undefined) return null;
  if (!isKeyOf(DIMENSIONS, rows) || rows === 'year') return 'none';
  if (columns === undefined) return [rows, null];
  if (!isKeyOf(COLUMN_DIMENSIONS, columns) || tableViolations(rows, columns).length > 0) return 'none';
  return [rows, columns];
}

/** A table as bytes: a few hundred kilobytes at the most. */
async function written(format: 'csv' | 'xlsx', name: string, { header, lines }: FileTable): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const rows = lines.map((line) => [...line]);
  const pieces = format === 'csv' ? writeCsv(header, rows) : writeXlsx(name, header, rows);
  for await (const part of pieces) parts.push(part);
  return Buffer.concat(parts);
}
