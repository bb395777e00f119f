// Article 4: nobody acts on what is not theirs, and learns nothing by trying: for a thing of another house every action gives the
// answer that it gives for a thing that there is not, and nothing anywhere has changed.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';
import { downloadPatterns } from '../../src/http/downloads.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { nowhere, type Pool } from '../support/house-ids.ts';
import { inputNames, sampleOf, selection, treeOf } from '../support/schema-walk.ts';
import { betrayed, type HouseName, ROLES, threeHouses } from '../support/three-houses.ts';
import type { TestWorld } from '../support/world.ts';

let test: TestWorld;
let api: TestApi;
let pools: Readonly<Record<HouseName, Pool>>;

beforeAll(async () => {
  ({ test, pools } = await threeHouses());
  api = await startApi(test);
  for (const { as } of ROLES) await api.signIn(as);
}, 180_000);
afterAll(async () => {
  await api.close();
  await test.close();
});

const APPLICATIONS = ['ChangeRequest', 'RevocationReport'];
/** What kind of thing an input of this name is an id of; a new name is added here, or the test says so. */
const ID_INPUTS: Readonly<Record<string, readonly string[]>> = {
  application: APPLICATIONS,
  revises: APPLICATIONS,
  batch: ['Batch'],
  certificateTemplate: ['CertificateTemplate'],
  import: ['Import'],
  objection: ['Objection'],
  officer: ['Officer'],
  record: ['DegreeRecord'],
  records: ['DegreeRecord'],
  standingRecord: ['DegreeRecord'],
  resolution: ['Resolution'],
  revocationResolution: ['RevocationResolution'],
};

/** Optional inputs that exclude another one, or that no house has a thing for; the other drafts stand for `revises`. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = { draftSupplementaryReport: ['records', 'revises'] };

/** Not tried, and why. */
const NOT_TRIED: Readonly<Record<string, string>> = {
  signIn: 'has no thing of anybody; its own tests ask it about names and passwords',
  signOut: 'ends the session of the token that it is called with, and nothing else',
  uploadFile: 'takes a multipart body; tried below by itself',
  advanceTrialClock: 'has no thing of anybody; refused outside trial mode',
};
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(({ name }) => !(name in NOT_TRIED));

const isPointer = (name: string, type: string) =>
  type === 'ID' || /Digest$/.test(name) || (type === 'String' && ['institution', 'office'].includes(name));

/** A value of a pool for an input that points at something. */
function pointer(pool: Pool, name: string, type: string, round: number): unknown {
  if (type === 'ID') {
    const kinds = ID_INPUTS[name];
    if (!kinds) throw new Error(`ID_INPUTS does not say what an input "${name}" is an id of`);
    return pool.ids[kinds[round % kinds.length] ?? '']?.[0] ?? 'bm9uZQ';
  }
  if (/Digest$/.test(name)) return pool.digests[round % pool.digests.length];
  return name === 'institution' ? pool.code : pool.office;
}

type Pick = (name: string) => Pool;

/** Calls an action; `pick` says of which pool each pointing input is. Gives the answer without what was said in the question. */
async function act(action: string, as: string | undefined, pick: Pick, round: number, simulate: boolean, bare = false) {
  const field = mutations.find(({ name }) => name === action);
  const [argument] = field?.args ?? [];
  if (!field || !argument) throw new Error(action);
  const said = new Set<string>();
  const codes = new Set<string>();
  const input = sampleOf(
    argument.type,
    'input',
    (name, type) => {
      if (type === 'Category') return 'REGULAR_BACHELOR';
      if (!isPointer(name, type) || LEFT_OUT[action]?.includes(name)) return undefined;
      const value = pointer(pick(name), name, type, round);
      said.add(String(value));
      codes.add(pick(name).code);
      return value;
    },
    bare,
  );
  const shape = schema.getType(String(field.type).replace('!', ''));
  if (!shape) throw new Error(action);
  const refusals = treeOf(schema, shape, 1);
  const branches = refusals.branches.filter(({ head }) => /Refused|Forbidden|NotFound|Stale/.test(head));
  const query = `mutation ($input: ${argument.type}) { answer: ${action}(input: $input) ${selection({ ...refusals, branches })} }`;
  const variables = { input: { ...(input as object), simulate } };
  const { data, errors } = await api.ask(query, { ...(as === undefined ? {} : { as }), variables });
  let text = JSON.stringify(data?.answer ?? errors.map(({ message, extensions }) => [message, extensions.code]));
  for (const each of said) {
    text = text.replaceAll(each, '…');
    const id = Buffer.from(each, 'base64url').toString('utf8').split(/[:/]/).at(-1) ?? '';
    if (id.length > 30) text = text.replaceAll(id, '…');
  }
  // The code that was asked about; one's own stands in what is expected.
  for (const code of codes)
    if (code !== test.callAs(as ?? 'xuewei.guan').actor.institution) text = text.replaceAll(code, '…');
  return { kind: String(data?.answer?.__typename ?? errors[0]?.extensions.code), text, errors };
}

/** Every row of every table, as one digest per table; signing in is no change. */
async function everything(): Promise<Record<string, string>> {
  const { rows } = await test.world.db.pool.query<{ name: string }>(
    "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'Session' ORDER BY 1",
  );
  const digests: Record<string, string> = {};
  for (const { name } of rows) {
    const found = await test.world.db.pool.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t ORDER BY 1`);
    digests[name] = createHash('sha256').update(JSON.stringify(found.rows)).digest('hex');
  }
  return digests;
}

const taken = new Map<string, Set<string>>();

describe.each(ROLES)('Article 4: $as', ({ as, own, foreign, never }) => {
  it('acts on nothing of others, and nothing of others changes', async () => {
    const before = await everything();
    for (const { name: action, args } of mutations) {
      // Written applications are of several types.
      const cases = args.some(({ type }) =>
        inputNames(type, isPointer).some((each) => ID_INPUTS[each] === APPLICATIONS),
      );
      for (const name of foreign) {
        for (const round of cases ? [0, 1] : [0]) {
          const pool = pools[name];
          const theirs = await act(action, as, () => pool, round, false);
          expect(
            theirs.errors.map(({ message }) => message),
            `${action} of ${name}`,
          ).toEqual([]);
          expect(['Forbidden', 'NotFound'], `${action} of ${name}: ${theirs.text}`).toContain(theirs.kind);
          const none = await act(action, as, () => nowhere(pool), round, false);
          expect(theirs.text, `${action}: there is, and there is not`).toBe(none.text);
        }
        const nobody = await act(action, as, () => nowhere(pools[name], '99999'), 0, false);
        const theirs = await act(action, as, () => pools[name], 0, false);
        expect(theirs.text, `${action}: a house that there is not`).toBe(nobody.text);
      }
    }
    expect(await everything()).toEqual(before);
  });

  it('learns nothing by mixing what is theirs with what is not', async () => {
    const before = await everything();
    const mine = pools[own[0] ?? 'here'];
    for (const { name: action, args } of mutations) {
      const [argument] = args;
      if (!argument) throw new Error(action);
      for (const bare of [false, true]) {
        const answer = await act(action, as, () => mine, 0, true, bare);
        taken.set(action, (taken.get(action) ?? new Set()).add(answer.kind));
      }
      const names = inputNames(argument.type, isPointer);
      if (names.length < 2) continue;
      for (const strange of names) {
        for (const name of foreign) {
          const pick =
            (pool: Pool): Pick =>
            (each) =>
              each === strange ? pool : mine;
          const theirs = await act(action, as, pick(pools[name]), 0, true);
          const none = await act(action, as, pick(nowhere(pools[name])), 0, true);
          expect(theirs.text, `${action} with ${strange} of ${name}`).toBe(none.text);
          expect(
            betrayed(
              theirs.text,
              never.filter((mark) => !/\d/.test(mark)),
            ),
            action,
          ).toEqual([]);
        }
      }
    }
    expect(await everything()).toEqual(before);
  });

  it('uploads nothing to others', async () => {
    for (const name of foreign) {
      const there = await api.upload(as, 'EVIDENCE', Buffer.from('%PDF-1.7\n'), 'a.pdf', pools[name].code);
      const none = await api.upload(as, 'EVIDENCE', Buffer.from('%PDF-1.7\n'), 'a.pdf', '99999');
      expect(there.__typename).toBe('Forbidden');
      expect(JSON.stringify(there).replaceAll(pools[name].code, '…')).toBe(
        JSON.stringify(none).replaceAll('99999', '…'),
      );
    }
  });
});

describe('Article 4: nobody', () => {
  it('acts on nothing without signing in', async () => {
    const before = await everything();
    for (const { name: action } of mutations) {
      const { kind } = await act(action, undefined, () => pools.here, 0, false);
      expect(kind, action).toBe('UNAUTHENTICATED');
    }
    expect(await everything()).toEqual(before);
  });
});

it('every action was taken up by the rules for somebody whose thing it was about', () => {
  const unheard = mutations.filter(({ name }) => {
    // The import of each house holds degree records, so that this one finds none of its kind.
    if (name === 'importEnrolmentRecords') return false;
    const kinds = taken.get(name) ?? new Set();
    return ![...kinds].some((kind) => kind === 'Refused' || kind === 'Stale' || /Success$/.test(kind));
  });
  expect(unheard.map(({ name }) => name)).toEqual([]);
});

/** Every address that a pool can be downloaded by. */
function addressesOf({ ids, digests, code }: Pool): string[] {
  const of = (types: readonly string[]) => types.flatMap((type) => ids[type] ?? []);
  return [
    ...of(APPLICATIONS).flatMap((id) => [
      `/documents/${id}.pdf`,
      `/documents/${id}.pdf?draft=1`,
      `/documents/${id}/1.pdf`,
      `/applications/${id}.zip`,
      `/bundles/applications/${id}.json`,
    ]),
    ...of(['DegreeRecord']).map((id) => `/bundles/records/${id}.json`),
    ...of(['Step']).map((id) => `/bundles/steps/${id}.json`),
    ...of(['Import']).flatMap((id) => [`/imports/${id}/refused.csv`, `/imports/${id}/refused.xlsx`]),
    ...digests.flatMap((digest) => [`/files/${digest}`, `/files/${code}/${digest}`]),
  ];
}

async function download(path: string, as?: string): Promise<{ status: number; text: string }> {
  const headers = as === undefined ? {} : { authorization: `Bearer ${await api.signIn(as)}` };
  const response = await fetch(`${api.url}${path}`, { headers });
  const text = await response.text();
  return { status: response.status, text: text.replace(/"requestId":"[^"]*"/, '') };
}

describe('Article 21: downloads', () => {
  it('every kind of address is tried, and gives its owner something', async () => {
    const addresses = addressesOf(pools.here);
    const untried = downloadPatterns().filter(
      (pattern) => !addresses.some((address) => pattern.test(address.replace(/\?.*/, ''))),
    );
    expect(untried).toEqual([]);
    const served = new Set<string>();
    for (const address of addresses) {
      const { status } = await download(address, 'xuewei.guan');
      if (status === 200) served.add(address.split('/')[1] ?? '');
    }
    expect([...served].sort()).toEqual(['applications', 'bundles', 'documents', 'files', 'imports']);
  });

  it.each(ROLES)('$as gets nothing of others, and one answer for all of it', async ({ as, foreign }) => {
    for (const name of foreign) {
      const none = new Set<string>();
      for (const address of addressesOf(nowhere(pools[name]))) none.add((await download(address, as)).text);
      expect(none.size).toBe(1);
      for (const address of addressesOf(pools[name])) {
        const { status, text } = await download(address, as);
        expect(status, address).toBe(404);
        expect([...none], address).toEqual([text]);
      }
    }
  });

  it('nobody gets anything', async () => {
    for (const address of addressesOf(pools.here)) expect((await download(address)).status, address).toBe(401);
  });

  it('a link opens the one thing that it was given for', async () => {
    const query =
      '{ records(first: 1) { nodes { bundleUrl photoUrl } } steps(institution: "10447", first: 1) { nodes { bundleUrl } } }';
    const { data } = await api.ask(query, { as: 'xuewei.guan' });
    const [record] = data.records.nodes;
    const links = [record.bundleUrl, record.photoUrl, data.steps.nodes[0].bundleUrl].map((link) => new URL(link));
    for (const link of links) {
      expect((await download(`${link.pathname}${link.search}`)).status, link.pathname).toBe(200);
      for (const address of [...addressesOf(pools.next), ...addressesOf(pools.here)]) {
        const path = address.replace(/\?.*/, '');
        if (path === link.pathname) continue;
        expect((await download(`${path}${link.search}`)).status, `${link.pathname} for ${path}`).toBe(403);
      }
    }
  });
});
