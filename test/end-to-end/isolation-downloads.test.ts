// Article 21: every address of the server, for who may not have what is there: one answer for all that is not theirs. Links open the one
// thing that they were given for. TEST_DEPTH=2 tries every thing of every kind instead of the first of each.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { downloadPatterns } from '../../src/http/downloads.ts';
import { LAYOUT_PREVIEW } from '../../src/http/layout-preview.ts';
import { disclosureByToken } from '../../src/procedures/disclosure/disclosed-page.ts';
import { tokenOfLink } from '../../src/procedures/disclosure/disclosure-link.ts';
import { defaultLayout } from '../../src/regulation/templates/certificate-defaults.ts';
import { everything } from '../support/house-acts.ts';
import { addressesOf, EDITIONS } from '../support/house-addresses.ts';
import { nowhere } from '../support/house-ids.ts';
import { HOUSES } from '../support/houses.ts';
import { betrayed, hidden, inside, ROLES, STUDENTS, type ThreeHouses, threeHouses } from '../support/three-houses.ts';

let houses: ThreeHouses;
beforeAll(async () => {
  houses = await threeHouses();
});
afterAll(() => houses.close());

async function download(path: string, as?: string): Promise<{ status: number; text: string }> {
  const headers = as === undefined ? {} : { authorization: `Bearer ${await houses.api.signIn(as)}` };
  const response = await fetch(`${houses.api.url}${path}`, { headers });
  const text = await response.text();
  return { status: response.status, text: text.replace(/"requestId":"[^"]*"/, '') };
}
const kindOf = (address: string) => address.split('/')[1] ?? '';
/** The papers of datasets lie beside the documents of applications, but are served to others. */
const servedAs = (address: string) => (address.startsWith('/documents/datasets/') ? 'dataset-papers' : kindOf(address));
/** The mailing sheet of links says to everybody that it is only had by its own step. */
const refusedAs = (address: string) => (kindOf(address) === 'links' ? 403 : 404);

describe('Article 21: downloads', () => {
  it('every kind of address is tried, and gives somebody in the house something', async () => {
    const addresses = [...addressesOf(houses.pools.here, true), ...EDITIONS];
    const untried = downloadPatterns().filter(
      (pattern) => !addresses.some((address) => pattern.test(address.replace(/\?.*/, ''))),
    );
    expect(untried).toEqual([]);
    const served = new Set<string>();
    for (const address of addresses) {
      const kind = servedAs(address);
      if (served.has(kind)) continue;
      for (const as of ['jiaowu.cai', 'jiaowu.he', 'jiancha', 'xuewei.guan'])
        if ((await download(address, as)).status === 200) served.add(kind);
    }
    // The sheet of links needs a reason: kept by the tests of `exportLinks`.
    expect([...new Set(addresses.map(servedAs))].filter((kind) => !served.has(kind))).toEqual(['links']);
  });

  it.each(ROLES)(
    '$as gets nothing of others, and one answer for all of it',
    async ({ as, foreign, never }) => {
      for (const name of foreign) {
        const none = new Map<string, string>();
        for (const address of addressesOf(nowhere(houses.pools[name]))) {
          const { status, text } = await download(address, as);
          expect(status, address).toBe(refusedAs(address));
          expect(none.get(String(status)) ?? text, address).toBe(text);
          none.set(String(status), text);
        }
        for (const address of addressesOf(houses.pools[name])) {
          const { status, text } = await download(address, as);
          expect(status, address).toBe(refusedAs(address));
          expect(none.get(String(status)), address).toBe(text);
        }
      }
      for (const address of EDITIONS) expect(betrayed((await download(address, as)).text, never), address).toEqual([]);
    },
    120_000,
  );

  it('the province gets nothing that has not come to it', async () => {
    for (const name of ['here', 'next'] as const) {
      const { ids, ...rest } = houses.unreached[name];
      // Where an application stands its own tests keep; here what bears the mark of the unreported.
      const kinds = ['DegreeRecord', 'Batch', 'Import', 'Step'];
      const pool = { ...rest, ids: Object.fromEntries(Object.entries(ids).filter(([kind]) => kinds.includes(kind))) };
      for (const address of addressesOf(pool)) {
        expect((await download(address, 'sheng.shen')).status, address).toBe(404);
      }
    }
  });

  it('nobody, and no student, gets anything', async () => {
    for (const name of ['here', 'next'] as const) {
      for (const address of [...addressesOf(houses.pools[name]), ...EDITIONS]) {
        for (const as of [undefined, ...STUDENTS.map((student) => student.as)]) {
          expect((await download(address, as)).status, address).toBe(401);
        }
      }
    }
  });

  it('a link opens the one thing that it was given for', async () => {
    const query =
      '{ records(first: 1) { nodes { bundleUrl photoUrl } } steps(institution: "10447", first: 1) { nodes { bundleUrl } } }';
    const { data } = await houses.api.ask(query, { as: 'xuewei.guan' });
    const [record] = data.records.nodes;
    const links = [record.bundleUrl, record.photoUrl, data.steps.nodes[0].bundleUrl].map((link) => new URL(link));
    for (const link of links) {
      expect((await download(`${link.pathname}${link.search}`)).status, link.pathname).toBe(200);
      for (const address of [...addressesOf(houses.pools.next), ...addressesOf(houses.pools.here), ...EDITIONS]) {
        const path = address.replace(/\?.*/, '');
        if (path === link.pathname) continue;
        // Who reads a dataset has a name: no link is looked at there.
        const refused = /^\/datasets\//.test(path) ? 401 : 403;
        expect((await download(`${path}${link.search}`)).status, `${link.pathname} for ${path}`).toBe(refused);
      }
    }
  });
});

describe('Article 11(3): the page of a disclosure', () => {
  it('shows its own batch to whoever has its link, and nothing else of its house or of any other', async () => {
    const { test, api } = houses;
    for (const house of Object.values(HOUSES)) {
      const link = await test.world.db.prisma.disclosureLink.findFirstOrThrow({ where: { institution: house.code } });
      const token = tokenOfLink(test.world, link);
      const open = await disclosureByToken(test.world, token);
      expect(open?.count).toBe(2);
      const others = Object.values(HOUSES).filter((each) => each !== house);
      const never = [...others.flatMap(({ code, marks }) => [code, ...Object.values(marks)]), ...inside(house)];
      for (const path of [`/d/${token}`, `/d/${token}?after=1`, `/d/${token}.csv`]) {
        for (const as of [undefined, 'sheng.shen', ...STUDENTS.map((student) => student.as)]) {
          const { status, text } = await download(path, as);
          expect(status, path).toBe(200);
          expect(text, path).toContain(`${house.code}42026`);
          expect(betrayed(text, never), path).toEqual([]);
        }
      }
      const unknown = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`;
      for (const path of [`/d/${unknown}`, `/d/${unknown}.csv`]) expect((await download(path)).status).toBe(404);
      const before = await everything(test);
      const body = new URLSearchParams({ sequence: '1', reason: '不符', name: '王', contact: '1' });
      const sent = await fetch(`${api.url}/d/${unknown}/objections`, { method: 'POST', body });
      expect(sent.status).toBe(404);
      expect(await everything(test)).toEqual(before);
    }
  });
});

describe('Article 4: other places', () => {
  it('the page for students is the same for all', async () => {
    for (const path of ['/s', '/s/app.js', '/s/app.css']) {
      const { status, text } = await download(path);
      expect(status).toBe(200);
      expect((await download(path, STUDENTS[0]?.as)).text).toBe(text);
      const marks = Object.values(HOUSES).flatMap((house) => [...inside(house), ...hidden(house)]);
      expect(betrayed(text, marks)).toEqual([]);
    }
  });

  it('a layout is not tried out on the background, nor in the name, of another house', async () => {
    const { api, pools, test } = houses;
    const preview = async (as: string, institution: string, fileDigest: string) => {
      const categories = ['regular-bachelor'] as const;
      const layout = { ...defaultLayout({ level: 'bachelor', categories }), background: { fileDigest } };
      const response = await fetch(`${api.url}${LAYOUT_PREVIEW}`, {
        method: 'POST',
        body: JSON.stringify({ institution, categories, layout }),
        headers: { authorization: `Bearer ${await api.signIn(as)}`, 'content-type': 'application/json' },
      });
      const text = (await response.text()).replace(/"requestId":"[^"]*"/, '');
      return { status: response.status, text: text.replaceAll(fileDigest, '…').replaceAll(institution, '…') };
    };
    const backgroundOf = async (institution: string) =>
      (
        await test.world.db.prisma.keptFile.findFirstOrThrow({
          where: { institution, kind: 'certificate-background' },
        })
      ).digest;
    const nothing = '0'.repeat(64);
    const mine = await preview('xuewei.guan', pools.here.code, await backgroundOf(pools.here.code));
    expect(mine.status).toBe(200);
    const none = await preview('xuewei.guan', pools.here.code, nothing);
    expect(none.status).toBe(422);
    for (const name of ['next', 'far'] as const) {
      const { code } = pools[name];
      const theirs = await backgroundOf(code);
      expect(await preview('xuewei.guan', pools.here.code, theirs)).toEqual(none);
      const there = await preview('xuewei.guan', code, theirs);
      expect([403, 404]).toContain(there.status);
      expect(there).toEqual(await preview('xuewei.guan', '99999', nothing));
      expect((await preview(STUDENTS[0]?.as ?? '', pools.here.code, nothing)).status).toBe(401);
    }
  });
});
