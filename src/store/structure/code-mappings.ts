// The officers' mappings of texts to codes (R7.1): rows are only ever added; an end is a row of its own.
import type { CodeMapping } from '../../generated/prisma/client.ts';
import type { Transaction } from '../database/transaction.ts';

export type { CodeMapping };

/** The mappings that hold for an institution. */
export function readCodeMappings(tx: Pick<Transaction, 'codeMapping'>, institution: string): Promise<CodeMapping[]> {
  return tx.codeMapping.findMany({ where: { institution, end: { is: null } } });
}

/** Mappings by id, with whether they have ended. */
export async function findCodeMappings(
  tx: Pick<Transaction, 'codeMapping'>,
  institution: string,
  ids: readonly string[],
): Promise<(CodeMapping & { readonly ended: boolean })[]> {
  const rows = await tx.codeMapping.findMany({
    where: { institution, id: { in: [...ids] } },
    include: { end: { select: { mappingId: true } } },
  });
  return rows.map(({ end, ...row }) => ({ ...row, ended: end !== null }));
}

/** Ends mappings and adds others. */
export async function keepMappings(
  tx: Transaction,
  institution: string,
  change: { readonly added: readonly CodeMapping[]; readonly ended: readonly string[] },
  by: { readonly officerId: string; readonly at: Date },
): Promise<void> {
  const ends = change.ended.map((mappingId) => ({
    ...{ institution, mappingId, endedById: by.officerId, endedAt: by.at },
  }));
  if (ends.length > 0) await tx.codeMappingEnd.createMany({ data: ends });
  if (change.added.length > 0) await tx.codeMapping.createMany({ data: [...change.added] });
}
