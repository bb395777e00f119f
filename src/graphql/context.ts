// What a resolver gets: the world, who asks, and in which language the answer is.
import { GraphQLError } from 'graphql';
import type { Actor, Call, Student, StudentCall, World } from '../procedures/call.ts';
import type { Recipient } from '../procedures/datasets/read-dataset.ts';
import { hashToken } from '../secrecy/tokens.ts';

/** A language of answers, from Accept-Language: Chinese unless English is preferred. */
export type Language = 'zh' | 'en';

/** What every resolver gets besides its arguments. */
export interface GraphqlContext {
  readonly world: World;
  /** The signed-in officer; null for a visitor. */
  readonly actor: Actor | null;
  /** A student with a session of their own: never together with an officer. */
  readonly student?: Student | null | undefined;
  /** A recipient of an analysis dataset, by the token of an access: never together with an officer or a student. */
  readonly recipient?: Recipient | null | undefined;
  /** Also in the response header `x-request-id` and in the log line of a mistake. */
  readonly requestId: string;
  readonly language: Language;
  /** The bearer token of this request, for signing out. */
  readonly token?: string | undefined;
  /** True when the token belonged to a session that has ended. */
  readonly sessionExpired?: boolean | undefined;
  /** Address of the visitor's connection. */
  readonly address?: string | undefined;
}

/** A sentence in both languages. */
export interface Sentence {
  readonly zh: string;
  readonly en: string;
}

const NOT_SIGNED_IN: Sentence = { zh: '请先登录。', en: 'Sign in first.' };
const SESSION_EXPIRED: Sentence = {
  zh: '登录已过期，请重新登录。',
  en: 'The session has expired; sign in again.',
};

/** An error outside the result unions: a stable code and a sentence in the language of the request. */
export function apiError(context: Pick<GraphqlContext, 'language'>, code: string, sentence: Sentence): GraphQLError {
  return new GraphQLError(sentence[context.language], { extensions: { code, sentence } });
}

/** Why a visitor gets nothing: SESSION_EXPIRED when they once were signed in, else UNAUTHENTICATED. */
export function whyNotSignedIn(expired: boolean | undefined): { readonly code: string; readonly sentence: Sentence } {
  return expired
    ? { code: 'SESSION_EXPIRED', sentence: SESSION_EXPIRED }
    : { code: 'UNAUTHENTICATED', sentence: NOT_SIGNED_IN };
}

/** The same as an error of a field. */
export function notSignedIn(context: GraphqlContext): GraphQLError {
  const { code, sentence } = whyNotSignedIn(context.sessionExpired);
  return apiError(context, code, sentence);
}

/** The signed-in officer. @throws GraphQLError UNAUTHENTICATED or SESSION_EXPIRED */
export function actorIn(context: GraphqlContext): Actor {
  if (!context.actor) throw notSignedIn(context);
  return context.actor;
}

/** The student who is signed in. @throws GraphQLError UNAUTHENTICATED or SESSION_EXPIRED, to officers too */
export function studentIn(context: GraphqlContext): Student {
  if (!context.student) throw notSignedIn(context);
  return context.student;
}

/** The officer or the recipient who reads a dataset. @throws GraphQLError UNAUTHENTICATED or SESSION_EXPIRED */
export function readerIn(context: GraphqlContext): Actor | Recipient {
  return context.recipient ?? actorIn(context);
}

/** How every mutation is called besides its own input. */
export interface CallOptions {
  readonly simulate?: boolean | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

const sessionIn = ({ token }: GraphqlContext): string | undefined =>
  token === undefined ? undefined : hashToken(token);

/** One call of a procedure in the name of the signed-in officer. */
export function callIn(context: GraphqlContext, options: CallOptions = {}): Call {
  return {
    world: context.world,
    actor: actorIn(context),
    session: sessionIn(context),
    simulate: options.simulate ?? false,
    idempotencyKey: options.idempotencyKey ?? undefined,
  };
}

/** One call of a procedure that the signed-in student takes himself. */
export function studentCallIn(context: GraphqlContext, options: CallOptions = {}): StudentCall {
  return {
    world: context.world,
    student: studentIn(context),
    session: sessionIn(context),
    simulate: options.simulate ?? false,
    idempotencyKey: options.idempotencyKey ?? undefined,
  };
}
