// Article 18: a leaked copy is known by what it gives up, and nobody is accused by chance.
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  comparable,
  evidenceFor,
  GIVEN_UP,
  isGivenUp,
  isIdentified,
  type Keyed,
  type MarkPlan,
  MOST_GIVEN_UP,
  observedMarks,
  type PrintedTable,
  placeOfMark,
  planMarks,
} from '../../src/regulation/datasets/watermark.ts';
import { runs } from '../support/chance.ts';

const keyed =
  (secret: string): Keyed =>
  (text) =>
    createHmac('sha256', secret).update(text).digest().readUInt32BE(0);

const HEADINGS = ['性别', '民族', '出生日期', '学科', '年份', '政治面貌'];
const QUASI = HEADINGS.slice(0, 5);
const places = new Map(HEADINGS.map((heading, at) => [heading, at]));

/** Rows of classes of five people or more, as the engine leaves them. */
function tableOf(rows: number, seed: number): PrintedTable {
  let state = seed + 1;
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const all: string[][] = [];
  while (all.length < rows) {
    const base = [
      ['男', '女'][next(2)] ?? '',
      ['汉族', '少数民族及其他'][next(2)] ?? '',
      `${2000 + next(6)}`,
      `0${1 + next(8)}0${1 + next(5)}`,
      `${2022 + next(4)}`,
    ];
    for (let people = 5 + next(6); people > 0; people--)
      all.push([...base, ['中共党员', '共青团员', '群众'][next(3)] ?? '']);
  }
  return { places, rows: all.slice(0, rows) };
}

function copyFor(table: PrintedTable, plan: MarkPlan, choose: Keyed, recipient: Keyed): PrintedTable {
  const rows = table.rows.map((row) => {
    const place = placeOfMark(plan, { places, row }, choose);
    if (!isGivenUp(plan, place, recipient)) return row;
    return row.map((cell, at) => (at === places.get(place.column) ? GIVEN_UP : cell));
  });
  return { places, rows };
}

const sampleOf = (table: PrintedTable, oneIn: number, pick: Keyed): PrintedTable => ({
  places,
  rows: table.rows.filter((_, at) => pick(String(at)) < 2 ** 32 / oneIn),
});

const classesOf = (table: PrintedTable) => {
  const sizes = new Map<string, number>();
  for (const row of table.rows) {
    const key = row.slice(0, 5).join('\t');
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  return sizes;
};

describe('Article 18: the mark of a copy', () => {
  const table = tableOf(9000, 7);
  const choose = keyed('dataset');
  const plan = planMarks(table, QUASI, choose);
  if (!plan) throw new Error('no marks');

  it('is planned where it costs little, with enough evidence in a twentieth of the rows', () => {
    expect(plan.carriers.length).toBe(3);
    expect(plan.anchors.length).toBe(2);
    expect(plan.groups).toBeGreaterThan(100);
    expect(plan.evidence).toBeGreaterThan(12);
  });

  it('only merges classes: nobody is in a smaller one than before, and no value is another than it was', () => {
    const copy = copyFor(table, plan, choose, keyed('somebody'));
    const [before, after] = [classesOf(table), classesOf(copy)];
    for (const [at, row] of copy.rows.entries()) {
      const original = table.rows[at] ?? [];
      const [was, is] = [original.slice(0, 5).join('\t'), row.slice(0, 5).join('\t')];
      expect(after.get(is) ?? 0).toBeGreaterThanOrEqual(before.get(was) ?? 0);
      for (const [place, cell] of row.entries()) expect([original[place], GIVEN_UP]).toContain(cell);
    }
  });

  it('names the right copy from a sample of 5 to 10 percent in any order, and never one of 200 others', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 10, max: 20 }), fc.string(), (seed, oneIn, secret) => {
        const recipient = keyed(`right ${secret}`);
        const copy = copyFor(table, plan, choose, recipient);
        const sample = sampleOf(copy, oneIn, keyed(`sample ${seed}`));
        const leaked = { places, rows: [...sample.rows].reverse() };
        const seen = observedMarks(plan, leaked, choose);
        expect(isIdentified(evidenceFor(plan, seen, recipient), 201)).toBe(true);
        for (let other = 0; other < 200; other++) {
          expect(isIdentified(evidenceFor(plan, seen, keyed(`other ${seed} ${other}`)), 201)).toBe(false);
        }
      }),
      { numRuns: runs(8) },
    );
  });

  it('is found in a copy of which somebody changed some cells, and not found where nothing is left to find', () => {
    const recipient = keyed('right');
    const copy = copyFor(table, plan, choose, recipient);
    const damage = keyed('damage');
    const damaged = copy.rows.map((row, at) =>
      damage(String(at)) < 2 ** 32 / 50 ? row.map((cell, place) => (place === 0 ? '男' : cell)) : row,
    );
    const seen = observedMarks(plan, { places, rows: damaged }, choose);
    expect(isIdentified(evidenceFor(plan, seen, recipient), 201)).toBe(true);
    const few = observedMarks(plan, { places, rows: copy.rows.slice(0, 5) }, choose);
    expect(isIdentified(evidenceFor(plan, few, recipient), 1)).toBe(false);
    const own = observedMarks(plan, table, choose);
    expect(isIdentified(evidenceFor(plan, own, recipient), 1)).toBe(false);
  });

  it('the evidence against a stranger keeps what it promises: a ratio above r with probability below 1/r', () => {
    const copy = sampleOf(copyFor(table, plan, choose, keyed('right')), 200, keyed('sample'));
    const seen = observedMarks(plan, copy, choose);
    const strangers = 4000;
    for (const bound of [1, 2]) {
      let above = 0;
      for (let other = 0; other < strangers; other++) {
        if (evidenceFor(plan, seen, keyed(`stranger ${other}`)) >= bound) above += 1;
      }
      // Four standard deviations above the bound.
      const most = strangers * 10 ** -bound;
      expect(above).toBeLessThanOrEqual(most + 4 * Math.sqrt(most));
    }
  });

  it('a table without anything to give up has no marks', () => {
    expect(planMarks({ places, rows: [['男', '', '', '', '', '群众']] }, QUASI, choose)).toBeNull();
  });

  it('is not planned where the values given up could name nobody: a few hundred people of whom little is told', () => {
    const few = tableOf(479, 3);
    expect(planMarks(few, ['性别'], choose)).toBeNull();
    expect(planMarks(few, ['性别', '民族'], choose)).toBeNull();
  });

  it('takes from one copy no more of a field than it may: a twentieth of the rows, by what is expected and by group', () => {
    expect(plan.share).toBeLessThanOrEqual(MOST_GIVEN_UP);
    expect(plan.whole).toBeGreaterThanOrEqual(plan.evidence);
    let lost = 0;
    for (let reader = 0; reader < 20; reader++) {
      const copy = copyFor(table, plan, choose, keyed(`reader ${reader}`));
      for (const carrier of plan.carriers) {
        const at = places.get(carrier) ?? -1;
        const share = copy.rows.filter((row) => row[at] === GIVEN_UP).length / copy.rows.length;
        expect(share).toBeLessThan(2 * MOST_GIVEN_UP);
        lost += share / 20 / plan.carriers.length;
      }
    }
    expect(lost).toBeGreaterThan(0);
    expect(lost).toBeLessThanOrEqual(MOST_GIVEN_UP);
  });

  it('cells that a spreadsheet wrote anew are the same', () => {
    expect(comparable('0401')).toBe(comparable('401'));
    expect(comparable('2004')).toBe(comparable('2004.0'));
    expect(comparable('2004-03')).toBe(comparable('2004/3/1'));
    expect(comparable('2004-03')).toBe(comparable('2004-03-01 00:00:00'));
    expect(comparable(' 汉族')).toBe('汉族');
    expect(comparable('2004-03-12')).not.toBe(comparable('2004-03-13'));
    expect(comparable('2000–2004')).toBe('2000–2004');
  });
});
