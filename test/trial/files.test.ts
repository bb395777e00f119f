// The files of the year: encodings, photos, papers and archives are what they say, and the hostile ones are as hostile as they should be.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeGb18030 } from '../../src/files/gb18030.ts';
import { FileProblem } from '../../src/files/problems.ts';
import { checkImage, checkPdf } from '../../src/files/sniff.ts';
import { readZip } from '../../src/files/zip.ts';
import { PHOTO_STANDARDS } from '../../src/regulation/files.ts';
import { climbingZip, tableFile, zipBomb, zipFile } from '../../src/trial/year/files.ts';
import { makePhoto } from '../../src/trial/year/photos.ts';
import { makeScan } from '../../src/trial/year/scans.ts';

const LIMITS = { maxEntries: 40_000, maxEntryBytes: 2 * 1024 * 1024, maxTotalBytes: 1024 ** 3, maxRatio: 200 };

/** The code of the problem that reading an archive ends with. */
async function problemOf(bytes: Uint8Array): Promise<string> {
  try {
    for await (const _ of readZip({ bytes }, LIMITS));
    return 'none';
  } catch (error) {
    if (error instanceof FileProblem) return error.code;
    throw error;
  }
}

describe('files of the year', () => {
  it('are GB 18030 where they say so: whatever is encoded reads back', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((one) => !/[\ue000-\uf8ff]/.test(one));
    const decoder = new TextDecoder('gb18030');
    fc.assert(fc.property(text, (one) => decoder.decode(encodeGb18030(one)) === one));
    for (const one of ['买买提·艾力', '㛃㐱𬭼𫖮', 'AHMED KHAN，中国香港']) {
      expect(decoder.decode(encodeGb18030(one))).toBe(one);
    }
  });

  it('are tables in every form', async () => {
    const table = { header: ['姓名', '学号'], rows: [['王𬭼', '2023000001']] };
    const csv = await tableFile('a', table, 'csv');
    expect(new TextDecoder().decode(csv.bytes)).toBe('姓名,学号\r\n王𬭼,2023000001\r\n');
    const gb = await tableFile('a', table, 'csv-gb18030');
    expect(new TextDecoder('gb18030').decode(gb.bytes)).toBe('姓名,学号\r\n王𬭼,2023000001\r\n');
    expect((await tableFile('a', table, 'xlsx')).name).toBe('a.xlsx');
  });

  it('have photos of the standard, no two alike', () => {
    const { mostBytes } = PHOTO_STANDARDS['150x210'];
    const digests = new Set<string>();
    for (let seed = 1; seed <= 300; seed++) {
      const photo = makePhoto(seed);
      expect(photo.length).toBeLessThanOrEqual(mostBytes);
      expect(checkImage(photo)).toMatchObject({ width: 150, height: 210 });
      digests.add(createHash('sha256').update(photo).digest('hex'));
    }
    expect(digests.size).toBe(300);
  });

  it('have papers that are PDF files, the same every time', async () => {
    const paper = () => makeScan('paper', '聊大学位〔2027〕3号', ['经审议通过。']);
    const [first, second] = [await paper(), await paper()];
    expect(() => checkPdf(first.bytes)).not.toThrow();
    expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
  });

  it('have archives that are good, climb out, or would fill the disk', async () => {
    expect(await problemOf((await zipFile('good', [{ name: 'a.jpg', bytes: makePhoto(1) }])).bytes)).toBe('none');
    expect(await problemOf((await climbingZip('climbing', makePhoto(1))).bytes)).toBe('unsafe-path');
    const { bytes } = zipBomb('bomb');
    expect(bytes.length).toBeLessThan(200 * 1024);
    expect(await problemOf(bytes)).toBe('zip-bomb');
  });
});
