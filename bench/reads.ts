// Pages of records: SQL statements, buffers and time of the first page and of the thousandth, and pages per second over HTTP beside hand-written SQL.
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { importRecords } from '../src/procedures/collection/import-records.ts';
import { clonedRecords } from './cloned-records.ts';
import { HERE } from './people.ts';
import { atOnce, handWrittenPage, PAGE, type PageAt, readPageInProcess } from './read-page.ts';
import type { Setting } from './section.ts';
import { withServer } from './serving.ts';
import type { Figure } from './table.ts';
import { type BenchWorld, withEnvironment, withWorld } from './world.ts';
import { checkedImport, prepareYear } from './year.ts';

const IMPORTED = 1_000;
const FAR = 1_000;
const READER = 'jiaowu.cai';
const SECONDS = 5;
const ONE_AT_A_TIME = 150;

/** First what the database does, in this process; then the server in its own process, over loopback. */
export async function benchReads(setting: Setting): Promise<Figure[]> {
  const records = Math.max(setting.sizes.records, IMPORTED);
  const path = join(await mkdtemp(join(setting.place, 'reads-')), 'records.csv');
  return withEnvironment(setting, 'reads', async (environment) => {
    const { figures, far, byHand } = await withWorld(environment, async (bench) => {
      await fill(bench, records, path);
      return inProcess(bench, records);
    });
    const overHttp = await withServer(environment, READER, async (ask) => {
      const near = { after: null };
      for (let i = 0; i < 100; i++) await ask(near);
      const rate = await atOnce(4, SECONDS, () => ask(near));
      const turns: [number[], number[]] = [[], []];
      // In turns, so that whatever else the machine does meets both alike.
      for (let i = 0; i < ONE_AT_A_TIME; i++) {
        for (const [which, at] of [near, far].entries()) {
          const start = performance.now();
          await ask(at);
          turns[which]?.push(performance.now() - start);
        }
      }
      return { rate, near: median(turns[0]), far: median(turns[1]) };
    });
    return [
      ...figures,
      {
        what: `page ${farPage(records)} over HTTP`,
        value: overHttp.far,
        unit: 'ms',
        limit: { what: 'page 1', value: overHttp.near },
      },
      {
        what: `pages of ${PAGE} over HTTP, four at once`,
        value: overHttp.rate,
        unit: '/s',
        limit: { what: 'hand SQL through pg', value: byHand },
      },
    ];
  });
}

async function fill({ world, callAs }: BenchWorld, records: number, path: string): Promise<void> {
  const call = await callAs(READER);
  const year = await prepareYear(world, IMPORTED, path, 'all');
  const importId = await checkedImport(world, year, call.actor.officerId);
  await importRecords(call, { institution: HERE, importId, errorPolicy: 'all-or-nothing' });
  await clonedRecords(world.db.pool, IMPORTED, records);
}

const farPage = (records: number): number => Math.min(FAR, Math.floor(records / PAGE));

async function inProcess(
  { world, callAs }: BenchWorld,
  records: number,
): Promise<{ figures: Figure[]; far: PageAt; byHand: number }> {
  const { actor } = await callAs(READER);
  const far = await pageBefore(world.db.pool, (farPage(records) - 1) * PAGE);
  const read = (at: PageAt, totalCount: boolean) => readPageInProcess({ world, actor }, at, totalCount);
  await read({ after: null }, true);
  const near = await watched(() => read({ after: null }, false));
  const counted = await watched(() => read({ after: null }, true));
  const distant = await watched(() => read(far, false));
  const goal = { what: 'goal', value: 1 };
  const figures: Figure[] = [
    { what: 'SQL statements of a page with batch and resolution', value: near.length, unit: '', limit: goal },
    { what: '… with totalCount', value: counted.length, unit: '', limit: { what: 'goal', value: 2 } },
    {
      what: `buffers of page ${farPage(records)} of ${records.toLocaleString('en-US')} records`,
      value: await buffersOf(world.db.pool, distant),
      unit: '',
      limit: { what: 'page 1', value: await buffersOf(world.db.pool, near) },
    },
  ];
  const byHand = await atOnce(4, SECONDS, () => handWrittenPage(world.db.pool));
  return { figures, far, byHand };
}

/** The place after so many records in the order of their ids. */
async function pageBefore(pool: pg.Pool, count: number): Promise<PageAt> {
  const sql = 'SELECT "id"::text FROM "DegreeRecord" ORDER BY "institution", "id" OFFSET $1 LIMIT 1';
  const { rows } = await pool.query<{ id: string }>(sql, [count - 1]);
  return { after: rows[0]?.id ?? null };
}

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The SQL statements that a piece of work sends. */
async function watched(work: () => Promise<unknown>): Promise<Statement[]> {
  const seen: Statement[] = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = new Proxy(query, {
    apply(target, self, args: unknown[]) {
      const [first, values] = args as [string | { text: string; values?: unknown[] }, unknown[] | undefined];
      const given = typeof first === 'string' ? { text: first, values } : first;
      seen.push({ text: given.text, values: given.values ?? values ?? [] });
      return Reflect.apply(target, self, args);
    },
  });
  await work().finally(() => {
    pg.Client.prototype.query = query;
  });
  return seen;
}

/** Shared buffers that the statements touch (EXPLAIN ANALYZE). */
async function buffersOf(pool: pg.Pool, statements: readonly Statement[]): Promise<number> {
  let buffers = 0;
  for (const { text, values } of statements) {
    const sql = `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`;
    const { rows } = await pool.query<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>(sql, [...values]);
    const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
    buffers += (plan?.['Shared Hit Blocks'] ?? 0) + (plan?.['Shared Read Blocks'] ?? 0);
  }
  return buffers;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
