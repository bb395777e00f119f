// Corrections (art. 13, 14; R15.2): a new version by another collector, old faults may remain, new ones may not come in.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { collectRecord } from '../../../src/procedures/collection/collect-record.ts';
import { crossCheckRecords } from '../../../src/procedures/cross-check/cross-check.ts';
import { correctRecord } from '../../../src/procedures/records/correct.ts';
import type { RecordFields } from '../../../src/regulation/record/record.ts';
import { readRecords } from '../../../src/store/records/records.ts';
import { addSampleTemplates, importEnrolments, importSample, loadSample } from '../../support/collecting.ts';
import { enrolmentOf, sampleRecord, sampleRecords } from '../../support/samples.ts';
import { refusal } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let resolutionId: string;
const CATEGORY = 'regular-bachelor';
const people = sampleRecords(CATEGORY, 4);

beforeAll(async () => {
  test = await testWorld();
});
beforeEach(async () => {
  await test.reset();
  test.setClock('2026-06-23');
  await addSampleTemplates(test);
  resolutionId = await loadSample(test, people);
});
afterAll(() => test.close());

const collector = () => test.callAs('jiaowu.cai');

async function collected() {
  const { batchId } = await importSample(collector(), resolutionId, CATEGORY, people.slice(0, 2));
  const kept = await readRecords(test.world.db.prisma, HERE, { batchId }, test.world.cipher);
  return { batchId, ids: kept.map(({ row }) => row.id) };
}

const read = async (id: string) => (await readRecords(test.world.db.prisma, HERE, { id }, test.world.cipher))[0];

describe('Article 14: corrections', () => {
  it('a correction is a new version; the old one stays readable as it was', async () => {
    const { ids } = await collected();
    const recordId = ids[0] ?? '';
    const before = await read(recordId);
    const changes = { thesisTitle: '小学数学教学研究', phone: '13800138000', remark: null };
    const done = await correctRecord(collector(), { institution: HERE, recordId, expectedVersion: 1, changes });
    expect(done).toMatchObject({ recordId, version: 2 });
    const after = await read(recordId);
    expect(after?.fields).toEqual({ ...before?.fields, thesisTitle: '小学数学教学研究', phone: '13800138000' });
    expect(after?.row.phone).not.toContain('13800138000');
    expect(after?.row.digest).not.toBe(before?.row.digest);
    const old = await test.world.db.prisma.recordVersion.findFirstOrThrow({ where: { recordId } });
    expect(old).toMatchObject({ version: 1, digest: before?.row.digest, salt: before?.row.salt });
    expect(old.content).toMatchObject({ thesisTitle: people[0]?.thesisTitle });
  });

  it('who was faster wins, the other is told the version', async () => {
    const { ids } = await collected();
    const input = { institution: HERE, recordId: ids[0] ?? '', expectedVersion: 1 };
    const answers = await Promise.all(
      ['一', '二'].map((title) =>
        correctRecord(collector(), { ...input, changes: { thesisTitle: title } }).then(
          () => 'done',
          (error) => refusal(Promise.reject(error)).then(({ kind }) => kind),
        ),
      ),
    );
    expect(answers.sort()).toEqual(['Stale', 'done']);
  });

  it.each<[string, Record<string, string | null>, string[]]>([
    ['nothing changes', { thesisTitle: people[0]?.thesisTitle ?? '' }, ['correction-changes-nothing']],
    ['a new fault', { sex: '2' }, ['identity-sex-mismatch']],
    ['a name that is not on the roster', { name: '王小明' }, ['roster-mismatch']],
    ['a mandatory field emptied', { trainingUnitName: '' }, ['field-missing']],
    [
      'a number in use',
      { certificateNumber: people[1]?.certificateNumber ?? '' },
      ['roster-mismatch', 'certificate-number-taken', 'person-already-recorded'],
    ],
    ['a field that is none', { state: 'filed' }, ['field-not-of-level', 'correction-changes-nothing']],
  ])('is refused: %s', async (_, changes, codes) => {
    const { ids } = await collected();
    const input = { institution: HERE, recordId: ids[0] ?? '', expectedVersion: 1, changes };
    expect((await refusal(correctRecord(collector(), input))).codes).toEqual(codes);
    expect((await read(ids[0] ?? ''))?.row.version).toBe(1);
  });

  it('a record with two faults may be mended one after the other', async () => {
    const { ids } = await collected();
    const wrong = people.map(enrolmentOf).map((one) => ({ ...one, lengthOfStudy: '5', studyForm: 'part-time' }));
    await importEnrolments(collector(), CATEGORY, wrong);
    const input = { institution: HERE, recordId: ids[0] ?? '' };
    await correctRecord(collector(), { ...input, expectedVersion: 1, changes: { lengthOfStudy: '5' } });
    await correctRecord(collector(), { ...input, expectedVersion: 2, changes: { studyForm: 'part-time' } });
    const back = { ...input, expectedVersion: 3, changes: { studyForm: 'full-time' } };
    expect((await refusal(correctRecord(collector(), back))).codes).toEqual(['enrolment-mismatch']);
  });

  it('Article 13: after cross-check it goes back to the beginning; the corrector cannot be the checker', async () => {
    const { batchId, ids } = await collected();
    const recordId = ids[0] ?? '';
    await test.world.db.pool.query('UPDATE "DegreeRecord" SET "state" = $1, "crossCheckedById" = $2 WHERE "id" = $3', [
      'cross-checked',
      test.callAs('jiaowu.he').actor.officerId,
      recordId,
    ]);
    const input = { institution: HERE, recordId, expectedVersion: 1, changes: { thesisTitle: '改' } };
    await correctRecord(collector(), input);
    expect((await read(recordId))?.row).toMatchObject({ state: 'collected', crossCheckedById: null });
    const { officer } = test.world.db.prisma;
    const { duties, officerId } = collector().actor;
    await officer.update({ where: { id: officerId }, data: { duties: ['collect', 'cross-check'] } });
    await test.refresh();
    const own = collector();
    const check = { institution: HERE, batchId, recordIds: [recordId], errorPolicy: 'all-or-nothing' } as const;
    expect((await refusal(crossCheckRecords(own, check))).codes).toContain('collector-may-not-cross-check');
    await officer.update({ where: { id: officerId }, data: { duties: [...duties] } });
    await test.refresh();
    await test.world.db.pool.query('UPDATE "DegreeRecord" SET "state" = $1, "crossCheckedById" = $2 WHERE "id" = $3', [
      'reported',
      test.callAs('jiaowu.he').actor.officerId,
      recordId,
    ]);
    const late = { ...input, expectedVersion: 2, changes: { thesisTitle: '再改' } };
    expect((await refusal(correctRecord(collector(), late))).codes).toEqual(['immutable-after-report']);
  });
});

describe('Article 11(1): collecting one by one', () => {
  const given = (record: RecordFields): Record<string, string | null> => {
    const { institution: _i, category: _c, level: _l, nameRaw: _n, photoDigest: _p, ...fields } = record;
    return fields;
  };
  const collect = (fields: Record<string, string | null>) =>
    collectRecord(collector(), { institution: HERE, resolutionId, category: CATEGORY, fields });

  it('the same rules as an import; the record enters the collecting batch', async () => {
    const { batchId } = await collected();
    const third = people[2];
    const done = await collect(given(third as RecordFields));
    expect(done.batchId).toBe(batchId);
    expect((await read(done.recordId))?.fields).toEqual(third);
    expect((await refusal(collect(given(third as RecordFields)))).codes).toEqual([
      'certificate-number-taken',
      'person-already-recorded',
    ]);
  });

  it('without an enrolment record nothing may be missing; with one it is filled in later', async () => {
    const { admissionMonth: _, ...fields } = given(people[2] as RecordFields);
    expect((await refusal(collect(fields))).codes).toEqual(['field-missing']);
    await importEnrolments(collector(), CATEGORY, people.map(enrolmentOf));
    expect(await collect(fields)).toHaveProperty('recordId');
  });

  it('a name is normalised and its raw text kept; everything wrong is told at once', async () => {
    const fields = given(sampleRecord(CATEGORY, 2, { name: '阿依•古丽', sex: '1' }));
    const { codes } = await refusal(collect(fields));
    expect(codes.sort()).toEqual(['identity-sex-mismatch', 'roster-mismatch']);
  });
});
