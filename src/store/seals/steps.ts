// Sealed steps and what they were about. Rows are only ever added.
import { insertRows } from '../database/bulk.ts';
import type { Transaction } from '../database/transaction.ts';

/** The step that last spoke of a subject: its id and the hash of its leaf (lower-case hex). */
export interface PreviousStep {
  readonly stepId: string;
  readonly leafHash: string;
}

/** A step ready to be kept. */
export interface StepRow {
  readonly institution: string;
  readonly id: string;
  readonly name: string;
  readonly article: string;
  readonly officeId: string;
  /** Null: the student himself. */
  readonly officerId: string | null;
  readonly sealId: string;
  readonly at: Date;
  readonly statement: string;
  readonly leafIndex: number;
  readonly leafHash: string;
  readonly signature: Uint8Array;
  readonly batchRoot: string | null;
  readonly subjects: Iterable<{ kind: string; id: string; version: number; digest: string }> & {
    readonly length: number;
  };
  /** The step that last spoke of a subject, by the subject's id. */
  readonly previous: ReadonlyMap<string, PreviousStep>;
}

const SUBJECT_COLUMNS = [
  { name: 'institution', type: 'text' },
  { name: 'stepId', type: 'uuid' },
  { name: 'position', type: 'int' },
  { name: 'kind', type: 'text' },
  { name: 'subjectId', type: 'uuid' },
  { name: 'version', type: 'int' },
  { name: 'digest', type: 'text' },
  { name: 'previousStepId', type: 'uuid' },
] as const;
const CHUNK = 2000;

/** Adds a step with its subjects, each tied to the step that last spoke of it. */
export async function appendStep(tx: Transaction, row: StepRow): Promise<void> {
  const { subjects, previous, ...step } = row;
  await tx.step.create({
    data: { ...step, signature: Uint8Array.from(step.signature), subjectCount: subjects.length },
  });
  let position = 0;
  let rows: unknown[][] = [];
  let writing: Promise<unknown> = Promise.resolve();
  for (const { kind, id, version, digest } of subjects) {
    rows.push([row.institution, row.id, position, kind, id, version, digest, previous.get(id)?.stepId ?? null]);
    position += 1;
    if (rows.length < CHUNK && position < subjects.length) continue;
    // While the database writes these, the next are made.
    await writing;
    writing = insertRows(tx, 'StepSubject', SUBJECT_COLUMNS, rows);
    writing.catch(() => {}); // told by the next await
    rows = [];
  }
  await writing;
}

/** The last of the first `size` steps: its id, and when it was taken; null when there is none. */
export async function lastStep(
  tx: Pick<Transaction, 'step'>,
  institution: string,
  size: number,
): Promise<{ readonly id: string; readonly at: Date } | null> {
  if (size === 0) return null;
  const where = { institution_leafIndex: { institution, leafIndex: size - 1 } };
  return tx.step.findUnique({ where, select: { id: true, at: true } });
}

/** The step that last spoke of each of these subjects; those nobody spoke of are left out. */
export async function lastSteps(
  tx: Transaction,
  institution: string,
  ids: readonly string[],
): Promise<Map<string, PreviousStep>> {
  const found = new Map<string, PreviousStep>();
  for (let start = 0; start < ids.length; start += CHUNK) {
    const chunk = ids.slice(start, start + CHUNK);
    // A step id is a UUIDv7, so the greatest is the latest. First the step of each subject, then its leaf: the database must not go
    // through all steps of the house for each subject, as it likes to while it knows of few.
    const rows = await tx.$queryRaw<{ subjectId: string; stepId: string; leafHash: string }[]>`
      SELECT k."id"::text AS "subjectId", last."stepId"::text, t."leafHash" FROM unnest(${chunk}::text[]::uuid[]) AS k("id")
      CROSS JOIN LATERAL (
        SELECT s."stepId" FROM "StepSubject" s WHERE s."institution" = ${institution} AND s."subjectId" = k."id"
        ORDER BY s."stepId" DESC LIMIT 1) last
      JOIN "Step" t ON t."institution" = ${institution} AND t."id" = last."stepId"`;
    for (const { subjectId, stepId, leafHash } of rows) found.set(subjectId, { stepId, leafHash });
  }
  return found;
}
