// Waiting for what the server does by itself: what is waited for is said, and when nothing will come of it the play ends at once.
import { type Story, StoryBroken } from './story.ts';

const LOOK_MS = 500;
/** How often it is said what is waited for. */
const TELL_MS = 30_000;
/** A job at rest for so long, or a thing that is not there by then, will not come: longer than the longest attempt of a job (six minutes). */
const PATIENCE_MS = 10 * 60_000;

/** How long is waited, and between what; milliseconds. */
export interface Patience {
  readonly lookMs?: number;
  readonly tellMs?: number;
  readonly patienceMs?: number;
}

/** What is waited for. */
export interface Awaited<T> {
  /** In the sentence of whoever reads the play: `the archive of 2026`. */
  readonly what: string;
  /** Who asks how the job stands. */
  readonly officer: string;
  /** The job that brings it, by its global id; where there is none, only the thing itself is looked at. */
  readonly job?: string;
  /** What there is by now; undefined while there is nothing. Throws {@link StoryBroken} when it sees that nothing will come. */
  look(): Promise<T | undefined>;
}

const JOB = 'query($id: ID!) { job(id: $id) { state done total failed attempts } }';

interface Standing {
  readonly state: string;
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  readonly attempts: number;
}

/**
 * Looks until it is there. A job that moves on is waited for as long as it does.
 * @throws {StoryBroken} the job failed or ended without it, or nothing moved for ten minutes; says what was waited for and how it stood
 */
export async function waitFor<T>(
  story: Pick<Story, 'query' | 'say'>,
  { what, officer, job, look }: Awaited<T>,
  { lookMs = LOOK_MS, tellMs = TELL_MS, patienceMs = PATIENCE_MS }: Patience = {},
): Promise<T> {
  const began = Date.now();
  let moved = began;
  let told = began;
  let stood = '';
  for (;;) {
    // Asked before the thing itself: what a job that is over has brought is there then.
    const data = job === undefined ? null : await story.query(officer, JOB, { id: job });
    const standing = (data?.job ?? null) as Standing | null;
    const found = await look();
    if (found !== undefined) return found;
    const says = standing ? inWords(standing) : 'not there yet';
    const seconds = Math.round((Date.now() - began) / 1000);
    if (standing && ['DONE', 'FAILED'].includes(standing.state)) {
      throw new StoryBroken(`${what}: nothing came of it; ${says} after ${seconds} s`);
    }
    if (says !== stood) moved = Date.now();
    stood = says;
    if (Date.now() - moved > patienceMs) throw new StoryBroken(`${what}: waited ${seconds} s in vain; ${says}`);
    if (Date.now() - told > tellMs) {
      told = Date.now();
      story.say(`  still waiting for ${what} (${seconds} s): ${says}`);
    }
    await new Promise((done) => setTimeout(done, lookMs));
  }
}

function inWords({ state, done, total, failed, attempts }: Standing): string {
  const lost = failed > 0 ? `, ${failed} failed` : '';
  return `its job is ${state}, ${done} of ${total} done${lost}, attempt ${attempts}`;
}
