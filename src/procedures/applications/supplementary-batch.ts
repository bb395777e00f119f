// The batch in which late records go on after consent (R11.6): it stands where the least advanced of them stands.

import { uuidv7 } from '../../store/database/uuid.ts';
import type { Batch } from '../../store/records/batches.ts';
import type { OpenCase } from './application-case.ts';

/** State of a record before its report → state of a batch that holds it, least advanced first. */
const STAGES = [
  ['collected', 'collecting'],
  ['cross-checked', 'cross-checked'],
  ['disclosing', 'disclosing'],
  ['disclosed', 'disclosed'],
] as const;

/** Makes the batch; the period of a disclosure that is under way is taken along. */
export function supplementaryBatch(application: OpenCase, before: Batch | null, at: Date): Batch {
  const { institution, id: applicationId, category, draftedBy, people } = application;
  const resolutionId = application.resolutionId ?? '';
  const states = new Set(people.map(({ row }) => row.state));
  const [, state] = STAGES.find(([recordState]) => states.has(recordState)) ?? STAGES[0];
  return {
    ...{
      institution,
      id: uuidv7(),
      resolutionId,
      category,
      officeId: draftedBy.officeId,
      state,
      version: 1,
      applicationId,
    },
    disclosedFrom: before?.disclosedFrom ?? null,
    disclosedUntil: before?.disclosedUntil ?? null,
    reportedAt: null,
    createdAt: at,
  };
}
