// DBF tables: what is written is read again to the letter, what is broken is said, other programs see the same cells.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeGb18030, gb18030Length } from '../../src/files/gb18030.ts';
import type { FileProblemCode } from '../../src/files/problems.ts';
import { sniff } from '../../src/files/sniff.ts';
import { openTable } from '../../src/files/table.ts';
import { writeCsv } from '../../src/files/write-csv.ts';
import { writeDbf } from '../../src/files/write-dbf.ts';
import { runs } from '../support/chance.ts';
import { has, needing, toCsv } from '../support/outside.ts';
import { bytesOf, listOf, problemOf } from './make.ts';

const LIMITS = { name: 'a.dbf', maxBytes: 1 << 26, maxRows: 1000 };
const COLUMNS = [
  { name: 'XM', width: 40 },
  { name: '论文题目', width: 254 },
  { name: 'ZJHM', width: 18 },
];
const ROWS = [
  ['张三', '小学语文整本书阅读', '371502200403150018'],
  ['王㛃𬭼·买买提', 'On “Gödel” – 𠮷野家, 100 %', ''],
  ['', '　全角，“引号”', 'A1'],
];
const write = (rows: readonly string[][], columns = COLUMNS) =>
  bytesOf(writeDbf(columns, rows, rows.length, '2026-06-29'));

async function read(bytes: Uint8Array) {
  const table = await openTable({ bytes }, LIMITS);
  return { ...table, rows: await listOf(table.rows()) };
}

describe('Article 7: DBF in GB 18030', () => {
  test('rare characters, middle dots, empty cells and full widths come back', async () => {
    const bytes = await write(ROWS);
    const table = await read(bytes);
    expect(table).toMatchObject({ kind: 'dbf', encoding: 'gb18030', header: ['XM', '论文题目', 'ZJHM'] });
    expect(table.rows.map(({ cells }) => cells)).toEqual(ROWS);
    expect(table.rows.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(await sniff(bytes)).toEqual({ type: 'dbf', mediaType: 'application/vnd.dbf' });
  });

  test('any text that the encoding has comes back, whatever the pieces are', async () => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .map((text) => text.trim())
      // The sign of a lost character is refused when it is read, wherever it comes from.
      .filter((text) => !/[\0\ufffd]/.test(text) && (gb18030Length(text) ?? 999) <= 254);
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 30 });
    const columns = [254, 254].map((width, at) => ({ name: `C${at}`, width }));
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 700 }), async (given, piece) => {
        const bytes = await write(given, columns);
        const pieces = async function* () {
          for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
        };
        const table = await openTable({ size: bytes.length, pieces }, LIMITS);
        const back = await listOf(table.rows());
        // A row of nothing but white space is no row in any format.
        const kept = given.filter((row) => row.some((text) => text.trim() !== ''));
        expect(back.map(({ cells }) => cells.map((text) => text.trim()))).toEqual(kept.map((row) => [...row]));
      }),
      { numRuns: runs(60) },
    );
  });

  test('nothing is cut: a wider text is a mistake of the caller', async () => {
    await expect(write([['x'.repeat(41), '', '']])).rejects.toThrow(RangeError);
    await expect(bytesOf(writeDbf(COLUMNS, ROWS, 2, '2026-06-29'))).rejects.toThrow('3 rows instead of 2');
  });

  test('deleted records are passed over, their lines stay counted', async () => {
    const bytes = await write(ROWS);
    const recordBytes = bytes.readUInt16LE(10);
    bytes[bytes.readUInt16LE(8) + recordBytes] = 0x2a;
    expect((await read(bytes)).rows.map(({ line }) => line)).toEqual([2, 4]);
  });

  test('UTF-8 in a file that does not say its encoding is noticed', async () => {
    const bytes = await write([['', '', '']]);
    bytes[29] = 0;
    bytes.set(Buffer.from('张三', 'utf8'), bytes.readUInt16LE(8) + 1);
    const table = await read(bytes);
    expect(table.encoding).toBe('utf-8');
    expect(table.rows[0]?.cells[0]).toBe('张三');
  });

  test('numbers, days and yes or no come as text', async () => {
    const bytes = await write(
      [['12.50', '20260620', 'T']],
      [
        { name: 'N', width: 8 },
        { name: 'D', width: 8 },
        { name: 'L', width: 1 },
      ],
    );
    bytes[32 + 11] = 'N'.charCodeAt(0);
    bytes[64 + 11] = 'D'.charCodeAt(0);
    bytes[96 + 11] = 'L'.charCodeAt(0);
    expect((await read(bytes)).rows[0]?.cells).toEqual(['12.50', '20260620', 'T']);
  });
});

describe('Article 21: a DBF file that is none gets a typed problem', () => {
  const broken: [string, FileProblemCode, (bytes: Buffer) => unknown][] = [
    ['cut in the middle of a record', 'broken-dbf', (bytes) => bytes.subarray(0, bytes.length - 60)],
    ['more records than there are', 'broken-dbf', (bytes) => bytes.writeUInt32LE(4_000_000_000, 4)],
    ['a header beyond the file', 'broken-dbf', (bytes) => bytes.writeUInt16LE(65_535, 8)],
    ['records of another length', 'broken-dbf', (bytes) => bytes.writeUInt16LE(9, 10)],
    ['a column without width', 'broken-dbf', (bytes) => bytes.writeUInt8(0, 32 + 16)],
    ['a memo column', 'unsupported-dbf', (bytes) => bytes.write('M', 32 + 11)],
    ['encryption', 'unsupported-dbf', (bytes) => bytes.writeUInt8(1, 15)],
    ['Japanese', 'wrong-encoding', (bytes) => bytes.writeUInt8(0x7b, 29)],
    ['half a character', 'wrong-encoding', (bytes) => bytes.writeUInt8(0xff, bytes.readUInt16LE(8) + 1)],
    ['a record mark that does not exist', 'broken-dbf', (bytes) => bytes.write('A', bytes.readUInt16LE(8))],
  ];
  test.each(broken)('%s', async (_, code, harm) => {
    const whole = Buffer.from(await write(ROWS));
    const harmed = harm(whole);
    const bytes = Buffer.isBuffer(harmed) ? harmed : whole;
    await problemOf(code, () => read(bytes));
  });

  test('noise behind a true beginning never does anything but give a problem or rows', async () => {
    const good = await write(ROWS);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 6 }), async (changes) => {
        const bytes = Buffer.from(good);
        for (const [at, byte] of changes) bytes[at] = byte;
        await read(bytes).catch((error: { name: string }) => expect(error.name).toBe('FileProblem'));
      }),
      { numRuns: runs(300) },
    );
  });

  test('a CSV whose first letter is that of a DBF version is a CSV', async () => {
    expect((await read(Buffer.from('0代码,名称\r\n1,男\r\n'))).kind).toBe('csv');
    expect((await read(Buffer.from(`2代码,名称\r\n${'1,男\r\n'.repeat(20)}`))).kind).toBe('csv');
  });
});

test('Article 7: a CSV in GB 18030 comes back, and a text without a place in it is known before', async () => {
  const bytes = await bytesOf(writeCsv(['姓名', '题目'], [['王㛃𬭼', '=1+1, "引号"']], 'gb18030'));
  const table = await read(bytes);
  expect(table.encoding).toBe('gb18030');
  expect(table.rows.map(({ cells }) => cells)).toEqual([['王㛃𬭼', '=1+1, "引号"']]);
  expect(gb18030Length('王㛃𬭼')).toBe(2 + 2 * 4 - (gb18030Length('㛃') === 2 ? 2 : 0));
  expect(gb18030Length('\ud842')).toBeNull();
  expect(() => encodeGb18030('\ud842')).toThrow(RangeError);
});

/** A reader that shares nothing with ours: the standard library of Python, whose decoder is its own. */
const PYTHON = `
import json, struct, sys
b = open(sys.argv[1], 'rb').read()
count, head, size = struct.unpack_from('<IHH', b, 4)
fields = []
at = 32
while b[at] != 13:
    name = b[at:at + 11].split(b'\\0')[0].decode('gb18030')
    fields.append((name, b[at + 16]))
    at += 32
rows = []
for n in range(count):
    place = head + n * size + 1
    row = []
    for name, width in fields:
        row.append(b[place:place + width].decode('gb18030').rstrip(' '))
        place += width
    rows.append(row)
assert b[head + count * size] == 26
sys.stdout.buffer.write(json.dumps([[n for n, w in fields]] + rows).encode())
`;

test.skipIf(!has('python3'))(needing('python3', 'Article 7: Python sees the same cells'), async () => {
  const directory = mkdtempSync(join(tmpdir(), 'vermilion-dbf-'));
  try {
    const path = join(directory, 'records.dbf');
    writeFileSync(path, await write(ROWS));
    const seen = spawnSync('python3', ['-c', PYTHON, path]);
    expect(seen.status, String(seen.stderr)).toBe(0);
    expect(JSON.parse(String(seen.stdout))).toEqual([COLUMNS.map(({ name }) => name), ...ROWS]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test.skipIf(!has('libreoffice-base-drivers'))(
  needing('libreoffice-base-drivers', 'Article 7: LibreOffice shows the same cells'),
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'vermilion-dbf-'));
    try {
      const path = join(directory, 'records.dbf');
      const rows = ROWS;
      writeFileSync(path, await write(rows));
      // It asks its user for the encoding of a DBF file: 85 is GB 18030 in its list.
      const done = toCsv(directory, path, '--infilter=dBase:85');
      expect(done.status, String(done.stderr)).toBe(0);
      const table = await read(readFileSync(join(directory, 'records.csv')));
      expect(table.rows.map(({ cells }) => cells)).toEqual(rows);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
  180_000,
);
