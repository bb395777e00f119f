// Large bodies at the door: a bound by bytes with a queue, clients that leave in the middle, bodies that never end.
import { type ClientRequest, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../support/api.ts';
import { scanPdf } from '../support/sample-files.ts';
import { type TestWorld, testWorld } from '../support/world.ts';

const KB = 1024;
/** Room for three uploads of 100 KB. */
const ROOM = { uploadBytes: 320 * KB, heldBytes: 320 * KB };

let test: TestWorld;
let api: TestApi;
let impatient: TestApi;
beforeAll(async () => {
  test = await testWorld();
  api = await startApi(test, { limits: { ...ROOM, uploadsWaitMs: 300_000 } });
  await api.signIn('xuewei.guan');
  // Nobody waits here, and a body is to come at once.
  impatient = await startApi(test, {
    limits: { ...ROOM, uploads: 1, uploadsWaiting: 0, bodyGraceMs: 50, bodyBytesPerSecond: KB * KB },
  });
});
afterAll(async () => {
  await api.close();
  await impatient.close();
  await test.close();
});

const scan = (text: string) => scanPdf(text.padEnd(100 * KB));
const kept = () => test.world.db.prisma.keptFile.count();

/** The body of an upload as it goes over the line. */
function bodyOf(bytes: Buffer): Buffer {
  const part = (name: string, more = '') => `--x\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n`;
  const query = 'mutation ($input: UploadFileInput!) { uploadFile(input: $input) { __typename } }';
  const variables = { input: { institution: '10447', kind: 'RESOLUTION_SCAN', file: null } };
  return Buffer.concat([
    Buffer.from(`${part('operations')}${JSON.stringify({ query, variables })}\r\n`),
    Buffer.from(`${part('map')}{"0":["variables.input.file"]}\r\n${part('0', '; filename="a.pdf"')}`),
    bytes,
    Buffer.from('\r\n--x--\r\n'),
  ]);
}

interface Line {
  readonly outgoing: ClientRequest;
  readonly answer: Promise<{ status: number; retryAfter: string | undefined; body: string }>;
}

/** Begins an upload and sends the first part of it; 0 is the status of one that broke off. */
async function begin(
  { url, signIn }: TestApi,
  body: Buffer,
  sent: number,
  chunked = false,
  language = 'zh',
): Promise<Line> {
  const headers = {
    ...{ 'content-type': 'multipart/form-data; boundary=x', 'graphql-require-preflight': '1' },
    ...{ authorization: `Bearer ${await signIn('xuewei.guan')}`, 'accept-language': language },
    ...(chunked ? {} : { 'content-length': String(body.length) }),
  };
  const outgoing = request(`${url}/graphql`, { method: 'POST', headers });
  const answer = new Promise<Awaited<Line['answer']>>((done) => {
    outgoing.on('error', () => done({ status: 0, retryAfter: undefined, body: '' }));
    outgoing.on('response', (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => {
        const { statusCode: status = 0, headers: told } = response;
        done({ status, retryAfter: told['retry-after'], body: Buffer.concat(pieces).toString('utf8') });
      });
    });
  });
  await new Promise<void>((done) => outgoing.write(body.subarray(0, sent), () => done()));
  return { outgoing, answer };
}

describe('Twenty uploads at once into a room for three', () => {
  it('are all taken, one after the other, and each is kept', async () => {
    const before = await kept();
    const all = Array.from({ length: 20 }, (_, at) =>
      api.upload('xuewei.guan', 'RESOLUTION_SCAN', scan(`${at}`), 'a.pdf'),
    );
    const answers = await Promise.all(all);
    expect(new Set(answers.map(({ digest }) => digest)).size).toBe(20);
    expect(await kept()).toBe(before + 20);
  });

  it('without a word of their length are taken as well: each counts as the largest', async () => {
    const bodies = ['one', 'two', 'three'].map((text) => bodyOf(scan(text)));
    const lines = await Promise.all(bodies.map((body) => begin(api, body, 10, true)));
    for (const [at, { outgoing }] of lines.entries()) outgoing.end(bodies[at]?.subarray(10));
    for (const { answer } of lines)
      expect(await answer).toMatchObject({ status: 200, body: expect.stringContaining('Success') });
  });
});

describe('Clients that leave', () => {
  it('in the middle of their upload give their room back, and nothing of it is kept', async () => {
    const before = await kept();
    const body = bodyOf(scan('never whole'));
    const lines = await Promise.all([1, 2, 3].map(() => begin(api, body, 60 * KB)));
    const whole = api.upload('xuewei.guan', 'RESOLUTION_SCAN', scan('after them'), 'a.pdf');
    for (const { outgoing } of lines) outgoing.destroy();
    expect(await whole).toMatchObject({ mediaType: 'application/pdf' });
    expect(await kept()).toBe(before + 1);
    expect(api.logged).toEqual([]);
  });
});

describe('A full queue', () => {
  it('says so in both languages, when to come again, and takes the next when there is room', async () => {
    const body = bodyOf(scan('held'));
    const patient = await begin(api, body, 10);
    patient.outgoing.end(body.subarray(10));
    expect((await patient.answer).status).toBe(200);
    // A body that comes as slowly as it may holds the only place.
    const telling = await startApi(test, { limits: { ...ROOM, uploads: 1, uploadsWaiting: 0, bodyGraceMs: 240_000 } });
    const holder = await begin(telling, body, 10);
    const asked = async (language: string) => {
      const line = await begin(telling, body, body.length, false, language);
      line.outgoing.end();
      return line.answer;
    };
    // The one that asks may be in before the holder: then it is answered, and asked again.
    await expect.poll(async () => (await asked('zh')).status, { timeout: 20_000 }).toBe(503);
    const busy = await asked('zh');
    expect(busy.retryAfter).toBe('15');
    expect(JSON.parse(busy.body).errors[0]).toMatchObject({
      message: expect.stringContaining('请稍后再试'),
      extensions: {
        code: 'UPLOAD_LIMIT',
        messageEn: expect.stringContaining('nothing was done'),
        retryAfterSeconds: 15,
      },
    });
    expect(JSON.parse((await asked('en')).body).errors[0].message).toContain('Too many files');
    holder.outgoing.end(body.subarray(10));
    expect((await holder.answer).status).toBe(200);
    expect((await asked('zh')).status).toBe(200);
    await telling.close();
  });
});

describe('A body that never ends', () => {
  it('is not waited for: an answer of its own, its room is free again, nothing is kept', async () => {
    const before = await kept();
    for (const chunked of [false, true]) {
      const { answer, outgoing } = await begin(impatient, bodyOf(scan('slow')), 60 * KB, chunked);
      const { status, body } = await answer;
      expect(status).toBe(408);
      expect(JSON.parse(body).errors[0].extensions).toMatchObject({ code: 'BODY_SLOW', expected: KB * KB });
      outgoing.destroy();
    }
    expect(await kept()).toBe(before);
    await expect
      .poll(() => impatient.upload('xuewei.guan', 'RESOLUTION_SCAN', scan('next'), 'a.pdf').catch(() => null), {
        timeout: 20_000,
      })
      .toMatchObject({ mediaType: 'application/pdf' });
  });

  it('of JSON, from nobody who is known, is not waited for either', async () => {
    const headers = { 'content-type': 'application/json', 'content-length': '1000' };
    const status = await new Promise<number>((done) => {
      const outgoing = request(`${impatient.url}/graphql`, { method: 'POST', headers }, (response) => {
        response.resume();
        done(response.statusCode ?? 0);
      });
      outgoing.on('error', () => done(0));
      outgoing.write('{"query":');
    });
    expect(status).toBe(408);
  });
});
