// Article 7: an institution's own editions, code tables and mappings, from the upload to what imports make of them.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkImport } from '../../../src/procedures/collection/check-import.ts';
import { importRecords } from '../../../src/procedures/collection/import-records.ts';
import { Refused } from '../../../src/procedures/errors.ts';
import { loadCodeTable } from '../../../src/procedures/structure/load-code-table.ts';
import { type LoadEditionInput, loadEdition } from '../../../src/procedures/structure/load-edition.ts';
import { mapCodes, withdrawCodeMappings } from '../../../src/procedures/structure/map-codes.ts';
import type { RecordInput } from '../../../src/regulation/record/record.ts';
import { NATIONAL_BACHELOR_COLUMNS } from '../../../src/regulation/standard/columns.ts';
import { EDITION_TEMPLATE, editionRow } from '../../../src/regulation/standard/edition-load.ts';
import { addSampleTemplates, importEnrolments, importSample, loadSample, upload } from '../../support/collecting.ts';
import { csv, enrolmentOf, nationalCsv, recordCsv, sampleRecord, sampleRecords } from '../../support/samples.ts';
import { refusal, rowCounts } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
const CATEGORY = 'regular-bachelor';
const people = sampleRecords(CATEGORY, 4);

beforeAll(async () => {
  test = await testWorld();
});
beforeEach(async () => {
  await test.reset();
  test.setClock('2026-06-23');
});
afterAll(() => test.close());

const office = () => test.callAs('xuewei.guan');
const collector = () => test.callAs('jiaowu.cai');
const prisma = () => test.world.db.prisma;

async function check(bytes: Uint8Array, resolutionId: string) {
  const fileDigest = await upload(collector(), 'records', bytes);
  return checkImport(collector(), { institution: HERE, kind: 'records', category: CATEGORY, resolutionId, fileDigest });
}

describe('Article 7: a corrected edition', () => {
  const TABLE = [
    EDITION_TEMPLATE.map(({ heading }) => heading),
    ...NATIONAL_BACHELOR_COLUMNS.map((column) => editionRow({ ...column, required: column.field === 'name' })),
    ['MZ', '民族', '民族', '名称', '', '', '', '否'],
    ['HKSZD', '户口所在地', '空', '', '', '', '', '否'],
  ];
  const input = async (
    changes: Partial<LoadEditionInput> = {},
    bytes: Uint8Array = csv(TABLE),
  ): Promise<LoadEditionInput> => ({
    ...{ institution: HERE, edition: 'bachelor-2024-06', zh: '学士数据结构（2026年修订）', en: 'bachelor, revised' },
    ...{
      source: '学位办〔2026〕1号',
      validFrom: '2026-06-01',
      validUntil: null,
      categories: [CATEGORY],
      verified: true,
    },
    ...{ headings: 'mnemonics', fileDigest: await upload(office(), 'edition', bytes), ...changes },
  });

  it('holds for imports from its first day on, and leaves those of before as they were', async () => {
    await addSampleTemplates(test);
    const resolutionId = await loadSample(test, people);
    const before = await check(nationalCsv(people), resolutionId);
    const loaded = await loadEdition(office(), await input());
    expect(loaded).toMatchObject({ key: 'bachelor-2024-06@1', version: 1, columns: 29, simulated: false });
    const after = await check(nationalCsv(people), resolutionId);
    const { importId } = await importSample(collector(), resolutionId, CATEGORY, nationalCsv(people));
    expect([before.editionKey, after.editionKey]).toEqual(['bachelor-2024-06', 'bachelor-2024-06@1']);
    const step = await prisma().step.findFirst({ where: { name: 'collect' }, orderBy: { id: 'desc' } });
    expect(JSON.parse(step?.statement ?? '{}').facts).toMatchObject({ importId, edition: 'bachelor-2024-06@1' });
    const sealed = await prisma().step.findFirst({ where: { name: 'load-edition' } });
    expect(JSON.parse(sealed?.statement ?? '{}')).toMatchObject({ article: '7', facts: { version: 1, columns: 29 } });
  });

  it('what was checked under a version is imported under it, whatever was loaded meanwhile', async () => {
    await addSampleTemplates(test);
    const resolutionId = await loadSample(test, people);
    const checked = await check(nationalCsv(people), resolutionId);
    await loadEdition(office(), await input());
    await importRecords(collector(), { institution: HERE, importId: checked.importId, errorPolicy: 'all-or-nothing' });
    const step = await prisma().step.findFirst({ where: { name: 'collect' } });
    expect(JSON.parse(step?.statement ?? '{}').facts).toMatchObject({ edition: 'bachelor-2024-06' });
  });

  it('a column without a field is not silently lost', async () => {
    await addSampleTemplates(test);
    const resolutionId = await loadSample(test, people);
    await loadEdition(office(), await input());
    const [header = '', first = '', ...rest] = nationalCsv(people).toString('utf8').split('\r\n');
    const bytes = Buffer.from([`${header},HKSZD`, `${first},山东聊城`, ...rest].join('\r\n'));
    const { importId, refused } = await check(bytes, resolutionId);
    const [problem] = await prisma().importProblem.findMany({ where: { importId, code: 'column-not-kept' } });
    expect(problem).toMatchObject({ line: 2, column: '户口所在地', found: '山东聊城' });
    expect(refused).toBe(1);
  });

  it('comes as JSON, too, and a version is never changed', async () => {
    const columns = NATIONAL_BACHELOR_COLUMNS.map((column) => {
      const [mnemonic, heading, content, form, format, maxLength, measure] = editionRow(column);
      return { mnemonic, heading, content, form, format, maxLength, measure, required: column.required };
    });
    const json = Buffer.from(JSON.stringify({ columns }));
    expect(await loadEdition(office(), await input({}, json))).toMatchObject({ version: 1, columns: 27 });
    expect(await refusal(loadEdition(office(), await input({}, json)))).toEqual({
      kind: 'Refused',
      codes: ['edition-unchanged'],
    });
    expect(await loadEdition(office(), await input())).toMatchObject({ version: 2 });
    await expect(prisma().loadedEdition.updateMany({ data: { verified: false } })).rejects.toThrow(/append-only/);
  });

  it.each<[string, string | Uint8Array, string[]]>([
    ['no JSON', '{"columns": [', ['edition-not-readable']],
    ['JSON of something else', '{"orders": []}', ['edition-not-readable']],
    ['a stray key', '[{"heading": "姓名", "colour": "red"}]', ['edition-not-readable']],
    ['another table', csv([['订单号'], ['1']]), ['header-empty']],
    [
      'columns that lack what every record needs',
      csv([
        ['助记符', '中文名称'],
        ['XM', '姓名'],
      ]),
      ['edition-field-missing'],
    ],
  ])('refuses %s', async (_, content, codes) => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    expect(await refusal(loadEdition(office(), await input({}, bytes)))).toEqual({ kind: 'Refused', codes });
  });

  it('is the degree office’s to load, and simulated it leaves nothing', async () => {
    const given = await input();
    const before = await rowCounts(test);
    expect(await loadEdition({ ...office(), simulate: true }, given)).toMatchObject({ simulated: true, version: 1 });
    expect(await rowCounts(test)).toEqual(before);
    for (const who of ['jiaowu.cai', 'xuewei.zhuren', 'jiancha', 'sheng.shen', 'donghai.xuewei']) {
      const may = await refusal(loadEdition(test.callAs(who), given)).catch(() => ({ kind: 'allowed' }));
      expect([who, may.kind]).toEqual([who, who === 'xuewei.zhuren' ? 'allowed' : 'Forbidden']);
    }
    expect(await refusal(loadEdition(office(), { ...given, fileDigest: 'f'.repeat(64) }))).toEqual({
      kind: 'Refused',
      codes: ['file-missing'],
    });
  });
});

describe('Article 7: an edition of a code table', () => {
  const file = (rows: readonly (readonly string[])[]) =>
    upload(office(), 'code-table', csv([['代码', '名称', '生效日期', '失效日期', '改为代码'], ...rows]));
  const load = async (codeTable: string, rows: readonly (readonly string[])[], complete = false, simulate = false) =>
    loadCodeTable(
      { ...office(), simulate },
      { institution: HERE, codeTable, validFrom: '2026-06-01', complete, fileDigest: await file(rows) },
    );

  it('tells before anything is written what it would change', async () => {
    const rows = [
      ['040107', '小学教育学'],
      ['049999T', '新师范'],
    ];
    const told = await load('undergraduateDiscipline', rows, false, true);
    expect(told).toMatchObject({ simulated: true, added: 1, changed: 1, ended: 0, unchanged: 0 });
    expect(await prisma().codeEntry.count()).toBe(0);
    const done = await load('undergraduateDiscipline', rows);
    expect(done).toMatchObject({ version: 1, added: 1, changed: 1 });
    expect(await refusal(load('undergraduateDiscipline', rows))).toEqual({ kind: 'Refused', codes: ['nothing-to-do'] });
  });

  it('is what imports are judged by on the conferral date, with what the code became', async () => {
    await addSampleTemplates(test);
    const resolutionId = await loadSample(test, people);
    await load('undergraduateDiscipline', [
      ['040107', '小学教育', '', '', '040188'],
      ['040188', '小学教育'],
    ]);
    const { importId, refused } = await check(recordCsv(CATEGORY, people), resolutionId);
    expect(refused).toBe(4);
    const [problem] = await prisma().importProblem.findMany({ where: { importId } });
    expect(problem).toMatchObject({ code: 'code-not-valid-on-date', expected: '040188 小学教育' });
    const values = await prisma().unmatchedValue.findMany({ where: { importId } });
    expect(values).toMatchObject([{ codeTable: 'undergraduateDiscipline', value: '040107', count: 4 }]);
  });

  it('refuses rows one by one, tables that do not exist, days before an earlier edition', async () => {
    const bad = load('sex', [
      ['1', ''],
      ['x y', '性'],
    ]);
    await expect(bad).rejects.toMatchObject({
      violations: [{ path: 'rows[2].name' }, { path: 'rows[3].code' }],
    });
    expect(await refusal(load('nothing', [['1', '男']]))).toEqual({ kind: 'Refused', codes: ['code-table-unknown'] });
    await load('sex', [['7', '其他']]);
    const earlier = { institution: HERE, codeTable: 'sex', validFrom: '2026-05-31', complete: false };
    const again = loadCodeTable(office(), { ...earlier, fileDigest: await file([['8', '另']]) });
    expect(await refusal(again)).toEqual({ kind: 'Refused', codes: ['code-table-before-earlier'] });
    expect(await refusal(load('sex', []))).toEqual({ kind: 'Refused', codes: ['nothing-to-do'] });
    const other = loadCodeTable(collector(), { ...earlier, fileDigest: 'f'.repeat(64) });
    expect((await refusal(other)).kind).toBe('Forbidden');
  });
});

describe('Article 7: texts that no table has are mapped once and for all', () => {
  const words: RecordInput = { politicalStatus: '中共党员', ethnicity: '乌兹别克族' };
  const written = () => [
    sampleRecord(CATEGORY, 1, words),
    sampleRecord(CATEGORY, 2, { politicalStatus: '中共党员' }),
    sampleRecord(CATEGORY, 3, { politicalStatus: '农公党', thesisTopicSource: '371502200403150018' }),
    ...sampleRecords(CATEGORY, 1, 4),
  ];
  const give = (...pairs: [string, string, string][]) =>
    mapCodes(collector(), {
      ...{ institution: HERE, fileDigest: null },
      mappings: pairs.map(([codeTable, value, code]) => ({ codeTable, value, code })),
    });
  let resolutionId: string;
  beforeEach(async () => {
    await addSampleTemplates(test);
    resolutionId = await loadSample(test, people);
  });

  it('the dry run lists each once with its rows; numbers of persons are not listed', async () => {
    const { importId, refused } = await check(recordCsv(CATEGORY, written()), resolutionId);
    expect(refused).toBe(3);
    const values = await prisma().unmatchedValue.findMany({ where: { importId }, orderBy: { sequence: 'asc' } });
    expect(values.map(({ codeTable, value, count }) => [codeTable, value, count])).toEqual([
      ['politicalStatus', '中共党员', 2],
      ['ethnicity', '乌兹别克族', 1],
      ['politicalStatus', '农公党', 1],
    ]);
  });

  it('the next dry run applies them and says so, and what is imported has the codes', async () => {
    const done = await give(
      ['politicalStatus', '中共党员', '01'],
      ['politicalStatus', ' 农公党 ', '08'],
      ['ethnicity', '乌兹别克族', '43'],
    );
    expect(done).toMatchObject({ mapped: 3, replaced: 0 });
    const step = await prisma().step.findFirst({ where: { name: 'map-codes' } });
    expect(step?.statement).not.toContain('中共党员');
    const file = [...written().slice(0, 2), ...people.slice(2)];
    const checked = await check(recordCsv(CATEGORY, file), resolutionId);
    expect(checked).toMatchObject({ accepted: 4, refused: 0, mapped: 2 });
    const applied = await prisma().importMapping.findMany({
      where: { importId: checked.importId },
      include: { mapping: true },
    });
    expect(applied.map(({ rows, mapping }) => [mapping.value, mapping.code, rows]).sort()).toEqual([
      ['中共党员', '01', 2],
      ['乌兹别克族', '43', 1],
    ]);
    await importRecords(collector(), { institution: HERE, importId: checked.importId, errorPolicy: 'all-or-nothing' });
    const kept = await prisma().degreeRecord.findMany({ orderBy: { certificateNumber: 'asc' } });
    expect(kept.map(({ politicalStatus, ethnicity }) => [politicalStatus, ethnicity]).slice(0, 2)).toEqual([
      ['01', '43'],
      ['01', people[1]?.ethnicity],
    ]);
    const collect = await prisma().step.findFirst({ where: { name: 'collect' } });
    expect(JSON.parse(collect?.statement ?? '{}').facts).toMatchObject({ mapped: 2 });
  });

  it('enrolment records follow them, too', async () => {
    const enrolled = people.map((record) => ({ ...enrolmentOf(record), politicalStatus: '中共党员' }));
    await expect(importEnrolments(collector(), CATEGORY, enrolled)).rejects.toThrow(Refused);
    await give(['politicalStatus', '中共党员', '01']);
    await importEnrolments(collector(), CATEGORY, enrolled);
    expect(await prisma().enrolmentRecord.count({ where: { politicalStatus: '01' } })).toBe(4);
  });

  it('are replaced and withdrawn with their history kept', async () => {
    const first = await give(['politicalStatus', '党派', '05']);
    const second = await give(['politicalStatus', '党派', '06']);
    expect(second).toMatchObject({ mapped: 1, replaced: 1 });
    const withdraw = (ids: string[]) => withdrawCodeMappings(collector(), { institution: HERE, mappingIds: ids });
    expect(await withdraw(second.mappingIds)).toMatchObject({ withdrawn: 1 });
    expect(await refusal(withdraw(first.mappingIds))).toEqual({ kind: 'Refused', codes: ['mapping-withdrawn'] });
    expect(await refusal(withdraw([]))).toEqual({ kind: 'Refused', codes: ['nothing-to-do'] });
    expect(await refusal(withdraw(['00000000-0000-0000-0000-000000000000']))).toMatchObject({ kind: 'NotFound' });
    expect(await prisma().codeMapping.count()).toBe(2);
    await expect(prisma().codeMapping.deleteMany()).rejects.toThrow(/append-only/);
    const { refused } = await check(
      recordCsv(CATEGORY, [sampleRecord(CATEGORY, 1, { politicalStatus: '党派' })]),
      resolutionId,
    );
    expect(refused).toBe(1);
  });

  it('come as a table as well: rows without a code are still open', async () => {
    const rows = [
      ['代码表', '原值', '代码', '行数', '建议'],
      ['politicalStatus', '中共党员', '01', '2', '01 中国共产党党员'],
      ['ethnicity', '乌兹别克族', '', '1', '43 乌孜别克族'],
    ];
    const fileDigest = await upload(collector(), 'code-mappings', csv(rows));
    expect(await mapCodes(collector(), { institution: HERE, mappings: [], fileDigest })).toMatchObject({ mapped: 1 });
  });

  it('are for officers of the institution who collect or administer', async () => {
    const given = { institution: HERE, fileDigest: null, mappings: [{ codeTable: 'sex', value: '男生', code: '1' }] };
    for (const who of ['jiaowu.zhang', 'sheng.shen', 'donghai.cai', 'jiancha']) {
      expect((await refusal(mapCodes(test.callAs(who), given))).kind, who).toBe('Forbidden');
    }
    const before = await rowCounts(test);
    expect(await mapCodes({ ...collector(), simulate: true }, given)).toMatchObject({ mapped: 1, simulated: true });
    expect(await rowCounts(test)).toEqual(before);
  });
});
