// Articles 12, 21: the archive of one person is handed to who asks about that person, and names nobody else in any of its files.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyArchive } from '../../../src/sealing/verify/archive.ts';
import type { ArchiveIndex } from '../../../src/sealing/verify/archive-format.ts';
import { type Members, makeArchive, sourceOf } from '../../support/archives.ts';
import { addSampleTemplates, importSample, loadSample } from '../../support/collecting.ts';
import { rosterCsv, sampleRecords } from '../../support/samples.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

const CATEGORY = 'regular-bachelor';
const PASSPHRASE = 'a passphrase, long enough for all';
const people = sampleRecords(CATEGORY, 3);
const roster = createHash('sha256').update(rosterCsv(people)).digest('hex');

let test: TestWorld;
let batchId: string;
beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-23');
  await addSampleTemplates(test);
  const resolutionId = await loadSample(test, people);
  ({ batchId } = await importSample(test.callAs('jiaowu.cai'), resolutionId, CATEGORY, people));
});
afterAll(() => test.close());

const textOf = (members: Members) =>
  [...members].map(([path, bytes]) => `${path}\n${Buffer.from(bytes).toString('utf8')}`).join('\n');
const fileIn = (members: Members) => {
  const index = JSON.parse(Buffer.from(members.get('index.json') ?? []).toString('utf8')) as ArchiveIndex;
  return index.files.find(({ digest }) => digest === roster);
};
const verdictOf = async (members: Members) =>
  (await verifyArchive(sourceOf(members), { roots: [test.root.der] })).verdict;

describe('Articles 12, 21: the table of a roster', () => {
  it.each([null, PASSPHRASE])(
    'is not in the archive of one person, which says so (passphrase %j)',
    async (passphrase) => {
      const row = await test.world.db.prisma.degreeRecord.findFirstOrThrow({
        where: { institution: HERE, certificateNumber: String(people[1]?.certificateNumber) },
      });
      for (const as of ['jiaowu.zhang', 'xuewei.guan']) {
        const { members } = await makeArchive(test, { recordId: row.id, passphrase }, as);
        const text = textOf(members);
        for (const [at, { name, certificateNumber }] of people.entries()) {
          expect(text.includes(String(certificateNumber)), `number ${at}`).toBe(at === 1);
          expect(text.includes(String(name)), `name ${at}`).toBe(at === 1);
        }
        expect(fileIn(members)).toMatchObject({ reason: 'holds-other-people' });
        expect([...members.keys()].filter((path) => path.includes(roster))).toEqual([]);
        expect(await verdictOf(members)).toBe('valid');
      }
    },
  );

  it('is in the archive of all categories only, whoever orders it', async () => {
    const batch = await makeArchive(test, { batchId }, 'xuewei.guan');
    expect(fileIn(batch.members)).toMatchObject({ reason: 'holds-other-categories' });
    const one = await makeArchive(test, { year: 2026, categories: [CATEGORY] }, 'xuewei.guan');
    expect(fileIn(one.members)).toMatchObject({ reason: 'holds-other-categories' });
    const year = await makeArchive(test, { year: 2026 }, 'xuewei.guan');
    expect(year.members.has(fileIn(year.members)?.path ?? '')).toBe(true);
    for (const { members } of [batch, one, year]) expect(await verdictOf(members)).toBe('valid');
  });
});
