// Who was in an analysis dataset (R18.1), worked out anew from what the register knows of every moment: nothing is kept of a destroyed dataset for it.
import type { Dataset } from '../../generated/prisma/client.ts';
import type { Transaction } from '../database/transaction.ts';
import type { Asking, FiledSelection } from './filed-fields.ts';

/** A dataset that was made once, whatever became of it, and what its people were chosen by. */
export type MadeDataset = Pick<
  Dataset,
  'id' | 'k' | 'fields' | 'organisationCode' | 'yearFrom' | 'yearUntil' | 'categories'
> & { readonly generatedAt: Date };

/** How many people two datasets have in common, and how many are in one alone. */
export interface PeopleCompared {
  readonly both: number;
  /** In the earlier one alone: their records ended, were returned or changed their category since, or are not asked for now. */
  readonly gone: number;
  /** In the later one alone. */
  readonly added: number;
}

const MADE = {
  ...{ id: true, k: true, fields: true, organisationCode: true, yearFrom: true, yearUntil: true },
  ...{ categories: true, generatedAt: true },
} as const;

/** Every other dataset of the institution ever made whose years and categories overlap, of whichever organisation, destroyed ones included. */
export async function datasetsMadeOf(
  tx: Pick<Transaction, 'dataset'>,
  { institution, id, yearFrom, yearUntil, categories }: FiledSelection & Pick<Dataset, 'id'>,
): Promise<MadeDataset[]> {
  const rows = await tx.dataset.findMany({
    where: {
      ...{ institution, id: { not: id }, generatedAt: { not: null } },
      ...{ yearFrom: { lte: yearUntil }, yearUntil: { gte: yearFrom }, categories: { hasSome: [...categories] } },
    },
    select: MADE,
    orderBy: { id: 'asc' },
  });
  return rows.flatMap(({ generatedAt, ...row }) => (generatedAt ? [{ ...row, generatedAt }] : []));
}

// Filed at a moment: the last filing until then was followed by no return for its form, and no end. `filedAt` is the last filing of all;
// of a record that was returned and filed again the log knows the earlier ones.
const RETURNED = `SELECT 1 FROM "FormCheckResult" c
  WHERE c."institution" = r."institution" AND c."recordId" = r."id" AND NOT c."passed"`;
const COMPARE = `
  WITH asked AS (
    SELECT "id" FROM "DegreeRecord"
    WHERE "institution" = $1 AND "state" = 'filed' AND "category" = ANY($2) AND "conferralDate" >= $3 AND "conferralDate" <= $4
  ), earlier AS (
    SELECT r."id" FROM "DegreeRecord" r
    LEFT JOIN LATERAL (
      SELECT v."content" FROM "RecordVersion" v
      WHERE v."institution" = r."institution" AND v."recordId" = r."id" AND v."replacedAt" > $5
      ORDER BY v."version" LIMIT 1
    ) then_ ON true
    WHERE r."institution" = $1
      AND coalesce(then_."content"->>'category', r."category") = ANY($6)
      AND coalesce(then_."content"->>'conferralDate', r."conferralDate") >= $7
      AND coalesce(then_."content"->>'conferralDate', r."conferralDate") <= $8
      AND NOT EXISTS (
        SELECT 1 FROM "RecordEnd" e
        WHERE e."institution" = r."institution" AND e."recordId" = r."id" AND e."at" <= $5
      )
      AND CASE WHEN r."filedAt" <= $5
        THEN NOT EXISTS (${RETURNED} AND c."at" > r."filedAt" AND c."at" <= $5)
        ELSE EXISTS (${RETURNED} AND c."at" > $5) AND EXISTS (
          SELECT 1 FROM "StepSubject" s JOIN "Step" t ON t."institution" = s."institution" AND t."id" = s."stepId"
          WHERE s."institution" = r."institution" AND s."subjectId" = r."id" AND t."name" = 'filing' AND t."at" <= $5
            AND NOT EXISTS (${RETURNED} AND c."at" > t."at" AND c."at" <= $5)
        )
      END
  )
  SELECT count(*) FILTER (WHERE a."id" IS NOT NULL AND e."id" IS NOT NULL)::int AS "both",
    count(*) FILTER (WHERE a."id" IS NULL)::int AS "gone",
    count(*) FILTER (WHERE e."id" IS NULL)::int AS "added"
  FROM asked a FULL JOIN earlier e ON e."id" = a."id"`;

const span = ({ yearFrom, yearUntil }: Pick<FiledSelection, 'yearFrom' | 'yearUntil'>) => [
  `${yearFrom}-01-01`,
  `${yearUntil}-12-31`,
];

/** Compares the people of a selection as it is now with those whom a dataset had when it was made. */
export async function comparePeople(
  db: Asking,
  selection: FiledSelection,
  made: Pick<MadeDataset, 'yearFrom' | 'yearUntil' | 'categories' | 'generatedAt'>,
): Promise<PeopleCompared> {
  const { rows } = await db.query<PeopleCompared>(COMPARE, [
    ...[selection.institution, [...selection.categories], ...span(selection)],
    ...[made.generatedAt, made.categories, ...span(made)],
  ]);
  return rows[0] ?? { both: 0, gone: 0, added: 0 };
}
