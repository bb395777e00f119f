// Enrolment records (R9.2, R11.8): imported the same way, linked by the system itself, nothing silently fixed.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkImport } from '../../../src/procedures/collection/check-import.ts';
import { importEnrolmentRecords } from '../../../src/procedures/collection/import-enrolment-records.ts';
import { linkEnrolment } from '../../../src/procedures/collection/link-enrolment.ts';
import { readRecords } from '../../../src/store/records/records.ts';
import { addSampleTemplates, importEnrolments, importSample, loadSample, upload } from '../../support/collecting.ts';
import { enrolmentCsv, enrolmentOf, nationalCsv, sampleRecords } from '../../support/samples.ts';
import { refusal } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
const CATEGORY = 'regular-bachelor';
const people = sampleRecords(CATEGORY, 4);
const enrolled = people.map(enrolmentOf);

beforeAll(async () => {
  test = await testWorld();
});
beforeEach(async () => {
  await test.reset();
  test.setClock('2026-06-23');
  await addSampleTemplates(test);
});
afterAll(() => test.close());

const collector = () => test.callAs('jiaowu.cai');
const recordsOf = (batchId: string) => readRecords(test.world.db.prisma, HERE, { batchId }, test.world.cipher);

describe('Article 11(8): importing enrolment records', () => {
  it('a known student is replaced, a new one added; identity numbers are kept as boxes', async () => {
    await importEnrolments(collector(), CATEGORY, enrolled.slice(0, 2));
    const before = await test.world.db.prisma.enrolmentRecord.findMany({ orderBy: { studentNumber: 'asc' } });
    const moved = enrolled.map((record) => ({ ...record, disciplineName: '小学教育（师范）' }));
    await importEnrolments(collector(), CATEGORY, moved);
    const after = await test.world.db.prisma.enrolmentRecord.findMany({ orderBy: { studentNumber: 'asc' } });
    expect(after).toHaveLength(4);
    expect(after[0]).toMatchObject({ id: before[0]?.id, disciplineName: '小学教育（师范）' });
    expect(JSON.stringify(after)).not.toContain(people[0]?.identityNumber);
  });

  it('bad rows are listed with their lines, a student number that occurs twice among them', async () => {
    const rows = [...enrolled, enrolled[0]].flatMap((record) => record ?? []);
    const text = enrolmentCsv(rows).toString('utf8').replace('2022-09', '二〇二二年九月');
    const fileDigest = await upload(collector(), 'enrolment-records', Buffer.from(text));
    const input = { institution: HERE, kind: 'enrolment-records', category: CATEGORY, fileDigest } as const;
    const checked = await checkImport(collector(), input);
    expect(checked).toMatchObject({ total: 5, accepted: 3, refused: 2 });
    const problems = await test.world.db.prisma.importProblem.findMany({ orderBy: { sequence: 'asc' } });
    expect(problems.map(({ line, column, code }) => `${line} ${column} ${code}`)).toEqual([
      '2 admissionMonth month-impossible',
      '6 studentNumber person-doubled',
    ]);
    const { importId } = checked;
    const all = { institution: HERE, importId, errorPolicy: 'all-or-nothing' } as const;
    expect((await refusal(importEnrolmentRecords(collector(), all))).codes).toEqual([
      'month-impossible',
      'person-doubled',
    ]);
    const skipping = { ...all, errorPolicy: 'skip-refused' } as const;
    expect(await importEnrolmentRecords(collector(), skipping)).toMatchObject({ accepted: 3, refused: 2 });
  });

  it('Article 4: who has no right there learns nothing of an import that was committed', async () => {
    const fileDigest = await upload(collector(), 'enrolment-records', enrolmentCsv(enrolled));
    const input = { institution: HERE, kind: 'enrolment-records', category: CATEGORY, fileDigest } as const;
    const { importId } = await checkImport(collector(), input);
    const again = { institution: HERE, importId, errorPolicy: 'all-or-nothing' } as const;
    await importEnrolmentRecords(collector(), again);
    for (const officer of ['donghai.cai', 'jiaowu.he', 'yanjiu.cai']) {
      expect((await refusal(importEnrolmentRecords(test.callAs(officer), again))).kind).toBe('Forbidden');
    }
    expect((await refusal(importEnrolmentRecords(collector(), again))).codes).toEqual(['file-already-imported']);
  });

  it('an office imports only its own categories', async () => {
    const fileDigest = await upload(collector(), 'enrolment-records', enrolmentCsv(enrolled));
    const input = { institution: HERE, kind: 'enrolment-records', category: 'academic-master', fileDigest } as const;
    expect((await refusal(checkImport(collector(), input))).kind).toBe('Forbidden');
    const { importId } = await checkImport(test.callAs('yanjiu.cai'), {
      ...input,
      fileDigest: await upload(test.callAs('yanjiu.cai'), 'enrolment-records', enrolmentCsv(enrolled)),
    });
    const problems = await test.world.db.prisma.importProblem.findMany({ where: { importId } });
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['row-category-mismatch']));
  });
});

describe('Article 11(8): linking', () => {
  it('what the national edition does not carry is filled in, by a new version of each record', async () => {
    const resolutionId = await loadSample(test, people);
    const { batchId } = await importSample(collector(), resolutionId, CATEGORY, nationalCsv(people));
    await importEnrolments(collector(), CATEGORY, enrolled);
    expect(await linkEnrolment(collector(), { institution: HERE, batchId })).toMatchObject({
      linked: 4,
      filled: 4,
      results: [],
    });
    const kept = await recordsOf(batchId);
    expect(kept.map(({ fields }) => fields)).toEqual(people);
    expect(kept.every(({ row }) => row.version === 2 && row.enrolmentRecordId !== null)).toBe(true);
    expect(await test.world.db.prisma.recordVersion.count()).toBe(4);
    expect(await linkEnrolment(collector(), { institution: HERE, batchId })).toMatchObject({ linked: 4, filled: 0 });
    expect((await recordsOf(batchId)).every(({ row }) => row.version === 2)).toBe(true);
  });

  it('a contradiction is listed with both values and left as it is', async () => {
    const resolutionId = await loadSample(test, people);
    const { batchId } = await importSample(collector(), resolutionId, CATEGORY, people);
    const wrong = enrolled.map((record, at) => (at === 1 ? { ...record, lengthOfStudy: '5' } : record));
    await importEnrolments(collector(), CATEGORY, wrong.slice(0, 3));
    const linked = await linkEnrolment(collector(), { institution: HERE, batchId });
    expect(linked).toMatchObject({ linked: 3, filled: 0 });
    const kept = await recordsOf(batchId);
    expect(linked.results).toMatchObject([
      {
        recordId: kept[1]?.row.id,
        violations: [{ code: 'enrolment-mismatch', path: 'lengthOfStudy', found: '4', expected: '5' }],
      },
      { recordId: kept[3]?.row.id, violations: [{ code: 'enrolment-record-missing' }] },
    ]);
    expect(kept.map(({ fields }) => fields)).toEqual(people);
    expect(kept.every(({ row }) => row.version === 1)).toBe(true);
  });

  it('without a student number the identity number finds the person', async () => {
    const resolutionId = await loadSample(test, people);
    const { batchId } = await importSample(collector(), resolutionId, CATEGORY, people.slice(0, 1));
    const renumbered = enrolled.slice(0, 1).map((record) => ({ ...record, studentNumber: '20229999' }));
    await importEnrolments(collector(), CATEGORY, renumbered);
    const { linked, results } = await linkEnrolment(collector(), { institution: HERE, batchId });
    expect(linked).toBe(1);
    expect(results).toMatchObject([{ violations: [{ path: 'studentNumber', expected: '20229999' }] }]);
  });

  it('nothing to link with is refused, record by record; other offices may not', async () => {
    const resolutionId = await loadSample(test, people);
    const { batchId } = await importSample(collector(), resolutionId, CATEGORY, people);
    const input = { institution: HERE, batchId };
    expect((await refusal(linkEnrolment(collector(), input))).codes).toEqual(['enrolment-record-missing']);
    expect((await refusal(linkEnrolment(test.callAs('yanjiu.cai'), input))).kind).toBe('Forbidden');
    expect((await refusal(linkEnrolment(test.callAs('donghai.cai'), { ...input, institution: '10999' }))).kind).toBe(
      'NotFound',
    );
  });
});
