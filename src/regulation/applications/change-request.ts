// The change request (更改申请, art. 13, 15): field by field what was filed, what it shall be, and on which evidence that rests.

import { DEFAULT_POLICY } from '../policy.ts';
import { FIELDS, type FieldName } from '../standard/fields.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Category } from '../vocabulary.ts';
import { evidenceViolations, type ListedRecord, peopleViolations, reasonAndFinding } from './application-case.ts';
import { underArticleOf } from './applications.ts';

/** One field that is to change; `evidence` are places in the list of evidence, counted from 1 as the document counts them. */
export interface AskedChange {
  readonly field: FieldName;
  readonly evidence: readonly number[];
}

/** A record with what is to change in it; `listedVersion` is the version that the request speaks of. */
export interface ChangedRecord extends ListedRecord {
  readonly version: number;
  readonly listedVersion: number;
  readonly changes: readonly AskedChange[];
}

/** A change request; `reasonLength` is the policy's least number of characters. */
export interface ChangeRequest {
  readonly category: Category;
  readonly reason: string;
  /** What the inquiry of the office found. */
  readonly finding: string;
  readonly records: readonly ChangedRecord[];
  readonly evidence: readonly { readonly title: string }[];
  readonly reasonLength?: number;
}

/** Everything wrong with a change request by itself; whether the new values are right is judged field by field with the register (R9, R15.1). */
export function changeRequestViolations(request: ChangeRequest): Violation[] {
  const { category, reason, finding, records, evidence, reasonLength = DEFAULT_POLICY.reasonLength } = request;
  return underArticleOf('change-request', [
    ...reasonAndFinding(reason, finding, reasonLength),
    ...peopleViolations('change-request', category, records),
    ...records.flatMap((record, at) => changesViolations(record, `records[${at}]`, evidence.length)),
    ...evidenceViolations(evidence),
  ]);
}

function changesViolations(record: ChangedRecord, path: string, pieces: number): Violation[] {
  const violations = movedOnViolations(record, path);
  if (record.changes.length === 0)
    violations.push(violation('correction-changes-nothing', `${path}.changes`, { expected: '≥ 1', article: '15' }));
  for (const { field, evidence } of record.changes) {
    const place = `${path}.changes.${field}`;
    if (evidence.length === 0)
      violations.push(
        violation('change-without-evidence', place, { label: FIELDS[field], found: '0', expected: '≥ 1' }),
      );
    if (new Set(evidence).size < evidence.length) {
      const found = evidence.slice(0, 10).join('、');
      violations.push(violation('change-evidence-twice', place, { label: FIELDS[field], found }));
    }
    for (const number of new Set(evidence)) {
      if (Number.isInteger(number) && number >= 1 && number <= pieces) continue;
      violations.push(
        violation('change-evidence-unknown', place, {
          label: FIELDS[field],
          found: String(number),
          expected: `1–${pieces}`,
        }),
      );
    }
  }
  return violations;
}

/** The record has another version than the one that the application speaks of: what was approved is no longer what would happen. */
export function movedOnViolations(
  { version, listedVersion }: { readonly version: number; readonly listedVersion: number },
  path: string,
): Violation[] {
  if (version === listedVersion) return [];
  const details = { found: String(version), expected: String(listedVersion) };
  return [violation('application-record-moved-on', `${path}.version`, details)];
}
