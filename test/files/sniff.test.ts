// What a file is by content, and which PDFs and photos are refused.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkImage, checkPdf, sniff } from '../../src/files/sniff.ts';
import { has, needing } from '../support/outside.ts';
import { handZip, jpeg, pdf, pdfStream, png, problemOf, workbook } from './make.ts';

describe('the type of a file', () => {
  test('is told by content', async () => {
    const cases: [string, Uint8Array][] = [
      ['pdf', pdf()],
      ['jpeg', jpeg(480, 640)],
      ['png', png(3, 4)],
      ['xlsx', await workbook('<row r="1"/>')],
      ['zip', handZip([{ name: 'a' }])],
      ['text', Buffer.from('姓名,学号\n')],
      ['text', Buffer.from('d5c5c8fd', 'hex')],
      ['unknown', Buffer.from('a\0b')],
      ['unknown', Buffer.from('7f454c4602010100', 'hex')],
      ['unknown', new Uint8Array(0)],
    ];
    for (const [type, bytes] of cases) expect((await sniff(bytes)).type).toBe(type);
  });

  test('every beginning of a file has some type', async () => {
    for (const bytes of [pdf(), jpeg(1, 1), png(1, 1), handZip([{ name: 'a' }]), await workbook('')]) {
      for (let length = 0; length < bytes.length; length += 3) await sniff(bytes.subarray(0, length));
    }
  });
});

describe('R6.1 a PDF', () => {
  test('that is whole and quiet is taken', () => {
    expect(checkPdf(pdf())).toEqual({ version: '1.7' });
    expect(
      checkPdf(pdf([pdfStream('', 'BT (/JavaScript) Tj ET'), pdfStream('/Type/ObjStm/N 1/First 4', '5 0 <</A 1>>')])),
    ).toEqual({
      version: '1.7',
    });
  });

  test('that is none, or does not begin with its header', async () => {
    await problemOf('not-a-pdf', () => checkPdf(Buffer.from('hello')));
    await problemOf('not-a-pdf', () => checkPdf(Buffer.concat([Buffer.from('MZ'), pdf()])));
    await problemOf('not-a-pdf', () => checkPdf(new Uint8Array(0)));
  });

  test('that was cut at any place', async () => {
    const bytes = pdf();
    for (let length = 16; length < bytes.length - 2; length += 5) {
      await problemOf('broken-pdf', () => checkPdf(bytes.subarray(0, length)));
    }
    await problemOf('broken-pdf', () =>
      checkPdf(Buffer.from(bytes.toString('latin1').replace(/startxref\n\d+/, 'startxref\n7'), 'latin1')),
    );
  });

  test('that is encrypted', async () => {
    await problemOf('encrypted-pdf', () => checkPdf(pdf([], '/Encrypt 4 0 R')));
    await problemOf('encrypted-pdf', () => checkPdf(pdf([], '/#45ncrypt<<>>')));
  });

  const active: [string, string | Buffer][] = [
    ['a script', '<</S/JavaScript/JS(app.alert(1))>>'],
    ['a script of a rendition', '<</S/Rendition/OP 0/JS(app.alert(1))>>'],
    ['a script whose type stands elsewhere', '<</S 9 0 R/JS(app.alert(1))>> endobj 9 0 obj /JavaScript'],
    ['a launch action', '<</S /Launch /F(cmd.exe)>>'],
    ['a script with an escaped name', '<</S/J#61vaScript>>'],
    ['a script in an object stream', pdfStream('/Type/ObjStm/N 1/First 4', '5 0 <</S/JavaScript>>')],
    ['a script in an open object stream', pdfStream('/Type/ObjStm/N 1/First 4', '5 0 <</S/JavaScript>>', false)],
    ['an object hidden in a stream that is none', pdfStream('', '9 0 obj <</S/JavaScript>> endobj', false)],
    ['a stream with far-off type', pdfStream(`/Type/ObjStm${' '.repeat(9000)}/N 1/First 4`, '5 0 <</S/JavaScript>>')],
  ];
  test.each(active)('that holds %s', async (_, object) => {
    await problemOf('active-pdf', () => checkPdf(pdf([object])));
  });

  test('is not refused for the three bytes /JS in a heap of anything, and is told by the names that it holds', async () => {
    const heap = Buffer.from('endobj\n\x01\xf7/JS(\x9c /JS <\x80/J#53%', 'latin1');
    expect(checkPdf(pdf([heap]))).toEqual({ version: '1.7' });
    const found = async (object: string) =>
      (await problemOf('active-pdf', () => checkPdf(pdf([object, '<</A/Rendition>>'])))).found;
    expect(await found('<</S/Launch/F(cmd.exe)>>')).toBe('/Launch');
    expect(await found('<</S/JavaScript/JS(x)>>')).toBe('/JavaScript · /Rendition · /JS');
  });

  test('whose object stream is a bomb, damaged, or packed in an odd way', async () => {
    const bomb = pdfStream('/Type/ObjStm/N 1/First 4', Buffer.alloc(17 * 1024 * 1024));
    await problemOf('zip-bomb', () => checkPdf(pdf([bomb])));
    const odd = pdfStream('/Type/ObjStm/Filter/LZWDecode', 'x', false);
    await problemOf('broken-pdf', () => checkPdf(pdf([odd])));
    await problemOf('broken-pdf', () => checkPdf(pdf([pdfStream('/Type/ObjStm/Filter/FlateDecode', 'x', false)])));
  });
});

describe('R6.1 a PDF that another program wrote', () => {
  test.skipIf(!has('qpdf'))(needing('qpdf', 'is judged alike'), async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pdf-'));
    const [from, to] = [join(folder, 'from.pdf'), join(folder, 'to.pdf')];
    const rewrite = (bytes: Buffer, ...args: string[]): Buffer => {
      writeFileSync(from, bytes);
      // 3 is a success with warnings.
      expect([0, 3]).toContain(spawnSync('qpdf', [...args, from, to]).status);
      return readFileSync(to);
    };
    try {
      const script = pdf(['<</S/JavaScript/JS(app.alert\\(1\\))>>'])
        .toString('latin1')
        .replace('/Catalog', '/Catalog/OpenAction 4 0 R');
      for (const mode of ['preserve', 'generate', 'disable']) {
        expect(checkPdf(rewrite(pdf(), `--object-streams=${mode}`)).version).toMatch(/^1\.\d$/);
        const active = rewrite(Buffer.from(script, 'latin1'), `--object-streams=${mode}`);
        await problemOf('active-pdf', () => checkPdf(active));
        const locked = rewrite(pdf(), `--object-streams=${mode}`, '--encrypt', 'a', 'b', '256', '--');
        await problemOf('encrypted-pdf', () => checkPdf(locked));
      }
      expect(checkPdf(rewrite(pdf(), '--linearize')).version).toMatch(/^1\.\d$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('R8.1 a photo', () => {
  test('has the size that its header says', () => {
    expect(checkImage(jpeg(480, 640))).toEqual({ width: 480, height: 640, type: 'jpeg' });
    expect(checkImage(png(150, 210))).toEqual({ width: 150, height: 210, type: 'png' });
  });

  test('that was cut at any place is broken', async () => {
    for (const bytes of [jpeg(480, 640), png(15, 21)]) {
      for (let length = 8; length < bytes.length; length++) {
        await problemOf('broken-image', () => checkImage(bytes.subarray(0, length)));
      }
    }
  });

  test('with a changed byte in a PNG is broken', async () => {
    const bytes = png(15, 21);
    for (let at = 8; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await problemOf('broken-image', () => checkImage(changed));
    }
  });

  test('with too many pixels, none, or that is none', async () => {
    await problemOf('image-too-large', () => checkImage(png(20_000, 20_000)));
    await problemOf('broken-image', () => checkImage(jpeg(0, 10)));
    await problemOf('not-an-image', () => checkImage(Buffer.from('GIF89a')));
    await problemOf('not-an-image', () => checkImage(new Uint8Array(0)));
  });
});
