// What a dry run finds out about texts and codes: which texts no code table has, which mappings were applied, in how many rows.
import type { UnmatchedText } from '../../regulation/standard/cells.ts';
import { isMappable } from '../../regulation/standard/code-mapping.ts';
import type { UnmatchedCount } from '../../store/collection/import-values.ts';
import type { RowProblems } from '../../store/collection/imports.ts';

/** A row of a dry run: its problems, its texts without a code, and the mappings that gave it codes. */
export interface CheckedRow extends RowProblems {
  readonly unmatched: readonly UnmatchedText[];
  readonly mappings: readonly string[];
}

/** Different texts that are listed of one import; a file with more has another problem than its words. */
const MOST_VALUES = 2000;

/** The counting of one import. */
export interface ImportValues {
  count(row: CheckedRow): void;
  found(): { readonly unmatched: readonly UnmatchedCount[]; readonly mappings: ReadonlyMap<string, number> };
  /** Rows in which at least one mapping was applied. */
  mappedRows(): number;
}

/** Begins to count. Texts that could be a number of a person are not listed (R21.1). */
export function importValues(): ImportValues {
  const unmatched = new Map<string, { codeTable: string; value: string; on: string; count: number }>();
  const mappings = new Map<string, number>();
  let mapped = 0;
  return {
    count(row) {
      for (const { table, value, on } of row.unmatched) {
        if (!isMappable(value)) continue;
        const key = `${table} ${value}`;
        const known = unmatched.get(key);
        if (known) known.count += 1;
        else if (unmatched.size < MOST_VALUES) unmatched.set(key, { codeTable: table, value, on, count: 1 });
      }
      if (row.mappings.length > 0) mapped += 1;
      for (const id of row.mappings) mappings.set(id, (mappings.get(id) ?? 0) + 1);
    },
    found: () => ({ unmatched: [...unmatched.values()].sort((a, b) => b.count - a.count), mappings }),
    mappedRows: () => mapped,
  };
}
