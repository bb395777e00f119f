// Names for prepared statements, so that the database parses and plans each SQL text once per connection.
import { createHash } from 'node:crypto';

/** SQL differs by the number of values in a list; past so many texts the rest stays unnamed and is planned each time. */
const LIMIT = 500;
const LONGEST = 20_000;

/** Names for the SQL of one client: the same one each time for the same text; `''` (unnamed) for what is too long or comes after too many others. */
export function statementNames(): (sql: string) => string {
  const names = new Map<string, string>();
  return (sql) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= LIMIT || sql.length > LONGEST) return '';
    const name = `v${createHash('sha256').update(sql).digest('base64url').slice(0, 22)}`;
    names.set(sql, name);
    return name;
  };
}
