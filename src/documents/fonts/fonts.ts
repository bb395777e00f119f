// The set of typefaces a document is printed with, and the question whether a text can be printed at all.
import { centreLine, covers, type Face, isSelector } from './face.ts';
import { packagedPath, readFace, usualPath } from './font-files.ts';

/** A style of GB/T 9704: which faces are tried, in this order, for ideographs and for Latin letters and digits. */
export interface Style {
  chain: readonly Face[];
  latin: readonly Face[];
}

/** Roles of GB/T 9704-2012: 仿宋 body, 楷体 second heading, 黑体 first heading, 小标宋 title, 宋 page number. */
export type StyleName = 'fangsong' | 'kaiti' | 'hei' | 'title' | 'song';

/** Which face plays a role, for the start-up report. */
export interface FaceReport {
  role: string;
  family: string;
  path: string;
  /** True when the wanted face was not found and another stands in. */
  fallback: boolean;
}

/** Parsed faces, shared by all documents. */
export interface FontSet {
  report: readonly FaceReport[];
  styles: Readonly<Record<StyleName, Style>>;
  seal: Face;
  faces: readonly Face[];
}

/** Configured places of faces that no npm package has. */
export interface FontConfig {
  fangsong?: string;
  kaiti?: string;
  rare?: string[];
}

/** A character without a glyph in any face. */
export interface UnprintableCharacter {
  character: string;
  codePoint: number;
}

/** No face has a glyph for some characters; `characters` names them with their code points (R8.1: names are printed as they are). */
export class MissingGlyph extends Error {
  readonly characters: readonly UnprintableCharacter[];
  readonly zh: string;
  readonly en: string;

  constructor(characters: readonly UnprintableCharacter[]) {
    const list = characters.map(({ character, codePoint }) => `${character} (${codeName(codePoint)})`).join(', ');
    super(`No configured typeface has a glyph for ${list}. Configure a rare-character face that has them.`);
    this.name = 'MissingGlyph';
    this.characters = characters;
    this.en = this.message;
    this.zh = `现有字体无法印制下列字符：${characters.map((c) => `${c.character}（${codeName(c.codePoint)}）`).join('、')}。请配置含有这些字符的生僻字字体。`;
  }
}

/** U+4E2D for 0x4e2d. */
export function codeName(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

const sets = new Map<string, Promise<FontSet>>();

/**
 * Finds and parses the typefaces (about a second and 120 MB the first time; the same set afterwards).
 * @throws UnusableFont when a configured file is missing or cannot be embedded.
 */
export function loadFonts(config: FontConfig = {}): Promise<FontSet> {
  const key = JSON.stringify([config.fangsong, config.kaiti, config.rare]);
  let set = sets.get(key);
  if (set === undefined) {
    set = Promise.resolve().then(() => assemble(config));
    sets.set(key, set);
    // A failed start is not remembered: the file may be there the next time.
    set.catch(() => sets.delete(key));
  }
  return set;
}

function assemble(config: FontConfig): FontSet {
  const song = readFace(packagedPath('song'));
  const centre = centreLine(song);
  const aligned = (face: Face): Face => Object.assign(face, { lift: centre - centreLine(face) });
  const seal = readFace(packagedPath('seal'));
  const title = readFace(packagedPath('title'));
  const hei = readFace(packagedPath('hei'));
  const latin = readFace(packagedPath('latin'));
  const rare = (config.rare ?? []).map((path) => aligned(readFace(path)));
  const local = (role: 'fangsong' | 'kaiti'): Face | undefined => {
    const path = config[role] ?? usualPath(role);
    return path === undefined ? undefined : aligned(readFace(path));
  };
  const fangsong = local('fangsong');
  const kaiti = local('kaiti');

  const rest = [song, ...rare, hei];
  const style = (first: Face | undefined, own = false): Style => {
    const chain = first === undefined ? rest : [first, ...rest.filter((face) => face !== first)];
    return { chain, latin: own ? [chain[0] ?? song, latin] : [latin] };
  };
  const row = (role: string, face: Face, fallback = false): FaceReport => {
    return { role, family: face.family, path: face.path, fallback };
  };
  return {
    report: [
      row('fangsong', fangsong ?? song, fangsong === undefined),
      row('kaiti', kaiti ?? song, kaiti === undefined),
      row('hei', hei),
      row('title', title),
      row('song', song),
      row('seal', seal),
      row('latin', latin),
      ...rare.map((face) => row('rare', face)),
    ],
    styles: {
      fangsong: style(fangsong),
      kaiti: style(kaiti),
      hei: style(hei, true),
      title: style(title, true),
      song: style(song),
    },
    seal,
    faces: [song, title, hei, latin, ...rare, ...(fangsong ? [fangsong] : []), ...(kaiti ? [kaiti] : [])],
  };
}

/**
 * Characters of a text that no face can print: no glyph, or never printable (controls, private use, U+FFFD).
 * One bit test for each character, so that every record can be asked when it is entered. Each character is named once.
 */
export function unprintable(fonts: FontSet, text: string): UnprintableCharacter[] {
  const found = new Map<number, string>();
  const { chain, latin } = fonts.styles.fangsong;
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (codePoint >= 0x20 && codePoint < 0x7f) continue;
    if (isSelector(codePoint)) continue;
    const printable = !neverPrinted(codePoint) && (some(chain, codePoint) || some(latin, codePoint));
    if (!printable) found.set(codePoint, character);
  }
  return [...found].map(([codePoint, character]) => ({ character, codePoint }));
}

function some(faces: readonly Face[], codePoint: number): boolean {
  return faces.some((face) => covers(face, codePoint));
}

/** Controls, surrogates, private use, non-characters, direction marks and the replacement character. */
function neverPrinted(codePoint: number): boolean {
  return (
    codePoint < 0x20 ||
    (codePoint >= 0x7f && codePoint < 0xa0) ||
    (codePoint >= 0x200b && codePoint <= 0x200f) ||
    (codePoint >= 0x2028 && codePoint <= 0x202e) ||
    (codePoint >= 0x2060 && codePoint <= 0x206f) ||
    (codePoint >= 0xd800 && codePoint <= 0xf8ff) ||
    codePoint === 0xfeff ||
    (codePoint >= 0xfff0 && codePoint <= 0xffff) ||
    codePoint >= 0xf0000
  );
}
