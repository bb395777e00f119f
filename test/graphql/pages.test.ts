// Pages: whatever is filtered and sorted, keyset pages give every row once, in order, by one statement each.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Order, type PageArgs, pageOf, pageQuery } from '../../src/graphql/keyset.ts';
import { startApi, statementsDuring, type TestApi } from '../support/api.ts';
import { runs } from '../support/chance.ts';
import { collectedBatch } from '../support/collected.ts';
import { type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
let api: TestApi;
const AS = 'jiaowu.cai';

beforeAll(async () => {
  world = await testWorld();
  world.setClock('2026-06-23');
  api = await startApi(world);
  await collectedBatch(world, 40);
});
afterAll(async () => {
  await api.close();
  await world.close();
});

const ORDERS = ['OLDEST', 'NEWEST', 'NAME', 'CERTIFICATE_NUMBER', 'ROSTER'];

async function page(args: string): Promise<{
  ids: string[];
  info: { endCursor: string; startCursor: string; hasNextPage: boolean; hasPreviousPage: boolean };
}> {
  const { data, errors } = await api.ask(
    `{ records(${args}) { edges { cursor node { id } } pageInfo { endCursor startCursor hasNextPage hasPreviousPage } } }`,
    { as: AS },
  );
  expect(errors).toEqual([]);
  const { edges, pageInfo } = data.records;
  return { ids: edges.map((edge: { node: { id: string } }) => edge.node.id), info: pageInfo };
}

describe('Keyset pages', () => {
  test('walking in pages of any size, forward and backward, equals one full scan, in every order', async () => {
    const full = new Map<string, string[]>();
    for (const order of ORDERS) full.set(order, (await page(`orderBy: ${order}, first: 100`)).ids);
    const run = fc.asyncProperty(
      fc.constantFrom(...ORDERS),
      fc.integer({ min: 3, max: 41 }),
      fc.boolean(),
      async (order, size, back) => {
        const walked: string[] = [];
        let cursor: string | null = null;
        for (;;) {
          const place: string = cursor === null ? '' : back ? `, before: "${cursor}"` : `, after: "${cursor}"`;
          const { ids, info } = await page(`orderBy: ${order}, ${back ? 'last' : 'first'}: ${size}${place}`);
          if (back) walked.unshift(...ids);
          else walked.push(...ids);
          if (!(back ? info.hasPreviousPage : info.hasNextPage)) break;
          cursor = back ? info.startCursor : info.endCursor;
        }
        expect(walked).toEqual(full.get(order));
        expect(new Set(walked).size).toBe(40);
      },
    );
    await fc.assert(run, { numRuns: runs(12) });
  });

  test('any rows, any order: the query of a page selects exactly the rows beyond its cursor', () => {
    const order: Order = {
      name: 'name',
      columns: [
        { column: 'name', kind: 'text' },
        { column: 'n', kind: 'number' },
      ],
    };
    const down: Order = { name: 'down', columns: order.columns.map((column) => ({ ...column, down: true })) };
    const rows = fc.uniqueArray(
      fc.record({ name: fc.constantFrom('甲', '乙', 'a', 'b'), n: fc.integer({ min: 0, max: 50 }) }),
      {
        selector: ({ name, n }) => `${name}${n}`,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(rows, fc.constantFrom(order, down), fc.integer({ min: 1, max: 7 }), (all, by, size) => {
        const sorted = [...all].sort((a, b) => compare(a, b, by));
        const walked: typeof all = [];
        let after: string | null = null;
        for (let i = 0; i < 40; i++) {
          const args: PageArgs = { first: size, after };
          const query = pageQuery(args, by);
          const found = sorted.filter((row) => matches(row, query.where)).slice(0, query.take);
          const { nodes, pageInfo } = pageOf(found, args, by, async () => 0);
          walked.push(...nodes);
          if (!pageInfo.hasNextPage) break;
          after = pageInfo.endCursor;
        }
        expect(walked).toEqual(sorted);
      }),
    );
  });

  test.each([
    ['first: 0', 'BAD_USER_INPUT'],
    ['first: 101', 'BAD_USER_INPUT'],
    ['first: 5, last: 5', 'BAD_USER_INPUT'],
    ['after: "x"', 'BAD_USER_INPUT'],
    ['orderBy: NAME, after: "WyJvbGRlc3QiLCJ4Il0"', 'BAD_USER_INPUT'],
  ])('%s is refused with a code', async (args, code) => {
    const { errors } = await api.ask(`{ records(${args}) { nodes { id } } }`, { as: AS });
    expect(errors[0]?.extensions.code).toBe(code);
  });
});

describe('One SQL statement per page', () => {
  const IDENTITY = /from[^;]*"sessions?"|"Session"/i;
  const reading = async (query: string) => {
    await api.signIn(AS);
    const all = await statementsDuring(world, async () => {
      const { errors } = await api.ask(query, { as: AS });
      expect(errors).toEqual([]);
    });
    return all.filter((sql) => !IDENTITY.test(sql));
  };

  test.each([
    ['a list', '{ records(first: 10) { nodes { name } pageInfo { hasNextPage } } }'],
    [
      'with to-one relations',
      '{ records(first: 10) { nodes { name batch { state } resolution { number } collectedBy { name } } } }',
    ],
    [
      'with nested pages',
      '{ batches { nodes { state records(first: 5) { nodes { name steps: versions { nodes { version } } } } } } }',
    ],
    [
      'by filter and order',
      '{ records(filter: { state: [COLLECTED], namePrefix: "赵" }, orderBy: NAME) { nodes { id } } }',
    ],
    ['resolutions with roster', '{ resolutions { nodes { number roster(first: 3) { nodes { name } } } } }'],
    [
      'steps',
      '{ steps(institution: "10447") { nodes { name officer { name } office { name } subjects(first: 2) { nodes { digest } } } } }',
    ],
  ])('%s', async (_title, query) => {
    const statements = await reading(query);
    expect(statements.length, statements.join('\n')).toBe(1);
  });

  test('totalCount is a second one, only when asked', async () => {
    expect((await reading('{ records(first: 1) { totalCount nodes { id } } }')).length).toBe(2);
  });

  test('Article 21: a column that was not asked for is not read', async () => {
    const [plain = ''] = await reading('{ records(first: 1) { nodes { name } } }');
    expect(plain).not.toMatch(/"identityNumber"|"phone"|"salt"|"thesisTitle"/);
    const [masked = ''] = await reading('{ records(first: 1) { nodes { identityNumberMasked } } }');
    expect(masked).toMatch(/"identityNumber"/);
  });
});

type Row = { name: string; n: number };

function compare(a: Row, b: Row, order: Order): number {
  const sign = order.name === 'down' ? -1 : 1;
  return sign * (a.name === b.name ? a.n - b.n : a.name < b.name ? -1 : 1);
}

/** What the database does with the part of Prisma's language that pages use. */
function matches(row: Row, where: Record<string, unknown>): boolean {
  return Object.entries(where).every(([key, value]) => {
    if (key === 'AND') return (value as Record<string, unknown>[]).every((part) => matches(row, part));
    if (key === 'OR') return (value as Record<string, unknown>[]).some((part) => matches(row, part));
    const own = row[key as keyof Row];
    if (typeof value !== 'object' || value === null) return own === value;
    return Object.entries(value).every(([operator, bound]) => {
      if (operator === 'gt') return own > bound;
      if (operator === 'lt') return own < bound;
      return operator === 'gte' ? own >= bound : own <= bound;
    });
  });
}
