// Pages, titles, tables and slices: where things go before anything is drawn.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type FontSet, loadFonts } from '../../src/documents/fonts.ts';
import { paginate, type Row } from '../../src/documents/paginate.ts';
import { setList } from '../../src/documents/set-list.ts';
import { slicePages } from '../../src/documents/straddle.ts';
import { divideTable } from '../../src/documents/table.ts';
import { setTitle } from '../../src/documents/title.ts';
import { wordings } from '../../src/documents/wording.ts';
import { sample } from './sample.ts';

const WIDTH = (156 * 72) / 25.4;
const HEIGHT = (225 * 72) / 25.4;
let fonts: FontSet;

beforeAll(async () => {
  fonts = await loadFonts();
});

const title = (...pieces: string[]) =>
  setTitle(pieces, { style: fonts.styles.title, size: 22, width: WIDTH }).map((line) => line.text);

describe('GB/T 9704 pages', () => {
  it('never leaves the signature block alone, never ends a page with a heading, keeps every row in order', () => {
    const row = fc.record({ blank: fc.constant(false), keepWithNext: fc.boolean() });
    const rows = fc.array(row, { minLength: 3, maxLength: 120 }).map((all) => {
      // Text always follows a heading, as in the wordings.
      return all.map((one, index): Row => {
        return { blank: false, keepWithNext: one.keepWithNext && index % 3 === 0 && index < all.length - 1 };
      });
    });
    fc.assert(
      fc.property(rows, fc.integer({ min: 4, max: 9 }), fc.integer({ min: 2, max: 8 }), (all, tail, together) => {
        const pages = paginate({ rows: all, firstHeight: HEIGHT * 0.6, height: HEIGHT, tail, together });
        const last = pages.at(-1);
        expect(pages.flatMap(({ start, end }) => all.slice(start, end))).toEqual(all);
        expect((last?.end ?? 0) - (last?.start ?? 0)).toBeGreaterThanOrEqual(1);
        pages.forEach(({ start, end, pitch }, index) => {
          const height = index === 0 ? HEIGHT * 0.6 : HEIGHT;
          const count = end - start + (index === pages.length - 1 ? tail : 0);
          expect(count * pitch).toBeLessThanOrEqual(height + 0.01);
          expect(pitch).toBeGreaterThanOrEqual(27.5);
          if (index < pages.length - 1 && end - start > 1) expect(all[end - 1]?.keepWithNext).toBe(false);
        });
      }),
      { numRuns: 2000, seed: 9704 },
    );
  });

  it('closes the lines up a little rather than begin another page', () => {
    const rows: Row[] = Array.from({ length: 18 }, () => ({ blank: false, keepWithNext: false }));
    const pages = paginate({ rows, firstHeight: HEIGHT, height: HEIGHT, tail: 5, together: 2 });
    expect(pages).toHaveLength(1);
    expect(pages[0]?.pitch).toBeLessThan(28.9);
  });
});

describe('titles', () => {
  it('stay on one line when they fit', () => {
    expect(title('聊城大学', '关于补报', '硕士学位', '授予信息', '的请示')).toHaveLength(1);
  });

  it('break between words into a trapezoid', () => {
    const lines = title('中国人民解放军某某大学', '关于补报', '学士、', '硕士学位', '授予信息', '的请示');
    expect(lines).toHaveLength(2);
    expect(lines.join('')).toBe('中国人民解放军某某大学关于补报学士、硕士学位授予信息的请示');
    expect(lines[1]).toMatch(/^(学士、|关于补报)/);
  });

  it('lose nothing when one word alone is longer than a line', () => {
    expect(title('学'.repeat(30), '的请示').join('')).toBe(`${'学'.repeat(30)}的请示`);
  });

  it.each([
    [['学术学位硕士', '专业学位硕士'], '聊城大学关于补报硕士学位授予信息的请示'],
    [['普通高等教育本科学士', '学术学位硕士'], '聊城大学关于补报学士、硕士学位授予信息的请示'],
    [['学术学位', '学术学位硕士'], '聊城大学关于补报学位授予信息的请示'],
  ])('name the levels of %j', (categories, expected) => {
    const data = sample(categories.length);
    const people = data.people.map((person, index) => ({ ...person, category: categories[index] ?? '' }));
    expect(wordings['supplementary-report']({ ...data, people }).titlePieces.join('')).toBe(expected);
  });
});

describe('the list of people', () => {
  const list = (count: number) => {
    const { annexes } = wordings['supplementary-report'](sample(count));
    const table = annexes[1]?.parts[0]?.table;
    if (table?.kind !== 'list') throw new Error('no list');
    return { list: table, set: setList(fonts, table) };
  };

  it.each([2, 40, 1000])('divides %i people so that every page has at least one and nobody is lost', (count) => {
    const { set } = list(count);
    const last = set.head?.cells.at(-1);
    expect((last?.x ?? 0) + (last?.width ?? 0)).toBeCloseTo(WIDTH, 3);
    const pages = divideTable(set, 500, HEIGHT, 120);
    expect(pages.flat().map(({ row }) => row)).toEqual(set.rows);
    expect(Math.min(...pages.map((page) => page.length))).toBeGreaterThan(0);
  });

  it('breaks no word and loses nothing in any cell', () => {
    const { list: plain, set } = list(40);
    set.rows.forEach((row, index) => {
      row.cells.forEach(({ lines, width }, column) => {
        expect(lines.map((line) => line.text).join('')).toBe(plain.rows[index]?.[column]);
        for (const line of lines.slice(0, -1)) expect(line.text).not.toMatch(/[A-Za-z]$/);
        for (const line of lines) expect(line.right).toBeLessThanOrEqual(width);
      });
    });
  });
});

describe('骑缝章', () => {
  it('covers every page without a gap, in slices that can be recognised', () => {
    expect(slicePages(1)).toEqual([]);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 400 }), (pages) => {
        const slices = slicePages(pages);
        expect(new Set(slices.map((slice) => slice.page)).size).toBe(pages);
        expect(Math.max(...slices.map((slice) => slice.parts))).toBeLessThanOrEqual(8);
        const seals = Math.max(...slices.map((slice) => slice.seal)) + 1;
        for (let seal = 0; seal < seals; seal++) {
          const mine = slices.filter((slice) => slice.seal === seal);
          expect(mine.map((slice) => slice.part)).toEqual([...Array(mine[0]?.parts).keys()]);
          const before = slices.filter((slice) => slice.seal === seal - 1).at(-1);
          if (before !== undefined) expect(mine[0]?.page).toBe(before.page);
        }
      }),
    );
  });
});
