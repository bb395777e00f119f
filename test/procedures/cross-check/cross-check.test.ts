// Article 11(2): another officer than the collector holds every record against resolution, enrolment record, standard and template.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeZip } from '../../../src/files/zip.ts';
import { recordActions } from '../../../src/procedures/actions.ts';
import { attachPhotos } from '../../../src/procedures/collection/attach-photos.ts';
import { linkEnrolment } from '../../../src/procedures/collection/link-enrolment.ts';
import { crossCheckRecords } from '../../../src/procedures/cross-check/cross-check.ts';
import { correctRecord } from '../../../src/procedures/records/correct.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { upload } from '../../support/collecting.ts';
import { photoJpeg } from '../../support/sample-files.ts';
import { refusal, rowCounts, statesOf } from '../../support/stages.ts';
import { HERE, type TestWorld, THERE, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 3);
});

const all = () => ({ institution: HERE, batchId: batch.batchId, errorPolicy: 'all-or-nothing' as const });
const skip = () => ({ ...all(), errorPolicy: 'skip-refused' as const });
const change = (data: object, at = 0) =>
  test.world.db.prisma.degreeRecord.update({
    where: { institution_id: { institution: HERE, id: batch.recordIds[at] ?? '' } },
    data,
  });

describe('Article 11(2): who cross-checks', () => {
  it('the collector is refused for the record that they collected themselves', async () => {
    const checker = test.callAs('jiaowu.he').actor;
    await change({ collectedById: checker.officerId });
    expect(await refusal(crossCheckRecords(test.callAs('jiaowu.he'), all()))).toEqual({
      kind: 'Refused',
      codes: ['collector-may-not-cross-check'],
    });
    const result = await crossCheckRecords(test.callAs('jiaowu.he'), skip());
    expect(result.checked).toBe(2);
    expect(result.results.map((one) => one.recordId)).toEqual([batch.recordIds[0]]);
    expect(await statesOf(test, batch.batchId)).toEqual({ collected: 1, 'cross-checked': 2 });
  });

  it('who corrected it, and who collected it before a correction by another, are refused for good', async () => {
    const [first = '', second = ''] = batch.recordIds;
    const changes = { remark: '核对后补充' };
    const corrected = { institution: HERE, recordId: first, expectedVersion: 1, changes };
    await correctRecord(test.callAs('jiaowu.lin'), corrected);
    await correctRecord(test.callAs('jiaowu.cai'), { ...corrected, recordId: second });
    await correctRecord(test.callAs('jiaowu.cai'), {
      ...corrected,
      expectedVersion: 2,
      changes: { remark: '再次核对' },
    });
    const { results, checked } = await crossCheckRecords(test.callAs('jiaowu.lin'), skip());
    expect(checked).toBe(2);
    expect(results).toMatchObject([
      { recordId: first, violations: [{ code: 'collector-may-not-cross-check', expected: '≠ 更正' }] },
    ]);
    const { officerId } = test.callAs('jiaowu.lin').actor;
    const attempt = change({ state: 'cross-checked', crossCheckedById: officerId });
    await expect(attempt).rejects.toThrow(/collector_is_not_checker/);
    const actions = await recordActions(
      test.callAs('jiaowu.lin'),
      await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id: first } }),
    );
    expect(actions.find(({ name }) => name === 'cross-check')).toMatchObject({ allowed: false });
  });

  it('who attached the photo, and who filled it from an enrolment record, are refused; who only tied it to one is not', async () => {
    const [photographed, filled] = batch.fields;
    const lin = test.callAs('jiaowu.lin');
    const where = { institution: HERE, batchId: batch.batchId };
    const parts: Uint8Array[] = [];
    const photo = { name: `${photographed?.studentNumber}.jpg`, bytes: photoJpeg('另一张') };
    for await (const part of writeZip([photo])) parts.push(part);
    await attachPhotos(lin, { ...where, fileDigest: await upload(lin, 'photos', Buffer.concat(parts), '照片.zip') });
    const enrolment = { studentNumber: filled?.studentNumber ?? '', institution: HERE };
    const data = { examineeNumber: '22371502110001' };
    await test.world.db.prisma.enrolmentRecord.updateMany({ where: enrolment, data });
    expect(await linkEnrolment(lin, where)).toMatchObject({ linked: 3, filled: 1 });
    const { results, checked } = await crossCheckRecords(lin, skip());
    expect(checked).toBe(1);
    expect(results.map(({ recordId, violations }) => [recordId, violations[0]?.expected])).toEqual([
      [batch.recordIds[0], '≠ 采集电子照片'],
      [batch.recordIds[1], '≠ 关联学籍学历信息'],
    ]);
    const done = await test.world.db.prisma.degreeRecord.findMany({ where: { state: 'cross-checked', ...where } });
    expect(done.map(({ id }) => id)).toEqual([batch.recordIds[2]]);
  });

  it('the database refuses the collector, too', async () => {
    const { officerId } = test.callAs('jiaowu.cai').actor;
    const attempt = change({ state: 'cross-checked', crossCheckedById: officerId });
    await expect(attempt).rejects.toThrow(/collector_is_not_checker/);
  });

  it('the database lets nothing past the cross-check without a checker', async () => {
    await expect(change({ state: 'filed' })).rejects.toThrow(/cross_checked_has_checker/);
  });

  it('Article 4: officers of other duties, categories, offices and institutions are forbidden', async () => {
    const as = (name: string) => refusal(crossCheckRecords(test.callAs(name), all()));
    expect(await as('jiaowu.cai')).toEqual({ kind: 'Forbidden', codes: ['duty-missing'] });
    expect(await as('yanjiu.he')).toEqual({ kind: 'Forbidden', codes: ['not-your-category'] });
    expect(await as('donghai.he')).toEqual({ kind: 'Forbidden', codes: ['not-your-institution'] });
    expect((await as('xuewei.guan')).kind).toBe('Forbidden');
    expect((await as('sheng.shen')).kind).toBe('Forbidden');
    expect((await as('jiancha')).codes).toContain('read-only-duty');
  });

  it('a batch of another institution is not found in this one', async () => {
    const elsewhere = { ...all(), institution: THERE };
    expect((await refusal(crossCheckRecords(test.callAs('donghai.he'), elsewhere))).kind).toBe('NotFound');
  });
});

describe('Article 9, 11: what is checked', () => {
  it('a key field that is not what the roster says is named with both values', async () => {
    await change({ name: '赵错名' });
    const { results } = await crossCheckRecords(test.callAs('jiaowu.he'), skip());
    const found = results[0]?.violations.filter((broken) => broken.path === 'name');
    expect(found).toMatchObject([
      { code: 'roster-mismatch', article: '9', found: '赵错名', expected: batch.fields[0]?.name },
      { code: 'enrolment-mismatch', article: '9', found: '赵错名', expected: batch.fields[0]?.name },
    ]);
  });

  it('without enrolment record, photo or valid codes a record does not pass, and everything is said at once', async () => {
    await change({ enrolmentRecordId: null, photoDigest: null, politicalStatus: '99' });
    const { results } = await crossCheckRecords(test.callAs('jiaowu.he'), skip());
    const codes = results[0]?.violations.map((broken) => `${broken.path} ${broken.code}`);
    expect(codes).toContain('photoDigest field-missing');
    expect(codes).toContain('politicalStatus code-unknown');
    // There is one; it only has to be linked.
    expect(codes).toContain('studentNumber enrolment-not-linked');
  });

  it('Article 11(7): without a certificate template in force nothing passes', async () => {
    await test.world.db.prisma.degreeRecord.updateMany({ data: { certificateTemplateId: null } });
    await test.world.db.prisma.certificateTemplate.updateMany({ data: { validUntil: '2021-01-01' } });
    const refused = await refusal(crossCheckRecords(test.callAs('jiaowu.he'), all()));
    await test.world.db.prisma.certificateTemplate.updateMany({ data: { validUntil: null } });
    expect(refused).toEqual({ kind: 'Refused', codes: ['certificate-template-none'] });
  });

  it('the template in force is written to the record', async () => {
    await crossCheckRecords(test.callAs('jiaowu.he'), all());
    const rows = await test.world.db.prisma.degreeRecord.findMany({
      where: { batchId: batch.batchId },
      select: { certificateTemplate: { select: { code: true } }, crossCheckedBy: { select: { name: true } } },
    });
    expect(rows).toEqual(Array(3).fill({ certificateTemplate: { code: 'XS' }, crossCheckedBy: { name: '刘洋' } }));
  });

  it('a record that is not in the batch is not found', async () => {
    const input = { ...all(), recordIds: ['019c0000-0000-7000-8000-000000000000'] };
    expect((await refusal(crossCheckRecords(test.callAs('jiaowu.he'), input))).kind).toBe('NotFound');
  });

  it('the batch moves on only when no record is left unchecked', async () => {
    const state = async () =>
      (await test.world.db.prisma.batch.findFirstOrThrow({ where: { id: batch.batchId } })).state;
    await crossCheckRecords(test.callAs('jiaowu.he'), { ...all(), recordIds: batch.recordIds.slice(0, 2) });
    expect(await state()).toBe('collecting');
    await crossCheckRecords(test.callAs('jiaowu.he'), all());
    expect(await state()).toBe('cross-checked');
  });
});

describe('P3, P5: whole or not at all, and once', () => {
  it('a simulation gives the same answer and writes nothing', async () => {
    const before = await rowCounts(test);
    const simulated = await crossCheckRecords(test.callAs('jiaowu.he', { simulate: true }), all());
    expect(simulated).toEqual({ checked: 3, results: [], stepId: null, simulated: true });
    expect(await rowCounts(test)).toEqual(before);
    expect(await statesOf(test, batch.batchId)).toEqual({ collected: 3 });
  });

  it('a retry with the same key gets the first answer, another request under the key is refused', async () => {
    const call = test.callAs('jiaowu.he', { idempotencyKey: `check-${batch.batchId}` });
    const first = await crossCheckRecords(call, all());
    expect(await crossCheckRecords(call, all())).toEqual(first);
    expect(await refusal(crossCheckRecords(call, skip()))).toEqual({
      kind: 'Refused',
      codes: ['idempotency-key-reused'],
    });
  });

  it('of two officers at once one wins and the other is told what is left', async () => {
    const both = await Promise.allSettled([
      crossCheckRecords(test.callAs('jiaowu.he'), all()),
      crossCheckRecords(test.callAs('jiaowu.he'), all()),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    const steps = await test.world.db.prisma.stepSubject.count({ where: { subjectId: batch.recordIds[0] ?? '' } });
    expect(steps).toBe(2);
  });

  it('when the change cannot be saved there is no step, no seal and no log entry either', async () => {
    const before = await rowCounts(test);
    await test.world.db.pool.query(
      `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk on fire'; END $$`,
    );
    await test.world.db.pool.query('CREATE TRIGGER fail BEFORE UPDATE ON "Batch" FOR EACH ROW EXECUTE FUNCTION fail()');
    const attempt = crossCheckRecords(test.callAs('jiaowu.he'), all());
    await expect(attempt).rejects.toThrow(/disk on fire/);
    await test.world.db.pool.query('DROP TRIGGER fail ON "Batch"; DROP FUNCTION fail()');
    expect(await rowCounts(test)).toEqual(before);
    expect(await statesOf(test, batch.batchId)).toEqual({ collected: 3 });
  });
});
