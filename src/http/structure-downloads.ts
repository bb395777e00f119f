// Downloads of the national structure: what an import could not take, exported files, templates of editions.
import { MEDIA_TYPES } from '../files/sniff.ts';
import type { World } from '../procedures/call.ts';
import { openExport } from '../procedures/exports/open-export.ts';
import { importScope } from '../procedures/read-access.ts';
import { editionByKey, editionsOn } from '../regulation/standard/shipped-editions.ts';
import { readEditions } from '../store/structure/editions.ts';
import { streamReply } from './file-reply.ts';
import { type Holder, keyIn, type Place } from './place.ts';
import type { Reply } from './reply.ts';
import type { Asked } from './request.ts';
import { editionColumns, editionTemplate, importProblems, type TableFormat, unmatchedTable } from './table-download.ts';

/** Their addresses. */
export const STRUCTURE_PLACES: readonly Place[] = [
  { pattern: /^\/imports\/([\w-]{1,200})\/(refused|unmatched)\.(csv|xlsx)$/, answer: ofImport },
  { pattern: /^\/exports\/([\w-]{1,200})\.(csv|xlsx|dbf|zip)$/, answer: exported },
  { pattern: /^\/editions\/([a-z0-9-]{1,60}(?:@\d{1,6})?)\/(template|columns)\.(csv|xlsx)$/, answer: editionTable },
];

async function ofImport(
  world: World,
  _asked: Asked,
  holder: Holder,
  [id = '', what = '', format = '']: string[],
): Promise<Reply | null> {
  const scope = holder === 'link' ? {} : importScope(holder);
  const where = { AND: [scope, { ...keyIn(id, 'Import') }] };
  const found = await world.db.prisma.import.findFirst({
    where,
    select: { institution: true, id: true, fileName: true },
  });
  const write = what === 'refused' ? importProblems : unmatchedTable;
  return found && write(world, found, format as TableFormat);
}

/** The file of an export, for the officer who made it; it is opened piece by piece while it is sent. */
async function exported(
  world: World,
  asked: Asked,
  holder: Holder,
  [id = '', format = '']: string[],
): Promise<Reply | null> {
  const { row, bytes } = await openExport(world, holder === 'link' ? null : holder, keyIn(id, 'RecordExport'));
  if (row.format !== format) return null;
  const { fileName: name, fileDigest: tag } = row;
  return streamReply(asked, { name, tag, mediaType: EXPORT_MEDIA_TYPES[format] ?? '', bytes: bytes() });
}

const EXPORT_MEDIA_TYPES: Readonly<Record<string, string>> = { ...MEDIA_TYPES, csv: 'text/csv' };

/** An edition as the institution of the officer has it: an empty file of it, or its columns to begin a correction from. */
async function editionTable(
  world: World,
  _asked: Asked,
  holder: Holder,
  [key = '', what = '', format = '']: string[],
): Promise<Reply | null> {
  const institution = holder === 'link' ? null : holder.institution;
  const loaded = institution === null ? [] : await readEditions(world.db.prisma, institution);
  const newest = editionsOn(loaded).find(({ id }) => id === key);
  const edition = editionByKey(key, 'regular-bachelor', loaded) ?? newest ?? null;
  const write = what === 'columns' ? editionColumns : editionTemplate;
  return edition && write(newest !== undefined && newest.version > 0 ? newest : edition, format as TableFormat);
}
