// The student's way in and out: a one-time link, or the own password.
import { openLink } from '../../procedures/student/open-link.ts';
import { isStudentToken, type StudentSignedIn, studentSignOut } from '../../procedures/student/student-sessions.ts';
import { setStudentPassword, studentSignIn } from '../../procedures/student/student-sign-in.ts';
import { builder } from '../builder.ts';
import { answerOf, RefusedRef, resultType } from '../errors.ts';
import { addStudentAction } from './student-action.ts';

const SessionRef = builder.objectRef<{ token: string; expiresAt: Date }>('StudentSession').implement({
  description:
    "A student's session of two hours. The token is shown once: send it as `Authorization: Bearer …`. It opens `myRecords` and the student's mutations, nothing else.",
  fields: (t) => ({
    token: t.exposeString('token'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
  }),
});

const ResultUnion = builder.unionType('StudentSessionResult', {
  types: [SessionRef, RefusedRef],
  resolveType: resultType('StudentSession'),
});

async function started(session: Promise<StudentSignedIn>) {
  try {
    const { token, expiresAt } = await session;
    return { token, expiresAt: new Date(expiresAt) };
  } catch (error) {
    const answer = answerOf(error);
    if (answer) return answer as never;
    throw error;
  }
}

const OpenLinkInput = builder.inputType('OpenLinkInput', {
  fields: (t) => ({ token: t.string({ description: 'What stands behind `#` in the address of the link.' }) }),
});
const SignInInput = builder.inputType('StudentSignInInput', {
  fields: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    number: t.string({ description: 'Student number, or application number of equivalent education.' }),
    password: t.string(),
  }),
});
const SignOutRef = builder.objectRef<{ ended: boolean }>('StudentSignOutSuccess').implement({
  fields: (t) => ({ ended: t.exposeBoolean('ended') }),
});

builder.mutationFields((t) => ({
  openLink: t.field({
    type: ResultUnion,
    skipTypeScopes: true,
    description: 'Opens a one-time link (article 11(1)). It is used up by that.',
    complexity: { field: 1_000, multiplier: 1 },
    args: { input: t.arg({ type: OpenLinkInput }) },
    resolve: (_root, { input }, { world, address }) => started(openLink(world, { token: input.token, address })),
  }),
  studentSignIn: t.field({
    type: ResultUnion,
    skipTypeScopes: true,
    description: 'Starts a session with the password that the student has set. Five failures lock it for 15 minutes.',
    // Hashing a password takes a tenth of a second: one per operation.
    complexity: { field: 35_000, multiplier: 1 },
    args: { input: t.arg({ type: SignInInput }) },
    resolve: (_root, { input }, { world, address }) => started(studentSignIn(world, { ...input, address })),
  }),
  studentSignOut: t.field({
    type: SignOutRef,
    skipTypeScopes: true,
    authScopes: { student: true },
    description: "Ends the student's session of the token.",
    resolve: async (_root, _args, { world, token }) => {
      if (token && isStudentToken(token)) await studentSignOut(world, token);
      return { ended: true };
    },
  }),
}));

addStudentAction('setStudentPassword', {
  description: 'Sets or replaces the own password; the sign-in name is the number of the record.',
  sealed: false,
  cost: 35_000,
  input: (t) => ({ password: t.string() }),
  run: async (call, { password }) => ({
    ...(await setStudentPassword(call, password)),
    ...{ stepId: null, simulated: call.simulate === true },
  }),
  success: (t) => ({ number: t.exposeString('number', { description: 'With this the student signs in.' }) }),
});
