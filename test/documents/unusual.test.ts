// Article 23: the report of unusual acts on paper – a working paper without a seal that says so on every page, however long it is.
import { beforeAll, describe, expect, it } from 'vitest';
import { type FontSet, loadFonts } from '../../src/documents/fonts/fonts.ts';
import { unusualPaper } from '../../src/documents/wording/wording-unusual.ts';
import { printWorkingPaper, UNSEALED } from '../../src/documents/working-paper.ts';
import { UNUSUAL_ACTS } from '../../src/regulation/responsibility/unusual-acts.ts';
import { keysOf } from '../../src/regulation/vocabulary.ts';
import { has, needing } from '../support/outside.ts';
import { judge, objectsOf, textOf } from './judges.ts';

let fonts: FontSet;
beforeAll(async () => {
  fonts = await loadFonts();
});

const NAMES = ['刘洋', '买买提·吐尔逊·阿卜杜拉·乌斯曼江', '欧阳\u{30000}娜', 'Nguyễn Thị Minh Khai', null];
const CODES = keysOf(UNUSUAL_ACTS);
function paperOf(count: number, mostOfAKind = 200) {
  const findings = Array.from({ length: count }, (_, at) => ({
    ...{ code: CODES[(at * 7) % CODES.length] ?? 'outside-hours', officerName: NAMES[at % NAMES.length] ?? null },
    ...{ first: '2026-07-02 22:00:00', last: '2026-07-03 03:10:00', found: `row-${at}-of-it`, expected: '≤ 5' },
  }));
  return unusualPaper({
    ...{ institutionCode: '10447', institutionName: '聊城大学', from: '2026-06-01', until: '2026-12-31' },
    ...{ askedBy: '监察员', askedAt: '2026-12-31 10:12', mostOfAKind, findings },
  });
}
async function pieces(count: number): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  const options = { fonts, createdAt: new Date('2026-12-31T02:12:00Z') };
  for await (const piece of printWorkingPaper(paperOf(count), options)) all.push(piece);
  return all;
}
const print = async (count: number) => new Uint8Array(Buffer.concat(await pieces(count)));
const pagesOf = (bytes: Uint8Array) =>
  [...objectsOf(bytes).values()].filter(
    (one) => one !== null && typeof one === 'object' && !Array.isArray(one) && one['/Type'] === '/Page',
  ).length;

describe('Article 23: the report of unusual acts', () => {
  it('has the same bytes for the same findings, and is sent in pieces of a few pages', async () => {
    const all = await pieces(70);
    expect(Buffer.compare(Buffer.concat(all), Buffer.from(await print(70)))).toBe(0);
    expect(all.length).toBeGreaterThan(4);
  });

  it('is no document: neither seal nor place for a signature', async () => {
    const text = Buffer.from(await print(3)).toString('latin1');
    for (const part of ['/ByteRange', '/AcroForm', '/Widget', '/Multiply']) expect(text).not.toContain(part);
  });

  it('names the kinds of which it tells only the newest', () => {
    expect(JSON.stringify(paperOf(32, 2).lead)).toContain('只列最近2条');
    expect(JSON.stringify(paperOf(32, 3).lead)).not.toContain('只列最近');
  });

  it.skipIf(!has('qpdf') || !has('pdftotext'))(
    needing('pdftotext', 'is sound, loses no row, and repeats heads, page numbers and what it is on every page'),
    async () => {
      for (const count of [0, 1, 70]) {
        const bytes = await print(count);
        expect(judge(bytes, 'qpdf', ['--check', '{}'])).toContain('No syntax or stream encoding errors');
        const text = textOf(bytes);
        const pages = pagesOf(bytes);
        const times = (part: string) => text.split(part).length - 1;
        expect(times(UNSEALED.replace('　', ''))).toBe(pages);
        for (let page = 1; page <= pages; page++) expect(times(`—${page}—`), `page ${page}`).toBe(1);
        for (let row = 0; row < count; row++) expect(times(`row-${row}-of-it`), `row ${row}`).toBe(1);
        expect(text).toContain('不作为认定违规、追究责任的依据');
        if (count === 0) expect(text).toContain('该期间内没有异常操作提示。');
        if (count < 70) continue;
        // All pages but those that hold nothing else than what the kinds mean.
        expect(times('人员首次末次')).toBeGreaterThanOrEqual(pages - 2);
        expect(text).toContain('欧阳〔U+30000〕娜');
      }
    },
  );
});
