// What makes a layout impossible (R11.7): places outside the page or on one another, words that no record of a category has, what is missing.

import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Category } from '../vocabulary.ts';
import { CATEGORIES, isKeyOf, keysOf } from '../vocabulary.ts';
import {
  type Box,
  boxOfQr,
  boxOfSeal,
  type CertificateLayout,
  LEAST_NAME_SIZE,
  RIM,
  type TextField,
} from './certificate-layout.ts';
import { type ReadLayout, readLayoutShape } from './certificate-layout-shape.ts';
import {
  categoryHas,
  MANDATORY,
  PLACEHOLDERS,
  type Placeholder,
  type PlaceholderRow,
  piecesOf,
} from './certificate-placeholders.ts';

/** What a layout is judged by besides itself. */
export interface LayoutContext {
  readonly categories: readonly Category[];
  /** The characters of a text that no typeface can print, as `U+…`. */
  readonly unprintable: (text: string) => readonly string[];
}

/** Reads a layout and says everything that is wrong with it; paths begin with `layout`. `layout` is sound only when nothing is. */
export function judgeLayout(json: unknown, context: LayoutContext): ReadLayout {
  const read = readLayoutShape(json);
  const { layout, violations } = read;
  return {
    ...read,
    violations: [
      ...violations,
      ...placeViolations(read),
      ...overlapViolations(read),
      ...wordViolations(read, context),
      ...missingViolations(layout),
    ],
  };
}

/** A part of the page with its name; a part whose numbers could not be read has NaN in it and breaks no rule of places. */
interface Part {
  readonly path: string;
  readonly kind: 'text' | 'photo' | 'seal' | 'qr';
  readonly box: Box;
}

function partsOf({ layout, places }: ReadLayout): Part[] {
  const { fields, photo, seal, qr } = layout;
  const texts = fields.map((box, at): Part => ({ path: `layout.fields[${places[at]}]`, kind: 'text', box }));
  return [
    ...texts,
    ...(photo ? [{ path: 'layout.photo', kind: 'photo', box: photo } as const] : []),
    ...(seal ? [{ path: 'layout.seal', kind: 'seal', box: boxOfSeal(seal) } as const] : []),
    ...(qr ? [{ path: 'layout.qr', kind: 'qr', box: boxOfQr(qr) } as const] : []),
  ];
}

/** Hundredths of a millimetre are not argued about. */
const SLACK = 0.01;

function placeViolations(read: ReadLayout): Violation[] {
  const { page } = read.layout;
  const violations: Violation[] = [];
  const outside = (path: string, found: number, expected: string) =>
    violations.push(violation('certificate-layout-outside-page', path, { found: `${mm(found)} mm`, expected }));
  for (const { path, box } of partsOf(read)) {
    const right = box.x + box.width;
    const bottom = box.y + box.height;
    if (box.x < RIM - SLACK) outside(`${path}.x`, box.x, `≥ ${RIM} mm`);
    else if (right > page.width - RIM + SLACK) outside(`${path}.x`, right, `≤ ${mm(page.width - RIM)} mm`);
    if (box.y < RIM - SLACK) outside(`${path}.y`, box.y, `≥ ${RIM} mm`);
    else if (bottom > page.height - RIM + SLACK) outside(`${path}.y`, bottom, `≤ ${mm(page.height - RIM)} mm`);
  }
  return violations;
}

/** The seal presses the texts beneath it, as on every document; nothing else may meet. */
function mayMeet(a: Part, b: Part): boolean {
  return (a.kind === 'seal' && b.kind === 'text') || (a.kind === 'text' && b.kind === 'seal');
}

function overlapViolations(read: ReadLayout): Violation[] {
  const parts = partsOf(read);
  return parts.flatMap((part, at) =>
    parts.slice(0, at).flatMap((other) => {
      if (mayMeet(part, other) || !overlap(part.box, other.box)) return [];
      return [violation('certificate-layout-overlap', part.path, { found: other.path })];
    }),
  );
}

function overlap(a: Box, b: Box): boolean {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return across > SLACK && down > SLACK;
}

function wordViolations({ layout, places }: ReadLayout, context: LayoutContext): Violation[] {
  return layout.fields.flatMap((field, at) => {
    const path = `layout.fields[${places[at]}].text`;
    const fixed = piecesOf(field.text).flatMap((piece) => ('text' in piece ? [piece.text] : []));
    const bad = context.unprintable(fixed.join(''));
    return [
      ...wordsIn(field).flatMap((word) => wordViolation(word, path, field, context)),
      ...(bad.length > 0 ? [violation('certificate-layout-unprintable', path, { found: bad.join(' ') })] : []),
    ];
  });
}

function wordViolation(word: string, path: string, field: TextField, { categories }: LayoutContext): Violation[] {
  if (!isKeyOf(PLACEHOLDERS, word)) {
    const expected = keysOf(PLACEHOLDERS)
      .map((known) => `{${known}}`)
      .join(' ');
    return [violation('certificate-layout-unknown-field', path, { found: word.slice(0, 40), expected })];
  }
  const row: PlaceholderRow = PLACEHOLDERS[word];
  const without = categories.filter((category) => !categoryHas(category, word));
  const violations: Violation[] = [];
  if (without.length > 0) {
    const found = `{${word}} ${without.map((category) => CATEGORIES[category].zh).join('、')}`;
    violations.push(violation('certificate-layout-field-of-other-category', path, { label: row, found }));
  }
  if (row.name && field.minSize < LEAST_NAME_SIZE) {
    const details = { found: String(field.minSize), expected: `≥ ${LEAST_NAME_SIZE}` };
    violations.push(violation('certificate-layout-out-of-range', path.replace(/text$/, 'minSize'), details));
  }
  return violations;
}

/** The words in braces of a field. */
function wordsIn({ text }: TextField): string[] {
  return piecesOf(text).flatMap((piece) => ('word' in piece ? [piece.word] : []));
}

/** The placeholders that a sound layout uses. */
export function placeholdersOf(layout: CertificateLayout): Set<Placeholder> {
  return new Set(layout.fields.flatMap(wordsIn).filter((word) => isKeyOf(PLACEHOLDERS, word)));
}

function missingViolations(layout: CertificateLayout): Violation[] {
  const used = placeholdersOf(layout);
  return MANDATORY.filter((words) => !words.some((word) => used.has(word))).map((words) => {
    const expected = words.map((word) => `{${word}}`).join(' / ');
    return violation('certificate-layout-field-missing', 'layout.fields', { label: PLACEHOLDERS[words[0]], expected });
  });
}

function mm(value: number): number {
  return Math.round(value * 100) / 100;
}
