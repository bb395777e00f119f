// Where sender, date and seal stand on the finished page (GB/T 9704-2012, 7.3.5), measured with poppler and qpdf for letters of every length.
import { beforeAll, describe, expect, it } from 'vitest';
import { type FontSet, loadFonts } from '../../src/documents/fonts/fonts.ts';
import { renderApplication } from '../../src/documents/render.ts';
import type { DataByKind, DocumentKind } from '../../src/documents/wording/data.ts';
import { has, needing } from '../support/outside.ts';
import { judge, objectsOf, type Shown } from './judges.ts';
import { deletion, revocation, sample } from './sample.ts';

const createdAt = new Date('2026-03-18T02:00:00Z');
const HEIGHT = 841.89;
const LINE = 28.99;
const BLOCK = { left: 79.37, right: 521.57, bottom: 742.68 };
const SENTENCE = '因业务系统更换，原系统中的学籍学历信息未能及时迁移，经多次核对方告完成。';
let fonts: FontSet;

beforeAll(async () => {
  fonts = await loadFonts();
});

interface Word {
  text: string;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface Page {
  words: Word[];
  text: string;
}

function pagesOf(bytes: Uint8Array): Page[] {
  const xml = judge(bytes, 'pdftotext', ['-bbox', '{}', '-']);
  return xml
    .split('<page ')
    .slice(1)
    .map((page) => {
      const words = [...page.matchAll(/<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)<\/word>/g)].map(
        ([, left, top, right, bottom, text]): Word => ({
          text: text ?? '',
          ...{ left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom) },
        }),
      );
      return { words, text: words.map(({ text }) => text).join('') };
    });
}

/** The rectangle of the seal, y downwards, and the number of its page. */
function sealOf(bytes: Uint8Array): { page: number; left: number; top: number; right: number; bottom: number } {
  const objects = objectsOf(bytes);
  const dictionary = (value: Shown | undefined) => (value ?? {}) as Record<string, Shown>;
  const widgets = [...objects].filter(([, value]) => dictionary(value)['/Subtype'] === '/Widget');
  expect(widgets).toHaveLength(1);
  const field = dictionary(widgets[0]?.[1]);
  const [left = 0, low = 0, right = 0, high = 0] = field['/Rect'] as number[];
  const tree = [...objects.values()].find((value) => dictionary(value)['/Type'] === '/Pages');
  const page = (dictionary(tree)['/Kids'] as string[]).indexOf(field['/P'] as string);
  return { page, left, right, top: HEIGHT - high, bottom: HEIGHT - low };
}

async function check<Kind extends DocumentKind>(kind: Kind, data: DataByKind[Kind]): Promise<void> {
  const bytes = await renderApplication(kind, data, { fonts, draft: false, createdAt });
  const pages = pagesOf(bytes);
  const seal = sealOf(bytes);
  const page = pages[seal.page];
  if (page === undefined) throw new Error('no page');
  // Where the seal is, there is text of the letter, and the end of it.
  expect(page.text).toContain(kind === 'revocation-report' ? '特此报告。' : '妥否，请批示。');
  expect(pages.map(({ text }) => text).join('')).not.toContain('此页无正文');
  const date = page.words.filter(({ text, top }) => text.includes('2026年3月18日') && top < BLOCK.bottom)[0];
  const above = page.words.filter(({ bottom }) => bottom < (date?.bottom ?? 0) - 4);
  const sender = above.filter(({ top }) => top > seal.top + 8);
  expect(date, 'the date').toBeDefined();
  expect(
    data.senderName.endsWith(
      sender
        .map(({ text }) => text)
        .join('')
        .slice(-6),
    ),
  ).toBe(true);
  if (date === undefined) return;
  const middle = (seal.top + seal.bottom) / 2;
  const last = page.words.filter(({ top, bottom }) => bottom < seal.bottom && top < seal.top + 8).at(-1);
  // One line of the text above, at most, lies between text and seal; the ink of a line is 16 of its 29 points.
  expect(seal.top - (last?.bottom ?? 0)).toBeLessThan(LINE + 2);
  expect(seal.top - (last?.bottom ?? 0)).toBeGreaterThan(-2);
  for (const word of [...sender, date]) {
    // Pressed, and under the middle.
    expect((word.top + word.bottom) / 2).toBeGreaterThan(middle);
    expect(word.top).toBeLessThan(seal.bottom);
    expect(word.right).toBeLessThanOrEqual(BLOCK.right + 1);
    expect(word.left).toBeGreaterThanOrEqual(BLOCK.left - 1);
  }
  const pressed = sender.filter(({ left, right }) => left < seal.right && right > seal.left);
  expect(pressed.length).toBeGreaterThan(0);
  expect((date.left + date.right) / 2).toBeCloseTo((seal.left + seal.right) / 2, 0);
  // Four cells are free on the right of the date, and the seal stays on the block.
  expect(BLOCK.right - date.right).toBeCloseTo(4 * 15.79, -1);
  expect(seal.bottom).toBeLessThanOrEqual(BLOCK.bottom + 1);
  // Nothing under the seal but the contact, the copies and the page number.
  for (const { text, top, bottom, left, right } of page.words) {
    const under = top > date.bottom && text !== '' && left < seal.right && right > seal.left;
    if (under) expect(`${text} ${bottom > seal.bottom && top >= seal.bottom - 6}`).toBe(`${text} true`);
  }
}

/** Both judges are needed: the one that is not there, or else the second. */
const JUDGE = has('qpdf') ? 'pdftotext' : 'qpdf';

describe('GB/T 9704: signature block and seal', () => {
  it.skipIf(!has(JUDGE))(needing(JUDGE, 'stand right at the end of a letter of any length'), async () => {
    for (let parts = 1; parts <= 18; parts++) {
      const reason = Array.from({ length: parts }, () => SENTENCE).join(parts % 3 === 0 ? '\n' : '');
      const { contact, ...rest } = sample(2, { reason });
      await check('supplementary-report', parts % 2 === 0 || contact === undefined ? rest : { ...rest, contact });
    }
  });

  it.skipIf(!has(JUDGE))(needing(JUDGE, 'stand above the copies of a report of any length'), async () => {
    for (let parts = 1; parts <= 15; parts++) {
      const facts = Array.from({ length: parts }, () => SENTENCE).join('');
      const { contact, ...rest } = revocation(1, { facts });
      await check('revocation-report', parts % 2 === 0 || contact === undefined ? rest : { ...rest, contact });
    }
  });

  it.skipIf(!has(JUDGE))(needing(JUDGE, 'fit seals of every size'), async () => {
    for (let diameterMm = 36; diameterMm <= 45; diameterMm++) {
      await check('deletion-request', deletion(1, { seal: { text: '聊城大学', diameterMm, demo: true } }));
    }
  });

  it.skipIf(!has(JUDGE))(needing(JUDGE, 'hold a sender too long for one line'), async () => {
    for (const length of [10, 14, 20, 30]) {
      const senderName = `${'某'.repeat(length)}科学技术职业大学学位评定委员会办公室`;
      await check('deletion-request', deletion(1, { senderName }));
    }
  });
});
