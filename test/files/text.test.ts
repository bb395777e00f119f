// Encodings: what is accepted, what is refused with which answer, and that no character is lost on the way.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText, detectEncoding, detectSourceEncoding } from '../../src/files/text.ts';
import { runs } from '../support/chance.ts';
import { listOf, problemOf } from './make.ts';

// 㛃𬭼张·㐂 in GB 18030, as another implementation writes it.
const RARE = Buffer.from('8230b7319933ad38d5c5a1a48139ef31', 'hex');
const read = async (bytes: Uint8Array): Promise<string> => {
  const { encoding } = await detectSourceEncoding({ bytes });
  return (await listOf(decodeText({ bytes }, encoding))).join('');
};

describe('the encoding of a text', () => {
  test('UTF-8 with and without byte order mark is told apart, and the mark is not part of the text', async () => {
    expect(detectEncoding(Buffer.from('姓名'))).toEqual({ encoding: 'utf-8' });
    expect(detectEncoding(Buffer.from('\uFEFF姓名'))).toEqual({ encoding: 'utf-8-bom' });
    expect(await read(Buffer.from('\uFEFF姓名'))).toBe('姓名');
  });

  test('rare characters of names come whole out of GB 18030, however the file is cut into pieces', async () => {
    const text = new TextDecoder('gb18030').decode(RARE);
    expect(text).toBe('\u36C3\u{2CB7C}张·\u3402');
    expect(detectEncoding(RARE)).toEqual({ encoding: 'gb18030' });
    // 64 KiB is the size of a piece: every shift puts the cut into another byte of a character.
    for (let shift = 0; shift < RARE.length; shift++) {
      const bytes = Buffer.concat([Buffer.alloc(64 * 1024 - shift, 'a'), RARE, RARE]);
      expect((await read(bytes)).slice(-2 * text.length)).toBe(text + text);
    }
  });

  test('a beginning may end in the middle of a character, a whole file may not', async () => {
    const cut = Buffer.from('姓名').subarray(0, 5);
    expect(detectEncoding(cut, { whole: false })).toEqual({ encoding: 'utf-8' });
    await problemOf('wrong-encoding', () => detectEncoding(cut));
    await problemOf('wrong-encoding', () => detectSourceEncoding({ bytes: cut }));
  });

  test('UTF-16 and UTF-32 are named, with their mark and without', async () => {
    const le = Buffer.from('Name,ID\n1,2\n', 'utf16le');
    const cases: [Uint8Array, string][] = [
      [Buffer.concat([Buffer.from([0xff, 0xfe]), le]), 'UTF-16LE'],
      [Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(le).swap16()]), 'UTF-16BE'],
      [le, 'UTF-16LE'],
      [Buffer.from(le).swap16(), 'UTF-16BE'],
      [Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), 'UTF-32LE'],
      [Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x41]), 'UTF-32BE'],
    ];
    for (const [bytes, found] of cases) {
      expect(await problemOf('wrong-encoding', () => detectEncoding(bytes))).toMatchObject({ found });
      expect(await problemOf('wrong-encoding', () => detectSourceEncoding({ bytes }))).toMatchObject({ found });
    }
  });

  test('a zero byte makes a file binary, and its place is told', async () => {
    const bytes = Buffer.from(`${'a,b\n'.repeat(100_000)}x\0y`);
    expect(await problemOf('binary-file', () => detectSourceEncoding({ bytes }))).toMatchObject({
      found: '0x00 @ 400001',
    });
  });

  test('a byte that no accepted encoding has is refused with its line', async () => {
    const bytes = Buffer.concat([Buffer.from('a\nb\n'), Buffer.from([0xc4, 0xe3, 0xff, 0xff]), Buffer.from('\nc')]);
    const problem = await problemOf('wrong-encoding', () => detectSourceEncoding({ bytes }));
    expect(problem.place).toEqual({ row: 3 });
    expect((await problemOf('wrong-encoding', () => detectEncoding(bytes))).place).toEqual({ row: 3 });
    const late = Buffer.concat([Buffer.from('姓名,性别\n张三,男\n'), Buffer.from([0xff, 0x80, 0xff])]);
    expect((await problemOf('wrong-encoding', () => detectSourceEncoding({ bytes: late }))).place).toEqual({ row: 3 });
    expect((await problemOf('wrong-encoding', () => detectEncoding(late))).place).toEqual({ row: 3 });
  });

  test('a file that is not there is unreadable, and its path is not told', async () => {
    const problem = await problemOf('unreadable', () => detectSourceEncoding({ path: '/nowhere/secret.csv' }));
    expect(`${problem.message}${problem.stack}`).not.toContain('secret.csv');
  });

  test('any text comes back from a file on disk', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'text-'));
    try {
      const path = join(folder, 'a.txt');
      const text = fc.string({ unit: 'binary' }).map((s) => s.replaceAll('\0', ''));
      await fc.assert(
        fc.asyncProperty(text, async (value) => {
          writeFileSync(path, `\uFEFF${value}`);
          expect((await listOf(decodeText({ path }, 'utf-8-bom'))).join('')).toBe(value);
        }),
        { numRuns: runs(50) },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
