// Article 6 and 9: the roster, by itself and against records.
import { describe, expect, it } from 'vitest';
import type { RosterRow } from '../../../src/regulation/resolution/roster.ts';
import {
  resolutionMatchViolations,
  rosterCompleteness,
  rosterRowsViolations,
  rosterViolations,
} from '../../../src/regulation/resolution/roster.ts';
import { codes, INSTITUTION, sample } from '../samples.ts';

const record = sample();
const entry: RosterRow = {
  sequence: 1,
  name: '张三',
  studentNumber: '2022101001',
  category: 'regular-bachelor',
  degreeCategory: '408',
  disciplineCode: '080901',
  conferralDate: '2026-06-21',
  certificateNumber: '1044742026000001',
};
const basis = { institution: INSTITUTION, decidedOn: '2026-06-21' };

describe('Article 9: key fields equal the roster', () => {
  it('says nothing about a record that agrees', () => {
    expect(rosterViolations(record, entry)).toEqual([]);
  });

  it.each([
    ['name', '张叁'],
    ['degreeCategory', '407'],
    ['disciplineCode', '080902'],
    ['conferralDate', '2026-06-20'],
    ['certificateNumber', '1044742026000002'],
    ['category', 'adult-education-bachelor'],
    ['studentNumber', '2022101002'],
  ] as const)('names %s with both values', (field, expected) => {
    const [found, ...others] = rosterViolations(record, { ...entry, [field]: expected });
    expect(found).toMatchObject({ code: 'roster-mismatch', path: field, found: record[field], expected, article: '9' });
    expect(others).toEqual([]);
  });

  it('refuses who is not on the roster', () => {
    expect(rosterViolations(record, null)).toMatchObject([{ code: 'roster-entry-missing', found: '张三 2022101001' }]);
  });

  it('compares the application number of an equivalent-education master', () => {
    const master = sample('equivalent-education-master');
    const row: RosterRow = { ...entry, ...master, sequence: 1, studentNumber: 'TD2024001' };
    expect(rosterViolations(master, row)).toEqual([]);
    expect(codes(rosterViolations(master, { ...row, studentNumber: 'TD2' }))).toEqual([
      'roster-mismatch@applicationNumber',
    ]);
  });

  it('compares resolution number, head and chair with the resolution', () => {
    const resolution = { number: record.resolutionNumber, headName: '李校长', chairName: '王主席' };
    expect(codes(resolutionMatchViolations(record, resolution))).toEqual(['resolution-mismatch@chairName']);
  });
});

describe('Article 6: the roster by itself', () => {
  const second = { ...entry, sequence: 2, studentNumber: '2022101002', certificateNumber: '1044742026000002' };

  it('accepts a good one and refuses an empty one', () => {
    expect(rosterRowsViolations([entry, second], basis)).toEqual([]);
    expect(codes(rosterRowsViolations([], basis))).toEqual(['roster-empty@roster']);
  });

  it.each<[string, Partial<RosterRow>, string[]]>([
    [
      'a number twice',
      { certificateNumber: entry.certificateNumber },
      ['roster-row-doubled@roster[1].certificateNumber'],
    ],
    ['a student twice', { studentNumber: entry.studentNumber }, ['roster-row-doubled@roster[1].studentNumber']],
    ['a gap in the sequence', { sequence: 3 }, ['roster-sequence@roster[1].sequence']],
    ['another day than the decision', { conferralDate: '2026-06-20' }, ['roster-date@roster[1].conferralDate']],
    ['an impossible day', { conferralDate: '2026-06-31' }, ['date-impossible@roster[1].conferralDate']],
    [
      'a category of another level',
      { degreeCategory: '308' },
      ['degree-category-of-other-level@roster[1].degreeCategory'],
    ],
    ['an unknown category', { degreeCategory: '999' }, ['code-unknown@roster[1].degreeCategory']],
    [
      'a number of another institution',
      { certificateNumber: '1042242026000002' },
      ['certificate-number-institution@roster[1].certificateNumber'],
    ],
    ['a broken name', { name: '李?' }, ['name-replacement-character@roster[1].name']],
    ['no name', { name: '' }, ['field-missing@roster[1].name']],
  ])('refuses %s', (_, changes, expected) => {
    expect(codes(rosterRowsViolations([entry, { ...second, ...changes }], basis))).toEqual(expected);
  });

  it('names everybody on the roster who has no record', () => {
    expect(rosterCompleteness([entry, second], [record])).toMatchObject([
      { code: 'roster-person-without-record', path: 'roster[1]', expected: '2 张三 2022101002' },
    ]);
    expect(rosterCompleteness([entry, second], [record, sample('regular-bachelor', { ...second })])).toEqual([]);
  });
});
