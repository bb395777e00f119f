// Side by side (art. 9, 11(2)): what the roster, the record and the enrolment record say of each field, judged by the rules of the cross-check.
import {
  ENROLMENT_FIELDS,
  type EnrolmentFields,
  enrolmentValue,
  enrolmentViolations,
  type NoEnrolment,
} from '../record/enrolment.ts';
import type { RecordFields } from '../record/record.ts';
import { masked } from '../record/record-fields.ts';
import { type RosterRow, resolutionMatchViolations, rosterValue, rosterViolations } from '../resolution/roster.ts';
import { FIELD_NAMES, FIELDS, type FieldName, isAbsent } from '../standard/fields.ts';
import type { Violation } from '../violations.ts';
import type { Term } from '../vocabulary.ts';

/** How a field stands between the three. */
export const COMPARISON_VERDICTS = {
  equal: { zh: '一致', en: 'equal', article: '9' },
  differs: { zh: '不一致', en: 'differs', article: '9' },
  'not-held': { zh: '他处无此项', en: 'not held elsewhere', article: '9' },
} as const satisfies Record<string, Term>;
export type ComparisonVerdict = keyof typeof COMPARISON_VERDICTS;

/** One field in the three places; secret values are masked, the verdict is on the real ones. Null where a place holds none. */
export interface ComparedField {
  readonly field: FieldName | 'category';
  readonly label: { readonly zh: string; readonly en: string };
  readonly roster: string | null;
  readonly record: string | null;
  readonly enrolment: string | null;
  readonly verdict: ComparisonVerdict;
  readonly violations: readonly Violation[];
}

/** What the record is held against; `enrolment: undefined` where the reader may not see it, null or a word saying why where there is none. */
export interface OtherSides {
  readonly entry: RosterRow | null;
  readonly resolution: { readonly number: string; readonly headName: string; readonly chairName: string };
  readonly enrolment: EnrolmentFields | NoEnrolment | null | undefined;
}

const CATEGORY = { zh: '类别', en: 'category' };

/** Every field of the record's category, and any other that breaks a rule, in the order of art. 8, then the category itself. */
export function compareSides(record: RecordFields, { entry, resolution, enrolment }: OtherSides): ComparedField[] {
  const violations = [
    ...rosterViolations(record, entry),
    ...resolutionMatchViolations(record, resolution),
    ...(enrolment === undefined ? [] : enrolmentViolations(record, enrolment)),
  ];
  const row = (
    field: FieldName | 'category',
    sides: { roster: string | null; record: string | null; enrolment: string | null },
  ): ComparedField => {
    const own = violations.filter(({ path }) => path === field);
    const compared = sides.record !== null && (sides.roster !== null || sides.enrolment !== null);
    const verdict = own.length > 0 ? 'differs' : compared ? 'equal' : 'not-held';
    const show = (value: string | null) => (value === null || field === 'category' ? value : masked(field, value));
    return {
      ...{ field, label: field === 'category' ? CATEGORY : FIELDS[field], verdict, violations: own },
      ...{ roster: show(sides.roster), record: show(sides.record), enrolment: show(sides.enrolment) },
    };
  };
  const student = typeof enrolment === 'object' ? enrolment : null;
  const broken = new Set<string>(violations.map(({ path }) => path));
  const names = FIELD_NAMES.filter((name) => !isAbsent(name, record.category) || broken.has(name));
  const fields = names.map((name) =>
    row(name, {
      roster: rosterValue(record.category, entry, resolution, name),
      record: record[name] || null,
      enrolment: student && ENROLMENT_FIELDS.includes(name) ? enrolmentValue(student, name) : null,
    }),
  );
  const category = { roster: entry?.category ?? null, record: record.category, enrolment: student?.category ?? null };
  return [...fields, row('category', category)];
}
