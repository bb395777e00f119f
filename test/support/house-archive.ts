// The original-record archive of a house: one made, fetched, appraised and handed over.
import { exportArchive } from '../../src/procedures/archive/export-archive.ts';
import { openArchive } from '../../src/procedures/archive/open-archive.ts';
import { transferArchive } from '../../src/procedures/archive/transfer-archive.ts';
import { runDueJobs } from '../../src/procedures/run-jobs.ts';
import { uuidv7 } from '../../src/store/database/uuid.ts';
import { type House, paperOf } from './houses.ts';
import type { TestWorld } from './world.ts';

/** Exports a batch. Its year still has records on their way, so that the appraisal is put in place directly. */
export async function archiveIn(test: TestWorld, house: House, batchId: string): Promise<void> {
  const { code: institution, marks, collector, degreeOffice } = house;
  const { prisma } = test.world.db;
  const order = { recordId: null, year: null, categories: [], passphrase: null, purpose: `${marks.people}移交` };
  const { archiveId } = await exportArchive(test.callAs(collector), { institution, batchId, ...order });
  await runDueJobs(test.world, (facts) => {
    throw new Error(JSON.stringify(facts));
  });
  const { row } = await openArchive(test.world, test.callAs(collector).actor, { institution, id: archiveId });
  const call = test.callAs(degreeOffice);
  const step = await prisma.step.findFirstOrThrow({ where: { institution, name: 'export-archive' } });
  await prisma.archiveAppraisal.create({
    data: {
      ...{
        institution,
        id: uuidv7(),
        year: 2026,
        retention: 'permanent',
        opinion: `${marks.house}永久保存`,
        records: 1,
      },
      ...{ filedUntil: '2026-06-27', keepUntil: null, officerId: call.actor.officerId, stepId: step.id },
      at: test.world.now(),
    },
  });
  await transferArchive(call, {
    ...{
      institution,
      archiveId,
      recipient: `${marks.house}档案馆`,
      medium: 'disc',
      receiptNumber: `${marks.house}1号`,
    },
    ...{ fileDigest: row.fileDigest, transferredOn: row.sealedAt?.toISOString().slice(0, 10) ?? '' },
    receiptDigest: await paperOf(test, house, degreeOffice, 'transfer-receipt', marks.people),
  });
}
