// Articles 12 and 18: analysis datasets compared with their sealed steps. Untouched they agree; whatever is changed of one by SQL is named.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideDataset } from '../../../src/procedures/datasets/decide-dataset.ts';
import { decidePublication, requestPublication } from '../../../src/procedures/datasets/decide-publication.ts';
import { destroyDataset } from '../../../src/procedures/datasets/destroy-dataset.ts';
import { openDatasetAccess } from '../../../src/procedures/datasets/open-dataset-access.ts';
import { openDataset } from '../../../src/procedures/datasets/read-dataset.ts';
import { requestDataset } from '../../../src/procedures/datasets/request-dataset.ts';
import { measureUnsealed } from '../../../src/procedures/responsibility/unsealed.ts';
import { runDueJobs } from '../../../src/procedures/run-jobs.ts';
import { datasetPaper, filedPeople, goodRequest } from '../../support/filed-people.ts';
import { tampered } from '../../support/tampered.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

const OFFICER = 'xuewei.guan';
const HEAD = 'xuewei.zhuren';

let test: TestWorld;
let datasetId: string;
let accessId: string;
let publicationId: string;
beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-25');
  await filedPeople(test, 300);
  const asked = goodRequest(await datasetPaper(test), { fields: ['sex', 'disciplineCode', 'conferralDate'] });
  ({ datasetId } = await requestDataset(test.callAs(OFFICER), { ...asked, recipients: ['一室'] }));
  // Changed before it is decided on: one stays, one comes, and only the last words count.
  const revises = { datasetId, expectedVersion: 1 };
  await requestDataset(test.callAs(OFFICER), { ...asked, recipients: ['二室', '一室'], revises });
  expect(await named()).toEqual([]);
  const consent = { institution: HERE, datasetId, expectedVersion: 2, decision: 'consent' as const, reason: '' };
  await decideDataset(test.callAs(HEAD), consent);
  expect(await named()).toEqual([]);
  await runDueJobs(test.world, ({ error }) => {
    throw new Error(error);
  });
  expect(await named()).toEqual([]);
  ({ accessId } = await openDatasetAccess(test.callAs(OFFICER), { institution: HERE, datasetId, recipient: 1 }));
  const { publicationId: decided } = await wish('一报');
  await decidePublication(test.callAs(HEAD), {
    ...{ institution: HERE, publicationId: decided, decision: 'refuse' as const, reason: '样本量过小，结论不可靠。' },
  });
  publicationId = decided;
  await wish('二报');
  test.setClock('2026-07-02');
  await openDataset(test.world, test.callAs(OFFICER).actor, { institution: HERE, id: datasetId }, { what: 'csv' });
});
afterAll(() => test.close());

type Reads = Parameters<typeof measureUnsealed>[0];
const KINDS: readonly string[] = ['dataset', 'dataset-access', 'publication'];

/** What of datasets disagrees: `kind id`, and what is said of it. */
async function told(db: Reads = test.world.db.prisma, as = OFFICER): Promise<[about: string, found: string][]> {
  const { found } = await measureUnsealed(db, test.world, test.callAs(as).actor, HERE);
  return found.filter(({ kind }) => KINDS.includes(kind)).map((one) => [`${one.kind} ${one.id}`, one.found]);
}
const named = async (db?: Reads, as?: string) => (await told(db, as)).map(([about]) => about);

async function wish(title: string) {
  return requestPublication(test.callAs(OFFICER), {
    ...{ institution: HERE, datasetId, title, place: '院刊' },
    documentDigest: await datasetPaper(test, 'dataset-publication', title),
  });
}

const STRANGER = `(SELECT "id" FROM "Officer" WHERE "loginName" = 'jiancha')`;
const ROW = `UPDATE "Dataset" SET`;
const OF = `WHERE "id" = $1::uuid`;
const OF_DATASET = `WHERE "datasetId" = $1::uuid`;

describe('Article 18: of a dataset that is read', () => {
  it.each([
    ['terms', 'its last day', `${ROW} "lastDay" = '2026-12-31' ${OF}`],
    ['terms', 'its first day', `${ROW} "firstDay" = '2026-06-01' ${OF}`],
    ['terms', 'its fields', `${ROW} "fields" = "fields" || '{birthDate}' ${OF}`],
    ['terms', 'its years', `${ROW} "yearFrom" = 2020 ${OF}`],
    ['terms', 'its categories', `${ROW} "categories" = "categories" || '{academic-master}' ${OF}`],
    ['terms', 'its k', `${ROW} "k" = 2 ${OF}`],
    ['terms', 'its l', `${ROW} "l" = 1 ${OF}`],
    ['terms', 'its t', `${ROW} "t" = 0.9 ${OF}`],
    ['terms', 'its organisation', `${ROW} "organisationName" = '某公司' ${OF}`],
    ['terms', 'its purpose', `${ROW} "purpose" = 'education-research' ${OF}`],
    ['terms', 'its agreement', `${ROW} "agreementDigest" = repeat('0', 64) ${OF}`],
    ['terms', 'its state', `${ROW} "state" = 'approved' ${OF}`],
    ['terms', 'its version', `${ROW} "version" = "version" + 1 ${OF}`],
    ['request', 'what it is for', `${ROW} "description" = '其他用途' ${OF}`],
    ['request', 'whom to ask there', `${ROW} "contactName" = '某某' ${OF}`],
    ['request', 'who asked', `${ROW} "requestedById" = ${STRANGER}, "askedByIds" = "askedByIds" || ${STRANGER} ${OF}`],
    ['request', 'who may not decide', `${ROW} "askedByIds" = "askedByIds" || ${STRANGER} ${OF}`],
    ['request', 'when it was asked for', `${ROW} "requestedAt" = "requestedAt" - interval '1 day' ${OF}`],
    [
      'request',
      'the name of a recipient',
      `UPDATE "DatasetRecipient" SET "name" = '三室' ${OF_DATASET} AND "number" = 2`,
    ],
    [
      'request',
      'a recipient dropped',
      `UPDATE "DatasetRecipient" SET "droppedAt" = now() ${OF_DATASET} AND "number" = 2`,
    ],
    [
      'request',
      'a recipient more',
      `INSERT INTO "DatasetRecipient" SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'number', 3, 'name', '三室'))).*
       FROM "DatasetRecipient" r ${OF_DATASET} AND "number" = 2`,
    ],
    ['decision', 'who decided', `${ROW} "decidedById" = ${STRANGER} ${OF}`],
    ['decision', 'when it was decided', `${ROW} "decidedAt" = "decidedAt" - interval '1 day' ${OF}`],
    ['content', 'what its rows were', `${ROW} "contentDigest" = 'x' ${OF}`],
    ['content', 'how many they are', `${ROW} "rowCount" = "rowCount" + 1 ${OF}`],
    ['content', 'what was measured', `${ROW} "report" = jsonb_set("report", '{loss}', '9') ${OF}`],
    ['content', 'when it was made', `${ROW} "generatedAt" = NULL ${OF}`],
    ['destruction', 'a destruction that was none', `${ROW} "destroyedAt" = now() ${OF}`],
  ])('%s: %s changed by SQL is told', async (parts, _, change) => {
    const [said, ...more] = await tampered(test, change, (tx) => told(tx), [datasetId]);
    expect(more).toEqual([]);
    expect(said?.[0]).toBe(`dataset ${datasetId}`);
    expect(said?.[1].split(' ').slice(2).join(' ')).toBe(parts);
  });

  it('that it is there', async () => {
    const gone = await tampered(test, `DELETE FROM "Dataset" ${OF}`, (tx) => told(tx), [datasetId]);
    expect(gone).toContainEqual([`dataset ${datasetId}`, '-']);
    expect(gone.map(([about]) => about)).toContain(`dataset-access ${accessId}`);
  });

  it.each([
    [
      'its recipient',
      `UPDATE "DatasetAccess" a SET "recipientId" = r."id" FROM "DatasetRecipient" r WHERE r."number" = 2 AND a."id" = $1::uuid`,
    ],
    ['its token', `UPDATE "DatasetAccess" SET "tokenHash" = 'x' ${OF}`],
    ['who opened it', `UPDATE "DatasetAccess" SET "openedById" = (SELECT "decidedById" FROM "Dataset" LIMIT 1) ${OF}`],
    ['that it is there', `DELETE FROM "DatasetAccess" ${OF}`],
  ])('a way in: %s changed by SQL is told', async (_, change) => {
    expect(await tampered(test, change, (tx) => named(tx), [accessId])).toEqual([`dataset-access ${accessId}`]);
  });

  it('a way in that nobody sealed', async () => {
    const copied = `INSERT INTO "DatasetAccess" SELECT (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'tokenHash', 'x'))).*
      FROM "DatasetAccess" a ${OF}`;
    expect(await tampered(test, copied, (tx) => named(tx), [accessId])).toHaveLength(1);
  });

  it.each([
    ['the decision', `UPDATE "DatasetPublication" SET "state" = 'consented' ${OF}`],
    ['the title', `UPDATE "DatasetPublication" SET "title" = '其他' ${OF}`],
    ['the text', `UPDATE "DatasetPublication" SET "documentDigest" = repeat('0', 64) ${OF}`],
    ['who decided', `UPDATE "DatasetPublication" SET "decidedById" = ${STRANGER} ${OF}`],
    ['that it was decided', `UPDATE "DatasetPublication" SET "state" = 'requested' ${OF}`],
    ['that it was asked for', `DELETE FROM "DatasetPublication" ${OF}`],
  ])('a publication: %s changed by SQL is told', async (_, change) => {
    expect(await tampered(test, change, (tx) => named(tx), [publicationId])).toEqual([`publication ${publicationId}`]);
  });

  it('a publication that nobody decided on is not consented to', async () => {
    const change = `UPDATE "DatasetPublication" SET "state" = 'consented' WHERE "id" <> $1::uuid`;
    expect(await tampered(test, change, (tx) => named(tx), [publicationId])).toHaveLength(1);
  });

  it('the degree office and auditors are told, nobody else', async () => {
    await tampered(
      test,
      `${ROW} "k" = 2 ${OF}`,
      async (tx) => {
        expect(await named(tx, 'jiancha')).toEqual([`dataset ${datasetId}`]);
        for (const as of ['jiaowu.cai', 'yanjiu.cai', 'sheng.shen']) expect(await named(tx, as)).toEqual([]);
      },
      [datasetId],
    );
  });
});

describe('Article 18: of a dataset that was destroyed', () => {
  beforeAll(async () => {
    await destroyDataset(test.callAs(OFFICER), { institution: HERE, datasetId, reason: '分析工作提前完成' });
    expect(await named()).toEqual([]);
  });

  it.each([
    ['terms', 'its state', `${ROW} "state" = 'ready' ${OF}`],
    ['terms', 'its last day', `${ROW} "lastDay" = '2026-07-01' ${OF}`],
    ['destruction', 'when', `${ROW} "destroyedAt" = "destroyedAt" - interval '1 day' ${OF}`],
    ['destruction', 'by whom', `${ROW} "destroyedById" = NULL ${OF}`],
    ['destruction', 'by which step', `${ROW} "destroyStepId" = "decisionStepId" ${OF}`],
    ['terms content', 'how many rows there were', `${ROW} "rowCount" = 0 ${OF}`],
    [
      'destruction',
      'that its key is gone',
      `INSERT INTO "DatasetKey" SELECT "institution", "id", 'x' FROM "Dataset" ${OF}`,
    ],
    [
      'destruction',
      'that its rows are gone',
      `INSERT INTO "DatasetPiece" SELECT "institution", "id", 0, '\\x00'::bytea FROM "Dataset" ${OF}`,
    ],
    ['destruction', 'who read it', `DELETE FROM "DatasetRead" ${OF_DATASET}`],
  ])('%s: %s changed by SQL is told', async (parts, _, change) => {
    const said = await tampered(test, change, (tx) => told(tx), [datasetId]);
    expect(said.map(([about, found]) => [about, found.split(' ').slice(2).join(' ')])).toEqual([
      [`dataset ${datasetId}`, parts],
    ]);
  });

  it('a way in that was opened again', async () => {
    const change = `UPDATE "DatasetAccess" SET "revokedAt" = NULL ${OF}`;
    expect(await tampered(test, change, (tx) => named(tx), [accessId])).toEqual([`dataset-access ${accessId}`]);
  });
});
