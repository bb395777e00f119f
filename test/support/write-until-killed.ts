// A process of its own that writes to an embedded database and says on stdout what has been acknowledged, until killed.
import { openDatabase } from '../../src/store/database/connect.ts';

const dataDirectory = process.argv[2] ?? '';
const db = await openDatabase({ dataDirectory });
await db.pool.query('CREATE TABLE IF NOT EXISTS written (n int PRIMARY KEY, pair int NOT NULL)');
const { rows } = await db.pool.query<{ n: number }>('SELECT coalesce(max(n), 0) AS n FROM written');
for (let n = (rows[0]?.n ?? 0) + 1; ; n += 1) {
  const client = await db.pool.connect();
  await client.query('BEGIN');
  await client.query('INSERT INTO written VALUES ($1, 0)', [n]);
  await client.query('UPDATE written SET pair = $1 WHERE n = $1', [n]);
  await client.query('COMMIT');
  client.release();
  process.stdout.write(`${n}\n`);
}
