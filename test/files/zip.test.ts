// ZIP archives: names in both encodings, and everything that a hostile archive can try.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { readZip, writeZip } from '../../src/files/zip.ts';
import { until } from '../support/until.ts';
import { bytesOf, type HandEntry, handZip, listOf, problemOf } from './make.ts';

const LIMITS = { maxEntries: 100, maxEntryBytes: 8 * 1024 * 1024, maxTotalBytes: 32 * 1024 * 1024, maxRatio: 100 };
const read = (bytes: Uint8Array, limits = LIMITS) => listOf(readZip({ bytes }, limits));
const namesIn = async (entries: readonly HandEntry[]): Promise<string[]> =>
  (await read(handZip(entries))).map((entry) => entry.name);

describe('names', () => {
  const gbk = Buffer.from('d5c5c8fd2e6a7067', 'hex');

  test('GBK names, as Windows writes them, are read, and UTF-8 names with and without their flag', async () => {
    expect(await namesIn([{ name: gbk }])).toEqual(['张三.jpg']);
    expect(await namesIn([{ name: '张三.jpg' }, { name: '李四.jpg', flags: 0x800 }])).toEqual(['张三.jpg', '李四.jpg']);
  });

  test('bytes that are valid both ways are taken for the Chinese name: 毛, not ë', async () => {
    expect(await namesIn([{ name: Buffer.from('c3ab2e6a7067', 'hex') }])).toEqual(['毛.jpg']);
  });

  test('directories and the litter of operating systems are left out', async () => {
    const names = ['a/', 'a/1.jpg', '__MACOSX/a/._1.jpg', '.DS_Store', 'a/.DS_Store', 'a/Thumbs.db', 'x__MACOSX/y'];
    expect(await namesIn(names.map((name) => ({ name })))).toEqual(['a/1.jpg', 'x__MACOSX/y']);
  });

  const unsafe = ['../x', 'a/../../x', '/x', 'C:/x', 'C:x', 'a\\b', '..\\x', 'a\0b', 'a\nb', 'a\u202Egpj.exe', ''];
  test.each(unsafe)('an unsafe name is refused: %j', async (name) => {
    await problemOf('unsafe-path', () => read(handZip([{ name: 'good.jpg' }, { name }])));
    await problemOf('unsafe-path', () => bytesOf(writeZip([{ name, bytes: Buffer.from('x') }])));
  });

  test('the same name twice is refused, also in another case or composition, or by way of ./', async () => {
    for (const [a, b] of [
      ['x.jpg', 'x.jpg'],
      ['1101X.jpg', '1101x.JPG'],
      ['\u00e9.jpg', 'e\u0301.jpg'],
      ['a/b.jpg', './a//b.jpg'],
    ] as const) {
      await problemOf('duplicate-entry', () =>
        read(
          handZip([
            { name: a, flags: 0x800 },
            { name: b, flags: 0x800 },
          ]),
        ),
      );
    }
  });

  test('a name that identifies a person stands in the place, never in what a log would show', async () => {
    const problem = await problemOf('unsafe-path', () => read(handZip([{ name: '../11010519491231002X.jpg' }])));
    expect(problem.place?.entry).toBe('../11010519491231002X.jpg');
    const { inspect } = await import('node:util');
    for (const shown of [problem.message, inspect(problem), JSON.stringify(problem)]) {
      expect(shown).not.toContain('11010519491231002X');
    }
  });
});

describe('hostile archives', () => {
  const zeros = Buffer.alloc(7 * 1024 * 1024);

  test('a bomb that declares its size is refused before anything is expanded', async () => {
    const given: string[] = [];
    await problemOf('zip-bomb', async () => {
      const bytes = handZip([{ name: 'good' }, { name: 'bomb', bytes: zeros }]);
      for await (const entry of readZip({ bytes }, LIMITS)) given.push(entry.name);
    });
    expect(given).toEqual([]);
  });

  test('a bomb that lies about its size is stopped while it expands', async () => {
    await problemOf('zip-bomb', () => read(handZip([{ name: 'bomb', bytes: zeros, declared: 100 }])));
  });

  test('an entry, all entries, or their number beyond the limits', async () => {
    const noise = Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 251));
    const archive = handZip([
      { name: 'a', bytes: noise },
      { name: 'b', bytes: noise },
    ]);
    await problemOf('entry-too-large', () => read(archive, { ...LIMITS, maxEntryBytes: 4999 }));
    await problemOf('zip-bomb', () => read(archive, { ...LIMITS, maxTotalBytes: 9999 }));
    await problemOf('too-many-entries', () => read(archive, { ...LIMITS, maxEntries: 1 }));
    expect(await read(archive)).toHaveLength(2);
  });

  test('entries that share the same packed bytes add up to a bomb', async () => {
    const text = Buffer.from('学位授予信息'.repeat(20_000));
    const modest = { ...LIMITS, maxRatio: 1000, maxEntries: 1000 };
    const entries: HandEntry[] = [{ name: 'kernel', bytes: text }];
    expect(await read(handZip(entries), modest)).toHaveLength(1);
    for (let at = 0; at < 80; at++) entries.push({ name: String(at), bytes: text, shares: 0 });
    await problemOf('zip-bomb', () => read(handZip(entries), modest));
  });

  test('a bomb inside an archive inside is bytes to us: only the outer one is expanded', async () => {
    const inner = handZip([{ name: 'bomb', bytes: zeros }]);
    const [entry] = await read(handZip([{ name: 'inner.zip', bytes: inner }]));
    expect(entry?.bytes.length).toBe(inner.length);
    await problemOf('zip-bomb', () => read(entry?.bytes ?? inner));
  });

  test('encrypted, linked, special and oddly packed entries', async () => {
    await problemOf('encrypted-zip', () => read(handZip([{ name: 'a', flags: 1 }])));
    await problemOf('link-entry', () => read(handZip([{ name: 'a', attributes: 0xa1ff0000 }])));
    await problemOf('link-entry', () => read(handZip([{ name: 'a', attributes: 0x11a40000 }])));
    await problemOf('unsupported-zip', () => read(handZip([{ name: 'a', method: 14 }])));
  });

  test('a wrong checksum, a short entry, a cut archive, no archive', async () => {
    await problemOf('broken-zip', () => read(handZip([{ name: 'a', crc: 1 }])));
    await problemOf('broken-zip', () => read(handZip([{ name: 'a', declared: 50 }])));
    const good = handZip([{ name: 'a', bytes: Buffer.from('abc') }]);
    for (let length = 0; length < good.length; length++)
      await problemOf('broken-zip', () => read(good.subarray(0, length)));
  });
});

describe('writing', () => {
  const entries = [
    { name: '学位/张三.txt', bytes: Buffer.from('一') },
    { name: 'empty', bytes: new Uint8Array(0) },
    { name: 'large', bytes: Buffer.alloc(300_000, 'abc') },
  ];

  test('what was written is read, and the same files give the same bytes', async () => {
    const bytes = await bytesOf(writeZip(entries));
    const back = await read(bytes, { ...LIMITS, maxRatio: 2000 });
    expect(back.map((entry) => [entry.name, Buffer.from(entry.bytes)])).toEqual(
      entries.map((entry) => [entry.name, Buffer.from(entry.bytes)]),
    );
    expect((await bytesOf(writeZip(entries))).equals(bytes)).toBe(true);
  });

  test('a reader who stops early lets go of the files that were not taken', async () => {
    let given = 0;
    let closed = false;
    const endless = (async function* () {
      try {
        for (;;) yield { name: String(given++), bytes: Buffer.alloc(1000, given) };
      } finally {
        closed = true;
      }
    })();
    for await (const piece of writeZip(endless)) if (piece.length > 0) break;
    await until(() => closed);
    expect(given).toBeLessThan(1000);
  });

  test('entries carry their civil day, whatever the time zone, and packed ones are read back alike', async () => {
    const dated = [
      { name: 'a.pdf', bytes: Buffer.from('a'.repeat(1000)), day: '2026-07-20', packed: true },
      { name: 'b.txt', bytes: Buffer.from('b'), day: '2026-12-31' },
    ];
    const bytes = await bytesOf(writeZip(dated));
    // APPNOTE 4.4.6: MS-DOS date and time at offset 12 and 10 of a central directory record.
    const records = [bytes.indexOf('PK\x01\x02'), bytes.lastIndexOf('PK\x01\x02')];
    const days = records.map((at) => {
      const date = bytes.readUInt16LE(at + 14);
      return [bytes.readUInt16LE(at + 12), 1980 + (date >> 9), (date >> 5) & 15, date & 31];
    });
    expect(days).toEqual([
      [0, 2026, 7, 20],
      [0, 2026, 12, 31],
    ]);
    expect((await read(bytes)).map((entry) => entry.bytes.length)).toEqual([1000, 1]);
  });

  test('an archive of many large files holds only a few of them in memory', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const size = 4 << 20;
    const held: number[] = [];
    const many = (async function* () {
      for (let at = 0; at < 12; at++) {
        yield { name: `${at}`, bytes: Buffer.alloc(size, at), packed: true };
        collect();
        held.push(process.memoryUsage().arrayBuffers);
      }
    })();
    for await (const piece of writeZip(many)) expect(piece.length).toBeGreaterThan(0);
    expect(Math.max(...held) - (held[0] ?? 0)).toBeLessThan(5 * size);
  });

  test('a failure of the source fails the archive', async () => {
    const failing = (async function* () {
      yield { name: 'a', bytes: Buffer.from('a') };
      throw new Error('the source failed');
    })();
    await expect(bytesOf(writeZip(failing))).rejects.toThrow('the source failed');
  });
});
