// Article 11(2): the size of a sample, when it is complete, and when too much of it is wrong.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  exceedsLimit,
  findingViolations,
  overrulingViolations,
  sampleSize,
  sampleViolations,
  secondEntryViolations,
} from '../../../src/regulation/cross-check/sample.ts';
import {
  parseSecondEntry,
  readSecondEntryHeader,
  SECOND_ENTRY_TEMPLATE,
} from '../../../src/regulation/standard/second-entry-template.ts';

describe('Article 11(2): how many are looked at in person', () => {
  it('the percentage, rounded up, at least one and never more than there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 200_000 }), (percent, population) => {
        const size = sampleSize(percent, population);
        expect(size).toBeGreaterThanOrEqual(1);
        expect(size).toBeLessThanOrEqual(population);
        expect(size * 100).toBeGreaterThanOrEqual(percent * population);
        expect((size - 1) * 100).toBeLessThan(percent * population);
      }),
    );
    expect([sampleSize(5, 100), sampleSize(5, 101), sampleSize(1, 3), sampleSize(100, 7)]).toEqual([5, 6, 1, 7]);
    expect([sampleSize(0, 100), sampleSize(10, 0)]).toEqual([0, 0]);
  });
});

describe('Article 11(2): when too much is wrong', () => {
  it('strictly above the limit; of everybody nothing more can be asked', () => {
    const draw = { sampled: 20, limit: 5, whole: false };
    expect([0, 1, 2].map((wrong) => exceedsLimit({ ...draw, wrong }))).toEqual([false, false, true]);
    expect(exceedsLimit({ ...draw, wrong: 20, whole: true })).toBe(false);
    expect(exceedsLimit({ sampled: 3, wrong: 1, limit: 0, whole: false })).toBe(true);
  });

  it('all that stands in the way at once: how many are not drawn, not examined, and rate and limit', () => {
    const exceeded = { sampled: 8, wrong: 1, limit: 5, whole: false };
    const found = sampleViolations({ undrawn: 2, outstanding: 3, sampled: 8, exceeded });
    expect(found.map(({ code, found: what, expected }) => [code, what, expected])).toEqual([
      ['sample-not-drawn', '2', '0'],
      ['sample-not-examined', '3 / 8', '0 / 8'],
      ['sample-error-rate', '12.5 %', '≤ 5 %'],
    ]);
    expect(sampleViolations({ undrawn: 0, outstanding: 0, sampled: 8, exceeded: null })).toEqual([]);
  });
});

describe('Article 11(2): what a checker says', () => {
  const codes = (finding: Partial<Parameters<typeof findingViolations>[0]>) =>
    findingViolations({ agrees: true, wrong: [], ...finding }).map(({ code, path }) => `${code}@${path}`);
  const name = { field: 'name', words: '“彬”误作“斌”' };

  it('agrees, or names fields with words', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ agrees: false, wrong: [name] })).toEqual([]);
    expect(codes({ agrees: false })).toEqual(['finding-unclear@wrong']);
    expect(codes({ wrong: [name] })).toEqual(['finding-unclear@wrong']);
    expect(codes({ agrees: false, wrong: [{ field: '__proto__', words: ' ' }, name, name] })).toEqual([
      'finding-field@wrong[0].field',
      'finding-words-missing@wrong[0].words',
      'finding-field@wrong[2].field',
    ]);
  });

  it('nothing that no reader sees', () => {
    expect(codes({ agrees: false, wrong: [{ field: 'name', words: 'a\u202eb' }] })).toEqual([
      'text-unreadable-character@wrong[0].words',
    ]);
  });

  it('no earlier finding is overruled in silence, nor by who found it', () => {
    const overruling = { foundWrongBy: ['one', 'two'], reasonLength: 10 };
    const found = (officer: string, note: string) =>
      overrulingViolations(overruling, { officerId: officer }, note).map(({ code, found: length }) => [code, length]);
    expect(found('three', '')).toEqual([['overruling-reason-too-short', '0']]);
    expect(found('three', '……原件无误。。。。。。')).toEqual([['overruling-reason-too-short', '4']]);
    expect(found('two', '原件复印件有污迹，经核对原件无误')).toEqual([['overruled-by-finder', undefined]]);
    expect(found('three', '原件复印件有污迹，经核对原件无误')).toEqual([]);
  });
});

describe('Article 11(2): the blind second entry', () => {
  const heads = SECOND_ENTRY_TEMPLATE.map(({ heading }) => heading);
  const cells = [
    '3',
    '2022000003',
    ' 买买提•吐尔逊 ',
    '教育学学士学位',
    '040107',
    '2026/6/20',
    '1044742026000003',
    '聊大学位〔2026〕1号',
  ];
  const on = '2026-06-20';

  it('is normalised by the cell rules of an import', () => {
    const header = readSecondEntryHeader(heads);
    if ('violations' in header) throw new Error('the header was refused');
    const { row } = parseSecondEntry(header, cells, { on });
    expect(row).toEqual({
      ...{ sequence: 3, studentNumber: '2022000003' },
      values: {
        ...{ name: '买买提·吐尔逊', degreeCategory: '404', disciplineCode: '040107', conferralDate: '2026-06-20' },
        ...{ certificateNumber: '1044742026000003', resolutionNumber: '聊大学位〔2026〕1号' },
      },
    });
  });

  it('names every cell that cannot be read, and every heading that is missing', () => {
    const header = readSecondEntryHeader(heads);
    if ('violations' in header) throw new Error('the header was refused');
    const bad = ['0', '', '', '999', '040107', '2026-02-30', '1.04E+15', ''];
    const found = parseSecondEntry(header, bad, { on }).violations.map(({ path }) => path);
    expect(found.sort()).toEqual(
      ['certificateNumber', 'conferralDate', 'degreeCategory', 'name', 'resolutionNumber', 'sequence'].sort(),
    );
    const missing = readSecondEntryHeader(heads.slice(0, 5));
    expect('violations' in missing && missing.violations.length).toBeGreaterThan(0);
  });

  it('differs field by field, with both values', () => {
    const { row } = parseSecondEntry(SECOND_ENTRY_TEMPLATE, cells, { on });
    if (!row) throw new Error('the row was refused');
    expect(secondEntryViolations(row.values, row.values)).toEqual([]);
    expect(secondEntryViolations(row.values, { ...row.values, certificateNumber: '1044742026000004' })).toMatchObject([
      { path: 'certificateNumber', found: '1044742026000003', expected: '1044742026000004' },
    ]);
  });
});
