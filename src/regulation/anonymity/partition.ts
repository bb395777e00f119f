// Tuples parted by more and more quasi-identifiers: one step of parting is the work that the search counts.
import { WHOLE } from './encode.ts';
import { makeNumbering } from './numbering.ts';
import { isDiverse, type TupleLevel, type Tuples } from './tuples.ts';

/** Tuples parted by some quasi-identifiers, the others given up; tuples of classes that cannot meet the goal are gone. */
export interface Partition {
  of: Tuples;
  /** Tuples that are left, `count` of them, with their class and what they lose so far (millionths, without the weight). */
  readonly tuples: Uint32Array;
  readonly classOf: Uint32Array;
  readonly losses: Uint32Array;
  count: number;
  classes: number;
  /** Rows that are gone. */
  gone: number;
  /** Loss of all rows by these quasi-identifiers; rows gone lose everything. */
  loss: number;
}

/** What one more quasi-identifier would do. */
export interface Outlook {
  /** Rows gone then. */
  readonly gone: number;
  /** What the tuples that are left now would lose by it alone. */
  readonly loss: number;
  /** What the rows that go by it have not lost yet. */
  readonly stake: number;
}

/** What all partitions of one search share. */
export interface Parting {
  /** All tuples in one class. */
  whole(): Partition;
  /** Room for any partition. */
  empty(): Partition;
  /** Parts by one more quasi-identifier, into `into`. `instead`: the coarser level of the same one that is replaced. `strict`: classes are judged as the goal says, as the last step needs. */
  part(from: Partition, by: TupleLevel, into: Partition, strict: boolean, instead?: TupleLevel): void;
  /** The same without keeping it. */
  look(from: Partition, by: TupleLevel): Outlook;
}

/** Makes the tools of a search over at most `most` tuples. `fields` = number of quasi-identifiers. */
export function makeParting(
  all: Tuples,
  { k, l }: { readonly k: number; readonly l: number },
  fields: number,
): Parting {
  const { count: most, words } = all;
  const numbering = makeNumbering(most);
  const numbers = new Uint32Array(most);
  const sizes = new Uint32Array(most);
  const seen = new Uint32Array(most * words);
  const good = new Uint8Array(most);
  const diverse = l > 1 && words > 0;
  const everything = fields * WHOLE;
  const rows = all.weights.reduce((sum, weight) => sum + weight, 0);

  /** Numbers the classes and judges them. */
  const judge = (from: Partition, { width, codes }: TupleLevel, strict: boolean): number => {
    const { weights, secrets, spans } = from.of;
    numbering.start(from.classes, width);
    let classes = 0;
    for (let at = 0; at < from.count; at++) {
      const tuple = from.tuples[at] as number;
      const number = numbering.of(from.classOf[at] as number, codes[tuple] as number);
      if (number === classes) {
        sizes[classes++] = 0;
        if (diverse) seen.fill(0, number * words, classes * words);
      }
      numbers[at] = number;
      sizes[number] = (sizes[number] as number) + (weights[tuple] as number);
      if (!diverse) continue;
      for (let word = 0; word < words; word++) {
        const place = number * words + word;
        seen[place] = (seen[place] as number) | (secrets[tuple * words + word] as number);
      }
    }
    for (let number = 0; number < classes; number++) {
      const enough = (sizes[number] as number) >= k && (!diverse || isDiverse(seen, number * words, spans, l, strict));
      good[number] = enough ? 1 : 0;
    }
    return classes;
  };

  const empty = (): Partition => ({
    of: all,
    tuples: new Uint32Array(most),
    classOf: new Uint32Array(most),
    losses: new Uint32Array(most),
    ...{ count: 0, classes: 0, gone: 0, loss: 0 },
  });

  return {
    empty,
    whole() {
      const whole = empty();
      for (let at = 0; at < most; at++) whole.tuples[at] = at;
      return Object.assign(whole, { count: most, classes: 1 });
    },
    part(from, by, into, strict, instead) {
      const before = judge(from, by, strict);
      const { weights } = from.of;
      let [left, gone, loss, classes] = [0, from.gone, 0, 0];
      // Classes that are left are numbered anew in `sizes`, which is free by now.
      for (let number = 0; number < before; number++) if (good[number] === 1) sizes[number] = classes++;
      for (let at = 0; at < from.count; at++) {
        const tuple = from.tuples[at] as number;
        const number = numbers[at] as number;
        const weight = weights[tuple] as number;
        if (good[number] === 0) {
          gone += weight;
          continue;
        }
        let lost = (from.losses[at] as number) + (by.losses[by.codes[tuple] as number] as number);
        if (instead !== undefined) lost -= instead.losses[instead.codes[tuple] as number] as number;
        into.tuples[left] = tuple;
        into.classOf[left] = sizes[number] as number;
        into.losses[left++] = lost;
        loss += lost * weight;
      }
      Object.assign(into, { of: from.of, count: left, classes, gone, loss: loss + gone * everything });
    },
    look(from, by) {
      const { weights } = from.of;
      // A level with one value parts nothing, and every row that is left loses the same.
      if (by.width === 1) return { gone: from.gone, loss: (rows - from.gone) * by.mostLost, stake: 0 };
      const found = judge(from, by, false);
      let [gone, loss, stake] = [from.gone, 0, 0];
      for (let number = 0; number < found; number++) if (good[number] === 0) gone += sizes[number] as number;
      if (by.mostLost === 0 && gone === from.gone) return { gone, loss, stake };
      for (let at = 0; at < from.count; at++) {
        const tuple = from.tuples[at] as number;
        const weight = weights[tuple] as number;
        loss += (by.losses[by.codes[tuple] as number] as number) * weight;
        if (good[numbers[at] as number] === 0) stake += (everything - (from.losses[at] as number)) * weight;
      }
      return { gone, loss, stake };
    },
  };
}
