// How a procedure of the student becomes a mutation: for a student's session only, with a receipt instead of the officers' view of the step.
import type { InputFieldMap, InputShapeFromFields } from '@pothos/core';
import type { StudentCall } from '../../procedures/call.ts';
import { checkKey, type InputBuilder, type SuccessBuilder } from '../action.ts';
import { builder } from '../builder.ts';
import { type CallOptions, type GraphqlContext, studentCallIn } from '../context.ts';
import { answerOf, ForbiddenRef, NotFoundRef, RefusedRef, resultType, StaleRef } from '../errors.ts';
import { globalId } from '../global-id.ts';
import { reader } from '../reads.ts';

/** What every success of a student's action carries; `stepId` is null when simulated or where nothing is sealed. */
export interface StudentDone {
  readonly simulated: boolean;
  readonly stepId: string | null;
}

/** One action of a student. */
export interface StudentAction<Fields extends InputFieldMap, Shape extends StudentDone> {
  readonly description: string;
  readonly input: (t: InputBuilder) => Fields;
  readonly sealed: boolean;
  readonly cost?: number;
  readonly success: (t: SuccessBuilder<Shape>) => Record<string, unknown>;
  readonly run: (call: StudentCall, input: InputShapeFromFields<Fields>) => Promise<Shape>;
}

interface Receipt {
  readonly id: string;
  readonly institution: string;
  readonly at: Date;
  readonly statement: string;
  readonly leafIndex: number;
  readonly leafHash: string;
}

const ReceiptRef = builder.objectRef<Receipt>('StudentReceipt').implement({
  description: 'What the register keeps of a word of the student: the sealed statement and its place in the log.',
  fields: (t) => ({
    id: t.id({ resolve: (step) => globalId('Step', step) }),
    at: t.expose('at', { type: 'DateTime' }),
    statement: t.exposeString('statement', { description: 'The sealed statement, canonical JSON (RFC 8785).' }),
    leafIndex: t.exposeInt('leafIndex'),
    leafHash: t.exposeString('leafHash'),
  }),
});

async function receiptOf(done: StudentDone, context: GraphqlContext): Promise<Receipt | null> {
  const { stepId } = done;
  const institution = context.student?.institution;
  if (stepId === null || institution === undefined) return null;
  return reader(context).step.findUnique({
    where: { institution_id: { institution, id: stepId } },
    select: { id: true, institution: true, at: true, statement: true, leafIndex: true, leafHash: true },
  });
}

/** Adds a mutation with the types `XInput`, `XSuccess` and `XResult` for a field `x`, open to students and closed to officers. */
export function addStudentAction<Fields extends InputFieldMap, Shape extends StudentDone>(
  name: string,
  action: StudentAction<Fields, Shape>,
): void {
  const typeName = name.charAt(0).toUpperCase() + name.slice(1);
  const input = builder.inputType(`${typeName}Input`, {
    fields: (t) => ({
      ...action.input(t),
      simulate: t.boolean({
        required: false,
        defaultValue: false,
        description: 'Same rules, same answer; nothing written, nothing sealed.',
      }),
      idempotencyKey: t.string({
        required: false,
        description: action.sealed
          ? 'A retry with the same key gets the first answer.'
          : 'As with every mutation; repeating this one does no harm.',
      }),
    }),
  });
  const success = builder.objectRef<Shape>(`${typeName}Success`);
  success.implement({
    fields: (t) => ({
      simulated: t.boolean({ resolve: (done) => done.simulated }),
      ...(action.sealed
        ? {
            receipt: t.field({
              type: ReceiptRef,
              nullable: true,
              description: 'Proof of the word; null when simulated.',
              resolve: (done, _args, context) => receiptOf(done, context),
            }),
          }
        : {}),
      ...(action.success(t as SuccessBuilder<Shape>) as object),
    }),
  });
  const result = builder.unionType(`${typeName}Result`, {
    types: [success, RefusedRef, ForbiddenRef, NotFoundRef, StaleRef],
    resolveType: resultType(`${typeName}Success`),
  });
  builder.mutationField(name, (t) =>
    t.field({
      type: result,
      description: `${action.description} For a student's session.`,
      skipTypeScopes: true,
      authScopes: { student: true },
      complexity: { field: action.cost ?? 100, multiplier: 1 },
      args: { input: t.arg({ type: input }) },
      resolve: (async (_root: object, args: { input: object }, context: GraphqlContext) => {
        const { simulate, idempotencyKey, ...given } = args.input as CallOptions & Record<string, unknown>;
        checkKey(idempotencyKey);
        try {
          const call = studentCallIn(context, { simulate, idempotencyKey });
          return await action.run(call, given as unknown as InputShapeFromFields<Fields>);
        } catch (error) {
          const answer = answerOf(error, { input: given, institution: context.student?.institution ?? null });
          if (answer) return answer;
          throw error;
        }
      }) as never,
    }),
  );
}
