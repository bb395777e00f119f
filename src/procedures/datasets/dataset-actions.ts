// What an officer can do next with an analysis dataset, and why not: from the rules of its procedures.
import {
  consentInTimeViolations,
  DATASET_STEPS,
  datasetTransitionViolations,
  otherDecidesViolations,
} from '../../regulation/datasets/life.ts';
import type { DatasetState } from '../../regulation/datasets/words.ts';
import { mayAct } from '../../regulation/duties.ts';
import { violation } from '../../regulation/violations.ts';
import { keysOf } from '../../regulation/vocabulary.ts';
import { findInstitution } from '../../store/offices/institutions.ts';
import type { Action, Asker } from '../actions.ts';
import { todayOf } from '../situation.ts';

/** What can be done with a dataset; the server itself makes it. */
export async function datasetActions(
  { world, actor }: Asker,
  row: { institution: string; state: string; askedByIds: string[]; lastDay: string },
): Promise<Action[]> {
  const found = await findInstitution(world.db.prisma, row.institution);
  const target = { institution: row.institution, provincialOfficeId: found?.provincialOfficeId ?? '' };
  const today = todayOf(world);
  const over = consentInTimeViolations(row.lastDay, today);
  return keysOf(DATASET_STEPS)
    .filter((name) => name !== 'generate-dataset')
    .map((name) => {
      const violations = [
        ...mayAct(actor, name, target),
        ...datasetTransitionViolations(name, row.state as DatasetState),
        ...(name === 'decide-dataset' ? otherDecidesViolations(row.askedByIds, actor) : []),
        ...(name === 'open-dataset-access' && over.length > 0
          ? [violation('dataset-term-over', 'lastDay', { found: today, expected: `≤ ${row.lastDay}` })]
          : []),
      ];
      return { name, allowed: violations.length === 0, violations };
    });
}
