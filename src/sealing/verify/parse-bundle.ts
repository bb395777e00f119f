// Reading the text of a bundle as JSON in which no object names a member twice.

/** One token at a time of text that is known to be JSON: a string, with the colon behind it if it is a name, or a bracket. */
const TOKEN = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}]/g;

/** True when an object names a member twice, however the names are escaped. @param text well-formed JSON */
function repeatsName(text: string): boolean {
  const open: Set<string>[] = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found !== null; found = TOKEN.exec(text)) {
    const [token, string, colon] = found;
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (string !== undefined && colon !== undefined) {
      const names = open.at(-1);
      const name = string.includes('\\') ? (JSON.parse(string) as string) : string.slice(1, -1);
      if (names?.has(name)) return true;
      names?.add(name);
    }
  }
  return false;
}

/**
 * Parses the text of a bundle. Readers disagree about which of two members with one name counts (RFC 8259 section 4), so
 * what one of them shows could be another thing than what was verified.
 * @returns `undefined` for what is not JSON or names a member of an object twice: `verifyBundle` calls it unreadable
 */
export function parseBundle(text: string): unknown | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return repeatsName(text) ? undefined : value;
  } catch {
    return undefined;
  }
}
