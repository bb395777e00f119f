// Article 11(7): any layout that passes the rules can be printed, whatever people are called; what does not fit is refused, never cut.
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { renderCertificate } from '../../src/documents/certificate/certificate.ts';
import {
  filled,
  type SetField,
  setCertificate,
  TextsDoNotFit,
} from '../../src/documents/certificate/certificate-set.ts';
import { type FontSet, loadFonts, MissingGlyph, unprintable } from '../../src/documents/fonts/fonts.ts';
import { mm } from '../../src/documents/page.ts';
import { gradeBreaks, TORN } from '../../src/documents/typeset/breaks.ts';
import { plainText, shapeText } from '../../src/documents/typeset/shape.ts';
import { breakLines } from '../../src/documents/typeset/typeset.ts';
import {
  ALIGNMENTS,
  CERTIFICATE_FACES,
  type CertificateLayout,
  LAYOUT_FORMAT,
} from '../../src/regulation/templates/certificate-layout.ts';
import { judgeLayout } from '../../src/regulation/templates/certificate-layout-rules.ts';
import { sampleRecord } from '../../src/regulation/templates/certificate-samples.ts';
import { type CertificateValues, certificateValues } from '../../src/regulation/templates/certificate-values.ts';
import { keysOf } from '../../src/regulation/vocabulary.ts';
import { runs } from '../support/chance.ts';

let fonts: FontSet;
beforeAll(async () => {
  fonts = await loadFonts();
});

const OF = { institution: '10447', institutionName: '聊城大学', headName: '周明远', chairName: '郑国栋' };
const VALUES = certificateValues(
  sampleRecord({ ...OF, category: 'academic-master', conferralDate: '2026-06-20' }, 'ordinary'),
  OF,
);

const MUST = [
  '{name}',
  '{degreeName}',
  '{disciplineName}',
  '{certificateNumber}',
  '{conferralDate}',
  '{institutionName}',
];
const fixed = fc.string({ unit: fc.constantFrom(...'学位证书，。（）《》·— aA1年月日'), minLength: 1, maxLength: 30 });

/** A text in a row of its own; rows follow one another down the page. */
const row = fc.record({
  face: fc.constantFrom(...keysOf(CERTIFICATE_FACES)),
  size: fc.integer({ min: 10, max: 40 }),
  shrink: fc.integer({ min: 0, max: 100 }),
  align: fc.constantFrom(...ALIGNMENTS),
  letterSpacing: fc.integer({ min: 0, max: 20 }),
  lines: fc.integer({ min: 1, max: 3 }),
  indent: fc.integer({ min: 0, max: 3 }),
  left: fc.integer({ min: 5, max: 60 }),
  before: fixed,
  after: fixed,
});

const layouts = fc
  .record({
    width: fc.integer({ min: 150, max: 420 }),
    rows: fc.tuple(row, row, row, row, row, row),
    order: fc.shuffledSubarray(MUST, { minLength: 6 }),
  })
  .map(({ width, rows, order }) => {
    let y = 6;
    const fields = rows.map(({ shrink, left, before, after, ...one }, at) => {
      const minSize = Math.max(9, Math.round(one.size * (1 - shrink / 100)));
      const field = { ...one, minSize: Math.min(minSize, one.size), x: left, y, width: width - left - 5 };
      y = Math.ceil((y + (one.lines * one.size * 1.5) / (72 / 25.4)) * 10 + 5) / 10;
      return { ...field, text: `${before}${order[at]}${after}` };
    });
    const page = { width, height: 450, orientation: 'portrait' };
    return { format: LAYOUT_FORMAT, page, fields };
  });

const names = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'张王李欧阳㛃䶮垚喆𬭼·'), minLength: 1, maxLength: 20 }),
  fc.array(fc.stringMatching(/^[A-Za-zÀ-ÿ'-]{1,16}$/), { minLength: 1, maxLength: 6 }).map((words) => words.join(' ')),
  fc.string({ minLength: 1, maxLength: 40 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 10 }),
);

/** Every line between the edges of its box, every base line in it, and nothing lost. */
function staysInside({ field, lines, size, text }: SetField, values: CertificateValues): void {
  expect(size).toBeLessThanOrEqual(field.size);
  expect(size).toBeGreaterThanOrEqual(field.minSize);
  expect(lines.length).toBeLessThanOrEqual(field.lines);
  for (const line of lines) {
    expect(line.left).toBeGreaterThanOrEqual(-0.02);
    expect(line.right).toBeLessThanOrEqual(mm(field.width) + 0.02);
    for (const { grapheme, x } of line.glyphs) {
      const middle = x + (grapheme.shape.width * size) / 2;
      const space = grapheme.text === ' ';
      if (!space) expect(middle).toBeGreaterThan(-0.02);
      if (!space) expect(middle).toBeLessThan(mm(field.width) + 0.02);
    }
  }
  expect(lines.length * field.lineHeight).toBeLessThanOrEqual(mm(field.height) + 0.05);
  expect(lines.map((line) => line.text).join('')).toBe(text);
  expect(text).toBe(plainText(filled(field.text, values)));
}

/** The next larger size does not fit: set again by the typesetter alone, without any bound. */
function isLargest({ field, size }: SetField, values: CertificateValues): void {
  if (size === field.size) return;
  const larger = Math.min(field.size, size + 0.5);
  const style = fonts.styles[field.face];
  const graphemes = shapeText(style, filled(field.text, values));
  const grades = gradeBreaks(graphemes);
  const lines = breakLines(graphemes, {
    ...{ style, size: larger, width: mm(field.width), align: field.align, indent: field.indent * larger },
    cell: larger + (field.letterSpacing * larger) / field.size,
  });
  let end = 0;
  const torn = lines.some((line) => {
    end += line.glyphs.length;
    return end < graphemes.length && (grades[end - 1] ?? 0) <= TORN;
  });
  const wide = lines.some((line) => line.left < -0.01 || line.right > mm(field.width) + 0.01);
  expect(torn || wide || lines.length > field.lines).toBe(true);
}

/** A text that was refused does not fit by its widths alone, or has a word that is wider than a line. */
function isTooLong(layout: CertificateLayout, at: number, values: CertificateValues): boolean {
  const field = layout.fields[at];
  if (field === undefined) return false;
  const graphemes = shapeText(fonts.styles[field.face], filled(field.text, values));
  const width = (part: typeof graphemes) => part.reduce((sum, one) => sum + one.shape.width * field.minSize, 0);
  const spacing = ((field.letterSpacing * field.minSize) / field.size) * graphemes.length;
  const room = mm(field.width) * field.lines - field.indent * field.minSize;
  // Lines are rarely filled to the end: what needs more than a third of the room of several lines may not find its breaks.
  return width(graphemes) + spacing > (field.lines === 1 ? room * 0.97 : room * 0.33);
}

it('Article 11(7): a sound layout is printed for any name, every text within its box, or the text that is too long is named', async () => {
  let printed = 0;
  let refused = 0;
  let unknown = 0;
  const property = fc.asyncProperty(layouts, names, async (json, name) => {
    const { layout, violations } = judgeLayout(json, {
      categories: ['academic-master'],
      unprintable: (text) => unprintable(fonts, text).map(({ character }) => character),
    });
    // The rows of the generator may be too many for the page; such a layout is refused, and that is all.
    if (violations.length > 0) {
      unknown++;
      expect(violations.map(({ code }) => code)).toEqual(violations.map(() => 'certificate-layout-outside-page'));
      return;
    }
    const values = { ...VALUES, name };
    try {
      for (const field of setCertificate(fonts, layout, values)) {
        staysInside(field, values);
        isLargest(field, values);
      }
    } catch (error) {
      if (error instanceof MissingGlyph) {
        expect(unprintable(fonts, name).length).toBeGreaterThan(0);
        return;
      }
      if (!(error instanceof TextsDoNotFit)) throw error;
      refused++;
      for (const at of error.fields)
        expect(isTooLong(layout, at, values), JSON.stringify(layout.fields[at])).toBe(true);
      return;
    }
    const content = {
      layout,
      values,
      background: null,
      photo: null,
      title: '样张',
      template: 'XS v1',
      machineData: {},
    };
    const bytes = await renderCertificate({ ...content, kind: 'sample' }, { fonts, createdAt: new Date(0) });
    expect(bytes.length).toBeGreaterThan(1000);
    printed++;
  });
  await fc.assert(property, { numRuns: runs(300) });
  expect(printed).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(10);
  expect(unknown).toBeLessThan(100);
});
