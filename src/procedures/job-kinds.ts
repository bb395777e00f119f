// The work behind each kind of job.
import type { JobKind } from '../regulation/vocabulary.ts';
import { exportArchiveWork } from './archive-work.ts';
import { issueLinksWork } from './issue-links.ts';
import { reencryptWork } from './re-encrypt-work.ts';
import { remindOfDay } from './remind.ts';
import type { JobWork } from './run-jobs.ts';

/** Job kind → one piece of its work. */
export const JOB_WORK: Record<JobKind, JobWork> = {
  'issue-links': issueLinksWork,
  remind: remindOfDay,
  'export-archive': exportArchiveWork,
  're-encrypt': reencryptWork,
};
