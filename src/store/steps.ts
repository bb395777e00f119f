// Sealed steps and what they were about. Rows are only ever added.
import { insertRows } from './bulk.ts';
import type { Transaction } from './transaction.ts';

/** A step ready to be kept. */
export interface StepRow {
  readonly institution: string;
  readonly id: string;
  readonly name: string;
  readonly article: string;
  readonly officeId: string;
  readonly officerId: string;
  readonly sealId: string;
  readonly at: Date;
  readonly statement: string;
  readonly leafIndex: number;
  readonly leafHash: string;
  readonly signature: Uint8Array;
  readonly batchRoot: string | null;
  readonly subjects: readonly { kind: string; id: string; version: number; digest: string }[];
  /** True when no earlier step spoke of these subjects. */
  readonly fresh: boolean;
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
  const { subjects, fresh, ...step } = row;
  await tx.step.create({
    data: { ...step, signature: Uint8Array.from(step.signature), subjectCount: subjects.length },
  });
  for (let start = 0; start < subjects.length; start += CHUNK) {
    const chunk = subjects.slice(start, start + CHUNK);
    const previous = fresh
      ? new Map<string, string>()
      : await lastSteps(
          tx,
          row.institution,
          chunk.map((subject) => subject.id),
          row.id,
        );
    const rows = chunk.map((subject, offset) => [
      row.institution,
      row.id,
      start + offset,
      subject.kind,
      subject.id,
      subject.version,
      subject.digest,
      previous.get(subject.id) ?? null,
    ]);
    await insertRows(tx, 'StepSubject', SUBJECT_COLUMNS, rows);
  }
}

async function lastSteps(
  tx: Transaction,
  institution: string,
  ids: readonly string[],
  before: string,
): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ subjectId: string; stepId: string }[]>`
    SELECT DISTINCT ON ("subjectId") "subjectId"::text, "stepId"::text FROM "StepSubject"
    WHERE "institution" = ${institution} AND "subjectId" = ANY(${ids}::uuid[]) AND "stepId" <> ${before}::uuid
    ORDER BY "subjectId", "stepId" DESC`;
  return new Map(rows.map((row) => [row.subjectId, row.stepId]));
}
