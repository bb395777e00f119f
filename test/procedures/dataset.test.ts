// Articles 18 and 19: the life of an analysis dataset from the request to the certificate of its destruction.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTable } from '../../src/files/table.ts';
import { writeCsv } from '../../src/files/write-csv.ts';
import { writeXlsx } from '../../src/files/write-xlsx.ts';
import { decideDataset } from '../../src/procedures/decide-dataset.ts';
import { decidePublication, requestPublication } from '../../src/procedures/decide-publication.ts';
import { destroyDataset } from '../../src/procedures/destroy-dataset.ts';
import { openDatasetAccess, revokeDatasetAccess, tokenOfAccess } from '../../src/procedures/open-dataset-access.ts';
import { openDataset, recipientOf } from '../../src/procedures/read-dataset.ts';
import { requestDataset } from '../../src/procedures/request-dataset.ts';
import { runDueJobs } from '../../src/procedures/run-jobs.ts';
import { traceLeak } from '../../src/procedures/trace-leak.ts';
import { datasetBundle } from '../../src/procedures/bundle.ts';
import { verifyBundle } from '../../src/sealing/verify/bundle.ts';
import { datasetPaper, filedPeople, goodRequest } from '../support/filed-people.ts';
import { refusal } from '../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';

let test: TestWorld;
let agreement = '';
const OFFICER = 'xuewei.guan';
const HEAD = 'xuewei.zhuren';
beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-25');
  await filedPeople(test, 3000);
  agreement = await datasetPaper(test);
}, 60_000);
afterAll(() => test.close());

const rowOf = (id: string) => test.world.db.prisma.dataset.findFirstOrThrow({ where: { id } });
const piecesOf = (datasetId: string) => test.world.db.prisma.datasetPiece.count({ where: { datasetId } });

async function ready(other: Parameters<typeof goodRequest>[1] = {}): Promise<string> {
  const { datasetId } = await requestDataset(test.callAs(OFFICER), goodRequest(agreement, other));
  await decideDataset(test.callAs(HEAD), {
    ...{ institution: HERE, datasetId, expectedVersion: 1, decision: 'consent', reason: '' },
  });
  await runDueJobs(test.world);
  return datasetId;
}

describe('Article 18: the life of a dataset', () => {
  it('request, decision, generation, access, reading, trace, destruction', async () => {
    const datasetId = await ready();
    const row = await rowOf(datasetId);
    expect(row).toMatchObject({ state: 'ready', problem: null });
    expect(row.report).toMatchObject({ after: { smallestClass: expect.any(Number) } });
    expect(await piecesOf(datasetId)).toBeGreaterThan(0);
    console.log(JSON.stringify(row.columns));
  });
});
