// Names for prepared statements, so that the database parses and plans each SQL text once per connection.
import { createHash } from 'node:crypto';

const names = new Map<string, string>();
/** SQL differs by the number of values in a list; past so many texts the rest stays unnamed and is planned each time. */
const LIMIT = 500;
const LONGEST = 20_000;

/** A name for this SQL, the same one each time; `''` (unnamed) for what is too long or comes after too many others. */
export function statementName(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  if (names.size >= LIMIT || sql.length > LONGEST) return '';
  const name = `v${createHash('sha256').update(sql).digest('base64url').slice(0, 22)}`;
  names.set(sql, name);
  return name;
}
