// How an import ends: which one is committed, and what an officer is told when it is refused.

import type { StepName } from '../../regulation/steps.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import type { ImportKind } from '../../regulation/vocabulary.ts';
import { findImport, type Import, type RowProblems, wasCommitted } from '../../store/collection/imports.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import type { Call } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import { requireMayAct, type Target, targetIn } from '../target.ts';
import { type ImportBound, tooManyProblems } from './import-bound.ts';

/** A refusal names so many problems at most; the dry run has kept more. */
const NAMED_PROBLEMS = 200;

/** Which import is to be committed, and by which step. */
interface Wanted {
  readonly institution: string;
  readonly importId: string;
  readonly kind: ImportKind;
  readonly step: StepName;
}

/**
 * The import to commit, and whose it is. Duty comes first, of the institution and then of the category: who may not act learns
 * neither that there is such an import nor what its file is called (R4.2).
 * @throws {Forbidden} the officer may not. {NotFound} no such import of this kind. {Refused} it was committed before, or not judged to its end
 */
export async function findCheckedImport(
  tx: Transaction,
  call: Call,
  { institution, importId, kind, step }: Wanted,
): Promise<{ found: Import; target: Target }> {
  requireMayAct(call, step, await targetIn(tx, institution));
  const found = await findImport(tx, institution, importId);
  if (found?.kind !== kind) throw new NotFound('import', importId);
  const target = await targetIn(tx, institution, found.category ?? '');
  requireMayAct(call, step, target);
  if (found.state === 'committed') {
    throw new Refused([violation('file-already-imported', 'import', { found: found.fileName })]);
  }
  if (found.judged < found.total) throw new Refused([...(await importedBefore(tx, found)), tooManyProblems(found)]);
  return { found, target };
}

/** The problems of rows as violations of the whole file: `rows[12].name`; none beyond what is named at most. */
export function problemsOf(rows: readonly RowProblems[], already: number): Violation[] {
  const problems: Violation[] = [];
  for (const { line, violations } of rows) {
    for (const broken of violations) {
      if (already + problems.length >= NAMED_PROBLEMS) return problems;
      problems.push({ ...broken, path: `rows[${line}].${broken.path}` });
    }
  }
  return problems;
}

/** That the same file was imported before: then its many problems come from there. */
async function importedBefore(tx: Transaction, found: Import): Promise<Violation[]> {
  return (await wasCommitted(tx, found)) ? [violation('file-already-imported', 'file', { found: found.fileName })] : [];
}

/** Why an import is refused: that judging ended before its end, its rows, and that the same file was imported before, if it was. */
export async function refusedImport(
  tx: Transaction,
  found: Import,
  bound: ImportBound,
  named: readonly Violation[],
): Promise<Violation[]> {
  const problems = [...(bound.ended() ? [tooManyProblems(bound.counts())] : []), ...named];
  const again = await importedBefore(tx, found);
  if (again.length + problems.length === 0)
    return [violation('nothing-to-do', 'file', { found: '0', expected: '≥ 1' })];
  return [...again, ...problems];
}
