// Opening an uploaded table for import: its bytes, its form and its header.
import { openTable, type Table } from '../../files/table.ts';
import type { FieldCipher } from '../../secrecy/field-cipher.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import type { Giver } from '../../store/kept-files.ts';
import { openFile } from '../../store/stored-files.ts';
import { FILE_KINDS, MAX_ROWS } from '../files/file-kinds.ts';
import { notUploadedAs } from '../files/uploaded-as.ts';

/** A table ready to be read, with the name under which it was uploaded. */
export interface ImportFile {
  readonly name: string;
  readonly table: Table;
}

/** Rows judged and written together: more are hardly faster, and two groups of them are in memory as objects. */
export const ROWS_AT_ONCE = 250;

/** Opens the file with this digest that was uploaded as a table of this kind. @throws {Refused} no such file. {FileProblem} not a table */
export async function openImportFile(
  tx: Transaction,
  cipher: FieldCipher,
  asked: { readonly institution: string; readonly fileDigest: string; readonly by?: Giver | undefined },
  kind: 'records' | 'enrolment-records',
): Promise<ImportFile> {
  const { fileDigest: digest, ...of } = asked;
  const file = await openFile(tx, { ...of, digest, kinds: [kind] }, cipher);
  if (!file) throw notUploadedAs(kind, 'fileDigest', digest);
  const limits = { name: file.name, maxBytes: FILE_KINDS[kind].maxBytes, maxRows: MAX_ROWS };
  return { name: file.name, table: await openTable(file, limits) };
}

/** The items of blocks of any length in groups of {@link ROWS_AT_ONCE}. */
export async function* grouped<T>(blocks: AsyncIterable<readonly T[]>): AsyncGenerator<T[]> {
  let group: T[] = [];
  for await (const block of blocks) {
    for (const item of block) {
      group.push(item);
      if (group.length < ROWS_AT_ONCE) continue;
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}
