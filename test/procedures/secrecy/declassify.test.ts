// Article 20: a classified thesis enters by no way before its declassification is recorded: who, by which document, since when.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { draftChangeRequest } from '../../../src/procedures/applications/draft-change-request.ts';
import { checkImport } from '../../../src/procedures/collection/check-import.ts';
import { collectRecord } from '../../../src/procedures/collection/collect-record.ts';
import { importRecords } from '../../../src/procedures/collection/import-records.ts';
import { storeFile } from '../../../src/procedures/files/store-file.ts';
import { findVisibleFile } from '../../../src/procedures/files/visible-files.ts';
import { correctRecord } from '../../../src/procedures/records/correct.ts';
import { fileBatch } from '../../../src/procedures/reporting/filing.ts';
import { reportBatch } from '../../../src/procedures/reporting/report.ts';
import { reportUpward } from '../../../src/procedures/reporting/report-upward.ts';
import { reviewBatch } from '../../../src/procedures/reporting/review.ts';
import {
  type DeclassifyInput,
  declassify,
  withdrawDeclassification,
} from '../../../src/procedures/secrecy/declassify.ts';
import type { ReclassificationGround } from '../../../src/regulation/declassification.ts';
import type { RecordFields } from '../../../src/regulation/record/record.ts';
import { FIELD_NAMES } from '../../../src/regulation/standard/fields.ts';
import { faults, filedBatch, paper } from '../../support/cases.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { addSampleTemplates, loadSample, upload } from '../../support/collecting.ts';
import { declassification, declassified } from '../../support/declassified.ts';
import { recordCsv, sampleRecord } from '../../support/samples.ts';
import { bringTo, refusal, rowCounts, statesOf } from '../../support/stages.ts';
import { HERE, type TestWorld, THERE, testWorld } from '../../support/world.ts';

let test: TestWorld;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.reset();
  test.setClock('2026-06-23');
});

const CLASSIFIED = { outcomeType: 'SM', thesisTitle: null, thesisKeywords: null };
const withdraw = (id: string, ground: ReclassificationGround = 'classified-again', on = '2026-06-23') =>
  withdrawDeclassification(test.callAs('jiaowu.cai'), {
    ...{ institution: HERE, declassificationId: id, ground, on, documentNumber: '聊大保密〔2026〕9号' },
  });
const numberOf = ({ fields }: Collected, at = 0) => fields[at]?.studentNumber ?? '';
const correct = ({ recordIds }: Collected, changes: Record<string, string | null> = CLASSIFIED, expectedVersion = 1) =>
  correctRecord(test.callAs('jiaowu.cai'), {
    ...{ institution: HERE, recordId: recordIds[0] ?? '', expectedVersion, changes },
  });

describe('Article 20: masters, from the file', () => {
  const category = 'academic-master';
  const person = sampleRecord(category, 7, {
    ...{ outcomeType: 'SM', thesisTitle: '', thesisKeywords: '', thesisTopicSource: '' },
  });
  const other = sampleRecord(category, 8);
  let resolutionId: string;
  beforeEach(async () => {
    await addSampleTemplates(test);
    resolutionId = await loadSample(test, [person, other]);
  });
  const collector = () => test.callAs('yanjiu.cai');
  const check = async (records: readonly RecordFields[]) => {
    const fileDigest = await upload(collector(), 'records', recordCsv(category, records));
    const { importId, ...counts } = await checkImport(collector(), {
      ...{ institution: HERE, kind: 'records', category, resolutionId, fileDigest },
    });
    const problems = await test.world.db.prisma.importProblem.findMany({ where: { importId } });
    return { importId, ...counts, found: problems.map(({ code, line, article }) => `${line} ${code} ${article}`) };
  };
  const commit = (importId: string) =>
    importRecords(collector(), { institution: HERE, importId, errorPolicy: 'all-or-nothing' });
  const master = (number: string, changes: Partial<DeclassifyInput> = {}) =>
    declassified(test, number, changes, 'yanjiu.cai');
  const number = person.studentNumber ?? '';

  it('the dry run and the import refuse it without one, with that of another, and with one that holds later', async () => {
    expect((await check([person, other])).found).toEqual(['2 classified-thesis 20']);
    await master(other.studentNumber ?? '', { form: 'thesis' });
    expect((await check([person, other])).found).toEqual(['2 classified-thesis 20']);
    await master(number, { holdsFrom: '2026-06-24' });
    const checked = await check([person, other]);
    expect(checked.found).toEqual(['2 declassification-not-yet 20']);
    expect((await refusal(commit(checked.importId))).codes).toEqual(['declassification-not-yet']);
  });

  it('with one that holds it enters marked, every other thesis field empty', async () => {
    await master(number);
    const checked = await check([person, other]);
    expect(checked).toMatchObject({ accepted: 2, found: [] });
    await commit(checked.importId);
    const row = await test.world.db.prisma.degreeRecord.findFirst({ where: { studentNumber: number } });
    expect(row).toMatchObject({ outcomeType: 'SM', thesisTitle: null, thesisKeywords: null, thesisTopicSource: null });
  });

  it('between dry run and import it may be withdrawn', async () => {
    const id = await master(number);
    const checked = await check([person]);
    expect(checked.accepted).toBe(1);
    await withdrawDeclassification(collector(), {
      ...{
        institution: HERE,
        declassificationId: id,
        ground: 'approval-revoked',
        on: '2026-06-23',
        documentNumber: 'x',
      },
    });
    expect((await refusal(commit(checked.importId))).codes).toEqual(['declassification-withdrawn']);
  });

  it('a thesis that is declassified itself enters as an ordinary one, not marked', async () => {
    await master(number, { form: 'thesis' });
    expect((await check([person])).found).toEqual(['2 declassified-thesis-marked 20']);
    expect((await check([sampleRecord(category, 7)])).found).toEqual([]);
  });

  it('whose information alone was processed does not enter with a title', async () => {
    await master(number);
    expect((await check([sampleRecord(category, 7)])).found).toEqual(['2 classified-thesis-unmarked 20']);
  });

  it('entered by hand it is judged the same', async () => {
    const given = Object.fromEntries(
      FIELD_NAMES.filter((name) => name !== 'photoDigest').flatMap((name) =>
        person[name] ? [[name, person[name]]] : [],
      ),
    );
    const collect = () => collectRecord(collector(), { institution: HERE, resolutionId, category, fields: given });
    expect(await faults(collect())).toEqual(['classified-thesis@outcomeType']);
    await master(number);
    expect((await collect()).recordId).toBeTruthy();
  });
});

describe('Article 20: corrected into, reported, filed', () => {
  it('a record is corrected into a classified one only by a declassification of this person', async () => {
    const batch = await collectedBatch(test, 2);
    expect(await faults(correct(batch))).toEqual(['classified-thesis@outcomeType']);
    await declassified(test, numberOf(batch, 1));
    expect(await faults(correct(batch))).toEqual(['classified-thesis@outcomeType']);
    await declassified(test, numberOf(batch));
    expect(await correct(batch)).toMatchObject({ version: 2 });
    const twin = await faults(
      correctRecord(test.callAs('jiaowu.cai'), {
        ...{ institution: HERE, recordId: batch.recordIds[0] ?? '', expectedVersion: 2 },
        changes: { outcomeType: 'LW', thesisTitle: '小学语文整本书阅读', thesisKeywords: '阅读' },
      }),
    );
    expect(twin).toEqual(['classified-thesis-unmarked@outcomeType']);
  });

  it.each([
    ['the cross-check', 'collected', (batch: Collected) => bringTo(test, batch, 'cross-checked')],
    [
      'the report to the degree office',
      'disclosed',
      ({ batchId }: Collected) =>
        reportBatch(test.callAs('jiaowu.cai'), { institution: HERE, batchId, errorPolicy: 'all-or-nothing' }),
    ],
    [
      'the report to the province',
      'reported',
      ({ resolutionId }: Collected) => reportUpward(test.callAs('xuewei.guan'), { institution: HERE, resolutionId }),
    ],
    [
      'the review',
      'reported-upward',
      ({ batchId }: Collected) => reviewBatch(test.callAs('sheng.shen'), { institution: HERE, batchId }),
    ],
  ] as const)('a withdrawal stops it before %s; a new one lets it go on', async (_, stage, next) => {
    const batch = await collectedBatch(test, 2);
    const id = await declassified(test, numberOf(batch));
    await correct(batch);
    if (stage !== 'collected') await bringTo(test, batch, stage);
    await withdraw(id);
    const before = await rowCounts(test);
    expect((await refusal(next(batch))).codes).toEqual(['declassification-withdrawn']);
    expect(await rowCounts(test)).toEqual(before);
    await declassified(test, numberOf(batch), { documentNumber: '聊大保密〔2026〕10号' });
    await next(batch);
  });

  it('the filing leaves it out and names it; the others are filed', async () => {
    const batch = await collectedBatch(test, 3);
    const id = await declassified(test, numberOf(batch));
    await correct(batch);
    await bringTo(test, batch, 'reported-upward');
    const where = { institution: HERE, batchId: batch.batchId };
    await reviewBatch(test.callAs('sheng.shen'), where);
    await withdraw(id);
    const done = await fileBatch(test.callAs('sheng.shen'), where);
    expect(done.filed).toBe(2);
    expect(done.results).toMatchObject([
      { recordId: batch.recordIds[0], violations: [{ code: 'declassification-withdrawn', article: '20' }] },
    ]);
    expect(await statesOf(test, batch.batchId)).toEqual({ filed: 2, reviewed: 1 });
    expect((await refusal(fileBatch(test.callAs('sheng.shen'), where))).codes).toEqual(['declassification-withdrawn']);
    await declassified(test, numberOf(batch), { documentNumber: '聊大保密〔2026〕10号' });
    expect((await fileBatch(test.callAs('sheng.shen'), where)).filed).toBe(1);
  });

  it('a filed record is changed into a classified one only by a declassification', async () => {
    const batch = await filedBatch(test, 1);
    test.setClock('2026-09-01');
    const evidence = await paper(test, 'jiaowu.cai', 'evidence');
    const draft = () =>
      draftChangeRequest(test.callAs('jiaowu.cai'), {
        ...{ institution: HERE, category: 'regular-bachelor', reason: '该生论文定密后，备案的论文信息须相应更改。' },
        ...{ finding: '已核对定密审批文件。', evidence: [{ title: '审批文件', fileDigest: evidence }] },
        records: [
          {
            recordId: batch.recordIds[0] ?? '',
            changes: Object.entries(CLASSIFIED).map(([field, after]) => ({ field, after, evidence: [1] })),
          },
        ],
      });
    expect(await faults(draft())).toEqual(['classified-thesis@records[0].changes.outcomeType']);
    await declassified(test, numberOf(batch));
    expect((await draft()).applicationId).toBeTruthy();
  });
});

describe('Article 20: recording it', () => {
  it('is a sealed step that says neither whose thesis it is nor by which paper', async () => {
    const batch = await collectedBatch(test, 1);
    const id = await declassified(test, numberOf(batch));
    await withdraw(id);
    const steps = await test.world.db.prisma.step.findMany({
      where: { name: 'declassify' },
      orderBy: { leafIndex: 'asc' },
    });
    const [first, second] = steps.map(({ statement }) => JSON.parse(statement));
    expect(first.facts).toEqual({
      ...{ declassificationId: id, category: 'regular-bachelor', form: 'information' },
      ...{ decidedOn: '2026-06-01', holdsFrom: '2026-06-01' },
    });
    expect(second.facts).toMatchObject({ declassificationId: id, withdrawn: 'classified-again', on: '2026-06-23' });
    expect(second.subjects).toMatchObject([{ kind: 'declassification', id, version: 2 }]);
    expect(second.previous).toEqual([steps[0]?.leafHash]);
    for (const { statement } of steps) {
      for (const said of [numberOf(batch), '聊大保密', '孙保民']) expect(statement).not.toContain(said);
    }
  });

  it('everything wrong is said at once; simulated it leaves nothing; a retry is one act', async () => {
    const input = await declassification(test, 'a b');
    const evidence = await paper(test, 'jiaowu.cai', 'evidence', 'other');
    const wrong = { authority: ' ', responsiblePerson: '', decidedOn: '2026-06-24', scanDigest: evidence };
    expect((await faults(declassify(test.callAs('jiaowu.cai'), { ...input, ...wrong }))).sort()).toEqual([
      ...['date-in-future@decidedOn', 'field-malformed@number', 'field-missing@authority'],
      ...['field-missing@responsiblePerson', 'file-missing@scanDigest'],
    ]);
    const before = await rowCounts(test);
    const good = { ...input, number: '2022000001' };
    await declassify(test.callAs('jiaowu.cai', { simulate: true }), good);
    expect(await rowCounts(test)).toEqual(before);
    const once = () => declassify(test.callAs('jiaowu.cai', { idempotencyKey: 'one' }), good);
    expect((await once()).declassificationId).toBe((await once()).declassificationId);
    expect(await faults(declassify(test.callAs('jiaowu.cai'), good))).toEqual(['declassification-stands@number']);
  });

  it('two at once for one person: one is recorded', async () => {
    const input = await declassification(test, '2022000001');
    const both = await Promise.allSettled([1, 2].map(() => declassify(test.callAs('jiaowu.cai'), input)));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('another office or institution neither records, nor withdraws, nor learns of one', async () => {
    const input = await declassification(test, '2022000001');
    for (const officer of ['yanjiu.cai', 'xuewei.guan', 'jiaowu.he', 'sheng.shen', 'donghai.cai']) {
      expect((await refusal(declassify(test.callAs(officer), input))).kind, officer).toBe('Forbidden');
    }
    const id = await declassified(test, '2022000001');
    const of = { ground: 'recorded-in-error', documentNumber: 'x', on: '2026-06-23' } as const;
    const attempt = (institution: string, as: string) =>
      refusal(withdrawDeclassification(test.callAs(as), { institution, declassificationId: id, ...of }));
    expect((await attempt(HERE, 'yanjiu.cai')).kind).toBe('Forbidden');
    expect((await attempt(HERE, 'sheng.shen')).kind).toBe('Forbidden');
    expect((await attempt(THERE, 'jiaowu.cai')).kind).toBe('Forbidden');
    expect((await refusal(withdraw('0197f0a0-0000-7000-8000-000000000000'))).kind).toBe('NotFound');
  });

  it('the approval is kept sealed and seen by the own office, the degree office and nobody of the province', async () => {
    await declassified(test, '2022000001');
    const file = await test.world.db.prisma.storedFile.findFirstOrThrow({
      where: { keptAs: { some: { kind: 'declassification' } } },
    });
    expect(Buffer.from(file.bytes).subarray(0, 5).toString('latin1')).not.toBe('%PDF-');
    const sees = async (as: string) =>
      (await findVisibleFile(test.world, test.callAs(as).actor, { institution: HERE, digest: file.digest })) !== null;
    expect([await sees('jiaowu.cai'), await sees('xuewei.guan')]).toEqual([true, true]);
    expect([await sees('yanjiu.cai'), await sees('sheng.shen')]).toEqual([false, false]);
  });

  it('takes an approval, not a thesis: a PDF of five pages is refused, and so is one whose pages nobody can count', async () => {
    const pages = (count: number) => {
      const kids = Array.from(
        { length: count },
        (_, at) => `${at + 3} 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n`,
      );
      const body = `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count ${count} >>\nendobj\n${kids.join('')}`;
      const start = Buffer.byteLength(body);
      return Buffer.from(
        `${body}xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`,
      );
    };
    const store = (count: number) =>
      storeFile(test.callAs('jiaowu.cai'), {
        ...{ institution: HERE, kind: 'declassification', name: '批准.pdf', bytes: pages(count) },
      });
    await store(4);
    for (const count of [5, 80, 0]) {
      await expect(store(count)).rejects.toMatchObject({
        violations: [{ code: 'file-too-large', found: String(count), expected: '1 – 4', article: '20' }],
      });
    }
  });
});
