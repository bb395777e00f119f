// Enrolment records: looked up by student number or by identity number, written by import; identity numbers are sealed (R21.1).
import type { EnrolmentRecord } from '../../generated/prisma/client.ts';
import type { EnrolmentFields } from '../../regulation/record/enrolment.ts';
import { type BlindIndex, IDENTITY_PURPOSE } from '../../secrecy/blind-index.ts';
import type { FieldCipher } from '../../secrecy/field-cipher.ts';
import { upsertRows } from '../database/bulk.ts';
import { queryMany } from '../database/own-connection.ts';
import type { Transaction } from '../database/transaction.ts';
import { uuidv7 } from '../database/uuid.ts';

/** An enrolment record as it is kept. */
export type EnrolmentRow = EnrolmentRecord;

/** An enrolment record with its identity number in plain text. */
export interface OpenEnrolment {
  readonly id: string;
  readonly fields: EnrolmentFields;
}

/** By what the enrolment record of a person is found. */
export interface EnrolmentKey {
  readonly studentNumber: string | null;
  readonly identityNumber: string;
}

/** What was found: one record, several that could be meant, or none. */
export type EnrolmentMatch = OpenEnrolment | 'ambiguous' | null;

const COLUMNS = [
  { name: 'institution', type: 'text' },
  { name: 'id', type: 'uuid' },
  { name: 'studentNumber', type: 'text' },
  { name: 'name', type: 'text' },
  { name: 'sex', type: 'text' },
  { name: 'birthDate', type: 'text' },
  { name: 'country', type: 'text' },
  { name: 'ethnicity', type: 'text' },
  { name: 'politicalStatus', type: 'text' },
  { name: 'identityType', type: 'text' },
  { name: 'identityNumber', type: 'text' },
  { name: 'identityNumberIndex', type: 'text' },
  { name: 'category', type: 'text' },
  { name: 'disciplineCode', type: 'text' },
  { name: 'disciplineName', type: 'text' },
  { name: 'trainingUnitCode', type: 'text' },
  { name: 'trainingUnitName', type: 'text' },
  { name: 'examineeNumber', type: 'text' },
  { name: 'admissionMonth', type: 'text' },
  { name: 'lengthOfStudy', type: 'text' },
  { name: 'studyForm', type: 'text' },
  { name: 'studyMode', type: 'text' },
  { name: 'graduationDate', type: 'text' },
  { name: 'importId', type: 'uuid' },
  { name: 'version', type: 'int' },
  { name: 'updatedAt', type: 'timestamptz' },
] as const;

/** What is read of a row: everything but where it came from. */
type ReadRow = Omit<EnrolmentRow, 'importId' | 'updatedAt'>;
const READ = COLUMNS.filter(({ name }) => name !== 'importId' && name !== 'updatedAt')
  .map(({ name }) => `"${name}"`)
  .join(', ');

/** What an enrolment record says besides the identity number, whose box is new each time and whose index may be under another key. */
const CONTENT = COLUMNS.map(({ name }) => name).filter(
  (name): name is Exclude<typeof name, 'identityNumberIndex' | 'importId' | 'updatedAt'> =>
    !['institution', 'id', 'identityNumber', 'identityNumberIndex', 'importId', 'version', 'updatedAt'].includes(name),
);

const context = (institution: string, id: string): string => `${institution}/${id}/identityNumber`;

/** The fields of a row in plain text. @throws {WrongKey} {Tampered} from the cipher */
export function toEnrolment(row: EnrolmentRow, cipher: FieldCipher): OpenEnrolment {
  const { importId: _import, updatedAt: _at, ...read } = row;
  return opened(read, cipher);
}

function opened(row: ReadRow, cipher: FieldCipher): OpenEnrolment {
  return withNumber(row, cipher.open(row.identityNumber, context(row.institution, row.id)));
}

function withNumber(row: ReadRow, identityNumber: string): OpenEnrolment {
  const { institution: _institution, id, identityNumberIndex: _index, version: _version, ...rest } = row;
  return { id, fields: { ...rest, identityNumber } as EnrolmentFields };
}

/** The rows with one of these keys. Key by key, so that the database goes by the index also while it has no statistics. */
async function readBy(
  tx: Pick<Transaction, '$queryRawUnsafe'>,
  institution: string,
  column: 'studentNumber' | 'identityNumberIndex',
  keys: readonly string[],
): Promise<ReadRow[]> {
  if (keys.length === 0) return [];
  const sql = `SELECT e.* FROM (SELECT DISTINCT * FROM unnest($2::text[]) AS u("key")) k
    CROSS JOIN LATERAL (
      SELECT ${READ} FROM "EnrolmentRecord" WHERE "institution" = $1 AND "${column}" = k."key" OFFSET 0) e`;
  return queryMany<ReadRow>(tx, sql, [institution, keys]);
}

/** The enrolment record of each person, in the order given: by student number, else by identity number (R11.8). Two statements at most. */
export async function findEnrolments(
  tx: Pick<Transaction, '$queryRawUnsafe'>,
  institution: string,
  keys: readonly EnrolmentKey[],
  { cipher, blindIndex }: { readonly cipher: FieldCipher; readonly blindIndex: BlindIndex },
): Promise<EnrolmentMatch[]> {
  const students = keys.flatMap(({ studentNumber }) => (studentNumber ? [studentNumber] : []));
  const byStudent = new Map<string, ReadRow>();
  for (const row of await readBy(tx, institution, 'studentNumber', students)) byStudent.set(row.studentNumber, row);
  const direct = (key: EnrolmentKey) => (key.studentNumber ? byStudent.get(key.studentNumber) : undefined);
  // While the key of the index changes, the rows of one person may stand under either.
  const indexes = keys.map((key) =>
    direct(key) || key.identityNumber === '' ? [] : blindIndex.lookUps(key.identityNumber, IDENTITY_PURPOSE),
  );
  const byIdentity = new Map<string, ReadRow[]>();
  for (const row of await readBy(tx, institution, 'identityNumberIndex', indexes.flat())) {
    byIdentity.set(row.identityNumberIndex, [...(byIdentity.get(row.identityNumberIndex) ?? []), row]);
  }
  return keys.map((key, at) => {
    const known = direct(key);
    const [row, ...others] = known ? [known] : (indexes[at] ?? []).flatMap((index) => byIdentity.get(index) ?? []);
    if (row === undefined) return null;
    if (others.length > 0) return 'ambiguous';
    // A keyed index is the same for the same number only: then what is sealed is known, and need not be opened.
    const { identityNumber } = key;
    const same =
      identityNumber !== '' && blindIndex.lookUps(identityNumber, IDENTITY_PURPOSE).includes(row.identityNumberIndex);
    return same ? withNumber(row, identityNumber) : opened(row, cipher);
  });
}

/** Adds enrolment records, or replaces those with the same student number, in bulk. */
export async function upsertEnrolments(
  tx: Transaction,
  institution: string,
  records: readonly EnrolmentFields[],
  of: { readonly importId: string; readonly at: Date },
  { cipher, blindIndex }: { readonly cipher: FieldCipher; readonly blindIndex: BlindIndex },
): Promise<void> {
  const numbers = records.map((record) => record.studentNumber);
  const known = await readBy(tx, institution, 'studentNumber', numbers);
  const before = new Map(known.map((row) => [row.studentNumber, row]));
  const rows = records.map((fields) => {
    const old = before.get(fields.studentNumber);
    const id = old?.id ?? uuidv7();
    const row: EnrolmentRow = {
      ...(fields as EnrolmentRow),
      institution,
      id,
      identityNumber: cipher.seal(fields.identityNumber, context(institution, id)),
      identityNumberIndex: blindIndex(fields.identityNumber, IDENTITY_PURPOSE),
      importId: of.importId,
      updatedAt: of.at,
      version: old?.version ?? 1,
    };
    // A student's word holds for what was shown: the same again is the same version (art. 11(1)), under whichever key it is looked up.
    const same =
      old &&
      blindIndex.lookUps(fields.identityNumber, IDENTITY_PURPOSE).includes(old.identityNumberIndex) &&
      CONTENT.every((name) => (old[name] ?? null) === (row[name] ?? null));
    if (old && !same) row.version += 1;
    return COLUMNS.map(({ name }) => row[name] ?? null);
  });
  await upsertRows(tx, 'EnrolmentRecord', COLUMNS, ['institution', 'studentNumber'], rows);
}
