// The four answers besides success, as members of every result union.

import { Forbidden, NotFound, Refused, Stale } from '../procedures/errors.ts';
import type { Violation } from '../regulation/violations.ts';
import { builder } from './builder.ts';
import { type Asked, tellerOf } from './told-ids.ts';

/** One broken rule, in both languages. */
export const ViolationRef = builder.objectRef<Violation>('Violation').implement({
  description: 'One broken rule: what, where, which article, found and expected.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable name of the rule.' }),
    path: t.exposeString('path', {
      description:
        'Field or place, such as `identityNumber` or `roster[3].name`; a record or batch of many by its global id: `records[<id>].name`.',
    }),
    article: t.exposeString('article', { description: 'Article of the regulation, or of a law above it.' }),
    message: t.exposeString('message', { description: 'The sentence in Chinese.' }),
    messageEn: t.exposeString('messageEn', { description: 'The sentence in English.' }),
    found: t.string({ nullable: true, resolve: (violation) => violation.found ?? null }),
    expected: t.string({ nullable: true, resolve: (violation) => violation.expected ?? null }),
  }),
});

const MOST = 1000;

/** A list of violations with a bound: thousands of rows may break thousands of rules. */
export const VIOLATION_ARGS = builder.args((t) => ({
  first: t.int({ required: false, defaultValue: MOST, description: 'At most this many, 1 … 1000.' }),
}));

/** The first violations of a list. */
export function firstOf<Item>(items: readonly Item[], args: { first?: number | null | undefined }): Item[] {
  return items.slice(0, Math.max(1, Math.min(MOST, args.first ?? MOST)));
}

/** Rules are broken. */
export const RefusedRef = builder.objectRef<{ violations: readonly Violation[] }>('Refused').implement({
  description: 'Rules are broken: all of them at once. Nothing was changed.',
  fields: (t) => ({
    violations: t.field({
      type: [ViolationRef],
      args: VIOLATION_ARGS,
      complexity: { field: 1, multiplier: 5 },
      resolve: (answer, args) => firstOf(answer.violations, args),
    }),
    violationCount: t.int({ resolve: (answer) => answer.violations.length }),
  }),
});

/** The officer may not. */
export const ForbiddenRef = builder.objectRef<{ violations: readonly Violation[] }>('Forbidden').implement({
  description: 'The officer may not do this: another office, institution or category, or a duty they do not hold.',
  fields: (t) => ({
    violations: t.field({
      type: [ViolationRef],
      args: VIOLATION_ARGS,
      complexity: { field: 1, multiplier: 5 },
      resolve: (answer, args) => firstOf(answer.violations, args),
    }),
    violationCount: t.int({ resolve: (answer) => answer.violations.length }),
  }),
});

const KIND = 'The GraphQL type of the thing; a small word for what has no global id, such as `file` or `institution`.';
const ID = 'The id that was given: its global id, or by what such a thing is named otherwise (a digest, a code).';

/** There is no such thing. */
export const NotFoundRef = builder.objectRef<Pick<NotFound, 'kind' | 'id'>>('NotFound').implement({
  description: 'There is no such thing, as far as this officer may know.',
  fields: (t) => ({
    kind: t.exposeString('kind', { description: KIND }),
    id: t.exposeString('id', { description: ID }),
    message: t.string({ description: 'The sentence in Chinese.', resolve: () => '没有找到，或您无权查看。' }),
    messageEn: t.string({
      description: 'The sentence in English.',
      resolve: () => 'There is no such thing, or you may not see it.',
    }),
  }),
});

/** Somebody else was faster. */
export const StaleRef = builder.objectRef<Pick<Stale, 'kind' | 'id' | 'found' | 'expected'>>('Stale').implement({
  description: 'Somebody else was faster: the thing has another version than the one given.',
  fields: (t) => ({
    kind: t.exposeString('kind', { description: KIND }),
    id: t.exposeString('id', { description: ID }),
    found: t.exposeInt('found', { description: 'The version it has now.' }),
    expected: t.exposeInt('expected', { description: 'The version that was given.' }),
    message: t.string({
      description: 'The sentence in Chinese.',
      resolve: () => '内容已被他人更新，请重新载入后再办理。',
    }),
    messageEn: t.string({
      description: 'The sentence in English.',
      resolve: () => 'Somebody else has changed it meanwhile; load it again before acting.',
    }),
  }),
});

/** An answer besides success, as a plain object: GraphQL would throw an Error that a resolver returns. */
type Answer =
  | { readonly answer: 'Refused' | 'Forbidden'; readonly violations: readonly Violation[] }
  | { readonly answer: 'NotFound'; readonly kind: string; readonly id: string }
  | {
      readonly answer: 'Stale';
      readonly kind: string;
      readonly id: string;
      readonly found: number;
      readonly expected: number;
    };

const NOTHING_ASKED: Asked = { input: {}, institution: null };

/** The answer that a procedure threw, in the ids of who asked; null for a mistake of ours. */
export function answerOf(error: unknown, asked: Asked = NOTHING_ASKED): Answer | null {
  if (error instanceof Refused || error instanceof Forbidden) {
    const { name, violations } = error;
    return { answer: name, violations: violations.map(tellerOf(asked).violation) };
  }
  if (error instanceof NotFound || error instanceof Stale) {
    const tell = tellerOf(asked);
    const thing = { kind: tell.kind(error.kind), id: tell.id(error.kind, error.id) };
    if (error instanceof NotFound) return { answer: 'NotFound', ...thing };
    return { answer: 'Stale', ...thing, found: error.found, expected: error.expected };
  }
  return null;
}

/** The GraphQL type of a result: an answer's own, else that of success. */
export function resultType(success: string): (value: unknown) => string {
  return (value) => (value as Partial<Answer>).answer ?? success;
}
