// The roster of a conferral resolution: by itself, and against the records (art. 6, 9).

import type { CivilDate } from '../deadlines/deadlines.ts';
import { isCivilDate } from '../deadlines/deadlines.ts';
import { certificateNumberViolations } from '../record/certificate-number.ts';
import { nameViolations } from '../record/names.ts';
import type { RecordFields } from '../record/record.ts';
import type { ExtraCodes } from '../standard/codes.ts';
import { lookUp } from '../standard/codes.ts';
import { FIELDS, type FieldName } from '../standard/fields.ts';
import { toldApart } from '../texts/look-alikes.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Category } from '../vocabulary.ts';
import { CATEGORIES, LEVELS } from '../vocabulary.ts';
import { isSameResolutionNumber } from './resolution-number.ts';

/** One person on a roster. `studentNumber` is the application number for equivalent-education masters. */
export interface RosterRow {
  readonly sequence: number;
  readonly name: string;
  readonly studentNumber: string;
  readonly category: Category;
  readonly degreeCategory: string;
  readonly disciplineCode: string;
  readonly conferralDate: CivilDate;
  readonly certificateNumber: string;
}

/** What of a resolution its roster and its records must agree with. */
export interface RosterBasis {
  readonly institution: string;
  readonly decidedOn: CivilDate;
  readonly codes?: ExtraCodes;
}

const KEY_COLUMNS = ['name', 'degreeCategory', 'disciplineCode', 'conferralDate', 'certificateNumber'] as const;

/** The number that finds a person on a roster: the student number, or the application number of an equivalent-education master. */
export function rosterNumber(record: Pick<RecordFields, 'studentNumber' | 'applicationNumber' | 'category'>): string {
  return (record.category === 'equivalent-education-master' ? record.applicationNumber : record.studentNumber) ?? '';
}

/** What of a record a roster knows. */
export type RosterSide = Pick<
  RecordFields,
  (typeof KEY_COLUMNS)[number] | 'category' | 'studentNumber' | 'applicationNumber'
>;

/** Compares a record with its roster entry, field by field (R9.1); `null` = the person is not on the roster. */
export function rosterViolations(record: RosterSide, entry: RosterRow | null): Violation[] {
  if (entry === null) {
    const found = `${record.name} ${rosterNumber(record)}`.trim();
    return [violation('roster-entry-missing', 'name', { found })];
  }
  const violations: Violation[] = [];
  const compare = (path: string, label: { zh: string; en: string }, found: string, expected: string) => {
    if (found !== expected)
      violations.push(violation('roster-mismatch', path, { label, ...toldApart(found, expected) }));
  };
  for (const name of KEY_COLUMNS) compare(name, FIELDS[name], record[name], entry[name]);
  compare('category', { zh: '类别', en: 'category' }, record.category, entry.category);
  const field = numberField(record.category);
  const number = rosterNumber(record);
  // A missing number is named by the record's own rules.
  if (number !== '') compare(field, FIELDS[field], number, entry.studentNumber);
  return violations;
}

/** What of a record must equal the resolution itself: its number, and head and chair as on the certificate (art. 8(2), R9.1). */
export function resolutionMatchViolations(
  record: RecordFields,
  resolution: { readonly number: string; readonly headName: string; readonly chairName: string },
): Violation[] {
  const pairs = [
    ['resolutionNumber', resolution.number],
    ['headName', resolution.headName],
    ['chairName', resolution.chairName],
  ] as const;
  return pairs.flatMap(([name, expected]) => {
    const found = record[name];
    if (found === '' || found === expected) return [];
    if (name === 'resolutionNumber' && isSameResolutionNumber(found, expected)) return [];
    return [violation('resolution-mismatch', name, { label: FIELDS[name], ...toldApart(found, expected) })];
  });
}

/** What roster and resolution say of a field of a record; null when they say nothing of it. */
export function rosterValue(
  category: Category,
  entry: RosterRow | null,
  resolution: { readonly number: string; readonly headName: string; readonly chairName: string },
  name: FieldName,
): string | null {
  if (name === 'resolutionNumber') return resolution.number;
  if (name === 'headName' || name === 'chairName') return resolution[name] || null;
  if (entry === null) return null;
  if (name === numberField(category)) return entry.studentNumber || null;
  const column = KEY_COLUMNS.find((each) => each === name);
  return column ? entry[column] : null;
}

/** The field of a record that holds what a roster calls the student number. */
function numberField(category: Category): 'applicationNumber' | 'studentNumber' {
  return category === 'equivalent-education-master' ? 'applicationNumber' : 'studentNumber';
}

/** Everything wrong with one place of a roster by itself; `at` is its path. */
export function rosterRowViolations(row: RosterRow, at: string, basis: RosterBasis): Violation[] {
  const violations = nameViolations(row.name, `${at}.name`);
  const { level } = CATEGORIES[row.category];
  for (const name of ['name', 'studentNumber', 'disciplineCode'] as const) {
    if (row[name] === '')
      violations.push(
        violation('field-missing', `${at}.${name}`, { label: FIELDS[name], article: '6', found: '0', expected: '≥ 1' }),
      );
  }
  const label = FIELDS.conferralDate;
  const path = `${at}.conferralDate`;
  if (!isCivilDate(row.conferralDate)) {
    violations.push(violation('date-impossible', path, { label, found: row.conferralDate, expected: 'YYYY-MM-DD' }));
  } else {
    if (row.conferralDate !== basis.decidedOn) {
      violations.push(violation('roster-date', path, { found: row.conferralDate, expected: basis.decidedOn }));
    }
    const number = { institution: basis.institution, level, conferralDate: row.conferralDate };
    for (const wrong of certificateNumberViolations(row.certificateNumber, number)) {
      violations.push({ ...wrong, path: `${at}.certificateNumber` });
    }
  }
  const code = lookUp('degreeCategory', row.degreeCategory, basis.decidedOn, basis.codes);
  if (code?.code !== row.degreeCategory) {
    const details = { label: FIELDS.degreeCategory, found: row.degreeCategory };
    violations.push(violation('code-unknown', `${at}.degreeCategory`, details));
  } else if (basis.codes?.tables.has('degreeCategory') !== true && row.degreeCategory[0] !== LEVELS[level].digit) {
    const details = { found: row.degreeCategory, expected: `${LEVELS[level].digit}##` };
    violations.push(violation('degree-category-of-other-level', `${at}.degreeCategory`, details));
  }
  return violations;
}

/** Everything wrong with a roster by itself: emptiness, sequence, doubles, dates, certificate numbers, category against level. Paths read `roster[3].name`. */
export function rosterRowsViolations(rows: readonly RosterRow[], resolution: RosterBasis): Violation[] {
  if (rows.length === 0) return [violation('roster-empty', 'roster', { found: '0', expected: '≥ 1' })];
  const violations: Violation[] = [];
  const seen = { certificateNumber: new Map<string, number>(), studentNumber: new Map<string, number>() };
  for (const [at, row] of rows.entries()) {
    const place = `roster[${at}]`;
    violations.push(...rosterRowViolations(row, place, resolution));
    if (row.sequence !== at + 1) {
      violations.push(
        violation('roster-sequence', `${place}.sequence`, { found: String(row.sequence), expected: String(at + 1) }),
      );
    }
    for (const name of ['certificateNumber', 'studentNumber'] as const) {
      const value = row[name];
      const first = seen[name].get(value);
      if (value === '') continue;
      if (first === undefined) seen[name].set(value, at);
      else {
        const details = { label: FIELDS[name], found: value, expected: `≠ roster[${first}]` };
        violations.push(violation('roster-row-doubled', `${place}.${name}`, details));
      }
    }
  }
  return violations;
}

/** People on the roster who have no record (R9.1): found by certificate number or by student (application) number. */
export function rosterCompleteness(
  roster: readonly RosterRow[],
  records: readonly Pick<RecordFields, 'certificateNumber' | 'studentNumber' | 'applicationNumber' | 'category'>[],
): Violation[] {
  const numbers = new Set(records.map(({ certificateNumber }) => certificateNumber));
  const students = new Set(records.map(rosterNumber));
  return roster.flatMap((row, at) =>
    numbers.has(row.certificateNumber) || students.has(row.studentNumber)
      ? []
      : [
          violation('roster-person-without-record', `roster[${at}]`, {
            expected: `${row.sequence} ${row.name} ${row.studentNumber}`,
          }),
        ],
  );
}
