// Reading the text of a checkpoint (C2SP tlog-checkpoint body): origin, size, root.
import { fromBase64 } from './bytes.ts';

/** The head of a log: whose it is, how many leaves, the 32-byte root. */
export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array;
}

/** Reads a checkpoint's text: three lines, each ended by a newline, one spelling only. `undefined` for any other text. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const match = /^([^\n\r]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(text);
  if (!match) return undefined;
  const [, origin = '', digits = '', encoded = ''] = match;
  const root = fromBase64(encoded);
  const size = Number(digits);
  return root && Number.isSafeInteger(size) ? { origin, size, root } : undefined;
}
