// What officers did, counted by the database (R23.1): a handful of rows whatever the length of the log. Who is asked about is given by id.

import { USUAL } from '../../regulation/responsibility/unusual-acts.ts';
import type { UsualDay } from '../../regulation/responsibility/unusual-days.ts';
import { SINGLE_REVEALS } from '../../regulation/reveal.ts';
import type { Transaction } from '../database/transaction.ts';

/** The acts that are counted. */
export interface Watched {
  readonly institution: string;
  /** The officers that are watched. */
  readonly officers: readonly string[];
  /** From this moment on, before that one. */
  readonly from: Date;
  readonly until: Date;
  readonly days: readonly UsualDay[];
}

/** Acts of one officer that are counted together. */
export interface Counted {
  readonly officerId: string | null;
  readonly count: number;
  readonly first: Date;
  readonly last: Date;
  /** What is still usual: of the day, or of the officer. */
  readonly usual?: number;
  /** Of how many, or how fast in milliseconds. */
  readonly of?: number;
  readonly subjectId?: string;
}

type Db = Pick<Transaction, '$queryRawUnsafe'>;

/** Rows of one kind that are told at most. */
export const MOST_OF_A_KIND = 200;

const DAYS = `jsonb_to_recordset($5::jsonb) AS p("day" text, "from" int, "until" int, "off" boolean, "seconds" int, "reveals" int)`;
/** Asia/Shanghai has had one offset since 1991. */
const local = (column: string): string => `(${column} AT TIME ZONE 'UTC' + interval '8 hours')`;
const dayOf = (column: string): string => `${local(column)}::date::text`;
const WITHIN = (alias: string): string =>
  `${alias}."institution" = $1 AND ${alias}."at" >= $3::timestamptz AND ${alias}."at" < $4::timestamptz`;
/** The server took it by itself because it was ordered before: canonical JSON has the order just before the previous steps. */
const ORDERED = `t."statement" ~ ',"order":"[0-9a-f]{64}","previous":\\['`;

/** Looks at single values; a sheet or an export is a sealed step of its own. */
const SINGLE = `v."kind" IN (${SINGLE_REVEALS.map((kind) => `'${kind}'`).join(', ')})`;

async function counted(db: Db, sql: string, watched: Watched): Promise<Counted[]> {
  const { institution, officers, from, until, days } = watched;
  const limited = `WITH given AS (SELECT $1::text, $2::text[], $3::timestamptz, $4::timestamptz, $5::jsonb)
    SELECT * FROM (${sql}) q ORDER BY q."first" DESC LIMIT ${MOST_OF_A_KIND}`;
  const values = [institution, [...officers], from.toISOString(), until.toISOString(), JSON.stringify(days)];
  const rows = await db.$queryRawUnsafe<Counted[]>(limited, ...values);
  return rows.map((row) => ({
    ...row,
    count: Number(row.count),
    ...(row.usual === undefined ? {} : { usual: Number(row.usual) }),
    ...(row.of === undefined ? {} : { of: Number(row.of) }),
  }));
}

/** Reveals within sixty minutes, the most of each day, where they are more than the policy of the day allows for. */
export function revealsInAnHour(db: Db, watched: Watched): Promise<Counted[]> {
  return counted(
    db,
    `SELECT r."officerId"::text, max(r.n) AS "count", min(r."at") AS "first", max(r."at") AS "last", max(p."reveals") AS "usual"
     FROM (SELECT v."officerId", v."at", ${dayOf('v."at"')} AS "day", count(*) OVER (PARTITION BY v."officerId" ORDER BY v."at"
       RANGE BETWEEN interval '1 hour' PRECEDING AND CURRENT ROW) AS n
       FROM "Reveal" v WHERE ${WITHIN('v')} AND ${SINGLE} AND v."officerId"::text = ANY($2::text[])) r
     JOIN ${DAYS} ON p."day" = r."day" GROUP BY r."officerId", r."day" HAVING max(r.n) > max(p."reveals")`,
    watched,
  );
}

/** Reveals of a day, where they are many, with three times the average of the officer's days with reveals before it. */
export function revealsAboveUsual(db: Db, watched: Watched): Promise<Counted[]> {
  return counted(
    db,
    `WITH d AS (SELECT v."officerId", ${local('v."at"')}::date AS "day", count(*) AS n, min(v."at") AS "first", max(v."at") AS "last"
       FROM "Reveal" v WHERE v."institution" = $1 AND ${SINGLE} AND v."at" >= $3::timestamptz - interval '${USUAL.usualOverDays} days'
         AND v."at" < $4::timestamptz AND v."officerId"::text = ANY($2::text[]) GROUP BY 1, 2),
     u AS (SELECT d.*, greatest(${USUAL.revealsPerDay}, floor(coalesce((SELECT avg(b.n) FROM d b WHERE b."officerId" = d."officerId"
       AND b."day" < d."day" AND b."day" >= d."day" - ${USUAL.usualOverDays}), 0) * ${USUAL.timesOwnUsual})) AS usual FROM d)
     SELECT u."officerId"::text, u.n AS "count", u."first", u."last", u.usual::int AS "usual" FROM u
     WHERE u.n > u.usual AND u."first" >= $3::timestamptz`,
    watched,
  );
}

/** Looks in person that came sooner after the one before than the policy's seconds, by officer, batch and day. */
export function fastLooks(db: Db, watched: Watched): Promise<Counted[]> {
  return counted(
    db,
    `SELECT e."examinedById"::text AS "officerId", count(*) AS "count", min(e."at") AS "first", max(e."at") AS "last",
       max(p."seconds") AS "usual", (min(extract(epoch FROM e.gap)) * 1000)::int AS "of", e."batchId"::text AS "subjectId"
     FROM (SELECT x."examinedById", x."batchId", x."at", ${dayOf('x."at"')} AS "day",
       x."at" - lag(x."at") OVER (PARTITION BY x."examinedById" ORDER BY x."at", x."id") AS gap
       FROM "Examination" x WHERE ${WITHIN('x')} AND x."entered" IS NULL AND x."examinedById"::text = ANY($2::text[])) e
     JOIN ${DAYS} ON p."day" = e."day" WHERE e.gap < make_interval(secs => p."seconds")
     GROUP BY e."examinedById", e."batchId", e."day" HAVING count(*) > ${USUAL.fastLooks}`,
    watched,
  );
}

/** Cross-checks of whole batches within a minute of their collecting. */
export function checkedAfterImport(db: Db, watched: Watched): Promise<Counted[]> {
  return counted(
    db,
    `SELECT t."officerId"::text, t."subjectCount" AS "count", c."at" AS "first", t."at" AS "last",
       (extract(epoch FROM t."at" - c."at") * 1000)::int AS "of", b."subjectId"::text AS "subjectId"
     FROM "Step" t
     CROSS JOIN LATERAL (SELECT s."subjectId" FROM "StepSubject" s WHERE s."institution" = t."institution" AND s."stepId" = t."id"
       AND s."kind" = 'record' ORDER BY s."position" LIMIT 1) r
     LEFT JOIN LATERAL (SELECT s."subjectId" FROM "StepSubject" s WHERE s."institution" = t."institution" AND s."stepId" = t."id"
       AND s."kind" = 'batch' ORDER BY s."position" LIMIT 1) b ON true
     CROSS JOIN LATERAL (SELECT o."at" FROM "StepSubject" s JOIN "Step" o ON o."institution" = s."institution" AND o."id" = s."stepId"
       WHERE s."institution" = t."institution" AND s."subjectId" = r."subjectId" AND o."name" = 'collect' ORDER BY o."leafIndex" LIMIT 1) c
     WHERE ${WITHIN('t')} AND t."name" = 'cross-check' AND t."subjectCount" > ${USUAL.recordsToCheck}
       AND t."officerId"::text = ANY($2::text[]) AND t."at" - c."at" < interval '${USUAL.secondsToCheck} seconds'`,
    watched,
  );
}

/** Steps outside the hours of a working day, or on a day off; those that the server took by an order are not the officer's work. */
export function stepsAtOddTimes(db: Db, watched: Watched, when: 'outside-hours' | 'on-day-off'): Promise<Counted[]> {
  const hour = `extract(hour FROM ${local('t."at"')})`;
  const odd = `NOT p."off" AND (${hour} < p."from" OR ${hour} >= p."until")`;
  return counted(
    db,
    `SELECT t."officerId"::text, count(*) AS "count", min(t."at") AS "first", max(t."at") AS "last"
     FROM "Step" t JOIN ${DAYS} ON p."day" = ${dayOf('t."at"')}
     WHERE ${WITHIN('t')} AND t."officerId"::text = ANY($2::text[])
       AND CASE WHEN ${when === 'on-day-off' ? 'p."off"' : odd} THEN NOT (${ORDERED}) ELSE false END
     GROUP BY t."officerId", p."day"`,
    watched,
  );
}

/** Exports of a day, archives that were ordered among them, where they are many; `of` is how many rows and records they had together. */
export function manyExports(db: Db, watched: Watched): Promise<Counted[]> {
  return counted(
    db,
    `SELECT x."officerId", count(*) AS "count", min(x."at") AS "first", max(x."at") AS "last", sum(x."rows")::int AS "of"
     FROM (SELECT e."createdById"::text AS "officerId", e."createdAt" AS "at", e."count" AS "rows"
       FROM "RecordExport" e WHERE e."institution" = $1 AND e."createdAt" >= $3::timestamptz AND e."createdAt" < $4::timestamptz
         AND e."createdById"::text = ANY($2::text[])
       UNION ALL SELECT t."officerId"::text, t."at", coalesce((t."statement"::jsonb -> 'facts' ->> 'records')::int, 0)
       FROM "Step" t WHERE ${WITHIN('t')} AND t."name" = 'export-archive' AND t."officerId"::text = ANY($2::text[])
         AND NOT (${ORDERED})) x
     GROUP BY x."officerId", ${dayOf('x."at"')} HAVING count(*) > ${USUAL.exportsPerDay}`,
    watched,
  );
}
