// Reading request bodies within their limits, whatever their headers claim, and no slower than a bad line brings them.

/** A body that is larger than it may be. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
  readonly most: number;
  constructor(most: number) {
    super('the body is too large');
    this.most = most;
  }
}

/** A body that comes so slowly that it is taken for one that never ends. */
export class BodyTooSlow extends Error {
  override readonly name = 'BodyTooSlow';
  /** Bytes per second. */
  readonly least: number;
  constructor(least: number) {
    super('the body comes too slowly');
    this.least = least;
  }
}

/** How large a body may be, and how slow. */
export interface BodyLimits {
  /** Bytes. */
  readonly most: number;
  /** For so long nothing need come, ms. */
  readonly graceMs: number;
  /** After that so many bytes per second, on the whole. */
  readonly bytesPerSecond: number;
}

/**
 * The pieces of a body, until they exceed the limit or keep us waiting for too long. Only the time counts in which we wait for a piece:
 * what we take ourselves to do something with one is not the visitor's.
 * @throws {BodyTooLarge} {BodyTooSlow}
 */
export async function* limited(body: AsyncIterable<Uint8Array>, limits: BodyLimits): AsyncGenerator<Uint8Array> {
  const { most, graceMs, bytesPerSecond } = limits;
  const pieces = body[Symbol.asyncIterator]();
  let size = 0;
  let waitedMs = 0;
  try {
    for (;;) {
      const began = performance.now();
      const left = graceMs + (size * 1000) / bytesPerSecond - waitedMs;
      const next = await inTime(pieces.next(), Math.max(0, left), () => new BodyTooSlow(bytesPerSecond));
      waitedMs += performance.now() - began;
      if (next.done) return;
      size += next.value.length;
      if (size > most) throw new BodyTooLarge(most);
      yield next.value;
    }
  } finally {
    // Not waited for: a body that never comes does not end either.
    pieces.return?.().catch(() => {});
  }
}

/** A second look after the time is over: what came while we were busy ourselves is still taken. */
const SECOND_LOOK_MS = 250;

async function inTime<T>(work: Promise<T>, ms: number, problem: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      timer = setTimeout(() => reject(problem()), SECOND_LOOK_MS);
    }, ms);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}

/** A whole body. @throws {BodyTooLarge} {BodyTooSlow} */
export async function readBody(body: AsyncIterable<Uint8Array>, limits: BodyLimits): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of limited(body, limits)) pieces.push(piece);
  return Buffer.concat(pieces);
}
