// Article 11(3): the page of a disclosure – for who has the link, masked, not indexed, without scripts – and what an officer sees of it over the API.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId } from '../../src/graphql/global-id.ts';
import { OBJECTION_LIMITS } from '../../src/regulation/disclosure.ts';
import { type Data, startApi, type TestApi } from '../support/api.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { bringTo } from '../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

const PEOPLE = 103;
let test: TestWorld;
let api: TestApi;
let batch: Collected;
let batchId: string;
let place: string;
let link: Data;
beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-23');
  api = await startApi(test);
  await test.world.db.prisma.policy.create({
    data: { institution: HERE, effectiveFrom: '2026-01-01', content: { nameMask: 'family-name' } },
  });
  batch = await collectedBatch(test, PEOPLE);
  await bringTo(test, batch, 'disclosing');
  batchId = globalId('Batch', { institution: HERE, id: batch.batchId });
  const query = `mutation ($input: DisclosureLinkInput!) { disclosureLink(input: $input) { __typename
    ... on DisclosureLinkSuccess { link { id url revokedAt } } } }`;
  const { data } = await api.ask(query, { as: 'jiaowu.he', variables: { input: { batch: batchId } } });
  ({ link } = data.disclosureLink);
  place = new URL(link.url).pathname;
});
afterAll(async () => {
  await api.close();
  await test.close();
});

const get = (path: string, init: RequestInit = {}) => fetch(`${api.url}${path}`, init);
const post = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  get(`${place}/objections`, { method: 'POST', body: new URLSearchParams(fields), headers });
const ask = async (query: string, as: string, variables: object = { batch: batchId }): Promise<Data> => {
  const { data, errors } = await api.ask(query, { as, variables });
  expect(errors).toEqual([]);
  return data;
};
const OBJECTION = { sequence: '2', reason: '专业名称有误 <script>', name: '王同学', contact: 'wang@example.cn' };

describe('Article 11(3): the page', () => {
  it('shows a hundred people, masked, and the way to the others', async () => {
    const response = await get(place);
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(text).toContain('公开期：2026-06-23 至 2026-06-26');
    expect(text.match(/<tr><td/g)).toHaveLength(100);
    expect(text).toContain('404 教育学');
    expect(text).toContain('040107 小学教育');
    const next = /href="([^"]+)" rel="next/.exec(text)?.[1] ?? '';
    const rest = await (await get(next)).text();
    expect(rest.match(/<tr><td/g)).toHaveLength(PEOPLE - 100);
    for (const { name, identityNumber, studentNumber, phone } of batch.fields) {
      expect(text + rest).not.toContain(name);
      for (const secret of [identityNumber, studentNumber, phone])
        if (secret) expect(text + rest).not.toContain(secret);
    }
  });

  it('is kept by no index and no cache, framed by nobody, and runs no script', async () => {
    const { headers } = await get(place);
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).toMatch(
      /default-src 'none'.*frame-ancestors 'none'.*form-action 'self'/,
    );
    expect(await (await get(place)).text()).not.toContain('<script');
  });

  it('speaks English to who asks for it', async () => {
    const text = await (await get(place, { headers: { 'accept-language': 'en' } })).text();
    expect(text).toContain('Internal disclosure of degree-conferral information');
  });

  it('gives everybody as a table, too', async () => {
    const response = await get(`${place}.csv`);
    const lines = (await response.text()).trim().split('\r\n');
    expect(response.headers.get('content-type')).toContain('text/csv');
    expect(lines).toHaveLength(PEOPLE + 1);
    expect(lines[1]).toContain('赵**');
  });

  it('answers addresses that are none, odd questions and other methods in words', async () => {
    for (const path of ['/d', '/d/', '/d/abc', `/d/${'A'.repeat(43)}`, `${place}/other`, `/d/${'A'.repeat(43)}.csv`]) {
      const response = await get(path);
      expect([path, response.status]).toEqual([path, 404]);
    }
    for (const after of ['-1', 'x', '999999999', "1' OR 1=1"]) {
      expect((await get(`${place}?after=${encodeURIComponent(after)}`)).status).toBe(200);
    }
    expect((await get(place, { method: 'POST' })).status).toBe(405);
    expect((await get(`${place}/objections`)).status).toBe(405);
    expect((await get(place, { method: 'HEAD' })).status).toBe(200);
  });
});

describe('Article 11(3): an objection from the page', () => {
  it('gets a number, waits for the category office, and is accepted into the sealed log', async () => {
    const response = await post(OBJECTION);
    const text = await response.text();
    expect(response.status).toBe(201);
    const receipt = /YY-[0-9A-F]{12}/.exec(text)?.[0];
    const query = `query ($batch: ID) { receivedObjections(first: 10, batch: $batch, accepted: false) { totalCount
      nodes { id receipt reason name contact ageDays record { rosterSequence } } } }`;
    const { receivedObjections } = await ask(query, 'jiaowu.cai');
    expect(receivedObjections.nodes).toMatchObject([
      { receipt, reason: OBJECTION.reason, name: '王同学', contact: 'wang@example.cn', record: { rosterSequence: 2 } },
    ]);
    const auditor = await ask(query, 'jiancha');
    expect(auditor.receivedObjections.nodes).toMatchObject([{ receipt, reason: null, name: null, contact: null }]);
    for (const stranger of ['yanjiu.he', 'donghai.he', 'sheng.shen']) {
      expect((await ask(query, stranger)).receivedObjections.nodes).toEqual([]);
    }
    const accept = `mutation ($input: AcceptObjectionInput!) { acceptObjection(input: $input) { __typename
      ... on AcceptObjectionSuccess { step { name } objection { state ageDays reason raisedBy } received { acceptedAt } } } }`;
    const input = { received: receivedObjections.nodes[0].id };
    const { acceptObjection } = await ask(accept, 'jiaowu.cai', { input });
    expect(acceptObjection).toMatchObject({
      ...{ __typename: 'AcceptObjectionSuccess', step: { name: 'RAISE_OBJECTION' } },
      objection: { state: 'OPEN', ageDays: 0, raisedBy: receipt },
    });
    const open = 'query ($batch: ID) { objections(first: 5, batch: $batch, state: OPEN) { nodes { raisedBy } } }';
    expect((await ask(open, 'jiaowu.cai')).objections.nodes).toEqual([{ raisedBy: receipt }]);
    expect((await ask(open, 'yanjiu.cai')).objections.nodes).toEqual([]);
  });

  it('is refused in words: nameless, of nobody, too long, no form', async () => {
    const refused = await post({ ...OBJECTION, name: '', sequence: 'abc' });
    expect(refused.status).toBe(422);
    const text = await refused.text();
    expect(text).toContain('公开的名单中没有这个序号。');
    expect(text).toContain('提出异议须留姓名和联系方式。');
    expect((await post({})).status).toBe(422);
    expect((await post({ ...OBJECTION, reason: '长'.repeat(30_000) })).status).toBe(413);
    expect((await post(OBJECTION, { 'content-type': 'application/json' })).status).toBe(415);
    expect((await post({ ...OBJECTION, reason: 'a\u0000b' })).status).toBe(422);
  });

  it('a proxy on this machine is not one address, but what waits has an end', async () => {
    const statuses: number[] = [];
    for (let at = 0; at < 12; at++) statuses.push((await post(OBJECTION)).status);
    expect(statuses).toEqual(statuses.map(() => 201));
    const { prisma } = test.world.db;
    const one = await prisma.receivedObjection.findFirstOrThrow({ where: { acceptedAt: null } });
    const rows = Array.from({ length: OBJECTION_LIMITS.waitingInBatch }, () => ({ ...one, id: randomUUID() }));
    await prisma.receivedObjection.createMany({ data: rows });
    expect((await post(OBJECTION)).status).toBe(429);
  });
});

describe('Article 11(3): inside the school, over the API', () => {
  const query = `query ($batch: ID!) { disclosure(batch: $batch) { batch category from until days nameMask open count
    people(first: 2) { totalCount nodes { rosterSequence name degreeCategory disciplineCode conferralDate certificateNumber resolutionNumber }
      pageInfo { hasNextPage } } } disclosures(first: 5) { totalCount nodes { batch } } }`;

  it('every officer of the institution sees it, of whatever category; nobody outside', async () => {
    for (const officer of ['jiaowu.cai', 'yanjiu.he', 'xuewei.guan', 'jiancha']) {
      const { disclosure, disclosures } = await ask(query, officer);
      expect(disclosure).toMatchObject({ batch: batchId, nameMask: 'FAMILY_NAME', days: 3, open: true, count: PEOPLE });
      expect(disclosure.people).toMatchObject({ totalCount: PEOPLE, pageInfo: { hasNextPage: true } });
      expect(disclosure.people.nodes[0]).toMatchObject({ rosterSequence: 1, name: '赵**' });
      expect(disclosures).toEqual({ totalCount: 1, nodes: [{ batch: batchId }] });
    }
    for (const stranger of ['donghai.he', 'sheng.shen']) {
      expect(await ask(query, stranger)).toEqual({ disclosure: null, disclosures: { totalCount: 0, nodes: [] } });
    }
  });

  it('a revoked link shows nothing, and nothing is shown after the last day', async () => {
    const revoke = `mutation ($input: RevokeDisclosureLinkInput!) { revokeDisclosureLink(input: $input) { __typename
      ... on RevokeDisclosureLinkSuccess { link { url revokedAt } } } }`;
    const done = await ask(revoke, 'jiaowu.he', { input: { link: link.id } });
    expect(done.revokeDisclosureLink.link).toMatchObject({ url: null });
    expect((await get(place)).status).toBe(404);
    expect((await post(OBJECTION)).status).toBe(404);
    test.setClock('2026-06-27');
    const { disclosure } = await ask(query, 'yanjiu.he');
    expect(disclosure).toMatchObject({ open: false, count: 0, people: { totalCount: 0, nodes: [] } });
  });
});
