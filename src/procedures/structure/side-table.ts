// Reading a small table that says what an officer could have typed: its header first, then every row with what is wrong in it.
import { openTable } from '../../files/table.ts';
import type { Violation } from '../../regulation/violations.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { readFile } from '../../store/stored-files.ts';
import type { World } from '../call.ts';
import { Refused } from '../errors.ts';
import { FILE_KINDS, type FileKind, MAX_ROWS } from '../files/file-kinds.ts';
import { refusingBadFiles } from '../files/file-problems.ts';
import { notUploadedAs } from '../files/uploaded-as.ts';

/** Problems named at most: a file of which every row is wrong needs no longer list. */
const MOST_PROBLEMS = 1000;

/** How a table is understood. `H` is a header that was, `R` what a row says; null when it could not be read. */
export interface TableReader<H, R> {
  readonly kind: FileKind;
  /** The header, or everything wrong with it. */
  header(cells: readonly string[]): { readonly header: H } | { readonly violations: readonly Violation[] };
  row(header: H, cells: readonly string[], path: string): { entry: R | null; violations: readonly Violation[] };
}

/**
 * The rows of an uploaded table; paths read `table[<line of the file>]`.
 * @throws {Refused} no such file of this kind, not a table, or its header is wrong
 */
export function readSideTable<H, R>(
  tx: Transaction,
  { cipher }: Pick<World, 'cipher'>,
  institution: string,
  digest: string,
  reader: TableReader<H, R>,
): Promise<{ rows: R[]; violations: Violation[] }> {
  const { kind } = reader;
  const { maxBytes, article } = FILE_KINDS[kind];
  return refusingBadFiles(
    'table',
    async () => {
      const file = await readFile(tx, { institution, digest, kinds: [kind] }, cipher);
      if (!file) throw notUploadedAs(kind, 'tableDigest', digest);
      const table = await openTable({ bytes: file.bytes }, { name: file.name, maxBytes, maxRows: MAX_ROWS });
      const read = reader.header(table.header);
      if ('violations' in read) throw new Refused(read.violations);
      const rows: R[] = [];
      const violations: Violation[] = [];
      for await (const { line, cells } of table.rows()) {
        const parsed = reader.row(read.header, cells, `table[${line}]`);
        if (violations.length < MOST_PROBLEMS) violations.push(...parsed.violations);
        if (parsed.entry !== null) rows.push(parsed.entry);
      }
      return { rows, violations: violations.slice(0, MOST_PROBLEMS) };
    },
    article,
  );
}
