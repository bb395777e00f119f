// Pairs of numbers to one number each, densely, in the order of their first appearance: the one inner loop of grouping.

/** Numbers pairs (class so far, code of the next column). */
export interface Numbering {
  /** Begins anew: first numbers below `firsts`, second numbers below `seconds`. */
  start(firsts: number, seconds: number): void;
  of(first: number, second: number): number;
  /** Pairs numbered since the start. */
  count(): number;
}

/** Largest table that is looked up directly: 4 Mi places, 16 MB. */
const DIRECT = 1 << 22;

/** Makes a numbering for at most `most` different pairs; its memory is used again at every start. */
export function makeNumbering(most: number): Numbering {
  let direct = new Uint32Array(0);
  let slots = new Uint32Array(0);
  const keys = new Float64Array(most);
  const touched = new Uint32Array(most);
  let count = 0;
  let width = 0;
  let table = direct;
  const clear = () => {
    for (let at = 0; at < count; at++) table[touched[at] as number] = 0;
    count = 0;
  };
  const add = (place: number) => {
    touched[count] = place;
    table[place] = ++count;
    return count - 1;
  };
  return {
    start(firsts, seconds) {
      clear();
      width = seconds;
      const places = firsts * seconds;
      if (places <= DIRECT) {
        if (direct.length < places) direct = new Uint32Array(Math.max(places, Math.min(DIRECT, direct.length * 2)));
        table = direct;
      } else {
        if (slots.length === 0) slots = new Uint32Array(2 ** Math.ceil(Math.log2(most * 2 + 2)));
        table = slots;
      }
    },
    of(first, second) {
      const key = first * width + second;
      if (table === direct) {
        const known = table[key] as number;
        return known === 0 ? add(key) : known - 1;
      }
      const mask = table.length - 1;
      // Two multiplications spread first and second over the slots (golden-ratio hashing).
      let slot = (Math.imul(first, 0x9e3779b1) ^ Math.imul(second + 1, 0x85ebca6b)) >>> 0;
      slot = (slot ^ (slot >>> 15)) & mask;
      for (;;) {
        const known = table[slot] as number;
        if (known === 0) {
          keys[count] = key;
          return add(slot);
        }
        if (keys[known - 1] === key) return known - 1;
        slot = (slot + 1) & mask;
      }
    },
    count: () => count,
  };
}
