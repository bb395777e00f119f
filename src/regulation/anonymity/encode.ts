// Columns of text to columns of numbers: a sorted dictionary per field, and per level of its hierarchy what each value becomes and loses.
import { type Hierarchy, highestLevel, levelsOf } from './hierarchies.ts';
import type { Pace } from './pace.ts';
import type { Progress } from './types.ts';

/** Loss is counted in whole millionths, so that sums are exact and no order of rows changes a choice. */
export const WHOLE = 1_000_000;

/** A column as numbers: `codes[row]` is a place in `values`, which is sorted. */
export interface Coded {
  readonly field: string;
  readonly values: readonly string[];
  readonly codes: Uint32Array;
}

/** One level of a quasi-identifier: by the code as recorded, the code at the level and what a value loses (millionths of all it tells). */
export interface CodedLevel {
  readonly values: readonly string[];
  readonly codeOf: Uint32Array;
  readonly loss: Uint32Array;
}

/** A quasi-identifier with all its levels. */
export interface Quasi extends Coded {
  readonly hierarchy: Hierarchy;
  readonly levels: readonly CodedLevel[];
}

/** A sensitive field; `none` is the code of '', or -1. */
export interface Sensitive extends Coded {
  readonly none: number;
  readonly groups: Hierarchy | null;
}

/** Gives every value of a column its place in the sorted list of values. */
export function* encode(field: string, column: readonly string[], pace: Pace): Generator<Progress, Coded> {
  const seen = new Map<string, number>();
  const codes = new Uint32Array(column.length);
  for (let row = 0; row < column.length; row++) {
    const value = column[row] as string;
    let code = seen.get(value);
    if (code === undefined) {
      code = seen.size;
      seen.set(value, code);
    }
    codes[row] = code;
    if (pace.due(4)) yield pace.progress('read');
  }
  const values = [...seen.keys()].sort(byCodeUnit);
  if (pace.due(values.length * 20)) yield pace.progress('read');
  const sorted = new Uint32Array(values.length);
  for (const [place, value] of values.entries()) sorted[seen.get(value) as number] = place;
  for (let row = 0; row < codes.length; row++) codes[row] = sorted[codes[row] as number] as number;
  return { field, values, codes };
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The levels of a quasi-identifier. What a value loses is the normalised certainty penalty of Xu et al. (KDD 2006): 0 while it stands for
 * one recorded value, else the share of all recorded values that it stands for.
 */
export function* toQuasi(coded: Coded, hierarchy: Hierarchy, pace: Pace): Generator<Progress, Quasi> {
  const { values } = coded;
  const paths = values.map((value) => levelsOf(hierarchy, value));
  if (pace.due(values.length * 20)) yield pace.progress('read');
  const levels: CodedLevel[] = [];
  for (let at = 0; at <= highestLevel(hierarchy); at++) {
    levels.push(codedLevel(paths.map((path) => path[at] as string)));
    if (pace.due(values.length * 20)) yield pace.progress('read');
  }
  return { ...coded, hierarchy, levels };
}

/** One level from what each recorded value is there. */
function codedLevel(texts: readonly string[]): CodedLevel {
  const values = [...new Set(texts)].sort(byCodeUnit);
  const place = new Map(values.map((text, code) => [text, code]));
  const codeOf = Uint32Array.from(texts, (text) => place.get(text) as number);
  const leaves = new Uint32Array(values.length);
  for (const code of codeOf) leaves[code] = (leaves[code] as number) + 1;
  const loss = codeOf.map((code) => {
    const under = leaves[code] as number;
    return under === 1 ? 0 : Math.round((under * WHOLE) / texts.length);
  });
  return { values, codeOf, loss };
}

/** A sensitive field with the place of its empty value. */
export function toSensitive(coded: Coded, groups: Hierarchy | undefined): Sensitive {
  return { ...coded, none: coded.values.indexOf(''), groups: groups ?? null };
}
