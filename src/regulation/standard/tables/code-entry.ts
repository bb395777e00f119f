// The shape of code tables and how their compact rows are read. Data only in the sibling modules.

/** One entry of a code table; validity days are Asia/Shanghai civil dates, both included; `aliases` are names in official use for the same entry. */
export interface CodeEntry {
  readonly code: string;
  readonly name: string;
  readonly validFrom?: string;
  readonly validUntil?: string;
  readonly aliases?: readonly string[];
  /** What people write by mistake or habit: never accepted, only proposed from. */
  readonly hints?: readonly string[];
}

/** A national (or, where none is published, our own) code table. `complete: false` = a code of the right shape outside it is noticed, not refused. */
export interface CodeTable {
  readonly zh: string;
  readonly en: string;
  readonly source: string;
  readonly complete: boolean;
  /** Where the table is not complete: what an unlisted code must look like. */
  readonly shape?: RegExp;
  readonly entries: readonly CodeEntry[];
}

/** Reads `code name` rows, one a line; further names after `=` are aliases, after `~` hints (see {@link CodeEntry}). */
export function readRows(rows: string): CodeEntry[] {
  return rows
    .trim()
    .split('\n')
    .map((row) => {
      const [main = '', ...hints] = row.trim().split('~');
      const [head = '', ...aliases] = main.split('=');
      const space = head.indexOf(' ');
      return {
        code: head.slice(0, space),
        name: head.slice(space + 1).trim(),
        ...(aliases.length > 0 ? { aliases: aliases.map((alias) => alias.trim()) } : {}),
        ...(hints.length > 0 ? { hints: hints.map((hint) => hint.trim()) } : {}),
      };
    });
}
