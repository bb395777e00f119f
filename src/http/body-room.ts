// How much of large bodies is in memory at once: each asks for its room before a byte of it is read, and waits for it in a queue that ends.

/** The limits of a room. */
export interface RoomLimits {
  /** Bytes of bodies at once; a single body that is larger has the room to itself. */
  readonly bytes: number;
  /** Bodies at once. */
  readonly bodies: number;
  /** Bodies that wait, half of them of one owner. */
  readonly waiting: number;
  /** The longest wait, ms. */
  readonly waitMs: number;
}

/** A place in the room: given back once, when the body and what was made of it are done with. */
export type Release = () => void;

/** A room for bodies. */
export interface BodyRoom {
  /**
   * Waits for a place for a body of so many bytes.
   * @param owner whose it is: who holds least is next, so that twenty uploads of one do not keep another waiting behind all of them
   * @param gone ends the wait, because nobody waits for the answer any more
   * @returns null when the queue is full, the wait was too long, or `gone`
   */
  enter(bytes: number, owner: string, gone: AbortSignal): Promise<Release | null>;
}

interface Waiting {
  readonly bytes: number;
  readonly owner: string;
  take(release: Release | null): void;
}

/** Makes an empty room. */
export function makeBodyRoom(limits: RoomLimits): BodyRoom {
  const queue: Waiting[] = [];
  const held = new Map<string, number>();
  let bytes = 0;
  let bodies = 0;

  const fits = (more: number) => bodies === 0 || (bodies < limits.bodies && bytes + more <= limits.bytes);
  const hold = (size: number, owner: string): Release => {
    bytes += size;
    bodies++;
    held.set(owner, (held.get(owner) ?? 0) + size);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      bytes -= size;
      bodies--;
      const left = (held.get(owner) ?? 0) - size;
      if (left > 0) held.set(owner, left);
      else held.delete(owner);
      admit();
    };
  };
  /** The next is waited for until it fits: nobody smaller goes before it for ever. */
  const admit = (): void => {
    for (;;) {
      const least = Math.min(...queue.map(({ owner }) => held.get(owner) ?? 0));
      const next = queue.find(({ owner }) => (held.get(owner) ?? 0) === least);
      if (!next || !fits(next.bytes)) return;
      next.take(hold(next.bytes, next.owner));
    }
  };

  return {
    enter(size, owner, gone) {
      if (gone.aborted) return Promise.resolve(null);
      if (queue.length === 0 && fits(size)) return Promise.resolve(hold(size, owner));
      const own = queue.filter((each) => each.owner === owner).length;
      if (queue.length >= limits.waiting || own >= Math.ceil(limits.waiting / 2)) return Promise.resolve(null);
      return new Promise((resolve) => {
        const leave = () => waiting.take(null);
        const timer = setTimeout(leave, limits.waitMs);
        const waiting: Waiting = {
          bytes: size,
          owner,
          take(release) {
            clearTimeout(timer);
            gone.removeEventListener('abort', leave);
            queue.splice(queue.indexOf(waiting), 1);
            resolve(release);
            // Who was too large to be next may have kept others waiting who fit.
            if (release === null) admit();
          },
        };
        gone.addEventListener('abort', leave);
        queue.push(waiting);
        // Whoever holds least is next, also before those who came earlier.
        admit();
      });
    },
  };
}
