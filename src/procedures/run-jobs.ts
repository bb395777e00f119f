// Running jobs: one at a time, piece by piece, each piece with its progress in one transaction, so that a kill loses and doubles nothing.

import { otherWork } from '../files/turns.ts';
import type { JobKind } from '../regulation/vocabulary.ts';
import { inTransaction, type Transaction } from '../store/database/transaction.ts';
import { advanceJob, type Job, type JobData, renewLease, settleJob, takeJob } from '../store/jobs.ts';
import type { World } from './call.ts';
import { JOB_WORK } from './job-kinds.ts';

/** What came of one piece. `position` is where the next begins; null when nothing is left. */
export interface Piece {
  readonly done: number;
  readonly failed: number;
  readonly position: JobData | null;
}

/** One piece of a job's work, in the transaction that keeps its progress. `position` is null for the first. */
export type JobWork = (tx: Transaction, world: World, job: Job, position: JobData | null) => Promise<Piece>;

/** Says where it belongs that nothing will come of a job, in the transaction that ends it as failed. `error`: the last error's name. */
export type GiveUp = (tx: Transaction, world: World, job: Job, error: string) => Promise<void>;

/** Piecewise work that somebody waits for: what it leaves undone for good is said there. */
export interface WaitedWork {
  piece: JobWork;
  giveUp: GiveUp;
}

/**
 * Work that takes longer than a transaction may: it is prepared outside of any, so that everybody else goes on meanwhile, and then done
 * in one piece. Nothing is kept of what was prepared: after a kill it is prepared anew.
 */
export interface LongWork<Prepared> {
  /**
   * Reads and computes, and writes nothing. Calls `breathe` at least every few tens of milliseconds: others get their turn, the lease
   * is renewed, and where the job is another server's by now, or this one stops, it throws and nothing goes on.
   */
  prepare(world: World, job: Job, breathe: () => Promise<void>): Promise<Prepared>;
  /** The one piece, in the transaction that ends the job. What has changed since `prepare` is asked here again. */
  finish(tx: Transaction, world: World, job: Job, prepared: Prepared): Promise<Pick<Piece, 'done' | 'failed'>>;
  giveUp?: GiveUp;
}

/** Work of any kind. */
export type AnyWork = JobWork | WaitedWork | LongWork<never>;

/** Makes long work one of the works, whatever it prepares. */
export function longWork<Prepared>(work: LongWork<Prepared>): AnyWork {
  return work as unknown as LongWork<never>;
}

/** What a piece may take at the first attempt; each further one has twice the time (eight times at most), because a busy machine is no reason to give up. */
const PIECE_MS = 45_000;
const LEASE_BEYOND_PIECE_MS = 15_000;
const MOST_ATTEMPTS = 5;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 15 * 60_000;
const RENEW_MS = 10_000;

/** A job of which so many servers in a row may have died is not tried again: it would take the next one with it. Restarts count, too. */
const MOST_ABANDONED = 20;

/** What is tried again for ever: it was ordered, and nobody else would do it. */
const NEVER_GIVEN_UP: ReadonlySet<string> = new Set<JobKind>(['destroy-dataset']);

/** Tells of a job that broke off: its id and the name of the error, nothing of its content. */
export type TellOfJob = (facts: { jobId: string; kind: string; error: string }) => void;

const later = (ms: number) => new Date(Date.now() + ms);
const pieceMs = (attempts: number): number => PIECE_MS * Math.min(2 ** (attempts - 1), 8);
const leaseOf = ({ attempts }: Pick<Job, 'attempts'>): Date => later(pieceMs(attempts) + LEASE_BEYOND_PIECE_MS);

/** Another server has the job by now. */
class LeaseLost extends Error {}

/** The server stops: the job is put back as it was. */
class Stopping extends Error {}

/**
 * Takes and does the jobs that are due, until none is left or `stopped` says so.
 * @returns how many jobs were taken up.
 */
export async function runDueJobs(
  world: World,
  tell: TellOfJob = () => {},
  stopped: () => boolean = () => false,
): Promise<number> {
  let taken = 0;
  while (!stopped()) {
    const times = { now: world.now(), machineNow: new Date(), leaseUntil: leaseOf({ attempts: 1 }) };
    const job = await inTransaction(world.db, (tx) => takeJob(tx, times));
    if (!job) break;
    taken += 1;
    const hopeless = job.abandoned && job.attempts > MOST_ABANDONED && !NEVER_GIVEN_UP.has(job.kind);
    if (hopeless && (await givenUp(world, job, 'ServerDied'))) {
      tell({ jobId: job.id, kind: job.kind, error: 'ServerDied' });
      continue;
    }
    try {
      await doJob(world, job, stopped);
    } catch (error) {
      if (error instanceof LeaseLost) continue;
      const name = error instanceof Error ? error.name : 'Error';
      tell({ jobId: job.id, kind: job.kind, error: name });
      await giveBack(world, job, name);
    }
  }
  return taken;
}

async function doJob(world: World, job: Job, stopped: () => boolean): Promise<void> {
  const work = JOB_WORK[job.kind as keyof typeof JOB_WORK];
  if (!work) throw new Error(`no work is known for a job of kind ${job.kind}`);
  if (job.attempts > 1 && !(await renewLease(world.db.prisma, job, leaseOf(job)))) throw new LeaseLost();
  if (typeof work === 'object' && 'prepare' in work) {
    await doLongJob(world, job, work as unknown as LongWork<unknown>, stopped);
    return;
  }
  const doPiece = typeof work === 'function' ? work : work.piece;
  let position = job.position as JobData | null;
  for (;;) {
    const piece = await inTransaction(
      world.db,
      async (tx) => {
        const made = await doPiece(tx, world, job, position);
        const step = { ...made, position: made.position ?? position ?? {}, leaseUntil: leaseOf(job) };
        if (!(await advanceJob(tx, job, step))) throw new LeaseLost();
        if (made.position === null) {
          await settleJob(tx, job, { state: 'done', lastError: null, leaseUntil: null, finishedAt: world.now() });
        }
        return made;
      },
      { timeoutMs: pieceMs(job.attempts) },
    );
    if (piece.position === null) return;
    position = piece.position;
    if (stopped()) {
      await settleJob(world.db.prisma, job, { state: 'waiting', lastError: null, leaseUntil: null, finishedAt: null });
      return;
    }
  }
}

async function doLongJob(world: World, job: Job, work: LongWork<unknown>, stopped: () => boolean): Promise<void> {
  let renewed = Date.now();
  const position = (job.position as JobData | null) ?? {};
  const breathe = async () => {
    await otherWork();
    if (stopped()) throw new Stopping();
    if (Date.now() - renewed < RENEW_MS) return;
    renewed = Date.now();
    if (!(await renewLease(world.db.prisma, job, leaseOf(job)))) throw new LeaseLost();
  };
  try {
    const prepared = await work.prepare(world, job, breathe);
    await breathe();
    await inTransaction(
      world.db,
      async (tx) => {
        const made = await work.finish(tx, world, job, prepared);
        if (!(await advanceJob(tx, job, { ...made, position, leaseUntil: leaseOf(job) }))) throw new LeaseLost();
        await settleJob(tx, job, { state: 'done', lastError: null, leaseUntil: null, finishedAt: world.now() });
      },
      { timeoutMs: pieceMs(job.attempts) },
    );
  } catch (error) {
    if (!(error instanceof Stopping)) throw error;
    await settleJob(world.db.prisma, job, { state: 'waiting', lastError: null, leaseUntil: null, finishedAt: null });
  }
}

/** Tried again later, each time after twice the wait; after five attempts it stays failed and is shown so. */
async function giveBack(world: World, job: Job, lastError: string): Promise<void> {
  const over = job.attempts >= MOST_ATTEMPTS && !NEVER_GIVEN_UP.has(job.kind);
  // What cannot even say that it failed is not over: it is tried again, and says so then.
  if (over && (await givenUp(world, job, lastError))) return;
  const leaseUntil = later(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (job.attempts - 1)));
  await settleJob(world.db.prisma, job, { state: 'waiting', lastError, leaseUntil, finishedAt: null });
}

/** Ends a job as failed, together with what its work says of that. False when it could not be said. */
async function givenUp(world: World, job: Job, lastError: string): Promise<boolean> {
  const work: AnyWork | undefined = JOB_WORK[job.kind as keyof typeof JOB_WORK];
  const failed = { state: 'failed', lastError, leaseUntil: null, finishedAt: world.now() } as const;
  try {
    await inTransaction(world.db, async (tx) => {
      // Another server may have the job by now; what it does is not spoken for.
      if (!(await settleJob(tx, job, failed))) return;
      if (typeof work === 'object') await work.giveUp?.(tx, world, job, lastError);
    });
    return true;
  } catch {
    return false;
  }
}

/** Looks for due jobs again and again while the server runs. @returns stops after the piece at hand */
export function keepRunningJobs(world: World, tell: TellOfJob, everyMs = 1_000): () => Promise<void> {
  let over = false;
  let wake = () => {};
  let told = '';
  const loop = (async () => {
    while (!over) {
      try {
        await runDueJobs(world, tell, () => over);
        told = '';
      } catch (error) {
        // The database is away or its disk full: the next look may find it again. Said once, not every second: the log may lie on that disk.
        const name = error instanceof Error ? error.name : 'Error';
        if (name !== told) tell({ jobId: '', kind: '', error: name });
        told = name;
      }
      if (over) return;
      await new Promise<void>((done) => {
        const timer = setTimeout(done, everyMs);
        wake = () => {
          clearTimeout(timer);
          done();
        };
      });
    }
  })();
  return async () => {
    over = true;
    wake();
    await loop;
  };
}
