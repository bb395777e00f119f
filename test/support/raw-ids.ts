// Ids of the register in an answer of the API, where a client would look for the global ids that it knows. Every answer of every test is judged.

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** Fields whose texts name things otherwise, and why. */
const OTHERWISE: Readonly<Record<string, string>> = {
  key: 'of an unsealed row: its key in the table, for who looks into the database itself',
  place: 'of a sealed box: table, key of the row and column, for who looks into the database itself',
  requestId: 'names the request, not a thing',
  statement: 'the sealed bytes: what they say was said when they were sealed',
};

/** The places of an answer where a key of the register stands, each with its text. */
export function rawIds(value: unknown, at = ''): string[] {
  if (typeof value === 'string') return UUID.test(value) ? [`${at}: ${value.slice(0, 200)}`] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => (name in OTHERWISE ? [] : rawIds(each, `${at}.${name}`)));
}
