// Typefaces: which are used, what they cannot print, and which files are refused.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { packagedPath, UnusableFont, usualPath } from '../../src/documents/fonts/font-files.ts';
import { type FontSet, loadFonts, MissingGlyph, unprintable } from '../../src/documents/fonts/fonts.ts';
import { shapeText } from '../../src/documents/typeset/shape.ts';

let fonts: FontSet;

beforeAll(async () => {
  fonts = await loadFonts();
});

describe('typefaces', () => {
  it('reports which face plays which role, and where another stands in', () => {
    const roles = fonts.report.map((row) => row.role);
    expect(roles.slice(0, 7)).toEqual(['fangsong', 'kaiti', 'hei', 'title', 'song', 'seal', 'latin']);
    const fangsong = fonts.report[0];
    expect(fangsong?.fallback).toBe(usualPath('fangsong') === undefined);
    for (const row of fonts.report) expect(row.path).toMatch(/\.(ttf|otf)$/i);
  });

  it('uses a configured face, says where it is from, and that nothing stands in for it', async () => {
    const path = packagedPath('hei');
    const set = await loadFonts({ fangsong: path });
    expect(set.report[0]).toEqual({ role: 'fangsong', family: set.styles.hei.chain[0]?.family, path, fallback: false });
    expect(set.styles.fangsong.chain[0]?.path).toBe(path);
    // What it lacks still comes from 宋.
    expect(set.styles.fangsong.chain.map((face) => face.path)).toContain(packagedPath('song'));
  });

  it('parses the same set only once', async () => {
    expect(await loadFonts()).toBe(fonts);
    expect(await loadFonts({})).toBe(fonts);
  });

  it.each([
    ['a missing file', undefined, /no such file/],
    ['WOFF2, which would draw nothing', 'wOF2', /web font/],
    ['a collection', 'ttcf', /collection/],
    ['something else', '%PDF', /neither TTF nor OTF/],
  ])('refuses %s', async (_, signature, message) => {
    const path = join(mkdtempSync(join(tmpdir(), 'font-')), 'face.ttf');
    if (signature !== undefined) writeFileSync(path, `${signature}${'\0'.repeat(64)}`);
    const refused = loadFonts({ fangsong: path });
    await expect(refused).rejects.toBeInstanceOf(UnusableFont);
    await expect(refused).rejects.toThrow(message);
  });
});

describe('R8.1: whether a name can be printed', () => {
  it.each(['张㛃', '李䶮', '欧阳铉喆', '阿卜杜拉·买买提江', 'Nguyễn Thị Minh Khai', 'Ørsted', 'Иванов', '王𰻝'])(
    '%s can',
    (name) => {
      expect(unprintable(fonts, name)).toEqual([]);
    },
  );

  it.each([
    ['a private-use character', '张\ue000', 0xe000],
    ['the replacement character', '张\ufffd', 0xfffd],
    ['a control', '张\u0007', 7],
    ['a zero-width space', '张\u200b三', 0x200b],
    ['a direction mark', '张\u202e三', 0x202e],
    ['a lone surrogate', '张\ud800', 0xd800],
    ['a picture', '张😀', 0x1f600],
    ['an ideograph that no face has', '张𪚥', 0x2a6a5],
  ])('%s cannot, and is named', (_, text, codePoint) => {
    expect(unprintable(fonts, text).map((found) => found.codePoint)).toEqual([codePoint]);
  });

  it('names each character once', () => {
    expect(unprintable(fonts, '𪚥𪚥\ue000𪚥')).toHaveLength(2);
  });

  it('and setting such a text throws MissingGlyph with the code points, in Chinese and in English', () => {
    let thrown: unknown;
    try {
      shapeText(fonts.styles.fangsong, ['张𪚥']);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(MissingGlyph);
    if (!(thrown instanceof MissingGlyph)) return;
    expect(thrown.characters).toEqual([{ character: '𪚥', codePoint: 0x2a6a5 }]);
    expect(thrown.zh).toContain('U+2A6A5');
    expect(thrown.en).toContain('U+2A6A5');
  });

  it('finds unprintable exactly what cannot be set', () => {
    for (const character of '㛃䶮𰻝𪚥😀\ue000·—Éы') {
      let set = true;
      try {
        shapeText(fonts.styles.fangsong, [character]);
      } catch {
        set = false;
      }
      expect({ character, set }).toEqual({ character, set: unprintable(fonts, character).length === 0 });
    }
  });

  it('sets a whole name in one face, though the first face has most of it', () => {
    const { chain, latin } = fonts.styles.title;
    const [hei, song] = [fonts.styles.hei.chain[0], fonts.styles.song.chain[0]];
    if (hei === undefined || song === undefined) throw new Error('no faces');
    // 豈 (U+F900) is in the 黑 face only: with 宋 first, the whole name must move.
    const style = { chain: [song, hei, ...chain], latin };
    const faces = (name: boolean) => shapeText(style, [{ text: '张\uf900', name }]).map((one) => one.shape.face.family);
    expect(new Set(faces(false)).size).toBe(2);
    expect(new Set(faces(true)).size).toBe(1);
  });
});
