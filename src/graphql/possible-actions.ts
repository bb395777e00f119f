// What can be done now, with what stands in the way: frontends draw buttons without copying rules.
import { type Action, applicationActions, batchActions, recordActions } from '../procedures/actions.ts';
import { WrittenApplicationRef } from './applications/written-application.ts';
import { builder } from './builder.ts';
import { callIn } from './context.ts';
import { StepNameEnum } from './enums.ts';
import { ViolationRef } from './errors.ts';
import { BatchRef } from './records/batch.ts';
import { DegreeRecordRef } from './records/degree-record.ts';

/** A step, and whether it can be taken now. */
export const PossibleActionRef = builder.objectRef<Action>('PossibleAction').implement({
  description: 'A step, whether the officer (or the student) may take it now, and everything that stands in the way.',
  fields: (t) => ({
    name: t.field({ type: StepNameEnum, resolve: (action) => action.name }),
    allowed: t.boolean({ resolve: (action) => action.allowed }),
    violations: t.field({
      type: [ViolationRef],
      complexity: { field: 1, multiplier: 1 },
      resolve: (action) => [...action.violations],
    }),
  }),
});

const description = 'What the officer can do with it now.';
// Each asks the database a few things of its own.
const complexity = { field: 50, multiplier: 5 };

builder.prismaObjectField(DegreeRecordRef, 'actions', (t) =>
  t.field({
    type: [PossibleActionRef],
    description,
    complexity,
    select: { institution: true, id: true, category: true, state: true, collectedById: true },
    resolve: (row, _args, context) => recordActions(callIn(context), row),
  }),
);

builder.prismaObjectField(BatchRef, 'actions', (t) =>
  t.field({
    type: [PossibleActionRef],
    description,
    complexity,
    select: {
      institution: true,
      id: true,
      resolutionId: true,
      category: true,
      state: true,
      applicationId: true,
      disclosedFrom: true,
      disclosedUntil: true,
    },
    resolve: (row, _args, context) => batchActions(callIn(context), row),
  }),
);

builder.prismaInterfaceField(WrittenApplicationRef, 'actions', (t) =>
  t.field({
    type: [PossibleActionRef],
    description,
    complexity,
    select: { institution: true, id: true, kind: true, category: true, state: true, draftedById: true },
    resolve: (row, _args, context) => applicationActions(callIn(context), row),
  }),
);
