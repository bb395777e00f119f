// The texts of a certificate set in their boxes: as large as they fit, never below the smallest type that the layout allows.
import type { CertificateLayout, TextField } from '../../regulation/templates/certificate-layout.ts';
import { PLACEHOLDERS, type PlaceholderRow, piecesOf } from '../../regulation/templates/certificate-placeholders.ts';
import type { CertificateValues } from '../../regulation/templates/certificate-values.ts';
import { isKeyOf } from '../../regulation/vocabulary.ts';
import { type FontSet, MissingGlyph, type UnprintableCharacter } from '../fonts/fonts.ts';
import { mm } from '../page.ts';
import type { Line, Setting } from '../typeset/boxes.ts';
import { gradeBreaks, TORN } from '../typeset/breaks.ts';
import { type Grapheme, type RichText, shapeText } from '../typeset/shape.ts';
import { breakLines } from '../typeset/typeset.ts';

/** A field with its lines in their place. Lengths in points. */
export interface SetField {
  readonly field: TextField;
  readonly text: string;
  readonly lines: readonly Line[];
  /** The size that fitted. */
  readonly size: number;
}

/** Texts that do not fit their boxes even in the smallest type: the places of their fields in the layout. Nothing was cut. */
export class TextsDoNotFit extends Error {
  override readonly name = 'TextsDoNotFit';
  readonly fields: readonly number[];
  constructor(fields: readonly number[]) {
    super(`texts of a certificate do not fit: fields ${fields.join(', ')}`);
    this.fields = fields;
  }
}

/** Points by which the type is made smaller. */
const STEP = 0.5;

/**
 * Sets all texts of a certificate.
 * @throws MissingGlyph naming every character that no face has. TextsDoNotFit naming every field.
 */
export function setCertificate(fonts: FontSet, layout: CertificateLayout, values: CertificateValues): SetField[] {
  const missing: UnprintableCharacter[] = [];
  const tooLong: number[] = [];
  const set = layout.fields.map((field, index): SetField | null => {
    try {
      const done = setField(fonts, field, filled(field.text, values));
      if (done === null) tooLong.push(index);
      return done;
    } catch (error) {
      if (!(error instanceof MissingGlyph)) throw error;
      missing.push(...error.characters);
      return null;
    }
  });
  if (missing.length > 0) throw new MissingGlyph(missing);
  if (tooLong.length > 0) throw new TextsDoNotFit(tooLong);
  return set.filter((one) => one !== null);
}

/** The text of a field with its placeholders filled in; names keep one face. */
export function filled(text: string, values: CertificateValues): RichText {
  return piecesOf(text).map((piece) => {
    if ('text' in piece) return piece.text;
    if (!isKeyOf(PLACEHOLDERS, piece.word)) return `{${piece.word}}`;
    const { name = false, whole = false }: PlaceholderRow = PLACEHOLDERS[piece.word];
    return { text: values[piece.word], name, whole };
  });
}

/** One field in the largest type that fits, or null. @throws MissingGlyph */
export function setField(fonts: FontSet, field: TextField, text: RichText): SetField | null {
  const style = fonts.styles[field.face];
  const graphemes = shapeText(style, text);
  const grades = gradeBreaks(graphemes);
  const most = Math.max(field.minSize, largest(graphemes, grades, field));
  for (let size = field.size; size >= field.minSize - 1e-9; size = next(size, field.minSize)) {
    if (size > most) continue;
    const setting: Setting = {
      ...{ style, size, width: mm(field.width), align: field.align },
      cell: size + (field.letterSpacing * size) / field.size,
      indent: field.indent * size,
    };
    const lines = breakLines(graphemes, setting);
    if (lines.length <= field.lines && fits(lines, graphemes, grades, setting.width)) {
      return { field, text: graphemes.map((one) => one.text).join(''), lines, size };
    }
  }
  return null;
}

/** The last step ends at the smallest size exactly. */
function next(size: number, least: number): number {
  return size - STEP < least && size > least ? least : size - STEP;
}

/**
 * A size beyond which the text cannot fit, by its widths alone: all of it in all lines, and what is never parted in one.
 * It saves setting a long text dozens of times in sizes that are hopeless.
 */
function largest(graphemes: readonly Grapheme[], grades: Uint8Array, field: TextField): number {
  let whole = 0;
  let run = 0;
  let longest = 0;
  graphemes.forEach(({ text, shape }, at) => {
    // Marks may be squeezed to half their width, and spaces vanish at the ends of lines.
    const width = text === ' ' ? 0 : /[\p{P}\p{S}]/u.test(text) ? shape.width / 2 : shape.width;
    whole += width;
    run += width;
    longest = Math.max(longest, run);
    if ((grades[at] ?? 0) > TORN) run = 0;
  });
  const room = mm(field.width);
  return Math.min((room * field.lines) / Math.max(whole, 1e-6), room / Math.max(longest, 1e-6));
}

/** Whether every line stays between the edges and none ends inside a word, a date or a number. */
function fits(lines: readonly Line[], graphemes: readonly Grapheme[], grades: Uint8Array, width: number): boolean {
  let end = 0;
  return lines.every((line) => {
    end += line.glyphs.length;
    const torn = end < graphemes.length && (grades[end - 1] ?? 0) <= TORN;
    return !torn && line.left >= -0.01 && line.right <= width + 0.01;
  });
}
