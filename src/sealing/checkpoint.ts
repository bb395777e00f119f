// The text of a log's head (C2SP tlog-checkpoint body). It is sealed as a detached CMS over these bytes.
import type { Checkpoint } from './verify/checkpoint.ts';

export { parseCheckpoint } from './verify/checkpoint.ts';

/**
 * The checkpoint text: origin, size, base64 root, each on its own line.
 * @throws {RangeError} when the origin is empty or has line breaks, the size is not a count, or the root has not 32 bytes
 */
export function checkpointText(checkpoint: Checkpoint): string {
  const { origin, size, root } = checkpoint;
  if (!/^[^\n\r]+$/.test(origin) || !Number.isSafeInteger(size) || size < 0 || root.length !== 32) {
    throw new RangeError('a checkpoint needs an origin of one line, a size and a root of 32 bytes');
  }
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
}
