// Opening a table that an officer loads as data (an edition, a code table, mappings): text rows under a known header.
import { openTable } from '../../files/table.ts';
import { looksLikeJson } from '../../files/text.ts';
import {
  isTextHeader,
  readTextHeader,
  readTextRow,
  type TextColumn,
  type TextRow,
} from '../../regulation/standard/text-columns.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { readFile } from '../../store/stored-files.ts';
import type { World } from '../call.ts';
import { Refused } from '../errors.ts';
import { FILE_KINDS } from '../files/file-kinds.ts';
import { notUploadedAs } from '../files/uploaded-as.ts';

/** A row with its line in the file. */
export interface DataLine<K extends string> {
  readonly line: number;
  readonly row: TextRow<K>;
}

/** Which uploaded file, what it may be, and the columns that it should have. */
export interface DataFile<K extends string> {
  readonly institution: string;
  readonly digest: string;
  readonly kind: 'edition' | 'code-table' | 'code-mappings';
  readonly columns: readonly TextColumn<K>[];
  readonly maxRows: number;
}

/**
 * The rows of an uploaded table, or its bytes when it is JSON, which the caller reads.
 * @throws {Refused} no such file of this kind, or its header is another one. {FileProblem} not a table, or with too many rows
 */
export async function readDataFile<K extends string>(
  tx: Transaction,
  world: Pick<World, 'cipher'>,
  { institution, digest, kind, columns, maxRows }: DataFile<K>,
): Promise<DataLine<K>[] | Uint8Array> {
  const file = await readFile(tx, { institution, digest, kinds: [kind] }, world.cipher);
  if (!file) throw notUploadedAs(kind, 'fileDigest', digest);
  const { name, bytes } = file;
  if (kind === 'edition' && looksLikeJson(bytes)) return bytes;
  const table = await openTable({ bytes }, { name, maxBytes: FILE_KINDS[kind].maxBytes, maxRows });
  const header = readTextHeader(table.header, columns);
  if (!isTextHeader(header)) throw new Refused(header);
  const lines: DataLine<K>[] = [];
  for await (const { line, cells } of table.rows()) lines.push({ line, row: readTextRow(header, cells, columns) });
  return lines;
}
