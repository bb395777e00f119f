// The server in a process of its own, as `npm start` runs it, and a signed-in reader that asks it over loopback.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { TRIAL_PASSWORD } from '../src/trial/sample-institutions.ts';
import { checkPage, type PageAt, QUERY, variablesOf } from './read-page.ts';
import type { Environment } from './world.ts';

/** Asks for a page and waits for the whole answer. @throws {Error} anything but a whole page */
export type Ask = (at: PageAt) => Promise<void>;

/** Starts the server, signs in, lends a way to ask, stops the server. */
export async function withServer<T>(
  environment: Environment,
  loginName: string,
  work: (ask: Ask) => Promise<T>,
): Promise<T> {
  const options = { env: { ...process.env, ...environment }, silent: true };
  const child = fork(new URL(`../src/main${extname(import.meta.filename)}`, import.meta.url), ['serve'], options);
  child.stderr?.pipe(process.stderr);
  try {
    const endpoint = await addressOf(child);
    const token = await signIn(endpoint, loginName);
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    return await work(async (at) => {
      const body = JSON.stringify({ query: QUERY, variables: variablesOf(at) });
      checkPage(await (await fetch(endpoint, { method: 'POST', headers, body })).json());
    });
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
}

/** The address that the server prints when it listens. @throws {Error} it ended before */
function addressOf(child: ChildProcess): Promise<string> {
  let printed = '';
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (piece: Buffer) => {
      printed += String(piece);
      const address = /http:\/\/\S+\/graphql/.exec(printed)?.[0];
      if (address !== undefined) resolve(address);
    });
    child.on('exit', () => reject(new Error(`the server ended before it listened:\n${printed}`)));
  });
}

async function signIn(endpoint: string, loginName: string): Promise<string> {
  const query = `mutation SignIn($input: SignInInput!) { signIn(input: $input) { ... on SignInSuccess { token } } }`;
  const body = JSON.stringify({ query, variables: { input: { loginName, password: TRIAL_PASSWORD } } });
  const headers = { 'content-type': 'application/json' };
  const answer: unknown = await (await fetch(endpoint, { method: 'POST', headers, body })).json();
  const token = (answer as { data?: { signIn?: { token?: string } } }).data?.signIn?.token;
  if (token === undefined) throw new Error(`signing in was refused: ${JSON.stringify(answer)}`);
  return token;
}
