// How a procedure becomes a mutation: one input, one result union, `simulate` and `idempotencyKey` on each.
import type { InputFieldMap, InputShapeFromFields } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { Call } from '../procedures/call.ts';
import { badInput } from './bad-input.ts';
import { builder } from './builder.ts';
import { type CallOptions, callIn, type GraphqlContext } from './context.ts';
import { answerOf, ForbiddenRef, NotFoundRef, RefusedRef, resultType, StaleRef } from './errors.ts';
import { readOne } from './reads.ts';
import { StepRef } from './seals/step.ts';

type Types = typeof builder.$inferSchemaTypes;
/** Builds the fields of an input. */
export type InputBuilder = PothosSchemaTypes.InputFieldBuilder<Types, 'InputObject'>;
/** Builds the fields of a success type. */
export type SuccessBuilder<Shape> = PothosSchemaTypes.ObjectFieldBuilder<Types, Shape>;

/** What every success carries. */
export interface Done {
  readonly institution: string;
  readonly stepId: string | null;
  readonly simulated: boolean;
}

/** One action of the regulation. */
export interface Action<Fields extends InputFieldMap, Shape extends Done> {
  readonly description: string;
  readonly input: (t: InputBuilder) => Fields;
  /** False for what leaves no sealed step: signing in, uploading, a dry run. */
  readonly sealed?: boolean;
  readonly cost?: number;
  readonly success: (t: SuccessBuilder<Shape>) => Record<string, unknown>;
  readonly run: (call: Call, input: InputShapeFromFields<Fields>, context: GraphqlContext) => Promise<Shape>;
}

/**
 * Adds a mutation with the types `XInput`, `XSuccess` and `XResult` for a field `x`.
 * Refused, Forbidden, NotFound and Stale become members of the union; anything else is a mistake of ours and masked.
 */
export function addAction<Fields extends InputFieldMap, Shape extends Done>(
  name: string,
  action: Action<Fields, Shape>,
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
      idempotencyKey: t.string({ required: false, description: 'A retry with the same key gets the first answer.' }),
    }),
  });
  const success = builder.objectRef<Shape>(`${typeName}Success`);
  success.implement({
    fields: (t) => ({
      simulated: t.boolean({ resolve: (done) => done.simulated }),
      ...(action.sealed === false
        ? {}
        : {
            step: t.field({
              type: StepRef,
              nullable: true,
              description: 'The sealed step; null when simulated.',
              resolve: (done, _args, context, info) => stepOf(done, context, info) as never,
            }),
          }),
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
      description: action.description,
      complexity: { field: action.cost ?? 100, multiplier: 1 },
      args: { input: t.arg({ type: input }) },
      resolve: (async (
        _root: object,
        args: { input: InputShapeFromFields<Fields> & CallOptions },
        context: GraphqlContext,
      ) => {
        const { simulate, idempotencyKey, ...given } = args.input;
        checkKey(idempotencyKey);
        try {
          const call = callIn(context, { simulate, idempotencyKey });
          return await action.run(call, given as unknown as InputShapeFromFields<Fields>, context);
        } catch (error) {
          const answer = answerOf(error, { input: given, institution: context.actor?.institution ?? null });
          if (answer) return answer;
          throw error;
        }
      }) as never,
    }),
  );
}

const BAD_KEY = {
  zh: '幂等键应为 1 至 200 个可见的 ASCII 字符。',
  en: 'An idempotency key has 1 to 200 printable ASCII characters.',
};

/** @throws GraphQLError BAD_USER_INPUT; the key itself is not repeated */
export function checkKey(key: string | null | undefined): void {
  if (key === null || key === undefined || /^[\x20-\x7e]{1,200}$/.test(key)) return;
  throw badInput(BAD_KEY, { path: 'input.idempotencyKey', found: `${key.length}`, expected: 'ASCII 1 … 200' });
}

function stepOf(done: Done, context: GraphqlContext, info: GraphQLResolveInfo): Promise<object | null> | null {
  if (done.stepId === null) return null;
  return readOne<object>(context, info, 'step', 'Step', { institution: done.institution, id: done.stepId });
}
