// Article 9, 11(2): side by side, judged by the rules of the cross-check and by no others.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareSides } from '../../../src/regulation/cross-check/comparison.ts';
import {
  ENROLMENT_FIELDS,
  type EnrolmentFields,
  enrolmentViolations,
} from '../../../src/regulation/record/enrolment.ts';
import type { RecordFields } from '../../../src/regulation/record/record.ts';
import { resolutionMatchViolations, rosterViolations } from '../../../src/regulation/resolution/roster.ts';
import { FIELDS } from '../../../src/regulation/standard/fields.ts';
import { sample } from '../samples.ts';

const bachelor = () => sample();

const sidesOf = (record: RecordFields) => ({
  entry: {
    ...{ sequence: 1, name: record.name, studentNumber: record.studentNumber ?? '', category: record.category },
    ...{ degreeCategory: record.degreeCategory, disciplineCode: record.disciplineCode },
    ...{ conferralDate: record.conferralDate, certificateNumber: record.certificateNumber },
  },
  resolution: { number: record.resolutionNumber, headName: record.headName, chairName: record.chairName },
  enrolment: { ...record, graduationDate: '2026-06-20' } as unknown as EnrolmentFields,
});

describe('Article 9: roster, record and enrolment record side by side', () => {
  it('what agrees is equal, what only the record holds is held nowhere else', () => {
    const record = bachelor();
    const rows = new Map(compareSides(record, sidesOf(record)).map((row) => [row.field, row]));
    expect(rows.get('name')).toMatchObject({
      roster: record.name,
      record: record.name,
      enrolment: record.name,
      verdict: 'equal',
    });
    expect(rows.get('certificateNumber')).toMatchObject({
      roster: record.certificateNumber,
      enrolment: null,
      verdict: 'equal',
    });
    expect(rows.get('resolutionNumber')).toMatchObject({ roster: record.resolutionNumber, verdict: 'equal' });
    expect(rows.get('thesisTitle')).toMatchObject({ roster: null, enrolment: null, verdict: 'not-held' });
    expect(rows.get('category')).toMatchObject({ verdict: 'equal' });
    expect(rows.has('applicationNumber')).toBe(false);
    expect([...rows.values()].filter(({ verdict }) => verdict === 'differs')).toEqual([]);
  });

  it('secret values are masked, and compared as they are', () => {
    const record = bachelor();
    const sides = sidesOf(record);
    // Another number with the same beginning and end: masked they look alike.
    const twin = `${record.identityNumber.slice(0, 12)}99${record.identityNumber.slice(14)}`;
    const rows = compareSides(record, { ...sides, enrolment: { ...sides.enrolment, identityNumber: twin } });
    const row = rows.find(({ field }) => field === 'identityNumber');
    expect(row?.verdict).toBe('differs');
    expect(JSON.stringify(rows)).not.toContain(record.identityNumber);
    expect(JSON.stringify(rows)).not.toContain(twin);
  });

  it('a reader who may not see enrolment records is told nothing of them', () => {
    const record = bachelor();
    const rows = compareSides(record, { ...sidesOf(record), enrolment: undefined });
    expect(rows.every(({ enrolment, verdict }) => enrolment === null && verdict !== 'differs')).toBe(true);
  });

  it('without a place on the roster or an enrolment record it says so at the name and the student number', () => {
    const record = bachelor();
    const rows = compareSides(record, { ...sidesOf(record), entry: null, enrolment: null });
    const differing = rows.filter(({ verdict }) => verdict === 'differs');
    expect(differing.flatMap(({ violations }) => violations.map(({ code }) => code))).toEqual([
      'roster-entry-missing',
      'enrolment-record-missing',
    ]);
  });

  it('every violation of the rules stands in its field, and no field differs without one', () => {
    const names = Object.keys(FIELDS) as (keyof typeof FIELDS)[];
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...names), { maxLength: 6 }),
        fc.string({ minLength: 1, maxLength: 5 }),
        (changed, text) => {
          const good = bachelor();
          const sides = sidesOf(good);
          const record = { ...good, ...Object.fromEntries(changed.map((name) => [name, text])) } as RecordFields;
          const rows = compareSides(record, sides);
          const expected = [
            ...rosterViolations(record, sides.entry),
            ...resolutionMatchViolations(record, sides.resolution),
            ...enrolmentViolations(record, sides.enrolment),
          ];
          const shown = rows.flatMap(({ violations }) => violations);
          expect(shown.map(({ code, path }) => `${code} ${path}`).sort()).toEqual(
            expected.map(({ code, path }) => `${code} ${path}`).sort(),
          );
          for (const { verdict, violations } of rows) expect(verdict === 'differs').toBe(violations.length > 0);
        },
      ),
    );
    expect(ENROLMENT_FIELDS.length).toBeGreaterThan(10);
  });
});
