// 移交 (art. 12): an archive handed over to a named archive, with its receipt. Nothing is deleted: what is kept here stays.
import { type ArchiveMedium, type ArchiveState, transferViolations } from '../../regulation/archives.ts';
import { civilDateInShanghai } from '../../regulation/deadlines/deadlines.ts';
import { insertTransfer, lastAppraisal, receiptsOf, yearsOfArchive } from '../../store/archive/appraisals.ts';
import { findArchive } from '../../store/archive/archives.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import type { Call } from '../call.ts';
import { NotFound } from '../errors.ts';
import { missingFile } from '../files/uploaded-as.ts';
import { type Performed, perform } from '../perform.ts';
import { todayOf } from '../situation.ts';
import { requireMayAct, targetIn } from '../target.ts';

/** Which archive, to whom, on what, and the receipt: its number and the SHA-256 of its uploaded scan. `fileDigest`: of the ZIP that was handed over. */
export type TransferArchiveInput = {
  readonly institution: string;
  readonly archiveId: string;
  readonly recipient: string;
  readonly medium: ArchiveMedium;
  readonly receiptNumber: string;
  readonly receiptDigest: string;
  readonly fileDigest: string;
  readonly transferredOn: string;
};

/** The transfer as kept. */
export type TransferredArchive = { transferId: string; archiveId: string };

/**
 * Records that an archive was handed over (step `transfer-archive`, by the degree office).
 * @throws {Refused} not sealed, not appraised, another file, no receipt, under the same receipt twice. {NotFound} {Forbidden}
 */
export function transferArchive(call: Call, input: TransferArchiveInput): Promise<Performed<TransferredArchive>> {
  const { institution, archiveId, medium, receiptDigest, transferredOn } = input;
  const given = { ...input, recipient: input.recipient.trim(), receiptNumber: input.receiptNumber.trim() };
  return perform(call, 'transfer-archive', institution, given, async (tx) => {
    const target = await targetIn(tx, institution);
    requireMayAct(call, 'transfer-archive', target);
    const archive = await findArchive(tx, { institution, id: archiveId });
    if (!archive) throw new NotFound('archive', archiveId);
    const sealedOn = archive.sealedAt && civilDateInShanghai(archive.sealedAt.toISOString());
    const violations = [
      ...transferViolations(
        given,
        { state: archive.state as ArchiveState, fileDigest: archive.fileDigest, sealedOn },
        await unappraised(tx, institution, archiveId),
        await receiptsOf(tx, institution, archiveId),
        todayOf(call.world),
      ),
      ...(await missingFile(tx, call, {
        ...{ institution, path: 'receiptDigest', digest: receiptDigest, kind: 'transfer-receipt', article: '12' },
      })),
    ];
    const id = uuidv7();
    const { recipient, receiptNumber, fileDigest } = given;
    const count = (await receiptsOf(tx, institution, archiveId)).length;
    const facts = { act: 'transfer', recipient, medium, receiptNumber, fileDigest, transferredOn };
    return {
      target,
      violations,
      subjects: [
        { kind: 'archive', id: archiveId, version: 3 + count, digest: archive.manifestDigest ?? receiptDigest },
      ],
      facts,
      files: [receiptDigest],
      save: async ({ id: stepId, at }) => {
        await insertTransfer(tx, {
          ...{ institution, id, archiveId, recipient, medium, receiptNumber, receiptDigest, fileDigest, transferredOn },
          ...{ officerId: call.actor.officerId, stepId, at },
        });
        return { transferId: id, archiveId };
      },
    };
  });
}

/** Whether every year of conferral in the archive has been appraised. */
async function unappraised(tx: Transaction, institution: string, archiveId: string): Promise<number[]> {
  const years: number[] = [];
  for (const year of await yearsOfArchive(tx, institution, archiveId)) {
    if (!(await lastAppraisal(tx, institution, year))) years.push(year);
  }
  return years;
}
