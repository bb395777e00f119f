// New versions of records: the old one is kept as it was sealed, the new one takes its place (R15.2).
import type { RecordFields } from '../../regulation/record/record.ts';
import type { BlindIndex } from '../../secrecy/blind-index.ts';
import type { FieldCipher } from '../../secrecy/field-cipher.ts';
import { type Column, insertRows } from '../database/bulk.ts';
import { executeOn } from '../database/own-connection.ts';
import { allDone, type Transaction } from '../database/transaction.ts';
import { FIELD_COLUMNS, STANDING_COLUMNS, VERSION_COLUMNS } from './record-columns.ts';
import { type RecordRow, sealFields } from './records.ts';

/** A change of fields, and of where the record stands when both change in one step. */
export interface Revision {
  readonly row: RecordRow;
  readonly fields: RecordFields;
  /** The fields of the row, where they were opened: what is secret and stays as it was keeps its box. */
  readonly before?: RecordFields;
  /** Salt and digest of the fields: fresh, or those that were approved (hex). */
  readonly committed: { readonly salt: string; readonly digest: string };
  readonly also?: Partial<RecordRow>;
}

/** What a new version rests on: keys of the installation, and the commitment to the fields, which is the business of sealing. */
export interface RevisionSecrets {
  readonly cipher: FieldCipher;
  readonly blindIndex: BlindIndex;
}

/** A record as the subject of the step that changes it. */
export interface RevisedSubject {
  readonly kind: 'record';
  readonly id: string;
  readonly version: number;
  readonly digest: string;
}

const CHUNK = 1000;

const OLD_COLUMNS = [
  { name: 'institution', type: 'text' },
  { name: 'recordId', type: 'uuid' },
  { name: 'version', type: 'int' },
  { name: 'digest', type: 'text' },
  { name: 'salt', type: 'text' },
  { name: 'content', type: 'jsonb' },
  { name: 'replacedAt', type: 'timestamptz' },
] as const;

const NEW_COLUMNS: readonly Column[] = [
  ...FIELD_COLUMNS.map((name) => ({ name, type: 'text' })),
  ...Object.entries({ ...VERSION_COLUMNS, ...STANDING_COLUMNS }).map(([name, type]) => ({ name, type })),
];

/** The columns in which some of these rows differ from those that they replace: the database reads, checks and writes no others. */
function changedColumns(revisions: readonly Revision[], next: readonly RecordRow[]): readonly Column[] {
  return NEW_COLUMNS.filter(({ name }) => {
    const column = name as keyof RecordRow;
    return next.some((row, at) => row[column] !== revisions[at]?.row[column]);
  });
}

// The ids stand beside the rows, so that the database goes by the key also while it has no statistics.
function replacing(columns: readonly Column[]): string {
  const set = columns.map(({ name, type }, at) => `"${name}" = (r->>${at + 1})::${type}`).join(', ');
  return `UPDATE "DegreeRecord" d SET ${set} FROM jsonb_array_elements($2::jsonb) AS e(r)
    WHERE d."institution" = $1 AND d."id" = (r->>0)::uuid AND d."id" = ANY($3::text[]::uuid[])`;
}

/**
 * Replaces the fields of records in bulk: each old version goes to the history, each new one counts up and has a salt and a digest of its own.
 * @param at when the old versions were replaced
 * @returns the new versions as subjects of the step, in the order given
 * @throws {Error} when not every record is there: the caller has read them under the lock of the log head
 */
export async function reviseRecords(
  tx: Transaction,
  institution: string,
  revisions: readonly Revision[],
  at: Date,
  secrets: RevisionSecrets,
): Promise<RevisedSubject[]> {
  const subjects: RevisedSubject[] = [];
  for (let start = 0; start < revisions.length; start += CHUNK) {
    const chunk = revisions.slice(start, start + CHUNK);
    const next = chunk.map(({ row, fields, before, committed, also }): RecordRow => {
      const kept = before && { row, fields: before };
      const sealed = sealFields(fields, institution, row.id, secrets.cipher, secrets.blindIndex, kept);
      const { salt, digest } = committed;
      return { ...row, ...sealed, ...also, salt, digest, version: row.version + 1, updatedAt: at };
    });
    const columns = changedColumns(chunk, next);
    const values = next.map((row) => [row.id, ...columns.map(({ name }) => row[name as keyof RecordRow])]);
    const ids = next.map(({ id }) => id);
    const old = chunk.map(({ row }) => [institution, row.id, row.version, row.digest, row.salt, contentOf(row), at]);
    const [, replaced] = await allDone(
      insertRows(tx, 'RecordVersion', OLD_COLUMNS, old),
      executeOn(tx, replacing(columns), [institution, JSON.stringify(values), ids]),
    );
    if (replaced !== chunk.length)
      throw new Error(`${chunk.length} records were to be revised, ${replaced} were there`);
    for (const { id, version, digest } of next) subjects.push({ kind: 'record', id, version, digest });
  }
  return subjects;
}

/** The fields of a superseded version; secret ones stay sealed boxes. */
function contentOf(row: RecordRow): Record<string, string> {
  const content: Record<string, string> = {};
  for (const column of FIELD_COLUMNS) {
    const value = row[column];
    if (value !== null) content[column] = value;
  }
  return content;
}

/** A superseded version as it was sealed then. */
export interface SupersededVersion {
  readonly version: number;
  readonly digest: string;
  readonly content: Readonly<Record<string, string>>;
}

const SUPERSEDED = { version: true, digest: true, content: true } as const;

/** A superseded version by its number, or null. */
export async function findVersion(
  db: Pick<Transaction, 'recordVersion'>,
  institution: string,
  recordId: string,
  version: number,
): Promise<SupersededVersion | null> {
  const key = { institution, recordId, version };
  const where = { institution_recordId_version: key };
  return (await db.recordVersion.findUnique({ where, select: SUPERSEDED })) as SupersededVersion | null;
}

/** The superseded version that was in force at a moment; null when the present one was, or none. */
export async function versionOn(
  db: Pick<Transaction, 'recordVersion'>,
  institution: string,
  recordId: string,
  at: Date,
): Promise<SupersededVersion | null> {
  const where = { institution, recordId, replacedAt: { gt: at } };
  const orderBy = { version: 'asc' } as const;
  return (await db.recordVersion.findFirst({ where, orderBy, select: SUPERSEDED })) as SupersededVersion | null;
}
