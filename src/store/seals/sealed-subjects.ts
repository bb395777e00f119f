// What steps of some names were about, each beside who took the step, when, and what its statement says: for what is kept to be compared with.
import type { StepName } from '../../regulation/steps.ts';
import type { Transaction } from '../database/transaction.ts';

/** A subject of a step as it was sealed. */
export interface SealedSubject {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly digest: string;
  readonly stepId: string;
  readonly name: string;
  readonly officerId: string | null;
  readonly at: Date;
  /** The facts of the statement, as they came from its JSON. */
  readonly facts: { readonly [name: string]: unknown };
}

/** Every subject of the steps of these names, in the order of the log. For steps that are few: all of it is held at once. */
export function sealedSubjects(
  db: Pick<Transaction, '$queryRaw'>,
  institution: string,
  names: readonly StepName[],
): Promise<SealedSubject[]> {
  // OFFSET 0: the subjects of each step by its key. A join would be planned as a walk through those of every step there is.
  return db.$queryRaw<SealedSubject[]>`
    SELECT s."kind", s."subjectId"::text AS "id", s."version", s."digest", t."id"::text AS "stepId", t."name",
      t."officerId"::text AS "officerId", t."at", t."statement"::jsonb -> 'facts' AS "facts"
    FROM "Step" t JOIN LATERAL (
      SELECT * FROM "StepSubject" x WHERE x."institution" = t."institution" AND x."stepId" = t."id" OFFSET 0) s ON true
    WHERE t."institution" = ${institution} AND t."name" = ANY(${[...names]}::text[]) ORDER BY t."leafIndex", s."position"`;
}
