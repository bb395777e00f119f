// What bad requests get: malformed, oversized, cut off, or from somebody whose session is over. The register stays as it is.
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Data, startApi, type TestApi } from '../support/api.ts';
import { unchanged } from '../support/bad-input.ts';
import { recordCsv, sampleRecords } from '../support/samples.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let test: TestWorld;
let api: TestApi;
/** The same register behind smaller limits. */
let narrow: TestApi;

beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-23');
  api = await startApi(test);
  narrow = await startApi(test, { limits: { uploadBytes: 10_000 } });
  await api.signIn('jiaowu.cai');
});
afterAll(async () => {
  // Nothing that was sent here is a mistake of the server.
  expect([...api.logged, ...narrow.logged]).toEqual([]);
  await narrow.close();
  await api.close();
  await test.close();
});

const JSON_TYPE = { 'content-type': 'application/json' };
const UPLOAD = { 'content-type': 'multipart/form-data; boundary=edge', 'graphql-require-preflight': '1' };
const LANGUAGES = { zh: /^\p{Script=Han}.*。$/u, en: /^[A-Z][^\p{Script=Han}]*\.$/u };

/** Posts as the collector, once in each language: the same status and extensions, a sentence in that language. */
async function refused(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = JSON_TYPE, at = api) {
  const authorization = `Bearer ${await api.signIn('jiaowu.cai')}`;
  const answers = await unchanged(test, async () => {
    const both: Data[] = [];
    for (const [language, sentence] of Object.entries(LANGUAGES)) {
      const all = { ...headers, authorization, 'accept-language': language };
      const response = await fetch(`${at.url}/graphql`, { method: 'POST', headers: all, body });
      const { data, errors } = (await response.json()) as Data;
      expect(data ?? null).toBeNull();
      expect(errors).toHaveLength(1);
      expect(errors[0].message).toMatch(sentence);
      const { requestId, messageZh, messageEn, ...extensions } = errors[0].extensions;
      expect(messageZh).toMatch(LANGUAGES.zh);
      expect(messageEn).toMatch(LANGUAGES.en);
      expect([messageZh, messageEn]).toContain(errors[0].message);
      expect(requestId).toBe(response.headers.get('x-request-id'));
      both.push({ status: response.status, ...extensions });
    }
    return both;
  });
  expect(answers[1]).toEqual(answers[0]);
  return answers[0];
}

/** An upload by the multipart convention, as bytes. */
function upload(): Uint8Array<ArrayBuffer> {
  const part = (name: string, content: string, more = '') =>
    `--edge\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n`;
  const query = 'mutation ($input: UploadFileInput!) { uploadFile(input: $input) { __typename } }';
  const variables = { input: { institution: HERE, kind: 'RECORDS', file: null } };
  const table = recordCsv('regular-bachelor', sampleRecords('regular-bachelor', 400)).toString('utf8');
  const parts = [
    part('operations', JSON.stringify({ query, variables })),
    part('map', '{"0":["variables.input.file"]}'),
    part('0', table, '; filename="a.csv"'),
  ];
  return Uint8Array.from(Buffer.from(`${parts.join('')}--edge--\r\n`));
}

describe('A request that cannot be read says so, and nothing was done', () => {
  const malformed = { status: 400, code: 'BAD_REQUEST' };

  it('malformed JSON: what it held is not repeated', async () => {
    const answer = await refused('{"query":"mutation { signIn(input: {password: \\"secret');
    expect(answer).toEqual({ ...malformed, detail: 'POST body sent invalid JSON.' });
  });

  it('150 KB that are no JSON, with control characters: nothing of it comes back', async () => {
    for (const body of ['x', '\u0001', '"requestId":"x"']) {
      const answer = await refused(body.repeat(Math.floor(150_000 / body.length)));
      expect(answer).toMatchObject(malformed);
      expect(JSON.stringify(answer).length).toBeLessThan(200);
    }
    const short = await refused('110101199003077774');
    expect(short).toEqual({ ...malformed, detail: expect.stringMatching(/^POST body [a-zA-Z .]+$/) });
    const named = await refused(JSON.stringify({ query: '{ __typename }', 110101199003077774: 1 }));
    expect(named).toEqual(malformed);
  });

  it.each([
    ['JSON that is no object', '"{ me { name } }"'],
    ['an empty body', ''],
    ['an object without a query', '{}'],
  ])('%s', async (_title, body) => {
    expect(await refused(body)).toMatchObject(malformed);
  });

  it('an upload whose end is missing', async () => {
    expect(await refused(upload().slice(0, 20_000), UPLOAD)).toMatchObject(malformed);
  });

  it('an upload whose operation is no JSON', async () => {
    const spoilt = Buffer.from(upload()).toString('utf8').replace('{"query":', '{"query:');
    expect(await refused(spoilt, UPLOAD)).toMatchObject(malformed);
  });
});

describe('A request beyond a limit names the limit, what was found and what is allowed', () => {
  it('a query too deep', async () => {
    const query = `{ ${'node(id: "x") { '.repeat(30)} id ${'}'.repeat(30)} }`;
    const answer = await refused(JSON.stringify({ query }));
    expect(answer).toEqual({ status: 400, code: 'DOCUMENT_LIMIT', limit: 'depth', found: 21, expected: 20 });
  });

  it('too many aliases', async () => {
    const query = `{ ${Array.from({ length: 70 }, (_, at) => `a${at}: __typename`).join(' ')} }`;
    const answer = await refused(JSON.stringify({ query }));
    expect(answer).toEqual({ status: 400, code: 'DOCUMENT_LIMIT', limit: 'aliases', found: 61, expected: 60 });
  });

  it('a JSON body over the limit', async () => {
    const body = JSON.stringify({ query: `{ __typename } #${'x'.repeat(300_000)}` });
    expect(await refused(body)).toEqual({ status: 413, code: 'BODY_LIMIT', found: body.length, expected: 262_144 });
  });

  it('an upload over the limit', async () => {
    const body = upload();
    const answer = await refused(body, UPLOAD, narrow);
    expect(answer).toEqual({ status: 413, code: 'BODY_LIMIT', found: body.length, expected: 10_000 });
  });

  it.each([
    ['text, as a form of another site could send it', 'text/plain'],
    ['an upload without the header that no form can send', 'multipart/form-data; boundary=edge'],
  ])('the wrong content type: %s', async (_title, type) => {
    const found = type.split(';')[0];
    const answer = await refused(upload(), { 'content-type': type });
    expect(answer).toEqual({ status: 415, code: 'CONTENT_TYPE', found });
  });
});

describe('An upload that breaks off in the middle', () => {
  it('keeps nothing, is no mistake of the server, and the same file goes in afterwards', async () => {
    const body = upload();
    const authorization = `Bearer ${await api.signIn('jiaowu.cai')}`;
    const headers = { ...UPLOAD, authorization, 'content-length': body.length };
    await unchanged(test, async () => {
      const outgoing = request(`${api.url}/graphql`, { method: 'POST', headers });
      const gone = new Promise<void>((done) => outgoing.on('close', done).on('error', () => {}));
      await new Promise<void>((done) => outgoing.write(body.subarray(0, 20_000), () => done()));
      outgoing.destroy();
      await gone;
      // A later request on another connection is answered after the server has noticed.
      expect((await fetch(`${api.url}/health`)).status).toBe(200);
    });
    expect(api.logged).toEqual([]);
    const again = await fetch(`${api.url}/graphql`, { method: 'POST', headers: { ...UPLOAD, authorization }, body });
    expect(await again.json()).toEqual({ data: { uploadFile: { __typename: 'UploadFileSuccess' } } });
  });
});

describe('Article 6: an expired session acts for nobody', () => {
  it('queries, actions, uploads and downloads say that it is over; signing in again helps', async () => {
    const token = await api.signIn('jixu.cai');
    await test.world.db.pool.query('UPDATE "Session" SET "expiresAt" = now() - interval \'1 second\'');
    const sentences = { zh: '登录已过期，请重新登录。', en: 'The session has expired; sign in again.' };
    const batch = Buffer.from(`Batch:${HERE}/00000000-0000-7000-8000-000000000000`).toString('base64url');
    const asked = ['{ me { name } }', `mutation { openDisclosure(input: { batch: "${batch}" }) { __typename } }`];
    await unchanged(test, async () => {
      for (const [language, message] of Object.entries(sentences)) {
        const headers = { authorization: `Bearer ${token}`, 'accept-language': language };
        for (const query of asked) {
          const { errors } = await api.ask(query, { headers });
          expect(errors).toMatchObject([{ message, extensions: { code: 'SESSION_EXPIRED' } }]);
        }
        const file = await fetch(`${api.url}/files/${HERE}/${'0'.repeat(64)}`, { headers });
        expect(file.status).toBe(401);
        expect(await file.json()).toMatchObject({ errors: [{ message, extensions: { code: 'SESSION_EXPIRED' } }] });
        const sent = { ...UPLOAD, ...headers };
        const late = await fetch(`${api.url}/graphql`, { method: 'POST', headers: sent, body: upload() });
        expect(await late.json()).toMatchObject({ errors: [{ message, extensions: { code: 'SESSION_EXPIRED' } }] });
      }
    });
    const anew = await startApi(test);
    expect((await anew.ask('{ me { name } }', { as: 'jixu.cai' })).data.me.name).toBe('杨丽');
    await anew.close();
  });
});
