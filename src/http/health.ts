// Whether the server can do its work, told at once: it is up, and its database has answered – the last answer with its age while another is awaited.
import type { World } from '../procedures/call.ts';
import type { Reply } from './reply.ts';

/** Tells how the server is. */
export interface Health {
  /** Whether the process answers: nothing is asked of anything. A server for which this fails is to be started anew. */
  live(): Reply;
  /**
   * Whether requests find a database that answers. 200 `ok`: it has just answered. 200 `busy`: it answers somebody else, as the embedded
   * one does while an import goes on; its last answer is younger than requests wait for theirs. 503 `database-unavailable`: it refused, or
   * has not answered for longer. Nothing else is told.
   */
  ready(): Promise<Reply>;
}

/** How long a question is awaited before the last answer is told instead, and how old that may be, ms. */
export interface Patience {
  readonly waitMs: number;
  readonly busyMs: number;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
}

/** As long as requests themselves wait for the database (`inTransaction`). */
const PATIENCE: Patience = { waitMs: 500, busyMs: 60_000, clock: () => performance.now() };

/** Makes the teller of a server. One question is under way at most, however many ask. */
export function makeHealth(world: Pick<World, 'db'>, { waitMs, busyMs, clock }: Patience = PATIENCE): Health {
  let asking: { readonly since: number; readonly answer: Promise<void> } | null = null;
  // The server has just opened its database when it begins to listen.
  let last = { up: true, at: clock() };

  const ask = () => {
    const note = (up: boolean) => {
      last = { up, at: clock() };
      asking = null;
    };
    const answer = world.db.prisma.calendarDay.findFirst({ select: { date: true } }).then(
      () => note(true),
      () => note(false),
    );
    asking = { since: clock(), answer };
    return asking;
  };

  return {
    live: () => told(200, { status: 'ok' }),
    async ready() {
      // Who comes while another waits already is told at once.
      if (asking === null) await within(ask().answer, waitMs);
      const now = clock();
      const age = now - last.at;
      const status = !last.up || age > busyMs ? 'database-unavailable' : asking === null ? 'ok' : 'busy';
      const database = {
        answered: last.up,
        secondsAgo: Math.floor(age / 1000),
        ...(asking === null ? {} : { askedSecondsAgo: Math.floor((now - asking.since) / 1000) }),
      };
      return told(status === 'database-unavailable' ? 503 : 200, { status, database });
    },
  };
}

function told(status: number, body: object): Reply {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
}

async function within(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((done) => {
    timer = setTimeout(done, ms);
  });
  await Promise.race([work, over]);
  clearTimeout(timer);
}
