// What is asked of a change request: which fields become what, whether the register allows it, and the version that it will make (R13.1, R15.1, R15.2).
import { changeRequestViolations } from '../../regulation/applications/change-request.ts';
import type { RecordFields } from '../../regulation/record/record.ts';
import { FIELDS, type FieldName, isFieldName } from '../../regulation/standard/fields.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import { commitRecord } from '../../sealing/commitment.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import type { OpenRecord } from '../../store/records/records.ts';
import type { World } from '../call.ts';
import { readGivenFields } from '../collection/given-fields.ts';
import { commitFields, committedFields } from '../records/commit-record.ts';
import { type Change, changeOf, type JudgedChange, judgeChanges } from '../records/correction.ts';
import { leastReason, todayOf } from '../situation.ts';
import type { JsonObject } from '../statement.ts';
import { type CasePerson, listedRecord } from './application-case.ts';
import type { Judge } from './cases.ts';
import type { Asked } from './draft-case.ts';

/** A field that is to change, as an officer gives it: null or '' empties an optional one; evidence by its number, from 1. */
export interface GivenChange {
  readonly field: string;
  readonly after: string | null;
  readonly evidence: readonly number[];
}

/** A field that is to change, opened: what it is now and what it shall be. */
export interface OpenChange {
  readonly field: FieldName;
  readonly before: string | null;
  readonly after: string | null;
  /** A name as it was given, where that differs. */
  readonly raw?: string;
  readonly evidence: readonly number[];
}

/** What a box of a case is bound to. */
const boxContext = ({ row }: ChangeHolder, applicationId: string, field: string): string =>
  `${row.institution}/${applicationId}/${row.id}/${field}`;

/** Whose changes they are, and what is kept of them. */
export interface ChangeHolder {
  readonly row: { readonly institution: string; readonly id: string };
}

/** Makes of the given changes what is kept of them: values of secret fields sealed, and the digest of the version that they will make. */
export function askChange(
  world: World,
  record: OpenRecord,
  given: readonly GivenChange[],
  applicationId: string,
  path: string,
): Asked {
  const read = readGivenFields(Object.fromEntries(given.map(({ field, after }) => [field, after])));
  const { after, names } = changeOf(record, read);
  const changes = names.map((field): JsonObject => {
    const kept = (value: string | null): string | null =>
      FIELDS[field].secret && value ? world.cipher.seal(value, boxContext(record, applicationId, field)) : value;
    const evidence = [...(given.find((one) => one.field === field)?.evidence ?? [])];
    const change = { field, before: kept(record.fields[field] ?? null), after: kept(after[field] ?? null), evidence };
    // A name is also kept as it was given, so that it is normalised to the same name and raw name again.
    return field === 'name' && after.nameRaw ? { ...change, raw: after.nameRaw } : change;
  });
  const violations = read.violations.map((one) => ({ ...one, path: `${path}.changes.${one.path}` }));
  const seen = new Set<string>();
  for (const { field } of given) {
    const unchanged =
      isFieldName(field) && !names.includes(field) && !read.violations.some((one) => one.path === field);
    const label = isFieldName(field) ? FIELDS[field] : { zh: field, en: field };
    const place = `${path}.changes.${field}`;
    if (seen.has(field))
      violations.push(violation('change-field-twice', place, { label, found: field.slice(0, 60), expected: '1' }));
    else if (unchanged)
      violations.push(violation('correction-changes-nothing', place, { label, expected: '≠ before' }));
    seen.add(field);
  }
  return { content: { changes }, after: commitFields(after), violations };
}

/** The changes asked for a person, opened: as they were asked, whatever the record has become since. */
export function openChanges(
  world: Pick<World, 'cipher'>,
  person: ChangeHolder & Pick<CasePerson, 'content'>,
  applicationId: string,
): OpenChange[] {
  const kept = (person.content.changes ?? []) as unknown as OpenChange[];
  return kept.map(({ before, after, ...change }) => {
    const { field } = change;
    const open = (value: string | null): string | null =>
      FIELDS[field].secret && value ? world.cipher.open(value, boxContext(person, applicationId, field)) : value;
    return { ...change, before: open(before), after: open(after) };
  });
}

/** The record before and after. */
export function changeOfPerson(world: World, person: CasePerson, applicationId: string): Change {
  const changes = openChanges(world, person, applicationId);
  const given = changes.map(({ field, after, raw }): [string, string | null] => [field, raw ?? after]);
  return changeOf(person, readGivenFields(Object.fromEntries(given)));
}

/** What the register has against the changes of each person, and where each changed record belongs then. */
export async function judgePeople(
  tx: Transaction,
  world: World,
  { id, people }: { readonly id: string; readonly people: readonly CasePerson[] },
): Promise<{ readonly change: Change; readonly judged: JudgedChange; readonly violations: Violation[] }[]> {
  const changes = people.map((person) => changeOfPerson(world, person, id));
  const judged = await judgeChanges(tx, world, changes, todayOf(world));
  return changes.map((change, at) => {
    const of = judged[at] as JudgedChange;
    const asked = new Set<string>(change.names);
    const placed = (path: string) => `records[${at}].${asked.has(path) ? 'changes.' : ''}${path}`;
    return {
      change,
      judged: of,
      violations: of.violations.map((one) => ({ ...one, path: placed(one.path) })),
    };
  });
}

/** Whether these fields under this salt have the digest that was approved. */
export function isApproved(fields: RecordFields, after: { readonly salt: string; readonly digest: string }): boolean {
  const { digest } = commitRecord(committedFields(fields), Buffer.from(after.salt, 'hex'));
  return digest === after.digest;
}

/** What is wrong with a change request today: its own rules, and what the register has against each new value (R9.1–R9.4). */
export const judgeChangeRequest: Judge = async (tx, world, content) => {
  const { id, category, reason, evidence, people } = content;
  const reasonLength = await leastReason(tx, world, content);
  const records = people.map((person) => ({
    ...listedRecord(person),
    ...{ version: person.row.version, listedVersion: person.listedVersion },
    changes: openChanges(world, person, id),
  }));
  const finding = String(content.content.finding ?? '');
  const judged = await judgePeople(tx, world, { id, people });
  return {
    violations: [
      ...changeRequestViolations({ category, reason, finding, records, evidence, reasonLength }),
      ...judged.flatMap(({ violations }) => violations),
    ],
    dueOn: null,
  };
};
