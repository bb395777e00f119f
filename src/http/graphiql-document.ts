// What GraphiQL shows to who opens it for the first time: how to sign in, and what to ask then.
import type { ServerOptions } from './options.ts';

/** A document with two operations: GraphiQL asks which is to run. */
export function firstDocument(signIn: ServerOptions['signIn']): string {
  const { loginName, password } = signIn ?? { loginName: 'login name', password: 'password' };
  return `# 1. 登录：运行 SignIn，取得 token。 Sign in: run SignIn and copy the token.
mutation SignIn {
  signIn(input: { loginName: ${JSON.stringify(loginName)}, password: ${JSON.stringify(password)} }) {
    __typename
    ... on SignInSuccess { token }
    ... on Refused { violations { code message messageEn } }
  }
}

# 2. 在下方 Headers 中填写 In “Headers” below write: { "Authorization": "Bearer <token>" }
#    再运行 Me：本人、部门、单位代码。 Then run Me: who you are, your office, the code of your institution.
query Me {
  me { name duties institution now office { key name categories } }
}
`;
}
