// Random bytes in small portions: asking the system for 12 bytes at a time costs more than the encryption itself.
import { randomFillSync } from 'node:crypto';

/** Gives views of `size` fresh random bytes each, from blocks of 512 portions. No portion is given twice. */
export function makeRandomPool(size: number): () => Buffer {
  let block = Buffer.alloc(0);
  let at = 0;
  return () => {
    if (at + size > block.length) {
      block = randomFillSync(Buffer.allocUnsafeSlow(size * 512));
      at = 0;
    }
    at += size;
    return block.subarray(at - size, at);
  };
}
