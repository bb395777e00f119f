// What holds of rows that are grouped into classes: k, l, t and the risk of being found again.
import { type Distance, equalDistance, hierarchicalDistance } from './distances.ts';
import type { Sensitive } from './encode.ts';
import type { Pace } from './pace.ts';
import type { Measures, Progress, SensitiveMeasure } from './types.ts';

/** A row that is in no class: left out. */
export const NOWHERE = 0xffff_ffff;

/** Rows in classes: `classOf[row]` < `classes`, or {@link NOWHERE}. */
export interface Grouping {
  readonly classOf: Uint32Array;
  readonly classes: number;
}

/** Rows of each class. */
export function classSizes({ classOf, classes }: Grouping): Uint32Array {
  const sizes = new Uint32Array(classes);
  for (const at of classOf) if (at !== NOWHERE) sizes[at] = (sizes[at] as number) + 1;
  return sizes;
}

/** The distance that a sensitive field is measured with; the values are those of its dictionary. */
export function distanceOf({ values, groups }: Sensitive): Distance {
  return groups === null ? equalDistance : hierarchicalDistance(values, groups);
}

/** Measures of one sensitive field by class. NaN in t and 0 in l where nobody of the class has a value. */
export interface ByClass {
  readonly l: Uint32Array;
  readonly entropyL: Float64Array;
  readonly t: Float64Array;
}

/** Measures one sensitive field in every class, over the rows that have a value; the reference of t is all rows that are in a class. */
export function* byClass(grouping: Grouping, sensitive: Sensitive, pace: Pace): Generator<Progress, ByClass> {
  const { classOf, classes } = grouping;
  const { codes, none, values } = sensitive;
  const sizes = classSizes(grouping);
  // Rows in the order of their classes, by counting.
  const ends = new Uint32Array(classes);
  let end = 0;
  for (let at = 0; at < classes; at++) {
    ends[at] = end;
    end += sizes[at] as number;
  }
  const sorted = new Uint32Array(end);
  const total = new Float64Array(values.length);
  let counted = 0;
  for (let row = 0; row < classOf.length; row++) {
    const at = classOf[row] as number;
    if (at === NOWHERE) continue;
    const code = codes[row] as number;
    sorted[ends[at] as number] = code;
    ends[at] = (ends[at] as number) + 1;
    if (code === none) continue;
    total[code] = (total[code] as number) + 1;
    counted++;
  }
  if (pace.due(classOf.length * 2)) yield pace.progress('write');
  const q = total.map((count) => count / counted);
  const distance = distanceOf(sensitive);
  const result = { l: new Uint32Array(classes), entropyL: new Float64Array(classes), t: new Float64Array(classes) };
  const counts = new Float64Array(values.length);
  for (let at = 0, from = 0; at < classes; at++) {
    counts.fill(0);
    let having = 0;
    for (const to = ends[at] as number; from < to; from++) {
      const code = sorted[from] as number;
      if (code === none) continue;
      counts[code] = (counts[code] as number) + 1;
      having++;
    }
    let different = 0;
    let entropy = 0;
    for (let code = 0; code < counts.length; code++) {
      if (counts[code] === 0) continue;
      different++;
      const share = (counts[code] as number) / having;
      counts[code] = share;
      entropy -= share * Math.log(share);
    }
    result.l[at] = different;
    result.entropyL[at] = Math.exp(entropy);
    result.t[at] = having === 0 ? Number.NaN : distance(counts, q);
    if (pace.due((sizes[at] as number) + 4 * values.length)) yield pace.progress('write');
  }
  return result;
}

function worst({ l, entropyL, t }: ByClass): SensitiveMeasure | null {
  const found = { l: Number.POSITIVE_INFINITY, entropyL: Number.POSITIVE_INFINITY, t: 0, classesWithout: 0 };
  for (let at = 0; at < l.length; at++) {
    if (l[at] === 0) {
      found.classesWithout++;
      continue;
    }
    found.l = Math.min(found.l, l[at] as number);
    found.entropyL = Math.min(found.entropyL, entropyL[at] as number);
    found.t = Math.max(found.t, t[at] as number);
  }
  return found.classesWithout === l.length ? null : found;
}

/** Measures a whole table: classes, risk, and each sensitive field that has values. */
export function* measure(
  grouping: Grouping,
  sensitives: readonly Sensitive[],
  pace: Pace,
): Generator<Progress, Measures> {
  const sizes = classSizes(grouping);
  let [rows, smallest, largest, unique] = [0, sizes[0] ?? 0, 0, 0];
  for (const size of sizes) {
    rows += size;
    if (size < smallest) smallest = size;
    if (size > largest) largest = size;
    if (size === 1) unique++;
  }
  const measured: [string, SensitiveMeasure][] = [];
  for (const sensitive of sensitives) {
    const found = worst(yield* byClass(grouping, sensitive, pace));
    if (found !== null) measured.push([sensitive.field, found]);
  }
  const all = measured.map(([, found]) => found);
  const { classes } = grouping;
  const ratio = rows === 0 ? 0 : classes / rows;
  const most = smallest === 0 ? 0 : 1 / smallest;
  return {
    ...{ rows, classes, smallestClass: smallest, largestClass: largest },
    averageClass: classes === 0 ? 0 : rows / classes,
    l: all.length === 0 ? null : Math.min(...all.map(({ l }) => l)),
    entropyL: all.length === 0 ? null : Math.min(...all.map(({ entropyL }) => entropyL)),
    t: all.length === 0 ? null : Math.max(...all.map(({ t }) => t)),
    // Suppression takes whole classes, so that a class of the finished table is as large among the rows given: the journalist's risk is the prosecutor's.
    risk: {
      ...{ prosecutorMax: most, prosecutorAverage: ratio, journalist: most, marketer: ratio },
      unique: rows === 0 ? 0 : unique / rows,
    },
    sensitive: Object.fromEntries(measured),
  };
}
