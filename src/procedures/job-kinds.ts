// The work behind each kind of job.
import type { JobKind } from '../regulation/vocabulary.ts';
import { exportArchiveWork } from './archive/archive-work.ts';
import { destroyAtEnd } from './datasets/destroy-dataset.ts';
import { generateDataset } from './datasets/generate-dataset.ts';
import { remindOfDay } from './deadlines/remind.ts';
import { type AnyWork, longWork } from './run-jobs.ts';
import { reencryptWork } from './secrecy/re-encrypt-work.ts';
import { issueLinksWork } from './student/issue-links.ts';

/** Job kind → one piece of its work, or the two halves of long work. */
export const JOB_WORK: Record<JobKind, AnyWork> = {
  'issue-links': issueLinksWork,
  remind: remindOfDay,
  'generate-dataset': longWork(generateDataset),
  'destroy-dataset': destroyAtEnd,
  'export-archive': exportArchiveWork,
  're-encrypt': reencryptWork,
};
