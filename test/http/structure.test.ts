// Article 7 over the API: editions, code tables and mappings as clients meet them, and the downloads of templates and exports.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTable } from '../../src/files/table.ts';
import { globalId } from '../../src/graphql/global-id.ts';
import { listOf } from '../files/make.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { addSampleTemplates, importSample, loadSample } from '../support/collecting.ts';
import { csv, recordCsv, sampleRecord, sampleRecords } from '../support/samples.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
let api: TestApi;
let resolutionId: string;
let batchId: string;
const CATEGORY = 'regular-bachelor';
const people = sampleRecords(CATEGORY, 3);

beforeAll(async () => {
  world = await testWorld();
  world.setClock('2026-06-23');
  api = await startApi(world);
  await addSampleTemplates(world);
  resolutionId = await loadSample(world, [...people, sampleRecord(CATEGORY, 4)]);
  batchId = (await importSample(world.callAs('jiaowu.cai'), resolutionId, CATEGORY, people)).batchId;
});
afterAll(async () => {
  await api.close();
  await world.close();
});

async function ask(query: string, as: string, variables: object = {}) {
  const { data, errors } = await api.ask(query, { as, variables });
  expect(errors, api.logged.join('\n')).toEqual([]);
  return data;
}

async function get(path: string, as?: string) {
  const bearer: Record<string, string> = as ? { authorization: `Bearer ${await api.signIn(as)}` } : {};
  const url = path.replace(world.world.origin, api.url);
  return fetch(url.startsWith('http') ? url : api.url + url, { headers: bearer });
}

const rowsOf = async (bytes: Uint8Array) => {
  const table = await openTable({ bytes }, { name: 'x', maxBytes: 1 << 24, maxRows: 1000 });
  return { header: table.header, rows: (await listOf(table.rows())).map(({ cells }) => cells) };
};

describe('Article 7: code tables', () => {
  test('are pages with validity, searched and judged on a day', async () => {
    const query = `query ($on: Date, $after: String) { codeTables(first: 100) { totalCount nodes { name title complete loaded } }
      codeEntries(table: "undergraduateDiscipline", search: "未来机器人", on: $on, first: 1, after: $after) {
        totalCount nodes { code validFrom validUntil recodedTo } pageInfo { hasNextPage endCursor } } }`;
    const all = await ask(query, 'jiaowu.cai');
    expect(all.codeTables.totalCount).toBe(14);
    expect(all.codeEntries).toMatchObject({
      totalCount: 2,
      nodes: [{ code: '083201TK', validUntil: '2026-04-27', recodedTo: '140001TK' }],
      pageInfo: { hasNextPage: true },
    });
    const next = await ask(query, 'jiaowu.cai', { after: all.codeEntries.pageInfo.endCursor });
    expect(next.codeEntries).toMatchObject({ nodes: [{ code: '140001TK' }], pageInfo: { hasNextPage: false } });
    const then = await ask(query, 'sheng.shen', { on: '2026-01-01' });
    expect(then.codeEntries.nodes).toMatchObject([{ code: '083201TK', recodedTo: null }]);
  });

  test('that an institution has loaded are its own', async () => {
    const rows = csv([
      ['代码', '名称'],
      ['7', '其他'],
    ]);
    const { digest: fileDigest } = await api.upload('xuewei.guan', 'CODE_TABLE', rows, '性别.csv');
    const input = { institution: HERE, table: 'sex', validFrom: '2026-07-01', complete: false, fileDigest };
    const { loadCodeTable } = await ask(
      `mutation ($input: LoadCodeTableInput!) { loadCodeTable(input: $input) { ... on LoadCodeTableSuccess { version added changes(first: 5, kinds: [NEW]) { code validFrom } loaded { version } } ... on Refused { violations { code path } } } }`,
      'xuewei.guan',
      { input },
    );
    expect(loadCodeTable).toMatchObject({
      ...{ version: 1, added: 1, loaded: { version: 1 } },
      changes: [{ code: '7', validFrom: '2026-07-01' }],
    });
    const query = '{ codeEntries(table: "sex", search: "其他") { totalCount } codeTableVersions { totalCount } }';
    const counts = async (as: string) => {
      const { codeEntries, codeTableVersions } = await ask(query, as);
      return [codeEntries.totalCount, codeTableVersions.totalCount];
    };
    expect(await counts('yanjiu.cai')).toEqual([1, 1]);
    expect(await counts('donghai.cai')).toEqual([0, 0]);
    expect(await counts('sheng.shen')).toEqual([0, 0]);
  });

  test('an unknown table is bad input, and a visitor sees none', async () => {
    const unknown = await api.ask('{ codeEntries(table: "nothing") { totalCount } }', { as: 'jiaowu.cai' });
    expect(unknown.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const visitor = await api.ask('{ codeEntries(table: "sex") { totalCount } }', {});
    expect(visitor.errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('Article 7: editions', () => {
  test('say which are unverified', async () => {
    const { editions, edition } = await ask(
      `{ editions(first: 100, category: ACADEMIC_MASTER) { nodes { key name verified columns { heading dbfName } } }
         edition(key: "academic-master-partial") { name verified header } }`,
      'jiaowu.cai',
    );
    expect(editions.nodes.map(({ key, verified }: { key: string; verified: boolean }) => [key, verified])).toEqual([
      ['vermilion-1', true],
      ['academic-master-partial', false],
    ]);
    expect(edition).toMatchObject({ name: '学术学位硕士授予信息数据结构（未核实版本）', verified: false });
  });

  test('have templates, and their columns as a table to begin a correction from', async () => {
    for (const id of ['academic-master-partial', 'bachelor-2024-06', 'regular-bachelor', 'edition', 'code-table']) {
      for (const format of ['csv', 'xlsx']) {
        const reply = await get(`/templates/imports/${id}.${format}`);
        expect([id, reply.status]).toEqual([id, 200]);
        const { header } = await rowsOf(new Uint8Array(await reply.arrayBuffer()));
        expect(header.length).toBeGreaterThan(4);
      }
    }
    expect((await get('/templates/imports/nothing.csv')).status).toBe(404);
    const name = (await get('/templates/imports/academic-master-partial.csv')).headers.get('content-disposition');
    expect(decodeURIComponent(name ?? '')).toContain('未核实版本');
    const columns = await get('/editions/bachelor-2024-06/columns.csv', 'jiaowu.cai');
    const { digest: fileDigest } = await api.upload(
      'xuewei.guan',
      'EDITION',
      Buffer.from(await columns.arrayBuffer()),
      '数据项.csv',
    );
    const input = {
      ...{ institution: HERE, edition: 'bachelor-2024-06', name: '学士数据结构（修订）', nameEn: 'revised' },
      ...{ source: '文件', categories: ['REGULAR_BACHELOR'], verified: true, fileDigest },
    };
    const { loadEdition } = await ask(
      `mutation ($input: LoadEditionInput!) { loadEdition(input: $input) { __typename ... on LoadEditionSuccess { key version columnCount edition { name verified } step { article } } ... on Refused { violations { code path } } } }`,
      'xuewei.guan',
      { input },
    );
    expect(loadEdition).toMatchObject({ key: 'bachelor-2024-06@1', columnCount: 27, step: { article: '7' } });
    const keys =
      '{ editions(first: 100, category: REGULAR_BACHELOR) { nodes { key } } edition(key: "bachelor-2024-06@1") { key } }';
    const [ours, theirs] = [await ask(keys, 'jiaowu.cai'), await ask(keys, 'donghai.cai')];
    expect([ours.editions.nodes[1].key, ours.edition.key]).toEqual(['bachelor-2024-06@1', 'bachelor-2024-06@1']);
    expect([theirs.editions.nodes[1].key, theirs.edition]).toEqual(['bachelor-2024-06', null]);
    expect((await get('/editions/bachelor-2024-06@1/template.xlsx', 'jiaowu.cai')).status).toBe(200);
    expect((await get('/editions/bachelor-2024-06@1/template.xlsx', 'donghai.cai')).status).toBe(404);
    expect((await get('/editions/bachelor-2024-06/template.xlsx')).status).toBe(401);
  });
});

describe('Article 7: texts without a code', () => {
  test('go out as a table with proposals, come back filled in, and the next dry run follows', async () => {
    const record = sampleRecord(CATEGORY, 4, { politicalStatus: '中共党员' });
    const check = async () => {
      const { digest: fileDigest } = await api.upload(
        'jiaowu.cai',
        'RECORDS',
        recordCsv(CATEGORY, [record]),
        '名单.csv',
      );
      const input = { institution: HERE, kind: 'RECORDS', category: 'REGULAR_BACHELOR', fileDigest };
      const resolution = globalId('Resolution', { institution: HERE, id: resolutionId });
      const { checkImport } = await ask(
        `mutation ($input: CheckImportInput!) { checkImport(input: $input) { ... on CheckImportSuccess { accepted mapped editionVerified import { id editionName editionVerified unmatchedUrl(format: CSV)
          unmatchedValues(first: 10) { totalCount nodes { table value count proposals(first: 1) { code name likeness } } }
          appliedMappings(first: 10) { nodes { rows mapping { value code name createdBy { name } } } } } } ... on Refused { violations { code } } } }`,
        'jiaowu.cai',
        { input: { ...input, resolution } },
      );
      return checkImport;
    };
    const first = await check();
    expect(first).toMatchObject({ accepted: 0, mapped: 0, editionVerified: true });
    expect(first.import.unmatchedValues).toMatchObject({
      totalCount: 1,
      nodes: [{ table: 'politicalStatus', value: '中共党员', count: 1, proposals: [{ code: '01', likeness: 1 }] }],
    });
    const reply = await get(first.import.unmatchedUrl);
    const { header, rows } = await rowsOf(new Uint8Array(await reply.arrayBuffer()));
    expect(rows[0]?.[4]).toMatch(/^01 中国共产党党员/);
    const filled = csv([header, ...rows.map(([table = '', value = '']) => [table, value, '01', '', ''])]);
    const { digest: fileDigest } = await api.upload('jiaowu.cai', 'CODE_MAPPINGS', filled, '对照.csv');
    const { mapCodes } = await ask(
      `mutation ($input: MapCodesInput!) { mapCodes(input: $input) { ... on MapCodesSuccess { mapped mappings(first: 5) { id value name } } ... on Refused { violations { code path } } } }`,
      'jiaowu.cai',
      { input: { institution: HERE, fileDigest } },
    );
    expect(mapCodes).toMatchObject({ mapped: 1, mappings: [{ value: '中共党员', name: '中国共产党党员' }] });
    const second = await check();
    expect(second).toMatchObject({ accepted: 1, mapped: 1 });
    expect(second.import.appliedMappings.nodes).toMatchObject([{ rows: 1, mapping: { code: '01' } }]);
    const [{ id }] = mapCodes.mappings;
    const { withdrawCodeMappings } = await ask(
      `mutation ($input: WithdrawCodeMappingsInput!) { withdrawCodeMappings(input: $input) { ... on WithdrawCodeMappingsSuccess { withdrawn } } }`,
      'jiaowu.cai',
      { input: { mappings: [id] } },
    );
    expect(withdrawCodeMappings).toEqual({ withdrawn: 1 });
    const lists = await ask(
      `{ now: codeMappings { totalCount } ever: codeMappings(ended: true) { totalCount nodes { value endedAt } } node(id: "${id}") { id } }`,
      'jiaowu.cai',
    );
    expect(lists).toMatchObject({ now: { totalCount: 0 }, ever: { totalCount: 1 }, node: { id } });
    expect((await ask(`{ node(id: "${id}") { id } }`, 'donghai.cai')).node).toBeNull();
  });
});

describe('Article 21: the file of an export', () => {
  const EXPORT = `mutation ($input: ExportRecordsInput!) { exportRecords(input: $input) { __typename ... on ExportRecordsSuccess { count fileName size edition export { id downloadUrl editionName purpose } } ... on Refused { violations { code path } } ... on NotFound { id } } }`;
  const input = (format: string) => ({
    ...{ institution: HERE, edition: 'bachelor-2024-06', format, purpose: '报送' },
    selection: { batch: globalId('Batch', { institution: HERE, id: batchId }) },
  });

  test.each(['XLSX', 'CSV', 'DBF'])('%s comes with a Chinese name to who made it', async (format) => {
    const { exportRecords } = await ask(EXPORT, 'jiaowu.cai', { input: input(format) });
    expect(exportRecords).toMatchObject({
      __typename: 'ExportRecordsSuccess',
      count: 3,
      edition: 'bachelor-2024-06@1',
    });
    const linked = await get(exportRecords.export.downloadUrl);
    const bytes = new Uint8Array(await linked.arrayBuffer());
    expect([linked.status, bytes.length]).toEqual([200, exportRecords.size]);
    const disposition = decodeURIComponent(linked.headers.get('content-disposition') ?? '');
    expect(disposition).toContain(exportRecords.fileName);
    expect((await rowsOf(bytes)).rows).toHaveLength(3);
    const path = `/exports/${exportRecords.export.id}.${format.toLowerCase()}`;
    expect((await get(path, 'jiaowu.cai')).status).toBe(200);
    for (const who of ['jiaowu.he', 'xuewei.guan', 'sheng.shen', 'donghai.cai']) {
      expect([who, (await get(path, who)).status]).toEqual([who, 404]);
    }
    expect((await get(path)).status).toBe(401);
    expect((await get(path.replace(/\.\w+$/, '.zip'), 'jiaowu.cai')).status).toBe(404);
  });

  test('the list shows others that it was made, not the file', async () => {
    const query = '{ recordExports(first: 10) { totalCount nodes { purpose downloadUrl createdBy { name } } } }';
    const own = await ask(query, 'jiaowu.cai');
    expect(own.recordExports.totalCount).toBe(3);
    expect(own.recordExports.nodes[0].downloadUrl).toContain('/exports/');
    const office = await ask(query, 'xuewei.guan');
    expect(office.recordExports.nodes[0]).toMatchObject({ purpose: '报送', downloadUrl: null });
    for (const who of ['yanjiu.cai', 'sheng.shen', 'donghai.xuewei']) {
      expect([who, (await ask(query, who)).recordExports.totalCount]).toEqual([who, 0]);
    }
  });

  test('ids of another kind and of nobody are not found', async () => {
    const wrong = { ...input('CSV'), selection: { batch: globalId('Import', { institution: HERE, id: batchId }) } };
    const { exportRecords } = await ask(EXPORT, 'jiaowu.cai', { input: wrong });
    expect(exportRecords.__typename).toBe('NotFound');
    expect(
      (await get(`/exports/${globalId('Batch', { institution: HERE, id: batchId })}.csv`, 'jiaowu.cai')).status,
    ).toBe(404);
  });
});
