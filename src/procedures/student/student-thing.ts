// What a student's word is about: the own degree record or, before the meeting, the own enrolment record, in one shape; and that nobody reaches another's.
import { ENROLMENT_FIELDS, type EnrolmentFields, enrolmentValue } from '../../regulation/record/enrolment.ts';
import { FIELD_NAMES, isAbsent } from '../../regulation/standard/fields.ts';
import type { ShownFields } from '../../regulation/student-word.ts';
import { violation } from '../../regulation/violations.ts';
import type { Category, RecordState } from '../../regulation/vocabulary.ts';
import { canonicalize } from '../../sealing/verify/canonical.ts';
import { IDENTITY_PURPOSE } from '../../secrecy/blind-index.ts';
import { type EnrolmentRow, toEnrolment } from '../../store/collection/enrolment-records.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { officesOf } from '../../store/offices/office-changes.ts';
import { readPolicies } from '../../store/offices/policies.ts';
import { findRecordRow } from '../../store/records/record-look-up.ts';
import { type RecordRow, toFields } from '../../store/records/records.ts';
import type { StudentKey } from '../../store/student/student-links.ts';
import type { Student, World } from '../call.ts';
import { NotFound, Refused, Stale } from '../errors.ts';
import { ownerOf } from '../offices/ownership.ts';
import { todayOf } from '../situation.ts';
import type { Subject } from '../statement.ts';
import { digestOf, recordSubject } from '../subjects.ts';

/** Names one degree record or enrolment record. */
export type ThingKey = Pick<Student, 'kind' | 'id'>;

/** A record that a student may speak about. */
export interface StudentThing extends Student {
  readonly version: number;
  readonly category: Category;
  /** Where the record stands; null for an enrolment record, which has no stages. */
  readonly state: RecordState | null;
  readonly subject: Subject;
  /** Name → value in plain text, every field that the record may have. */
  readonly fields: ShownFields;
  /** Under what the identity number is looked up, the current one first. */
  readonly identityLookUps: readonly string[];
  /** Student number, or application number of an equivalent-education master; '' where it is missing. */
  readonly number: string;
  /** The batch of a degree record. */
  readonly batchId: string | null;
  /** The enrolment record behind a degree record. */
  readonly enrolmentRecordId: string | null;
}

type Reads = Pick<Transaction, 'degreeRecord' | 'enrolmentRecord'>;

/** The columns that name the thing in the tables of students' words. */
export function keyOfThing({ kind, id }: ThingKey): StudentKey {
  return kind === 'record' ? { recordId: id, enrolmentRecordId: null } : { recordId: null, enrolmentRecordId: id };
}

/** The thing that such columns name. */
export function thingKeyOf(row: { recordId: string | null; enrolmentRecordId: string | null }): ThingKey {
  return row.recordId === null
    ? { kind: 'enrolment-record', id: row.enrolmentRecordId ?? '' }
    : { kind: 'record', id: row.recordId };
}

/** An enrolment record as the subject of a step: it has no salted commitments, so its fields enter under the installation's key. */
export function enrolmentSubject(
  world: Pick<World, 'blindIndex'>,
  row: Pick<EnrolmentRow, 'id' | 'version'>,
  fields: EnrolmentFields,
): Subject {
  const keyed = world.blindIndex(canonicalize({ id: row.id, ...fields }), 'enrolment-record');
  return { kind: 'enrolment-record', id: row.id, version: row.version, digest: digestOf({ keyed }) };
}

function thingOfRecord(row: RecordRow, world: Pick<World, 'cipher' | 'blindIndex'>): StudentThing {
  const { institution, id, version, batchId } = row;
  const category = row.category as Category;
  const values = toFields(row, world.cipher);
  const shown = FIELD_NAMES.filter((name) => !isAbsent(name, category)).map((name) => [name, values[name] ?? null]);
  const number = (category === 'equivalent-education-master' ? row.applicationNumber : row.studentNumber) ?? '';
  return {
    ...{ institution, kind: 'record', id, version, category, state: row.state as RecordState },
    ...{ subject: recordSubject(row), fields: Object.fromEntries(shown), number, batchId },
    identityLookUps: world.blindIndex.lookUps(values.identityNumber, IDENTITY_PURPOSE),
    enrolmentRecordId: row.enrolmentRecordId,
  };
}

function thingOfEnrolment(row: EnrolmentRow, world: Pick<World, 'cipher' | 'blindIndex'>): StudentThing {
  const { institution, id, version, studentNumber } = row;
  const { fields } = toEnrolment(row, world.cipher);
  const shown = ENROLMENT_FIELDS.filter((name) => !isAbsent(name, fields.category)).map((name) => [
    name,
    enrolmentValue(fields, name),
  ]);
  return {
    ...{ institution, kind: 'enrolment-record', id, version, category: fields.category, state: null },
    ...{ subject: enrolmentSubject(world, row, fields), fields: Object.fromEntries(shown) },
    identityLookUps: world.blindIndex.lookUps(fields.identityNumber, IDENTITY_PURPOSE),
    ...{ number: studentNumber, batchId: null, enrolmentRecordId: null },
  };
}

/** A thing by its key, whosever it is: for officers, who ask for their duties. @throws {NotFound}, {Stale} */
export async function findThing(
  tx: Reads,
  world: Pick<World, 'cipher' | 'blindIndex'>,
  institution: string,
  key: ThingKey,
  expectedVersion?: number,
): Promise<StudentThing> {
  const thing = await look(tx, world, institution, key);
  if (!thing) throw new NotFound(key.kind, key.id);
  if (expectedVersion !== undefined && thing.version !== expectedVersion) {
    throw new Stale(key.kind, key.id, thing.version, expectedVersion);
  }
  return thing;
}

async function look(
  tx: Reads,
  world: Pick<World, 'cipher' | 'blindIndex'>,
  institution: string,
  { kind, id }: ThingKey,
): Promise<StudentThing | null> {
  if (kind === 'record') {
    const row = await findRecordRow(tx, institution, id);
    return row && thingOfRecord(row, world);
  }
  const row = await tx.enrolmentRecord.findUnique({ where: { institution_id: { institution, id } } });
  return row && thingOfEnrolment(row, world);
}

/**
 * Everything that is a student's own: the record that the session is bound to and, behind an enrolment record, the degree records of
 * the same study. One that merely shares a number with it, by a mistake of whoever entered it, is not shown to a stranger: student
 * number and identity number must both agree.
 */
export async function ownThings(
  tx: Reads,
  world: Pick<World, 'cipher' | 'blindIndex'>,
  student: Student,
): Promise<StudentThing[]> {
  const { institution, kind, id } = student;
  const bound = await look(tx, world, institution, student);
  if (!bound) return [];
  if (kind === 'record') return [bound];
  const { identityLookUps, number } = bound;
  const identityNumberIndex = { in: [...identityLookUps] };
  const where = { institution, enrolmentRecordId: id, identityNumberIndex, studentNumber: number };
  const rows = await tx.degreeRecord.findMany({ where, orderBy: { id: 'desc' }, take: 20 });
  return [...rows.map((row) => thingOfRecord(row, world)), bound];
}

/** One of a student's own things. @throws {NotFound} it is not theirs, or nobody's. {Stale} it has another version than was shown */
export async function ownThing(
  tx: Reads,
  world: Pick<World, 'cipher' | 'blindIndex'>,
  student: Student,
  key: ThingKey,
  expectedVersion?: number,
): Promise<StudentThing> {
  const own = await ownThings(tx, world, student);
  const thing = own.find(({ kind, id }) => kind === key.kind && id === key.id);
  if (!thing) throw new NotFound(key.kind, key.id);
  if (expectedVersion !== undefined && thing.version !== expectedVersion) {
    throw new Stale(key.kind, key.id, thing.version, expectedVersion);
  }
  return thing;
}

/** The category office under whose seal a student speaks: the one that owns the category today (R24.1). */
export async function officeOfThing(
  tx: Transaction,
  world: World,
  thing: StudentThing,
): Promise<{ readonly id: string; readonly name: string }> {
  const { institution, category } = thing;
  const [policies, offices] = [await readPolicies(tx, institution), await officesOf(tx, institution)];
  const owner = ownerOf({ policies, offices }, category, todayOf(world));
  const office = offices.find(({ id }) => id === owner);
  if (!office) throw new Refused([violation('seal-missing', 'office', { found: category })]);
  return office;
}
