// The tables of the textbooks: facts published about small tables, measured by our own code.
import { describe, expect, it, test } from 'vitest';
import { equalDistance, hierarchicalDistance } from '../../../src/regulation/anonymity/distances.ts';
import { encode, toSensitive } from '../../../src/regulation/anonymity/encode.ts';
import type { Hierarchy } from '../../../src/regulation/anonymity/hierarchies.ts';
import { measure } from '../../../src/regulation/anonymity/measure.ts';
import { makePace } from '../../../src/regulation/anonymity/pace.ts';
import { last } from '../../support/last.ts';
import { made } from './run.ts';

const words = { zh: '试', en: 'test' };
const hierarchy = (...steps: ((finer: string) => string)[]): Hierarchy => ({
  base: words,
  above: [...steps, () => '*'].map((from) => ({ words, from })),
});

// Machanavajjhala, Gehrke, Kifer, Venkitasubramaniam: l-Diversity, Privacy Beyond k-Anonymity (ICDE 2006), the inpatient table.
const INPATIENTS = `
13053 28 Russian heart
13068 29 American heart
13068 21 Japanese viral
13053 23 American viral
14853 50 Indian cancer
14853 55 Russian heart
14850 47 American viral
14850 49 American viral
13053 31 American cancer
13053 37 Indian cancer
13068 36 Japanese cancer
13068 35 American cancer`
  .trim()
  .split('\n')
  .map((row) => row.split(' '));
const CONDITIONS = INPATIENTS.map((row) => row[3] ?? '');

function measured(classes: readonly number[], values: readonly string[], groups?: Hierarchy) {
  const pace = makePace();
  const sensitive = toSensitive(last(encode('condition', values, pace)), groups);
  return last(measure({ classOf: Uint32Array.from(classes), classes: new Set(classes).size }, [sensitive], pace));
}

describe('Machanavajjhala et al. 2006', () => {
  it('the 4-anonymous table has k = 4 and l = 1: the third class is all cancer', () => {
    const { smallestClass, l, entropyL, risk } = measured([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2], CONDITIONS);
    expect([smallestClass, l, entropyL]).toEqual([4, 1, 1]);
    expect(risk).toEqual({ prosecutorMax: 0.25, prosecutorAverage: 0.25, journalist: 0.25, marketer: 0.25, unique: 0 });
  });

  it('the 3-diverse table has l = 3, and as much entropy as 2^1.5 equal values', () => {
    const { smallestClass, l, entropyL } = measured([0, 1, 1, 0, 2, 2, 2, 2, 0, 0, 1, 1], CONDITIONS);
    expect([smallestClass, l]).toEqual([4, 3]);
    expect(entropyL).toBeCloseTo(2 ** 1.5, 12);
  });

  it('the engine finds the classes of the 3-diverse table: four digits of the code, age to 40 or above, nationality given up', () => {
    const quasi = (one: Hierarchy) => ({ role: 'quasi', hierarchy: one }) as const;
    const roles = {
      zip: quasi(
        hierarchy(
          (zip) => zip.slice(0, 4),
          (zip) => zip.slice(0, 3),
        ),
      ),
      age: quasi(hierarchy((age) => (Number(age) <= 40 ? '≤40' : '>40'))),
      nationality: quasi(hierarchy()),
      condition: { role: 'sensitive' },
    } as const;
    const fields = Object.keys(roles);
    const columns = fields.map((_, at) => INPATIENTS.map((row) => row[at] ?? ''));
    const { levels, report } = made(
      { table: { fields, rows: 12, columns }, roles },
      { k: 4, l: 3, t: null, mostSuppressed: 0 },
    );
    expect(levels).toEqual({ zip: 1, age: 1, nationality: 1 });
    expect(report).toMatchObject({
      rowsSuppressed: 0,
      after: { classes: 3, smallestClass: 4, l: 3 },
      search: { kind: 'exact' },
    });
  });
});

describe('Li, Li, Venkatasubramanian: t-Closeness (ICDE 2007)', () => {
  // Their hierarchy of diseases, as far as the distances told in the text need it.
  const DISEASES: Record<string, string> = {
    flu: 'respiratory infection',
    bronchitis: 'respiratory infection',
    'pulmonary embolism': 'vascular lung disease',
    'stomach cancer': 'stomach disease',
    'respiratory infection': 'respiratory disease',
    'vascular lung disease': 'respiratory disease',
    'stomach disease': 'digestive disease',
  };
  const up = (finer: string) => DISEASES[finer] ?? finer;
  const values = ['flu', 'bronchitis', 'pulmonary embolism', 'stomach cancer'];
  const distance = hierarchicalDistance(values, hierarchy(up, up));
  const only = (value: string) => values.map((one) => (one === value ? 1 : 0));

  test.each([
    ['bronchitis', 1 / 3],
    ['pulmonary embolism', 2 / 3],
    ['stomach cancer', 1],
  ])('flu and %s are %d apart', (other, apart) => {
    expect(distance(only('flu'), only(other))).toBeCloseTo(apart, 12);
    expect(distance(only(other), only('flu'))).toBeCloseTo(apart, 12);
  });

  test('section 3: of a test that 1 % have, a class half of it is 0.49 from everybody', () => {
    expect(equalDistance([0.5, 0.5], [0.01, 0.99])).toBeCloseTo(0.49, 12);
  });

  test('what can be settled within a group is not carried further', () => {
    expect(distance([0.5, 0, 0, 0.5], [0, 0.5, 0, 0.5])).toBeCloseTo(0.5 / 3, 12);
    expect(distance([0.5, 0.25, 0.25, 0], [0, 0, 0.5, 0.5])).toBeCloseTo(0.5 * 1 + 0.25 * (2 / 3), 12);
  });
});

test('rows without a value of a sensitive field count for k and not for l and t', () => {
  const { smallestClass, l, t, sensitive } = measured([0, 0, 0, 1, 1], ['a', 'b', '', '', '']);
  expect([smallestClass, l, t]).toEqual([2, 2, 0]);
  expect(sensitive).toMatchObject({ condition: { classesWithout: 1 } });
});
