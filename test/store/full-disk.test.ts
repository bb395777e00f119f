// A full disk under the embedded database: what would change something is refused with a sentence, reading goes on, and nothing turns round for ever.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mistakeOf } from '../../src/http/mistakes.ts';
import { type Database, openDatabase } from '../../src/store/database/connect.ts';
import { DatabaseRefused, DatabaseUnavailable } from '../../src/store/database/errors.ts';
import { inTransaction } from '../../src/store/database/transaction.ts';
import { FRESH, freeBytes, RESERVE, roomAbove } from '../../src/store/embedded/disk.ts';

const PLENTY = 1e12;
let directory: string;
let left = PLENTY;
let db: Database;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'full-'));
  db = await openDatabase({ dataDirectory: directory, free: () => left });
  await db.pool.query('CREATE TABLE note (n int)');
});
afterAll(async () => {
  await db.close();
  rmSync(directory, { recursive: true });
});

/** What is believed about the disk is forgotten by then. */
const aWhile = () => new Promise((done) => setTimeout(done, 250));
async function leave(bytes: number): Promise<void> {
  left = bytes;
  await aWhile();
}
const notes = async () => (await db.pool.query<{ n: number }>('SELECT n FROM note ORDER BY n')).rows.map(({ n }) => n);
const failed = (work: Promise<unknown>) => work.then(() => undefined).catch((error: unknown) => error);

test('below the reserve every change is refused as a full disk, in both languages, and reading goes on; with room again all goes on', async () => {
  await db.pool.query('INSERT INTO note VALUES (1)');
  await leave(RESERVE - 1);
  try {
    expect(await failed(db.pool.query('INSERT INTO note VALUES (2)'))).toMatchObject({ code: '53100' });
    const error = await failed(inTransaction(db, (tx) => tx.$executeRaw`INSERT INTO note VALUES (3)`));
    expect(error).toBeInstanceOf(DatabaseUnavailable);
    expect(mistakeOf(error)).toMatchObject({
      status: 503,
      code: 'DISK_FULL',
      sentence: {
        zh: expect.stringContaining('磁盘已满'),
        en: expect.stringContaining('The disk of the server is full'),
      },
    });
    const alone = await failed(db.prisma.$executeRaw`DELETE FROM note`);
    expect(mistakeOf(alone)).toMatchObject({ status: 503, code: 'DISK_FULL' });
    expect(await notes()).toEqual([1]);
    expect(await inTransaction(db, (tx) => tx.$queryRaw`SELECT n FROM note`)).toEqual([{ n: 1 }]);
    // The log must be let go of all the same, or there would never be room again.
    await db.pool.query('CHECKPOINT');
    // What is refused for another reason keeps that reason.
    expect(await failed(db.pool.query('SELECT nope'))).toMatchObject({ code: '42703' });
  } finally {
    await leave(PLENTY);
  }
  await db.pool.query('INSERT INTO note VALUES (4)');
  expect(await notes()).toEqual([1, 4]);
});

test('a transaction under way when the disk becomes full may still be committed, and changes nothing more', async () => {
  const begun = async (more: boolean) => {
    const work = inTransaction(db, async (tx) => {
      await tx.$executeRaw`INSERT INTO note VALUES (5)`;
      await leave(RESERVE - 1);
      expect(await tx.$queryRaw`SELECT n FROM note WHERE n = 5`).toEqual([{ n: 5 }]);
      if (more) await tx.$executeRaw`INSERT INTO note VALUES (6)`;
    });
    const error = await failed(work);
    await leave(PLENTY);
    return error;
  };
  expect(await begun(true)).toMatchObject({ name: 'DatabaseUnavailable', outcome: 'disk-full' });
  expect(await notes()).toEqual([1, 4]);
  expect(await begun(false)).toBeUndefined();
  expect(await notes()).toEqual([1, 4, 5]);
});

test('the disk is asked a few times a second, and before every large body', () => {
  let asked = 0;
  let now = 0;
  const room = roomAbove(
    100,
    () => {
      asked += 1;
      return 3_000_000;
    },
    () => now,
  );
  for (let call = 0; call < 1000; call++) expect(room(10)).toBe(true);
  expect(asked).toBe(1);
  expect(room(4_000_000)).toBe(false);
  expect(asked).toBe(2);
  expect(room(10)).toBe(false);
  now += 1_000;
  expect(room(10)).toBe(true);
});

test('a start on a full disk says how much is missing, in both languages, and makes nothing', async () => {
  for (const [place, needed] of [
    [directory, RESERVE],
    [join(directory, 'none'), RESERVE + FRESH],
  ] as const) {
    if (place === directory) await db.close();
    const error = await failed(openDatabase({ dataDirectory: place, free: () => needed - 1 }));
    expect(error).toBeInstanceOf(DatabaseRefused);
    const { zh, en } = error as DatabaseRefused;
    expect(zh).toContain(`至少需要 ${needed / 2 ** 20} MiB`);
    expect(en).toContain(`${needed / 2 ** 20 - 1} MiB are free, ${needed / 2 ** 20} MiB are needed`);
  }
  db = await openDatabase({ dataDirectory: directory, free: () => RESERVE });
  expect(await notes()).toEqual([1, 4, 5]);
});

const mounted = mkdtempSync(join(tmpdir(), 'small-disk-'));
const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=128m', 'tmpfs', mounted]).status === 0;
afterAll(() => {
  if (mount) spawnSync('umount', [mounted]);
  rmSync(mounted, { recursive: true, force: true });
});

test.skipIf(!mount)(
  `${mount ? '' : 'only where a small disk can be mounted: '}where the log cannot be written the process ends with a sentence, and all that it acknowledged is there at the next start`,
  async () => {
    const writer = fileURLToPath(new URL('../support/write-until-full.ts', import.meta.url));
    const data = join(mounted, 'data');
    const args = ['--import', 'tsx', writer, data, String(4 * 2 ** 20)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (said.out += chunk));
    child.stderr.on('data', (chunk: Buffer) => (said.err += chunk));
    const patience = setTimeout(() => child.kill('SIGKILL'), 240_000);
    const [code] = await once(child, 'close');
    clearTimeout(patience);
    expect({ code, ...said }).toMatchObject({ code: 1, err: expect.stringContaining('无法写入') });
    expect(said.err).toContain('The log of the embedded database cannot be written');
    const last = Number(said.out.trim().split('\n').at(-1));
    expect(last).toBeGreaterThan(0);
    expect(freeBytes(mounted)).toBeLessThan(RESERVE);
    rmSync(join(data, 'filler'));
    const again = await openDatabase({ dataDirectory: data });
    const { rows } = await again.pool.query<{ n: number }>('SELECT max(n) AS n FROM written');
    await again.close();
    expect(rows[0]?.n).toBeGreaterThanOrEqual(last);
  },
);
