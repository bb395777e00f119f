// Sealed boxes wherever they are in the database: found by their looks in every column, and opened by the declared list.
import type { ResealSecrets } from '../../src/procedures/secrecy/reseal.ts';
import { IDENTITY_PURPOSE } from '../../src/secrecy/blind-index.ts';
import { inTransaction } from '../../src/store/database/transaction.ts';
import { SECRET_COLUMNS } from '../../src/store/records/record-columns.ts';
import { readBoxPage } from '../../src/store/secrecy/re-encrypt.ts';
import { SECRET_TABLES, type SecretTable } from '../../src/store/secrecy/secret-columns.ts';
import type { TestWorld } from './world.ts';

const BOX = /v1\.[A-Za-z0-9_-]{1,64}\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{22,}/;

/** `Table.column` of every column of every table that holds something that looks like a box: a text of that form, or bytes that begin with a key's id. */
export async function columnsWithBoxes({ world }: TestWorld): Promise<string[]> {
  const { pool } = world.db;
  const { rows: columns } = await pool.query<{ table: string; column: string; type: string }>(
    `SELECT table_name AS "table", column_name AS "column", data_type AS "type" FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type IN ('text', 'jsonb', 'ARRAY', 'bytea', 'character varying') ORDER BY 1, 2`,
  );
  const found: string[] = [];
  for (const { table, column, type } of columns) {
    const cell = `"${column}"`;
    const heads = world.cipher.keyIds.map((id) => Buffer.from(`${String.fromCharCode(id.length)}${id}`, 'latin1'));
    const like =
      type === 'bytea'
        ? `substring(${cell} FROM 1 FOR 10) = ANY($1::bytea[])`
        : `${type === 'ARRAY' ? `array_to_string(${cell}, ' ')` : `${cell}::text`} ~ $1`;
    const values: unknown[] = type === 'bytea' ? [heads] : [BOX.source];
    const { rowCount } = await pool.query(`SELECT FROM "${table}" WHERE ${like} LIMIT 1`, values);
    if (rowCount) found.push(`${table}.${column}`);
  }
  return found;
}

/** Every box of the list with what is in it, by place; and the places that could not be opened. */
export async function openAll(
  { world }: TestWorld,
  institution: string,
  secrets: ResealSecrets = world,
): Promise<{ readonly plain: ReadonlyMap<string, string>; readonly keys: ReadonlySet<string> }> {
  const plain = new Map<string, string>();
  const keys = new Set<string>();
  for (const table of SECRET_TABLES) {
    const page = { institution, after: null, most: 10_000, notUnder: null, patient: true };
    for (const row of await inTransaction(world.db, (tx) => readBoxPage(tx, table, page))) {
      for (const { field, name, box } of boxesOf(table, row.cells)) {
        const context = table.context(institution, row.key, name);
        const place = [table.table, ...row.key, field].join('/');
        if (typeof box === 'string') {
          plain.set(place, secrets.cipher.open(box, context));
          keys.add(secrets.cipher.keyIdOf(box));
        } else {
          plain.set(place, Buffer.from(secrets.cipher.openBytes(box, context)).toString('base64'));
          keys.add(secrets.cipher.keyIdOfBytes(box));
        }
      }
      if (table.index) {
        const number = plain.get([table.table, ...row.key, 'identityNumber'].join('/')) ?? '';
        plain.set([table.table, ...row.key, 'indexed'].join('/'), String(indexed(secrets, number, row.index)));
      }
    }
  }
  return { plain, keys };
}

const indexed = ({ blindIndex }: ResealSecrets, number: string, index: string | null): boolean =>
  blindIndex(number, IDENTITY_PURPOSE) === index;

function* boxesOf(
  { columns }: SecretTable,
  cells: readonly (string | Uint8Array | null)[],
): Generator<{ field: string; name: string; box: string | Uint8Array }> {
  for (const [at, { name, form }] of columns.entries()) {
    const cell = cells[at];
    if (!cell || cell.length === 0) continue;
    if (form === 'text' || form === 'bytes') yield { field: name, name, box: cell };
    else if (form === 'members') {
      const content = JSON.parse(String(cell)) as Record<string, string>;
      for (const secret of SECRET_COLUMNS)
        if (content[secret]) yield { field: secret, name: secret, box: content[secret] };
    } else {
      const { changes = [] } = JSON.parse(String(cell)) as { changes?: Record<string, string | null>[] };
      for (const { field = '', ...change } of changes) {
        if (!(SECRET_COLUMNS as readonly (string | null)[]).includes(field)) continue;
        for (const side of ['before', 'after']) {
          const box = change[side];
          if (box) yield { field: `${field}/${side}`, name: String(field), box };
        }
      }
    }
  }
}
