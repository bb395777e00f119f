// What a job could not do, thing by thing: where it is, never what it is.
import type { JobProblem } from '../generated/prisma/client.ts';
import type { Transaction } from './database/transaction.ts';

export type { JobProblem };

/** Keeps problems of a job; one of the same place is kept once. @returns how many are new */
export async function keepProblems(
  tx: Pick<Transaction, 'jobProblem'>,
  of: { readonly institution: string; readonly jobId: string; readonly at: Date },
  problems: readonly Pick<JobProblem, 'place' | 'code'>[],
): Promise<number> {
  if (problems.length === 0) return 0;
  const data = problems.map((problem) => ({ ...of, ...problem }));
  return (await tx.jobProblem.createMany({ data, skipDuplicates: true })).count;
}

/** How many problems of a job are kept. */
export function countProblems(
  tx: Pick<Transaction, 'jobProblem'>,
  { institution, id: jobId }: { readonly institution: string; readonly id: string },
): Promise<number> {
  return tx.jobProblem.count({ where: { institution, jobId } });
}
