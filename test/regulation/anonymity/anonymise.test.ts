// Article 18: analysis datasets in which nobody can be found again – what must hold of any table, against a second engine that tries everything.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { anonymise } from '../../../src/regulation/anonymity/anonymise.ts';
import { DATASET_FIELD_NAMES, mayLeave } from '../../../src/regulation/anonymity/dataset-fields.ts';
import { encode, toQuasi, toSensitive } from '../../../src/regulation/anonymity/encode.ts';
import { levelsOf } from '../../../src/regulation/anonymity/hierarchies.ts';
import { makePace } from '../../../src/regulation/anonymity/pace.ts';
import { search } from '../../../src/regulation/anonymity/search.ts';
import { runs } from '../../support/chance.ts';
import { last } from '../../support/last.ts';
import { bruteForce, goals, groupedBy, made, ROLES, rowsOf, run, tableOf, tables } from './run.ts';

const QUASI = [0, 1, 2];
const SENSITIVE = [3, 4];

describe('R18.1: whatever the table', () => {
  test('k and l hold in what comes out, or it is said why nothing does', () => {
    fc.assert(
      fc.property(tables, goals, (kind, goal) => {
        const result = run(kind, goal);
        if (!result.possible) {
          const { rows, columns } = kind.table;
          const values = SENSITIVE.map((at) => new Set(columns[at]?.filter((value) => value !== '')).size);
          const poor = values.some((count) => count > 0 && count < goal.l);
          expect(result.reason).toBe(rows < goal.k ? 'too-few-rows' : 'too-few-values');
          expect(rows < goal.k || poor).toBe(true);
          return;
        }
        const { table, report } = result;
        const rows = rowsOf(table);
        for (const members of groupedBy(rows, (cells) => JSON.stringify(cells.slice(0, 3))).values()) {
          expect(members.length).toBeGreaterThanOrEqual(goal.k);
          for (const at of SENSITIVE) {
            const values = new Set(members.map((cells) => cells[at]).filter((value) => value !== ''));
            if (values.size > 0) expect(values.size).toBeGreaterThanOrEqual(goal.l);
          }
        }
        expect(table.rows).toBeGreaterThan(0);
        expect(report.rowsSuppressed).toBeLessThanOrEqual((kind.table.rows * goal.mostSuppressed) / 100);
        expect(report.rowsKept + report.rowsSuppressed).toBe(kind.table.rows);
      }),
      { numRuns: runs(300) },
    );
  });

  test('no choice of levels loses less: the same loss as by trying them all', () => {
    fc.assert(
      fc.property(tables, goals, (kind, goal) => {
        const result = run(kind, goal);
        if (!result.possible) return;
        expect(result.report.search.kind).toBe('exact');
        expect(result.report.loss).toBeCloseTo(bruteForce(kind, goal) as number, 9);
        expect(result.report.search.leastLoss).toBeCloseTo(result.report.loss, 9);
      }),
      { numRuns: runs(300) },
    );
  });

  test('a kept row is changed by its hierarchies alone, and one level holds for a field', () => {
    fc.assert(
      fc.property(tables, goals, (kind, goal) => {
        const result = run(kind, goal);
        if (!result.possible) return;
        const given = rowsOf(kind.table);
        for (const [at, cells] of rowsOf(result.table).entries()) {
          const before = given[result.keptRows[at] ?? -1] ?? [];
          for (const [column, field] of kind.table.fields.entries()) {
            const role = ROLES[field as keyof typeof ROLES];
            const level = result.levels[field];
            if (role.role === 'sensitive') expect(cells[column]).toBe(before[column]);
            else expect(cells[column]).toBe(levelsOf(role.hierarchy, before[column] ?? '')[level ?? -1]);
          }
        }
      }),
    );
  });

  test('the order of the rows changes neither levels nor loss, and twice is the same', () => {
    fc.assert(
      fc.property(tables, goals, fc.integer(), (kind, goal, seed) => {
        const rows = rowsOf(kind.table);
        const turned = [...rows.keys()].sort((a, b) => mix(a, seed) - mix(b, seed)).map((at) => rows[at] ?? []);
        const [one, two, again] = [run(kind, goal), run(tableOf(turned), goal), run(kind, goal)];
        expect(again).toEqual(one);
        expect(two.possible).toBe(one.possible);
        if (!one.possible || !two.possible) return;
        expect(two.levels).toEqual(one.levels);
        expect(two.report.loss).toBe(one.report.loss);
        expect(rowsOf(two.table).sort()).toEqual(rowsOf(one.table).sort());
      }),
    );
  });

  test('t holds where it is asked for, and costs no less than without it', () => {
    const goal = fc.record({
      ...{ k: fc.constantFrom(1, 2, 3), l: fc.constantFrom(1, 2) },
      t: fc.double({ min: 0, max: 1, noNaN: true }),
      mostSuppressed: fc.constantFrom(0, 20),
    });
    fc.assert(
      fc.property(tables, goal, (kind, wanted) => {
        const result = run(kind, wanted);
        if (!result.possible) return;
        expect(result.report.after.t ?? 0).toBeLessThanOrEqual(wanted.t);
        expect(result.report.loss).toBeGreaterThanOrEqual(made(kind, { ...wanted, t: null }).report.loss - 1e-12);
        expect(result.report.search.leastLoss).toBeLessThanOrEqual(result.report.loss);
      }),
    );
  });
});

const mix = (at: number, seed: number) => Math.imul(at + 1, seed | 1) ^ (at << 7);

describe('R18.1: a search that is cut short', () => {
  test('says so, holds the goal all the same, and brackets the least loss', () => {
    fc.assert(
      fc.property(tables, goals, (kind, goal) => {
        const whole = run(kind, goal);
        if (!whole.possible) return;
        const pace = makePace();
        const coded = (at: number) => last(encode(String(at), kind.table.columns[at] ?? [], pace));
        const hierarchies = [ROLES.letters, ROLES.digits, ROLES.flat].map(({ hierarchy }) => hierarchy);
        const quasis = QUASI.map((at) => last(toQuasi(coded(at), hierarchies[at] as never, pace)));
        const sensitives = SENSITIVE.map((at) => toSensitive(coded(at), undefined));
        const cut = last(search({ rows: kind.table.rows, quasis, sensitives, goal }, pace, 0));
        const loss = cut.loss / (3e6 * kind.table.rows);
        expect(loss).toBeGreaterThanOrEqual(whole.report.loss - 1e-12);
        expect(cut.report.leastLoss).toBeLessThanOrEqual(whole.report.loss + 1e-12);
        if (cut.report.kind === 'exact') expect(loss).toBeCloseTo(whole.report.loss, 9);
        for (const size of groupedBy(
          [...cut.grouping.classOf].filter((at) => at !== 0xffffffff),
          String,
        ).values())
          expect(size.length).toBeGreaterThanOrEqual(goal.k);
      }),
    );
  });
});

describe('Article 18: what is refused', () => {
  const goal = { k: 5, l: 2, t: null, mostSuppressed: 5 };
  const column = ['1', '2', '1', '2', '1'];
  const one = (field: string) => last(anonymise({ fields: [field as never], rows: 5, columns: [column] }, goal));

  it.each(DATASET_FIELD_NAMES.filter((field) => !mayLeave(field)))('the direct identifier %s never leaves', (field) => {
    expect(one(field)).toMatchObject({ possible: false, reason: 'direct-identifier', fields: [field] });
  });

  it('fewer people than k', () => {
    const few = anonymise({ fields: ['sex'], rows: 4, columns: [column.slice(1)] }, goal);
    const found = { rows: 4, k: 4, l: null };
    expect(last(few)).toMatchObject({ possible: false, reason: 'too-few-rows', found, expected: '≥ 5 rows' });
  });

  it('a sensitive field that says the same of everybody', () => {
    const same = anonymise({ fields: ['politicalStatus'], rows: 5, columns: [column.map(() => '03')] }, goal);
    const expected = { possible: false, reason: 'too-few-values', fields: ['politicalStatus'], found: { l: 1 } };
    expect(last(same)).toMatchObject(expected);
  });

  it.each([
    ['a field twice', ['sex', 'sex'], [column, column], goal],
    ['an unknown field', ['shoeSize'], [column], goal],
    ['the name of what every object has', ['toString'], [column], goal],
    ['too few columns', ['sex', 'country'], [column], goal],
    ['a short column', ['sex'], [column.slice(1)], goal],
    ['k of 0', ['sex'], [column], { ...goal, k: 0 }],
    ['half an l', ['sex'], [column], { ...goal, l: 1.5 }],
    ['a t above 1', ['sex'], [column], { ...goal, t: 1.1 }],
    ['no number', ['sex'], [column], { ...goal, mostSuppressed: Number.NaN }],
  ])('%s', (_, fields, columns, wanted) => {
    const result = last(anonymise({ fields: fields as never, rows: 5, columns }, wanted));
    expect(result).toMatchObject({ possible: false, reason: 'malformed' });
  });

  it('takes a table of no quasi-identifier, and one in which nobody has a secret', () => {
    const secrets = anonymise({ fields: ['politicalStatus'], rows: 5, columns: [['01', '03', '03', '', '03']] }, goal);
    expect(last(secrets)).toMatchObject({
      possible: true,
      levels: {},
      report: { loss: 0, after: { l: 2, smallestClass: 5 } },
    });
    const none = anonymise(
      {
        fields: ['sex', 'politicalStatus'],
        rows: 5,
        columns: [
          ['1', '1', '1', '1', '1'],
          ['', '', '', '', ''],
        ],
      },
      goal,
    );
    expect(last(none)).toMatchObject({ possible: true, levels: { sex: 0 }, report: { after: { l: null, t: null } } });
  });
});

describe('Article 18: attacks', () => {
  const goal = { k: 2, l: 2, t: null, mostSuppressed: 0 };

  it('homogeneity: people who look alike and share a secret are put with others', () => {
    const rows = [
      ['ax', '0', 'm', 'p', ''],
      ['ax', '0', 'm', 'p', ''],
      ['ax', '0', 'w', 'q', ''],
      ['ax', '0', 'w', 'q', ''],
    ];
    expect(made(tableOf(rows), { ...goal, l: 1 }).levels).toMatchObject({ flat: 0 });
    expect(made(tableOf(rows), goal)).toMatchObject({
      levels: { flat: 1 },
      report: { before: { l: 1 }, after: { l: 2 } },
    });
  });

  it('skewness: a class of other shares than everybody is put with others when t is asked for', () => {
    const of = (flat: string, secrets: string) => [...secrets].map((secret) => ['ax', '0', flat, secret, '']);
    const kind = tableOf([...of('m', 'pppppppppq'), ...of('w', 'qqqqqqqqqp')]);
    expect(made(kind, goal)).toMatchObject({ levels: { flat: 0 }, report: { after: { t: 0.4 } } });
    expect(made(kind, { ...goal, t: 0.3 })).toMatchObject({ levels: { flat: 1 }, report: { after: { t: 0 } } });
  });
});
