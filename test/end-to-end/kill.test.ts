// The server is killed without warning in the middle of a year: whatever it had acknowledged is there afterwards, sealed and provable.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyBundle } from '../../src/sealing/verify/bundle.ts';
import { type Api, openApi } from '../../src/trial/api.ts';
import type { ChildServer } from '../../src/trial/child-server.ts';
import { rootsOf } from '../../src/trial/judges.ts';
import { playYear } from '../../src/trial/play-year.ts';
import { TRIAL_PASSWORD } from '../../src/trial/sample-institutions.ts';
import { type OwnServer, ownServer } from '../support/own-server.ts';

let own: OwnServer;
/** Ids of every step that the server acknowledged, over all its lives. */
const acknowledged: string[] = [];

beforeAll(async () => {
  own = await ownServer('kill');
});
afterAll(() => own.drop());

/** Plays until so many steps are acknowledged, and kills the server while the next one is on its way. */
async function playUntilKilled(server: ChildServer, steps: number): Promise<void> {
  let heard = 0;
  const onStep = (id: string) => {
    acknowledged.push(id);
    heard++;
    // A little later the next act is under way.
    if (heard === steps) setTimeout(() => void server.kill(), 40);
  };
  const play = playYear({ endpoint: server.endpoint, say: () => {}, out: null, scale: 0.004, mistakes: false, onStep });
  await expect(play).rejects.toThrow();
  await server.kill();
}

async function signIn(api: Api): Promise<string> {
  const input = { loginName: 'xuewei.guan', password: TRIAL_PASSWORD };
  const { value } = await api.act(null, 'signIn', input, 'token');
  return String(value.token);
}

interface FoundStep {
  readonly id: string;
  readonly leafIndex: number;
  readonly subjectCount: number;
  readonly subjects: { readonly totalCount: number };
}

/** Every step in the register, oldest first. */
async function allSteps(api: Api, token: string): Promise<FoundStep[]> {
  const document = `query($after: String) { steps(institution: "10447", orderBy: LOG, first: 100, after: $after) {
    nodes { id leafIndex subjectCount subjects(first: 1) { totalCount } } pageInfo { hasNextPage endCursor } } }`;
  const steps: FoundStep[] = [];
  for (let after: string | null = null; ; ) {
    const data = await api.query(token, document, { after });
    const page = data.steps as { nodes: FoundStep[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
    steps.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return steps;
    after = page.pageInfo.endCursor;
  }
}

/** Asks a server that was killed before for everything it had acknowledged. */
async function askForAll(server: ChildServer): Promise<void> {
  const api = openApi(server.endpoint);
  const token = await signIn(api);
  const kept = await allSteps(api, token);
  const ids = new Set(kept.map(({ id }) => id));
  expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
  // What was under way is whole or not there at all.
  expect(kept.length - acknowledged.length).toBeLessThanOrEqual(3);
  expect(kept.map(({ leafIndex }) => leafIndex)).toEqual(kept.map((_, at) => at));
  for (const { subjectCount, subjects } of kept) expect(subjects.totalCount).toBe(subjectCount);
  const roots = rootsOf(await readFile(join(own.directory, 'seals', 'root.pem'), 'latin1'));
  for (const id of [acknowledged[0], acknowledged.at(-2), acknowledged.at(-1)]) {
    const { status, bytes } = await api.download(token, `/bundles/steps/${id}.json`);
    expect(status).toBe(200);
    const verdict = await verifyBundle(JSON.parse(Buffer.from(bytes).toString('utf8')), { roots });
    expect([id, verdict.verdict]).toEqual([id, 'valid']);
  }
}

describe('a server killed in the middle of a year', () => {
  it('Article 12: has every acknowledged step after each restart, whole, in an unbroken log, with a proof that holds', async () => {
    let server = await own.start();
    for (const steps of [5, 19, 33]) {
      await playUntilKilled(server, steps);
      server = await own.start();
      await askForAll(server);
    }
    await server.stop();
  }, 400_000);
});
