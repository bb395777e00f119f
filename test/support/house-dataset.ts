// An analysis dataset of a house: asked for, decided on, read and about to be published; its rows are put in place under a seal, for a house has few people.
import { createHash } from 'node:crypto';
import { datasetSubject } from '../../src/procedures/datasets/dataset-subject.ts';
import { decideDataset } from '../../src/procedures/datasets/decide-dataset.ts';
import { requestPublication } from '../../src/procedures/datasets/decide-publication.ts';
import { destroyDataset } from '../../src/procedures/datasets/destroy-dataset.ts';
import { openDatasetAccess } from '../../src/procedures/datasets/open-dataset-access.ts';
import { openDataset } from '../../src/procedures/datasets/read-dataset.ts';
import { requestDataset } from '../../src/procedures/datasets/request-dataset.ts';
import { performOrdered } from '../../src/procedures/perform.ts';
import { todayOf } from '../../src/procedures/situation.ts';
import { datasetColumn } from '../../src/regulation/datasets/print.ts';
import { addDays } from '../../src/regulation/deadlines/deadlines.ts';
import { canonicalize } from '../../src/sealing/verify/canonical.ts';
import { inTransaction } from '../../src/store/database/transaction.ts';
import { keepPieces } from '../../src/store/datasets/dataset-pieces.ts';
import { moveDataset } from '../../src/store/datasets/datasets.ts';
import { goodRequest } from './filed-people.ts';
import { type House, paperOf } from './houses.ts';
import type { TestWorld } from './world.ts';

/** One dataset with everything that hangs on it; nobody outside the house, and no category office, may see its marks. */
export async function analyse(test: TestWorld, house: House): Promise<void> {
  const { code: institution, marks, degreeOffice, degreeHead } = house;
  const mark = marks.unreported;
  const today = todayOf(test.world);
  const agreement = await paperOf(test, house, degreeOffice, 'dataset-agreement', mark);
  const { datasetId } = await requestDataset(test.callAs(degreeOffice), {
    ...goodRequest(agreement, { organisationName: `${mark}研究院`, contactName: `${mark}某`, contactWay: mark }),
    ...{ institution, description: `${mark}评价学位授予的结构与质量`, recipients: [`${mark}一室`, `${mark}二室`] },
    ...{ firstDay: today, lastDay: addDays(today, 60) },
  });
  await decideDataset(test.callAs(degreeHead), {
    ...{ institution, datasetId, expectedVersion: 1, decision: 'consent', reason: `${mark}同意` },
  });
  await inTransaction(test.world.db, async (tx) => {
    const row = await tx.dataset.findFirstOrThrow({ where: { institution, id: datasetId } });
    const rows = Array.from({ length: 12 }, () => ['不限', mark]);
    const contentDigest = await keepPieces(tx, { institution, datasetId }, rows, test.world.cipher);
    const report = { words: mark };
    const made = { contentDigest, reportDigest: createHash('sha256').update(canonicalize(report)).digest('hex') };
    const columns = [datasetColumn('sex', 1), datasetColumn('politicalStatus', 0)];
    const call = { world: test.world, order: { institution, stepId: row.decisionStepId ?? '' } };
    await performOrdered(tx, call, 'generate-dataset', async () => ({
      violations: [],
      subjects: [datasetSubject(datasetId, row.version + 1, 'ready', row, made)],
      facts: { possible: true, rows: rows.length, ...made },
      async save({ at }) {
        const kept = { columns: { columns, marks: null }, report, problem: { zh: mark }, rowCount: rows.length };
        await moveDataset(tx, row, { ...kept, ...made, state: 'ready', generatedAt: at });
        return {};
      },
    }));
  });
  await openDatasetAccess(test.callAs(degreeOffice), { institution, datasetId, recipient: 1 });
  const { id: accessId, recipientId } = await test.world.db.prisma.datasetAccess.findFirstOrThrow({
    where: { institution, datasetId },
  });
  const wanted = { what: 'rows', rows: 5 } as const;
  const key = { institution, id: datasetId };
  await openDataset(test.world, { institution, datasetId, recipientId, accessId }, key, wanted);
  await openDataset(test.world, test.callAs(degreeOffice).actor, key, wanted);
  await destroyed(test, house, agreement);
  await requestPublication(test.callAs(degreeOffice), {
    ...{ institution, datasetId, title: `${mark}质量报告`, place: `${mark}学报` },
    documentDigest: await paperOf(test, house, degreeOffice, 'dataset-publication', mark),
  });
}

/** Another one, of another organisation, that was destroyed before it was made: its paper is there, and names the house. */
async function destroyed(test: TestWorld, house: House, agreement: string): Promise<void> {
  const { code: institution, marks, degreeOffice, degreeHead } = house;
  const today = todayOf(test.world);
  const { datasetId } = await requestDataset(test.callAs(degreeOffice), {
    ...goodRequest(agreement, { organisationName: `${marks.unreported}中心`, organisationCode: '91110000MA0000000H' }),
    ...{ institution, firstDay: today, lastDay: addDays(today, 60) },
  });
  await decideDataset(test.callAs(degreeHead), {
    ...{ institution, datasetId, expectedVersion: 1, decision: 'consent', reason: '' },
  });
  await destroyDataset(test.callAs(degreeOffice), { institution, datasetId, reason: '申请单位不再需要这些数据' });
}
