// Imports and their problems, row by row. Values of secret fields are masked before they come here.
import type { Import } from '../../generated/prisma/client.ts';
import type { Violation } from '../../regulation/violations.ts';
import { insertRows } from '../database/bulk.ts';
import type { Transaction } from '../database/transaction.ts';

export type { Import };

/** The broken rules of one row of a file. */
export interface RowProblems {
  readonly line: number;
  readonly violations: readonly Violation[];
}

const COLUMNS = [
  { name: 'institution', type: 'text' },
  { name: 'importId', type: 'uuid' },
  { name: 'sequence', type: 'int' },
  { name: 'line', type: 'int' },
  { name: 'column', type: 'text' },
  { name: 'code', type: 'text' },
  { name: 'article', type: 'text' },
  { name: 'message', type: 'text' },
  { name: 'messageEn', type: 'text' },
  { name: 'found', type: 'text' },
  { name: 'expected', type: 'text' },
] as const;

/** The import with this id, or null. */
export function findImport(tx: Pick<Transaction, 'import'>, institution: string, id: string): Promise<Import | null> {
  return tx.import.findUnique({ where: { institution_id: { institution, id } } });
}

/** Whether the same file was committed for the same purpose before. */
export async function wasCommitted(
  tx: Transaction,
  { institution, kind, category, resolutionId, fileDigest }: Import,
): Promise<boolean> {
  const where = { institution, kind, category, resolutionId, fileDigest, state: 'committed' };
  return (await tx.import.count({ where })) > 0;
}

/** Adds an import. */
export async function insertImport(tx: Transaction, row: Import): Promise<void> {
  await tx.import.create({ data: row });
}

/** Sets the state and the counts of an import. */
export async function concludeImport(
  tx: Transaction,
  institution: string,
  id: string,
  set: Pick<Import, 'state' | 'total' | 'judged' | 'accepted' | 'refused'>,
): Promise<void> {
  await tx.import.update({ where: { institution_id: { institution, id } }, data: set });
}

/** Forgets the problems of an earlier look at the same file. */
export async function clearProblems(tx: Transaction, institution: string, importId: string): Promise<void> {
  await tx.importProblem.deleteMany({ where: { institution, importId } });
}

/** Adds problems after the `kept` ones that are there. Returns how many there are now. */
export async function insertProblems(
  tx: Transaction,
  institution: string,
  importId: string,
  problems: readonly RowProblems[],
  kept: number,
): Promise<number> {
  let sequence = kept;
  const rows = problems.flatMap(({ line, violations }) =>
    violations.map(({ path, code, article, message, messageEn, found, expected }) => {
      sequence += 1;
      return [
        institution,
        importId,
        sequence,
        line,
        path,
        code,
        article,
        message,
        messageEn,
        storable(found),
        storable(expected),
      ];
    }),
  );
  if (rows.length > 0) await insertRows(tx, 'ImportProblem', COLUMNS, rows);
  return sequence;
}

/** A shortened text may end in half a character, which no database text can hold. */
function storable(text: string | undefined): string | null {
  return text === undefined ? null : text.replace(/\p{Surrogate}/gu, '\uFFFD').replaceAll('\0', '\uFFFD');
}
