// A table of degree records: header first, then candidates in groups, each row with all its problems.

import { otherWork } from '../../files/turns.ts';
import type { Edition } from '../../regulation/standard/edition.ts';
import { type HeaderMatch, parseRow, readHeader } from '../../regulation/standard/editions.ts';
import type { FieldName } from '../../regulation/standard/fields.ts';
import { editionByKey, editionsOn } from '../../regulation/standard/shipped-editions.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import type { FieldCipher } from '../../secrecy/field-cipher.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import type { Giver } from '../../store/kept-files.ts';
import { findResolution } from '../../store/resolutions/resolutions.ts';
import { readEditions } from '../../store/structure/editions.ts';
import type { World } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import { todayOf } from '../situation.ts';
import { type Candidate, type Collecting, candidateOf } from './collecting.ts';
import type { ImportBound } from './import-bound.ts';
import { type ImportFile, openImportFile } from './import-file.ts';

/** An opened table of records in a known edition. */
export interface RecordTable extends ImportFile {
  readonly header: HeaderMatch;
  /** Fields that the edition carries. */
  readonly carried: ReadonlySet<FieldName>;
}

/** Opens the file and reads its header. @throws {Refused} the header is of no known edition for the category. {NotFound} {FileProblem} */
export async function openRecordTable(
  tx: Transaction,
  cipher: FieldCipher,
  of: { institution: string; category: Category; fileDigest: string; by?: Giver; editions: readonly Edition[] },
): Promise<RecordTable> {
  const file = await openImportFile(tx, cipher, of, 'records');
  const header = readHeader(file.table.header, of.category, of.editions);
  if (Array.isArray(header)) throw new Refused(header);
  const carried = new Set(header.columns.filter((column): column is FieldName => column !== null));
  return { ...file, header, carried };
}

/** The editions by which a file under a resolution is read: those that hold on the day of its decision. */
export async function editionsUnder(
  tx: Transaction,
  world: World,
  institution: string,
  resolutionId: string,
): Promise<Edition[]> {
  const resolution = await findResolution(tx, institution, resolutionId);
  return editionsOn(await readEditions(tx, institution), resolution?.decidedOn ?? todayOf(world));
}

/** The edition that the dry run of a file found: what was loaded since then does not change how it is read. */
export async function editionOfImport(
  tx: Pick<Transaction, 'loadedEdition'>,
  institution: string,
  category: Category,
  key: string | null,
): Promise<Edition[]> {
  const edition = editionByKey(key ?? '', category, await readEditions(tx, institution));
  if (!edition) throw new NotFound('edition', key ?? '');
  return [edition];
}

/** Rows judged in one go, about a millisecond. */
const ROWS_BETWEEN_TURNS = 40;

/** The rows as candidates, a group at a time, judged by themselves, as far as the bound goes. */
export async function* recordCandidates(
  { table, header }: RecordTable,
  collecting: Collecting,
  bound: ImportBound,
): AsyncGenerator<Candidate[]> {
  const { institution, category, resolution, codes } = collecting;
  const context = { on: resolution.decidedOn, institution, codes };
  for await (const rows of bound.groups(table.blocks())) {
    const group: Candidate[] = [];
    for (const { line, cells } of rows) {
      if (group.length % ROWS_BETWEEN_TURNS === ROWS_BETWEEN_TURNS - 1) await otherWork();
      group.push(candidateOf(collecting, line, parseRow(header, cells, category, context)));
    }
    yield group;
  }
}
