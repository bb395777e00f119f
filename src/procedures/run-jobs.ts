// Running jobs: one at a time, piece by piece, each piece with its progress in one transaction, so that a kill loses and doubles nothing.
import { advanceJob, type Job, type JobData, settleJob, takeJob } from '../store/jobs.ts';
import { inTransaction, type Transaction } from '../store/transaction.ts';
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

const LEASE_MS = 60_000;
const PIECE_MS = 45_000;
const MOST_ATTEMPTS = 5;
const FIRST_WAIT_MS = 2_000;

/** Tells of a job that broke off: its id and the name of the error, nothing of its content. */
export type TellOfJob = (facts: { jobId: string; kind: string; error: string }) => void;

const later = (ms: number) => new Date(Date.now() + ms);

/** Another server has the job by now. */
class LeaseLost extends Error {}

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
    const times = { now: world.now(), machineNow: new Date(), leaseUntil: later(LEASE_MS) };
    const job = await inTransaction(world.db, (tx) => takeJob(tx, times));
    if (!job) break;
    taken += 1;
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
  let position = job.position as JobData | null;
  for (;;) {
    const piece = await inTransaction(
      world.db,
      async (tx) => {
        const made = await work(tx, world, job, position);
        const step = { ...made, position: made.position ?? position ?? {}, leaseUntil: later(LEASE_MS) };
        if (!(await advanceJob(tx, job, step))) throw new LeaseLost();
        if (made.position === null) {
          await settleJob(tx, job, { state: 'done', lastError: null, leaseUntil: null, finishedAt: world.now() });
        }
        return made;
      },
      { timeoutMs: PIECE_MS },
    );
    if (piece.position === null) return;
    position = piece.position;
    if (stopped()) {
      await settleJob(world.db.prisma, job, { state: 'waiting', lastError: null, leaseUntil: null, finishedAt: null });
      return;
    }
  }
}

/** Tried again later, each time after twice the wait; after five attempts it stays failed and is shown so. */
async function giveBack(world: World, job: Job, lastError: string): Promise<void> {
  const over = job.attempts >= MOST_ATTEMPTS;
  await settleJob(world.db.prisma, job, {
    state: over ? 'failed' : 'waiting',
    lastError,
    leaseUntil: over ? null : later(FIRST_WAIT_MS * 2 ** (job.attempts - 1)),
    finishedAt: over ? world.now() : null,
  });
}

/** Looks for due jobs again and again while the server runs. @returns stops after the piece at hand */
export function keepRunningJobs(world: World, tell: TellOfJob, everyMs = 1_000): () => Promise<void> {
  let over = false;
  let wake = () => {};
  const loop = (async () => {
    while (!over) {
      try {
        await runDueJobs(world, tell, () => over);
      } catch (error) {
        // The database is away: the next look may find it again.
        tell({ jobId: '', kind: '', error: error instanceof Error ? error.name : 'Error' });
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
