// Article 6: a resolution has one number, however it is typed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secondEntryViolations } from '../../../src/regulation/cross-check/sample.ts';
import { resolutionViolations, takenNumberViolations } from '../../../src/regulation/resolution/resolution.ts';
import {
  isSameResolutionNumber,
  normalizeResolutionNumber,
  resolutionNumberViolations,
} from '../../../src/regulation/resolution/resolution-number.ts';
import { resolutionMatchViolations } from '../../../src/regulation/resolution/roster.ts';
import { runs } from '../../support/chance.ts';
import { codes, sample } from '../samples.ts';

const OFFICIAL = '聊大学位〔2026〕1号';
const TYPED = [
  ...['聊大学位[2026]1号', '聊大学位［2026］1号', '聊大学位(2026)1号', '聊大学位（2026）1号', '聊大学位【2026】1号'],
  ...[
    '聊大学位〔２０２６〕１号',
    '聊大学位［２０２６］１号',
    ' 聊大学位 〔 2026 〕 1 号 ',
    '聊大学位〔2026年〕1号',
    '聊大学位﹝2026﹞1号',
  ],
];

describe('Article 6: the number of a resolution', () => {
  it.each(TYPED)('%s is the official one', (typed) => {
    expect(normalizeResolutionNumber(typed)).toBe(OFFICIAL);
    expect(isSameResolutionNumber(typed, OFFICIAL)).toBe(true);
    expect(takenNumberViolations(typed, ['聊大学位〔2026〕2号', OFFICIAL])).toMatchObject([
      { code: 'resolution-number-taken', path: 'number', found: typed, expected: `≠ ${OFFICIAL}` },
    ]);
    // One that was kept before numbers had one form is found, too.
    expect(codes(takenNumberViolations(OFFICIAL, [typed]))).toEqual(['resolution-number-taken@number']);
  });

  it.each(['聊大学位〔2026〕11号', '聊大学位〔2025〕1号', '聊大学位〔2026〕撤1号', '聊大学位20261号', 'LCU 2026-1'])(
    '%s is another',
    (other) => {
      expect(isSameResolutionNumber(other, OFFICIAL)).toBe(false);
      expect(takenNumberViolations(other, [OFFICIAL])).toEqual([]);
      expect(resolutionNumberViolations(normalizeResolutionNumber(other))).toEqual([]);
    },
  );

  it('keeps the space that parts two numbers', () => {
    expect(normalizeResolutionNumber('LCU  2026 1')).toBe('LCU 2026 1');
    expect(isSameResolutionNumber('LCU 2026 1', 'LCU 20261')).toBe(false);
  });

  it('has one form, whichever brackets, widths and spaces it was typed with', () => {
    const bracket = fc.constantFrom('〔〕', '[]', '［］', '()', '（）', '【】', '「」', '﹝﹞');
    const wide = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    fc.assert(
      fc.property(
        ...([
          bracket,
          fc.integer({ min: 1980, max: 2099 }),
          fc.integer({ min: 1, max: 999 }),
          fc.boolean(),
          fc.constantFrom('', ' ', '\u3000'),
        ] as const),
        ([open = '', close = ''], year, order, full, space) => {
          const typed = `聊大学位${space}${open}${year}${close}${space}${order}号`;
          expect(normalizeResolutionNumber(full ? wide(typed) : typed)).toBe(`聊大学位〔${year}〕${order}号`);
        },
      ),
    );
  });

  it('is normalised once and for all', () => {
    const unit = fc.oneof(
      fc.constantFrom(...'〔[（(2026)）]〕年号 a1\u3000－'),
      fc.string({ unit: 'binary', maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.string({ unit }), (raw) => {
        const once = normalizeResolutionNumber(raw);
        expect(normalizeResolutionNumber(once)).toBe(once);
      }),
      { numRuns: runs(300) },
    );
  });

  it.each([
    ['<b>聊大学位〔2026〕1号</b>', 'U+003C #1, U+003E #3'],
    ['聊大学位〔2026〕1号&', 'U+0026 #13'],
    ['聊大学位〔2026〕1号😀', 'U+1F600 #13'],
    ['聊大学位〔2026〕1=号', 'U+003D #12'],
  ])('refuses %s', (number, found) => {
    const [wrong, ...more] = resolutionNumberViolations(number);
    expect(wrong).toMatchObject({ code: 'resolution-number-malformed', path: 'number', article: '6', found });
    expect(wrong?.expected).toContain('〔〕');
    expect(more).toEqual([]);
    const votes = { members: 25, present: 21, yes: 20, no: 0, abstain: 1 };
    const days = { decidedOn: '2026-06-21', effectiveOn: '2026-06-21' };
    const whole = { number, meeting: '第三次会议', headName: '李校长', chairName: '李校长', ...votes, ...days };
    expect(codes(resolutionViolations(whole))).toContain('resolution-number-malformed@number');
  });

  it('Article 9: a record that types it otherwise agrees, another number does not', () => {
    const resolution = { number: OFFICIAL, headName: '李校长', chairName: '李校长' };
    for (const resolutionNumber of TYPED) {
      const record = sample('regular-bachelor', { resolutionNumber });
      expect(codes(resolutionMatchViolations(record, resolution))).toEqual([]);
      expect(codes(secondEntryViolations({ ...record, resolutionNumber: OFFICIAL }, record))).toEqual([]);
    }
    const other = sample('regular-bachelor', { resolutionNumber: '聊大学位〔2026〕2号' });
    expect(codes(resolutionMatchViolations(other, resolution))).toEqual(['resolution-mismatch@resolutionNumber']);
  });
});
