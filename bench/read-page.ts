// One page of records, read in three ways: through the schema, over HTTP (serving.ts), and by SQL written by hand.
import { execute, parse } from 'graphql';
import type pg from 'pg';
import type { GraphqlContext } from '../src/graphql/context.ts';
import { cursorOf } from '../src/graphql/keyset.ts';
import { RECORD_ORDERS } from '../src/graphql/records/record-order.ts';
import { schema } from '../src/graphql/schema.ts';
import type { Actor, World } from '../src/procedures/call.ts';
import { HERE } from './people.ts';

/** Rows of a page. */
export const PAGE = 50;

/** Where a page begins: after this record, or at the first one. */
export interface PageAt {
  readonly after: string | null;
}

/** The query, and its variables for a page. */
export const QUERY = `query Page($after: String, $count: Boolean = false) {
  records(first: ${PAGE}, after: $after) {
    nodes {
      id name certificateNumber degreeCategory disciplineName conferralDate state
      batch { id state }
      resolution { id number }
    }
    pageInfo { endCursor hasNextPage }
    totalCount @include(if: $count)
  }
}`;

/** The variables of {@link QUERY}. */
export function variablesOf({ after }: PageAt): { after: string | null } {
  return { after: after === null ? null : cursorOf({ id: after }, RECORD_ORDERS.OLDEST) };
}

const DOCUMENT = parse(QUERY);

/** Reads a page through the schema, without HTTP. @throws {Error} the page is not whole */
export async function readPageInProcess(
  { world, actor }: { world: World; actor: Actor },
  at: PageAt,
  count: boolean,
): Promise<void> {
  const contextValue: GraphqlContext = { world, actor, requestId: 'bench', language: 'en' };
  const variableValues = { ...variablesOf(at), count };
  checkPage(await execute({ schema, document: DOCUMENT, contextValue, variableValues }));
}

/** @throws {Error} the answer does not hold a whole page */
export function checkPage(answer: unknown): void {
  const { data } = answer as { data?: { records?: { nodes: unknown[] } } | null };
  if (data?.records?.nodes.length !== PAGE)
    throw new Error(`not a whole page: ${JSON.stringify(answer).slice(0, 500)}`);
}

const BY_HAND = `SELECT r."institution", r."id", r."name", r."certificateNumber", r."degreeCategory", r."disciplineName",
  r."conferralDate", r."state", b."id" AS "batchId", b."state" AS "batchState", s."id" AS "resolutionId", s."number"
  FROM "DegreeRecord" r
  JOIN "Batch" b ON b."institution" = r."institution" AND b."id" = r."batchId"
  JOIN "Resolution" s ON s."institution" = r."institution" AND s."id" = r."resolutionId"
  WHERE r."institution" = $1 AND r."category" = ANY($2) ORDER BY r."id" LIMIT ${PAGE + 1}`;

/** The same rows by one prepared statement, and as JSON, because a server would send them. */
export async function handWrittenPage(pool: pg.Pool): Promise<void> {
  const values = [HERE, ['regular-bachelor', 'international-student-bachelor']];
  const { rows } = await pool.query({ name: 'bench-page', text: BY_HAND, values });
  if (JSON.stringify(rows).length === 0 || rows.length !== PAGE + 1) throw new Error(`${rows.length} rows by hand`);
}

/** How often per second a piece of work is done by so many at once. */
export async function atOnce(workers: number, seconds: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1000;
  let done = 0;
  const worker = async () => {
    while (performance.now() < end) {
      await work();
      done++;
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return (1000 * done) / (performance.now() - start);
}
