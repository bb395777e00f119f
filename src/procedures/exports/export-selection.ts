// Which records an export takes: of a batch, of a resolution, or by a filter; always within what the officer may export (R4.2).
import { EXPORTED_STATES } from '../../regulation/exports.ts';
import { violation } from '../../regulation/violations.ts';
import type { Category, RecordState } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import type { RecordWhere } from '../../store/records/records.ts';
import { findResolution } from '../../store/resolutions/resolutions.ts';
import type { Call } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import { recordScope } from '../read-access.ts';
import { loadBatch } from '../records/batch-work.ts';
import type { JsonObject } from '../statement.ts';
import { requireMayAct, type Target, targetIn } from '../target.ts';

/** One of the three, with the categories and states it takes; a batch has its own category. Days are `YYYY-MM-DD`, both included. */
export type ExportSelection = {
  batchId: string | null;
  resolutionId: string | null;
  conferredFrom: string | null;
  conferredUntil: string | null;
  categories: Category[];
  states: RecordState[] | null;
};

/** What was chosen: the condition, the categories that may occur, and how the step tells of it. */
export interface Selected {
  readonly target: Target;
  readonly where: RecordWhere;
  readonly categories: readonly Category[];
  readonly told: JsonObject;
}

/**
 * @throws {Refused} not one of the three, or no category. {NotFound} no such batch or resolution. {Forbidden} a category of another office
 */
export async function selectRecords(
  tx: Transaction,
  call: Call,
  institution: string,
  selection: ExportSelection,
): Promise<Selected> {
  const step = 'export-records';
  const whole = await targetIn(tx, institution);
  requireMayAct(call, step, whole);
  const { batchId, resolutionId, conferredFrom, conferredUntil } = selection;
  const filtered = conferredFrom !== null || conferredUntil !== null;
  const ways = [batchId !== null, resolutionId !== null, filtered].filter(Boolean).length;
  if (ways !== 1) {
    const expected = '1: batch / resolution / conferredFrom … conferredUntil';
    throw new Refused([violation('export-selection', 'selection', { found: String(ways), expected })]);
  }
  const batch = batchId === null ? null : await loadBatch(tx, institution, batchId);
  if (resolutionId !== null && !(await findResolution(tx, institution, resolutionId))) {
    throw new NotFound('resolution', resolutionId);
  }
  const categories = batch ? [batch.category] : [...new Set(selection.categories)].sort();
  if (categories.length === 0) {
    throw new Refused([violation('export-selection', 'selection.categories', { found: '0', expected: '≥ 1' })]);
  }
  const targets = await Promise.all(categories.map((category) => targetIn(tx, institution, category)));
  for (const target of targets) requireMayAct(call, step, target);
  const states = selection.states ?? [...EXPORTED_STATES];
  const days = {
    ...(conferredFrom === null ? {} : { gte: conferredFrom }),
    ...(conferredUntil === null ? {} : { lte: conferredUntil }),
  };
  const where: RecordWhere = {
    AND: [recordScope(call.actor)],
    category: { in: categories },
    state: { in: states },
    ...(batchId === null ? {} : { batchId }),
    ...(resolutionId === null ? {} : { resolutionId }),
    ...(filtered ? { conferralDate: days } : {}),
  };
  const [only] = targets;
  return {
    target: targets.length === 1 && only ? only : whole,
    where,
    categories,
    told: { batchId, resolutionId, conferredFrom, conferredUntil, categories, states },
  };
}
