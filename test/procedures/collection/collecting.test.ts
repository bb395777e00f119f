// From the resolution to collected records (art. 6, 8, 9, 11(1)): every category, both editions, one sealed step each.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordBundle } from '../../../src/procedures/bundle.ts';
import { CATEGORIES, type Category, keysOf } from '../../../src/regulation/vocabulary.ts';
import { verifyBundle } from '../../../src/sealing/verify/bundle.ts';
import { readRecords } from '../../../src/store/records/records.ts';
import { addSampleTemplates, importSample, loadSample } from '../../support/collecting.ts';
import { nationalCsv, sampleRecords } from '../../support/samples.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
beforeAll(async () => {
  test = await testWorld();
});
beforeEach(async () => {
  await test.reset();
  test.setClock('2026-06-23');
  await addSampleTemplates(test);
});
afterAll(() => test.close());

const COLLECTORS = {
  'graduate-office': 'yanjiu.cai',
  'academic-affairs-office': 'jiaowu.cai',
  'continuing-education-office': 'jixu.cai',
};
const collectorOf = (category: Category) => COLLECTORS[CATEGORIES[category].office];

describe('Article 8: every category is collected from our own template', () => {
  it('good records of all six categories are taken, none is refused', async () => {
    const categories = keysOf(CATEGORIES);
    const records = categories.map((category) => sampleRecords(category, 3));
    const resolutionId = await loadSample(test, records.flat());
    for (const [at, category] of categories.entries()) {
      const call = test.callAs(collectorOf(category));
      const done = await importSample(call, resolutionId, category, records[at] ?? []);
      expect(done, category).toMatchObject({ accepted: 3, refused: 0 });
      const kept = await readRecords(test.world.db.prisma, HERE, { batchId: done.batchId }, test.world.cipher);
      expect(kept.map(({ fields }) => fields)).toEqual(records[at]);
      expect(kept.every(({ row }) => row.state === 'collected' && row.certificateTemplateId !== null)).toBe(true);
    }
  });

  it('Article 12: each record proves its collection to a stranger', async () => {
    const records = sampleRecords('regular-bachelor', 5);
    const resolutionId = await loadSample(test, records);
    const { batchId } = await importSample(test.callAs('jiaowu.cai'), resolutionId, 'regular-bachelor', records);
    const [kept] = await readRecords(test.world.db.prisma, HERE, { batchId }, test.world.cipher);
    const bundle = await recordBundle(test.world, HERE, kept?.row.id ?? '');
    const verdict = await verifyBundle(JSON.parse(JSON.stringify(bundle)), { roots: [test.root.der] });
    expect(verdict.checks.filter((check) => check.outcome === 'failed')).toEqual([]);
    expect(verdict.verdict).toBe('valid');
  });

  it('the national bachelor edition of 27 columns is taken; what it does not carry is pending', async () => {
    const records = sampleRecords('regular-bachelor', 4);
    const resolutionId = await loadSample(test, records);
    const done = await importSample(test.callAs('jiaowu.cai'), resolutionId, 'regular-bachelor', nationalCsv(records));
    expect(done).toMatchObject({ accepted: 4, refused: 0 });
    const kept = await readRecords(test.world.db.prisma, HERE, { batchId: done.batchId }, test.world.cipher);
    expect(kept.map(({ fields }) => fields.name)).toEqual(records.map(({ name }) => name));
    expect(kept[0]?.fields).toMatchObject({ sex: '1', birthDate: records[0]?.birthDate, admissionMonth: null });
  });
});

describe('Article 21: secret fields at rest', () => {
  it('no identity number is anywhere in the database in plain text, the uploaded file included', async () => {
    const records = sampleRecords('regular-bachelor', 2);
    const resolutionId = await loadSample(test, records);
    await importSample(test.callAs('jiaowu.cai'), resolutionId, 'regular-bachelor', records);
    const { rows: tables } = await test.world.db.pool.query<{ name: string }>(
      "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
    );
    const secret = records[0]?.identityNumber ?? '';
    const hex = Buffer.from(secret).toString('hex');
    for (const { name } of tables) {
      const { rows } = await test.world.db.pool.query(
        `SELECT * FROM ${name} t WHERE t::text LIKE $1 OR t::text LIKE $2`,
        [`%${secret}%`, `%${hex}%`],
      );
      expect(rows, name).toEqual([]);
    }
  });
});
