// The synthetic year: the same everywhere, of the right size, every good row good, every planted mistake exactly what it says.
import { describe, expect, it } from 'vitest';
import { secrecyViolations } from '../../src/regulation/declassification.ts';
import { type EnrolmentFields, enrolmentViolations } from '../../src/regulation/record/enrolment.ts';
import { completeRecord, recordViolations } from '../../src/regulation/record/record.ts';
import {
  type RosterRow,
  rosterNumber,
  rosterRowsViolations,
  rosterViolations,
} from '../../src/regulation/resolution/roster.ts';
import { parseRow, readHeader } from '../../src/regulation/standard/editions.ts';
import { parseEnrolmentRow, readEnrolmentHeader } from '../../src/regulation/standard/enrolment-template.ts';
import { FIELD_NAMES, FIELDS, type Field } from '../../src/regulation/standard/fields.ts';
import { parseRosterRow, readRosterHeader } from '../../src/regulation/standard/roster-template.ts';
import type { Delivery, RecordDelivery } from '../../src/trial/year/deliveries.ts';
import { ENROLMENT_MISTAKES } from '../../src/trial/year/enrolment-mistakes.ts';
import { makeYear, type SittingYear } from '../../src/trial/year/make-year.ts';
import { ROW_MISTAKES } from '../../src/trial/year/row-mistakes.ts';
import { enrolmentTable, rosterTable } from '../../src/trial/year/tables.ts';

const YEAR = makeYear({ year: 2027 });
const DELIVERIES = YEAR.sittings.flatMap(({ deliveries }) => deliveries);
const INSTITUTION = '10447';

/** The codes that the pure rules find in a row: reading, the record by itself, roster, enrolment record. */
function codesOf(
  delivery: Delivery,
  roster: readonly RosterRow[],
  file: RecordDelivery,
  enrolled: Enrolled,
): string[][] {
  const { category } = delivery.group;
  const header = readHeader(file.header, category);
  if (Array.isArray(header)) throw new Error(JSON.stringify(header));
  const on = delivery.sitting.decidedOn;
  const acts = delivery.declassifications
    .filter(({ mistaken }) => file === delivery.first || !mistaken)
    .map(({ number, form, holdsFrom }) => ({
      ...{ category, number, form, holdsFrom, documentNumber: '', withdrawal: null },
    }));
  const byNumber = new Map(roster.map((row) => [row.certificateNumber, row]));
  const byStudent = new Map(roster.map((row) => [row.studentNumber, row]));
  return file.rows.map(({ cells }) => {
    const parsed = parseRow(header, cells, category, { on, institution: INSTITUTION });
    const { sitting } = delivery;
    const given = { resolutionNumber: sitting.number, headName: '周明远', chairName: '周明远', ...parsed.fields };
    const record = completeRecord(given, { institution: INSTITUTION, category });
    const pending = new Set(
      FIELD_NAMES.filter((name) => {
        const { suppliedBy }: Field = FIELDS[name];
        const carried = header.columns.includes(name);
        return parsed.rejected.has(name) || suppliedBy === 'photos' || (suppliedBy === 'enrolment' && !carried);
      }),
    );
    const namesakes = roster.filter(({ name }) => name === record.name);
    const byName = namesakes.length === 1 ? namesakes[0] : undefined;
    const entry = byNumber.get(record.certificateNumber) ?? byStudent.get(rosterNumber(record)) ?? byName ?? null;
    const enrolment = enrolled(record.studentNumber, record.identityNumber);
    return [
      ...parsed.violations,
      ...recordViolations(record, { institution: { code: INSTITUTION }, on, pending }),
      ...rosterViolations(record, entry),
      ...(enrolment ? enrolmentViolations(record, enrolment) : []),
      ...secrecyViolations(record, acts, on),
    ].map(({ code }) => code);
  });
}

const judged = new Map<string, string[][]>();

/** The first file of a place, judged once. */
function firstCodes(place: string): { readonly rows: RecordDelivery['rows']; readonly codes: string[][] } {
  const year = YEAR.sittings.find(({ deliveries }) => deliveries.some((one) => one.place === place));
  const delivery = year?.deliveries.find((one) => one.place === place);
  if (!year || !delivery) throw new Error(place);
  const known = judged.get(place);
  const codes = known ?? codesOf(delivery, year.roster, delivery.first, enrolledBefore(delivery));
  judged.set(place, codes);
  return { rows: delivery.first.rows, codes };
}

type Enrolled = (studentNumber: string | null, identityNumber: string) => EnrolmentFields | undefined;

function lookUpOf(records: readonly EnrolmentFields[]): Enrolled {
  const byStudent = new Map(records.map((record) => [record.studentNumber, record]));
  const byIdentity = new Map(records.map((record) => [record.identityNumber, record]));
  return (studentNumber, identityNumber) => byStudent.get(studentNumber ?? '') ?? byIdentity.get(identityNumber);
}

const each = (work: (year: SittingYear, delivery: Delivery) => void) => {
  for (const year of YEAR.sittings) for (const delivery of year.deliveries) work(year, delivery);
};
/** Adult education is imported before its enrolment records, so that some contradictions show at linking only. */
const enrolledBefore = ({ group, enrolment }: Delivery): Enrolled =>
  group.category === 'adult-education-bachelor' ? () => undefined : lookUpOf(enrolment);

describe('the synthetic year', () => {
  it('is the same every time', () => {
    expect(JSON.stringify(makeYear({ year: 2027, scale: 0.05 }))).toBe(
      JSON.stringify(makeYear({ year: 2027, scale: 0.05 })),
    );
  });

  it('is the year of a university: at least 8,000 bachelors and 1,500 masters in all six categories', () => {
    const good = (level: string) =>
      DELIVERIES.filter(({ group }) => group.category.endsWith(level)).reduce((sum, { group }) => sum + group.count, 0);
    expect(good('bachelor')).toBeGreaterThanOrEqual(8000);
    expect(good('master')).toBeGreaterThanOrEqual(1500);
    expect(new Set(DELIVERIES.map(({ group }) => group.category)).size).toBe(6);
  });

  it('has people of many kinds: minorities with ·, rare characters, Hong Kong, Macao, Taiwan, abroad', () => {
    const people = DELIVERIES.flatMap(({ onRoster }) => onRoster.map(({ record }) => record));
    const count = (test: (record: (typeof people)[number]) => boolean) => people.filter(test).length;
    expect(count(({ name }) => name.includes('·'))).toBeGreaterThan(50);
    expect(count(({ name }) => /[\u{10000}-\u{3ffff}]/u.test(name))).toBeGreaterThan(5);
    for (const country of ['344', '446', '158'])
      expect(count((record) => record.country === country)).toBeGreaterThan(5);
    expect(count(({ identityType }) => identityType === 'passport')).toBeGreaterThanOrEqual(120);
    expect(new Set(people.map(({ identityNumber }) => identityNumber)).size).toBe(people.length);
    expect(new Set(people.map(({ certificateNumber }) => certificateNumber)).size).toBe(people.length);
  });

  it('has rosters without a fault, as files too', () => {
    for (const { sitting, roster } of YEAR.sittings) {
      const { header, rows } = rosterTable(roster);
      const read = readRosterHeader(header);
      if (Array.isArray(read)) throw new Error(JSON.stringify(read));
      const parsed = rows.map((cells) => parseRosterRow(read, cells, { on: sitting.decidedOn }));
      expect(parsed.flatMap(({ violations }) => violations)).toEqual([]);
      expect(parsed.map(({ row }) => row)).toEqual(roster);
      expect(rosterRowsViolations(roster, { institution: INSTITUTION, decidedOn: sitting.decidedOn })).toEqual([]);
    }
  });

  it('has enrolment records that read back as they are', () => {
    each((_year, { enrolment, sitting, group }) => {
      if (group.study === null) return;
      const { header, rows } = enrolmentTable(enrolment, sitting.decidedOn);
      const read = readEnrolmentHeader(header);
      if (Array.isArray(read)) throw new Error(JSON.stringify(read));
      for (const [at, cells] of rows.entries()) {
        const parsed = parseEnrolmentRow(read, cells, group.category, { on: sitting.decidedOn });
        expect(parsed.violations).toEqual([]);
        expect(parsed.fields?.identityNumber).toBe(enrolment[at]?.identityNumber);
      }
    });
  });
});

describe('planted mistakes', () => {
  it('are of at least 25 kinds in rows alone, each planted three times', () => {
    const kinds = [...ROW_MISTAKES, ...ENROLMENT_MISTAKES];
    expect(new Set(kinds.map(({ id }) => id)).size).toBe(kinds.length);
    expect(kinds.length).toBeGreaterThanOrEqual(25);
    const planted = DELIVERIES.flatMap(({ first, second }) => [...first.rows, ...second.rows]).map(
      (row) => row.planted,
    );
    for (const { id } of ROW_MISTAKES) expect([id, planted.filter((one) => one === id).length]).toEqual([id, 3]);
  });

  it('leave every good row good', () => {
    each((_year, delivery) => {
      const { rows, codes } = firstCodes(delivery.place);
      const wrong = rows.flatMap((row, at) => (row.planted === null ? (codes[at] ?? []) : []));
      expect([delivery.place, wrong]).toEqual([delivery.place, []]);
    });
  });

  it('are right in the second file, when the student system has corrected its own', () => {
    each(({ roster }, delivery) => {
      const enrolled = lookUpOf([...delivery.enrolment, ...delivery.enrolmentAgain]);
      const codes = codesOf(delivery, roster, delivery.second, enrolled);
      expect([delivery.place, codes.flat()]).toEqual([delivery.place, []]);
    });
  });

  const byRegister = new Set(['row-twice', 'number-taken']);
  it.each(ROW_MISTAKES.filter(({ id }) => !byRegister.has(id)).map((one) => [one.id, one] as const))(
    '%s is found under its code and no other',
    (id, { place, code, also = [] }) => {
      const { rows, codes } = firstCodes(place);
      const found = rows.flatMap((row, at) => (row.planted === id ? [codes[at] ?? []] : []));
      expect(found).toHaveLength(3);
      for (const one of found) {
        // The register, not the row, knows that a person has come before.
        if (id !== 'person-twice') expect(one).toContain(code);
        expect(one.filter((other) => other !== code && !(also as readonly string[]).includes(other))).toEqual([]);
      }
    },
  );

  it.each(ENROLMENT_MISTAKES.filter(({ found }) => found === 'import').map((one) => [one.id, one] as const))(
    '%s is found under its code and no other',
    (id, { place, code }) => {
      const { rows, codes } = firstCodes(place);
      const found = rows.flatMap((row, at) => (row.planted === id ? [codes[at] ?? []] : []));
      expect(found).toHaveLength(3);
      for (const one of found) expect(new Set(one)).toEqual(new Set([code]));
    },
  );
});
