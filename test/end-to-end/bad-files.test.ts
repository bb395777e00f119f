// What bad input gets, file by file: what is not a table, an archive or a paper is refused whole, and nothing of it is kept.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId } from '../../src/graphql/global-id.ts';
import type { RecordFields } from '../../src/regulation/record/record.ts';
import { climbingZip, zipBomb } from '../../src/trial/year/files.ts';
import { type Data, startApi, type TestApi } from '../support/api.ts';
import { act, checkTable, expectTaught, unchanged } from '../support/bad-input.ts';
import { loadSample, resolutionInput } from '../support/collecting.ts';
import { photoJpeg, scanPdf } from '../support/sample-files.ts';
import { csv, recordCsv, rosterCsv, sampleRecords } from '../support/samples.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

const MB = 1024 * 1024;
const CATEGORY = 'regular-bachelor';
let test: TestWorld;
let api: TestApi;
let resolution: string;
let records: RecordFields[];
/** The lines of a good table. */
let lines: string[];

beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-22');
  api = await startApi(test);
  records = sampleRecords(CATEGORY, 6);
  lines = recordCsv(CATEGORY, records).toString('utf8').split('\r\n');
  resolution = globalId('Resolution', { institution: HERE, id: await loadSample(test, records) });
  for (const officer of ['jiaowu.cai', 'xuewei.guan']) await api.signIn(officer);
});
afterAll(async () => {
  await api.close();
  await test.close();
});

describe('Article 7: a header that is not one of ours is refused before any row is looked at', () => {
  const headed = (change: (headings: string[]) => string[]) =>
    Buffer.from([change((lines[0] ?? '').split(',')).join(','), ...lines.slice(1)].join('\r\n'), 'utf8');
  const missing = (heading: string) => ({
    code: 'header-column-missing',
    path: heading,
    found: null,
    expected: heading,
  });

  it.each<[string, () => Uint8Array, object[]]>([
    [
      'columns are missing: all of them are named',
      () => recordCsv(CATEGORY, records, ['name', 'sex']),
      [missing('姓名'), missing('性别')],
    ],
    [
      'a column that no template has',
      () => headed((headings) => headings.with(1, '星座')),
      [{ code: 'header-column-unknown', path: 'header[1]', found: '星座' }],
    ],
    [
      'a column twice',
      () => headed((headings) => [...headings, '姓名']),
      [{ code: 'header-column-doubled', found: '姓名' }],
    ],
    [
      'a table of something else',
      () =>
        csv([
          ['货号', '单价'],
          ['1', '2'],
        ]),
      [
        {
          code: 'header-empty',
          path: 'header',
          found: '货号、单价',
          expected: expect.stringContaining('学位证书编号'),
        },
      ],
    ],
  ])('%s', async (_title, make, violations) => {
    const bytes = make();
    const { digest } = await api.upload('jiaowu.cai', 'RECORDS', bytes, '本科.csv');
    const answer = await unchanged(test, () => checkTable(api, { resolution, bytes }));
    expect(answer).toMatchObject({ __typename: 'Refused', violationCount: violations.length });
    expect(answer.violations).toMatchObject(violations.map((one) => ({ article: '7', ...one })));
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('A file that is not what its kind asks for is refused at the door', () => {
  const table = () => lines.join('\r\n');
  it.each<[string, string, string, () => Uint8Array | Promise<Uint8Array>, object]>([
    [
      'Article 11(1): UTF-16 instead of UTF-8 or GB 18030',
      ...(['jiaowu.cai', 'RECORDS', () => Buffer.from(`\ufeff${table()}`, 'utf16le')] as const),
      { code: 'file-wrong-encoding', article: '11(1)', path: '文件', found: 'UTF-16LE', expected: 'UTF-8 / GB 18030' },
    ],
    [
      'Article 11(1): bytes that are no encoding',
      ...([
        'jiaowu.cai',
        'RECORDS',
        () => Buffer.concat([Buffer.from(table()), Buffer.from([0xff, 0x80, 0xff])]),
      ] as const),
      { code: 'file-wrong-encoding', article: '11(1)', path: 'rows[8]', found: '?', expected: 'UTF-8 / GB 18030' },
    ],
    [
      'Article 11(1): 40 MB',
      ...(['jiaowu.cai', 'RECORDS', () => Buffer.alloc(40 * MB, table())] as const),
      { code: 'file-too-large', article: '11(1)', path: 'file', found: '41943040 B', expected: '≤ 33554432 B' },
    ],
    [
      'Article 11(1): a picture that says it is a workbook',
      ...(['jiaowu.cai', 'RECORDS', () => photoJpeg('x')] as const),
      { code: 'file-wrong-type', article: '11(1)', path: '文件', found: 'JPEG' },
    ],
    [
      'Article 21: a ZIP bomb',
      ...(['jiaowu.cai', 'PHOTOS', () => zipBomb('bomb').bytes] as const),
      { code: 'file-unsafe', article: '21', path: 'p0000.jpg', found: '1015 : 1', expected: '≤ 200 : 1' },
    ],
    [
      'Article 21: ../ in a ZIP',
      ...(['jiaowu.cai', 'PHOTOS', async () => (await climbingZip('x', photoJpeg('x'))).bytes] as const),
      { code: 'file-unsafe', article: '21', path: '../climbing.jpg' },
    ],
    [
      'Article 6: a scan that is no PDF',
      ...(['xuewei.guan', 'RESOLUTION_SCAN', () => Buffer.from('<html>决议</html>')] as const),
      { code: 'file-wrong-type', article: '6', path: 'file', found: 'text/plain', expected: 'pdf' },
    ],
    [
      'Article 6: a PDF that was cut off',
      ...(['xuewei.guan', 'RESOLUTION_SCAN', () => scanPdf().subarray(0, 200)] as const),
      { code: 'file-unreadable', article: '6', expected: '%%EOF' },
    ],
  ])('%s', async (_title, as, kind, make, violation) => {
    const bytes = await make();
    const answer = await unchanged(test, () => api.upload(as, kind, bytes, '文件'));
    expect(answer).toMatchObject({ __typename: 'Refused', violations: [violation] });
    expectTaught(answer.violations[0]);
  });
});

describe('Article 6: a roster with bad rows loads nothing', () => {
  it('every bad row is named by its line, and the resolution is not there afterwards', async () => {
    const people = sampleRecords(CATEGORY, 3, 20);
    const rows = rosterCsv(people).toString('utf8').split('\r\n');
    const spoilt = rows.map((row, at) => (at === 2 ? row.replace(people[1]?.name ?? '', '王\uE000明') : row));
    const roster = await api.upload('xuewei.guan', 'ROSTER', Buffer.from(spoilt.join('\r\n')), '名单.csv');
    const input = await resolutionInput(test, people, { number: '聊大学位〔2026〕9号', rosterDigest: roster.digest });
    const answer = await unchanged(test, () => act(api, 'xuewei.guan', 'loadResolution', input));
    expect(answer).toMatchObject({
      __typename: 'Refused',
      violations: [
        {
          code: 'name-private-use-character',
          path: 'roster[3].name',
          article: '8',
          found: expect.stringMatching(/^U\+E000 #\d+$/),
        },
      ],
    });
  });
});

describe('Article 11(1): the same file twice', () => {
  const committed = 'accepted batch { id records { totalCount } }';
  let first: Data;

  it('is one file, and its rows go in once', async () => {
    first = await checkTable(api, { resolution, bytes: recordCsv(CATEGORY, records) });
    await unchanged(test, () => api.upload('jiaowu.cai', 'RECORDS', recordCsv(CATEGORY, records), '又一次.csv'));
    const done = await act(api, 'jiaowu.cai', 'importRecords', { import: first.import.id }, committed);
    expect(done).toMatchObject({ accepted: 6, batch: { records: { totalCount: 6 } } });
  });

  it('the same import is refused the second time', async () => {
    const input = { import: first.import.id, errorPolicy: 'SKIP_REFUSED' };
    const again = await unchanged(test, () => act(api, 'jiaowu.cai', 'importRecords', input));
    expect(again).toMatchObject({
      __typename: 'Refused',
      violations: [{ code: 'file-already-imported', article: '11(1)', found: '本科.csv' }],
    });
  });

  it('a new import of it is told so, and of every row which record it is already', async () => {
    const second = await checkTable(api, { resolution, bytes: recordCsv(CATEGORY, records) });
    expect(second).toMatchObject({ total: 6, accepted: 0, refused: 6 });
    const input = { import: second.import.id, errorPolicy: 'SKIP_REFUSED' };
    const again = await unchanged(test, () => act(api, 'jiaowu.cai', 'importRecords', input));
    expect(again.violations.slice(0, 3)).toMatchObject([
      { code: 'file-already-imported', path: 'file' },
      { code: 'certificate-number-taken', path: 'rows[2].certificateNumber', found: records[0]?.certificateNumber },
      { code: 'person-already-recorded', path: 'rows[2].identityNumber' },
    ]);
  });
});
