// Attempts to sign in, kept for the auditor (R23.1). Rows are only ever added.
import type { SignInOutcome } from '../../regulation/responsibility/sign-ins.ts';
import type { Database } from '../database/connect.ts';
import { uuidv7 } from '../database/uuid.ts';

/** Failures of one account, or of names that nobody has, that are kept in ten minutes: more would only fill the disk. */
export const MOST_KEPT = 30;

/**
 * Keeps what came of an attempt.
 * @param mark keyed mark of the name, kept only where nobody has it
 * @param outcome null where no account could be charged: the statement finds out why, as one statement of the same kind as always
 */
export async function keepAttempt(
  db: Database,
  { loginName, mark, at }: { readonly loginName: string; readonly mark: string; readonly at: Date },
  outcome: SignInOutcome | null,
): Promise<void> {
  await db.prisma.$executeRaw`
    INSERT INTO "SignInAttempt" ("id", "institution", "officeId", "officerId", "outcome", "unknownName", "at")
    SELECT ${uuidv7()}::uuid, o."institutionCode", o."officeId", o."id",
      coalesce(${outcome}::text, CASE WHEN o."id" IS NULL THEN 'unknown-name' WHEN NOT o."active" THEN 'refused-retired'
        ELSE 'refused-locked' END),
      CASE WHEN o."id" IS NULL THEN ${mark}::text END, ${at}::timestamptz
    FROM (SELECT 1) AS one LEFT JOIN (
      SELECT f."id", f."officeId", f."active", k."institutionCode" FROM "Officer" f JOIN "Office" k ON k."id" = f."officeId"
      WHERE f."loginName" = ${loginName}) o ON true
    WHERE ${outcome}::text = 'signed-in' OR (
      SELECT count(*) FROM "SignInAttempt" p WHERE p."at" > ${at}::timestamptz - interval '10 minutes'
        AND p."officerId" IS NOT DISTINCT FROM o."id" AND p."outcome" <> 'signed-in') < ${MOST_KEPT}`;
}
