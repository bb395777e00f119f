// Article 17: the notice that publishes statistics, as a tagged document with a chart that is told in words.
import { beforeAll, describe, expect, it } from 'vitest';
import { type FontSet, loadFonts } from '../../src/documents/fonts/fonts.ts';
import { BLOCK, GRID, SIZE } from '../../src/documents/page.ts';
import { renderLetter } from '../../src/documents/render.ts';
import type { Line } from '../../src/documents/typeset/boxes.ts';
import { typeset } from '../../src/documents/typeset/typeset.ts';
import { type StatisticsData, statisticsNotice } from '../../src/documents/wording/wording-statistics.ts';
import { contentOf } from '../../src/regulation/statistics/content.ts';
import type { Group } from '../../src/regulation/statistics/cube.ts';
import { protectedCube } from '../../src/regulation/statistics/protect.ts';
import { last } from '../support/last.ts';
import { has, needing } from '../support/outside.ts';
import { judge, objectsOf, textOf } from './judges.ts';

let fonts: FontSet;
beforeAll(async () => {
  fonts = await loadFonts();
});

const MAJORS = ['计算机科学与技术', '汉语言文学', '材料科学与工程', '数学与应用数学'];
/** A university with so many majors, most with women and men, one with two men. */
function groupsOf(majors: number): Group[] {
  return Array.from({ length: majors }, (_, at): Group[] => {
    const field = String((at % 13) + 1).padStart(2, '0');
    const of = { category: 'regular-bachelor', discipline: `${field}${String(at).padStart(2, '0')}01` } as const;
    const mainland = { ...of, nationality: 'mainland' } as const;
    return [
      { ...mainland, sex: 'female', count: 20 + ((at * 7) % 31) },
      { ...mainland, sex: 'male', count: at === 3 ? 2 : 15 + ((at * 5) % 23) },
    ];
  }).flat();
}

function noticeOf(groups: readonly Group[], more: Partial<StatisticsData> = {}) {
  const safe = last(protectedCube(groups, 5));
  if (!safe) throw new Error('nothing can be published');
  const names = new Map(groups.map(({ discipline }, at) => [discipline, MAJORS[at % MAJORS.length] ?? '']));
  const content = contentOf(2026, safe, names);
  const digest = 'dbcc094b2f20bb87d6bc4ec63b99e1a063f1d24adb85426a665062804c50842a';
  return statisticsNotice({
    ...{ institutionCode: '10447', institutionName: '聊城大学', senderName: '聊城大学学位评定委员会办公室' },
    ...{
      documentNumber: '聊大学位办函〔2027〕3号',
      date: '2027-01-08',
      asOf: '2027-01-08',
      version: 1,
      replaces: null,
    },
    ...{ content, seal: { text: '聊城大学学位评定委员会办公室', diameterMm: 42, demo: true } },
    verification: { code: '7QK3-M9TD-2F8A', url: 'https://degrees.example/v/7QK3-M9TD-2F8A', dataDigest: digest },
    machineData: { year: 2026 },
    ...more,
  });
}
/** The widest room in a line between two full-width characters beyond their cells, in points. */
function looseness({ glyphs }: Line): number {
  return glyphs.reduce((most, { grapheme, x }, at) => {
    const next = glyphs[at + 1];
    if (next === undefined || grapheme.western || next.grapheme.western) return most;
    return Math.max(most, next.x - x - GRID.cell);
  }, 0);
}
const render = (letter: ReturnType<typeof noticeOf>, draft = false) =>
  renderLetter(letter, { fonts, draft, createdAt: new Date('2027-01-08T02:00:00Z') });

describe('Article 17: the notice of statistics', () => {
  it('has the same bytes for the same figures', async () => {
    const one = await render(noticeOf(groupsOf(30)));
    expect(Buffer.compare(await render(noticeOf(groupsOf(30))), one)).toBe(0);
    expect(Buffer.compare(await render(noticeOf(groupsOf(31))), one)).not.toBe(0);
  });

  it('is addressed to nobody, and names the version whose place it takes', () => {
    const letter = noticeOf(groupsOf(5), { version: 2, replaces: '聊大学位办函〔2026〕41号' });
    expect(letter.addressees).toEqual([]);
    expect(JSON.stringify(letter.body)).toContain('第2版，自发布之日起取代聊大学位办函〔2026〕41号');
    expect(letter.closing).toBe('特此通告。');
  });

  it('has no line that is pulled apart, whatever numbers and names it holds', () => {
    const setting = { style: fonts.styles.fangsong, size: SIZE.body, cell: GRID.cell, width: BLOCK.width };
    for (const prefix of ['聊大学位办函', '东理学位', '山一大学位办函', '校学位字']) {
      for (const [version, number] of [
        [2, 1],
        [2, 41],
        [13, 207],
      ] as const) {
        const { body } = noticeOf(groupsOf(version * 5), { version, replaces: `${prefix}〔2026〕${number}号` });
        for (const part of body) {
          if ('kind' in part) continue;
          for (const line of typeset(part.text, { ...setting, indent: 2 * GRID.cell })) {
            expect(looseness(line), line.text).toBeLessThan(0.2 * GRID.cell);
          }
        }
      }
    }
  });

  it('shows * for what is suppressed, and never the number', () => {
    const [, , third] = noticeOf(groupsOf(12)).annexes;
    const table = third?.parts[0]?.table;
    if (table?.kind !== 'list') throw new Error('no table');
    const row = table.rows.find(([label]) => label?.startsWith('040301'));
    expect(row).toContain('*');
    expect(row).not.toContain('2');
    expect(table.rows.at(-1)?.[0]).toBe('合计');
  });

  it('tells what its chart shows in words, for who cannot see it', async () => {
    const [first] = noticeOf(groupsOf(12)).annexes;
    const alt = first?.parts[0]?.chart?.alt ?? '';
    expect(alt).toMatch(/^条形图，2026年学位授予人数。普通高等教育本科学士：男\d+人，女\d+人。$/);
  });

  it('leaves out what is withheld, and says so', () => {
    const few = ['0101', '0102', '0103', '0104', '0105', '0106'].map((code): Group => {
      return { ...{ category: 'academic-master', discipline: code, sex: 'male', nationality: 'mainland' }, count: 1 };
    });
    const letter = noticeOf(few);
    expect(JSON.stringify(letter.body)).toContain('本年度人数较少，不按');
    expect(letter.annexes.every(({ title }) => !title.includes('学科专业'))).toBe(true);
  });

  it.skipIf(!has('qpdf'))(
    needing('qpdf', 'is sound, short or long, and its figure has an alternative text'),
    async () => {
      for (const majors of [1, 12, 150]) {
        const bytes = await render(noticeOf(groupsOf(majors)));
        expect(judge(bytes, 'qpdf', ['--check', '{}'])).toContain('No syntax or stream encoding errors');
        const figures = [...objectsOf(bytes).values()].filter(
          (object) =>
            object !== null && typeof object === 'object' && !Array.isArray(object) && object['/S'] === '/Figure',
        );
        expect(figures.some((figure) => JSON.stringify(figure).includes('条形图'))).toBe(true);
      }
    },
  );

  it.skipIf(!has('pdftotext'))(needing('pdftotext', 'repeats the head of a table on every page'), async () => {
    const text = textOf(await render(noticeOf(groupsOf(150))));
    expect(text.split('一级学科、专业学位类别或本科专业').length - 1).toBeGreaterThan(8);
    expect(text).toContain('特此通告。');
  });
});
