// Importing records (art. 7, 8, 9, 11(1)): what good and bad files get, and that nothing is ever half done.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeGb18030 } from '../../../src/files/gb18030.ts';
import { writeXlsx } from '../../../src/files/write-xlsx.ts';
import { checkImport } from '../../../src/procedures/collection/check-import.ts';
import { importRecords } from '../../../src/procedures/collection/import-records.ts';
import type { RecordInput } from '../../../src/regulation/record/record.ts';
import { templateColumns } from '../../../src/regulation/standard/columns.ts';
import { faults } from '../../support/cases.ts';
import { addSampleTemplates, importEnrolments, importSample, loadSample, upload } from '../../support/collecting.ts';
import { csv, enrolmentOf, recordCsv, sampleRecord, sampleRecords } from '../../support/samples.ts';
import { refusal, rowCounts } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let resolutionId: string;
const CATEGORY = 'regular-bachelor';
// The fourth has a name with characters that many systems lose.
const people = [...sampleRecords(CATEGORY, 3), sampleRecord(CATEGORY, 4, { name: '王㛃𬭼' })];

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

async function check(bytes: Uint8Array, name?: string) {
  const fileDigest = await upload(collector(), 'records', bytes, name);
  return checkImport(collector(), { institution: HERE, kind: 'records', category: CATEGORY, resolutionId, fileDigest });
}

/** The problems that the dry run kept: line, column, code. */
async function problems(importId: string): Promise<string[]> {
  const rows = await test.world.db.prisma.importProblem.findMany({ where: { importId }, orderBy: { sequence: 'asc' } });
  return rows.map(({ line, column, code }) => `${line} ${column} ${code}`);
}

/** The file with the second person changed. */
const withSecond = (changes: RecordInput) =>
  [people[0], sampleRecord(CATEGORY, 2, changes)].flatMap((one) => one ?? []);

describe('Article 9(4): every row is told everything that is wrong with it', () => {
  const other = sampleRecord(CATEGORY, 2);
  const wrongCheck = `${other.identityNumber.slice(0, 17)}${other.identityNumber.endsWith('0') ? '1' : '0'}`;
  it.each<[string, RecordInput, string[]]>([
    ['an identity number with a wrong check character', { identityNumber: wrongCheck }, ['identity-check-character']],
    ['sex against the identity number', { sex: '1' }, ['identity-sex-mismatch']],
    ['birth date against the identity number', { birthDate: '2003-02-02' }, ['identity-birth-mismatch']],
    ['an impossible date', { birthDate: '2003-02-30' }, ['date-impossible']],
    ['a code that does not exist', { ethnicity: '99' }, ['code-unknown']],
    ['a political status in everyday words', { politicalStatus: '中共党员' }, ['code-unknown']],
    ['graduation after conferral', { graduationMonth: '2026-07' }, ['conferral-before-graduation']],
    ['a question mark in the name', { name: '王?明' }, ['name-replacement-character', 'roster-mismatch']],
    ['a private-use character in the name', { name: '王\uE000' }, ['name-private-use-character', 'roster-mismatch']],
    ['a replacement character in the name', { name: '王\uFFFD' }, ['name-replacement-character', 'roster-mismatch']],
    ['another name than on the roster', { name: '王小明' }, ['roster-mismatch']],
    [
      'another discipline than on the roster',
      { disciplineCode: '040106', disciplineName: '学前教育' },
      ['roster-mismatch'],
    ],
    ['a missing mandatory field', { thesisTitle: '' }, ['field-missing']],
    ['thesis fields where there is none', { outcomeType: 'W' }, ['thesis-field-without-thesis']],
    ['a number that a spreadsheet destroyed', { studentNumber: '2.022E+14' }, ['number-damaged-by-spreadsheet']],
    ['another head than in the resolution', { headName: '李四' }, ['resolution-mismatch']],
    [
      'a degree category of another level',
      { degreeCategory: '304' },
      ['degree-category-of-other-level', 'roster-mismatch'],
    ],
  ])('%s', async (_, changes, codes) => {
    const checked = await check(recordCsv(CATEGORY, withSecond(changes)));
    expect(checked).toMatchObject({ total: 2, accepted: 1, refused: 1 });
    const found = await problems(checked.importId);
    expect(found.every((problem) => problem.startsWith('3 '))).toBe(true);
    expect([...new Set(found.map((problem) => problem.split(' ')[2]))].sort()).toEqual(codes.sort());
  });

  it('a person who is not on the roster', async () => {
    const checked = await check(recordCsv(CATEGORY, [sampleRecord(CATEGORY, 77)]));
    expect(await problems(checked.importId)).toEqual(['2 name roster-entry-missing']);
  });

  it('a namesake of somebody on the roster, whose own row stays good', async () => {
    const [, second] = people;
    const stranger = sampleRecord(CATEGORY, 40, { name: second?.name ?? '' });
    const { importId, accepted } = await check(recordCsv(CATEGORY, [stranger, ...people]));
    expect(accepted).toBe(people.length);
    expect(new Set((await problems(importId)).map((problem) => problem.split(' ')[0]))).toEqual(new Set(['2']));
  });

  it('the same person, number and identity twice in the file', async () => {
    const [first, second] = people;
    const twin = sampleRecord(CATEGORY, 2, { identityNumber: first?.identityNumber ?? '', sex: '1' });
    const checked = await check(
      recordCsv(
        CATEGORY,
        [first, first, twin].flatMap((one) => one ?? []),
      ),
    );
    expect(await problems(checked.importId)).toEqual([
      '3 certificateNumber certificate-number-doubled',
      '3 identityNumber person-doubled',
      '4 identityNumber person-doubled',
    ]);
    expect(second).toBeDefined();
  });

  it('a field that contradicts the enrolment record, with both values', async () => {
    await importEnrolments(collector(), CATEGORY, people.map(enrolmentOf));
    const checked = await check(recordCsv(CATEGORY, withSecond({ admissionMonth: '2021-09' })));
    expect(await problems(checked.importId)).toEqual(['3 admissionMonth enrolment-mismatch']);
    const [problem] = await test.world.db.prisma.importProblem.findMany();
    expect(problem).toMatchObject({ found: '2021-09', expected: '2022-09', article: '9' });
  });

  it('Article 21: problems show secret values only masked', async () => {
    const checked = await check(recordCsv(CATEGORY, withSecond({ identityNumber: wrongCheck })));
    expect(checked.refused).toBe(1);
    const kept = JSON.stringify(await test.world.db.prisma.importProblem.findMany());
    expect(kept).not.toContain(wrongCheck);
    expect(kept).not.toContain(wrongCheck.slice(6, 14));
  });
});

describe('Article 7: header first', () => {
  it('an unknown and a missing heading are named before any row is looked at', async () => {
    const text = recordCsv(CATEGORY, people).toString('utf8').replace('出生日期', '生日期');
    const { codes } = await refusal(check(Buffer.from(text)));
    expect(codes.sort()).toEqual(['header-column-missing', 'header-column-unknown']);
    expect(await test.world.db.prisma.import.count()).toBe(0);
  });

  it('the national bachelor edition is not for masters', async () => {
    const columns = 'XM,XB,CSRQ,ZJLX,ZJHM,GB,KSH,XH,PYDWM,PYDW,ZYDM,ZYMC,XWSYDWM';
    const fileDigest = await upload(test.callAs('yanjiu.cai'), 'records', Buffer.from(`${columns}\n张三\n`));
    const input = {
      institution: HERE,
      kind: 'records',
      category: 'academic-master',
      resolutionId,
      fileDigest,
    } as const;
    const { codes } = await refusal(checkImport(test.callAs('yanjiu.cai'), input));
    expect(codes).toContain('edition-not-for-category');
  });

  it('without its resolution the answer names the input that is missing', async () => {
    const fileDigest = await upload(collector(), 'records', recordCsv(CATEGORY, people));
    const input = { institution: HERE, kind: 'records', category: CATEGORY, fileDigest } as const;
    expect(await faults(checkImport(collector(), input))).toEqual(['field-missing@resolution']);
  });
});

describe('Files as universities have them', () => {
  it('GB 18030 with rare characters and XLSX give the same records as UTF-8', async () => {
    const expected = await check(recordCsv(CATEGORY, people));
    expect(expected).toMatchObject({ total: 4, accepted: 4 });
    const gb = await check(Buffer.from(encodeGb18030(recordCsv(CATEGORY, people).toString('utf8'))));
    expect(gb).toMatchObject({ total: 4, accepted: 4, refused: 0 });
    const opened = await test.world.db.prisma.import.findFirstOrThrow({ where: { id: gb.importId } });
    expect(opened.encoding).toBe('gb18030');
    const columns = templateColumns(CATEGORY);
    const rows = people.map((record) => columns.map(({ field }) => (field === null ? '' : (record[field] ?? ''))));
    const parts: Uint8Array[] = [];
    const header = columns.map(({ heading }) => heading);
    for await (const part of writeXlsx('学位授予信息', header, rows)) parts.push(part);
    const xlsx = await check(Buffer.concat(parts), '学位授予信息.xlsx');
    expect(xlsx).toMatchObject({ total: expected.total, accepted: expected.accepted, refused: 0 });
    const kept = await test.world.db.prisma.import.findFirstOrThrow({ where: { id: xlsx.importId } });
    expect(kept).toMatchObject({
      format: 'xlsx',
      fileName: '学位授予信息.xlsx',
      edition: 'vermilion-1',
      state: 'checked',
    });
  });
});

describe('P3: an import is wholly there or not at all', () => {
  it('all-or-nothing: one bad row refuses all, the register is as it was', async () => {
    const checked = await check(recordCsv(CATEGORY, withSecond({ name: '王小明' })));
    const before = await rowCounts(test);
    const input = { institution: HERE, importId: checked.importId, errorPolicy: 'all-or-nothing' } as const;
    const error = await importRecords(collector(), input).catch((thrown: unknown) => thrown);
    const [broken] = (error as { violations: { path: string; code: string; found: string; expected: string }[] })
      .violations;
    expect(broken).toMatchObject({ path: 'rows[3].name', code: 'roster-mismatch', found: '王小明' });
    expect(broken?.expected).toBe(people[1]?.name);
    expect(await rowCounts(test)).toEqual(before);
  });

  it('skip-refused: the good rows are taken, the bad ones stay listed', async () => {
    const checked = await check(recordCsv(CATEGORY, withSecond({ name: '王小明' })));
    const input = { institution: HERE, importId: checked.importId, errorPolicy: 'skip-refused' } as const;
    expect(await importRecords(collector(), input)).toMatchObject({ accepted: 1, refused: 1 });
    expect(await problems(checked.importId)).toEqual(['3 name roster-mismatch']);
    expect(await test.world.db.prisma.degreeRecord.count()).toBe(1);
    const rest = await importSample(collector(), resolutionId, CATEGORY, people.slice(1));
    expect(rest.accepted).toBe(3);
    expect(await test.world.db.prisma.batch.findMany()).toMatchObject([{ version: 2, state: 'collecting' }]);
  });

  it('a double hundreds of rows later is refused with the same words by the dry run and by the import', async () => {
    await test.reset();
    await addSampleTemplates(test);
    const many = sampleRecords(CATEGORY, 600);
    resolutionId = await loadSample(test, many);
    const rows = [...many.slice(0, 320), many[0], ...many.slice(320), many[319]].flatMap((one) => one ?? []);
    const checked = await check(recordCsv(CATEGORY, rows));
    const dry = await problems(checked.importId);
    expect(dry).toEqual([
      '322 certificateNumber certificate-number-doubled',
      '322 identityNumber person-doubled',
      '603 certificateNumber certificate-number-doubled',
      '603 identityNumber person-doubled',
    ]);
    const input = { institution: HERE, importId: checked.importId, errorPolicy: 'skip-refused' } as const;
    expect(await importRecords(collector(), input)).toMatchObject({ accepted: 600, refused: 2 });
    expect(await problems(checked.importId)).toEqual(dry);
    expect(await test.world.db.prisma.degreeRecord.count()).toBe(600);
  });

  it('the same import and the same file twice are refused, and say so', async () => {
    const { importId } = await importSample(collector(), resolutionId, CATEGORY, people);
    const again = { institution: HERE, importId, errorPolicy: 'skip-refused' } as const;
    expect((await refusal(importRecords(collector(), again))).codes).toEqual(['file-already-imported']);
    const checked = await check(recordCsv(CATEGORY, people));
    expect(checked).toMatchObject({ accepted: 0, refused: 4 });
    const second = { ...again, importId: checked.importId };
    expect((await refusal(importRecords(collector(), second))).codes).toEqual([
      'file-already-imported',
      'certificate-number-taken',
      'person-already-recorded',
    ]);
    // A larger file has more problems than are judged: it is said of it all the same.
    await test.world.db.prisma.import.updateMany({ where: { id: second.importId }, data: { judged: 1 } });
    expect((await refusal(importRecords(collector(), second))).codes).toEqual([
      'file-already-imported',
      'import-too-many-problems',
    ]);
  });

  it('Article 4: who has no right there learns nothing of an import, be it committed, unknown or not', async () => {
    const { importId } = await importSample(collector(), resolutionId, CATEGORY, people);
    const unknown = '00000000-0000-7000-8000-000000000000';
    for (const officer of ['donghai.cai', 'jiaowu.he', 'jiancha']) {
      for (const id of [importId, unknown]) {
        const again = { institution: HERE, importId: id, errorPolicy: 'skip-refused' } as const;
        const asked = await refusal(importRecords(test.callAs(officer), again));
        expect(asked.kind).toBe('Forbidden');
      }
    }
    const ofOthers = { institution: HERE, importId, errorPolicy: 'skip-refused' } as const;
    expect((await refusal(importRecords(test.callAs('yanjiu.cai'), ofOthers))).kind).toBe('Forbidden');
  });

  it('P2: a number of a deleted record is never given again', async () => {
    const { batchId } = await importSample(collector(), resolutionId, CATEGORY, people.slice(0, 1));
    await test.world.db.pool.query('UPDATE "DegreeRecord" SET "state" = $1 WHERE "batchId" = $2', ['deleted', batchId]);
    const checked = await check(recordCsv(CATEGORY, people));
    expect(await problems(checked.importId)).toEqual(['2 certificateNumber certificate-number-of-deleted']);
  });

  it('P5: a retry with the same key gets the first answer; a simulation writes nothing', async () => {
    const { importId } = await check(recordCsv(CATEGORY, people));
    const input = { institution: HERE, importId, errorPolicy: 'all-or-nothing' } as const;
    const before = await rowCounts(test);
    const simulated = await importRecords(test.callAs('jiaowu.cai', { simulate: true }), input);
    expect(simulated).toMatchObject({ accepted: 4, simulated: true, stepId: null });
    expect(await rowCounts(test)).toEqual(before);
    const call = test.callAs('jiaowu.cai', { idempotencyKey: 'import' });
    const [first, second] = await Promise.all([importRecords(call, input), importRecords(call, input)]);
    expect(second).toEqual(first);
    expect(await test.world.db.prisma.step.count({ where: { name: 'collect' } })).toBe(1);
  });
});

describe('Article 4: who may import', () => {
  it('another office, another institution, a checker and an auditor may not', async () => {
    const { importId } = await check(recordCsv(CATEGORY, people));
    const input = { institution: HERE, importId, errorPolicy: 'all-or-nothing' } as const;
    for (const officer of ['yanjiu.cai', 'jixu.cai', 'donghai.cai', 'jiaowu.he', 'jiancha', 'xuewei.guan']) {
      expect((await refusal(importRecords(test.callAs(officer), input))).kind, officer).toBe('Forbidden');
    }
  });

  it('a resolution of another institution is not found', async () => {
    const call = test.callAs('donghai.cai');
    const fileDigest = await upload(call, 'records', csv([['姓名'], ['张三']]));
    const input = { institution: '10999', kind: 'records', category: CATEGORY, resolutionId, fileDigest } as const;
    const { kind } = await refusal(
      checkImport(call, { ...input, fileDigest: await upload(call, 'records', recordCsv(CATEGORY, people)) }),
    );
    expect(kind).toBe('NotFound');
  });
});
