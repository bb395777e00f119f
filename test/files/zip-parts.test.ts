// A ZIP written in several sittings is one that every reader reads.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openZip } from '../../src/files/zip-entries.ts';
import { type ZipPart, zipContents, zipPart } from '../../src/files/zip-parts.ts';
import { runs } from '../support/chance.ts';
import { judged, run } from '../support/outside.ts';

const LIMITS = { maxEntries: 200_000, maxEntryBytes: 2 ** 28, maxTotalBytes: 2 ** 30, maxRatio: 2000 };

async function zipOf(files: readonly (readonly [string, Uint8Array, boolean])[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const parts: ZipPart[] = [];
  let offset = 0;
  for (const [path, bytes, stored] of files) {
    const made = await zipPart(path, bytes, offset, stored);
    pieces.push(...made.bytes);
    parts.push(made.part);
    offset += made.bytes.reduce((sum, piece) => sum + piece.length, 0);
  }
  return Buffer.concat([...pieces, ...zipContents(parts, offset)]);
}

async function read(zip: Uint8Array): Promise<[string, string][]> {
  const opened = await openZip({ bytes: zip }, LIMITS);
  const files: [string, string][] = [];
  for (const entry of opened.entries) {
    const bytes: Uint8Array[] = [];
    for await (const piece of opened.stream(entry)) bytes.push(piece);
    files.push([entry.name, Buffer.concat(bytes).toString('hex')]);
  }
  opened.close();
  return files;
}

describe('a ZIP in several sittings', () => {
  it('gives back what was put in', async () => {
    const file = fc.tuple(fc.uint8Array({ maxLength: 5000 }), fc.boolean());
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 12 }), async (files) => {
        const named = files.map(([bytes, stored], at) => [`步骤/${at}.bin`, bytes, stored] as const);
        const wanted = named.map(([path, bytes]) => [path, Buffer.from(bytes).toString('hex')]);
        expect(await read(await zipOf(named))).toEqual(wanted);
      }),
      { numRuns: runs(40) },
    );
  });

  it('with more members than sixteen bits count is read by ZIP64', async () => {
    const many = Array.from({ length: 70_000 }, (_, at) => [`m/${at}`, new Uint8Array([at & 255]), true] as const);
    const zip = await zipOf(many);
    expect((await read(zip)).length).toBe(70_000);
  });

  judged('python3', 'python3 reads members behind the fourth gibibyte', () => {
    const directory = mkdtempSync(join(tmpdir(), 'vermilion-zip-'));
    try {
      // Only the table of contents speaks of the place: what a reader makes of it is what is asked.
      const part = { path: 'far', method: 0, crc: 0, size: 0, packed: 0, offset: 5 * 2 ** 30 } as const;
      writeFileSync(join(directory, 'contents'), Buffer.concat([...zipContents([part], 5 * 2 ** 30 + 33)]));
      const script = `
import struct, sys
b = open(sys.argv[1], 'rb').read()
assert b[:4] == b'PK\\x01\\x02'
n, m = struct.unpack('<HH', b[28:32])
tag, length, offset = struct.unpack('<HHQ', b[46 + n:46 + n + 12])
assert (tag, length, offset) == (1, 8, 5 * 2**30)
i = b.index(b'PK\\x06\\x06')
size, made, need, disk, cd, count, total, csize, coff = struct.unpack('<QHHIIQQQQ', b[i + 4:i + 56])
assert (size, count, total, coff) == (44, 1, 1, 5 * 2**30 + 33)
assert csize == i
j = b.index(b'PK\\x06\\x07')
assert struct.unpack('<IQI', b[j + 4:j + 20]) == (0, coff + csize, 1)
print('read')
`;
      const told = run('python3', ['-c', script, join(directory, 'contents')]);
      expect(told.stdout.trim(), told.stderr).toBe('read');
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
