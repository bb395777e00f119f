// A long list of short texts, packed: two million shared strings of a workbook as JavaScript strings would take 200 MB.

/** Texts by number, from 0, in the order in which they were added. */
export type StringPool = { add(text: string): void; get(index: number): string | undefined; readonly length: number };

const PAGE = 1024 * 1024;

/** An empty pool. Texts are kept as UTF-8 in pages of 1 MiB; one text may not be longer than a page (RangeError). */
export function makeStringPool(): StringPool {
  const pages: Buffer[] = [];
  let starts = new Uint32Array(1024);
  let sizes = new Uint32Array(1024);
  let count = 0;
  let free = PAGE;

  const grow = (old: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> => {
    const next = new Uint32Array(old.length * 2);
    next.set(old);
    return next;
  };

  return {
    add(text) {
      const size = Buffer.byteLength(text);
      if (size > PAGE) throw new RangeError('The text is longer than a page.');
      if (count === starts.length) {
        starts = grow(starts);
        sizes = grow(sizes);
      }
      if (free + size > PAGE) {
        pages.push(Buffer.allocUnsafeSlow(PAGE));
        free = 0;
      }
      pages[pages.length - 1]?.write(text, free, 'utf8');
      starts[count] = (pages.length - 1) * PAGE + free;
      sizes[count] = size;
      free += size;
      count++;
    },
    get(index) {
      const start = starts[index];
      if (!(index >= 0 && index < count) || start === undefined) return undefined;
      const at = start % PAGE;
      return pages[Math.floor(start / PAGE)]?.toString('utf8', at, at + (sizes[index] ?? 0));
    },
    get length() {
      return count;
    },
  };
}
