// Checkpoints of the embedded database. PostgreSQL has a process for them that PGlite has not: without these its log would grow until it is
// closed, and after a kill the next start would go through all of it.
import type pg from 'pg';

/** How often it is asked how much there is, milliseconds. */
const EVERY = 15_000;
/** So much log is gone through in about half a second at the start after a kill. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Makes a checkpoint when more log than `most` bytes has been written since the last one. Answers whether it did. */
export async function checkpointIfDue(pool: Pick<pg.Pool, 'query'>, most: number = MOST_BYTES): Promise<boolean> {
  const { rows } = await pool.query<{ due: boolean }>(
    'SELECT pg_current_wal_insert_lsn() - redo_lsn > $1::numeric AS due FROM pg_control_checkpoint()',
    [most],
  );
  if (!rows[0]?.due) return false;
  await pool.query('CHECKPOINT');
  return true;
}

/** Looks again and again until the returned function is called; that waits for the one under way. */
export function keepCheckpoints(pool: Pick<pg.Pool, 'query'>): () => Promise<void> {
  let under: Promise<unknown> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    // One that fails is tried again; a log that is longer loses nothing.
    under = checkpointIfDue(pool)
      .catch(() => false)
      .finally(() => {
        busy = false;
      });
  }, EVERY).unref();
  return async () => {
    clearInterval(timer);
    await under;
  };
}
