// Tables from XLSX: what the cells of real programs say, and what damaged and hostile workbooks get.
import { describe, expect, test } from 'vitest';
import { openTable } from '../../src/files/table.ts';
import { columnOf } from '../../src/files/xlsx.ts';
import { serialToDate } from '../../src/files/xlsx-cells.ts';
import { handZip, listOf, problemOf, workbook, workbookParts } from './make.ts';

const OPTS = { name: '名单.xlsx', maxBytes: 50_000_000, maxRows: 1000 };
const open = (bytes: Uint8Array) => openTable({ bytes }, OPTS);
const rowsOf = async (bytes: Uint8Array) => listOf((await open(bytes)).rows());

/** The texts of cells that stand in one row under a header wide enough. */
async function textsOf(cells: string, more: Record<string, string> = {}): Promise<string[]> {
  const head = Array.from({ length: 30 }, (_, at) => `<c t="str"><v>h${at}</v></c>`).join('');
  const [row] = await rowsOf(await workbook(`<row r="1">${head}</row><row r="2">${cells}</row>`, more));
  const texts = row?.cells ?? [];
  while (texts.at(-1) === '') texts.pop();
  return texts;
}

const STYLES = `<styleSheet><numFmts>
  <numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="165" formatCode="000000"/>
  <numFmt numFmtId="166" formatCode="[Red]0.00&quot; days&quot;"/><numFmt numFmtId="167" formatCode="h:mm:ss"/>
  <numFmt numFmtId="168" formatCode="yyyymm"/><numFmt numFmtId="169" formatCode="[$-804]m/d;@"/></numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/>
  <xf numFmtId="168"/><xf numFmtId="31"/><xf numFmtId="49" quotePrefix="1"/><xf numFmtId="169"/></cellXfs></styleSheet>`;

describe('cells', () => {
  test('shared, inline and computed texts, without reading aids, runs put together, escapes undone', async () => {
    const shared = `<sst><si><t>张三</t></si><si><r><t xml:space="preserve">古丽 </t></r><r><t>·阿</t></r><rPh><t>gu</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si><si/></sst>`;
    const cells = `<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c>
      <c t="inlineStr"><is><t>内</t><rPh><t>nei</t></rPh></is></c><c t="str"><f>A1</f><v>算</v></c>
      <c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2024-06-20T00:00:00</v></c><c t="str"><v><![CDATA[<x>]]></v></c>`;
    expect(await textsOf(cells, { 'xl/sharedStrings.xml': shared })).toEqual([
      ...['张三', '古丽 ·阿', 'a\rb_x0041_', '', '内', '算', 'TRUE', '#N/A', '2024-06-20', '<x>'],
    ]);
  });

  test('numbers come as typed; digits that are gone are seen to be gone', async () => {
    const numbers = [
      '20240001',
      '82.299999999999997',
      '0.10000000000000001',
      '3.5',
      '1.04474E+15',
      '371524199901011000',
      '-7',
    ];
    expect(await textsOf(numbers.map((text) => `<c><v>${text}</v></c>`).join(''))).toEqual([
      ...['20240001', '82.3', '0.1', '3.5', '1.04474E+15', '371524199901011000', '-7'],
    ]);
  });

  test('days come as YYYY-MM-DD when their style shows a day, other numbers do not', async () => {
    const cells = [1, 2, 6, 7, 9].map((style) => `<c s="${style}"><v>45463</v></c>`).join('');
    const others =
      '<c s="4"><v>45463</v></c><c s="5"><v>0.5</v></c><c s="3"><v>42</v></c><c s="1"><v>45463.75</v></c><c s="1"><v>-1</v></c>';
    expect(await textsOf(cells + others, { 'xl/styles.xml': STYLES })).toEqual([
      ...Array(5).fill('2024-06-20'),
      ...['45463', '0.5', '000042', '2024-06-20 18:00:00', '-1'],
    ]);
  });

  test('serial numbers of days', () => {
    const cases: [number, boolean, string | null][] = [
      [1, false, '1900-01-01'],
      [59, false, '1900-02-28'],
      [60, false, '1900-02-29'],
      [61, false, '1900-03-01'],
      [2958465, false, '9999-12-31'],
      [2958466, false, null],
      [0, false, null],
      [Number.NaN, false, null],
      [44001, true, '2024-06-20'],
      [45463.999999, false, '2024-06-21'],
    ];
    for (const [serial, from1904, day] of cases) expect(serialToDate(serial, from1904)).toBe(day);
  });

  test('protected texts are unwrapped unless the style says that the text stands for itself', async () => {
    const cells = `<c t="str"><v>'1234</v></c><c t="str" s="8"><v>'1234</v></c><c t="str"><v>="01"</v></c>`;
    expect(await textsOf(cells, { 'xl/styles.xml': STYLES })).toEqual(['1234', "'1234", '01']);
  });
});

describe('sheets', () => {
  test('rows and cells may leave out their references; gaps are empty; row numbers are the sheet’s', async () => {
    const rows = `<row><c t="str"><v>a</v></c><c r="C1" t="str"><v> c </v></c></row><row r="5"><c r="C5"><v>3</v></c></row>
      <row r="6"><c r="A6" s="1"/></row><row><c t="str"><v>7</v></c></row><row r="1048576"/>`;
    const table = await open(await workbook(rows));
    expect(table.kind).toBe('xlsx');
    expect(table.header).toEqual(['a', '', 'c']);
    expect(await listOf(table.rows())).toEqual([
      { line: 5, cells: ['', '', '3'] },
      { line: 7, cells: ['7', '', ''] },
    ]);
  });

  test('the first sheet that is not hidden is read, prefixes or not', async () => {
    const parts = {
      'xl/workbook.xml': `<x:workbook xmlns:x="m" xmlns:q="r"><x:sheets><x:sheet name="codes" state="hidden" q:id="r1"/><x:sheet name="a" q:id="r2"/></x:sheets></x:workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
      'xl/worksheets/sheet2.xml': `<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c t="str"><x:v>姓名</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
    };
    expect((await open(await workbook('', parts))).header).toEqual(['姓名']);
  });

  test('columns by their letters', () => {
    expect(['A1', 'Z9', 'AA1', 'xfd1', 'XFE1', '1', 'A', ''].map(columnOf)).toEqual([0, 25, 26, 16383, -1, -1, -1, -1]);
  });
});

describe('damaged and hostile workbooks', () => {
  const row = (cells: string): string => `<row r="1">${cells}</row>`;

  test.each([
    ['XML that does not close', row('<c t="str"><v>a')],
    ['a text that does not exist', row('<c t="s"><v>9</v></c>')],
    ['a column beyond the last', row('<c r="XFE1"><v>1</v></c>')],
    ['a row beyond the last', '<row r="99999999"><c><v>1</v></c></row>'],
    ['a row that is no number', '<row r="x"><c><v>1</v></c></row>'],
    ['an unknown entity', row('<c t="str"><v>&boom;</v></c>')],
  ])('%s', async (_, xml) => {
    await problemOf('broken-xlsx', async () => open(await workbook(xml)));
  });

  test('declared entities are refused, whatever they say', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData/></worksheet>';
    await problemOf('broken-xlsx', async () => open(await workbook('', { 'xl/worksheets/sheet1.xml': bomb })));
  });

  test('a workbook without its sheet, or one that points outside', async () => {
    const rels = (target: string) => ({
      'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Target="${target}"/></Relationships>`,
    });
    await problemOf('broken-xlsx', async () => open(await workbook('', rels('worksheets/none.xml'))));
    await problemOf('broken-xlsx', async () => open(await workbook('', rels('../../../../etc/passwd'))));
    await problemOf('broken-xlsx', async () => open(await workbook('', rels('https://example.org/x.xml'))));
  });

  test('a workbook cut at any place', async () => {
    const bytes = await workbook(row('<c t="str"><v>a</v></c>'));
    for (let length = 8; length < bytes.length; length += 7) {
      await problemOf('broken-xlsx', () => open(bytes.subarray(0, length)));
    }
  });

  test('a sheet that expands beyond measure', async () => {
    const parts = Object.entries(workbookParts(`${row('<c t="str"><v>a</v></c>')}${' '.repeat(20_000_000)}`));
    const entries = parts.map(([name, xml]) => ({ name, bytes: Buffer.from(xml) }));
    await problemOf('zip-bomb', () => open(handZip(entries)));
    const lying = entries.map((entry) => ({ ...entry, declared: Math.min(entry.bytes.length, 1000) }));
    await problemOf('zip-bomb', () => rowsOf(handZip(lying)));
  });

  test('a cell longer than a cell can be, an encrypted workbook', async () => {
    await problemOf('cell-too-long', async () =>
      open(await workbook(row(`<c t="str"><v>${'x'.repeat(40_000)}</v></c>`))),
    );
    // Varied, because forty thousand times the same character would be a bomb before it is a cell.
    const noise = String.fromCodePoint(...Array.from({ length: 40_000 }, (_, at) => 0x4e00 + ((at * at) % 20_011)));
    const shared = { 'xl/sharedStrings.xml': `<sst><si><t>${noise}</t></si></sst>` };
    await problemOf('cell-too-long', async () => open(await workbook(row('<c t="s"><v>0</v></c>'), shared)));
    const entries = Object.entries(workbookParts('')).map(([name, xml]) => ({
      name,
      bytes: Buffer.from(xml),
      flags: 1,
    }));
    await problemOf('encrypted-zip', () => open(handZip(entries)));
  });
});
