// Writing tables: nothing is lost on the way out and in again, nothing is executed, other programs can read it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBlankRow } from '../../src/files/cell-text.ts';
import { openTable } from '../../src/files/table.ts';
import { writeCsv } from '../../src/files/write-csv.ts';
import { writeXlsx } from '../../src/files/write-xlsx.ts';
import { readZip } from '../../src/files/zip.ts';
import { runs } from '../support/chance.ts';
import { has, needing, toCsv } from '../support/outside.ts';
import { until } from '../support/until.ts';
import { bytesOf, listOf, problemOf } from './make.ts';

const OPTS = { name: 'x', maxBytes: 1e8, maxRows: 1e6 };
const back = async (bytes: Uint8Array) => {
  const table = await openTable({ bytes }, OPTS);
  return [table.header, ...(await listOf(table.rows())).map((row) => row.cells)];
};

// Letters of every plane, and above all what CSV, XML and spreadsheets give a meaning to.
const awkward = fc.constantFrom(
  ...[
    '"',
    ',',
    ';',
    '\t',
    '\r',
    '\n',
    '\r\n',
    '=',
    '+',
    '-',
    '@',
    "'",
    '_x0041_',
    '_x',
    '&',
    '<',
    ']]>',
    ' ',
    '＝',
    '0',
    'H1',
    '\u0001',
    '\uFFFE',
    '\uFEFF',
    '㛃',
    '𬭼',
    '·',
  ],
);
const cell = fc.oneof(
  fc.array(awkward, { maxLength: 6 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }).map((s) => s.replaceAll('\0', '')),
);
const sheet = fc.integer({ min: 1, max: 5 }).chain((width) =>
  fc.record({
    header: fc.array(fc.stringMatching(/^[a-z一-龥;,"]{1,6}$/), { minLength: width, maxLength: width }),
    rows: fc.array(
      fc.array(cell, { minLength: width, maxLength: width }).filter((cells) => !isBlankRow(cells)),
      { maxLength: 8 },
    ),
  }),
);

describe('nothing is lost', () => {
  test('a table comes back from CSV, cell for cell', async () => {
    await fc.assert(
      fc.asyncProperty(sheet, async ({ header, rows }) => {
        expect(await back(await bytesOf(writeCsv(header, rows)))).toEqual([header, ...rows]);
      }),
      { numRuns: runs(300) },
    );
  });

  test('a table comes back from XLSX, cell for cell', async () => {
    await fc.assert(
      fc.asyncProperty(sheet, async ({ header, rows }) => {
        expect(await back(await bytesOf(writeXlsx('学位', header, rows)))).toEqual([header, ...rows]);
      }),
      { numRuns: runs(150) },
    );
  });
});

describe('nothing is executed', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1+1', '=cmd|"/c calc"!A1'])(
    '%j is text in CSV',
    async (text) => {
      const csv = (await bytesOf(writeCsv(['a'], [[text]]))).toString('utf8');
      expect(csv.startsWith('\uFEFFa\r\n')).toBe(true);
      expect(csv.slice(4)).toMatch(/^"?'/);
    },
  );

  test('XLSX has texts only: no formula, no number', async () => {
    const bytes = await bytesOf(writeXlsx('a', ['a'], [['=1+1'], ['12']]));
    const parts = await listOf(
      readZip({ bytes }, { maxEntries: 99, maxEntryBytes: 1e6, maxTotalBytes: 1e6, maxRatio: 99 }),
    );
    const xml = Buffer.from(parts.find((part) => part.name.endsWith('sheet1.xml'))?.bytes ?? []).toString();
    expect(xml).not.toMatch(/<f>|<v>/);
  });
});

describe('workbooks', () => {
  test('names that a sheet may not have are made ones that it may', async () => {
    for (const name of ['', "'", '[a]:*?/\\b', '长'.repeat(50)])
      await back(await bytesOf(writeXlsx(name, ['a'], [['1']])));
  });

  test('the same rows give the same bytes', async () => {
    const make = () => bytesOf(writeXlsx('a', ['a', 'b'], [['1', '2']]));
    expect((await make()).equals(await make())).toBe(true);
  });

  test('a cell longer than a cell can be is refused, and rows are let go when the reader stops', async () => {
    await problemOf('cell-too-long', () => bytesOf(writeXlsx('a', ['a'], [['x'.repeat(32_768)]])));
    let closed = false;
    const endless = (async function* () {
      try {
        for (let at = 0; ; at++) yield [createHash('sha256').update(String(at)).digest('hex')];
      } finally {
        closed = true;
      }
    })();
    let size = 0;
    for await (const piece of writeXlsx('a', ['a'], endless)) {
      size += piece.length;
      if (size > 100_000) break;
    }
    await until(() => closed);
  });

  test.skipIf(!has('soffice'))(needing('soffice', 'LibreOffice reads what was written'), async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xlsx-'));
    try {
      const rows = [
        ['㛃𬭼', '00123'],
        ['=1+1', '<&>'],
        ["'1234", '371524199901011234'],
      ];
      writeFileSync(join(folder, 'a.xlsx'), await bytesOf(writeXlsx('学位', ['姓名', '学号'], rows)));
      expect(toCsv(folder, join(folder, 'a.xlsx')).status).toBe(0);
      const table = await openTable({ path: join(folder, 'a.csv') }, OPTS);
      expect((await listOf(table.rows())).map((row) => row.cells)).toEqual([
        ['㛃𬭼', '00123'],
        ['=1+1', '<&>'],
        ['1234', '371524199901011234'],
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.skipIf(!has('unzip'))(needing('unzip', 'unzip finds no error'), async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xlsx-'));
    try {
      writeFileSync(join(folder, 'a.xlsx'), await bytesOf(writeXlsx('学位', ['姓名'], [['张三']])));
      expect(spawnSync('unzip', ['-t', join(folder, 'a.xlsx')]).status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
