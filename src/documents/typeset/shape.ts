// Text into graphemes, each with a face that has it. A name keeps one face from its first character to its last.
import { coversAll, type Face, type Shape, shapeIn } from '../fonts/face.ts';
import { MissingGlyph, type Style, type UnprintableCharacter } from '../fonts/fonts.ts';

/** A stretch of text; `name` keeps one face throughout and is not parted at a line end if it is short, `whole` is parted only when longer than a line. */
export interface Span {
  text: string;
  name?: boolean;
  whole?: boolean;
}

/** A paragraph, as it comes from the wording: plain strings and names. */
export type RichText = readonly (string | Span)[];

/** One grapheme with its shape. */
export interface Grapheme {
  text: string;
  shape: Shape;
  /** Set in Latin faces: letters and digits keep their own widths. */
  western: boolean;
  /** Part of a name. */
  name: boolean;
  /** Part of what stays on one line. */
  whole: boolean;
}

const GRAPHEMES = /\P{M}\p{M}*|\p{M}+/gu;
const WESTERN = /^(?:[\x21-\x7e]|[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])/u;
const LETTER = /^[\p{Script=Latin}\p{N}]/u;

/** The plain text of a paragraph. */
export function plainText(text: RichText): string {
  return text.map((part) => (typeof part === 'string' ? part : part.text)).join('');
}

/**
 * Splits into graphemes and finds a face for each: the style's chain for ideographs, Latin faces for letters and digits.
 * @throws MissingGlyph naming every character that no face has.
 */
export function shapeText(style: Style, text: RichText): Grapheme[] {
  const out: Grapheme[] = [];
  const missing = new Map<string, UnprintableCharacter>();
  for (const part of text) {
    const span: Span = typeof part === 'string' ? { text: part } : part;
    const name = span.name === true;
    const whole = span.whole === true;
    const chain = name ? nameFirst(style, span.text) : style.chain;
    const pieces = span.text.match(GRAPHEMES) ?? [];
    pieces.forEach((piece, index) => {
      const grapheme = /[\t\r\n]/.test(piece) ? ' ' : piece;
      const western = isWestern(grapheme, pieces[index - 1], pieces[index + 1]);
      const faces = western ? [...style.latin, ...chain] : [...chain, ...style.latin];
      const face = faceFor(faces, grapheme);
      if (face === undefined) {
        const codePoint = grapheme.codePointAt(0) ?? 0;
        missing.set(grapheme, { character: grapheme, codePoint });
        return;
      }
      out.push({ text: piece, shape: shapeIn(face, grapheme), western: western || grapheme === ' ', name, whole });
    });
  }
  if (missing.size > 0) throw new MissingGlyph([...missing.values()]);
  return out;
}

function faceFor(faces: readonly Face[], grapheme: string): Face | undefined {
  return faces.find((face) => coversAll(face, grapheme));
}

/** ’ and – are Latin between letters or digits, and full-width punctuation elsewhere. */
function isWestern(grapheme: string, before: string | undefined, after: string | undefined): boolean {
  if (grapheme === '’' || grapheme === '–') return LETTER.test(before ?? '') && LETTER.test(after ?? '');
  return grapheme === ' ' || WESTERN.test(grapheme);
}

/** The chain with that face first that has the whole name: half a name in another face looks like a mistake. */
function nameFirst(style: Style, name: string): readonly Face[] {
  const ideographs = name.replace(/[\x20-\x7e\p{Script=Latin}]/gu, '');
  const whole = style.chain.find((face) => coversAll(face, ideographs));
  return whole === undefined || whole === style.chain[0] ? style.chain : [whole, ...style.chain];
}
