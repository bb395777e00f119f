// Jobs: rows that say what is still to be done. One server takes one at a time, under a lease that ends by itself when the server dies.
import type { Job } from '../generated/prisma/client.ts';
import type { JobKind } from '../regulation/vocabulary.ts';
import type { Transaction } from './database/transaction.ts';
import { uuidv7 } from './database/uuid.ts';

export type { Job };

/** A JSON object as jobs keep it; never personal data. */
export type JobData = { [key: string]: string | number | boolean | null | JobData | (string | number)[] };

/** Work to be done from `runAt` on. With a `key` there is one job of the kind and key in the institution, ever. */
export interface NewJob {
  /** Given where the id must be known before. */
  readonly id?: string;
  readonly institution: string;
  readonly kind: JobKind;
  readonly key?: string;
  readonly officeId: string;
  readonly createdById: string | null;
  readonly input: JobData;
  /** How many single things are to be done. */
  readonly total: number;
  /** By the register's clock. */
  readonly runAt: Date;
  readonly createdAt: Date;
}

/** Adds a job in the transaction of what it follows from. Null when one of the same key is there already. */
export async function enqueue(tx: Pick<Transaction, 'job'>, job: NewJob): Promise<string | null> {
  const id = job.id ?? uuidv7();
  const { count } = await tx.job.createMany({ data: [{ ...job, id, state: 'waiting' }], skipDuplicates: true });
  return count === 1 ? id : null;
}

/** A job that was taken. `abandoned`: the server that had it before neither ended it nor gave it back; it died, or its lease ran out. */
export type TakenJob = Job & { readonly abandoned: boolean };

/**
 * Takes the longest waiting job that is due by the register's clock, or one whose server let its lease run out; null when there is none.
 * @param leaseUntil by the machine's clock, as `machineNow`.
 */
export async function takeJob(
  tx: Transaction,
  { now, machineNow, leaseUntil }: { now: Date; machineNow: Date; leaseUntil: Date },
): Promise<TakenJob | null> {
  const [taken] = await tx.$queryRaw<{ institution: string; id: string; state: string }[]>`
    SELECT "institution", "id"::text, "state" FROM "Job"
    WHERE ("state" = 'waiting' AND "runAt" <= ${now}::timestamptz AND ("leaseUntil" IS NULL OR "leaseUntil" <= ${machineNow}::timestamptz))
       OR ("state" = 'running' AND "leaseUntil" <= ${machineNow}::timestamptz)
    ORDER BY "runAt", "id" LIMIT 1 FOR UPDATE SKIP LOCKED`;
  if (!taken) return null;
  const { state, ...key } = taken;
  const job = await tx.job.update({
    where: { institution_id: key },
    data: { state: 'running', leaseUntil, attempts: { increment: 1 } },
  });
  return { ...job, abandoned: state === 'running' };
}

/** The server that has a job keeps it until then. False when it is another server's by now. */
export async function renewLease(
  tx: Pick<Transaction, 'job'>,
  job: Pick<Job, 'institution' | 'id' | 'attempts'>,
  leaseUntil: Date,
): Promise<boolean> {
  const { institution, id, attempts } = job;
  const { count } = await tx.job.updateMany({
    where: { institution, id, state: 'running', attempts },
    data: { leaseUntil },
  });
  return count === 1;
}

/** How far a job has come; counts are added. False when the lease is another server's by now: nothing may be kept then. */
export async function advanceJob(
  tx: Pick<Transaction, 'job'>,
  job: Pick<Job, 'institution' | 'id' | 'attempts'>,
  step: { done: number; failed: number; position: JobData; leaseUntil: Date },
): Promise<boolean> {
  const { done, failed, position, leaseUntil } = step;
  const { count } = await tx.job.updateMany({
    where: { institution: job.institution, id: job.id, state: 'running', attempts: job.attempts },
    data: { done: { increment: done }, failed: { increment: failed }, position, leaseUntil },
  });
  return count === 1;
}

/** Ends a job, or puts it back to be tried again: `leaseUntil` is then the earliest moment. False when it is another server's by now. */
export async function settleJob(
  tx: Pick<Transaction, 'job'>,
  job: Pick<Job, 'institution' | 'id' | 'attempts'>,
  end: {
    state: 'done' | 'failed' | 'waiting';
    lastError: string | null;
    leaseUntil: Date | null;
    finishedAt: Date | null;
  },
): Promise<boolean> {
  const { count } = await tx.job.updateMany({
    where: { institution: job.institution, id: job.id, state: 'running', attempts: job.attempts },
    data: end,
  });
  return count === 1;
}

/** The job of a kind that is waiting or running in an institution, or null. */
export async function unfinishedJob(
  tx: Pick<Transaction, 'job'>,
  institution: string,
  kind: JobKind,
): Promise<Job | null> {
  const where = { institution, kind, state: { in: ['waiting', 'running'] } };
  return tx.job.findFirst({ where, orderBy: { id: 'asc' } });
}
