// Texts by the hundred thousand in flat memory: bytes in blocks instead of strings, a table of numbers instead of a Map.

/** Bytes of a block. A text that is longer has a block of its own. */
const BLOCK = 1 << 16;
/** Length and width of a text before its bytes. */
const HEADER = 4;
const FIRST_SLOTS = 1024;

/** Texts that are only ever added. A place is a number below 2^53. */
export interface TextStore {
  add(text: string): number;
  at(place: number): string;
  /** Whether the text at the place is this one. */
  same(place: number, text: string): boolean;
}

/** Makes an empty store. A text takes one byte per character when all are below U+0100, else two per UTF-16 code unit. */
export function textStore(): TextStore {
  const blocks: DataView[] = [];
  let used = BLOCK;
  const blockOf = (place: number): DataView => blocks[Math.floor(place / BLOCK)] as DataView;
  return {
    add(text) {
      const wide = isWide(text);
      const size = HEADER + text.length * (wide ? 2 : 1);
      if (used + size > BLOCK) {
        blocks.push(new DataView(new ArrayBuffer(Math.max(BLOCK, size))));
        used = 0;
      }
      const block = blocks.at(-1) as DataView;
      const start = used;
      block.setUint32(start, text.length * 2 + (wide ? 1 : 0));
      for (let at = 0; at < text.length; at++) {
        if (wide) block.setUint16(start + HEADER + 2 * at, text.charCodeAt(at));
        else block.setUint8(start + HEADER + at, text.charCodeAt(at));
      }
      used = Math.min(BLOCK, start + size);
      return (blocks.length - 1) * BLOCK + start;
    },
    at(place) {
      const block = blockOf(place);
      const start = place % BLOCK;
      const head = block.getUint32(start);
      let text = '';
      for (let at = 0; at < head >>> 1; at++) text += String.fromCharCode(unit(block, start, head, at));
      return text;
    },
    same(place, text) {
      const block = blockOf(place);
      const start = place % BLOCK;
      const head = block.getUint32(start);
      if (head >>> 1 !== text.length) return false;
      for (let at = 0; at < text.length; at++) if (unit(block, start, head, at) !== text.charCodeAt(at)) return false;
      return true;
    },
  };
}

function unit(block: DataView, start: number, head: number, at: number): number {
  return head & 1 ? block.getUint16(start + HEADER + 2 * at) : block.getUint8(start + HEADER + at);
}

function isWide(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0xff) return true;
  return false;
}

/** What was first said of each text: a whole number from 0 to 2^53. */
export interface TextTable {
  /** Keeps the number for a text that is new, and gives undefined; gives the number that was kept for one that is not. */
  known(text: string, number: number): number | undefined;
}

/** Makes an empty table: open addressing with linear probing, at most half full, texts compared in full. */
export function textTable(): TextTable {
  const texts = textStore();
  let places = new Float64Array(FIRST_SLOTS).fill(-1);
  let numbers = new Float64Array(FIRST_SLOTS);
  let count = 0;
  const grow = (): void => {
    const [oldPlaces, oldNumbers] = [places, numbers];
    places = new Float64Array(2 * oldPlaces.length).fill(-1);
    numbers = new Float64Array(2 * oldNumbers.length);
    for (const [slot, place] of oldPlaces.entries()) {
      if (place < 0) continue;
      let next = hash(texts.at(place)) & (places.length - 1);
      while ((places[next] ?? 0) >= 0) next = (next + 1) & (places.length - 1);
      places[next] = place;
      numbers[next] = oldNumbers[slot] ?? 0;
    }
  };
  return {
    known(text, number) {
      let slot = hash(text) & (places.length - 1);
      for (;;) {
        const place = places[slot] ?? -1;
        if (place < 0) break;
        if (texts.same(place, text)) return numbers[slot];
        slot = (slot + 1) & (places.length - 1);
      }
      places[slot] = texts.add(text);
      numbers[slot] = number;
      count += 1;
      if (2 * count > places.length) grow();
      return undefined;
    },
  };
}

/** FNV-1a over UTF-16 code units, its bits mixed once more, because only the lowest choose the slot. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
