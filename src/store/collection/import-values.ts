// What an import could not match with a code table, and which mappings were applied: counted over the whole file.
import type { Transaction } from '../database/transaction.ts';

/** A text that no code table has on the day, and how many rows have it. */
export interface UnmatchedCount {
  readonly codeTable: string;
  readonly value: string;
  readonly on: string;
  readonly count: number;
}

/** Keeps both lists for an import, in the place of what an earlier look at the file found. */
export async function keepImportValues(
  tx: Transaction,
  institution: string,
  importId: string,
  found: { readonly unmatched: readonly UnmatchedCount[]; readonly mappings: ReadonlyMap<string, number> },
): Promise<void> {
  const of = { institution, importId };
  await tx.unmatchedValue.deleteMany({ where: of });
  await tx.importMapping.deleteMany({ where: of });
  const values = found.unmatched.map((row, at) => ({ ...of, sequence: at + 1, ...row }));
  if (values.length > 0) await tx.unmatchedValue.createMany({ data: values });
  const used = [...found.mappings].map(([mappingId, rows]) => ({ ...of, mappingId, rows }));
  if (used.length > 0) await tx.importMapping.createMany({ data: used });
}
