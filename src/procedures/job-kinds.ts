// The work behind each kind of job.
import type { JobKind } from '../regulation/vocabulary.ts';
import { exportArchiveWork } from './archive-work.ts';
import { destroyAtEnd } from './destroy-dataset.ts';
import { generateDataset } from './generate-dataset.ts';
import { issueLinksWork } from './issue-links.ts';
import { reencryptWork } from './re-encrypt-work.ts';
import { remindOfDay } from './remind.ts';
import { type AnyWork, longWork } from './run-jobs.ts';

/** Job kind → one piece of its work, or the two halves of long work. */
export const JOB_WORK: Record<JobKind, AnyWork> = {
  'issue-links': issueLinksWork,
  remind: remindOfDay,
  'generate-dataset': longWork(generateDataset),
  'destroy-dataset': destroyAtEnd,
  'export-archive': exportArchiveWork,
  're-encrypt': reencryptWork,
};
