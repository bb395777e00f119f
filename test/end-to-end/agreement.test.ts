// What judges the register agrees about a life with everything in it: untouched, after its secrets went over to another key, and when the
// server acts at night. Each judge has tests of its own; here they meet.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archiveCompleteness } from '../../src/procedures/archive/archive-completeness.ts';
import { exportArchive } from '../../src/procedures/archive/export-archive.ts';
import { recordOrigins } from '../../src/procedures/responsibility/record-origins.ts';
import { deepCheck, measureUnsealed } from '../../src/procedures/responsibility/unsealed.ts';
import { unusualActs } from '../../src/procedures/responsibility/unusual-acts.ts';
import { runDueJobs } from '../../src/procedures/run-jobs.ts';
import { reencryptSecrets } from '../../src/procedures/secrecy/re-encrypt.ts';
import { revealField } from '../../src/procedures/secrecy/reveal.ts';
import { CATEGORIES, keysOf } from '../../src/regulation/vocabulary.ts';
import { verifyArchive } from '../../src/sealing/verify/archive.ts';
import { withNewKey } from '../../src/secrecy/rotation.ts';
import { makeArchive, ORDER, sourceOf } from '../support/archives.ts';
import { liveIn } from '../support/house-life.ts';
import { HOUSES, MORE } from '../support/houses.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let test: TestWorld;
beforeAll(async () => {
  test = await testWorld(MORE);
  await liveIn(test, HOUSES.here);
});
afterAll(() => test.close());

const work = () =>
  runDueJobs(test.world, (facts) => {
    throw new Error(JSON.stringify(facts));
  });

/** What any judge has against the register; nothing when they agree with its seals. */
async function objections(): Promise<unknown[]> {
  const { prisma } = test.world.db;
  const { actor } = test.callAs('xuewei.guan');
  const said: unknown[] = [];
  const { found } = await measureUnsealed(prisma, test.world, actor, HERE);
  said.push(...found);
  const { checked, wrong } = await deepCheck(prisma, test.world, actor, { institution: HERE, first: 100, after: null });
  expect(checked).toBeGreaterThan(10);
  said.push(...wrong.map((id) => ['does not open its digest', id]));
  const records = await prisma.degreeRecord.findMany({ where: { institution: HERE } });
  for (const { id: recordId, version } of records) {
    const { faults, fields } = await recordOrigins(test.world, { institution: HERE, recordId, withFiles: true });
    expect(fields.length).toBeGreaterThan(10);
    said.push(...faults.map((fault) => [recordId, version, fault]));
  }
  const { complete, ...counts } = await archiveCompleteness(test.world, HERE, 2026, keysOf(CATEGORIES));
  expect(counts.records).toBe(records.length);
  if (!complete) said.push(counts);
  const { members } = await makeArchive(test, { year: 2026, passphrase: null }, 'xuewei.guan');
  const verdict = await verifyArchive(sourceOf(members), { roots: [test.root.der] });
  said.push(...verdict.checks.filter(({ outcome }) => outcome === 'failed'));
  return said;
}

describe('Article 12: everything that judges the register agrees', () => {
  it('about a life with changes, an invalid certificate, a declassification, datasets, statistics and archives', async () => {
    expect(await objections()).toEqual([]);
  });

  it('after everything secret went over to another key', async () => {
    test.useRing(withNewKey(test.ring(), 'field', true).content);
    await reencryptSecrets(test.callAs('xuewei.guan'), { institution: HERE });
    await work();
    const jobs = await test.world.db.prisma.job.findMany({ where: { kind: 're-encrypt' } });
    expect(jobs).toMatchObject([{ state: 'done', failed: 0 }]);
    expect(await objections()).toEqual([]);
  });
});

describe('Article 23: what the server does at night by order of the day', () => {
  const unusual = (officerId?: string) =>
    unusualActs(test.world, test.callAs('jiancha').actor, {
      ...{
        institution: HERE,
        from: '2026-07-21',
        until: '2026-12-31',
        codes: ['outside-hours', 'on-day-off'],
        officerId,
      },
    });

  it('is nobody’s night work: an archive is made, and a dataset whose term is over is destroyed', async () => {
    test.setClock('2026-07-21T15:00:00+08:00');
    await exportArchive(test.callAs('jiaowu.zhang'), { ...ORDER, year: 2026 });
    test.setClock('2026-09-27T02:30:00+08:00');
    await work();
    const taken = await test.world.db.prisma.step.findMany({
      where: { institution: HERE, at: test.world.now() },
      select: { name: true },
    });
    expect(taken.map(({ name }) => name).sort()).toEqual(['destroy-dataset', 'export-archive']);
    expect(await unusual()).toEqual([]);
    expect(await objections()).toEqual([]);
  });

  it('while what an officer does at that hour is told', async () => {
    test.setClock('2026-09-29T02:30:00+08:00');
    const { id: recordId } = await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { state: 'filed' } });
    const call = test.callAs('jiaowu.cai');
    await revealField(call, {
      ...{ institution: HERE, recordId, field: 'identityNumber', reason: '核对身份证件' },
    });
    expect(await unusual(call.actor.officerId)).toMatchObject([{ code: 'outside-hours', found: '1' }]);
  });
});
