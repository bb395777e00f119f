// Article 23: an auditor reads all of the institution and changes nothing. Every action, query, relation and address is walked by the
// schema itself, so that what is added to it is tried by itself.
import { getNamedType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';
import { ACTIONS, act, everything, isPointer, NOT_TRIED, OF_STUDENTS, roundsOf } from '../support/house-acts.ts';
import { addressesOf, EDITIONS } from '../support/house-addresses.ts';
import { HOUSES } from '../support/houses.ts';
import { inputNames, pieces, selection, treeOf } from '../support/schema-walk.ts';
import { type HouseName, type ThreeHouses, threeHouses } from '../support/three-houses.ts';

let houses: ThreeHouses;
beforeAll(async () => {
  houses = await threeHouses({ far: false });
});
afterAll(() => houses.close());

/** Auditors with their houses, and the other officers of the same houses. */
const AUDITORS: readonly { readonly as: string; readonly house: HouseName; readonly others: readonly string[] }[] = [
  {
    ...{ as: 'jiancha', house: 'here' },
    others: ['xuewei.guan', 'jiaowu.cai', 'jiaowu.he'],
  },
  { as: 'donghai.jian', house: 'next', others: ['donghai.xuewei', 'donghai.cai'] },
];

/** Actions that an auditor may take, and why. */
const THEIR_OWN: Readonly<Record<string, string>> = {
  signIn: 'everybody signs in',
  signOut: 'and out',
  openLink: 'is for students, who have no session yet',
  studentSignIn: 'is for students, who have no session yet',
  studentSignOut: 'is for students',
};

describe.each(AUDITORS)('Article 23: $as changes nothing', ({ as, house }) => {
  it('by any action, whatever it is about', async () => {
    const { test, api, pools } = houses;
    const before = await everything(test);
    const own = HOUSES[house].code;
    for (const { name, args } of ACTIONS) {
      const [input] = args;
      const rounds = roundsOf(input ? inputNames(input.type, isPointer) : []);
      for (let round = 0; round < rounds; round += 1) {
        for (const simulate of [false, true]) {
          const told = await act(api, name, own, { as, pick: () => pools[house], round, simulate });
          const student = OF_STUDENTS.includes(name);
          // A thing of another kind under the same id is not found before anybody asks who may touch it.
          const kinds = student ? ['UNAUTHENTICATED'] : round === 0 ? ['Forbidden'] : ['Forbidden', 'NotFound'];
          expect(kinds, `${name}: ${told.text}`).toContain(told.kind);
          if (told.kind === 'Forbidden') expect(told.text, name).toContain('read-only-duty');
        }
      }
    }
    expect(await everything(test)).toEqual(before);
  });

  it('by an upload', async () => {
    const before = await everything(houses.test);
    const kinds = schema.getType('FileKind') as never as { getValues(): { name: string }[] };
    for (const { name } of kinds.getValues()) {
      const told = await houses.api.upload(as, name, Buffer.from('%PDF-1.7\n'), 'a.pdf', HOUSES[house].code);
      expect(told.__typename, name).toBe('Forbidden');
    }
    expect(await everything(houses.test)).toEqual(before);
  });

  it('and every action that is not tried here is named', () => {
    const untried = Object.keys(NOT_TRIED).filter((name) => !(name in THEIR_OWN));
    // Uploads are above; the clock is nobody's outside trial mode; two are of students; who a leak came from may be asked by an auditor, too,
    // and changes nothing.
    const others = ['advanceTrialClock', 'setStudentPassword', 'traceLeak', 'uploadFile', 'uploadStudentFile'];
    expect(untried.sort()).toEqual(others);
  });
});

/** Fields that an auditor does not get, and why. */
const NOT_TOLD: Readonly<Record<string, string>> = {
  'ReceivedObjection.nodes.name': 'secret in plain: for who may accept the objection; accepted, it is in the log',
  'ReceivedObjection.nodes.contact': 'secret in plain, as the name',
  'ReceivedObjection.nodes.reason': 'a sealed text of somebody outside, as the name',
  'ArchiveExport.nodes.downloadUrl':
    'an archive is taken away by who may export it; its sealed step and its counts are there for all',
  'ArchiveTransfer.nodes.archive.downloadUrl': 'the same',
  'RecordExport.nodes.downloadUrl': 'the file holds secrets in plain: for who exported it with a reason',
};

/** Where one answer has something and the other has not, as paths without places in lists. */
function lacking(theirs: unknown, mine: unknown, path: string): string[] {
  if (theirs === null || theirs === undefined) return [];
  if (mine === null || mine === undefined) return [path];
  if (Array.isArray(theirs)) return theirs.flatMap((each, at) => lacking(each, (mine as unknown[])[at] ?? each, path));
  if (typeof theirs !== 'object') return [];
  const own = mine as Record<string, unknown>;
  return Object.entries(theirs).flatMap(([key, value]) => lacking(value, own[key], `${path}.${key}`));
}

async function told(query: string, as: string): Promise<Record<string, unknown>> {
  const { data, errors } = await houses.api.ask(query, { as });
  if (errors.length > 0) throw new Error(`${JSON.stringify(errors[0])}\n${query.slice(0, 500)}`);
  return data;
}

describe.each(AUDITORS)('Article 23: $as reads everything', ({ as, house, others }) => {
  it('that another officer of the institution reads, by its id, with all of its fields', async () => {
    const { pools } = houses;
    const missing = new Set<string>();
    let compared = 0;
    for (const [type, ids] of Object.entries(pools[house].ids)) {
      const shape = schema.getType(type);
      for (let at = 0; at < ids.length; at += 100) {
        const wanted = ids.slice(at, at + 100).map((id) => JSON.stringify(id));
        const query = `{ nodes(ids: [${wanted}]) { __typename } }`;
        const mine = await told(query, as);
        for (const other of others) for (const each of lacking(await told(query, other), mine, type)) missing.add(each);
      }
      if (!shape) throw new Error(type);
      const some = ids.slice(0, 2).map((id) => JSON.stringify(id));
      for (const piece of pieces(treeOf(schema, shape, 1), 150)) {
        const query = `{ nodes(ids: [${some}]) { ... on ${type} ${selection(piece)} } }`;
        const mine = await told(query, as);
        for (const other of others) {
          for (const each of lacking(await told(query, other), mine, type)) missing.add(each);
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(50);
    expect([...missing].filter((path) => !(path in NOT_TOLD))).toEqual([]);
  });

  it('that another officer of the institution finds by any list', async () => {
    const { pools } = houses;
    const pool = pools[house];
    const missing: string[] = [];
    let lists = 0;
    for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
      const type = getNamedType(field.type);
      if (!/Connection$/.test(type.name)) continue;
      const needed = field.args.filter((arg) => String(arg.type).endsWith('!'));
      const one = (name: string) => {
        if (name === 'institution') return pool.code;
        if (name === 'from' || name === 'until') return name === 'from' ? '2026-06-01' : '2026-12-31';
        if (name === 'table') return 'sex';
        const kind = `${name[0]?.toUpperCase()}${name.slice(1)}`;
        return (pool.ids[kind] ?? pool.ids.DegreeRecord)?.[0] ?? '';
      };
      const args = needed.map(({ name }) => `${name}: ${JSON.stringify(one(name))}`).join(', ');
      const query = `{ list: ${field.name}${args === '' ? '' : `(${args})`} { totalCount } }`;
      const countOf = async (who: string) => ((await told(query, who)).list as { totalCount: number }).totalCount;
      const mine = await countOf(as);
      for (const other of others) if ((await countOf(other)) > mine) missing.push(`${field.name} of ${other}`);
      lists += 1;
    }
    expect(lists).toBeGreaterThan(15);
    expect(missing).toEqual([]);
  });

  /** Addresses that an auditor does not get, and why. */
  const NOT_SERVED: Readonly<Record<string, string>> = {
    exports:
      'hold secrets in plain: for who exported them and gave a reason; the sealed step and its count are there for all',
    archives: 'are taken away by who may export them; what is in them is read by its own addresses',
    datasets:
      'the rows of an analysis are for who works with them (article 18); its request, report and readings are there',
    links: 'the mailing sheet of one-time links: by the address of its own sealed step only',
  };

  it('that another officer of the institution downloads, but secrets in plain', async () => {
    const { api, pools } = houses;
    const status = async (address: string, who: string) => {
      const headers = { authorization: `Bearer ${await api.signIn(who)}` };
      const response = await fetch(`${api.url}${address}`, { headers });
      await response.arrayBuffer();
      return response.status;
    };
    const missing: string[] = [];
    let served = 0;
    for (const address of [...addressesOf(pools[house]), ...EDITIONS]) {
      if ((address.split('/')[1] ?? '') in NOT_SERVED) continue;
      if ((await status(address, as)) === 200) {
        served += 1;
        continue;
      }
      for (const other of others) if ((await status(address, other)) === 200) missing.push(`${address} of ${other}`);
    }
    expect(served).toBeGreaterThan(15);
    expect(missing).toEqual([]);
  });
});
