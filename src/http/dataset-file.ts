// The file of an analysis dataset: a marked copy for one reader, made while it is sent, within the term only, and recorded before the first byte (R18.1).
import { writeCsv } from '../files/write-csv.ts';
import { writeXlsx } from '../files/write-xlsx.ts';
import type { World } from '../procedures/call.ts';
import { type DatasetReader, openDataset } from '../procedures/datasets/read-dataset.ts';
import { NotFound } from '../procedures/errors.ts';
import { dispositionOf } from './file-reply.ts';
import { keyIn } from './place.ts';
import type { Reply } from './reply.ts';
import type { Asked } from './request.ts';

/** Where the files are: `/datasets/{id}.csv` or `.xlsx`, with the bearer token of a recipient or an officer. */
export const DATASET_FILE = /^\/datasets\/([\w-]{1,200})\.(csv|xlsx)$/;

const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** A reader's copy as a file. @throws {NotFound} {Refused} from the procedure */
export async function datasetFile(world: World, asked: Asked, reader: DatasetReader | null): Promise<Reply> {
  const [, id = '', format = ''] = DATASET_FILE.exec(asked.path) ?? [];
  const what = format === 'xlsx' ? 'xlsx' : 'csv';
  const key = keyIn(id, 'Dataset');
  if (reader === null) throw new NotFound('dataset', id);
  const opened = await openDataset(world, reader, key, { what });
  const { header, row } = opened;
  const name = `临时信息库 ${row.firstDay}–${row.lastDay}`;
  const body = what === 'csv' ? writeCsv(header, opened.all()) : writeXlsx('临时信息库', header, opened.all());
  const headers = {
    'content-type': MEDIA_TYPES[what],
    'content-disposition': dispositionOf(`${name}.${what}`),
    // Nobody on the way keeps a copy.
    'cache-control': 'no-store',
  };
  return { status: 200, headers, body };
}
