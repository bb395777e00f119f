// Pages, titles, tables and slices: where things go before anything is drawn.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type FontSet, loadFonts } from '../../src/documents/fonts/fonts.ts';
import type { Form, FormField } from '../../src/documents/letter.ts';
import { addSheet, openCanvas } from '../../src/documents/pdf/canvas.ts';
import { openFile, PDF_A_3A } from '../../src/documents/pdf/pdf-file.ts';
import { drawSlices, slicePages } from '../../src/documents/straddle.ts';
import { paginate, type Row } from '../../src/documents/typeset/paginate.ts';
import { setForm } from '../../src/documents/typeset/set-form.ts';
import { setList } from '../../src/documents/typeset/set-list.ts';
import { divideTable, type SetRow } from '../../src/documents/typeset/table.ts';
import { setTitle } from '../../src/documents/typeset/title.ts';
import { wordings } from '../../src/documents/wording/wording.ts';
import { runs } from '../support/chance.ts';
import { sample } from './sample.ts';

const WIDTH = (156 * 72) / 25.4;
const HEIGHT = (225 * 72) / 25.4;
const info = { title: '', author: '', subject: '', keywords: '', createdAt: new Date(0) };
let fonts: FontSet;

beforeAll(async () => {
  fonts = await loadFonts();
});

const title = (...pieces: string[]) =>
  setTitle(pieces, { style: fonts.styles.title, size: 22, width: WIDTH }).map((line) => line.text);

describe('GB/T 9704 pages', () => {
  it('never leaves the signature block alone, never ends a page with a heading, keeps every row in order', () => {
    // Text always follows a heading and ends the letter, as in the wordings; a third of the rows may be rows of tables.
    const row = fc.record({ keepWithNext: fc.boolean(), table: fc.option(fc.integer({ min: 26, max: 300 })) });
    const rows = fc.array(row, { minLength: 3, maxLength: 120 }).map((all) => {
      return all.map(({ keepWithNext, table }, index): Row => {
        const heading = keepWithNext && index % 3 === 0 && index < all.length - 1;
        const high = table !== null && index % 3 === 1 && index < all.length - 2 ? { height: table, lead: 26 } : {};
        return { blank: false, keepWithNext: heading, ...high };
      });
    });
    const property = fc.property(
      rows,
      fc.integer({ min: 4, max: 9 }),
      fc.integer({ min: 2, max: 8 }),
      fc.constantFrom(0, 38, 86),
      (all, tail, together, foot) => {
        const pages = paginate({ rows: all, firstHeight: HEIGHT * 0.6, height: HEIGHT, tail, foot, together });
        const last = pages.at(-1);
        expect(pages.flatMap(({ start, end }) => all.slice(start, end))).toEqual(all);
        expect((last?.end ?? 0) - (last?.start ?? 0)).toBeGreaterThanOrEqual(1);
        pages.forEach(({ start, end, pitch }, index) => {
          const height = index === 0 ? HEIGHT * 0.6 : HEIGHT;
          const lead = index === 0 ? 0 : (all[start]?.lead ?? 0);
          const used = all.slice(start, end).reduce((sum, one) => sum + (one.height ?? pitch), lead);
          const rest = index === pages.length - 1 ? tail * pitch + foot : 0;
          if (end - start > 1 || rest > 0) expect(used + rest).toBeLessThanOrEqual(height + 0.01);
          expect(pitch).toBeGreaterThanOrEqual(27.5 - 1e-6);
          if (index < pages.length - 1 && end - start > 1) expect(all[end - 1]?.keepWithNext).toBe(false);
        });
      },
    );
    fc.assert(property, { numRuns: runs(2000) });
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

  it('never part a name from the number of people with it', () => {
    for (const length of [4, 8, 12, 16, 20]) {
      const pieces = [
        '某'.repeat(length),
        '关于更改',
        { text: '张㛃', name: true },
        '等3人',
        '硕士学位',
        '授予信息',
        '的请示',
      ];
      const lines = setTitle(pieces, { style: fonts.styles.title, size: 22, width: WIDTH }).map((line) => line.text);
      expect(lines.filter((line) => line.startsWith('等'))).toEqual([]);
      expect(lines.length).toBeGreaterThan(1);
    }
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

describe('tables over pages', () => {
  const form = (paragraphs: number): Form => {
    const text = Array.from({ length: paragraphs }, (_, index) => ({
      text: [`${index}${'学'.repeat(70)}`],
      indent: 2,
    }));
    const box = (label: string): FormField => ({ label, align: 'left', text: [], signature: [['年月日']], least: 86 });
    return {
      kind: 'form',
      rows: [[{ label: '原因', align: 'left', text }], ...['甲', '乙', '丙'].map((label) => [box(label)])],
      together: 1,
    };
  };

  it.each([1, 3, 8, 12, 13, 14, 40, 200])(
    'a reason of %i paragraphs goes on and on, and nothing of it is lost',
    (count) => {
      const set = setForm(fonts, form(count));
      const pages = divideTable(set, 520, HEIGHT, 79);
      pages.forEach((page, index) => {
        const used = page.reduce((sum, one) => sum + one.height, 0);
        expect(used).toBeLessThanOrEqual((index === 0 ? 520 : HEIGHT) - (index === pages.length - 1 ? 79 : 0) + 0.01);
        for (const one of page) expect(one.to - one.from === 0 || one.to - one.from >= 2).toBe(true);
      });
      const parts = pages.flat().filter(({ row }) => row === set.rows[0]);
      const lines = parts.flatMap(({ row, from, to }) => row.cells[1]?.lines.slice(from, to) ?? []);
      expect(lines).toEqual(set.rows[0]?.cells[1]?.lines);
      // The opinions stand on one page.
      const where = pages.flatMap((page, index) => page.filter(({ row }) => row !== set.rows[0]).map(() => index));
      expect(where).toHaveLength(3);
      expect(new Set(where).size).toBe(1);
    },
  );

  it('rows of any height stand on pages in their order, with room for what follows them', () => {
    const row = fc.integer({ min: 1, max: 90 }).map((lines): SetRow => {
      return { cells: [], lines, feet: 0, least: 26, splits: lines > 20 };
    });
    const rows = fc.array(row, { minLength: 1, maxLength: 80 });
    const property = fc.property(
      rows,
      fc.integer({ min: 200, max: 637 }),
      fc.constantFrom(0, 79, 117),
      (all, first, foot) => {
        const table = { size: 10.5, pitch: 14.5, rows: all };
        const pages = divideTable(table, first, HEIGHT, foot);
        const seen = pages.flat().map(({ row: one, from, to }) => [all.indexOf(one), from, to]);
        let expected = 0;
        let line = 0;
        for (const [index, from, to = 0] of seen) {
          expect([index, from]).toEqual([expected, line]);
          line = to;
          if (line === all[expected]?.lines) {
            expected++;
            line = 0;
          }
        }
        expect(expected).toBe(all.length);
        pages.forEach((page, index) => {
          expect(page.length).toBeGreaterThan(0);
          const used = page.reduce((sum, one) => sum + one.height, 0);
          const room = (index === 0 ? first : HEIGHT) - (index === pages.length - 1 ? foot : 0);
          // Only a row that fits on no page may be alone and stand out; 300 points fit everywhere but on a short first page.
          if (page.length > 1 || index > 0) expect(used).toBeLessThanOrEqual(room + 0.01);
        });
      },
    );
    fc.assert(property, { numRuns: runs(1000) });
  });

  it('a last page is not left with a row or two', () => {
    const { annexes } = wordings['supplementary-report'](sample(60));
    const table = annexes[1]?.parts[0]?.table;
    if (table?.kind !== 'list') throw new Error('no list');
    for (let count = 30; count <= 60; count++) {
      const set = setList(fonts, { ...table, rows: table.rows.slice(0, count) });
      const pages = divideTable(set, 500, HEIGHT, 118);
      if (pages.length > 1) expect(pages.at(-1)?.length).toBeGreaterThanOrEqual(4);
    }
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

  it.each([2, 3, 7, 8, 9, 15, 40])(
    'on %i pages: every slice ends at the right edge, and put side by side they are the seal',
    (count) => {
      const size = (42 * 72) / 25.4;
      const canvas = openCanvas(openFile(info, '', PDF_A_3A));
      for (let page = 0; page < count; page++) addSheet(canvas);
      drawSlices(canvas, 'Seal', size);
      const number = '(-?[\\d.]+)';
      const drawn = new RegExp(
        `q ${number} ${number} ${number} ${number} re W n 1 0 0 1 ${number} ${number} cm /Seal Do Q`,
      );
      const slices = canvas.sheets.flatMap((sheet, page) =>
        sheet.operators
          .filter((part) => part.includes('/Seal Do'))
          .map((part) => {
            const [x = 0, bottom = 0, width = 0, height = 0, left = 0, y = 0] = (drawn.exec(part) ?? [])
              .slice(1)
              .map(Number);
            expect(x + width).toBeCloseTo((210 * 72) / 25.4, 1);
            expect(height).toBeCloseTo(size, 2);
            expect(y).toBe(bottom);
            return { page, from: x - left, width, bottom };
          }),
      );
      expect(new Set(slices.map(({ page }) => page)).size).toBe(count);
      let reach = 0;
      for (const { from, width } of slices.sort((a, b) => a.page - b.page || b.from - a.from)) {
        if (reach > size - 0.1) reach = 0;
        expect(from).toBeCloseTo(reach, 1);
        reach += width;
      }
      expect(reach).toBeCloseTo(size, 1);
    },
  );
});
