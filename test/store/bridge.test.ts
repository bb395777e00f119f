// Many connections over one session: no answer, statement or transaction of one is ever another's.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { PGlite } from '@electric-sql/pglite';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bridge, createBridge } from '../../src/store/embedded/bridge.ts';
import { sessionOf } from '../../src/store/embedded/open.ts';
import { runs } from '../support/chance.ts';
import { copyIn } from '../support/copy-in.ts';

let pglite: PGlite;
let bridge: Bridge;
const clients: pg.Client[] = [];

beforeAll(async () => {
  pglite = await PGlite.create();
  bridge = await createBridge(sessionOf(pglite), { patience: 300 });
  const setup = await connect();
  await setup.query('CREATE TABLE note (owner int, n int)');
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()));
  bridge.close();
  await pglite.close();
});

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ host: 'embedded', user: 'postgres', ssl: false, stream: () => bridge.connect() });
  client.on('error', () => {});
  await client.connect();
  clients.push(client);
  return client;
}

/** Breaks the connection the way a network does: no farewell. */
function vanish(client: pg.Client): void {
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } };
  connection.stream.destroy();
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Act = { kind: 'ask' | 'fail' | 'commit' | 'rollback' | 'break'; n: number };

/** Does one thing on one connection and checks that the answer is its own. Gives back how many notes it kept. */
async function act(client: pg.Client, owner: number, { kind, n }: Act): Promise<number> {
  if (kind === 'ask') {
    // The same name means another text on every connection.
    const { rows } = await client.query({
      name: 'ask',
      text: `SELECT ${owner} AS owner, $1::int AS n, repeat('x', $1::int * 50) AS long`,
      values: [n],
    });
    expect(rows).toEqual([{ owner, n, long: 'x'.repeat(n * 50) }]);
    return 0;
  }
  if (kind === 'fail') {
    await expect(client.query(`SELECT ${owner} AS mine, nope_${owner}_${n}`)).rejects.toThrow(`nope_${owner}_${n}`);
    return 0;
  }
  await client.query('BEGIN');
  const before = (await client.query('SELECT 1 FROM note WHERE owner = $1', [owner])).rowCount ?? 0;
  for (let at = 0; at < n; at += 1) {
    await client.query({ name: 'add', text: `INSERT INTO note VALUES (${owner}, $1)`, values: [at] });
    if (at % 3 === 0) await pause(0);
  }
  const during = (await client.query('SELECT 1 FROM note WHERE owner = $1', [owner])).rowCount ?? 0;
  expect(during - before).toBe(n);
  if (kind === 'break') await expect(client.query('SELECT 1/0')).rejects.toThrow('division by zero');
  const { command } = await client.query(kind === 'rollback' ? 'ROLLBACK' : 'COMMIT');
  expect(command).toBe(kind === 'commit' ? 'COMMIT' : 'ROLLBACK');
  return kind === 'commit' ? n : 0;
}

const acts = fc.array(
  fc.record<Act>({
    kind: fc.constantFrom('ask', 'fail', 'commit', 'rollback', 'break'),
    n: fc.integer({ min: 0, max: 9 }),
  }),
  { maxLength: 8 },
);

test('connections that interleave never mix answers', async () => {
  const all = await Promise.all(Array.from({ length: 5 }, connect));
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { minLength: 2, maxLength: 5 }), async (plans) => {
      const kept = await Promise.all(
        plans.map(async (plan, owner) => {
          const client = all[owner];
          let sum = 0;
          for (const each of plan) if (client) sum += await act(client, owner, each);
          return sum;
        }),
      );
      const { rows } = await (all[0] as pg.Client).query('SELECT count(*)::int AS n FROM note');
      expect(rows[0]).toEqual({ n: kept.reduce((a, b) => a + b, 0) });
      await all[0]?.query('TRUNCATE note');
    }),
    { numRuns: runs(25) },
  );
});

describe('a connection that vanishes', () => {
  test('in a transaction is rolled back, and the next one goes on', async () => {
    const [one, two] = [await connect(), await connect()];
    await one.query('BEGIN; INSERT INTO note VALUES (77, 1)');
    const waiting = two.query('SELECT 1 FROM note WHERE owner = 77');
    vanish(one);
    expect((await waiting).rowCount).toBe(0);
  });

  test('in the middle of an extended query leaves no trace', async () => {
    const [one, two] = [await connect(), await connect()];
    const lost = one.query('SELECT $1::int', [1]).catch((error: unknown) => error);
    vanish(one);
    expect((await two.query('SELECT $1::int AS n', [2])).rows).toEqual([{ n: 2 }]);
    expect(await lost).toBeInstanceOf(Error);
  });

  test('takes its prepared statements along', async () => {
    const [one, two] = [await connect(), await connect()];
    const mine = async () =>
      (await two.query("SELECT 1 FROM pg_prepared_statements WHERE name LIKE '%\\_leftover'")).rowCount;
    await one.query({ name: 'leftover', text: 'SELECT 1' });
    expect(await mine()).toBe(1);
    await one.end();
    expect(await mine()).toBe(0);
  });
});

test('who waits too long is told why, and can ask again', async () => {
  const [one, two] = [await connect(), await connect()];
  await one.query('BEGIN');
  await expect(two.query('SELECT $1::int', [1])).rejects.toMatchObject({ code: '55P03' });
  await one.query('COMMIT');
  expect((await two.query('SELECT $1::int AS n', [1])).rows).toEqual([{ n: 1 }]);
});

test('statement names are told apart beyond the 63 bytes that the backend looks at', async () => {
  const client = await connect();
  const name = 'n'.repeat(62);
  for (const n of [1, 2]) {
    const { rows } = await client.query({ name: `${name}${n}`, text: `SELECT ${n} AS n` });
    expect(rows).toEqual([{ n }]);
  }
});

test('a notification reaches every connection', async () => {
  const [one, two] = [await connect(), await connect()];
  const heard = Promise.all(
    [one, two].map((client) => new Promise((resolve) => client.once('notification', (each) => resolve(each.payload)))),
  );
  await one.query('LISTEN news');
  await two.query("NOTIFY news, 'filed'");
  expect(await heard).toEqual(['filed', 'filed']);
});

describe('COPY … FROM STDIN', () => {
  test('is buffered and comes in whole', async () => {
    const client = await connect();
    const lines = Array.from({ length: 5_000 }, (_, n) => `88\t${n}\n`);
    expect(await copyIn(client, 'COPY note FROM STDIN', lines)).toBe('COPY 5000');
    expect((await client.query('SELECT 1 FROM note WHERE owner = 88')).rowCount).toBe(5_000);
  });

  test('a bad line is an error, and the connection goes on', async () => {
    const client = await connect();
    await expect(copyIn(client, 'COPY note FROM STDIN', ['99\t1\n', '99\tx\n'])).rejects.toThrow(
      'invalid input syntax',
    );
    await expect(copyIn(client, 'COPY nowhere FROM STDIN', ['1\n'])).rejects.toThrow('does not exist');
    expect((await client.query('SELECT 1 FROM note WHERE owner = 99')).rowCount).toBe(0);
  });

  test('sent in a way that cannot be fed is refused instead of ending the session', async () => {
    const client = await connect();
    await expect(client.query('SELECT 1; COPY note FROM STDIN')).rejects.toMatchObject({ code: '57014' });
    expect((await client.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
  });
});

test('nothing of an answer is kept once it was given', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = () => {
    collect();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const client = await connect();
  const before = held();
  for (let times = 0; times < 20; times++) {
    const { rows } = await client.query<{ long: string }>("SELECT repeat('x', 4 * 1024 * 1024) AS long");
    expect(rows[0]?.long).toHaveLength(4 * 2 ** 20);
  }
  expect(held() - before).toBeLessThan(40);
});
