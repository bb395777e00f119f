// The typesetter, by fuzzing: whatever is written, no line begins or ends wrongly, nothing is lost and nothing stands outside.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type FontSet, loadFonts } from '../../src/documents/fonts/fonts.ts';
import type { Line } from '../../src/documents/typeset/boxes.ts';
import { barredAtEnd, barredAtStart } from '../../src/documents/typeset/characters.ts';
import { typeset } from '../../src/documents/typeset/typeset.ts';
import { runs, SEED } from '../support/chance.ts';

/** Lines that are set. */
const LINES = runs(10_000);
const CELL = 15.794;
let fonts: FontSet;

beforeAll(async () => {
  fonts = await loadFonts();
});

function set(text: string, cells = 28, more: object = {}): Line[] {
  return typeset([text], { style: fonts.styles.fangsong, size: 16, cell: CELL, width: cells * CELL, ...more });
}

const ideograph = fc.constantFrom(...'学位授予信息管理规定聊城大山东省委员会办公室决议名单㛃䶮');
const mark = fc.constantFrom(...'，。、；：？！）》”（《“〔〕—…·');
const word = fc.constantFrom(
  '2026',
  '3',
  'Nguyễn',
  'PDF',
  '10447',
  '0635-8230000',
  ' ',
  ',',
  'https://xwxx.lcu.edu.cn/v/7QK3',
);
const unit = fc.constantFrom('年', '月', '日', '号', '名');
const piece = fc.oneof({ weight: 12, arbitrary: ideograph }, { weight: 3, arbitrary: mark }, word, unit);
const prose = fc.array(piece, { minLength: 1, maxLength: 120 }).map((parts) => parts.join('').replace(/[\t\r\n]/g, ''));

describe('typesetting', () => {
  it(`begins and ends no line wrongly, loses nothing and stays inside the block, for ${LINES} lines of any text`, () => {
    let count = 0;
    const cells = fc.integer({ min: 6, max: 28 });
    const property = fc.property(prose, cells, fc.integer({ min: 0, max: 2 }), (text, width, indent) => {
      const lines = set(text, width, { indent: indent * CELL });
      count += lines.length;
      expect(lines.map((line) => line.text).join('')).toBe(text);
      lines.forEach((line, index) => {
        expect(line.right).toBeLessThanOrEqual(width * CELL + 0.02);
        const drawn = line.glyphs.filter((glyph) => glyph.grapheme.text !== ' ');
        for (const glyph of drawn) expect(glyph.x).toBeGreaterThanOrEqual(-0.51 * CELL);
        const next = lines[index + 1];
        if (next === undefined) return;
        if (breaksWrongly(line.text, next.text)) expect(hasNoBetterPlace(line.text)).toBe(true);
        if (partsDate(line.text, next.text)) expect(goodPlaces(line.text)).toEqual([]);
      });
    });
    for (let batch = 0; count < LINES; batch++) fc.assert(property, { numRuns: 500, seed: SEED + batch });
    expect(count).toBeGreaterThanOrEqual(LINES);
  });

  it('gives the same lines for the same text', () => {
    fc.assert(
      fc.property(prose, (text) => {
        expect(JSON.stringify(set(text).map(places))).toBe(JSON.stringify(set(text).map(places)));
      }),
      { numRuns: runs(100) },
    );
  });

  it.each([
    ['a number from 年', `${'学'.repeat(25)}2026年`],
    ['a number from 号', `${'学'.repeat(26)}17号`],
    ['a day from 日', `${'学'.repeat(26)}15日内`],
    ['a Chinese numeral from 月', `${'学'.repeat(27)}二月`],
    ['〔2026〕 from 3号', `${'学'.repeat(23)}〔2026〕3号`],
    ['附件 from its number', `${'学'.repeat(27)}件4`],
    ['第 from its number', `${'学'.repeat(27)}第3次`],
    ['the halves of ——', `${'学'.repeat(27)}——记`],
    ['the halves of ……', `${'学'.repeat(27)}……等`],
    ['a word', `${'学'.repeat(26)}Minh`],
  ])('never parts %s', (_, text) => {
    const [first, second] = set(text);
    expect(first?.text).toMatch(/学$/);
    expect(`${first?.text}${second?.text}`).toBe(text);
  });

  it('spreads what is left over a full line up to both edges', () => {
    const [first] = set(`${'学'.repeat(27)}2026年${'学'.repeat(9)}`);
    expect(first?.left).toBe(0);
    expect(first?.right).toBeCloseTo(28 * CELL, 1);
  });

  it('squeezes neighbouring marks into one and a half cells', () => {
    const width = (text: string) => set(text)[0]?.glyphs.at(-1)?.x ?? 0;
    expect(width('学》，学') - width('学学学')).toBeCloseTo(CELL / 2, 1);
    expect(width('学（《学') - width('学学学')).toBeCloseTo(CELL / 2, 1);
  });

  it('lets a mark at the end of a line give up its empty half rather than pull a character down', () => {
    expect(set(`${'学'.repeat(27)}·。${'学'.repeat(5)}`)[0]?.text).toBe(`${'学'.repeat(27)}·。`);
  });

  it.each(['学', '学。', '学）。'])('leaves no lone character on the last line: …%s', (end) => {
    const text = `${'授'.repeat(28)}${end}`;
    const lines = set(text);
    expect(lines.map((line) => line.text).join('')).toBe(text);
    expect(lines[1]?.text).toBe(`授${end}`);
    expect(lines[0]?.right).toBeCloseTo(28 * CELL, 1);
  });

  it('keeps what is whole on one line, spaces and all', () => {
    const text = ['学'.repeat(20), { text: 'SHA-256：DBCC094B 2F20BB87…', whole: true }];
    const lines = typeset(text, { style: fonts.styles.fangsong, size: 16, cell: CELL, width: 28 * CELL });
    expect(lines.map((line) => line.text)).toEqual(['学'.repeat(20), 'SHA-256：DBCC094B 2F20BB87…']);
  });

  it('indents the first line by two and hangs the others', () => {
    const lines = set('学'.repeat(60), 28, { indent: 2 * CELL });
    expect(lines.map((line) => line.left)).toEqual([2 * CELL, 0, 0]);
  });

  it('keeps a short name on one line when there is room for it on the next', () => {
    const text = ['学'.repeat(26), { text: '欧阳铉喆', name: true }, '采集'];
    const lines = typeset(text, { style: fonts.styles.fangsong, size: 16, cell: CELL, width: 28 * CELL });
    expect(lines[1]?.text).toBe('欧阳铉喆采集');
  });

  it('parts an address longer than a line and loses nothing of it', () => {
    const address = `https://xwxx.lcu.edu.cn/${'a1b2c3d4'.repeat(20)}`;
    const lines = set(`核验网址：${address}`);
    expect(lines.map((line) => line.text).join('')).toBe(`核验网址：${address}`);
    expect(lines.length).toBeGreaterThan(2);
  });

  it('ends no line with an opening mark, even when spaces follow it', () => {
    for (const spaces of [' ', '   ']) {
      const lines = set(`，学《${spaces}学`, 6, { indent: 2 * CELL });
      expect(lines.map((line) => line.text.trimEnd()).filter((text) => text.endsWith('《'))).toEqual([]);
    }
  });

  it('sets an empty text as one empty line', () => {
    expect(set('').map((line) => line.text)).toEqual(['']);
  });
});

function places(line: Line): number[] {
  return line.glyphs.map(({ x }) => x);
}

function breaksWrongly(before: string, after: string): boolean {
  const last = [...before.trimEnd()].at(-1) ?? '';
  const first = [...after][0] ?? '';
  return barredAtEnd(last) || barredAtStart(first);
}

/** True when every place inside a line is as bad as its end: nothing but marks, one after the other. */
function hasNoBetterPlace(text: string): boolean {
  const characters = [...text];
  return characters.every((character, index) => {
    const next = characters[index + 1];
    if (next === undefined) return true;
    return next === ' ' || barredAtEnd(character) || barredAtStart(next) || character === ' '
      ? true
      : joined(character, next);
  });
}

function joined(before: string, after: string): boolean {
  return before === after && '—…'.includes(before);
}

function partsDate(before: string, after: string): boolean {
  return /[0-9〇零一二三四五六七八九十百千]$/.test(before) && /^[年月日号]/.test(after);
}

/** Where the line could have ended without parting a word, a date or a pair, or beginning and ending wrongly. */
function goodPlaces(text: string): string[] {
  const characters = [...text];
  return characters.slice(0, -1).flatMap((character, index) => {
    const next = characters[index + 1] ?? '';
    const latin = /[\x21-\x7e\p{Script=Latin}]/u;
    const bad =
      (latin.test(character) && latin.test(next)) ||
      [' ', ''].includes(next) ||
      barredAtEnd(character) ||
      barredAtStart(next) ||
      joined(character, next) ||
      partsDate(character, next);
    return bad || character === ' ' ? [] : [`${character}|${next}`];
  });
}
