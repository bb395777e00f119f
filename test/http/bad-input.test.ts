// Input that is not of its form: BAD_USER_INPUT in the language of the request, what was found and expected; never a mistake of ours.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { globalId } from '../../src/graphql/global-id.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { collectedBatch } from '../support/collected.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
let api: TestApi;
let names: string[];
beforeAll(async () => {
  world = await testWorld();
  world.setClock('2026-06-23');
  api = await startApi(world);
  names = (await collectedBatch(world, 3)).fields.map(({ name }) => name ?? '');
});
afterAll(async () => {
  expect(api.logged).toEqual([]);
  await api.close();
  await world.close();
});

const LANGUAGES = { zh: /^\p{Script=Han}.*。$/u, en: /^[A-Z][^\p{Script=Han}]*\.$/u };
const RECORDS = 'query ($filter: RecordFilter) { records(filter: $filter) { nodes { name } } }';

/** The extensions of the only error, which speaks both languages. */
async function told(query: string, variables: object = {}, as = 'xuewei.guan') {
  const both = [];
  for (const [language, sentence] of Object.entries(LANGUAGES)) {
    const { errors } = await api.ask(query, { as, variables, headers: { 'accept-language': language } });
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toMatch(sentence);
    const { requestId, sentence: left, ...extensions } = errors[0]?.extensions ?? {};
    const said = { zh: extensions.messageZh, en: extensions.messageEn };
    expect(said[language as 'zh' | 'en']).toBe(errors[0]?.message);
    expect(Object.values(said).every((one) => typeof one === 'string')).toBe(true);
    expect([typeof requestId, left]).toEqual(['string', undefined]);
    both.push(extensions);
  }
  expect(both[1]).toEqual(both[0]);
  return both[0];
}

describe('Texts that no database keeps', () => {
  test.each([
    ['NUL', 'a\0', 'U+0000'],
    ['half a surrogate pair', 'a\uD842b', 'U+D842'],
    ['a text of 20,001', 'x'.repeat(20_001), '20001'],
  ])('%s in a variable', async (_title, name, found) => {
    const answer = await told(RECORDS, { filter: { name } });
    expect(answer).toMatchObject({ code: 'BAD_USER_INPUT', path: 'filter.name', found });
  });

  test('NUL in the document, and in an id', async () => {
    const literal = await told('{ records(filter: { name: "a\\u0000" }) { nodes { name } } }');
    expect(literal).toMatchObject({ code: 'BAD_USER_INPUT', path: 'filter.name', found: 'U+0000' });
    const id = globalId('Batch', { institution: 'a\0', id: '00000000-0000-7000-8000-000000000000' });
    const { data, errors } = await api.ask(`{ node(id: "${id}") { id } batch(id: "${id}") { id } }`, {
      as: 'jiaowu.cai',
    });
    expect([data, errors]).toEqual([{ node: null, batch: null }, []]);
  });

  test('a cursor with half a surrogate pair', async () => {
    const after = Buffer.from('["name","\\ud800","00000000-0000-7000-8000-000000000000"]').toString('base64url');
    expect(await told(`{ records(orderBy: NAME, after: "${after}") { nodes { id } } }`)).toMatchObject({
      code: 'BAD_USER_INPUT',
      expected: 'name',
    });
  });
});

describe('Values out of their form', () => {
  const ADD =
    'mutation ($input: AddCertificateTemplateInput!) { addCertificateTemplate(input: $input) { __typename } }';
  const sound = {
    ...{ institution: HERE, code: 'x', name: 'x', level: 'BACHELOR', categories: ['REGULAR_BACHELOR'] },
    ...{ validFrom: '2026-01-01', layout: {}, simulate: true },
  };
  const deep = (levels: number): object => (levels === 1 ? {} : { a: deep(levels - 1) });

  test.each([
    ['no object as layout', { layout: [1] }],
    ['a layout 17 levels deep', { layout: deep(17) }],
    ['an empty idempotency key', { idempotencyKey: '' }],
    ['an idempotency key of 201', { idempotencyKey: 'k'.repeat(201) }],
    ['an idempotency key in Chinese', { idempotencyKey: '键' }],
    ['an impossible day', { validFrom: '2026-02-30' }],
  ])('%s', async (_title, changes) => {
    expect(await told(ADD, { input: { ...sound, ...changes } })).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  test('a layout 16 levels deep and a key of 200 are taken, and the rules of layouts judge the rest', async () => {
    const input = { ...sound, idempotencyKey: 'k'.repeat(200) };
    const judged = async (layout: object) => {
      const { data } = await api.ask(ADD, { as: 'xuewei.guan', variables: { input: { ...input, layout } } });
      return data.addCertificateTemplate.__typename;
    };
    expect(await judged({})).toBe('AddCertificateTemplateSuccess');
    expect(await judged(deep(16))).toBe('Refused');
  });

  test.each([
    ['an impossible day', { validFrom: '2026-02-30' }, 'input.validFrom', '2026-02-30', '2026-06-30'],
    ['a number for a day', { validFrom: 20260630 }, 'input.validFrom', '20260630', '2026-06-30'],
    ['no day', { validFrom: null }, 'input.validFrom', 'null', 'Date'],
    ['an unknown level', { level: 'BACHELORS' }, 'input.level', 'BACHELORS', 'BACHELOR / MASTER'],
    [
      'an unknown category',
      { categories: ['X'] },
      'input.categories[0]',
      'X',
      expect.stringMatching(/REGULAR_BACHELOR/),
    ],
    ['an identity number', { simulate: '110101199003077774' }, 'input.simulate', 'string, 18', 'Boolean'],
    ['a name', { name: 7 }, 'input.name', 'number', 'String'],
    ['a list', { code: ['x'] }, 'input.code', 'list', 'String'],
    ['a field missing', { code: undefined }, 'input.code', 'undefined', 'String!'],
    ['a field that is not there', { colour: 1 }, 'input.colour', undefined, 'AddCertificateTemplateInput'],
  ])('%s is told with its place', async (_title, changes, path, found, expected) => {
    const answer = await told(ADD, { input: { ...sound, ...changes } });
    expect(answer).toMatchObject({ code: 'BAD_USER_INPUT', path, expected });
    expect(answer?.found).toEqual(found);
  });

  test('each of several is told, and a variable that is not given', async () => {
    const input = { ...sound, level: 'X', validFrom: 'x' };
    const { errors } = await api.ask(ADD, { as: 'xuewei.guan', variables: { input } });
    const paths = errors.map(({ extensions }) => extensions.path).sort();
    expect(paths).toEqual(['input.level', 'input.validFrom']);
    expect(await told(ADD)).toMatchObject({
      path: 'input',
      found: 'undefined',
      expected: 'AddCertificateTemplateInput!',
    });
  });

  /** The same values, written into the document. */
  const literal = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
    if (value instanceof Word) return value.word;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const fields = Object.entries(value).filter(([, each]) => each !== undefined);
    return `{ ${fields.map(([name, each]) => `${name}: ${literal(each)}`).join(', ')} }`;
  };
  class Word {
    readonly word: string;
    constructor(word: string) {
      this.word = word;
    }
  }
  const written = { ...sound, level: new Word('BACHELOR'), categories: [new Word('REGULAR_BACHELOR')] };
  const document = (changes: object) =>
    `mutation { addCertificateTemplate(input: ${literal({ ...written, ...changes })}) { __typename } }`;
  const ENUM = expect.stringMatching(/ \/ REGULAR_BACHELOR$/);

  test.each([
    ['an impossible day', { validFrom: '2026-02-30' }, 'input.validFrom', '2026-02-30', '2026-06-30'],
    ['a number for a day', { validFrom: 20260630 }, 'input.validFrom', '20260630', '2026-06-30'],
    ['no day', { validFrom: null }, 'input.validFrom', 'null', 'Date'],
    ['an unknown level', { level: new Word('BACHELORS') }, 'input.level', 'BACHELORS', 'BACHELOR / MASTER'],
    ['a level in quotes', { level: 'BACHELOR' }, 'input.level', '"BACHELOR"', 'BACHELOR / MASTER'],
    ['an unknown category', { categories: [written.categories[0], new Word('X')] }, 'input.categories[1]', 'X', ENUM],
    ['an identity number', { simulate: '110101199003077774' }, 'input.simulate', 'string, 18', 'Boolean'],
    ['a name', { name: 7 }, 'input.name', 'number', 'String'],
    ['a list', { code: ['x'] }, 'input.code', 'list', 'String'],
    ['no object as layout', { layout: [1] }, 'input.layout', 'list', '{…}, ≤ 16'],
    ['a field missing', { code: undefined }, 'input.code', 'undefined', 'String!'],
    ['a field that is not there', { colour: 1 }, 'input.colour', undefined, 'AddCertificateTemplateInput'],
  ])('%s, written into the document, is told like that', async (_title, changes, path, found, expected) => {
    const answer = await told(document(changes));
    expect(answer).toMatchObject({ code: 'BAD_USER_INPUT', path, expected });
    expect(answer?.found).toEqual(found);
  });

  test('each of several in a document is told, deep inside, in a default and beside what is sound', async () => {
    const { data } = await api.ask(document({}), { as: 'xuewei.guan' });
    expect(data.addCertificateTemplate.__typename).toBe('AddCertificateTemplateSuccess');
    const several = document({ level: new Word('X'), validFrom: 'x' });
    const { errors } = await api.ask(several, { as: 'xuewei.guan' });
    expect(errors.map(({ extensions }) => extensions.path).sort()).toEqual(['input.level', 'input.validFrom']);
    const inner = 'replacement: { name: "x", category: X, conferralDate: "x", colour: 1 }';
    const deep = `mutation { correctRoster(input: { resolution: "x", ${inner} }) { __typename } }`;
    const deeper = await api.ask(deep, { as: 'xuewei.guan' });
    expect(deeper.errors.map(({ extensions }) => [extensions.path, extensions.expected]).sort()).toEqual([
      ['input.documentNumber', 'String!'],
      ['input.fileDigest', 'String!'],
      ['input.reason', 'String!'],
      ['input.replacement.category', expect.stringMatching(/ \/ REGULAR_BACHELOR$/)],
      ['input.replacement.certificateNumber', 'String!'],
      ['input.replacement.colour', 'RosterEntryInput'],
      ['input.replacement.conferralDate', '2026-06-30'],
      ['input.replacement.degreeCategory', 'String!'],
      ['input.replacement.disciplineCode', 'String!'],
      ['input.replacement.studentNumber', 'String!'],
      ['input.sequence', 'Int!'],
    ]);
    expect(await told('query ($first: Int = "x") { records(first: $first) { nodes { id } } }')).toMatchObject({
      ...{ code: 'BAD_USER_INPUT', path: 'first', found: 'x', expected: 'Int' },
    });
  });

  test('an argument that is missing or unknown is told by its name', async () => {
    const missing = { path: 'input', found: 'undefined', expected: 'AddCertificateTemplateInput!' };
    expect(await told('mutation { addCertificateTemplate { __typename } }')).toMatchObject(missing);
    expect(await told('{ records(colour: 1) { nodes { id } } }')).toMatchObject({
      ...{ code: 'BAD_USER_INPUT', path: 'colour', expected: 'Query.records' },
    });
  });

  test('a document that does not fit repeats no identity number', async () => {
    const answer = await told('{ records(first: "110101199003077774") { nodes { id } } }');
    expect(answer).toMatchObject({ code: 'BAD_USER_INPUT', path: 'first', found: 'string, 18', expected: 'Int' });
    const named = await told('{ records(filter: { x110101199003077774: 1 }) { nodes { id } } }');
    for (const each of [answer, named]) expect(JSON.stringify(each)).not.toContain('110101199003077774');
    const long = await told(`{ records(filter: { ${'x'.repeat(61)}: 1 }) { nodes { id } } }`);
    expect(long).toMatchObject({ path: 'filter', expected: 'RecordFilter' });
    expect(await told('{ nothing }')).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
    expect(await told('{ nothing')).toMatchObject({ code: 'GRAPHQL_PARSE_FAILED' });
  });

  test('who is not signed in is told in both languages', async () => {
    const { errors } = await api.ask(RECORDS, {});
    const both = { messageZh: '请先登录。', messageEn: 'Sign in first.' };
    expect(errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', ...both });
  });

  test('a number that is not finite, in the document', async () => {
    const literal =
      'institution: "10447", code: "x", name: "x", level: BACHELOR, categories: [], validFrom: "2026-01-01"';
    const query = `mutation { addCertificateTemplate(input: { ${literal}, layout: { a: 1e999 } }) { __typename } }`;
    expect(await told(query)).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  test('sizes of pages and costs', async () => {
    expect(await told('{ records(first: 101) { nodes { id } } }')).toMatchObject({ code: 'BAD_USER_INPUT' });
    const costly =
      '{ batches(first: 100) { nodes { records(first: 100) { nodes { steps(first: 100) { nodes { id } } } } } } }';
    expect(await told(costly)).toMatchObject({ code: 'COST_LIMIT' });
  });
});

describe('Filters mean what they say', () => {
  test.each(['name', 'namePrefix', 'studentNumber', 'certificateNumber', 'identityNumber', 'batch', 'resolution'])(
    'an empty %s is not everybody',
    async (field) => {
      for (const text of ['', ' ']) {
        const answer = await told(RECORDS, { filter: { [field]: text } });
        expect(answer).toMatchObject({ code: 'BAD_USER_INPUT', path: `filter.${field}` });
      }
    },
  );

  test('signs of LIKE in a prefix are only themselves', async () => {
    const found = async (namePrefix: string) => {
      const { data } = await api.ask(RECORDS, { as: 'jiaowu.cai', variables: { filter: { namePrefix } } });
      return data.records.nodes.length;
    };
    for (const sign of ['%', '_', '\\', '_%', '\\%']) expect(await found(sign)).toBe(0);
    const [first = ''] = names;
    expect(await found(first.slice(0, 1))).toBeGreaterThan(0);
  });
});
