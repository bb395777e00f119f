// Writes to the database in the directory given until its disk is full; says each number it has kept. The reserve is not asked for:
// what is seen is what happens when somebody else takes the last of it.
import { statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../src/store/database/connect.ts';

const [dataDirectory = '', left = '0'] = process.argv.slice(2);
const db = await openDatabase({ dataDirectory, free: () => Number.POSITIVE_INFINITY });
await db.pool.query('CREATE TABLE written (n int, body text)');
const { bavail, bsize } = statfsSync(dataDirectory);
writeFileSync(join(dataDirectory, 'filler'), Buffer.alloc(bavail * bsize - Number(left)));
// Small on disk and large in the log: the table is written over again and again, so that the next segment of the log does not fit first.
for (let n = 1; ; n++) {
  const rows = `SELECT ${n}, repeat(md5(g::text), 50) FROM generate_series(1, 200) g`;
  await db.pool.query(`TRUNCATE written; INSERT INTO written ${rows}`);
  process.stdout.write(`${n}\n`);
}
