// Declassifications that are not what was sealed when they were recorded or withdrawn (R12.1, R20.1): nothing, unless somebody went around the procedures.

import type { Transaction } from '../../store/database/transaction.ts';
import type { UnsealedRow } from '../../store/responsibility/unsealed.ts';
import { type SealedSubject, sealedSubjects } from '../../store/seals/sealed-subjects.ts';
import { declassificationsFor } from '../../store/secrecy/declassifications.ts';
import type { World } from '../call.ts';
import { declassifiedSubject, withdrawnSubject } from '../secrecy/declassification-subject.ts';

/** An act as it is kept: the digest that its step must have sealed, and who took it. */
interface Kept {
  readonly digest: string;
  readonly stepId: string;
  readonly officerId: string;
  readonly at: Date;
}

/**
 * Compares every declassification of these categories (null: of all), and every withdrawal, with its step: each word of it, officer, step and
 * time; and finds those that are gone or that nobody sealed. There are as many as classified theses, which is few.
 */
export async function unsealedDeclassifications(
  db: Pick<Transaction, '$queryRaw' | 'declassification'>,
  world: Pick<World, 'blindIndex'>,
  { institution, categories }: { readonly institution: string; readonly categories: readonly string[] | null },
): Promise<UnsealedRow[]> {
  const kept = new Map<string, Kept>();
  const names = new Map<string, string>();
  const keep = (id: string, category: string, version: number, row: Kept) => {
    names.set(id, category);
    kept.set(`${id} ${version}`, row);
  };
  for (const row of await declassificationsFor(db, [institution])) {
    const { id, category, stepId, at, withdrawal } = row;
    const { digest } = declassifiedSubject(world, id, row);
    keep(id, category, 1, { digest, stepId, officerId: row.recordedById, at });
    if (!withdrawal) continue;
    const ended = withdrawnSubject(world, id, withdrawal).digest;
    const { withdrawnById: officerId } = withdrawal;
    keep(id, category, 2, { digest: ended, stepId: withdrawal.stepId, officerId, at: withdrawal.at });
  }
  const wrong = new Map<string, Omit<UnsealedRow, 'total'>>();
  for (const sealed of await sealedSubjects(db, institution, ['declassify'])) {
    const key = `${sealed.id} ${sealed.version}`;
    const row = kept.get(key);
    kept.delete(key);
    // Whose it was says the row; of one that is gone or was given to others, the statement.
    const seen = [names.get(sealed.id), sealed.facts.category].some((one) => inside(one, categories));
    if (!seen || (row && agrees(row, sealed))) continue;
    const found = row ? `${sealed.version} ${row.digest}` : `${sealed.version} -`;
    wrong.set(key, { id: sealed.id, found, expected: `${sealed.version} ${sealed.digest}` });
  }
  for (const [key, { digest }] of kept) {
    const [id = '', version = ''] = key.split(' ');
    if (inside(names.get(id), categories)) wrong.set(key, { id, found: `${version} ${digest}`, expected: null });
  }
  return [...wrong.values()].map((one) => ({ ...one, total: wrong.size }));
}

function inside(category: unknown, categories: readonly string[] | null): boolean {
  return categories === null || (typeof category === 'string' && categories.includes(category));
}

function agrees({ digest, stepId, officerId, at }: Kept, sealed: SealedSubject): boolean {
  return (
    digest === sealed.digest &&
    stepId === sealed.stepId &&
    officerId === sealed.officerId &&
    at.getTime() === sealed.at.getTime()
  );
}
