// Tables from CSV: what is decided by content, what is unwrapped, and which line is named when something is wrong.
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTable } from '../../src/files/table.ts';
import { handZip, listOf, problemOf } from './make.ts';

const OPTS = { name: '名单.csv', maxBytes: 10_000_000, maxRows: 1000 };
const open = (content: string | Uint8Array, opts = OPTS) => openTable({ bytes: Buffer.from(content as string) }, opts);
const rowsOf = async (content: string | Uint8Array, opts = OPTS) => listOf((await open(content, opts)).rows());
const cellsOf = async (content: string) => (await rowsOf(content)).map((row) => row.cells);

describe('the form of a CSV file', () => {
  test('header and rows, the header trimmed, missing cells filled, blank rows left out, lines counted', async () => {
    const content = '\r\n 姓名 ,学号 ,备注,,\r\n张三,001,一\r\n\r\n,,,,\r\n李四\r\n';
    const table = await open(content);
    expect(table).toMatchObject({ kind: 'csv', encoding: 'utf-8', header: ['姓名', '学号', '备注'] });
    expect(await listOf(table.rows())).toEqual([
      { line: 3, cells: ['张三', '001', '一'] },
      { line: 6, cells: ['李四', '', ''] },
    ]);
  });

  test('rows can be read again: a dry run, then the commit', async () => {
    const table = await open('a,b\n1,2\n');
    expect(await listOf(table.rows())).toEqual(await listOf(table.rows()));
  });

  test.each([
    ['comma', 'a,"x;y;z",b\n1,2,3'],
    ['tab', 'a\t"x,y,z;"\tb\n1\t2\t3'],
    ['semicolon', 'a;x;b\n1;2;3'],
  ])('the header decides: %s', async (_, content) => {
    expect(await cellsOf(content)).toEqual([['1', '2', '3']]);
  });

  test.each(['\n', '\r\n', '\r'])('line end %j, and a mark inside quotes keeps its own', async (end) => {
    const rows = await rowsOf(['a,b', '"1\r\n2","3\n4"', '5,6', ''].join(end));
    expect(rows).toEqual([
      { line: 2, cells: ['1\r\n2', '3\n4'] },
      { line: 5, cells: ['5', '6'] },
    ]);
  });

  test('GB 18030 with rare characters, and UTF-8 with its mark', async () => {
    const gb = Buffer.concat([Buffer.from('d0d5c3fb2ca3c10a', 'hex'), Buffer.from('8230b7319933ad382c310a', 'hex')]);
    const table = await open(gb);
    expect(table.encoding).toBe('gb18030');
    expect(table.header[0]).toBe('姓名');
    expect(await listOf(table.rows())).toEqual([{ line: 2, cells: ['㛃𬭼', '1'] }]);
    expect(await open('\uFEFF姓名,b\n1,2')).toMatchObject({ encoding: 'utf-8-bom', header: ['姓名', 'b'] });
  });
});

describe('Big5', () => {
  // 學號,姓名,性別,出生日期,國家或地區,民族,政治面貌 – of a system in traditional characters
  const HEADER = 'bec7b8b92ca96da6572ca9caa74f2ca558a5cda4e9b4c12cb0eaae61a9cea661b0cf2ca5c1b1da2cac46aa76adb1bbaa';

  test.each([
    ['alone', HEADER],
    ['after blank lines', `0d0a0d0a${HEADER}0d0a312c32`],
    ['a short one, 學號,姓名,學位', 'bec7b8b92ca96da6572cbec7a6ec0d0a'],
  ])('is named instead of being read as nonsense: %s', async (_title, hex) => {
    const problem = await problemOf('wrong-encoding', () => open(Buffer.from(hex, 'hex')));
    expect(problem.found).toBe('Big5');
  });

  test.each([
    ['GB 18030', Buffer.from('d0d5c3fb2cd1a7bac52cd1a7cebb0a312c322c330a', 'hex')],
    // 學號,姓名,學位 in traditional characters, but of GB 18030
    ['GB 18030, traditional', Buffer.from('8c57cc962cd0d5c3fb2c8c57cebb0a312c322c330a', 'hex')],
    ['UTF-8', Buffer.from('學號,姓名,學位\n1,2,3\n')],
    ['ASCII', Buffer.from('a,b,c\n1,2,3\n')],
  ])('is not seen in %s', async (_title, bytes) => {
    expect((await open(bytes)).header).toHaveLength(3);
  });
});

describe('text that a spreadsheet protected', () => {
  test('is unwrapped, and only that', async () => {
    const content =
      'a\n\'1234\n"\t1234"\n"1234\t"\n="00123"\n"=""00123"""\n\'H12345678\n\'=1+1\n\'t Hooft\n=1+1\n1.04474E+15\n';
    expect((await cellsOf(content)).flat()).toEqual([
      ...['1234', '1234', '1234', '00123', '00123', 'H12345678', '=1+1', "'t Hooft", '=1+1', '1.04474E+15'],
    ]);
  });

  test('the same signs inside a quoted cell do not loosen the rule for quotes', async () => {
    const content = ['a,b', '"x\n=""",1', '"""\n",2', ''].join('\n');
    expect(await cellsOf(content)).toEqual([
      ['x\n="', '1'],
      ['"\n', '2'],
    ]);
    await problemOf('broken-quotes', () => rowsOf(`${content}x"y,3\n`));
  });

  test('the wrapping is noticed wherever the file is cut into pieces, and behind a byte order mark', async () => {
    for (let shift = 0; shift < 5; shift++) {
      const rows = await rowsOf(`a,b\n${'x'.repeat(256 * 1024 - 8 - shift)},="01"\n`);
      expect(rows[0]?.cells[1]).toBe('01');
    }
    expect((await open('\uFEFF="a",b\n1,2\n')).header).toEqual(['a', 'b']);
  });

  test('the header is unwrapped too', async () => {
    expect((await open('="姓名","\t学号"\n1,2\n')).header).toEqual(['姓名', '学号']);
  });
});

describe('what is wrong with a row is told with its line', () => {
  test('too many cells; empty ones at the end do not count', async () => {
    expect(await cellsOf('a,b\n1,2,,\n')).toEqual([['1', '2']]);
    const problem = await problemOf('too-many-cells', () => rowsOf('a,b\n1,2\n"x\ny",2\n1,2,3\n'));
    expect(problem).toMatchObject({ place: { row: 5, column: 3 }, found: '3', expected: '≤ 2' });
  });

  test('a lone quote', async () => {
    for (const [content, row] of [
      ['a,b\n1,2\n3,x"y\n4,5', 3],
      ['a,b\n"x"y,2', 2],
      ['a,b\n="1",2\n"swallowed,\n3,q"z,4\n', 3],
    ] as const) {
      expect((await problemOf('broken-quotes', () => rowsOf(content))).place).toEqual({ row });
    }
    await problemOf('broken-quotes', () => rowsOf('a,b\n1,2\n"never closed,3\n4,5\n'));
  });

  test('a row that goes on for ever', async () => {
    await problemOf('row-too-long', () => rowsOf(`a,b\n1,2\n"${'x\n'.repeat(700_000)}`));
  });

  test('more rows than allowed, blank ones not counted', async () => {
    const opts = { ...OPTS, maxRows: 2 };
    expect(await rowsOf('a\n1\n\n2\n\n', opts)).toHaveLength(2);
    const problem = await problemOf('too-many-rows', () => rowsOf('a\n1\n\n2\n3\n', opts));
    expect(problem).toMatchObject({ place: { row: 5 }, expected: '≤ 2' });
  });

  test.each(['a,b', '"a",b'])('a row wider than any sheet, though most of its cells are empty: %s', async (header) => {
    expect(await cellsOf(`${header}\n1${','.repeat(16_383)}\n1,2\n`)).toEqual([
      ['1', ''],
      ['1', '2'],
    ]);
    const problem = await problemOf('too-many-cells', () => rowsOf(`${header}\n1,2\n1${','.repeat(16_384)}\n`));
    expect(problem).toMatchObject({ place: { row: 3 }, found: '> 16384', expected: '≤ 16384' });
  });

  test.each([
    ['short rows', 'a,b\n', 'x\r\n', 'too-many-rows', 100_000],
    ['short rows and a quotation mark', '"a",b\n', 'x\n', 'too-many-rows', 3000],
    ['nothing but quotation marks', 'a,b\n"', '""', 'row-too-long', 1],
  ] as const)('others have their turn meanwhile: %s', async (_title, head, line, code, maxRows) => {
    let turns = 0;
    const count = () => {
      turns += 1;
      next = setImmediate(count);
    };
    let next = setImmediate(count);
    await problemOf(code, () => rowsOf(head + line.repeat(2_000_000), { ...OPTS, maxRows }));
    clearImmediate(next);
    expect(turns).toBeGreaterThan(3);
  });

  test('the rows before it are given', async () => {
    const given: string[][] = [];
    await problemOf('too-many-cells', async () => {
      for await (const row of (await open('a\n1\n2\n3,4\n')).rows()) given.push(row.cells);
    });
    expect(given).toEqual([['1'], ['2']]);
  });
});

describe('files that are no tables', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'table-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('40 MB are refused unread', async () => {
    const path = join(folder, 'large.csv');
    writeFileSync(path, '');
    truncateSync(path, 40 * 1024 * 1024);
    const problem = await problemOf('too-large', () => openTable({ path }, OPTS));
    expect(problem).toMatchObject({ found: '41943040 B', expected: '≤ 10000000 B' });
    expect(problem.place).toEqual({ entry: '名单.csv' });
  });

  test('each by its own name', async () => {
    await problemOf('empty-file', () => open(''));
    await problemOf('no-header', () => open(' \n,,\n'));
    await problemOf('binary-file', () => open('a,b\n1,\0\n'));
    await problemOf('wrong-encoding', () => open(Buffer.from('\uFEFFa,b\n1,2', 'utf16le')));
    await problemOf('old-excel', () => open(Buffer.from('d0cf11e0a1b11ae1', 'hex')));
    await problemOf('unsupported-type', () => open(handZip([{ name: 'a.csv' }])));
    expect(await problemOf('unsupported-type', () => open('%PDF-1.7'))).toMatchObject({ found: 'PDF' });
    await problemOf('too-many-columns', () => open(`${'a,'.repeat(600)}b\n`));
    await problemOf('unreadable', () => openTable({ path: join(folder, 'none') }, OPTS));
    await problemOf('unreadable', () => openTable({ path: folder }, OPTS));
  });

  test('a file on disk is closed when the reader stops early', async () => {
    const path = join(folder, 'many.csv');
    writeFileSync(path, `a,b\n${'1,2\n'.repeat(200_000)}`);
    const table = await openTable({ path }, { ...OPTS, maxRows: 1e6 });
    for await (const row of table.rows()) {
      expect(row.line).toBe(2);
      break;
    }
    expect(await listOf(table.rows())).toHaveLength(200_000);
  });
});
