// Reading a layout: every value of the right type and within its bounds, defaults filled in, everything wrong named by its path.

import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import { isKeyOf, keysOf } from '../vocabulary.ts';
import {
  ALIGNMENTS,
  type Alignment,
  BOUNDS,
  type Box,
  CERTIFICATE_FACES,
  type CertificateFace,
  type CertificateLayout,
  LAYOUT_FORMAT,
  LONGEST_TEXT,
  MOST_FIELDS,
  POINTS_PER_MM,
  type QrPlace,
  type SealPlace,
  type TextField,
} from './certificate-layout.ts';

type Bound = readonly [number, number];
type Members = Readonly<Record<string, unknown>>;

/** What could be read of a layout; parts that could not be are null. `places[i]` is the place of `fields[i]` in the given list. */
export interface ReadLayout {
  readonly layout: CertificateLayout;
  readonly places: readonly number[];
  readonly violations: readonly Violation[];
}

/** Reads any JSON as a layout. Parts that are not well formed are left out of `layout` and named. */
export function readLayoutShape(json: unknown): ReadLayout {
  const reader = makeReader();
  const all = reader.members(json, 'layout', ['format', 'page', 'background', 'fields', 'photo', 'seal', 'qr']) ?? {};
  if (all.format !== LAYOUT_FORMAT) reader.malformed('layout.format', shown(all.format), LAYOUT_FORMAT);
  const page = pageOf(reader, all.page);
  const background = optional(reader, all.background, 'layout.background', backgroundOf);
  const given = Array.isArray(all.fields) ? all.fields : [];
  if (!Array.isArray(all.fields)) reader.malformed('layout.fields', shown(all.fields), '[ … ]');
  if (given.length > MOST_FIELDS) {
    reader.add('certificate-layout-out-of-range', 'layout.fields', String(given.length), `≤ ${MOST_FIELDS}`);
  }
  const fields: TextField[] = [];
  const places: number[] = [];
  given.slice(0, MOST_FIELDS).forEach((one, index) => {
    const field = fieldOf(reader, one, `layout.fields[${index}]`);
    if (field === null) return;
    fields.push(field);
    places.push(index);
  });
  const photo = optional(reader, all.photo, 'layout.photo', photoOf);
  const seal = optional(reader, all.seal, 'layout.seal', sealOf);
  const qr = optional(reader, all.qr, 'layout.qr', qrOf);
  const layout = { format: LAYOUT_FORMAT, page, background, fields, photo, seal, qr } as const;
  return { layout, places, violations: reader.violations };
}

type Reader = ReturnType<typeof makeReader>;

/** Takes values from JSON and remembers what is wrong with them. */
function makeReader() {
  const violations: Violation[] = [];
  const add = (code: Violation['code'], path: string, found: string, expected: string): void => {
    violations.push(violation(code, path, { found, expected }));
  };
  const malformed = (path: string, found: string, expected: string): void =>
    add('certificate-layout-malformed', path, found, expected);
  return {
    ...{ violations, add, malformed },

    /** The members of an object, its unknown ones named; null when it is none. */
    members(json: unknown, path: string, known: readonly string[]): Members | null {
      if (typeof json !== 'object' || json === null || Array.isArray(json)) {
        malformed(path, shown(json), '{ … }');
        return null;
      }
      for (const name of Object.keys(json)) {
        if (known.includes(name)) continue;
        const label = name.slice(0, 40);
        add('certificate-layout-unknown-property', `${path}.${label}`, label, known.join(', '));
      }
      return json as Members;
    },

    /** A number within its bounds; NaN when it is none, so that what is calculated from it is none either. */
    number(json: unknown, path: string, [least, most]: Bound, missing?: number): number {
      if (json === undefined && missing !== undefined) return missing;
      if (typeof json !== 'number' || !Number.isFinite(json)) {
        malformed(path, shown(json), `${least} … ${most}`);
        return Number.NaN;
      }
      if (json >= least && json <= most) return json;
      add('certificate-layout-out-of-range', path, String(json), `${least} … ${most}`);
      return Number.NaN;
    },

    word<Word extends string>(json: unknown, path: string, words: readonly Word[], missing?: Word): Word | null {
      if (json === undefined && missing !== undefined) return missing;
      const found = words.find((word) => word === json);
      if (found === undefined) malformed(path, shown(json), words.join(' / '));
      return found ?? null;
    },
  };
}

/** A part that may be null or left out. */
function optional<Part>(
  reader: Reader,
  json: unknown,
  path: string,
  read: (reader: Reader, json: unknown, path: string) => Part | null,
): Part | null {
  return json === undefined || json === null ? null : read(reader, json, path);
}

function pageOf(reader: Reader, json: unknown): CertificateLayout['page'] {
  const none = { width: Number.NaN, height: Number.NaN, orientation: 'landscape' } as const;
  const path = 'layout.page';
  const page = reader.members(json, path, ['width', 'height', 'orientation']);
  if (page === null) return none;
  const width = reader.number(page.width, `${path}.width`, BOUNDS.page);
  const height = reader.number(page.height, `${path}.height`, BOUNDS.page);
  const orientation = reader.word(page.orientation, `${path}.orientation`, ['portrait', 'landscape']);
  const measured = width > height ? 'landscape' : 'portrait';
  // Width and height are those of the page as it is read: a page whose numbers were exchanged is noticed here.
  if (orientation !== null && width + height > 0 && orientation !== measured && width !== height) {
    reader.malformed(`${path}.orientation`, `${orientation} ${width}×${height}`, measured);
  }
  return orientation === null ? none : { width, height, orientation };
}

function backgroundOf(reader: Reader, json: unknown, path: string): { fileDigest: string } | null {
  const members = reader.members(json, path, ['fileDigest']);
  if (members === null) return null;
  const { fileDigest } = members;
  if (typeof fileDigest === 'string' && /^[0-9a-f]{64}$/.test(fileDigest)) return { fileDigest };
  reader.malformed(`${path}.fileDigest`, shown(fileDigest), 'SHA-256');
  return null;
}

const FIELD = ['text', 'x', 'y', 'width', 'height', 'face', 'size', 'minSize', 'align', 'letterSpacing', 'lines'];

function fieldOf(reader: Reader, json: unknown, path: string): TextField | null {
  const given = reader.members(json, path, [...FIELD, 'lineHeight', 'indent']);
  if (given === null) return null;
  const { text } = given;
  const length = typeof text === 'string' ? [...text].length : 0;
  if (typeof text !== 'string' || text.trim() === '') reader.malformed(`${path}.text`, shown(text), '"…"');
  else if (length > LONGEST_TEXT) {
    reader.add('certificate-layout-out-of-range', `${path}.text`, String(length), `≤ ${LONGEST_TEXT}`);
  }
  const faces: readonly CertificateFace[] = keysOf(CERTIFICATE_FACES);
  const face = reader.word<CertificateFace>(given.face, `${path}.face`, faces);
  const align = reader.word<Alignment>(given.align, `${path}.align`, ALIGNMENTS, 'left');
  const number = (name: keyof typeof given & string, bound: Bound, missing?: number) =>
    reader.number(given[name], `${path}.${name}`, bound, missing);
  const size = number('size', BOUNDS.size);
  const lines = number('lines', BOUNDS.lines, 1);
  if (!Number.isInteger(lines) && !Number.isNaN(lines)) reader.malformed(`${path}.lines`, String(lines), '1, 2, 3 …');
  const lineHeight = number('lineHeight', BOUNDS.lineHeight, size * 1.5);
  const least = Math.ceil(((lines * lineHeight) / POINTS_PER_MM) * 100) / 100;
  const field = {
    text: typeof text === 'string' ? text : '',
    x: number('x', BOUNDS.place),
    y: number('y', BOUNDS.place),
    width: number('width', BOUNDS.width),
    height: number('height', BOUNDS.place, least),
    size,
    minSize: number('minSize', BOUNDS.size, size),
    letterSpacing: number('letterSpacing', BOUNDS.letterSpacing, 0),
    ...{ lines, lineHeight },
    indent: number('indent', BOUNDS.indent, 0),
  };
  if (field.minSize > size) {
    reader.add('certificate-layout-out-of-range', `${path}.minSize`, String(field.minSize), `≤ ${size}`);
  }
  // Accents above and below the line stay within it.
  if (lineHeight < size * 1.2) {
    reader.add('certificate-layout-out-of-range', `${path}.lineHeight`, String(lineHeight), `≥ ${round(size * 1.2)}`);
  }
  if (field.height < least) {
    reader.add('certificate-layout-out-of-range', `${path}.height`, String(field.height), `≥ ${least}`);
  }
  return face === null || align === null ? null : { ...field, face, align };
}

function photoOf(reader: Reader, json: unknown, path: string): Box | null {
  const given = reader.members(json, path, ['x', 'y', 'width', 'height']);
  return given && { ...corner(reader, given, path), ...sides(reader, given, path) };
}

function sides(reader: Reader, given: Members, path: string) {
  const width = reader.number(given.width, `${path}.width`, BOUNDS.photo);
  return { width, height: reader.number(given.height, `${path}.height`, BOUNDS.photo) };
}

function sealOf(reader: Reader, json: unknown, path: string): SealPlace | null {
  const given = reader.members(json, path, ['x', 'y', 'diameter']);
  if (given === null) return null;
  return {
    ...corner(reader, given, path),
    diameter: reader.number(given.diameter, `${path}.diameter`, BOUNDS.diameter),
  };
}

function qrOf(reader: Reader, json: unknown, path: string): QrPlace | null {
  const given = reader.members(json, path, ['x', 'y', 'size']);
  return given && { ...corner(reader, given, path), size: reader.number(given.size, `${path}.size`, BOUNDS.qr) };
}

function corner(reader: Reader, given: Members, path: string): { x: number; y: number } {
  const x = reader.number(given.x, `${path}.x`, BOUNDS.place);
  return { x, y: reader.number(given.y, `${path}.y`, BOUNDS.place) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A value as a violation shows it: short, whatever it was. */
function shown(value: unknown): string {
  if (value === undefined) return '—';
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return value.length > 40 ? `${value.slice(0, 40)}…` : value;
  return Array.isArray(value) ? `[${value.length}]` : '{…}';
}

/** Whether stored JSON is a layout of ours, and not one from before layouts had rules. */
export function hasFormat(json: unknown): boolean {
  return typeof json === 'object' && json !== null && isKeyOf(json, 'format');
}
