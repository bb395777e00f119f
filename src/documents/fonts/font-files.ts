// Where typefaces are looked for, and how one file is read and refused.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { create } from 'fontkit';
import { type Face, makeFace } from './face.ts';

/** A font file that cannot be embedded; says in Chinese and in English what was found and what is expected. */
export class UnusableFont extends Error {
  readonly zh: string;
  readonly en: string;

  constructor(path: string, zh: string, en: string) {
    super(`The font ${path} cannot be used: ${en}`);
    this.name = 'UnusableFont';
    this.zh = `字体文件 ${path} 无法使用：${zh}`;
    this.en = this.message;
  }
}

const require = createRequire(import.meta.url);

/** The faces that come with npm packages. */
export const PACKAGED = {
  song: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  seal: '@expo-google-fonts/noto-serif-sc/600SemiBold/NotoSerifSC_600SemiBold.ttf',
  title: '@expo-google-fonts/noto-serif-sc/900Black/NotoSerifSC_900Black.ttf',
  hei: '@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf',
  latin: '@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf',
} as const;

/** Absolute path of a packaged face. */
export function packagedPath(role: keyof typeof PACKAGED): string {
  return require.resolve(PACKAGED[role]);
}

const FOLDERS = [
  '/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol',
  '/usr/share/texmf/fonts/opentype/public/fandol',
  '/usr/share/fonts/opentype/fandol',
  '/usr/share/fonts/truetype',
  '/usr/share/fonts/windows',
  '/usr/local/share/fonts',
  join(homedir(), '.local/share/fonts'),
  join(homedir(), '.fonts'),
  'C:\\Windows\\Fonts',
  '/Library/Fonts',
  '/System/Library/Fonts/Supplemental',
  join(homedir(), 'Library/Fonts'),
  '/Applications/Microsoft Word.app/Contents/Resources/DFonts',
];

const FILES = {
  fangsong: ['simfang.ttf', 'SIMFANG.TTF', 'FangSong.ttf', 'Fangsong.ttf', 'STFangsong.ttf', 'FandolFang-Regular.otf'],
  kaiti: ['simkai.ttf', 'SIMKAI.TTF', 'KaiTi.ttf', 'Kaiti.ttf', 'STKaiti.ttf', 'FandolKai-Regular.otf'],
} as const;

/** First file of the usual names in the usual places, or undefined. */
export function usualPath(role: keyof typeof FILES): string | undefined {
  for (const folder of FOLDERS) {
    for (const file of FILES[role]) {
      const path = join(folder, file);
      if (existsSync(path)) return path;
    }
  }
  return undefined;
}

/**
 * Reads and parses one font file.
 * @throws UnusableFont for a missing file, WOFF and WOFF2 (they would draw nothing), collections, and faces whose licence bits bar embedding.
 */
export function readFace(path: string): Face {
  if (!existsSync(path)) throw new UnusableFont(path, '文件不存在。', 'there is no such file.');
  const bytes = readFileSync(path);
  const signature = bytes.toString('latin1', 0, 4);
  if (signature === 'wOF2' || signature === 'wOFF') {
    throw new UnusableFont(
      path,
      '这是网页字体，请提供 TTF 或 OTF 文件。',
      'it is a web font; a TTF or OTF file is expected.',
    );
  }
  if (signature === 'ttcf') {
    throw new UnusableFont(
      path,
      '这是字体集合，请提供单个 TTF 或 OTF 文件。',
      'it is a collection; a single TTF or OTF is expected.',
    );
  }
  if (!['\0\x01\0\0', 'OTTO', 'true'].includes(signature)) {
    throw new UnusableFont(path, '不是 TTF 或 OTF 字体。', 'it is neither TTF nor OTF.');
  }
  const font = create(bytes);
  if (font['OS/2']?.fsType?.noEmbedding === true) {
    throw new UnusableFont(path, '字体许可不允许嵌入。', 'its licence bits forbid embedding.');
  }
  return makeFace(font, bytes, path);
}
