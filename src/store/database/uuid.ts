// Keys of everything kept: UUID version 7, which sort by time, so that inserts go to the end of an index.
import { randomFillSync } from 'node:crypto';

const RANDOM = Buffer.alloc(8 * 512);
let used = RANDOM.length;
let lastTime = -1;
let counter = 0;
/** The time as keys begin with it, and which time that is. */
let clockText = '';
let clockTime = -1;

function nextRandom(): Buffer {
  if (used === RANDOM.length) {
    randomFillSync(RANDOM);
    used = 0;
  }
  used += 8;
  return RANDOM.subarray(used - 8, used);
}

/** The time in a UUIDv7, milliseconds since 1970-01-01 UTC. */
export function timeOfUuid(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** A new UUIDv7 that is greater than `last`, whichever server with whatever clock made that; null where there is none before it. */
export function uuidv7After(last: string | null): string {
  return uuidv7(Math.max(Date.now(), last === null ? 0 : timeOfUuid(last) + 1));
}

/**
 * A new UUIDv7 (RFC 9562, 5.7 and 6.2 method 1), greater than every earlier one of this process, also when the clock
 * stands still or goes back. 62 bits of each are random.
 *
 * @param now milliseconds since 1970-01-01 UTC, below 2^48; an earlier time than the last one counts as the last one
 * @throws RangeError when the time is not such a number
 */
export function uuidv7(now: number = Date.now()): string {
  const time = Math.floor(now);
  if (!(time >= 0 && time < 2 ** 48)) throw new RangeError('The time of a UUID must be in 0 … 2^48 ms.');
  const random = nextRandom();
  if (time > lastTime) {
    lastTime = time;
    // Half of the counter's range stays free for more keys in the same millisecond.
    counter = nextRandom().readUInt16BE(0) & 0x7ff;
  } else if (counter < 0xfff) counter++;
  else {
    lastTime++;
    counter = 0;
  }
  if (lastTime !== clockTime) {
    clockTime = lastTime;
    const clock = lastTime.toString(16).padStart(12, '0');
    clockText = `${clock.slice(0, 8)}-${clock.slice(8)}`;
  }
  const variant = (((random[0] ?? 0) & 0x3f) | 0x80).toString(16);
  const tail = random.toString('hex');
  const middle = (0x7000 | counter).toString(16);
  return `${clockText}-${middle}-${variant}${tail.slice(2, 4)}-${tail.slice(4)}`;
}
