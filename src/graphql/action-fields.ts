// Fields that the successes of several actions share.
import type { Done, SuccessBuilder } from './action.ts';
import { firstOf, VIOLATION_ARGS } from './errors.ts';
import { loaded } from './loaded.ts';
import { BatchRef } from './records/batch.ts';
import { RecordResultRef, refusals, type WithResults } from './records/record-result.ts';

/** A success about a batch. */
export interface OfBatch extends Done {
  readonly batchId: string;
}

/** The batch as it is after the action. */
export function batchField<Shape extends OfBatch>(t: SuccessBuilder<Shape>) {
  return t.field({
    type: BatchRef,
    nullable: true,
    resolve: ({ institution, batchId: id }, _args, context, info) =>
      loaded(context, info, 'batch', 'Batch', { institution, id }),
  });
}

/** The refused records of an action on many. */
export function resultFields<Shape extends WithResults>(t: SuccessBuilder<Shape>) {
  return {
    refusedCount: t.int({ description: 'Records that were refused.', resolve: (done) => done.results.length }),
    results: t.field({
      type: [RecordResultRef],
      description: 'The refused records, each with what is wrong.',
      args: VIOLATION_ARGS,
      resolve: (done, args) => firstOf(refusals(done), args),
    }),
  };
}
