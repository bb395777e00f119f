// Per-row results of actions on many records: only the refused ones, each with its violations.
import type { RecordResult } from '../../procedures/records/record-results.ts';
import { builder } from '../builder.ts';
import { ViolationRef } from '../errors.ts';
import { globalId } from '../global-id.ts';

/** A refused record of an action, with the institution it belongs to. */
export interface RecordRefusal extends RecordResult {
  readonly institution: string;
}

/** Why one record was refused. */
export const RecordResultRef = builder.objectRef<RecordRefusal>('RecordResult').implement({
  description: 'Why one record was refused.',
  fields: (t) => ({
    record: t.id({
      description: 'Global id of the record.',
      resolve: ({ institution, recordId }) => globalId('DegreeRecord', { institution, id: recordId }),
    }),
    violations: t.field({
      type: [ViolationRef],
      complexity: { field: 1, multiplier: 1 },
      resolve: (result) => [...result.violations],
    }),
  }),
});

/** What an action on many records carries. */
export interface WithResults {
  readonly institution: string;
  readonly results: readonly RecordResult[];
}

/** The refused records of an action, each with its institution. */
export function refusals(done: WithResults): RecordRefusal[] {
  return done.results.map((result) => ({ ...result, institution: done.institution }));
}
