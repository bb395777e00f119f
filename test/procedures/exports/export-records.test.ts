// Article 7: records in an edition of the national structure, as files that our own import and other programs read. Article 21: who gets them.

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTable } from '../../../src/files/table.ts';
import type { Call } from '../../../src/procedures/call.ts';
import { type ExportRecordsInput, exportRecords } from '../../../src/procedures/exports/export-records.ts';
import { openExport } from '../../../src/procedures/exports/open-export.ts';
import { revealField } from '../../../src/procedures/secrecy/reveal.ts';
import { EXPORT_KEPT_DAYS } from '../../../src/regulation/exports.ts';
import { headerOf } from '../../../src/regulation/standard/edition.ts';
import { NATIONAL_BACHELOR_EDITION, ownTemplate } from '../../../src/regulation/standard/shipped-editions.ts';
import { bytesOf, listOf } from '../../files/make.ts';
import { addSampleTemplates, importSample, loadSample } from '../../support/collecting.ts';
import { has, needing, toCsv } from '../../support/outside.ts';
import { csv, sampleRecord, sampleRecords } from '../../support/samples.ts';
import { refusal, rowCounts } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let resolutionId: string;
let batchId: string;
const CATEGORY = 'regular-bachelor';
const people = [
  ...sampleRecords(CATEGORY, 3),
  sampleRecord(CATEGORY, 4, { name: '王㛃𬭼', thesisTitle: `“${'长'.repeat(60)}”, 𠮷野 = 1` }),
  sampleRecord(CATEGORY, 5, { name: '阿依古丽·买买提' }),
];

beforeAll(async () => {
  test = await testWorld();
});
beforeEach(async () => {
  await test.reset();
  test.setClock('2026-06-23');
  await addSampleTemplates(test);
  resolutionId = await loadSample(test, people);
  batchId = (await importSample(test.callAs('jiaowu.cai'), resolutionId, CATEGORY, people)).batchId;
});
afterAll(() => test.close());

const NOBODY = {
  batchId: null,
  resolutionId: null,
  conferredFrom: null,
  conferredUntil: null,
  categories: [],
  states: null,
};
const wanted = (changes: Partial<ExportRecordsInput> = {}): ExportRecordsInput => ({
  ...{
    institution: HERE,
    edition: 'bachelor-2024-06',
    format: 'xlsx',
    encoding: null,
    purpose: '报送国家学位信息系统',
  },
  selection: { ...NOBODY, batchId },
  ...changes,
});
const officer = () => test.callAs('jiaowu.cai');

async function fileOf(call: Call, exportId: string): Promise<Buffer> {
  const { bytes } = await openExport(test.world, call.actor, { institution: HERE, id: exportId });
  return bytesOf(bytes());
}

async function tableOf(bytes: Uint8Array) {
  const table = await openTable({ bytes }, { name: 'export', maxBytes: 1 << 26, maxRows: 1000 });
  return { ...table, cells: (await listOf(table.rows())).map(({ cells }) => cells) };
}

describe('Article 7: what was imported comes out as it is', () => {
  it.each([
    ['xlsx', null, 'bachelor-2024-06'],
    ['csv', null, 'bachelor-2024-06'],
    ['csv', 'gb18030', 'bachelor-2024-06'],
    ['dbf', null, 'bachelor-2024-06'],
    ['xlsx', null, 'vermilion-1'],
    ['csv', 'gb18030', 'vermilion-1'],
    ['dbf', null, 'vermilion-1'],
  ] as const)('%s %s in %s, and imported again it is the same records', async (format, encoding, edition) => {
    const done = await exportRecords(officer(), wanted({ format, encoding, edition }));
    expect(done).toMatchObject({ count: 5, edition, editionVerified: true, simulated: false });
    const bytes = await fileOf(officer(), done.exportId);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(done.fileDigest);
    expect(bytes.length).toBe(done.size);
    const before = await test.world.db.prisma.degreeRecord.findMany({ orderBy: { certificateNumber: 'asc' } });
    await test.reset();
    test.setClock('2026-06-23');
    await addSampleTemplates(test);
    const again = await importSample(officer(), await loadSample(test, people), CATEGORY, bytes);
    expect(again).toMatchObject({ accepted: 5, refused: 0 });
    const after = await test.world.db.prisma.degreeRecord.findMany({ orderBy: { certificateNumber: 'asc' } });
    const shown = (rows: typeof after) =>
      rows.map(({ name, sex, birthDate, thesisTitle, thesisKeywords, disciplineCode, certificateNumber, country }) => ({
        ...{ name, sex, birthDate, thesisTitle, thesisKeywords, disciplineCode, certificateNumber, country },
      }));
    expect(shown(after)).toEqual(shown(before));
    if (edition !== 'vermilion-1') return;
    const whole = (rows: typeof after) =>
      rows.map(({ ethnicity, politicalStatus, studyForm, lengthOfStudy, admissionMonth, graduationMonth, remark }) => ({
        ...{ ethnicity, politicalStatus, studyForm, lengthOfStudy, admissionMonth, graduationMonth, remark },
      }));
    expect(whole(after)).toEqual(whole(before));
  });

  it('the national edition has names instead of codes, days without hyphens, and the institution in every row', async () => {
    const done = await exportRecords(officer(), wanted());
    const { header, cells } = await tableOf(await fileOf(officer(), done.exportId));
    expect(header).toEqual(headerOf(NATIONAL_BACHELOR_EDITION));
    const cell = (heading: string) => cells[0]?.[header.indexOf(heading)];
    expect(cell('XB')).toMatch(/^[男女]$/);
    expect(cell('CSRQ')).toMatch(/^\d{8}$/);
    expect([cell('ZJLX'), cell('GB'), cell('XWSYDWM'), cell('XWSYDW')]).toEqual([
      ...['居民身份证', '中国', HERE, '聊城大学'],
    ]);
    expect(done.fileName).toBe(
      '聊城大学普通高等教育本科学士学位授予信息（学士学位授予信息数据结构（2024年6月起））20260623.xlsx',
    );
  });

  it('an unverified edition says so in the answer and in the name of the file', async () => {
    const masters = sampleRecords('academic-master', 2);
    await test.reset();
    test.setClock('2026-06-23');
    await addSampleTemplates(test);
    const resolution = await loadSample(test, masters);
    const call = test.callAs('yanjiu.cai');
    await importSample(call, resolution, 'academic-master', masters);
    const selection = { ...NOBODY, resolutionId: resolution, categories: ['academic-master' as const] };
    const done = await exportRecords(call, wanted({ edition: 'academic-master-partial', selection }));
    expect(done).toMatchObject({ count: 2, editionVerified: false });
    expect(done.fileName).toContain('（未核实版本）');
    const { cells, header } = await tableOf(await fileOf(call, done.exportId));
    expect(cells[0]?.[header.indexOf('性别')]).toMatch(/^[男女]$/);
    await test.reset();
    await addSampleTemplates(test);
    const again = await importSample(
      test.callAs('yanjiu.cai'),
      await loadSample(test, masters),
      'academic-master',
      csv([header, ...cells]),
    );
    expect(again).toMatchObject({ accepted: 2, refused: 0 });
  });
});

describe('Article 7: what a file cannot hold is refused, row by row, and nothing is cut', () => {
  const withFields = async (changes: object) => {
    await test.world.db.prisma.degreeRecord.updateMany({
      where: { certificateNumber: people[1]?.certificateNumber ?? '' },
      data: changes,
    });
  };

  it.each<[string, object, Partial<ExportRecordsInput>, string, RegExp]>([
    [
      'a title wider than a DBF column',
      { thesisTitle: '长'.repeat(128) },
      { format: 'dbf' },
      'export-value-too-long',
      /^rows\[3\]\.thesisTitle$/,
    ],
    [
      'a title longer than the edition has room for',
      { thesisTitle: '长'.repeat(201) },
      {},
      'export-value-too-long',
      /thesisTitle/,
    ],
    ['a code without a name', { country: '999' }, {}, 'export-code-without-name', /country/],
    [
      'a character that GB 18030 lacks',
      { thesisTitle: '\ue5e5' },
      { format: 'csv', encoding: 'gb18030' },
      'export-character',
      /thesisTitle/,
    ],
    ['spaces that would be lost', { thesisTitle: ' 题目' }, {}, 'export-value-spaces', /thesisTitle/],
  ])('%s', async (_, changes, input, code, path) => {
    await withFields(changes);
    const before = await rowCounts(test);
    const error = await exportRecords(officer(), wanted(input)).catch((thrown: unknown) => thrown);
    const { violations } = error as { violations: { code: string; path: string; found: string }[] };
    expect(violations.map((broken) => broken.code)).toEqual([code]);
    expect(violations[0]?.path).toMatch(path);
    expect(violations[0]?.found).toContain(people[1]?.certificateNumber);
    expect(await rowCounts(test)).toEqual(before);
  });

  it.each<[string, Partial<ExportRecordsInput>, string[]]>([
    ['no purpose', { purpose: '  ' }, ['export-purpose-missing']],
    ['an edition that does not exist', { edition: 'bachelor-1999' }, ['export-edition-unknown']],
    ['an edition of another level', { edition: 'academic-master-partial' }, ['edition-not-for-category']],
    ['an encoding that the format has not', { format: 'xlsx', encoding: 'gb18030' }, ['export-encoding']],
    ['nothing chosen', { selection: NOBODY }, ['export-selection']],
    [
      'states that no record has',
      {
        selection: { ...NOBODY, batchId: null, conferredFrom: '2026-01-01', categories: [CATEGORY], states: ['filed'] },
      },
      ['export-nothing'],
    ],
  ])('%s', async (_, changes, codes) => {
    expect(await refusal(exportRecords(officer(), wanted(changes)))).toEqual({ kind: 'Refused', codes });
  });
});

describe('Article 21: an export is logged like a reveal, and its file is sealed', () => {
  it('every record and the file itself are subjects of the step; the purpose stays in the register', async () => {
    const done = await exportRecords(officer(), wanted());
    const step = await test.world.db.prisma.step.findFirst({
      where: { name: 'export-records' },
      include: { subjects: true },
    });
    const { article, facts, files } = JSON.parse(step?.statement ?? '{}');
    expect({ article, files }).toEqual({ article: '7', files: [done.fileDigest] });
    expect(facts).toMatchObject({ edition: 'bachelor-2024-06', count: 5, format: 'xlsx', fileDigest: done.fileDigest });
    expect(step?.statement).not.toContain('报送国家');
    expect(step?.statement).not.toContain(people[0]?.name);
    expect(step?.subjects.map(({ kind }) => kind).sort()).toEqual(['export', ...Array(5).fill('record')]);
    const kept = await test.world.db.prisma.recordExport.findFirst();
    expect(kept).toMatchObject({ purpose: '报送国家学位信息系统', count: 5, kind: 'records' });
    const pieces = await test.world.db.prisma.exportPiece.findMany();
    for (const { box } of pieces) expect(Buffer.from(box).subarray(0, 2).toString()).not.toBe('PK');
    // A later reveal follows the export in the chain of the record.
    const record = step?.subjects.find(({ kind }) => kind === 'record');
    await revealField(officer(), {
      institution: HERE,
      recordId: record?.subjectId ?? '',
      field: 'identityNumber',
      reason: '核对身份证件号码',
    });
    const next = await test.world.db.prisma.step.findFirst({ where: { name: 'reveal' } });
    expect(JSON.parse(next?.statement ?? '{}').previous).toEqual([step?.leafHash]);
  });

  it('is of the degree office and of the category office for its own, never of the province', async () => {
    const allowed = ['jiaowu.cai', 'jiaowu.he', 'xuewei.guan', 'xuewei.zhuren'];
    const forbidden = [
      'yanjiu.cai',
      'jixu.cai',
      'jiaowu.lin',
      'jiancha',
      'sheng.shen',
      'donghai.xuewei',
      'donghai.cai',
    ];
    for (const who of allowed) expect(await exportRecords(test.callAs(who), wanted()), who).toMatchObject({ count: 5 });
    for (const who of forbidden) {
      expect((await refusal(exportRecords(test.callAs(who), wanted()))).kind, who).toBe('Forbidden');
    }
    const both = { ...NOBODY, resolutionId, categories: [CATEGORY, 'adult-education-bachelor'] as const };
    const selection = { ...both, categories: [...both.categories] };
    expect((await refusal(exportRecords(officer(), wanted({ selection })))).kind).toBe('Forbidden');
    expect(await exportRecords(test.callAs('xuewei.guan'), wanted({ selection }))).toMatchObject({ count: 5 });
  });

  it('the file is for who made it, while it is kept, and only if it is the file that was sealed', async () => {
    const { exportId } = await exportRecords(officer(), wanted());
    for (const who of ['jiaowu.he', 'xuewei.guan', 'sheng.shen', 'donghai.cai']) {
      expect((await refusal(fileOf(test.callAs(who), exportId))).kind, who).toBe('NotFound');
    }
    await test.world.db.pool.query(`UPDATE "ExportPiece" SET "box" = set_byte("box", 40, 255 - get_byte("box", 40))`);
    await expect(fileOf(officer(), exportId)).rejects.toThrow('a stored file is not what was registered');
    const later = new Date(test.world.now().getTime() + EXPORT_KEPT_DAYS * 86_400_000);
    test.setClock(later.toISOString());
    expect(await refusal(fileOf(officer(), exportId))).toEqual({ kind: 'Refused', codes: ['export-expired'] });
    // The next export takes the expired pieces away; what was exported stays known.
    await exportRecords(officer(), wanted());
    expect(await test.world.db.prisma.exportPiece.count({ where: { exportId } })).toBe(0);
    expect(await test.world.db.prisma.recordExport.count()).toBe(2);
    await expect(test.world.db.prisma.recordExport.deleteMany()).rejects.toThrow(/append-only/);
  });

  it('simulated it gives the same answer and leaves nothing', async () => {
    const before = await rowCounts(test);
    const told = await exportRecords({ ...officer(), simulate: true }, wanted({ format: 'dbf' }));
    expect(told).toMatchObject({ count: 5, simulated: true, stepId: null });
    expect(await rowCounts(test)).toEqual(before);
  });
});

it.skipIf(!has('soffice'))(
  needing('soffice', 'Article 7: LibreOffice shows the cells of the workbook'),
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vermilion-export-'));
    try {
      const done = await exportRecords(officer(), wanted({ edition: 'vermilion-1' }));
      const bytes = await fileOf(officer(), done.exportId);
      writeFileSync(join(folder, 'a.xlsx'), bytes);
      const run = toCsv(folder, join(folder, 'a.xlsx'));
      expect(run.status, run.stderr).toBe(0);
      const seen = await tableOf(readFileSync(join(folder, 'a.csv')));
      expect(seen.header).toEqual(headerOf(ownTemplate(CATEGORY)));
      expect(seen.cells).toEqual((await tableOf(bytes)).cells);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  120_000,
);
