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
  /** Sum of the losses of all rows given. */
  readonly lossOfAll: number;
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
  for (const [row, value] of column.entries()) {
    let code = seen.get(value);
    if (code === undefined) {
      code = seen.size;
      seen.set(value, code);
    }
    codes[row] = code;
    if (pace.due(4)) yield pace.progress('read');
  }
  const values = [...seen.keys()].sort(byCodeUnit);
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
export function toQuasi(coded: Coded, hierarchy: Hierarchy): Quasi {
  const { values, codes } = coded;
  const counts = new Uint32Array(values.length);
  for (const code of codes) counts[code] = (counts[code] as number) + 1;
  const paths = values.map((value) => levelsOf(hierarchy, value));
  const levels = Array.from({ length: highestLevel(hierarchy) + 1 }, (_, at): CodedLevel => {
    const texts = [...new Set(paths.map((path) => path[at] as string))].sort(byCodeUnit);
    const place = new Map(texts.map((text, code) => [text, code]));
    const codeOf = Uint32Array.from(paths, (path) => place.get(path[at] as string) as number);
    const leaves = new Uint32Array(texts.length);
    for (const code of codeOf) leaves[code] = (leaves[code] as number) + 1;
    const loss = Uint32Array.from(codeOf, (code) => {
      const under = leaves[code] as number;
      return under === 1 ? 0 : Math.round((under * WHOLE) / values.length);
    });
    let lossOfAll = 0;
    for (const [code, lost] of loss.entries()) lossOfAll += lost * (counts[code] as number);
    return { values: texts, codeOf, loss, lossOfAll };
  });
  return { ...coded, hierarchy, levels };
}

/** A sensitive field with the place of its empty value. */
export function toSensitive(coded: Coded, groups: Hierarchy | undefined): Sensitive {
  return { ...coded, none: coded.values.indexOf(''), groups: groups ?? null };
}
