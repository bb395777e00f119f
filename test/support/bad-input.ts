// Trying bad input through the public API: one call, one typed answer, and a register that is the same as before.
import { expect } from 'vitest';
import type { Data, TestApi } from './api.ts';
import { HERE, type TestWorld } from './world.ts';

const TOLD = 'code path article message messageEn found expected';
const ANSWERS = `... on Refused { violationCount violations { ${TOLD} } } ... on Forbidden { violations { ${TOLD} } }
  ... on NotFound { kind id message messageEn } ... on Stale { kind id found expected message messageEn }`;

/** Performs a mutation over HTTP and gives its answer, whichever member of the union it is; `fields` are those of success. */
export async function act(api: TestApi, as: string, name: string, input: object, fields = ''): Promise<Data> {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename
    ... on ${type}Success { simulated ${fields} } ${ANSWERS} } }`;
  const { data, errors } = await api.ask(query, { as, variables: { input } });
  expect(errors, api.logged.join('\n')).toEqual([]);
  const answer = data[name];
  for (const violation of answer.violations ?? []) expectTaught(violation);
  return answer;
}

/** A sentence of its own in each language, an article, a place. */
export function expectTaught({ article, path, message, messageEn }: Data): void {
  expect(article).toMatch(/^(学位法 )?\d+(\(\d+\))?$/);
  expect(path).not.toBe('');
  expect(message).toMatch(/\p{Script=Han}.*。$/u);
  expect(messageEn).toMatch(/^[A-Z][^\p{Script=Han}]*\.$/u);
}

/** Every table of the register: how many rows, and a digest over all that is in them. */
export async function registerState({ world }: TestWorld): Promise<Record<string, string>> {
  const { rows: tables } = await world.db.pool.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  );
  const one = (name: string) =>
    `SELECT '${name}' AS name, count(*) || ' ' || coalesce(md5(string_agg(h, '' ORDER BY h)), '') AS state
     FROM (SELECT md5(t::text) AS h FROM "${name}" t) AS hashes`;
  const { rows } = await world.db.pool.query<{ name: string; state: string }>(
    tables.map(({ name }) => one(name)).join(' UNION ALL '),
  );
  return Object.fromEntries(rows.map(({ name, state }) => [name, state]));
}

/** Runs what must leave the register as it is: nothing half done, nothing lost. */
export async function unchanged<T>(test: TestWorld, work: () => Promise<T>): Promise<T> {
  const before = await registerState(test);
  const answer = await work();
  expect(await registerState(test)).toEqual(before);
  return answer;
}

/** A table of records as an officer delivers it. */
export interface Delivery {
  readonly resolution: string;
  readonly bytes: Uint8Array;
  readonly as?: string;
  readonly name?: string;
}

/** Uploads a table of regular bachelors and asks for its dry run. */
export async function checkTable(api: TestApi, { resolution, bytes, as = 'jiaowu.cai', name = '本科.csv' }: Delivery) {
  const { digest } = await api.upload(as, 'RECORDS', bytes, name);
  const kind = { institution: HERE, kind: 'RECORDS', category: 'REGULAR_BACHELOR' };
  const problems = 'problems(first: 100) { nodes { line column code article message messageEn found expected } }';
  const fields = `total accepted refused import { id ${problems} }`;
  return act(api, as, 'checkImport', { ...kind, resolution, fileDigest: digest }, fields);
}
