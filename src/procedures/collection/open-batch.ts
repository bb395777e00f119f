// The batch that new records enter: the one of their resolution and category that is still collecting, else a new one (R5.1).
import { civilDateInShanghai } from '../../regulation/deadlines/deadlines.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { officesOf } from '../../store/offices/office-changes.ts';
import { readPolicies } from '../../store/offices/policies.ts';
import { addBatch, advanceBatch, type Batch, batchesOfResolution } from '../../store/records/batches.ts';
import type { Actor } from '../call.ts';
import { ownerOf } from '../offices/ownership.ts';

/** Finds the collecting batch and counts its version up, or opens one, owned by the office of the category. Returns its id. */
export async function openBatch(
  tx: Transaction,
  actor: Actor,
  of: { institution: string; resolutionId: string; category: Category },
  at: Date,
): Promise<string> {
  const { institution, resolutionId, category } = of;
  const batches = await batchesOfResolution(tx, institution, resolutionId);
  const collecting = batches.find(
    (batch) => batch.category === category && batch.state === 'collecting' && batch.applicationId === null,
  );
  if (collecting) {
    await advanceBatch(tx, collecting, {});
    return collecting.id;
  }
  const [policies, offices] = [await readPolicies(tx, institution), await officesOf(tx, institution)];
  const owner = ownerOf({ policies, offices }, category, civilDateInShanghai(at.toISOString()));
  const batch: Batch = {
    institution,
    id: uuidv7(),
    resolutionId,
    category,
    officeId: owner ?? actor.officeId,
    state: 'collecting',
    version: 1,
    applicationId: null,
    disclosedFrom: null,
    disclosedUntil: null,
    reportedAt: null,
    createdAt: at,
  };
  await addBatch(tx, batch);
  return batch.id;
}
