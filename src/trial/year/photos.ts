// Portraits of nobody: small grey JPEG images (ITU-T T.81 baseline), each different, of the size 150×210 that the photo standard has.

const WIDTH = 150;
const HEIGHT = 210;
/** Standard luminance DC table, annex K.3: number of codes per length, and the categories in order. */
const DC_LENGTHS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const DC_VALUES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
/** An AC table with the one code that we need: end of block. */
const AC_LENGTHS = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const QUANTUM = 8;

function segment(marker: number, body: readonly number[]): number[] {
  const length = body.length + 2;
  return [0xff, marker, length >> 8, length & 0xff, ...body];
}

function dcCodes(): readonly (readonly [code: number, length: number])[] {
  const codes: [number, number][] = [];
  let code = 0;
  for (const [at, count] of DC_LENGTHS.entries()) {
    for (let n = 0; n < count; n++) codes.push([code++, at + 1]);
    code <<= 1;
  }
  return codes;
}
const DC_CODES = dcCodes();

/** Collects bits into bytes, most significant first, with a zero stuffed after every FF (annex F.1.2.3). */
function bitWriter() {
  const bytes: number[] = [];
  let held = 0;
  let count = 0;
  const put = (value: number, length: number): void => {
    for (let at = length - 1; at >= 0; at--) {
      held = ((held << 1) | ((value >> at) & 1)) & 0xff;
      if (++count < 8) continue;
      bytes.push(held);
      if (held === 0xff) bytes.push(0);
      held = 0;
      count = 0;
    }
  };
  const close = (): number[] => {
    while (count > 0) put(1, 1);
    return bytes;
  };
  return { put, close };
}

/** The shade of a block, 0 to 255: a background, shoulders and an oval face whose place and tone depend on the seed. */
function shade(column: number, row: number, seed: number): number {
  const x = (column - 9.5 - ((seed % 5) - 2) * 0.3) / (4.2 + (seed % 3) * 0.4);
  const y = (row - 10 - ((seed >> 3) % 3)) / 6;
  if (x * x + y * y < 1) return 170 + (seed % 40) - (y < -0.45 ? 140 : 0);
  const shoulder = 18 + Math.abs(column - 9.5) * 0.35;
  return row > shoulder ? 40 + ((seed >> 5) % 60) : 225 + ((seed >> 2) % 25);
}

/** A portrait for a seed; the seed also stands in a comment, so that no two files are equal. About 800 bytes. */
export function makePhoto(seed: number): Uint8Array {
  const bits = bitWriter();
  let before = 0;
  for (let row = 0; row < Math.ceil(HEIGHT / 8); row++) {
    for (let column = 0; column < Math.ceil(WIDTH / 8); column++) {
      // The DC coefficient of an even block is eight times its level-shifted shade.
      const level = Math.round(((shade(column, row, seed) - 128) * 8) / QUANTUM);
      const difference = level - before;
      before = level;
      const category = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
      const [code, length] = DC_CODES[category] ?? [0, 2];
      bits.put(code, length);
      bits.put(difference < 0 ? difference + (1 << category) - 1 : difference, category);
      bits.put(0, 1);
    }
  }
  const jfif = [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0];
  const comment = [...Buffer.from(`Vermilion trial portrait ${seed}`, 'latin1')];
  const size = [HEIGHT >> 8, HEIGHT & 0xff, WIDTH >> 8, WIDTH & 0xff];
  return Uint8Array.from([
    ...[0xff, 0xd8, ...segment(0xe0, jfif), ...segment(0xfe, comment)],
    ...segment(0xdb, [0, ...Array<number>(64).fill(QUANTUM)]),
    ...segment(0xc0, [8, ...size, 1, 1, 0x11, 0]),
    ...segment(0xc4, [0, ...DC_LENGTHS, ...DC_VALUES]),
    ...segment(0xc4, [0x10, ...AC_LENGTHS, 0]),
    ...segment(0xda, [1, 1, 0, 0, 63, 0]),
    ...[...bits.close(), 0xff, 0xd9],
  ]);
}
