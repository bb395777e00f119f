// Canaries: values that must be found nowhere in plain, the disguises in which they could lie somewhere, and the search for them.
import type { Database } from '../../src/store/database/connect.ts';

/** Words that nobody else says: what was planted, and how it is called where it is found. */
export type Canaries = Readonly<Record<string, string>>;

/** A canary as it may lie in a text: plain, escaped for JSON or an address, in base64 at each of three places, in hex. */
export function disguises(canary: string): string[] {
  const bytes = Buffer.from(canary, 'utf8');
  const escaped = [...canary]
    .map((one) =>
      one > '~'
        ? Array.from(one.split(''), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
        : one,
    )
    .join('');
  const base64 = [0, 1, 2].map((before) => {
    // What stands before and behind the canary in the same group of three bytes may be anything.
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replaceAll('=', '');
    const from = Math.ceil((before * 4) / 3);
    return text.slice(from, text.length - ((before + bytes.length) % 3 === 0 ? 0 : 1));
  });
  const all = [
    ...[canary, canary.toLowerCase(), escaped, JSON.stringify(canary).slice(1, -1), encodeURIComponent(canary)],
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ...[bytes.toString('hex'), bytes.toString('hex').toUpperCase()],
  ];
  return [...new Set(all)];
}

/** Looks for canaries in texts: the names of those that are there. */
export function huntFor(canaries: Canaries): (text: string) => string[] {
  const needles = Object.entries(canaries).flatMap(([name, canary]) =>
    disguises(canary).map((needle): [string, string] => [needle, name]),
  );
  return (text) => [...new Set(needles.filter(([needle]) => text.includes(needle)).map(([, name]) => name))];
}

/** The cells of a database in which a canary lies, as `Table.column: canary`; each once. */
export async function huntInDatabase({ pool }: Pick<Database, 'pool'>, canaries: Canaries): Promise<string[]> {
  const hunt = huntFor(canaries);
  const { rows: columns } = await pool.query<{ table: string; column: string; type: string }>(
    `SELECT table_name AS "table", column_name AS "column", data_type AS type FROM information_schema.columns
     WHERE table_schema = 'public' ORDER BY 1, 2`,
  );
  const found = new Set<string>();
  for (const { table, column, type } of columns) {
    const name = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const value = type === 'bytea' ? name(column) : `${name(column)}::text`;
    const { rows } = await pool.query<{ value: string | Buffer | null }>(
      `SELECT DISTINCT ${value} AS value FROM ${name(table)} WHERE ${name(column)} IS NOT NULL`,
    );
    for (const { value: cell } of rows) {
      // The hex of a bytea would be one more disguise; its own bytes are looked at instead.
      const text = typeof cell === 'string' ? cell : Buffer.from(cell ?? []).toString('utf8');
      for (const canary of hunt(text)) found.add(`${table}.${column}: ${canary}`);
    }
  }
  return [...found].sort();
}
