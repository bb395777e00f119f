// The embedded database as a directory: one process at a time, and nothing acknowledged is lost when it dies.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/store/database/connect.ts';
import { DatabaseRefused } from '../../src/store/database/errors.ts';
import { claim } from '../../src/store/database/lock-file.ts';
import { checkpointIfDue } from '../../src/store/embedded/checkpoints.ts';

const WRITER = fileURLToPath(new URL('../support/write-until-killed.ts', import.meta.url));

let dataDirectory: string;
const children: ChildProcess[] = [];
beforeAll(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'embedded-'));
});
afterAll(() => rmSync(dataDirectory, { recursive: true }));
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Starts the writer; `acknowledged` is the last number it said. */
function startWriter(): { child: ChildProcess; acknowledged: () => number; reached: (n: number) => Promise<void> } {
  const child = spawn(process.execPath, ['--import', 'tsx', WRITER, dataDirectory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  const acknowledged = () => Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
  const reached = async (n: number) => {
    while (acknowledged() < n && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { child, acknowledged, reached };
}

async function refusalOf(work: Promise<Database>): Promise<DatabaseRefused> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DatabaseRefused);
  return error as DatabaseRefused;
}

test('kill -9 while writing: nothing acknowledged is lost, nothing is half there, and the directory is free again', async () => {
  let last = 0;
  for (const more of [20, 57, 3]) {
    const { child, acknowledged, reached } = startWriter();
    await reached(last + more);
    const refused = await refusalOf(openDatabase({ dataDirectory }));
    expect(refused.en).toContain(`pid ${child.pid}`);
    expect(refused.zh).toContain('一个数据目录只能由一个进程打开');
    child.kill('SIGKILL');
    await once(child, 'close'); // not 'exit': what it has said may still be in the pipe
    last = acknowledged();

    const db = await openDatabase({ dataDirectory });
    const { rows } = await db.pool.query<{ n: number; sum: number }>(
      'SELECT max(n) AS n, count(*) FILTER (WHERE pair <> n)::int AS sum FROM written',
    );
    await db.close();
    expect(rows[0]?.n).toBeGreaterThanOrEqual(last);
    expect(rows[0]?.sum).toBe(0);
    last = rows[0]?.n ?? 0;
  }
});

test('a second opener in the same process is refused, and may open once the first has closed', async () => {
  const first = await openDatabase({ dataDirectory });
  expect((await refusalOf(openDatabase({ dataDirectory }))).en).toContain('One data directory serves one process');
  await first.close();
  expect(existsSync(join(dataDirectory, 'postgres.lock'))).toBe(false);
  const second = await openDatabase({ dataDirectory });
  await second.close();
});

test('a first start that was killed half way leaves nothing in the way', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'embedded-'));
  const draft = await openDatabase({ dataDirectory: join(directory, 'postgres.new') });
  await draft.close();
  const db = await openDatabase({ dataDirectory: directory });
  expect((await db.pool.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
  await db.close();
  rmSync(directory, { recursive: true });
});

test('a dump opens again, in memory', async () => {
  const db = await openDatabase({ dataDirectory });
  const before = await db.pool.query('SELECT count(*)::int AS n FROM written');
  const loadFrom = await db.dump?.();
  await db.close();
  const copy = await openDatabase({ memory: true, ...(loadFrom ? { loadFrom } : {}) });
  expect((await copy.pool.query('SELECT count(*)::int AS n FROM written')).rows).toEqual(before.rows);
  await copy.close();
});

test('a server that is not there is refused with its address and without its password', async () => {
  const refused = await refusalOf(openDatabase({ url: 'postgresql://officer:secret@127.0.0.1:1/vermilion' }));
  expect(refused.en).toContain('postgresql://officer:***@127.0.0.1:1/vermilion');
  expect(refused.zh).toContain('无法连接数据库');
  expect(`${refused.en}${refused.zh}`).not.toContain('secret');
});

test('no database named is refused', async () => {
  expect((await refusalOf(openDatabase({}))).zh).toContain('未指定数据库');
});

test.each([
  ['of a process that is gone', { token: 'x', pid: 2 ** 22 + 1, host: undefined, born: '' }],
  [
    'of another process that had our number',
    { token: 'x', pid: process.pid, host: undefined, born: 'an earlier boot' },
  ],
  ['that was cut off', undefined],
])('a lock file %s is taken over', (_whose, holder) => {
  const path = join(dataDirectory, 'test.lock');
  const own = claim(path);
  const { host } = JSON.parse(readFileSync(path, 'utf8')) as { host: string };
  own();
  writeFileSync(path, holder ? JSON.stringify({ ...holder, host }) : '{"tok');
  const past = Date.now() / 1000 - 10;
  utimesSync(path, past, past);
  const release = claim(path);
  expect(() => claim(path)).toThrow(DatabaseRefused);
  release();
  expect(existsSync(path)).toBe(false);
});

test('a lock file of another machine is respected while it is touched', () => {
  const path = join(dataDirectory, 'test.lock');
  writeFileSync(path, JSON.stringify({ token: 'x', pid: 1, host: 'another-machine', born: '' }));
  expect(() => claim(path)).toThrow('another-machine');
  rmSync(path);
});

test('a checkpoint is made when much was written since the last one, and what it holds is there after a kill', async () => {
  const place = join(dataDirectory, 'checkpoints');
  const db = await openDatabase({ dataDirectory: place });
  try {
    const since = async () => {
      const asked = 'SELECT (pg_current_wal_insert_lsn() - redo_lsn)::float8 AS bytes FROM pg_control_checkpoint()';
      return (await db.pool.query<{ bytes: number }>(asked)).rows[0]?.bytes ?? 0;
    };
    expect(await checkpointIfDue(db.pool)).toBe(false);
    await db.pool.query(
      'CREATE TABLE kept AS SELECT n, repeat(md5(n::text), 4) AS text FROM generate_series(1, 5000) n',
    );
    expect(await since()).toBeGreaterThan(500_000);
    expect(await checkpointIfDue(db.pool, 500_000)).toBe(true);
    expect(await since()).toBeLessThan(100_000);
    expect(await checkpointIfDue(db.pool, 500_000)).toBe(false);
    // What a kill would leave: the directory as it is now.
    const left = join(dataDirectory, 'left');
    cpSync(join(place, 'postgres'), join(left, 'postgres'), { recursive: true });
    const again = await openDatabase({ dataDirectory: left });
    const { rows } = await again.pool.query('SELECT count(*)::int AS n FROM kept').finally(() => again.close());
    expect(rows).toEqual([{ n: 5000 }]);
  } finally {
    await db.close();
  }
});
