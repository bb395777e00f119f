// Article 11(7): templates are kept by version, and what a record was matched to never changes.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeRecords } from '../../../src/procedures/applications/change-records.ts';
import { crossCheckRecords } from '../../../src/procedures/cross-check/cross-check.ts';
import { storeFile } from '../../../src/procedures/files/store-file.ts';
import { findVisibleFile } from '../../../src/procedures/files/visible-files.ts';
import { reportBatch } from '../../../src/procedures/reporting/report.ts';
import {
  type AddCertificateTemplateInput,
  addCertificateTemplate,
} from '../../../src/procedures/templates/add-certificate-template.ts';
import { sampleCertificate, specimenCertificate } from '../../../src/procedures/templates/certificate-pages.ts';
import { endCertificateTemplate } from '../../../src/procedures/templates/end-certificate-template.ts';
import { defaultLayout } from '../../../src/regulation/templates/certificate-defaults.ts';
import { inTransaction } from '../../../src/store/database/transaction.ts';
import { keepFile } from '../../../src/store/stored-files.ts';
import { pngImage } from '../../documents/images.ts';
import { faults } from '../../support/cases.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { photoJpeg } from '../../support/sample-files.ts';
import { bringTo, refusal, rowCounts, statesOf } from '../../support/stages.ts';
import { HERE, type TestWorld, THERE, testWorld } from '../../support/world.ts';
import { consentTo, draftChange, filedBatch } from '../../support/written-cases.ts';

let test: TestWorld;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.reset();
  test.setClock('2026-06-23');
});

const EXAMPLE = new URL('../../../docs/certificate-layout.example.json', import.meta.url);
const example = () => JSON.parse(readFileSync(EXAMPLE, 'utf8'));
const OFFICE = 'xuewei.guan';
const NEW: AddCertificateTemplateInput = {
  ...{ institution: HERE, code: 'XS', name: '学士学位证书', level: 'bachelor', categories: ['regular-bachelor'] },
  validFrom: '2020-01-01',
};
const add = (changes: Partial<AddCertificateTemplateInput> = {}, as = OFFICE) =>
  addCertificateTemplate(test.callAs(as), { ...NEW, ...changes });
const end = (templateId: string, validUntil: string, as = OFFICE, options = {}) =>
  endCertificateTemplate(test.callAs(as, options), { institution: HERE, templateId, validUntil });
const template = (id: string) => test.world.db.prisma.certificateTemplate.findFirstOrThrow({ where: { id } });
const check = (batch: Collected, recordIds?: string[]) =>
  crossCheckRecords(test.callAs('jiaowu.he'), {
    ...{ institution: HERE, batchId: batch.batchId, recordIds, errorPolicy: 'all-or-nothing' },
  });
const matchOf = async (recordId = '') => {
  const { certificateTemplate } = await test.world.db.prisma.degreeRecord.findFirstOrThrow({
    where: { id: recordId },
    select: { certificateTemplate: { select: { code: true, version: true } } },
  });
  return certificateTemplate && `${certificateTemplate.code} v${certificateTemplate.version}`;
};
describe('Article 11(7): adding a template', () => {
  it('without a layout it is kept with ours in full; with one, with everything filled in', async () => {
    const { templateId } = await add();
    expect((await template(templateId)).layout).toEqual(
      defaultLayout({ level: 'bachelor', categories: ['regular-bachelor'] }),
    );
    const second = await add({ layout: example() });
    expect(second.version).toBe(2);
    const { layout } = await template(second.templateId);
    expect(layout).toMatchObject({ page: example().page, qr: example().qr });
    expect(layout).toHaveProperty('fields[0].lineHeight', 54);
  });

  it('what is wrong with template and layout is said at once, and nothing is kept', async () => {
    const before = await rowCounts(test);
    const layout = { ...example(), seal: { x: 40, y: 60, diameter: 42 }, background: { fileDigest: 'a'.repeat(64) } };
    layout.fields[2].text = '{headNmae}';
    layout.fields[8].text = '此证书由学位授予单位颁发。'.repeat(3);
    layout.fields[9].text = '{certificateNumber}';
    expect(await faults(add({ validUntil: '2019-12-31', layout }))).toEqual([
      'certificate-template-period@validUntil',
      'certificate-layout-overlap@layout.seal',
      'certificate-layout-unknown-field@layout.fields[2].text',
      'certificate-layout-text-too-long@layout.fields[8].text',
      'certificate-background-unusable@layout.background.fileDigest',
    ]);
    expect(await rowCounts(test)).toEqual(before);
  });

  it('a fixed text that does not fit, and one that no typeface can print', async () => {
    const long = example();
    long.fields[4].text = '学位评定委员会主席签名栏'.repeat(2);
    expect(await faults(add({ layout: long }))).toEqual(['certificate-layout-text-too-long@layout.fields[4].text']);
    const odd = example();
    odd.fields[4].text = '主席\ue000：';
    expect(await faults(add({ layout: odd }))).toEqual(['certificate-layout-unprintable@layout.fields[4].text']);
  });

  it('the sealed step holds the layout by its digest, and the background by its own', async () => {
    const bytes = pngImage({ width: 60, height: 40 });
    const kind = 'certificate-background' as const;
    const file = await storeFile(test.callAs(OFFICE), { institution: HERE, kind, name: '底图.png', bytes });
    const layout = { ...example(), background: { fileDigest: file.digest } };
    const one = await add({ layout });
    const two = await add({ layout: { ...layout, qr: null } });
    const digests = await test.world.db.prisma.stepSubject.findMany({ where: { kind: 'certificate-template' } });
    expect(new Set(digests.map(({ digest }) => digest)).size).toBe(2);
    const step = await test.world.db.prisma.step.findFirstOrThrow({ where: { id: one.stepId ?? '' } });
    expect(step.statement).toContain(file.digest);
    expect([step.article, two.version]).toEqual(['11(7)', 2]);
    const seen = (as: string) =>
      findVisibleFile(test.world, test.callAs(as).actor, { institution: HERE, digest: file.digest });
    expect(await seen('jiaowu.cai')).toMatchObject({ kind: 'certificate-background' });
    expect(await seen('donghai.cai')).toBeNull();
  });

  it.each([
    ['transparent', pngImage({ width: 6, height: 4, colour: 6 })],
    ['interlaced', pngImage({ width: 6, height: 4, interlaced: true })],
  ])('a background that is %s cannot be used', async (found, bytes) => {
    const kind = 'certificate-background' as const;
    const file = await storeFile(test.callAs(OFFICE), { institution: HERE, kind, name: '底图.png', bytes });
    const attempt = add({ layout: { ...example(), background: { fileDigest: file.digest } } });
    await expect(attempt).rejects.toMatchObject({ violations: [{ code: 'certificate-background-unusable', found }] });
  });

  it('Article 4: officers of other offices, duties and institutions are forbidden, before anything is judged', async () => {
    for (const as of ['jiaowu.cai', 'donghai.xuewei', 'sheng.shen', 'jiancha']) {
      expect((await refusal(add({ layout: { format: 'x' } }, as))).kind).toBe('Forbidden');
    }
  });
});

describe('Article 11(7): what was matched stays matched', () => {
  it('a later version is for records that are cross-checked later; those matched before keep theirs', async () => {
    await add();
    const batch = await collectedBatch(test, 2);
    const [first = '', second = ''] = batch.recordIds;
    await check(batch, [first]);
    await add({ layout: example() });
    await check(batch, [second]);
    expect([await matchOf(first), await matchOf(second)]).toEqual(['XS v1', 'XS v2']);
    const rows = await test.world.db.prisma.certificateTemplate.findMany({ where: { code: 'XS' } });
    const used = await test.world.db.prisma.degreeRecord.count({ where: { certificateTemplateId: rows[0]?.id ?? '' } });
    expect(used).toBe(1);
  });

  it('a second template in force at once stops new matches, not records that are matched already', async () => {
    await add();
    const batch = await collectedBatch(test, 2);
    await bringTo(test, batch, 'disclosed');
    await add({ code: 'XS-2' });
    const later = await collectedBatch(test, 1);
    expect(await refusal(check(later))).toEqual({ kind: 'Refused', codes: ['certificate-template-ambiguous'] });
    await reportBatch(test.callAs('jiaowu.cai'), {
      ...{ institution: HERE, batchId: batch.batchId, errorPolicy: 'all-or-nothing' },
    });
    expect(await statesOf(test, batch.batchId)).toEqual({ reported: 2 });
    expect(await matchOf(batch.recordIds[0])).toBe('XS v1');
  });

  it('Article 15: a change of the record leaves it its template, too', async () => {
    await add();
    const batch = await filedBatch(test, 1);
    const [id = ''] = batch.recordIds;
    await add({ layout: example() });
    const key = await draftChange(test, id);
    await consentTo(test, key, 'change-request');
    await changeRecords(test.callAs('jiaowu.cai'), key);
    const row = await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id } });
    expect([row.version, row.state, await matchOf(id)]).toEqual([2, 'filed', 'XS v1']);
  });

  it('the database refuses to change or remove a template, or to end it before what is matched to it', async () => {
    const { templateId } = await add();
    await check(await collectedBatch(test, 1));
    const update = (data: object) =>
      test.world.db.prisma.certificateTemplate.update({
        where: { institution_id: { institution: HERE, id: templateId } },
        data,
      });
    for (const data of [{ name: '别的证书' }, { layout: {} }, { validFrom: '2021-01-01' }, { categories: [] }]) {
      await expect(update(data)).rejects.toThrow(/append-only \(article 12\)/);
    }
    await expect(update({ validUntil: '2026-06-19' })).rejects.toThrow(/cannot end before a record/);
    await expect(update({ validUntil: '2026-06-20' })).resolves.toMatchObject({ validUntil: '2026-06-20' });
    await expect(test.world.db.pool.query('DELETE FROM "CertificateTemplate"')).rejects.toThrow(/append-only/);
  });
});

describe('Article 11(7): ending a template', () => {
  it('is a sealed step, and what was matched to it goes on as if nothing had happened', async () => {
    const { templateId } = await add();
    const batch = await collectedBatch(test, 1);
    await bringTo(test, batch, 'disclosed');
    const { stepId } = await end(templateId, '2026-06-20');
    const step = await test.world.db.prisma.step.findFirstOrThrow({ where: { id: stepId ?? '' } });
    expect([step.name, step.article]).toEqual(['end-certificate-template', '11(7)']);
    expect(JSON.parse(step.statement).facts).toEqual({
      ...{ code: 'XS', version: 1, validUntil: '2026-06-20', before: null },
    });
    await reportBatch(test.callAs('jiaowu.cai'), {
      ...{ institution: HERE, batchId: batch.batchId, errorPolicy: 'all-or-nothing' },
    });
    expect(await matchOf(batch.recordIds[0])).toBe('XS v1');
  });

  it('never before the conferral date of a record that is matched to it, or before it began', async () => {
    const { templateId } = await add();
    await check(await collectedBatch(test, 1));
    await expect(end(templateId, '2026-06-19')).rejects.toMatchObject({
      violations: [{ code: 'certificate-template-end-before-match', found: '2026-06-19', expected: '≥ 2026-06-20' }],
    });
    expect(await faults(end(templateId, '2019-12-31'))).toEqual([
      'certificate-template-period@validUntil',
      'certificate-template-end-before-match@validUntil',
    ]);
    expect(await faults(end(templateId, '2026-02-30'))).toEqual(['date-impossible@validUntil']);
    expect((await template(templateId)).validUntil).toBeNull();
  });

  it('an end is moved to an earlier day, never to a later one', async () => {
    const { templateId } = await add({ validUntil: '2030-12-31' });
    expect(await faults(end(templateId, '2031-12-31'))).toEqual(['certificate-template-ended-already@validUntil']);
    await end(templateId, '2028-12-31');
    expect(await faults(end(templateId, '2028-12-31'))).toEqual(['certificate-template-ended-already@validUntil']);
    expect((await template(templateId)).validUntil).toBe('2028-12-31');
  });

  it('a simulation answers the same and ends nothing; a retry gets the first answer', async () => {
    const { templateId } = await add();
    expect(await end(templateId, '2028-12-31', OFFICE, { simulate: true })).toMatchObject({ stepId: null });
    expect((await template(templateId)).validUntil).toBeNull();
    const first = await end(templateId, '2028-12-31', OFFICE, { idempotencyKey: 'end' });
    expect(await end(templateId, '2028-12-31', OFFICE, { idempotencyKey: 'end' })).toEqual(first);
  });

  it('Article 4: by nobody else, and of no other institution', async () => {
    const { templateId } = await add();
    for (const as of ['jiaowu.cai', 'donghai.xuewei', 'sheng.shen', 'jiancha']) {
      expect((await refusal(end(templateId, '2028-12-31', as))).kind).toBe('Forbidden');
    }
    const there = { institution: THERE, templateId, validUntil: '2028-12-31' };
    expect((await refusal(endCertificateTemplate(test.callAs('donghai.xuewei'), there))).kind).toBe('NotFound');
  });
});

describe('Article 11(7): pages to look at', () => {
  const specimen = (id = '') => specimenCertificate(test.world, { institution: HERE, id });

  it('a sample of every kind; the same bytes until something changes', async () => {
    const { templateId } = await add({ layout: example() });
    const sample = (name: 'ordinary' | 'long-name') =>
      sampleCertificate(test.world, { institution: HERE, id: templateId }, name);
    const page = await sample('ordinary');
    expect(page.name).toBe('学位证书样张（XS 第1版）.pdf');
    expect((await sample('ordinary')).tag).toBe(page.tag);
    expect((await sample('long-name')).tag).not.toBe(page.tag);
  });

  it('a specimen is printed with the template to which the record was matched, whatever came later', async () => {
    await add();
    const batch = await collectedBatch(test, 1);
    await check(batch);
    const [id = ''] = batch.recordIds;
    const before = await specimen(id);
    expect(before.name).toBe(`学位证书样本（${batch.fields[0]?.certificateNumber}）.pdf`);
    await add({ layout: example() });
    expect((await specimen(id)).tag).toBe(before.tag);
  });

  it('a template from before layouts had rules prints with ours', async () => {
    const batch = await collectedBatch(test, 1);
    expect(Buffer.from((await specimen(batch.recordIds[0])).bytes).toString('latin1', 0, 5)).toBe('%PDF-');
  });

  it('without a template there is none, and the reason is given', async () => {
    await add({ validFrom: '2026-06-21' });
    const batch = await collectedBatch(test, 1);
    expect(await refusal(specimen(batch.recordIds[0]))).toEqual({
      kind: 'Refused',
      codes: ['certificate-template-none'],
    });
  });

  it('a name that does not fit, a value that is missing and an ended record are refused', async () => {
    const layout = example();
    layout.fields[2] = { ...layout.fields[2], text: '{name}', width: 22, size: 14, minSize: 12 };
    layout.fields[4] = { ...layout.fields[4], text: '{trainingUnitName}' };
    await add({ layout });
    const batch = await collectedBatch(test, 1);
    const [id = ''] = batch.recordIds;
    const change = (data: object) =>
      test.world.db.prisma.degreeRecord.update({ where: { institution_id: { institution: HERE, id } }, data });
    await specimen(id);
    await change({ name: '阿卜杜拉·买买提依明' });
    expect(await faults(specimen(id))).toEqual(['certificate-value-does-not-fit@layout.fields[2]']);
    await change({ name: '张𪚥' });
    expect(await faults(specimen(id))).toEqual(['certificate-value-unprintable@layout.fields']);
    await change({ trainingUnitName: null });
    expect(await faults(specimen(id))).toEqual(['certificate-value-missing@trainingUnitName']);
    await change({ state: 'deleted' });
    expect(await faults(specimen(id))).toEqual(['certificate-of-ended-record@state']);
  });

  it('a photo stands in its place', async () => {
    await add();
    const batch = await collectedBatch(test, 1);
    const [id = ''] = batch.recordIds;
    const without = await specimen(id);
    const bytes = photoJpeg('photo');
    const digest = createHash('sha256').update(bytes).digest('hex');
    const file = { institution: HERE, digest, kind: 'photo', name: 'photo.jpg', mediaType: 'image/jpeg' };
    await inTransaction(test.world.db, (tx) => keepFile(tx, { ...file, size: bytes.length, bytes }, new Date(), null));
    await test.world.db.prisma.degreeRecord.update({
      where: { institution_id: { institution: HERE, id } },
      data: { photoDigest: digest },
    });
    const page = await specimen(id);
    expect(Buffer.from(page.bytes).includes(bytes)).toBe(true);
    expect(Buffer.from(without.bytes).includes(bytes)).toBe(false);
  });
});
