// What a change request prints beside what every application prints: field by field, before and after, with the evidence (R15.1).
import type { ChangedField } from '../../documents/wording/data.ts';
import { civilDateInShanghai } from '../../regulation/deadlines/deadlines.ts';
import { shown } from '../../regulation/record/record-fields.ts';
import { lookUp } from '../../regulation/standard/codes.ts';
import { FIELDS } from '../../regulation/standard/fields.ts';
import type { World } from '../call.ts';
import type { CaseContent, CasePerson } from './application-case.ts';
import type { Print } from './cases.ts';
import { type OpenChange, openChanges } from './change-case.ts';
import { listedPerson } from './printed-case.ts';

/** Finding, people and their changes. */
export const changeRequestData: Print<'change-request'> = async (_tx, world, content, common) => ({
  ...common,
  reason: content.reason,
  finding: String(content.content.finding ?? ''),
  people: content.people.map((person, at) => ({
    ...listedPerson(person, at),
    filedOn: filedOn(person),
    changes: printedChanges(world, content, person),
  })),
});

/** The day on which a record was filed, or null. */
export function filedOn({ row }: CasePerson): string | null {
  return row.filedAt && civilDateInShanghai(row.filedAt.toISOString());
}

function printedChanges(world: World, { id, evidence }: CaseContent, person: CasePerson): ChangedField[] {
  return openChanges(world, person, id).map((change) => ({
    label: FIELDS[change.field].zh,
    before: printedValue(change, change.before, person),
    after: printedValue(change, change.after, person),
    evidence: change.evidence.flatMap((number) => evidence[number - 1]?.title ?? []),
  }));
}

/** A value as people read it: codes by name, secret fields masked, nothing as （空）. A short form would hide what is asked. */
function printedValue({ field }: OpenChange, value: string | null, { fields }: CasePerson): string {
  if (value === null || value === '') return '（空）';
  const { table, secret } = FIELDS[field];
  const known = table === undefined || table === 'discipline' ? null : lookUp(table, value, fields.conferralDate);
  return known?.name ?? (secret ? shown(field, value) : value);
}
