// The work behind each kind of job.
import type { JobKind } from '../regulation/vocabulary.ts';
import { remindOfDay } from './remind.ts';
import type { JobWork } from './run-jobs.ts';

/** Job kind → one piece of its work. */
export const JOB_WORK: Partial<Record<JobKind, JobWork>> = { remind: remindOfDay };
