// Articles 18 and 19: the life of an analysis dataset from the request to the certificate of its destruction.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { datasetBundle } from '../../../src/procedures/bundle.ts';
import { datasetActions } from '../../../src/procedures/datasets/dataset-actions.ts';
import { decideDataset } from '../../../src/procedures/datasets/decide-dataset.ts';
import { decidePublication, requestPublication } from '../../../src/procedures/datasets/decide-publication.ts';
import { destroyDataset } from '../../../src/procedures/datasets/destroy-dataset.ts';
import {
  openDatasetAccess,
  revokeDatasetAccess,
  tokenOfAccess,
} from '../../../src/procedures/datasets/open-dataset-access.ts';
import { DatasetGone, openDataset, recipientOf } from '../../../src/procedures/datasets/read-dataset.ts';
import { requestDataset } from '../../../src/procedures/datasets/request-dataset.ts';
import { setPolicy } from '../../../src/procedures/offices/set-policy.ts';
import { unsealedDatasets } from '../../../src/procedures/responsibility/unsealed-datasets.ts';
import { runDueJobs } from '../../../src/procedures/run-jobs.ts';
import { verifyBundle } from '../../../src/sealing/verify/bundle.ts';
import { verifyPdf } from '../../../src/sealing/verify/pdf.ts';
import { openContact } from '../../../src/store/datasets/datasets.ts';
import { textOf } from '../../documents/judges.ts';
import { datasetPaper, filedPeople, goodRequest } from '../../support/filed-people.ts';
import { has } from '../../support/outside.ts';
import { refusal } from '../../support/stages.ts';
import { HERE, type TestWorld, THERE, testWorld } from '../../support/world.ts';

const OFFICER = 'xuewei.guan';
const HEAD = 'xuewei.zhuren';
const AUDITOR = 'jiancha';

let test: TestWorld;
let agreement = '';
beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-25');
  await filedPeople(test, 1500);
  agreement = await datasetPaper(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  test.setClock('2026-06-25');
  // One organisation has one dataset of the same people at a time: those of other tests are out of the way.
  for (const { id } of await test.world.db.prisma.dataset.findMany({ where: { state: { in: ['approved', 'ready'] } } }))
    await destroyDataset(test.callAs(OFFICER), { institution: HERE, datasetId: id, reason: '测试已经结束' });
  await test.world.db.prisma.job.deleteMany({ where: { state: 'waiting' } });
});

const db = () => test.world.db.prisma;
const rowOf = (id: string) => db().dataset.findFirstOrThrow({ where: { id } });
const piecesOf = (datasetId: string) => db().datasetPiece.count({ where: { datasetId } });
const papers = () => db().keptFile.count({ where: { kind: 'issued-document' } });
const keysOfDataset = (datasetId: string) => db().datasetKey.count({ where: { datasetId } });
const ask = (other: Parameters<typeof goodRequest>[1] = {}, as = OFFICER, options = {}) =>
  requestDataset(test.callAs(as, options), goodRequest(agreement, other));
const decide = (datasetId: string, as = HEAD, other: object = {}) =>
  decideDataset(test.callAs(as), {
    ...{ institution: HERE, datasetId, expectedVersion: 1, decision: 'consent' as const, reason: '' },
    ...other,
  });

/** A dataset that is ready. */
async function ready(other: Parameters<typeof goodRequest>[1] = {}): Promise<string> {
  const { datasetId } = await ask(other);
  await decide(datasetId);
  await runDueJobs(test.world);
  expect(await rowOf(datasetId)).toMatchObject({ state: 'ready', problem: null });
  return datasetId;
}

async function recipient(datasetId: string, number = 1) {
  const opened = await openDatasetAccess(test.callAs(OFFICER), { institution: HERE, datasetId, recipient: number });
  const token = tokenOfAccess(test.world, { institution: HERE, id: opened.accessId });
  const found = await recipientOf(test.world, token);
  if (!found) throw new Error('the token is none');
  return found;
}
const key = (id: string) => ({ institution: HERE, id });

describe('Article 18: a request', () => {
  it('is sealed with everything that was asked, and keeps the contact sealed', async () => {
    const { datasetId, stepId } = await ask({ organisationCode: ' 91350100m000100y43 ' });
    const row = await rowOf(datasetId);
    expect(row).toMatchObject({ state: 'requested', version: 1, organisationCode: '91350100M000100Y43' });
    expect(row.contactWay).not.toContain('0531');
    expect(openContact(row, test.world.cipher)).toBe('0531-8600 0000');
    const step = await db().step.findFirstOrThrow({ where: { id: stepId ?? '' } });
    expect(JSON.parse(step.statement)).toMatchObject({
      ...{ step: 'request-dataset', article: '18' },
      facts: { purpose: 'quality-evaluation', fields: goodRequest('').fields, lastDay: '2026-09-30' },
    });
    expect(step.statement).not.toContain('0531');
    expect(step.statement).not.toContain('李评');
  });

  it('says everything that is wrong at once, each with what was found and expected', async () => {
    const bad = ask({
      ...{ organisationName: ' ', organisationCode: '91350100M000100Y44', contactName: '', contactWay: '\u0007' },
      ...{ description: '研究', fields: ['name', 'identityNumber', 'sex', 'sex', 'shoeSize'], k: 4, l: 1, t: 2 },
      ...{ yearFrom: 2026, yearUntil: 2025, categories: [], firstDay: '2026-06-24', lastDay: '2026-12-31' },
      ...{ recipients: ['一室', '一室', ''], agreementDigest: '0'.repeat(64) },
    });
    const error = await bad.then(
      () => null,
      (thrown) => thrown,
    );
    expect(new Set(error.violations.map(({ code }: { code: string }) => code))).toEqual(
      new Set([
        ...['dataset-word-missing', 'dataset-organisation-code', 'text-unreadable-character'],
        ...['dataset-description-short', 'dataset-field-identifier', 'dataset-field-twice', 'dataset-field-unknown'],
        ...['dataset-k', 'dataset-l', 'dataset-t', 'dataset-years', 'dataset-categories-missing'],
        ...['dataset-term-past', 'dataset-term-long', 'dataset-recipient-twice', 'file-missing'],
      ]),
    );
    for (const { code, found } of error.violations) expect(found, code).toBeDefined();
    const code = error.violations.find((each: { code: string }) => each.code === 'dataset-organisation-code');
    expect(code.expected).toBe('91350100M000100Y43');
    const names = error.violations.filter((each: { code: string }) => each.code === 'dataset-field-identifier');
    expect(names.map(({ path }: { path: string }) => path)).toEqual(['fields[0]', 'fields[1]']);
  });

  it.each(['product-or-service', 'marketing-or-recruitment', 'trade-in-data'] as const)(
    'Article 19: for %s is refused',
    async (purpose) => {
      expect(await refusal(ask({ purpose }))).toEqual({ kind: 'Refused', codes: ['dataset-commercial'] });
    },
  );

  it('is for the degree office alone', async () => {
    for (const [as, code] of [
      ['jiaowu.cai', 'not-your-office'],
      ['sheng.shen', 'not-your-office'],
      [AUDITOR, 'read-only-duty'],
      ['donghai.xuewei', 'not-your-institution'],
    ] as const) {
      const refused = await refusal(ask({}, as));
      expect(refused.kind).toBe('Forbidden');
      expect(refused.codes).toContain(code);
    }
  });

  it('says as what its agreement was uploaded when it was for something else', async () => {
    const agreementDigest = await datasetPaper(test, 'dataset-publication', 'uploaded as a publication');
    const missing = { code: 'file-missing', found: expect.stringMatching(/^dataset-publication /) };
    await expect(ask({ agreementDigest })).rejects.toMatchObject({
      violations: [{ ...missing, expected: 'dataset-agreement' }],
    });
  });

  it('with the same idempotency key is one request, and the key stands for no other', async () => {
    const first = await ask({}, OFFICER, { idempotencyKey: 'ask-once' });
    expect(await ask({}, OFFICER, { idempotencyKey: 'ask-once' })).toEqual(first);
    const other = ask({ k: 6 }, OFFICER, { idempotencyKey: 'ask-once' });
    expect(await refusal(other)).toEqual({ kind: 'Refused', codes: ['idempotency-key-reused'] });
    const before = await db().dataset.count();
    expect(await ask({}, OFFICER, { simulate: true })).toMatchObject({ simulated: true, stepId: null });
    expect(await db().dataset.count()).toBe(before);
  });

  it('of an organisation that has a dataset of the same people waits until that is destroyed', async () => {
    const datasetId = await ready();
    expect(await refusal(ask())).toEqual({ kind: 'Refused', codes: ['dataset-overlap'] });
    await ask({ categories: ['academic-master'] });
    await destroyDataset(test.callAs(OFFICER), { institution: HERE, datasetId, reason: '分析提前完成' });
    await ask();
  });
});

describe('Article 18: the decision', () => {
  it('is the head’s, and never that of who asked or changed the request – in the rules and in the database', async () => {
    const { datasetId } = await ask({}, HEAD);
    expect(await refusal(decide(datasetId))).toEqual({ kind: 'Refused', codes: ['dataset-decider-asked'] });
    expect((await refusal(decide(datasetId, OFFICER))).codes).toEqual(['duty-missing']);
    const { officerId } = test.callAs(HEAD).actor;
    await expect(
      test.world.db.pool.query(`UPDATE "Dataset" SET "decidedById" = $2 WHERE "id" = $1`, [datasetId, officerId]),
    ).rejects.toThrow(/Dataset_other_decides/);
    // The officer changes it: the head still asked for it once.
    const revises = { datasetId, expectedVersion: 1 };
    await ask({ revises, k: 7 });
    const again = decide(datasetId, HEAD, { expectedVersion: 2 });
    expect(await refusal(again)).toEqual({ kind: 'Refused', codes: ['dataset-decider-asked'] });
  });

  it('of two at once is one', async () => {
    const { datasetId } = await ask();
    const both = await Promise.allSettled([
      decide(datasetId),
      decide(datasetId, HEAD, { decision: 'refuse', reason: '用途不够具体' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(
      await db().step.count({ where: { name: 'decide-dataset', subjects: { some: { subjectId: datasetId } } } }),
    ).toBe(1);
  });

  it('refuses with a reason; the request can be changed and is decided on again', async () => {
    const { datasetId } = await ask();
    expect((await refusal(decide(datasetId, HEAD, { decision: 'refuse' }))).codes).toEqual(['dataset-word-missing']);
    await decide(datasetId, HEAD, { decision: 'refuse', reason: '用途不够具体' });
    expect(await rowOf(datasetId)).toMatchObject({ state: 'refused', decisionReason: '用途不够具体', version: 2 });
    expect((await refusal(decide(datasetId, HEAD, { expectedVersion: 2 }))).codes).toEqual(['dataset-state']);
    expect((await refusal(ask({ revises: { datasetId, expectedVersion: 1 } }))).kind).toBe('Stale');
    await ask({ revises: { datasetId, expectedVersion: 2 }, recipients: ['二室', '三室'] });
    expect(await rowOf(datasetId)).toMatchObject({ state: 'requested', version: 3, decidedById: null });
    const recipients = await db().datasetRecipient.findMany({ where: { datasetId }, orderBy: { number: 'asc' } });
    expect(recipients.map(({ number, name, droppedAt }) => [number, name, droppedAt !== null])).toEqual([
      ...[[1, '一室', true] as const, [2, '二室', false] as const, [3, '三室', false] as const],
    ]);
  });

  it('goes by the version that was seen, by today’s policy, and comes before the end of the term', async () => {
    const { datasetId } = await ask();
    expect((await refusal(decide(datasetId, HEAD, { expectedVersion: 9 }))).kind).toBe('Stale');
    test.setClock('2026-10-01');
    expect((await refusal(decide(datasetId))).codes).toEqual(['dataset-term-over']);
    test.setClock('2026-06-26');
    const stricter = { institution: HERE, effectiveFrom: '2026-06-26', basisNumber: '学位〔2026〕31号' };
    await setPolicy(test.callAs(OFFICER), { ...stricter, settings: { datasetK: 6 } });
    expect((await refusal(decide(datasetId))).codes).toEqual(['dataset-k']);
    test.setClock('2026-06-27');
    await setPolicy(test.callAs(OFFICER), { ...stricter, effectiveFrom: '2026-06-27', settings: { datasetK: 5 } });
    await decide(datasetId);
  });

  it('is unknown of a dataset that is not there, whoever’s it would be', async () => {
    const nobody = '0197f0a0-0000-7000-8000-000000000000';
    expect((await refusal(decide(nobody))).kind).toBe('NotFound');
    const there = decideDataset(test.callAs(HEAD), {
      ...{ institution: THERE, datasetId: nobody, expectedVersion: 1, decision: 'consent', reason: '' },
    });
    expect((await refusal(there)).kind).toBe('Forbidden');
  });
});

describe('Article 18: the making', () => {
  it('is ordered by the decision, sealed, k-anonymous, without any identifier', async () => {
    const datasetId = await ready();
    const row = await rowOf(datasetId);
    const report = row.report as { after: { smallestClass: number; l: number } };
    expect(report.after.smallestClass).toBeGreaterThanOrEqual(5);
    expect(report.after.l).toBeGreaterThanOrEqual(2);
    const steps = await db().step.findMany({
      where: { subjects: { some: { subjectId: datasetId } } },
      orderBy: { leafIndex: 'asc' },
    });
    expect(steps.map(({ name }) => name)).toEqual(['request-dataset', 'decide-dataset', 'generate-dataset']);
    const statement = JSON.parse(steps[2]?.statement ?? '');
    expect(statement).toMatchObject({ order: steps[1]?.leafHash, officer: { name: '赵建国' } });
    expect(statement.facts).toMatchObject({ possible: true, rows: row.rowCount, reportDigest: row.reportDigest });
    // What is kept of the rows opens by nothing but the key of this dataset.
    const piece = await db().datasetPiece.findFirstOrThrow({ where: { datasetId } });
    expect(Buffer.from(piece.box).toString('latin1')).not.toContain('2026');
    const { rows } = await openDataset(test.world, test.callAs(OFFICER).actor, key(datasetId), { what: 'rows' }).catch(
      (error) => error,
    );
    expect(rows).toBeUndefined(); // before its first day
  });

  it('says why it is not possible, and the request can be changed', async () => {
    const { datasetId } = await ask({ yearFrom: 1990, yearUntil: 1991 });
    await decide(datasetId);
    await runDueJobs(test.world);
    expect(await rowOf(datasetId)).toMatchObject({ state: 'impossible', problem: { reason: 'dataset-empty' } });
    await ask({ revises: { datasetId, expectedVersion: 3 } });
    await decide(datasetId, HEAD, { expectedVersion: 4 });
    await runDueJobs(test.world);
    expect(await rowOf(datasetId)).toMatchObject({ state: 'ready', problem: null });
  });

  it('with too few people is not possible either, in the engine’s words', async () => {
    const { datasetId } = await ask({ k: 1000, yearFrom: 2024, yearUntil: 2024 });
    await decide(datasetId);
    await runDueJobs(test.world);
    const { state, problem } = await rowOf(datasetId);
    expect(state).toBe('impossible');
    expect(problem).toMatchObject({ reason: 'too-few-rows', zh: expect.any(String), en: expect.any(String) });
    expect(await piecesOf(datasetId)).toBe(0);
  });

  it('of an order that is not in force any more makes nothing', async () => {
    const { datasetId } = await ask();
    await decide(datasetId);
    await destroyDataset(test.callAs(HEAD), { institution: HERE, datasetId, reason: '不再需要这些数据' });
    await runDueJobs(test.world);
    expect(await rowOf(datasetId)).toMatchObject({ state: 'destroyed' });
    expect(await piecesOf(datasetId)).toBe(0);
  });
});

describe('Article 18: reading', () => {
  it('is for a recipient with a token from the first to the last day, and each reading is recorded', async () => {
    const datasetId = await ready();
    const reader = await recipient(datasetId);
    const csv = () => openDataset(test.world, reader, key(datasetId), { what: 'csv' });
    expect((await refusal(csv())).codes).toEqual(['dataset-not-yet']);
    test.setClock('2026-07-01');
    const opened = await csv();
    const all: string[][] = [];
    for await (const row of opened.all()) all.push(row);
    expect(all.length).toBe(opened.row.rowCount);
    expect(new Set(all.map(([name]) => name)).size).toBe(all.length);
    expect(opened.header[0]).toBe('行标识');
    const page = await openDataset(test.world, reader, key(datasetId), { what: 'rows', firstRow: 490, rows: 20 });
    const rows = await page.rows(490, 20);
    expect(rows.map(({ place }) => place)).toEqual(Array.from({ length: 20 }, (_, at) => 490 + at));
    const same = new Map(all.map((cells) => [cells[0], cells]));
    for (const { cells } of rows) expect(same.get(cells[0])).toEqual(cells);
    await openDataset(test.world, test.callAs(OFFICER).actor, key(datasetId), { what: 'rows', firstRow: 0, rows: 5 });
    test.setClock('2026-10-01');
    expect((await refusal(csv())).codes).toEqual(['dataset-term-over']);
    const reads = await db().datasetRead.findMany({ where: { datasetId }, orderBy: { id: 'asc' } });
    expect(
      reads.map(({ what, firstRow, rows: count, officerId }) => [what, firstRow, count, officerId !== null]),
    ).toEqual([
      ['csv', 0, opened.row.rowCount, false],
      ['rows', 490, 20, false],
      ['rows', 0, 5, true],
    ]);
    await expect(test.world.db.pool.query('DELETE FROM "DatasetRead"')).rejects.toThrow(/append-only/);
    await expect(test.world.db.pool.query('UPDATE "DatasetRead" SET "rows" = 0')).rejects.toThrow(/append-only/);
  });

  it('shows each recipient a copy of their own, and nothing of another dataset', async () => {
    const datasetId = await ready();
    const [one, two] = [await recipient(datasetId, 1), await recipient(datasetId, 2)];
    test.setClock('2026-07-01');
    const first = async (reader: typeof one) =>
      (await openDataset(test.world, reader, key(datasetId), { what: 'rows' })).rows(0, 3);
    expect((await first(one)).map(({ cells }) => cells[0])).not.toEqual(
      (await first(two)).map(({ cells }) => cells[0]),
    );
    const { datasetId: other } = await ask({ categories: ['academic-master'] });
    expect((await refusal(openDataset(test.world, one, key(other), { what: 'csv' }))).kind).toBe('NotFound');
  });

  it('ends with the access; another can be opened', async () => {
    const datasetId = await ready();
    const reader = await recipient(datasetId);
    const it1 = { institution: HERE, datasetId, recipient: 1 };
    expect((await refusal(openDatasetAccess(test.callAs(OFFICER), it1))).codes).toEqual(['dataset-access-open']);
    expect((await refusal(openDatasetAccess(test.callAs(OFFICER), { ...it1, recipient: 9 }))).codes).toEqual([
      'dataset-recipient-unknown',
    ]);
    await revokeDatasetAccess(test.callAs(OFFICER), it1);
    test.setClock('2026-07-01');
    const csv = () => openDataset(test.world, reader, key(datasetId), { what: 'csv' });
    expect((await refusal(csv())).codes).toEqual(['dataset-access-revoked']);
    expect((await refusal(revokeDatasetAccess(test.callAs(OFFICER), it1))).codes).toEqual(['dataset-access-revoked']);
    expect(await recipient(datasetId)).not.toEqual(reader);
    expect(await recipientOf(test.world, 'dataset_nobody')).toBeNull();
  });

  it('is not for auditors, other offices, the province or another institution', async () => {
    const datasetId = await ready();
    test.setClock('2026-07-01');
    const as = (name: string) =>
      refusal(openDataset(test.world, test.callAs(name).actor, key(datasetId), { what: 'csv' }));
    expect(await as(AUDITOR)).toEqual({ kind: 'Refused', codes: ['dataset-reader'] });
    for (const name of ['jiaowu.cai', 'sheng.shen', 'donghai.xuewei']) expect((await as(name)).kind).toBe('NotFound');
    expect(await db().datasetRead.count({ where: { datasetId } })).toBe(0);
  });
});

describe('Article 18: the destruction', () => {
  it('comes at the end of the term, also when the server was down; until then every reading is refused all the same', async () => {
    // A character that no face has stands in the way of no destruction, nor of its paper.
    const datasetId = await ready({ organisationName: '山东\u{30000}教育评估研究院' });
    const reader = await recipient(datasetId);
    test.setClock('2026-09-30T23:59:59+08:00');
    await runDueJobs(test.world);
    expect(await piecesOf(datasetId)).toBeGreaterThan(0);
    await openDataset(test.world, reader, key(datasetId), { what: 'report' });
    test.setClock('2026-10-01T00:00:00+08:00');
    for (const who of [reader, test.callAs(OFFICER).actor]) {
      expect((await refusal(openDataset(test.world, who, key(datasetId), { what: 'csv' }))).codes).toEqual([
        'dataset-term-over',
      ]);
    }
    test.setClock('2026-10-05');
    expect(await runDueJobs(test.world)).toBe(1);
    expect(await rowOf(datasetId)).toMatchObject({ state: 'destroyed', destroyedById: null });
    expect([await piecesOf(datasetId), await keysOfDataset(datasetId)]).toEqual([0, 0]);
    const bundle = await datasetBundle(test.world, HERE, datasetId);
    const verdict = await verifyBundle(bundle, { roots: [test.root.der] });
    expect(verdict.verdict).toBe('valid');
    expect(verdict.facts.destroyed).toEqual({
      ...{ on: '2026-10-05', occasion: 'end-of-term', rows: (await rowOf(datasetId)).rowCount, readings: 1 },
    });
    const stands = verdict.checks.find(({ name }) => name === 'stands');
    expect(stands?.en).toContain('The dataset was destroyed on 2026-10-05, at the end of its term');
    const last = bundle.steps.at(-1)?.statement as Record<string, unknown>;
    expect(last).toMatchObject({
      step: 'destroy-dataset',
      facts: { occasion: 'end-of-term', key: 'destroyed', readings: 1 },
      files: [expect.stringMatching(/^[0-9a-f]{64}$/)],
    });
    expect(last.order).toMatch(/^[0-9a-f]{64}$/);
    const [digest] = last.files as string[];
    const paper = await db().storedFile.findFirstOrThrow({ where: { institution: HERE, digest: digest ?? '' } });
    expect((await verifyPdf(paper.bytes, { roots: [test.root.der] })).verdict).toBe('valid');
    if (has('pdftotext')) expect(textOf(paper.bytes)).toContain('山东〔U+30000〕教育评估研究院');
  });

  it('comes earlier when an officer says why, once, and nothing brings the dataset back', async () => {
    const datasetId = await ready();
    const destroy = (reason = '分析已经完成') =>
      destroyDataset(test.callAs(OFFICER), { institution: HERE, datasetId, reason });
    expect((await refusal(destroy(' '))).codes).toEqual(['dataset-word-missing']);
    expect((await refusal(destroy('泄露'))).codes).toEqual(['reason-too-short']);
    const papersBefore = await papers();
    expect(
      await destroyDataset(test.callAs(OFFICER, { simulate: true }), {
        institution: HERE,
        datasetId,
        reason: '分析已经完成',
      }),
    ).toMatchObject({
      simulated: true,
    });
    expect(await piecesOf(datasetId)).toBeGreaterThan(0);
    expect(
      (await refusal(destroyDataset(test.callAs(AUDITOR), { institution: HERE, datasetId, reason: '分析已经完成' })))
        .kind,
    ).toBe('Forbidden');
    const both = await Promise.allSettled([destroy(), destroy()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await papers()).toBe(papersBefore + 1);
    expect(await piecesOf(datasetId)).toBe(0);
    await expect(
      test.world.db.pool.query(`UPDATE "Dataset" SET "state" = 'ready' WHERE "id" = $1`, [datasetId]),
    ).rejects.toThrow(/article 18/);
    await expect(test.world.db.pool.query('DELETE FROM "Dataset"')).rejects.toThrow(/append-only/);
    test.setClock('2026-10-05');
    await runDueJobs(test.world);
    expect(
      await db().step.count({ where: { name: 'destroy-dataset', subjects: { some: { subjectId: datasetId } } } }),
    ).toBe(1);
  });

  it('while a copy is being read breaks the reading off', async () => {
    const datasetId = await ready();
    const reader = await recipient(datasetId);
    test.setClock('2026-07-01');
    const opened = await openDataset(test.world, reader, key(datasetId), { what: 'csv' });
    let read = 0;
    const reading = (async () => {
      for await (const _ of opened.all()) {
        read += 1;
        if (read === 1)
          await destroyDataset(test.callAs(OFFICER), { institution: HERE, datasetId, reason: '发现数据泄露' });
      }
    })();
    await expect(reading).rejects.toThrow(DatasetGone);
    expect(read).toBeLessThan(opened.row.rowCount ?? 0);
  });
});

describe('Article 18: the publication of results', () => {
  it('needs the consent of the head, with the whole text, also after the destruction', async () => {
    const datasetId = await ready();
    const documentDigest = await datasetPaper(test, 'dataset-publication');
    const wish = { institution: HERE, datasetId, title: '学士学位授予质量报告', place: '内部通报', documentDigest };
    const missing = { ...wish, title: '', documentDigest: agreement };
    expect((await refusal(requestPublication(test.callAs(OFFICER), missing))).codes.sort()).toEqual([
      ...['dataset-word-missing', 'file-missing'],
    ]);
    const { publicationId } = await requestPublication(test.callAs(OFFICER), wish);
    const decision = { institution: HERE, publicationId, decision: 'consent' as const, reason: '' };
    expect((await refusal(decidePublication(test.callAs(OFFICER), decision))).codes).toEqual(['duty-missing']);
    await destroyDataset(test.callAs(OFFICER), { institution: HERE, datasetId, reason: '分析已经完成' });
    await decidePublication(test.callAs(HEAD), decision);
    expect((await refusal(decidePublication(test.callAs(HEAD), decision))).codes).toEqual(['publication-state']);
    const own = await requestPublication(test.callAs(HEAD), { ...wish, title: '续报' });
    const byHead = { ...decision, publicationId: own.publicationId };
    expect((await refusal(decidePublication(test.callAs(HEAD), byHead))).codes).toEqual(['dataset-decider-asked']);
    const { datasetId: asked } = await ask();
    expect((await refusal(requestPublication(test.callAs(OFFICER), { ...wish, datasetId: asked }))).codes).toEqual([
      'dataset-state',
    ]);
  });
});

describe('Article 18: what can be done next', () => {
  it('is told with what stands in the way', async () => {
    const { datasetId } = await ask();
    const allowed = async (as: string) =>
      (await datasetActions(test.callAs(as), await rowOf(datasetId)))
        .filter((each) => each.allowed)
        .map(({ name }) => name);
    expect(await allowed(OFFICER)).toEqual(['request-dataset']);
    expect(await allowed(HEAD)).toEqual(['request-dataset', 'decide-dataset']);
    expect(await allowed(AUDITOR)).toEqual([]);
    await decide(datasetId);
    await runDueJobs(test.world);
    expect(await allowed(OFFICER)).toEqual(['open-dataset-access', 'destroy-dataset']);
  });
});

describe('Article 12: what the register keeps of all these datasets', () => {
  it('is what their steps sealed: of changed requests, refused, impossible, read and destroyed ones', async () => {
    expect(await db().dataset.count()).toBeGreaterThan(10);
    const found = await unsealedDatasets(db(), test.world, HERE);
    expect(found).toEqual({ dataset: [], 'dataset-access': [], publication: [] });
  });
});
