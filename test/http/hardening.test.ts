// What the server keeps from itself: too large, too deep, too many, from other sites; and what never leaves it.
import { type ClientRequest, request } from 'node:http';
import { connect } from 'node:net';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';
import { firstDocument } from '../../src/http/graphiql-document.ts';
import { makeServer } from '../../src/http/server.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { type TestWorld, testWorld } from '../support/world.ts';

const LIMITS = {
  ...{ jsonBytes: 4_000, uploadBytes: 20_000, uploads: 2, uploadsWaiting: 0 },
  ...{ tokens: 300, depth: 8, aliases: 5, directives: 4 },
};
const ORIGIN = 'https://office.example';

let world: TestWorld;
let api: TestApi;
let closed: TestApi;

beforeAll(async () => {
  world = await testWorld();
  api = await startApi(world, { limits: LIMITS, corsOrigins: [ORIGIN] });
  closed = await startApi(world, { production: true });
});
afterAll(async () => {
  await api.close();
  await closed.close();
  await world.close();
});

function send(url: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
  return fetch(url, { method: 'POST', ...options });
}
const UPLOAD = { 'content-type': 'multipart/form-data; boundary=x', 'graphql-require-preflight': '1' };
const JSON_TYPE = { 'content-type': 'application/json' };

describe('Limits before execution answer 400 or 413 with a code', () => {
  test.each([
    ['tokens', `{ ${'a '.repeat(400)} }`],
    ['depth', `{ a ${'{ a '.repeat(12)} ${'} '.repeat(12)} }`],
    ['aliases', `{ ${Array.from({ length: 9 }, (_, at) => `a${at}: __typename`).join(' ')} }`],
    ['directives', `{ __typename ${'@skip(if: false) '.repeat(9)} }`],
  ])('%s', async (limit, query) => {
    const answer = await api.ask(query);
    expect(answer.status).toBe(400);
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'DOCUMENT_LIMIT', limit });
  });

  test('deep nesting far beyond the limit is refused, not a crash', async () => {
    const answer = await closed.ask(`{ a(b: ${'['.repeat(50_000)} }`);
    expect(answer.status).toBe(400);
    expect(answer.errors[0]?.extensions.code).toBe('DOCUMENT_LIMIT');
  });

  test('a JSON body beyond its limit, with and without its length declared', async () => {
    const body = JSON.stringify({ query: `{ __typename } #${'x'.repeat(5_000)}` });
    const declared = await send(`${api.url}/graphql`, { headers: JSON_TYPE, body });
    expect(declared.status).toBe(413);
    expect(await declared.json()).toMatchObject({ errors: [{ extensions: { code: 'BODY_LIMIT' } }] });
    const chunked = await new Promise<number>((done, failed) => {
      const outgoing = request(`${api.url}/graphql`, { method: 'POST', headers: JSON_TYPE }, (response) => {
        response.resume();
        done(response.statusCode ?? 0);
      });
      outgoing.on('error', failed);
      outgoing.write(body);
      outgoing.end();
    });
    expect(chunked).toBe(413);
  });

  test('an upload beyond its limit', async () => {
    const form = new FormData();
    form.append('operations', JSON.stringify({ query: '{ __typename }' }));
    form.append('map', '{}');
    form.append('0', new Blob([new Uint8Array(30_000)]), 'x');
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      body: form,
      headers: { 'graphql-require-preflight': '1' },
    });
    expect(response.status).toBe(413);
  });

  test.each([
    ['no token', {}, 'UNAUTHENTICATED', '请先登录。'],
    [
      'a token that is none, in English',
      { 'accept-language': 'en', authorization: `Bearer ${'x'.repeat(40)}` },
      'UNAUTHENTICATED',
      'Sign in first.',
    ],
  ])('an upload with %s is refused before its body is read', async (_title, more, code, message) => {
    const answer = await unfinishedUpload({ ...(more as Record<string, string>) });
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ errors: [{ message, extensions: { code } }] });
  });

  test('only so many uploads at once; when one has gone the next is taken', async () => {
    const authorization = `Bearer ${await api.signIn('jiaowu.cai')}`;
    const held = new Set<HeldUpload>();
    // One that asks may be counted before one that is to be held, which is then the one too many and is opened again.
    const askWhileTwoAreHeld = async () => {
      for (const each of held) if (each.destroyed || each.answered) held.delete(each);
      while (held.size < 2) held.add(await heldUpload(authorization));
      return (await unfinishedUpload({ authorization }, 2_000)).status;
    };
    await expect.poll(askWhileTwoAreHeld).toBe(503);
    const busy = await unfinishedUpload({ authorization });
    expect(busy.body).toMatchObject({ errors: [{ extensions: { code: 'UPLOAD_LIMIT', retryAfterSeconds: 15 } }] });
    for (const each of held) each.destroy();
    await expect.poll(async () => (await unfinishedUpload({ authorization }, 1_000)).status).toBe(0);
  });

  test('cost: a deep page of pages', async () => {
    const nested =
      '{ batches(first: 100) { nodes { records(first: 100) { nodes { steps(first: 100) { nodes { id } } } } } } }';
    const answer = await closed.ask(nested, { as: 'xuewei.guan' });
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'COST_LIMIT' });
    expect(answer.status).toBe(400);
  });

  test('one password per operation', async () => {
    const one = 'signIn(input: { loginName: "a", password: "b" }) { __typename }';
    const answer = await closed.ask(`mutation { a: ${one} b: ${one} }`);
    expect(answer.errors[0]?.extensions.code).toBe('COST_LIMIT');
  });
});

describe('Cross-site requests', () => {
  test.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['application/graphql', 415],
    ['multipart/form-data; boundary=x', 415],
  ])('a simple request with %s is refused', async (type, status) => {
    const response = await send(`${api.url}/graphql`, {
      headers: { 'content-type': type },
      body: '{"query":"{ __typename }"}',
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'CONTENT_TYPE' } }] });
  });

  test('only listed origins are told that they may', async () => {
    const ask = (origin: string) =>
      send(`${api.url}/graphql`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    const listed = await ask(ORIGIN);
    expect(listed.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(listed.headers.get('access-control-allow-credentials')).toBeNull();
    const other = await ask('https://evil.example');
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('a mutation by GET, and a batch, are refused', async () => {
    const mutation = encodeURIComponent('mutation { signOut { ended } }');
    expect((await fetch(`${api.url}/graphql?query=${mutation}`)).status).toBe(405);
    const batch = await send(`${api.url}/graphql`, {
      headers: JSON_TYPE,
      body: '[{"query":"{ __typename }"},{"query":"{ __typename }"}]',
    });
    expect(batch.status).toBe(400);
  });
});

describe('What leaves the server', () => {
  test('every answer has a request id and the security headers', async () => {
    for (const path of ['/health', '/nothing', '/graphql?query=%7B__typename%7D']) {
      const { headers } = await fetch(api.url + path);
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });

  test('production shows neither the schema nor suggestions', async () => {
    const introspection = await closed.ask('{ __schema { types { name } } }');
    expect(introspection.data).toBeNull();
    const typo = await closed.ask('{ batchez { nodes { id } } }');
    expect(typo.errors[0]?.message).not.toContain('Did you mean');
    const page = await fetch(`${closed.url}/graphql`, { headers: { accept: 'text/html' } });
    expect(await page.text()).not.toContain('GraphiQL');
    expect((await api.ask('{ __schema { queryType { name } } }')).data.__schema.queryType.name).toBe('Query');
  });

  test('a mistake of ours is masked and logged once, without what it was about', async () => {
    const canary = '370102199001011234';
    const broken = { ...world.world, db: { ...world.world.db, prisma: brokenClient(canary) } };
    const logged: string[] = [];
    const server = makeServer(broken as never, {
      production: true,
      graphiql: false,
      corsOrigins: [],
      log: (line) => logged.push(line),
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as { port: number };
    const response = await send(`http://127.0.0.1:${port}/graphql`, {
      headers: { ...JSON_TYPE, 'accept-language': 'en' },
      body: JSON.stringify({
        query:
          '{ verify(code: "7QK3-M9TD-2F8X") { documentNumber } checkpoints(institution: "10447") { nodes { size } } }',
      }),
    });
    const body = await response.text();
    server.close();
    expect(body).not.toContain(canary);
    expect(JSON.parse(body).errors[0]).toMatchObject({
      message: expect.stringContaining('server'),
      extensions: { code: 'INTERNAL' },
    });
    expect(logged.length).toBe(1);
    expect(logged[0]).not.toContain(canary);
    expect(JSON.parse(logged[0] ?? '')).toMatchObject({ requestId: JSON.parse(body).errors[0].extensions.requestId });
  });
});

describe('Sessions', () => {
  test('without one, a typed answer in the language of the request', async () => {
    const zh = await api.ask('{ me { name } }');
    expect(zh.errors[0]).toMatchObject({ message: '请先登录。', extensions: { code: 'UNAUTHENTICATED' } });
    const en = await api.ask('{ me { name } }', { headers: { 'accept-language': 'en-GB,en;q=0.9,zh;q=0.1' } });
    expect(en.errors[0]?.message).toBe('Sign in first.');
  });

  test('an expired session says so', async () => {
    const token = await api.signIn('jixu.he');
    await world.world.db.prisma.session.updateMany({ data: { expiresAt: new Date(0) } });
    const headers = { authorization: `Bearer ${token}` };
    const answer = await api.ask('{ me { name } }', { headers });
    expect(answer.errors[0]?.extensions.code).toBe('SESSION_EXPIRED');
    const query = '{ checkpoints(institution: "10447") { nodes { size } } }';
    expect((await api.ask(query, { headers })).errors).toEqual([]);
  });

  test('after signing out the token is worth nothing', async () => {
    const { data } = await closed.ask(
      'mutation { signIn(input: { loginName: "jixu.zhang", password: "vermilion-trial" }) { ... on SignInSuccess { token } } }',
    );
    const headers = { authorization: `Bearer ${data.signIn.token}` };
    expect((await closed.ask('{ me { name office { name } now } }', { headers })).data.me.name).toBe('郑敏');
    await closed.ask('mutation { signOut { ended } }', { headers });
    expect((await closed.ask('{ me { name } }', { headers })).errors[0]?.extensions.code).toBe('SESSION_EXPIRED');
  });

  test('a wrong password is a typed refusal', async () => {
    const { data } = await closed.ask(
      'mutation { signIn(input: { loginName: "jixu.zhang", password: "wrong" }) { __typename ... on Refused { violations { code message messageEn } } } }',
    );
    expect(data.signIn).toMatchObject({ __typename: 'Refused', violations: [{ code: 'sign-in-refused' }] });
  });
});

/** An upload that never ends: its answer, or status 0 when there is none for a while. */
function unfinishedUpload(
  more: Record<string, string>,
  patienceMs = 20_000,
): Promise<{ status: number; body: unknown }> {
  return new Promise((done) => {
    const outgoing = request(`${api.url}/graphql`, { method: 'POST', headers: { ...UPLOAD, ...more } }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => {
        done({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(pieces).toString('utf8')) });
        outgoing.destroy();
      });
    });
    outgoing.on('error', () => done({ status: 0, body: null }));
    outgoing.write('--x\r\n');
    setTimeout(() => outgoing.destroy(), patienceMs).unref();
  });
}

/** An upload that is not over; `answered` when it was refused all the same. */
type HeldUpload = ClientRequest & { answered?: boolean };

/** An upload that stays open until it is destroyed. */
async function heldUpload(authorization: string): Promise<HeldUpload> {
  const outgoing: HeldUpload = request(`${api.url}/graphql`, { method: 'POST', headers: { ...UPLOAD, authorization } });
  outgoing.on('error', () => {});
  outgoing.on('response', (response) => {
    outgoing.answered = true;
    response.resume();
  });
  await new Promise<void>((sent) => outgoing.write('--x\r\n', () => sent()));
  return outgoing;
}

/** A database client whose every answer is a mistake that quotes personal data. */
function brokenClient(canary: string): object {
  const fail = () => Promise.reject(new Error(`invalid value ${canary}`));
  return new Proxy({}, { get: () => new Proxy({}, { get: () => fail }) });
}

describe('What is no request, and who knows only the address', () => {
  /** Sends bytes and closes this half of the connection; what comes back. */
  const raw = (bytes: string) =>
    new Promise<string>((done, failed) => {
      const { port, hostname } = new URL(api.url);
      let answer = '';
      const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true }, () => socket.end(bytes));
      socket.setEncoding('utf8').on('data', (text) => {
        answer += text;
      });
      socket.on('end', () => done(answer)).on('error', failed);
    });
  const HEAD = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';

  test.each([
    ['breaks off in its body', `${HEAD}Content-Length: 900\r\n\r\n{"query":`, 400, 'BAD_REQUEST'],
    ['breaks off in its headers', HEAD, 400, 'BAD_REQUEST'],
    ['is no HTTP', 'hello\r\n\r\n', 400, 'BAD_REQUEST'],
    ['names no address', 'GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400, 'BAD_REQUEST'],
    ['has headers without end', `${HEAD}X: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'HEADER_LIMIT'],
  ])('what %s is answered like every bad request', async (_title, bytes, status, code) => {
    const [head = '', body = ''] = (await raw(bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    const { extensions } = JSON.parse(body).errors[0];
    expect(extensions).toMatchObject({ code, messageZh: expect.any(String), messageEn: expect.any(String) });
    expect(head).toContain(`x-request-id: ${extensions.requestId}`);
    expect(head).toContain('x-content-type-options: nosniff');
    expect(api.logged).toEqual([]);
  });

  test('the address alone tells what there is', async () => {
    for (const server of [api, closed]) {
      const answer = await fetch(`${server.url}/`);
      const text = await answer.text();
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      for (const [, path = ''] of text.matchAll(/href="([^"]+)"/g)) {
        if (path !== '/graphql') expect((await fetch(server.url + path)).status, path).toBe(200);
      }
    }
  });

  test('GraphiQL begins with a document that the API takes', () => {
    for (const signIn of [undefined, { loginName: 'a"b', password: 'c' }]) {
      expect(validate(schema, parse(firstDocument(signIn)))).toEqual([]);
    }
  });
});
