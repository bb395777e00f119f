// Bringing a collected batch to a stage by the procedures themselves, as the sample officers do.

import { crossCheckRecords } from '../../src/procedures/cross-check/cross-check.ts';
import { closeDisclosure } from '../../src/procedures/disclosure/close-disclosure.ts';
import { openDisclosure } from '../../src/procedures/disclosure/open-disclosure.ts';
import { Forbidden, NotFound, Refused, Stale } from '../../src/procedures/errors.ts';
import { reportBatch } from '../../src/procedures/reporting/report.ts';
import { reportUpward } from '../../src/procedures/reporting/report-upward.ts';
import type { Collected } from './collected.ts';
import { HERE, type TestWorld } from './world.ts';

const STAGES = ['cross-checked', 'disclosing', 'disclosed', 'reported', 'reported-upward'] as const;
export type Stage = (typeof STAGES)[number];

/** Brings a batch from the 23rd of June on to a stage; its disclosure is over on the 27th. */
export async function bringTo(test: TestWorld, { batchId, resolutionId }: Collected, stage: Stage): Promise<void> {
  const where = { institution: HERE, batchId };
  const steps: Record<Stage, () => Promise<unknown>> = {
    'cross-checked': () => crossCheckRecords(test.callAs('jiaowu.he'), { ...where, errorPolicy: 'all-or-nothing' }),
    disclosing: () => openDisclosure(test.callAs('jiaowu.he'), where),
    disclosed: () => {
      if (test.world.now() < new Date('2026-06-27T00:00:00Z')) test.setClock('2026-06-27');
      return closeDisclosure(test.callAs('jiaowu.cai'), where);
    },
    reported: () => reportBatch(test.callAs('jiaowu.cai'), { ...where, errorPolicy: 'all-or-nothing' }),
    'reported-upward': () => reportUpward(test.callAs('xuewei.guan'), { institution: HERE, resolutionId }),
  };
  for (const each of STAGES.slice(0, STAGES.indexOf(stage) + 1)) await steps[each]();
}

/** The refusal of a call that must not succeed: its kind, and the codes that it gives, each once. */
export async function refusal(call: Promise<unknown>): Promise<{ kind: string; codes: string[] }> {
  const error = await call.then(
    () => new Error('it was not refused'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof Refused || error instanceof Forbidden) {
    return { kind: error.name, codes: [...new Set(error.violations.map((broken) => broken.code))] };
  }
  if (error instanceof NotFound || error instanceof Stale) return { kind: error.name, codes: [] };
  throw error;
}

/** The state of each record of a batch, with how many stand in it. */
export async function statesOf(test: TestWorld, batchId: string): Promise<Record<string, number>> {
  const rows = await test.world.db.prisma.degreeRecord.groupBy({
    by: ['state'],
    where: { batchId },
    _count: { _all: true },
  });
  return Object.fromEntries(rows.map((row) => [row.state, row._count._all]));
}

/** How many rows each table has. */
export async function rowCounts(test: TestWorld): Promise<Record<string, number>> {
  const { rows } = await test.world.db.pool.query<{ name: string }>(
    "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  );
  const counted = rows.map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS count FROM ${name}`);
  const counts = await test.world.db.pool.query<{ name: string; count: number }>(counted.join(' UNION ALL '));
  return Object.fromEntries(counts.rows.map(({ name, count }) => [name, count]));
}
