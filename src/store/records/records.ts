// Degree records: rows ⇄ fields in plain text, read in order, written in bulk. What may happen to them is not decided here.
import type { DegreeRecord, Prisma } from '../../generated/prisma/client.ts';
import type { RecordFields } from '../../regulation/record/record.ts';
import { type BlindIndex, IDENTITY_PURPOSE } from '../../secrecy/blind-index.ts';
import type { FieldCipher } from '../../secrecy/field-cipher.ts';
import { insertRows } from '../database/bulk.ts';
import type { Transaction } from '../database/transaction.ts';
import { FIELD_COLUMNS, type FieldColumn, RECORD_COLUMNS, SECRET_COLUMNS, STANDING_COLUMNS } from './record-columns.ts';

/** A record as it is kept: secret fields are sealed boxes. */
export type RecordRow = DegreeRecord;

/** Which records: any condition over their columns. */
export type RecordWhere = Prisma.DegreeRecordWhereInput;

/** A record with its fields in plain text. */
export interface OpenRecord {
  readonly row: RecordRow;
  readonly fields: RecordFields;
}

/** The columns of a record that its fields give: {@link FIELD_COLUMNS} with secret ones sealed, and the blind index. */
export type FieldRow = Pick<RecordRow, FieldColumn | 'identityNumberIndex'>;

const CHUNK = 1000;

/** What a box is bound to. */
function context(institution: string, recordId: string, column: string): string {
  return `${institution}/${recordId}/${column}`;
}

/** The fields of a row in plain text. @throws {WrongKey} {Tampered} from the cipher */
export function toFields(row: RecordRow, cipher: FieldCipher): RecordFields {
  const fields: Record<string, string | null> = { institution: row.institution };
  for (const column of FIELD_COLUMNS) fields[column] = row[column];
  for (const column of SECRET_COLUMNS) {
    const box = row[column];
    if (box !== null) fields[column] = cipher.open(box, context(row.institution, row.id, column));
  }
  return fields as unknown as RecordFields;
}

/**
 * The columns that hold these fields: secret ones sealed for this record, the identity number also as blind index.
 * @param kept the record as it was: a secret that is the same stays in the box in which it lies
 */
export function sealFields(
  fields: RecordFields,
  institution: string,
  recordId: string,
  cipher: FieldCipher,
  blindIndex: BlindIndex,
  kept?: OpenRecord,
): FieldRow {
  const same = (column: (typeof SECRET_COLUMNS)[number]): boolean => kept?.fields[column] === fields[column];
  const row: Record<string, string | null> = {};
  for (const column of FIELD_COLUMNS) row[column] = fields[column];
  for (const column of SECRET_COLUMNS) {
    const value = row[column];
    if (value)
      row[column] = (same(column) && kept?.row[column]) || cipher.seal(value, context(institution, recordId, column));
  }
  row.identityNumberIndex =
    (same('identityNumber') && kept?.row.identityNumberIndex) || blindIndex(fields.identityNumber, IDENTITY_PURPOSE);
  return row as unknown as FieldRow;
}

/** The records of an institution that fulfil the condition, in the order of their ids. For a few thousand; beyond that {@link eachRecord}. */
export async function readRecords(
  tx: Pick<Transaction, 'degreeRecord'>,
  institution: string,
  where: RecordWhere,
  cipher: FieldCipher,
): Promise<OpenRecord[]> {
  const rows = await tx.degreeRecord.findMany({ where: { AND: [where], institution }, orderBy: { id: 'asc' } });
  return rows.map((row) => ({ row, fields: toFields(row, cipher) }));
}

/** The ids of a batch's records in these states, in their order. */
export async function recordIdsOfBatch(
  tx: Pick<Transaction, 'degreeRecord'>,
  institution: string,
  batchId: string,
  states: readonly string[],
): Promise<string[]> {
  const where = { institution, batchId, state: { in: [...states] } };
  const rows = await tx.degreeRecord.findMany({ where, orderBy: { id: 'asc' }, select: { id: true } });
  return rows.map(({ id }) => id);
}

/** The same in chunks, by keyset, so that a whole year passes through in flat memory. */
export async function* eachRecord(
  tx: Pick<Transaction, 'degreeRecord'>,
  institution: string,
  where: RecordWhere,
  cipher: FieldCipher,
  chunk: number = CHUNK,
): AsyncGenerator<OpenRecord[]> {
  let after: string | undefined;
  for (;;) {
    const rest: RecordWhere = after === undefined ? {} : { id: { gt: after } };
    const rows = await tx.degreeRecord.findMany({
      where: { AND: [where, rest], institution },
      orderBy: { id: 'asc' },
      take: chunk,
    });
    if (rows.length > 0) yield rows.map((row) => ({ row, fields: toFields(row, cipher) }));
    after = rows.at(-1)?.id;
    if (rows.length < chunk || after === undefined) return;
  }
}

/** Adds records in bulk. */
export async function insertRecords(tx: Transaction, rows: readonly RecordRow[]): Promise<void> {
  const values = rows.map((row) => RECORD_COLUMNS.map((column) => row[column.name as keyof RecordRow]));
  await insertRows(tx, 'DegreeRecord', RECORD_COLUMNS, values);
}

/** What all new records of one step have in common. */
export type CommonStanding = Omit<
  RecordRow,
  FieldColumn | 'identityNumberIndex' | 'rosterSequence' | keyof OwnStanding
>;

/** What each has of its own beside its fields and its place on the roster. */
export type OwnStanding = Pick<RecordRow, 'id' | 'salt' | 'digest' | 'certificateTemplateId' | 'importLine'>;

/** A new record that lacks only its place on the roster. `values` stand in the order of the columns: no object of 65 members per row. */
export interface RecordDraft {
  readonly id: string;
  readonly version: number;
  readonly digest: string;
  readonly certificateNumber: string;
  readonly values: unknown[];
}

const PLACES = new Map(RECORD_COLUMNS.map(({ name }, at) => [name, at]));
const placeOf = (column: keyof RecordRow): number => PLACES.get(column) ?? 0;
const FIELDS_AT = placeOf(FIELD_COLUMNS[0]);
const SEQUENCE_AT = placeOf('rosterSequence');
const INDEX_AT = placeOf('identityNumberIndex');
const SECRETS = SECRET_COLUMNS.map((column) => [column, placeOf(column)] as const);
const OWN = (['id', 'salt', 'digest', 'certificateTemplateId', 'importLine'] as const).map(
  (column) => [column, placeOf(column)] as const,
);

/** Makes drafts of records: secret fields sealed for each, the identity number also as blind index. */
export function recordDrafter(
  common: CommonStanding,
  cipher: FieldCipher,
  blindIndex: BlindIndex,
): (fields: RecordFields, own: OwnStanding) => RecordDraft {
  const { institution, version } = common;
  const template = RECORD_COLUMNS.map(({ name }): unknown => {
    const value = common[name as keyof CommonStanding];
    return value instanceof Date ? value.toISOString() : value; // once, not for every record
  });
  return (fields, own) => {
    const { id, digest } = own;
    const values = template.slice();
    for (let at = 0; at < FIELD_COLUMNS.length; at++) values[FIELDS_AT + at] = fields[FIELD_COLUMNS[at] as FieldColumn];
    for (const [column, at] of OWN) values[at] = own[column];
    for (const [column, at] of SECRETS) {
      const value = fields[column];
      if (value) values[at] = cipher.seal(value, context(institution, id, column));
    }
    values[INDEX_AT] = blindIndex(fields.identityNumber, IDENTITY_PURPOSE);
    return { id, version, digest, certificateNumber: fields.certificateNumber, values };
  };
}

/** Adds drafts in bulk, each at its place on the roster. */
export async function insertDrafts(
  tx: Transaction,
  placed: readonly { readonly draft: RecordDraft; readonly rosterSequence: number }[],
): Promise<void> {
  const rows = placed.map(({ draft: { values }, rosterSequence }) => {
    values[SEQUENCE_AT] = rosterSequence;
    return values;
  });
  await insertRows(tx, 'DegreeRecord', RECORD_COLUMNS, rows);
}

/** What {@link moveRecords} may set: where a record stands, never what it says. */
export type Move = Partial<
  Pick<
    RecordRow,
    | 'state'
    | 'crossCheckedById'
    | 'disclosedKeyDigest'
    | 'firstReportedAt'
    | 'filedAt'
    | 'certificateTemplateId'
    | 'batchId'
    | 'supplementary'
    | 'updatedAt'
  >
>;

/**
 * Moves records by id, one statement per thousand. Version and digest stay as they are.
 * @throws {Error} when not every id is there: the caller has read them under the lock of the log head, so this is a mistake of ours
 */
export async function moveRecords(
  tx: Transaction,
  institution: string,
  ids: readonly string[],
  set: Move,
): Promise<void> {
  const columns = Object.keys(set) as (keyof Move)[];
  const types: Readonly<Record<string, string>> = { ...STANDING_COLUMNS, updatedAt: 'timestamptz' };
  if (columns.length === 0 || ids.length === 0) return;
  const changes = columns.map((column, at) => `"${column}" = $${at + 3}::${types[column]}`).join(', ');
  const sql = `UPDATE "DegreeRecord" d SET ${changes} FROM unnest($2::text[]::uuid[]) AS k("id")
    WHERE d."institution" = $1 AND d."id" = k."id"`;
  const values = columns.map((column) => asParameter(set[column]));
  for (let start = 0; start < ids.length; start += CHUNK) {
    const chunk = ids.slice(start, start + CHUNK);
    const moved = await tx.$executeRawUnsafe(sql, institution, chunk, ...values);
    if (moved !== chunk.length) throw new Error(`${chunk.length} records were to be moved, ${moved} were there`);
  }
}

/** Puts a record back to where its way begins, unchanged, under the officer who answers for it from now on. */
export async function recollect(
  tx: Transaction,
  institution: string,
  id: string,
  collectedById: string,
  updatedAt: Date,
): Promise<void> {
  const where = { institution_id: { institution, id } };
  const data = { state: 'collected', collectedById, crossCheckedById: null, updatedAt };
  await tx.degreeRecord.update({ where, data });
}

/** Ties records to their enrolment records; version and digest stay as they are. */
export async function tieEnrolment(
  tx: Transaction,
  institution: string,
  pairs: readonly { recordId: string; enrolmentRecordId: string }[],
): Promise<void> {
  for (let start = 0; start < pairs.length; start += CHUNK) {
    const chunk = pairs.slice(start, start + CHUNK);
    const records = chunk.map((pair) => pair.recordId);
    const enrolment = chunk.map((pair) => pair.enrolmentRecordId);
    await tx.$executeRaw`UPDATE "DegreeRecord" r SET "enrolmentRecordId" = p."enrolment"
      FROM unnest(${records}::text[]::uuid[], ${enrolment}::text[]::uuid[]) AS p("record", "enrolment")
      WHERE r."institution" = ${institution} AND r."id" = p."record"`;
  }
}

function asParameter(value: Move[keyof Move]): unknown {
  return value instanceof Date ? value.toISOString() : value;
}
