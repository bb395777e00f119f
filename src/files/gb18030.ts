// Text to GB 18030, which Node can only read: the inverse of the platform's own decoder, so that both always agree.

let table: Map<string, Uint8Array> | undefined;

/** The double-byte part, asked of the decoder once. */
function doubleBytes(): Map<string, Uint8Array> {
  if (table) return table;
  table = new Map();
  const decoder = new TextDecoder('gb18030');
  for (let first = 0x81; first <= 0xfe; first++) {
    for (let second = 0x40; second <= 0xfe; second++) {
      if (second === 0x7f) continue;
      const bytes = Uint8Array.of(first, second);
      const character = decoder.decode(bytes);
      const point = character.codePointAt(0) ?? 0xfffd;
      // Private use has its own places in the standard, but nobody's name needs them.
      if (character.length !== 1 || point === 0xfffd || (point >= 0xe000 && point <= 0xf8ff)) continue;
      if (!table.has(character)) table.set(character, bytes);
    }
  }
  return table;
}

const quad = (linear: number): Uint8Array =>
  Uint8Array.of(
    0x81 + Math.floor(linear / 12600),
    0x30 + (Math.floor(linear / 1260) % 10),
    0x81 + (Math.floor(linear / 10) % 126),
    0x30 + (linear % 10),
  );

/** Four bytes for what the double bytes lack: beyond the basic plane in one run, inside it found by asking the decoder. */
function fourBytes(character: string): Uint8Array {
  const point = character.codePointAt(0) ?? 0;
  if (point > 0xffff) return quad(189000 + point - 0x10000);
  const decoder = new TextDecoder('gb18030');
  // The places inside the basic plane ascend with the code points.
  let low = 0;
  let high = 39419;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((decoder.decode(quad(middle)).codePointAt(0) ?? 0) < point) low = middle + 1;
    else high = middle;
  }
  if (decoder.decode(quad(low)) !== character) throw new RangeError(`no place in GB 18030: U+${point.toString(16)}`);
  return quad(low);
}

/** Encodes a text in GB 18030. @throws {RangeError} a character without a place (half a surrogate pair) */
export function encodeGb18030(text: string): Uint8Array {
  const known = doubleBytes();
  const parts: Uint8Array[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x80) parts.push(Uint8Array.of(point));
    else {
      let bytes = known.get(character);
      if (!bytes) {
        bytes = fourBytes(character);
        known.set(character, bytes);
      }
      parts.push(bytes);
    }
  }
  return Buffer.concat(parts);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant
const ASCII = /^[\x00-\x7f]*$/;

/** How many bytes a text takes; null when the encoding lacks a character of it, or would give another one back. */
export function gb18030Length(text: string): number | null {
  if (ASCII.test(text)) return text.length;
  try {
    const bytes = encodeGb18030(text);
    return new TextDecoder('gb18030').decode(bytes) === text ? bytes.length : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
