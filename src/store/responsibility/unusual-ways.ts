// Ways of acting over time, counted by the database (R23.1): signing in, who checks whom, who comes and goes, what comes back.
import { USUAL } from '../../regulation/responsibility/unusual-acts.ts';
import type { Transaction } from '../database/transaction.ts';
import { type Counted, MOST_OF_A_KIND, type Watched } from './unusual-acts.ts';

type Db = Pick<Transaction, '$queryRawUnsafe'>;

const LOCAL_DAY = `(a."at" AT TIME ZONE 'UTC' + interval '8 hours')::date`;
const TIMES = `a."at" >= $2::timestamptz AND a."at" < $3::timestamptz`;

async function counted(db: Db, sql: string, first: unknown, { from, until }: Watched): Promise<Counted[]> {
  const limited = `SELECT * FROM (${sql}) q ORDER BY q."first" DESC LIMIT ${MOST_OF_A_KIND}`;
  const rows = await db.$queryRawUnsafe<Counted[]>(limited, first, from.toISOString(), until.toISOString());
  return rows.map((row) => ({
    ...row,
    count: Number(row.count),
    ...(row.of === undefined ? {} : { of: Number(row.of) }),
    ...(row.usual === undefined ? {} : { usual: Number(row.usual) }),
  }));
}

/** Failures of an account on a day, where they are many. */
export function failedSignIns(db: Db, watched: Watched): Promise<Counted[]> {
  return counted(
    db,
    `SELECT a."officerId"::text, count(*) AS "count", min(a."at") AS "first", max(a."at") AS "last" FROM "SignInAttempt" a
     WHERE a."officerId"::text = ANY($1::text[]) AND ${TIMES} AND a."outcome" <> 'signed-in'
     GROUP BY a."officerId", ${LOCAL_DAY} HAVING count(*) > ${USUAL.failuresPerDay}`,
    [...watched.officers],
    watched,
  );
}

/** Attempts of a day with names that nobody has, where they are many; `of` is how many different names. */
export function unknownNames(db: Db, watched: Watched): Promise<Counted[]> {
  return counted(
    db,
    `SELECT NULL::text AS "officerId", count(*) AS "count", min(a."at") AS "first", max(a."at") AS "last",
       count(DISTINCT a."unknownName")::int AS "of" FROM "SignInAttempt" a
     WHERE a."outcome" = $1 AND ${TIMES} GROUP BY ${LOCAL_DAY} HAVING count(*) > ${USUAL.unknownNamesPerDay}`,
    'unknown-name',
    watched,
  );
}

/** Signing in within an hour after the account was locked; `of` is the minutes between. */
export function signInsAfterLock(db: Db, watched: Watched): Promise<Counted[]> {
  return counted(
    db,
    `SELECT a."officerId"::text, 1 AS "count", l."at" AS "first", a."at" AS "last",
       (extract(epoch FROM a."at" - l."at") / 60)::int AS "of" FROM "SignInAttempt" a
     CROSS JOIN LATERAL (SELECT b."at" FROM "SignInAttempt" b WHERE b."officerId" = a."officerId" AND b."outcome" = 'locked'
       AND b."at" < a."at" AND b."at" > a."at" - interval '${USUAL.minutesAfterLock} minutes' ORDER BY b."at" DESC LIMIT 1) l
     WHERE a."officerId"::text = ANY($1::text[]) AND ${TIMES} AND a."outcome" = 'signed-in'
       AND NOT EXISTS (SELECT FROM "SignInAttempt" c WHERE c."officerId" = a."officerId" AND c."outcome" = 'signed-in'
         AND c."at" > l."at" AND c."at" < a."at")`,
    [...watched.officers],
    watched,
  );
}

/** Correctors of whose corrections all were checked by the same other officer while a third could have. */
export function sameCheckers(db: Db, watched: Watched): Promise<Counted[]> {
  return counted(
    db,
    `WITH pairs AS (SELECT a."officerId" AS corrector, a."officeId", x."officerId" AS checker, a."at"
       FROM "Step" a JOIN "StepSubject" s ON s."institution" = a."institution" AND s."stepId" = a."id" AND s."kind" = 'record'
       CROSS JOIN LATERAL (SELECT t."officerId" FROM "StepSubject" u JOIN "Step" t ON t."institution" = u."institution" AND t."id" = u."stepId"
         WHERE u."institution" = s."institution" AND u."subjectId" = s."subjectId" AND u."version" = s."version"
           AND t."name" = 'cross-check' ORDER BY t."leafIndex" LIMIT 1) x
       WHERE a."institution" = $1 AND a."name" = 'correct' AND ${TIMES})
     SELECT p.corrector::text AS "officerId", count(*) AS "count", min(p."at") AS "first", max(p."at") AS "last" FROM pairs p
     GROUP BY p.corrector, p."officeId" HAVING count(*) >= ${USUAL.pairedCorrections} AND count(DISTINCT p.checker) = 1
       AND EXISTS (SELECT FROM "Officer" o WHERE o."officeId" = p."officeId" AND o."active" AND 'cross-check' = ANY(o."duties")
         AND o."id" <> p.corrector AND o."id" <> (min(p.checker::text))::uuid)`,
    watched.institution,
    watched,
  );
}

/** Officers who were added and retired within a week and acted meanwhile; `of` is the days between. */
export function brieflyAppointed(db: Db, watched: Watched): Promise<Counted[]> {
  return counted(
    db,
    `SELECT a."officerId"::text, (SELECT count(*) FROM "Step" t WHERE t."officerId" = a."officerId") AS "count", n."at" AS "first",
       a."at" AS "last", (extract(epoch FROM a."at" - n."at") / 86400)::int AS "of"
     FROM "OfficerChange" a JOIN "OfficerChange" n ON n."institution" = a."institution" AND n."officerId" = a."officerId" AND n."act" = 'added'
     WHERE a."institution" = $1 AND a."act" = 'retired' AND ${TIMES}
       AND a."at" - n."at" <= interval '${USUAL.appointedDays} days'
       AND EXISTS (SELECT FROM "Step" t WHERE t."officerId" = a."officerId")`,
    watched.institution,
    watched,
  );
}

/**
 * Collectors of whose records far more were returned than of others: `count` returned `of` their records, `usual` being what they
 * would have at three times the share of the institution. The collector is who had entered the returned version.
 */
export function returnedOften(db: Db, watched: Watched): Promise<Counted[]> {
  return counted(
    db,
    `WITH returned AS (SELECT c."officerId", count(*) AS n, min(k."at") AS "first", max(k."at") AS "last"
       FROM (SELECT DISTINCT ON (w."recordId", w."stepId") w."institution", w."recordId", w."returnedVersion", a."at"
         FROM "Step" a JOIN "ReviewReason" w ON w."institution" = a."institution" AND w."stepId" = a."id"
         WHERE a."institution" = $1 AND a."name" IN ('return-records', 'form-check') AND ${TIMES}) k
       CROSS JOIN LATERAL (SELECT t."officerId" FROM "StepSubject" u JOIN "Step" t ON t."institution" = u."institution" AND t."id" = u."stepId"
         WHERE u."institution" = k."institution" AND u."subjectId" = k."recordId" AND u."version" <= k."returnedVersion"
           AND t."name" IN ('collect', 'correct') ORDER BY t."leafIndex" DESC LIMIT 1) c
       GROUP BY c."officerId"),
     entered AS (SELECT t."officerId", sum(t."subjectCount") AS n FROM "Step" t
       WHERE t."institution" = $1 AND t."name" = 'collect' AND t."at" < $3::timestamptz GROUP BY t."officerId"),
     share AS (SELECT (SELECT sum(n) FROM returned) / greatest(1, (SELECT sum(n) FROM entered)) AS of_all)
     SELECT r."officerId"::text, r.n AS "count", r."first", r."last", e.n::int AS "of",
       floor(e.n * s.of_all * ${USUAL.timesReturnedShare})::int AS "usual"
     FROM returned r JOIN entered e ON e."officerId" = r."officerId" CROSS JOIN share s
     WHERE r.n > ${USUAL.returnedRecords} AND r.n > e.n * s.of_all * ${USUAL.timesReturnedShare}`,
    watched.institution,
    watched,
  );
}

/** Places of one resolution that one officer had corrected. */
export function rosterCorrections(db: Db, watched: Watched): Promise<Counted[]> {
  return counted(
    db,
    `SELECT a."officerId"::text, count(*) AS "count", min(a."at") AS "first", max(a."at") AS "last", s."subjectId"::text AS "subjectId"
     FROM "Step" a JOIN "StepSubject" s ON s."institution" = a."institution" AND s."stepId" = a."id" AND s."kind" = 'resolution'
     WHERE a."institution" = $1 AND a."name" = 'correct-roster' AND ${TIMES}
     GROUP BY a."officerId", s."subjectId" HAVING count(*) > ${USUAL.rosterCorrections}`,
    watched.institution,
    watched,
  );
}

/** Records that were withdrawn again, by the officer of the last withdrawal; `of` is the most withdrawals of one record. */
export function withdrawnAgain(db: Db, watched: Watched): Promise<Counted[]> {
  return counted(
    db,
    `SELECT w.officer::text AS "officerId", count(*) AS "count", min(w."at") AS "first", max(w."at") AS "last", max(w.times)::int AS "of"
     FROM (SELECT DISTINCT ON (v."recordId") v."recordId", v.times, v."at", v.officer FROM (
       SELECT a."recordId", a."at", t."officerId" AS officer, count(*) OVER (PARTITION BY a."recordId") AS times
       FROM "RecordWithdrawal" a JOIN "Step" t ON t."institution" = a."institution" AND t."id" = a."stepId"
       WHERE a."institution" = $1 AND ${TIMES}) v ORDER BY v."recordId", v."at" DESC) w
     WHERE w.times > ${USUAL.withdrawals} GROUP BY w.officer`,
    watched.institution,
    watched,
  );
}

/** How many steps of a name there were in a time, with the first and the last. */
export async function stepsWithin(
  db: Db,
  institution: string,
  name: string,
  from: Date,
  until: Date,
): Promise<Pick<Counted, 'count' | 'first' | 'last'> | null> {
  const sql = `SELECT count(*) AS "count", min(a."at") AS "first", max(a."at") AS "last" FROM "Step" a
    WHERE a."institution" = $1 AND a."name" = $2 AND a."at" >= $3::timestamptz AND a."at" < $4::timestamptz`;
  const values = [institution, name, from.toISOString(), until.toISOString()];
  const [row] = await db.$queryRawUnsafe<Counted[]>(sql, ...values);
  return row && Number(row.count) > 0 ? { ...row, count: Number(row.count) } : null;
}
