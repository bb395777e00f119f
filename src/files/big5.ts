// Big5 told from GB 18030: nearly every text in it is valid GB 18030 as well, only nonsense.

/** The first line with something on it. */
function firstLine(bytes: Uint8Array): Uint8Array {
  const blank = (byte: number | undefined) => byte === 0x0a || byte === 0x0d || byte === 0x20;
  let from = 0;
  while (from < bytes.length && blank(bytes[from])) from++;
  const end = bytes.subarray(from).findIndex((byte) => byte === 0x0a || byte === 0x0d);
  return bytes.subarray(from, end < 0 ? bytes.length : from + end);
}

/**
 * Whether the first line of a text is Big5. Its frequent characters begin with A4–C6, and two in five of them end with a byte
 * of 40–7E: of GB 18030 only rare characters do, and these begin with others; of UTF-8 none.
 */
export function looksLikeBig5(bytes: Uint8Array): boolean {
  const line = firstLine(bytes);
  let [all, frequent, low] = [0, 0, 0];
  for (let at = 0; at < line.length; at++) {
    const lead = line[at] ?? 0;
    if (lead < 0x80) continue;
    const trail = line[++at] ?? 0;
    const isLow = trail >= 0x40 && trail <= 0x7e;
    if (!isLow && trail < 0xa1) return false;
    all++;
    if (lead >= 0xa4 && lead <= 0xc6) frequent++;
    if (isLow) low++;
  }
  return low >= 2 && frequent >= 0.9 * all && low >= 0.2 * all;
}
