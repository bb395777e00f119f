// Reading an analysis dataset (R18.1): by a recipient with a token or an officer of the degree office, within the term only, and never unrecorded.
import { readingViolations } from '../../regulation/datasets/life.ts';
import { type DatasetColumn, ROW_NAME } from '../../regulation/datasets/print.ts';
import type { MarkPlan } from '../../regulation/datasets/watermark.ts';
import type { DatasetReading, DatasetState } from '../../regulation/datasets/words.ts';
import { mayAct } from '../../regulation/duties.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import { hashToken } from '../../secrecy/tokens.ts';
import { inTransaction, type Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { type PieceReader, pieceReader, ROWS_OF_PIECE } from '../../store/datasets/dataset-pieces.ts';
import { accessByHash, keepRead } from '../../store/datasets/dataset-reads.ts';
import { type Dataset, findDataset } from '../../store/datasets/datasets.ts';
import type { Actor, World } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import { todayOf } from '../situation.ts';
import { targetIn } from '../target.ts';
import { copyMaker, datasetMarker, readerMarker } from './dataset-marks.ts';

/** A recipient at the door with a token: bound to one dataset, never an officer. */
export interface Recipient {
  readonly institution: string;
  readonly datasetId: string;
  readonly recipientId: string;
  readonly accessId: string;
}

/** Who reads. */
export type DatasetReader = Actor | Recipient;

/** Whose token it is, whether it still lets in or not; null for one that was never given out. */
export async function recipientOf(world: Pick<World, 'db'>, token: string): Promise<Recipient | null> {
  const access = await accessByHash(world.db.prisma, hashToken(token));
  if (!access) return null;
  const { institution, datasetId, recipientId, id: accessId } = access;
  return { institution, datasetId, recipientId, accessId };
}

/** What is read: a whole file or the report; or some rows behind a place. */
export interface Wanted {
  readonly what: DatasetReading;
  readonly firstRow?: number;
  readonly rows?: number;
}

/** A row of a reader's copy, and its place in the dataset (from 0). */
export interface CopiedRow {
  readonly place: number;
  readonly cells: readonly string[];
}

/** A dataset opened for one reading, which is recorded. */
export interface OpenedDataset {
  readonly row: Dataset;
  readonly columns: readonly DatasetColumn[];
  /** Headings of the copy, the name of the row first. */
  readonly header: readonly string[];
  /** Rows of the reader's copy from a place on. @throws {DatasetGone} it was destroyed, or its term ended, meanwhile */
  rows(firstRow: number, count: number): Promise<CopiedRow[]>;
  /** All rows, in the order of this copy. @throws {DatasetGone} */
  all(): AsyncGenerator<string[]>;
}

/** The dataset went while it was read: the answer breaks off and is not taken for a whole one. */
export class DatasetGone extends Error {
  override readonly name = 'DatasetGone';
}

/**
 * Opens a dataset for one reading and records it first: a reading that nobody recorded does not happen.
 * @throws {NotFound} no such dataset for this reader. {Refused} outside of its term, not ready, destroyed, access revoked, or an auditor
 */
export function openDataset(
  world: World,
  reader: DatasetReader,
  key: { readonly institution: string; readonly id: string },
  wanted: Wanted,
): Promise<OpenedDataset> {
  return inTransaction(world.db, async (tx) => {
    const row = await findDataset(tx, key.institution, key.id);
    if (!row) throw new NotFound('dataset', key.id);
    const inTheWay = [...(await readerViolations(tx, reader, row)), ...timeViolations(world, row)];
    if (inTheWay.length > 0) throw new Refused(inTheWay);
    const pieces = await pieceReader(
      tx,
      world.db.prisma,
      { institution: row.institution, datasetId: row.id },
      world.cipher,
    );
    if (!pieces) throw new Error('a dataset that is ready has no key');
    await keepRead(tx, readOf(world, reader, row, wanted));
    return opened(world, reader, row, pieces);
  });
}

const isOfficer = (reader: DatasetReader): reader is Actor => 'officerId' in reader;

/** @throws {NotFound} the reader may not know of it */
async function readerViolations(tx: Transaction, reader: DatasetReader, row: Dataset): Promise<Violation[]> {
  const { institution, id } = row;
  if (!isOfficer(reader)) {
    if (reader.institution !== institution || reader.datasetId !== id) throw new NotFound('dataset', id);
    const where = { institution_id: { institution, id: reader.accessId } };
    const access = await tx.datasetAccess.findUnique({ where, select: { revokedAt: true } });
    // At the end everybody's access is ended; then the end is the answer.
    if (!access || access.revokedAt === null || row.state === 'destroyed') return [];
    return [violation('dataset-access-revoked', 'token', { found: access.revokedAt.toISOString() })];
  }
  const inside = reader.institution === institution;
  if (!inside || !(reader.officeKind === 'degree-office' || reader.duties.includes('audit'))) {
    throw new NotFound('dataset', id);
  }
  const { provincialOfficeId } = await targetIn(tx, institution);
  const target = { institution, provincialOfficeId };
  const works = (['request-dataset', 'open-dataset-access'] as const).some(
    (step) => mayAct(reader, step, target).length === 0,
  );
  return works ? [] : [violation('dataset-reader', 'duties', { found: reader.duties.join(', ') })];
}

function timeViolations(world: Pick<World, 'now'>, { state, firstDay, lastDay }: Dataset): Violation[] {
  return readingViolations({ state: state as DatasetState, firstDay, lastDay }, todayOf(world));
}

function readOf(world: World, reader: DatasetReader, row: Dataset, { what, firstRow = 0, rows }: Wanted) {
  const { institution, id: datasetId } = row;
  const total = row.rowCount ?? 0;
  const read = what === 'report' ? 0 : Math.max(0, Math.min(rows ?? total, total - firstRow));
  const who = isOfficer(reader)
    ? { officerId: reader.officerId, recipientId: null, accessId: null }
    : { officerId: null, recipientId: reader.recipientId, accessId: reader.accessId };
  return { institution, id: uuidv7(), datasetId, ...who, what, firstRow, rows: read, at: world.now() };
}

function opened(world: World, reader: DatasetReader, row: Dataset, pieces: PieceReader): OpenedDataset {
  const { columns, marks } = row.columns as unknown as { columns: DatasetColumn[]; marks: MarkPlan | null };
  const places = new Map(columns.map(({ heading }, at) => [heading, at]));
  const own = readerMarker(world, row, isOfficer(reader) ? reader.officerId : reader.recipientId);
  const copy = copyMaker({ places, plan: marks }, datasetMarker(world, row), own);
  const total = row.rowCount ?? 0;
  const piece = async (number: number): Promise<CopiedRow[]> => {
    const found = todayOf(world) > row.lastDay ? null : await pieces(number);
    if (!found) throw new DatasetGone();
    return found.map((cells, at) => {
      const place = number * ROWS_OF_PIECE + at;
      return { place, cells: copy(cells, place) };
    });
  };
  return {
    row,
    columns,
    header: [ROW_NAME, ...columns.map(({ heading }) => heading)],
    async rows(firstRow, count) {
      const last = Math.min(total, firstRow + count);
      const found: CopiedRow[] = [];
      for (let at = firstRow; at < last; at = (Math.floor(at / ROWS_OF_PIECE) + 1) * ROWS_OF_PIECE) {
        const rows = await piece(Math.floor(at / ROWS_OF_PIECE));
        found.push(...rows.filter(({ place }) => place >= firstRow && place < last));
      }
      return found;
    },
    async *all() {
      const numbers = Array.from({ length: Math.ceil(total / ROWS_OF_PIECE) }, (_, at) => at);
      // Two copies do not lie side by side row by row.
      const order = (kind: string) => (one: number, other: number) =>
        own.number(`${kind}/${one}`) - own.number(`${kind}/${other}`) || one - other;
      for (const number of numbers.sort(order('piece'))) {
        const rows = await piece(number);
        const byPlace = order('row');
        rows.sort((one, other) => byPlace(one.place, other.place));
        for (const { cells } of rows) yield [...cells];
      }
    },
  };
}
