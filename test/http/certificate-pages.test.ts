// Article 11(7): templates, what a record is matched to, and pages to look at, through the real server.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { globalId } from '../../src/graphql/global-id.ts';
import { signedUrl } from '../../src/graphql/links.ts';
import { SAMPLE_NAMES } from '../../src/regulation/templates/certificate-samples.ts';
import { keysOf } from '../../src/regulation/vocabulary.ts';
import { textOf } from '../documents/judges.ts';
import { type Data, startApi, type TestApi } from '../support/api.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { has, needing } from '../support/outside.ts';
import { bringTo } from '../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
let api: TestApi;
let here: Collected;
let templateId: string;
const EXAMPLE = new URL('../../docs/certificate-layout.example.json', import.meta.url);
const example = () => JSON.parse(readFileSync(EXAMPLE, 'utf8'));

beforeAll(async () => {
  world = await testWorld();
  world.setClock('2026-06-23');
  api = await startApi(world);
  const added = await add({});
  templateId = added.certificateTemplate.id;
  here = await collectedBatch(world, 2);
});
afterAll(async () => {
  await api.close();
  await world.close();
});

const NEW = {
  institution: HERE,
  code: 'XS',
  name: '学士学位证书',
  level: 'BACHELOR',
  categories: ['REGULAR_BACHELOR'],
};
async function act(name: string, input: object, as = 'xuewei.guan'): Promise<Data> {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename
    ... on ${type}Success { simulated certificateTemplate { id version validUntil layout state previewUrl } }
    ... on Refused { violations { code path found expected message messageEn } }
    ... on Forbidden { violations { code } } ... on NotFound { id } } }`;
  const { data, errors } = await api.ask(query, { as, variables: { input } });
  expect(errors, api.logged.join('\n')).toEqual([]);
  return data[name];
}
const add = (changes: object, as?: string) =>
  act('addCertificateTemplate', { ...NEW, validFrom: '2020-01-01', layout: {}, ...changes }, as);
const recordId = (at = 0) => globalId('DegreeRecord', { institution: HERE, id: here.recordIds[at] ?? '' });
async function matchOf(as = 'jiaowu.cai', at = 0): Promise<Data> {
  const query = `query ($id: ID!) { record(id: $id) { certificateSpecimenUrl
    certificateTemplateMatch { template { code version } violations { code article found expected } } } }`;
  const { data, errors } = await api.ask(query, { as, variables: { id: recordId(at) } });
  expect(errors).toEqual([]);
  return data.record;
}
async function list(args: string): Promise<string[]> {
  const query = `{ certificateTemplates(${args}) { nodes { code version state } } }`;
  const { data, errors } = await api.ask(query, { as: 'jiaowu.cai' });
  expect(errors).toEqual([]);
  return data.certificateTemplates.nodes.map((one: Data) => `${one.code} v${one.version} ${one.state}`);
}
async function get(path: string, as?: string, headers: Record<string, string> = {}) {
  const bearer = as ? { authorization: `Bearer ${await api.signIn(as)}` } : {};
  const url = path.replace(world.world.origin, api.url);
  return fetch(url.startsWith('http') ? url : api.url + url, { headers: { ...bearer, ...headers } });
}
const preview = () => `/certificate-templates/${templateId}/preview.pdf`;
const specimen = (at = 0) => `/records/${recordId(at)}/certificate-specimen.pdf`;

describe('Article 11(7): a layout is judged before it is saved', () => {
  test('a simulation says everything that is wrong, by path, in both languages, and adds nothing', async () => {
    const layout = example();
    layout.fields[0].x = -3;
    layout.fields[2].text = '{headNmae}';
    const refused = await add({ layout, simulate: true });
    expect(refused.violations.map((one: Data) => `${one.code}@${one.path}`)).toEqual([
      'certificate-layout-out-of-range@layout.fields[0].x',
      'certificate-layout-unknown-field@layout.fields[2].text',
    ]);
    for (const { message, messageEn } of refused.violations) expect([message, messageEn]).not.toContain('');
    expect(await add({ layout: example(), simulate: true })).toMatchObject({
      simulated: true,
      certificateTemplate: null,
    });
    expect(await list('first: 20')).toEqual(['XS v1 IN_FORCE']);
  });

  test('without a layout, the one of ours is kept', async () => {
    const { data } = await api.ask(
      `{ node(id: "${templateId}") { ... on CertificateTemplate { layout effectiveLayout } } }`,
      {
        as: 'jiaowu.cai',
      },
    );
    expect(data.node.layout).toMatchObject({ format: 'vermilion-certificate/1', page: { orientation: 'landscape' } });
    expect(data.node.effectiveLayout).toEqual(data.node.layout);
  });
});

describe('Article 11(7): pages to look at', () => {
  test('the sample of a template: for officers and by its link, with a Chinese name and an entity tag', async () => {
    const page = await get(preview(), 'jiaowu.cai');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const name = page.headers.get('content-disposition')?.split("UTF-8''")[1] ?? '';
    expect(decodeURIComponent(name)).toBe('学位证书样张（XS 第1版）.pdf');
    const etag = page.headers.get('etag') ?? '';
    expect((await get(preview(), 'jiaowu.cai', { 'if-none-match': etag })).status).toBe(304);
    const { data } = await api.ask('{ certificateTemplates { nodes { previewUrl } } }', { as: 'sheng.shen' });
    const linked = await get(data.certificateTemplates.nodes[0].previewUrl);
    expect([linked.status, linked.headers.get('etag')]).toEqual([200, etag]);
    const other = await get(`${data.certificateTemplates.nodes[0].previewUrl}&sample=long-name`);
    expect([other.status, other.headers.get('etag') === etag]).toEqual([200, false]);
    expect((await get(`${preview()}?sample=nobody`, 'jiaowu.cai')).status).toBe(404);
  });

  test.skipIf(!has('pdftotext')).each(keysOf(SAMPLE_NAMES))(
    needing('pdftotext', 'the sample with the %s name'),
    async (sample) => {
      const page = await get(`${preview()}?sample=${sample}`, 'jiaowu.cai');
      const text = textOf(new Uint8Array(await page.arrayBuffer()));
      expect(text).toContain(SAMPLE_NAMES[sample].name.replaceAll(' ', ''));
    },
  );

  test.skipIf(!has('pdftotext'))(
    needing('pdftotext', 'the specimen for a record says what the record says'),
    async () => {
      const { certificateSpecimenUrl } = await matchOf();
      const page = await get(certificateSpecimenUrl);
      const text = textOf(new Uint8Array(await page.arrayBuffer()));
      const [fields] = here.fields;
      for (const part of [fields?.name, fields?.certificateNumber, '小学教育', '教育学学士', '不是学位证书']) {
        expect(text).toContain(part);
      }
      expect(text).not.toContain(fields?.identityNumber);
      const name = page.headers.get('content-disposition')?.split("UTF-8''")[1] ?? '';
      expect(decodeURIComponent(name)).toBe(`学位证书样本（${fields?.certificateNumber}）.pdf`);
    },
  );

  test('Article 23: nobody else gets them', async () => {
    for (const path of [preview(), specimen()]) {
      expect((await get(path)).status).toBe(401);
      expect((await get(path, 'donghai.xuewei')).status).toBe(404);
      expect((await get(path, 'donghai.cai')).status).toBe(404);
      expect((await get(signedUrl(world.world, path, Date.now() - 6 * 60_000))).status).toBe(403);
    }
    expect((await get(specimen(), 'jixu.cai')).status).toBe(404);
    // The province sees templates, and records from the report on.
    expect((await get(preview(), 'sheng.shen')).status).toBe(200);
    expect((await get(specimen(), 'sheng.shen')).status).toBe(404);
    // An id of another kind is no template.
    expect((await get(`/certificate-templates/${recordId()}/preview.pdf`, 'jiaowu.cai')).status).toBe(404);
    expect((await get(`/records/${templateId}/certificate-specimen.pdf`, 'jiaowu.cai')).status).toBe(404);
    expect((await get('/records/AAAA/certificate-specimen.pdf', 'jiaowu.cai')).status).toBe(404);
  });
});

describe('Article 11(7): which template a record has', () => {
  test('the one in force; two at once are a reason for none; after the cross-check nothing changes it', async () => {
    const one = { template: { code: 'XS', version: 1 }, violations: [] };
    expect((await matchOf()).certificateTemplateMatch).toEqual(one);
    await bringTo(world, here, 'cross-checked');
    await add({ code: 'XS-2', layout: example() });
    await add({ layout: example() });
    expect((await matchOf()).certificateTemplateMatch).toEqual(one);
    const later = here;
    here = await collectedBatch(world, 1);
    const { certificateTemplateMatch } = await matchOf();
    expect(certificateTemplateMatch).toMatchObject({
      ...{ template: null, violations: [{ code: 'certificate-template-ambiguous', article: '11(7)' }] },
    });
    expect(certificateTemplateMatch.violations[0].found).toBe('XS v2, XS-2 v1');
    const page = await get(specimen(), 'jiaowu.cai');
    expect(page.status).toBe(422);
    expect(await page.json()).toMatchObject({
      errors: [{ extensions: { code: 'REFUSED', violations: [{ code: 'certificate-template-ambiguous' }] } }],
    });
    here = later;
  });

  test('the list by code, category and day, with the state on a day', async () => {
    expect(await list('first: 20')).toEqual(['XS v2 IN_FORCE', 'XS-2 v1 IN_FORCE', 'XS v1 SUPERSEDED']);
    expect(await list('code: "XS", first: 1')).toEqual(['XS v2 IN_FORCE']);
    expect(await list('category: ACADEMIC_MASTER')).toEqual([]);
    expect(await list('level: BACHELOR, category: REGULAR_BACHELOR, code: "XS-2"')).toEqual(['XS-2 v1 IN_FORCE']);
    expect(await list('inForceOn: "2019-12-31"')).toEqual([]);
    const query = '{ certificateTemplates(code: "XS") { nodes { version state(on: "2019-12-31") } } }';
    const { data } = await api.ask(query, { as: 'jiaowu.cai' });
    expect(data.certificateTemplates.nodes.map((one: Data) => one.state)).toEqual(['NOT_YET', 'NOT_YET']);
  });

  test('ending a template: never before what is matched to it, else sealed', async () => {
    const early = await act('endCertificateTemplate', { certificateTemplate: templateId, validUntil: '2026-06-19' });
    expect(early.violations.map((one: Data) => [one.code, one.expected])).toEqual([
      ['certificate-template-end-before-match', '≥ 2026-06-20'],
    ]);
    const done = await act('endCertificateTemplate', { certificateTemplate: templateId, validUntil: '2026-06-20' });
    expect(done.certificateTemplate).toMatchObject({ validUntil: '2026-06-20', state: 'ENDED' });
    const as = 'jiaowu.cai';
    const asked = { certificateTemplate: templateId, validUntil: '2026-06-20' };
    expect((await act('endCertificateTemplate', asked, as)).__typename).toBe('Forbidden');
    const other = { certificateTemplate: recordId(), validUntil: '2026-06-20' };
    expect((await act('endCertificateTemplate', other)).__typename).toBe('NotFound');
    expect((await matchOf()).certificateTemplateMatch.template).toEqual({ code: 'XS', version: 1 });
  });
});

describe('Article 11(7): a layout that is not saved', () => {
  const post = async (body: unknown, as?: string, type = 'application/json') => {
    const bearer = as ? { authorization: `Bearer ${await api.signIn(as)}` } : {};
    return fetch(`${api.url}/certificate-layouts/preview.pdf`, {
      ...{ method: 'POST', headers: { 'content-type': type, ...bearer } },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  };
  const asked = (changes: object = {}) => ({
    ...{ institution: HERE, categories: ['REGULAR_BACHELOR'], layout: example() },
    ...changes,
  });
  const OFFICE = 'xuewei.guan';

  test('is shown with an invented person, and kept nowhere', async () => {
    const before = await list('first: 20');
    const page = await post(asked({ sample: 'long-name' }), OFFICE);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(Buffer.from(await page.arrayBuffer()).toString('latin1', 0, 5)).toBe('%PDF-');
    expect((await post(asked({ categories: ['academic-master'], layout: {} }), OFFICE)).status).toBe(200);
    expect(await list('first: 20')).toEqual(before);
  });

  test('is judged as when it is added: everything at once', async () => {
    const layout = { ...example(), seal: { x: 40, y: 60, diameter: 42 } };
    layout.fields[2].text = '{headNmae}';
    const page = await post(asked({ layout, categories: ['regular-bachelor', 'academic-master'] }), OFFICE);
    expect(page.status).toBe(422);
    const answer = (await page.json()) as Data;
    expect(answer.errors[0].extensions.violations.map((one: Data) => `${one.code}@${one.path}`)).toEqual([
      'certificate-template-category@categories',
      'certificate-layout-overlap@layout.seal',
      'certificate-layout-field-of-other-category@layout.fields[1].text',
      'certificate-layout-unknown-field@layout.fields[2].text',
    ]);
  });

  test.each<[string, number, unknown, string | undefined, string?]>([
    ['nobody', 401, asked, undefined],
    ['another office', 403, asked, 'jiaowu.cai'],
    ['another institution', 403, asked, 'donghai.xuewei'],
    ['an institution that there is not, as for another one', 403, () => asked({ institution: '99999' }), OFFICE],
    ['no JSON', 400, '{', OFFICE],
    ['a list', 400, [], OFFICE],
    ['no category', 400, () => asked({ categories: [] }), OFFICE],
    ['an unknown category', 400, () => asked({ categories: ['doctor'] }), OFFICE],
    ['an unknown sample', 400, () => asked({ sample: 'toString' }), OFFICE],
    ['a character that is none', 400, () => asked({ layout: { a: '\0' } }), OFFICE],
    ['a form', 415, asked, OFFICE, 'text/plain'],
    ['a library', 413, () => asked({ layout: { a: 'x'.repeat(300_000) } }), OFFICE],
  ])('%s: %i', async (_, status, body, as, type) => {
    const page = await post(typeof body === 'function' ? body() : body, as, type);
    expect(page.status).toBe(status);
    expect(((await page.json()) as Data).errors[0].extensions.requestId).toBeTruthy();
  });

  test('other methods are refused', async () => {
    expect((await get('/certificate-layouts/preview.pdf', OFFICE)).status).toBe(404);
  });

  test('nothing of all this was a mistake of ours', () => {
    expect(api.logged).toEqual([]);
  });
});
