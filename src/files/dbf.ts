// DBF tables to rows, in flat memory. The libraries at hand read and write only files on disk, where identity numbers must not lie open.
import type { RawRow } from './csv.ts';
import { type DbfForm, readDbfHeader } from './dbf-header.ts';
import { FileProblem } from './problems.ts';
import { type FileSource, pieces, readHead, sizeOf } from './source.ts';

const MOST_HEADER_BYTES = 65_536;
const DELETED = 0x2a;
const LIVING = 0x20;

/** A DBF table whose text can be read. */
export type DbfTable = Omit<DbfForm, 'encoding'> & { readonly encoding: 'gb18030' | 'utf-8' };

async function* recordsOf(source: FileSource, form: DbfForm): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array(0);
  let skip = form.headerBytes;
  let given = 0;
  for await (const piece of pieces(source)) {
    const fresh = piece.subarray(Math.min(skip, piece.length));
    skip -= piece.length - fresh.length;
    const bytes = rest.length === 0 ? fresh : Buffer.concat([rest, fresh]);
    let at = 0;
    for (; at + form.recordBytes <= bytes.length && given < form.records; at += form.recordBytes) {
      given++;
      yield bytes.subarray(at, at + form.recordBytes);
    }
    rest = bytes.subarray(at);
    if (given === form.records) return;
  }
  if (given < form.records) throw new FileProblem('broken-dbf', { found: `${given}`, expected: `${form.records}` });
}

/** Whether every text of the file is UTF-8: asked where the file does not say what it is in. */
async function isUtf8(source: FileSource, form: DbfForm): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const record of recordsOf(source, form)) {
      for (const { start, width } of form.columns) decoder.decode(record.subarray(start, start + width));
    }
    return true;
  } catch (error) {
    if (error instanceof FileProblem) throw error;
    return false;
  }
}

/** Opens a DBF table. @throws FileProblem broken-dbf, unsupported-dbf, wrong-encoding, no-header */
export async function openDbf(source: FileSource): Promise<DbfTable> {
  const form = readDbfHeader(await readHead(source, MOST_HEADER_BYTES), await sizeOf(source));
  const encoding = form.encoding ?? ((await isUtf8(source, form)) ? 'utf-8' : 'gb18030');
  return { ...form, encoding };
}

/**
 * The header and the records that are not deleted, as text. `line` 1 is the header, a record's line is its place in the file after it.
 * @throws FileProblem broken-dbf, wrong-encoding (half a character, naming row and column)
 */
export async function* dbfRows(source: FileSource, table: DbfTable): AsyncGenerator<RawRow[]> {
  yield [{ line: 1, cells: table.columns.map(({ name }) => name) }];
  const decoder = new TextDecoder(table.encoding);
  let line = 1;
  for await (const record of recordsOf(source, { ...table, encoding: null })) {
    line++;
    if (record[0] === DELETED) continue;
    if (record[0] !== LIVING) throw new FileProblem('broken-dbf', { found: 'record', place: { row: line } });
    const cells = table.columns.map(({ start, width, type }, at) => {
      const text = decoder.decode(record.subarray(start, start + width)).replace(/[\0 ]+$/, '');
      if (text.includes('\uFFFD') || text.includes('\0')) {
        const place = { row: line, column: at + 1 };
        throw new FileProblem('wrong-encoding', { found: '?', expected: 'GB 18030', place });
      }
      return type === 'C' ? text : text.trim();
    });
    yield [{ line, cells }];
  }
}
