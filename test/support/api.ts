// The server on a port of its own over a test world, and a client that speaks to it as a frontend would.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServerOptions } from '../../src/http/options.ts';
import { makeServer } from '../../src/http/server.ts';
import { rawIds } from './raw-ids.ts';
import { type TestWorld, TRIAL_PASSWORD } from './world.ts';

/** A GraphQL answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Data;
  readonly errors: readonly { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
}

/** Data whose shape the test knows. */
export type Data = ReturnType<typeof JSON.parse>;

/** A running server. */
export interface TestApi {
  readonly url: string;
  /** The server itself, to see what reaches it. */
  readonly server: Server;
  /** JSON lines that the server logged. */
  readonly logged: string[];
  signIn(loginName: string): Promise<string>;
  /** Lets a name stand for a session that was begun elsewhere, as that of a student. */
  hold(name: string, token: string): void;
  /** One operation; `as` is a login name. */
  ask(query: string, options?: { as?: string; variables?: object; headers?: Record<string, string> }): Promise<Answer>;
  /** Uploads a file and gives its digest. */
  upload(as: string, kind: string, bytes: Uint8Array, name: string, institution?: string): Promise<Data>;
  close(): Promise<void>;
}

/** Starts the server. */
export async function startApi(test: TestWorld, options: Partial<ServerOptions> = {}): Promise<TestApi> {
  const logged: string[] = [];
  const log = (line: string) => void logged.push(line);
  const server = makeServer(test.world, { production: false, graphiql: false, corsOrigins: [], log, ...options });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tokens = new Map<string, string>();

  const post = async (body: BodyInit, headers: Record<string, string>): Promise<Answer> => {
    const response = await fetch(`${url}/graphql`, { method: 'POST', body, headers });
    const text = await response.text();
    const { data = null, errors = [] } = text === '' ? {} : JSON.parse(text);
    const raw = rawIds({ data, errors });
    if (raw.length > 0) throw new Error(`An answer names things by keys of the register: ${raw.join(', ')}`);
    return { status: response.status, headers: response.headers, data, errors };
  };
  const api: TestApi = {
    url,
    server,
    logged,
    async signIn(loginName) {
      const known = tokens.get(loginName);
      if (known) return known;
      const { data } = await api.ask(
        'mutation ($input: SignInInput!) { signIn(input: $input) { ... on SignInSuccess { token } } }',
        { variables: { input: { loginName, password: TRIAL_PASSWORD } } },
      );
      tokens.set(loginName, data.signIn.token);
      return data.signIn.token;
    },
    hold: (name, token) => void tokens.set(name, token),
    async ask(query, { as, variables, headers = {} } = {}) {
      const bearer = as === undefined ? {} : { authorization: `Bearer ${await api.signIn(as)}` };
      const body = JSON.stringify({ query, variables });
      return post(body, { 'content-type': 'application/json', ...bearer, ...headers });
    },
    async upload(as, kind, bytes, name, institution = '10447') {
      const form = new FormData();
      const query = `mutation ($input: UploadFileInput!) { uploadFile(input: $input) { __typename
        ... on UploadFileSuccess { digest mediaType size } ... on Refused { violations { ...told } }
        ... on Forbidden { violations { ...told } } } }
        fragment told on Violation { code path article message messageEn found expected }`;
      form.append('operations', JSON.stringify({ query, variables: { input: { institution, kind, file: null } } }));
      form.append('map', JSON.stringify({ 0: ['variables.input.file'] }));
      form.append('0', new Blob([Uint8Array.from(bytes)]), name);
      const authorization = `Bearer ${await api.signIn(as)}`;
      const answer = await post(form, { authorization, 'graphql-require-preflight': '1' });
      if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors));
      return answer.data.uploadFile;
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  return api;
}

/** The statements that reach the database while something runs. */
export async function statementsDuring(test: TestWorld, work: () => Promise<unknown>): Promise<string[]> {
  const { pool } = test.world.db;
  const seen: string[] = [];
  const wrapped = new Map<object, unknown>();
  const spy = (client: { query: unknown }) => {
    if (wrapped.has(client)) return;
    const original = client.query as (...args: unknown[]) => unknown;
    wrapped.set(client, original);
    client.query = (...args: unknown[]) => {
      const [first] = args;
      seen.push(typeof first === 'string' ? first : String((first as { text?: string }).text));
      return original.apply(client, args);
    };
  };
  pool.on('acquire', spy);
  try {
    await work();
  } finally {
    pool.off('acquire', spy);
    for (const [client, original] of wrapped) (client as { query: unknown }).query = original;
  }
  return seen;
}
