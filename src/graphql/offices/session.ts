// Who is signed in; signing in and out.

import type { Actor } from '../../procedures/call.ts';
import { signIn, signOut } from '../../procedures/offices/sign-in.ts';
import { builder } from '../builder.ts';
import { actorIn, type GraphqlContext } from '../context.ts';
import { DutyEnum } from '../enums.ts';
import { answerOf, RefusedRef, resultType } from '../errors.ts';
import { readOne } from '../reads.ts';
import { OfficeRef } from './office.ts';
import { OfficerRef } from './officer.ts';

const MeRef = builder.objectRef<Actor>('Me').implement({
  description: 'The signed-in officer.',
  fields: (t) => ({
    name: t.exposeString('name'),
    duties: t.field({ type: [DutyEnum], resolve: (actor) => [...actor.duties] }),
    institution: t.string({
      nullable: true,
      description: 'Five-digit code; null in a provincial office.',
      resolve: (actor) => actor.institution,
    }),
    officer: t.field({
      type: OfficerRef,
      resolve: async (actor, _args, context, info) =>
        (await readOne<{ id: string }>(context, info, 'officer', 'Officer', { id: actor.officerId })) as never,
    }),
    office: t.field({
      type: OfficeRef,
      resolve: async (actor, _args, context, info) =>
        (await readOne<{ id: string }>(context, info, 'office', 'Office', { id: actor.officeId })) as never,
    }),
    now: t.field({
      type: 'DateTime',
      description: "The register's clock.",
      resolve: (_actor, _args, context) => context.world.now(),
    }),
  }),
});

builder.queryField('me', (t) => t.field({ type: MeRef, resolve: (_root, _args, context) => actorIn(context) }));

interface SignedIn {
  readonly token: string;
  readonly expiresAt: Date;
}

const SignInSuccess = builder.objectRef<SignedIn>('SignInSuccess').implement({
  description: 'A session. The token is shown once: send it as `Authorization: Bearer …`.',
  fields: (t) => ({
    token: t.exposeString('token'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
  }),
});

const SignInResult = builder.unionType('SignInResult', {
  types: [SignInSuccess, RefusedRef],
  resolveType: resultType('SignInSuccess'),
});

const SignInInput = builder.inputType('SignInInput', {
  fields: (t) => ({
    loginName: t.string(),
    password: t.string(),
    newPassword: t.string({
      required: false,
      description: 'Takes the place of the password; needed with a first password, which somebody else has seen.',
    }),
  }),
});

const SignOutSuccess = builder.objectRef<{ ended: boolean }>('SignOutSuccess').implement({
  fields: (t) => ({ ended: t.exposeBoolean('ended') }),
});

async function startSession(context: GraphqlContext, input: Parameters<typeof signIn>[1]) {
  try {
    const { token, expiresAt } = await signIn(context.world, input);
    return { token, expiresAt: new Date(expiresAt) };
  } catch (error) {
    const answer = answerOf(error);
    if (answer) return answer as never;
    throw error;
  }
}

builder.mutationFields((t) => ({
  signIn: t.field({
    type: SignInResult,
    skipTypeScopes: true,
    description:
      'Starts a session of 12 hours. Five failures lock an account for 15 minutes. A first password is replaced at once.',
    // Hashing a password takes a tenth of a second: one per operation.
    complexity: { field: 35_000, multiplier: 1 },
    args: { input: t.arg({ type: SignInInput }) },
    resolve: (_root, { input }, context) => startSession(context, input),
  }),
  signOut: t.field({
    type: SignOutSuccess,
    description: 'Ends the session of the token.',
    resolve: async (_root, _args, context) => {
      if (context.token) await signOut(context.world, context.token);
      return { ended: true };
    },
  }),
}));
