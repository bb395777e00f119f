// Texts by the hundred thousand in flat memory: bytes in blocks instead of strings, a table of numbers instead of a Map.

/** Bytes of a block. A text that is longer has a block of its own. */
const BLOCK = 1 << 16;
/** Length and width of a text before its bytes; before them, in a table, the number that is kept with it. */
const HEADER = 4;
const NUMBER = 8;
const FIRST_SLOTS = 1024;

/** Texts that are only ever added. A place is a number below 2^32. */
export interface TextStore {
  /** @throws {RangeError} beyond 4 GiB */
  add(text: string): number;
  at(place: number): string;
  /** Whether the text at the place is this one. */
  same(place: number, text: string): boolean;
}

/** A place where a text is kept. */
interface Spot {
  readonly block: DataView;
  /** Where in the block its header begins. */
  readonly start: number;
  readonly length: number;
  readonly wide: boolean;
}

function makeStore(before: number) {
  const blocks: DataView[] = [];
  let used = BLOCK;
  const spotAt = (place: number): Spot => {
    const block = blocks[Math.floor(place / BLOCK)] as DataView;
    const start = (place % BLOCK) + before;
    const head = block.getUint32(start);
    return { block, start, length: head >>> 1, wide: (head & 1) === 1 };
  };
  const add = (text: string): number => {
    const wide = isWide(text);
    const size = before + HEADER + text.length * (wide ? 2 : 1);
    if (used + size > BLOCK) {
      if (blocks.length === BLOCK) throw new RangeError('too many texts');
      blocks.push(new DataView(new ArrayBuffer(Math.max(BLOCK, size))));
      used = 0;
    }
    const block = blocks.at(-1) as DataView;
    const place = (blocks.length - 1) * BLOCK + used;
    const start = used + before;
    block.setUint32(start, text.length * 2 + (wide ? 1 : 0));
    for (let at = 0; at < text.length; at++) {
      if (wide) block.setUint16(start + HEADER + 2 * at, text.charCodeAt(at));
      else block.setUint8(start + HEADER + at, text.charCodeAt(at));
    }
    used = Math.min(BLOCK, used + size);
    return place;
  };
  const same = (place: number, text: string): boolean => {
    const spot = spotAt(place);
    if (spot.length !== text.length) return false;
    for (let at = 0; at < text.length; at++) if (unit(spot, at) !== text.charCodeAt(at)) return false;
    return true;
  };
  return { add, same, spotAt };
}

function unit({ block, start, wide }: Spot, at: number): number {
  return wide ? block.getUint16(start + HEADER + 2 * at) : block.getUint8(start + HEADER + at);
}

function isWide(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0xff) return true;
  return false;
}

/** Makes an empty store. A text takes one byte per character when all are below U+0100, else two per UTF-16 code unit. */
export function textStore(): TextStore {
  const { add, same, spotAt } = makeStore(0);
  const at = (place: number): string => {
    const spot = spotAt(place);
    let text = '';
    for (let each = 0; each < spot.length; each++) text += String.fromCharCode(unit(spot, each));
    return text;
  };
  return { add, at, same };
}

/** What was first said of each text: a whole number from 0 to 2^53. */
export interface TextTable {
  /** Keeps the number for a text that is new, and gives undefined; gives the number that was kept for one that is not. */
  known(text: string, number: number): number | undefined;
}

/** Makes an empty table: open addressing with linear probing, at most half full, texts compared in full. */
export function textTable(): TextTable {
  const texts = makeStore(NUMBER);
  /** One more than the place of a text; 0 for none. */
  let slots = new Uint32Array(FIRST_SLOTS);
  let count = 0;
  const grow = (): void => {
    const old = slots;
    slots = new Uint32Array(2 * old.length);
    for (const held of old) {
      if (held === 0) continue;
      const spot = texts.spotAt(held - 1);
      let value = FIRST_HASH;
      for (let at = 0; at < spot.length; at++) value = hashed(value, unit(spot, at));
      slots[freeFrom(mixed(value))] = held;
    }
  };
  const freeFrom = (hash: number): number => {
    let slot = hash & (slots.length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    return slot;
  };
  return {
    known(text, number) {
      let value = FIRST_HASH;
      for (let at = 0; at < text.length; at++) value = hashed(value, text.charCodeAt(at));
      let slot = mixed(value) & (slots.length - 1);
      for (let held = slots[slot] as number; held !== 0; held = slots[slot] as number) {
        if (texts.same(held - 1, text)) return numberAt(held - 1);
        slot = (slot + 1) & (slots.length - 1);
      }
      const place = texts.add(text);
      const { block, start } = texts.spotAt(place);
      block.setFloat64(start - NUMBER, number);
      slots[slot] = place + 1;
      count += 1;
      if (2 * count > slots.length) grow();
      return undefined;
    },
  };
  function numberAt(place: number): number {
    const { block, start } = texts.spotAt(place);
    return block.getFloat64(start - NUMBER);
  }
}

// FNV-1a over UTF-16 code units, its bits mixed once more, because only the lowest choose the slot.
const FIRST_HASH = 0x811c9dc5;
const hashed = (value: number, code: number): number => Math.imul(value ^ code, 0x01000193);
function mixed(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (once ^ (once >>> 13)) >>> 0;
}
