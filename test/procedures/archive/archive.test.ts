// Article 12: the original-record archive, exported as one sealed ZIP and verified by who trusts the root certificate only.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyArchive } from '../../../src/sealing/verify/archive.ts';
import type { ArchiveIndex } from '../../../src/sealing/verify/archive-format.ts';
import { checkYear } from '../../../src/sealing/verify/archive-year.ts';
import type { Verdict } from '../../../src/sealing/verify/verdict.ts';
import { FORGERIES, json, put, stepsOf } from '../../support/archive-forgeries.ts';
import { type Members, makeArchive, sourceOf } from '../../support/archives.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { liveIn } from '../../support/house-life.ts';
import { HOUSES } from '../../support/houses.ts';
import { bringTo } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

const PASSPHRASE = '档案馆 2026 年的长口令 open sesame';

let test: TestWorld;
let batch: Collected;
let other: Collected;
let whole: Members;
let older: Members;
beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 5);
  other = await collectedBatch(test, 3);
  await bringTo(test, other, 'cross-checked');
  older = (await makeArchive(test, { batchId: batch.batchId })).members;
  await bringTo(test, batch, 'reported-upward');
  whole = (await makeArchive(test, { batchId: batch.batchId })).members;
});
afterAll(() => test.close());

const verify = (members: Members): Promise<Verdict> => verifyArchive(sourceOf(members), { roots: [test.root.der] });
const failed = ({ checks }: Verdict) => checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name);

describe('Article 12: an archive', () => {
  it.each(['record', 'batch', 'year'] as const)('of a %s is believed by who trusts the root only', async (scope) => {
    const of = {
      record: { recordId: batch.recordIds[2] ?? '' },
      batch: { batchId: batch.batchId },
      year: { year: 2026 },
    }[scope];
    const { members } = await makeArchive(test, of);
    const verdict = await verify(members);
    expect(failed(verdict)).toEqual([]);
    expect(verdict.verdict).toBe('valid');
    expect(verdict.facts).toMatchObject({
      archive: { scope, institution: HERE },
      records: { record: 1, batch: 5, year: 8 }[scope],
      exported: { who: { name: '马国华' } },
      placesWithoutRecord: 0,
    });
    const unmade = verdict.checks.filter(({ outcome }) => outcome === 'not-checked').map(({ name }) => name);
    expect(unmade).toEqual(scope === 'record' ? ['secrets', 'log-run'] : ['secrets']);
  });

  it('holds no secret field without a passphrase, and opens none of a stranger’s category', async () => {
    const all = [...whole.values()].map((bytes) => Buffer.from(bytes).toString('utf8')).join('\n');
    for (const { identityNumber } of batch.fields) expect(all).not.toContain(identityNumber);
    for (const { name } of batch.fields) expect(all).toContain(name);
    const { records } = json(whole, 'index.json') as ArchiveIndex;
    expect(records.map(({ id }) => id).sort()).toEqual([...batch.recordIds].sort());
  });

  it('with a passphrase has them encrypted, each as it was sealed', async () => {
    const { members } = await makeArchive(test, { batchId: batch.batchId, passphrase: PASSPHRASE });
    const all = [...members.values()].map((bytes) => Buffer.from(bytes).toString('utf8')).join('\n');
    for (const { identityNumber } of batch.fields) expect(all).not.toContain(identityNumber);
    const { archiveOpener } = await import('../../../src/commands/archive-opener.ts');
    const source = sourceOf(members);
    const open = await archiveOpener(source, `${PASSPHRASE}\n`);
    const verdict = await verifyArchive({ ...source, ...(open ? { open } : {}) }, { roots: [test.root.der] });
    expect(verdict.checks.find(({ name }) => name === 'secrets')?.outcome).toBe('passed');
    const plain = await open?.(
      'secret/records-0001.jsonl.enc',
      members.get('secret/records-0001.jsonl.enc') as Uint8Array,
    );
    for (const { identityNumber } of batch.fields)
      expect(Buffer.from(plain ?? []).toString('utf8')).toContain(identityNumber);
    const wrong = await archiveOpener(source, `${PASSPHRASE}!`);
    const refused = await verifyArchive({ ...source, ...(wrong ? { open: wrong } : {}) }, { roots: [test.root.der] });
    expect(failed(refused)).toEqual(['secrets']);
    const row = await test.world.db.prisma.archiveExport.findFirstOrThrow({ where: { withSecrets: true } });
    expect(row.secretKeyBox).toBeNull();
  });

  it('of a life with changes, returns, disputes and an invalid certificate is whole, too', async () => {
    const own = await testWorld();
    try {
      await liveIn(own, HOUSES.here);
      const { members } = await makeArchive(own, { year: 2026, passphrase: PASSPHRASE }, 'xuewei.guan');
      const verdict = await verifyArchive(sourceOf(members), { roots: [own.root.der] });
      expect(failed(verdict).map((name) => verdict.checks.find((check) => check.name === name))).toEqual([]);
      const { records, files } = json(members, 'index.json') as ArchiveIndex;
      expect(records.some(({ version }) => version > 1)).toBe(true);
      expect(files.length).toBeGreaterThan(8);
      // The approval by which a thesis entered is there with its scan (art. 20); those of people without a record are not.
      const said = stepsOf(members)
        .map((path) => json(members, path))
        .filter(({ step }) => step === 'declassify');
      expect(said.map(({ facts }) => [facts.category, facts.withdrawn])).toEqual([['regular-bachelor', undefined]]);
      const scan = files.find((file) => file.digest === said[0].files[0]);
      expect(scan?.path).toBe(`secret/files/${scan?.digest}.enc`);
    } finally {
      await own.close();
    }
  });
});

describe('Article 12: nothing is left out, put in or changed unseen', () => {
  it.each(FORGERIES)('%s is found by %j', async (_, found, plant) => {
    const members: Members = new Map(whole);
    await plant(members, { older, test });
    const verdict = await verify(members);
    expect(verdict.verdict).toBe('not-valid');
    expect(verdict.facts).toEqual({});
    expect(failed(verdict)).toEqual(expect.arrayContaining([...found]));
  });

  it('any byte that is changed anywhere is found', async () => {
    for (const [path, bytes] of whole) {
      const members: Members = new Map(whole);
      const changed = Uint8Array.from(bytes);
      const at = Math.floor(bytes.length / 2);
      changed[at] = (changed[at] ?? 0) ^ 1;
      members.set(path, changed);
      expect((await verify(members)).verdict, path).not.toBe('valid');
    }
  });

  it('every member that is missing is found', async () => {
    for (const path of whole.keys()) {
      const members: Members = new Map(whole);
      members.delete(path);
      expect((await verify(members)).verdict, path).not.toBe('valid');
    }
  });

  it('names what it found', async () => {
    const members: Members = new Map(whole);
    const [, step = ''] = stepsOf(members);
    put(members, step, JSON.stringify({ ...json(members, step), article: '1' }));
    const verdict = await verify(members);
    expect(verdict.checks.find(({ name }) => name === 'seals-intact')?.zh).toContain(step.replace('.json', ''));
  });

  it('another root, none, or an empty folder are not believed', async () => {
    expect((await verifyArchive(sourceOf(whole), { roots: [] })).verdict).toBe('not-valid');
    expect((await verifyArchive(sourceOf(new Map()), { roots: [test.root.der] })).verdict).toBe('unreadable');
    const later = await verifyArchive(sourceOf(whole), {
      roots: [test.root.der],
      at: new Date('2050-01-01T00:00:00Z'),
    });
    expect(failed(later)).toContain('chains');
  });
});

describe('Article 12: an archive of a batch from which a record was taken by SQL', () => {
  it('is not believed: the step that collected it is about more than is here', async () => {
    await test.world.db.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      const [moved, into] = [batch.recordIds[0], other.batchId];
      await tx.$executeRaw`UPDATE "DegreeRecord" SET "batchId" = ${into}::uuid WHERE "id" = ${moved}::uuid`;
    });
    const { members } = await makeArchive(test, { batchId: batch.batchId });
    const verdict = await verify(members);
    expect(verdict.verdict).toBe('not-valid');
    expect(failed(verdict)).toEqual(['records']);
  });
});

describe('Article 12: an archive of a year from which records were taken by SQL', () => {
  /** The archive that is made after some SQL past every trigger, which is taken back then. */
  async function madeAfter(ids: readonly string[]): Promise<Verdict> {
    const { prisma } = test.world.db;
    const date = (day: string) =>
      prisma.$transaction(async (tx) => {
        await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
        await tx.$executeRaw`UPDATE "DegreeRecord" SET "conferralDate" = ${day} WHERE "id" = ANY(${[...ids]}::uuid[])`;
      });
    const { conferralDate } = await prisma.degreeRecord.findFirstOrThrow({ where: { id: { in: [...ids] } } });
    await date('2025-06-20');
    const { members } = await makeArchive(test, { year: 2026 });
    await date(conferralDate);
    return verify(members);
  }
  const of = (verdict: Verdict) => verdict.checks.find(({ name }) => name === 'year-whole');

  it('is not believed where one is gone: the steps of its batch are about more than is here', async () => {
    const verdict = await madeAfter([batch.recordIds[3] ?? '']);
    expect(verdict.verdict).toBe('not-valid');
    expect(failed(verdict)).toEqual(['year-whole']);
    expect(of(verdict)?.en).toMatch(/steps\/\d{8} \+1/);
    // The report counted nobody as missing.
    expect(of(verdict)?.en).toMatch(/regular-bachelor 1 > 0/);
  });

  it('is not believed where a whole batch is gone, which no record here leads to any more', async () => {
    const verdict = await madeAfter(other.recordIds);
    expect(failed(verdict)).toEqual(['year-whole']);
    expect(of(verdict)?.en).toMatch(/\+3/);
  });

  it('is believed as it is, and says how much was counted', async () => {
    const verdict = await verify((await makeArchive(test, { year: 2026 })).members);
    expect(verdict.verdict).toBe('valid');
    expect(of(verdict)?.en).toMatch(/^By \d+ counts/);
  });
});

describe('Article 12: the counts of a year', () => {
  const index = { archive: { scope: 'year', of: '2026', categories: ['regular-bachelor'] } } as unknown as ArchiveIndex;
  const RESOLUTION = '学位〔2026〕1号';
  const judge = (hidden: number, missing: number, places: { elsewhere: number; added: number; without: number }) => {
    const step = { path: 'steps/00000007', step: 'filing', batch: 'b', category: 'regular-bachelor', records: [] };
    const said = {
      ofBatches: [{ ...step, resolution: RESOLUTION, hidden }],
      missing: new Map([[RESOLUTION, new Map([['regular-bachelor', missing]])]]),
    } as unknown as Parameters<typeof checkYear>[1];
    return checkYear(index, said, new Map([[RESOLUTION, new Map([['regular-bachelor', places]])]]))[0]?.outcome;
  };

  it.each([
    ['everybody is here', 0, 0, { elsewhere: 0, added: 0, without: 0 }, 'passed'],
    ['people of another year are in another archive', 2, 0, { elsewhere: 2, added: 0, without: 2 }, 'passed'],
    ['more are hidden than are of another year', 3, 0, { elsewhere: 2, added: 0, without: 2 }, 'failed'],
    ['those without a record were missing at the report', 0, 2, { elsewhere: 0, added: 0, without: 2 }, 'passed'],
    ['more are without a record than were missing', 0, 2, { elsewhere: 0, added: 0, without: 3 }, 'failed'],
    ['a place was added since', 0, 2, { elsewhere: 0, added: 1, without: 3 }, 'passed'],
  ] as const)('%s', (_, hidden, missing, places, outcome) => {
    expect(judge(hidden, missing, places)).toBe(outcome);
  });

  it('are asked of a year alone', () => {
    const batchIndex = { archive: { ...index.archive, scope: 'batch' } } as ArchiveIndex;
    expect(checkYear(batchIndex, { ofBatches: [], missing: new Map() } as never, new Map())).toEqual([]);
  });
});
