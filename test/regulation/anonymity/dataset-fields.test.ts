// Article 18: every field has a role, and every hierarchy is a tree.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { countryGroup } from '../../../src/regulation/anonymity/country-groups.ts';
import {
  DATASET_FIELD_NAMES,
  DATASET_FIELDS,
  type DatasetField,
  isDatasetField,
  mayLeave,
} from '../../../src/regulation/anonymity/dataset-fields.ts';
import {
  ANY,
  GROUP_WORDS,
  type Hierarchy,
  highestLevel,
  levelsOf,
  OTHER,
  wordsOfLevel,
} from '../../../src/regulation/anonymity/hierarchies.ts';
import { CODE_TABLES } from '../../../src/regulation/standard/codes.ts';
import { FIELD_NAMES, FIELDS, type Field } from '../../../src/regulation/standard/fields.ts';
import { CATEGORIES, keysOf } from '../../../src/regulation/vocabulary.ts';

const QUASI = DATASET_FIELD_NAMES.flatMap((field): [DatasetField, Hierarchy][] => {
  const role = DATASET_FIELDS[field];
  return role.role === 'quasi' ? [[field, role.hierarchy]] : [];
});

/** What a record may hold in a field, and what it should not. */
function valuesOf(field: DatasetField): fc.Arbitrary<string> {
  const anything = fc.oneof(fc.constant(''), fc.string({ maxLength: 12 }));
  if (field === 'category') return fc.oneof(fc.constantFrom(...keysOf(CATEGORIES)), anything);
  const { kind, table }: Field = FIELDS[field];
  const two = (most: number) => fc.integer({ min: 1, max: most }).map((n) => String(n).padStart(2, '0'));
  const month = fc.tuple(fc.integer({ min: 1900, max: 2100 }), two(12)).map((parts) => parts.join('-'));
  if (kind === 'month') return fc.oneof(month, anything);
  if (kind === 'date')
    return fc.oneof(
      fc.tuple(month, two(28)).map((parts) => parts.join('-')),
      anything,
    );
  const tables = table === 'discipline' ? (['graduateDiscipline', 'undergraduateDiscipline'] as const) : [table];
  const codes = tables.flatMap((name) => (name === undefined ? [] : CODE_TABLES[name].entries.map(({ code }) => code)));
  return fc.oneof(fc.constantFrom('10447', '99J1', '0812Z1', ...codes), anything);
}

describe('R18.1: roles', () => {
  it('has one for every field of the record and for the category', () => {
    expect([...DATASET_FIELD_NAMES].sort()).toEqual([...FIELD_NAMES, 'category'].sort());
    expect(isDatasetField('toString')).toBe(false);
  });

  it('lets nothing leave that is secret, a name, a picture, free text or a number of one person', () => {
    const leaving = DATASET_FIELD_NAMES.filter(mayLeave).filter((field) => field !== 'category');
    for (const field of leaving) {
      const { kind, secret }: Field = FIELDS[field];
      expect(secret, field).toBe(false);
      expect(['code', 'date', 'month', 'number'], field).toContain(kind);
    }
    expect(leaving.filter((field) => (FIELDS[field] as Field).kind === 'number')).toEqual(['trainingUnitCode']);
  });
});

describe.each(QUASI)('R18.1: the hierarchy of %s', (field, hierarchy) => {
  test('is a tree: what is equal at a level is equal at every coarser one, nothing is lost, and the last level tells nothing', () => {
    fc.assert(
      fc.property(valuesOf(field), valuesOf(field), (a, b) => {
        const [one, other] = [levelsOf(hierarchy, a), levelsOf(hierarchy, b)];
        expect(one).toHaveLength(highestLevel(hierarchy) + 1);
        expect(one[0]).toBe(a);
        expect(one.at(-1)).toBe(ANY);
        for (let level = 0; level < one.length - 1; level++) {
          if (one[level] === other[level]) expect(one.slice(level)).toEqual(other.slice(level));
          if (a === '') expect(one[level]).toBe('');
          else expect(one[level]).not.toBe('');
        }
      }),
    );
  });

  test('has words for every level and every group that it makes', () => {
    for (let level = 0; level <= highestLevel(hierarchy); level++)
      expect(Object.values(wordsOfLevel(hierarchy, level)).every((text) => text.length > 0)).toBe(true);
    expect(() => wordsOfLevel(hierarchy, 99)).toThrow(RangeError);
    fc.assert(
      fc.property(valuesOf(field), (value) => {
        const made = levelsOf(hierarchy, value).slice(1);
        for (const text of made) if (/^[a-z]/.test(text)) expect(Object.keys(GROUP_WORDS)).toContain(text);
      }),
    );
  });

  test('knows every code of its table', () => {
    const table = field === 'category' ? undefined : (FIELDS[field] as Field).table;
    if (table === undefined || table === 'discipline') return;
    const lost = CODE_TABLES[table].entries.filter(({ code }) => levelsOf(hierarchy, code).slice(1).includes(OTHER));
    // Antarctica has no people of its own.
    expect(lost.map(({ code }) => code)).toEqual(table === 'country' ? ['010'] : []);
  });
});

test.each([
  ['birthDate', '2003-04-15', ['2003-04-15', '2003-04', '2003', '2000–2004', '*']],
  ['birthDate', '30000101', ['30000101', 'other', 'other', 'other', '*']],
  ['disciplineCode', '080901', ['080901', '0809', '08', '*']],
  ['disciplineCode', '083201TK', ['083201TK', '0832', '08', '*']],
  ['disciplineCode', '0854', ['0854', '0854', '08', '*']],
  ['country', '156', ['156', 'mainland', 'mainland', '*']],
  ['country', '344', ['344', 'hong-kong-macao-taiwan', 'outside-mainland', '*']],
  ['country', '398', ['398', 'asia', 'outside-mainland', '*']],
  ['ethnicity', '11', ['11', 'other-ethnicity', '*']],
  ['category', 'professional-master', ['professional-master', 'master', '*']],
  ['degreeCategory', '30854', ['30854', 'professional-master', 'master', '*']],
  ['degreeCategory', '408', ['408', 'bachelor', 'bachelor', '*']],
  ['degreeCategory', '313', ['313', 'academic-master', 'master', '*']],
  ['admissionMonth', '2022-09', ['2022-09', '2022', '*']],
  ['outcomeType', 'SM', ['SM', 'no-public-thesis', '*']],
] as const)('%s %s → %j', (field, value, path) => {
  const hierarchy = QUASI.find(([name]) => name === field)?.[1] as Hierarchy;
  expect(levelsOf(hierarchy, value)).toEqual(path);
});

test('every country but Antarctica has one group', () => {
  const groups = CODE_TABLES.country.entries.map(({ code }) => countryGroup(code));
  expect(groups.filter((group) => group === null)).toHaveLength(1);
  expect(new Set(groups).size).toBe(9);
});
