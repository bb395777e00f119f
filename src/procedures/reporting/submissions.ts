// The submissions of a record (R14.1): each report with what became of it, read from the sealed steps, and what changed since the last one.

import type { Transaction } from '../../store/database/transaction.ts';
import { submissionSteps } from '../../store/seals/step-history.ts';
import type { World } from '../call.ts';
import { diffVersions, type FieldDifference } from '../records/record-diff.ts';

/** One way of a record from its report on. Ids of steps; null for what has not happened. */
export interface Submission {
  readonly institution: string;
  readonly recordId: string;
  /** 1 for the first. */
  readonly number: number;
  readonly version: number;
  /** The version of the submission before; null for the first. */
  readonly previousVersion: number | null;
  readonly report: string;
  readonly upward: string | null;
  readonly review: string | null;
  readonly returned: string | null;
  readonly filing: string | null;
  readonly formCheck: string | null;
  readonly withdrawal: string | null;
  /** Corrections and answers that followed, until the next report. */
  readonly corrections: readonly string[];
}

type Draft = { -readonly [Key in keyof Submission]: Submission[Key] };

/** Step → its place in a submission. */
const PLACES = {
  'report-upward': 'upward',
  review: 'review',
  'return-records': 'returned',
  filing: 'filing',
  'form-check': 'formCheck',
  'withdraw-records': 'withdrawal',
} as const;

/** Every submission of a record, the first one first. */
export async function submissionsOf(
  db: Pick<Transaction, 'stepSubject'>,
  institution: string,
  recordId: string,
): Promise<Submission[]> {
  const submissions: Draft[] = [];
  for (const { stepId, name, version } of await submissionSteps(db, institution, recordId)) {
    const last = submissions.at(-1);
    if (name === 'report') {
      const previousVersion = last?.version ?? null;
      submissions.push({
        ...{ institution, recordId, number: submissions.length + 1, version, previousVersion, report: stepId },
        ...{ upward: null, review: null, returned: null, filing: null, formCheck: null, withdrawal: null },
        corrections: [],
      });
    } else if (last && name in PLACES) last[PLACES[name as keyof typeof PLACES]] = stepId;
    else if (last) last.corrections = [...last.corrections, stepId];
  }
  return submissions;
}

/** What the present version of a record says otherwise than the one that was submitted before it; nothing for a first submission. */
export async function changesSinceSubmission(
  world: Pick<World, 'cipher' | 'db'>,
  institution: string,
  recordId: string,
  version: number,
): Promise<FieldDifference[]> {
  const earlier = (await submissionsOf(world.db.prisma, institution, recordId)).filter((one) => one.version < version);
  const last = earlier.at(-1);
  return last ? diffVersions(world, institution, recordId, last.version, version) : [];
}
