// Article 12: the register compared with its sealed steps. Untouched it agrees everywhere; whatever is changed by SQL is counted and named.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeRecords } from '../../../src/procedures/applications/change-records.ts';
import { draftChangeRequest } from '../../../src/procedures/applications/draft-change-request.ts';
import { closeDisclosure } from '../../../src/procedures/disclosure/close-disclosure.ts';
import { openDisclosure } from '../../../src/procedures/disclosure/open-disclosure.ts';
import { correctRecord } from '../../../src/procedures/records/correct.ts';
import { fileBatch } from '../../../src/procedures/reporting/filing.ts';
import { reportBatch } from '../../../src/procedures/reporting/report.ts';
import { reportUpward } from '../../../src/procedures/reporting/report-upward.ts';
import { returnRecords } from '../../../src/procedures/reporting/return-records.ts';
import { reviewBatch } from '../../../src/procedures/reporting/review.ts';
import { deepCheck, type Measured, measureUnsealed } from '../../../src/procedures/responsibility/unsealed.ts';
import { withdrawDeclassification } from '../../../src/procedures/secrecy/declassify.ts';
import { revealField } from '../../../src/procedures/secrecy/reveal.ts';
import { publishStatistics } from '../../../src/procedures/statistics/publish-statistics.ts';
import { bringCase, filedBatch, HANDS, paper, theCase } from '../../support/cases.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { declassified } from '../../support/declassified.ts';
import { addFiled } from '../../support/filed.ts';
import { bringTo } from '../../support/stages.ts';
import { tampered as tamperedIn } from '../../support/tampered.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let filed: Collected;
let batch: Collected;
beforeAll(async () => {
  test = await testWorld();
  filed = await filedBatch(test, 3);
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 3);
});
afterAll(() => test.close());

type Reads = Parameters<typeof deepCheck>[0] & Parameters<typeof measureUnsealed>[0];

const measure = (as = 'xuewei.guan', db: Reads = test.world.db.prisma): Promise<Measured> =>
  measureUnsealed(db, test.world, test.callAs(as).actor, HERE);

/** What disagrees, as `kind id`; the counts say as many. */
async function named(as?: string, db?: Reads): Promise<string[]> {
  const { counts, found } = await measure(as, db);
  for (const [kind, count] of counts) expect(found.filter((one) => one.kind === kind).length, kind).toBe(count);
  return found.map(({ kind, id }) => `${kind} ${id}`);
}

/** SQL by somebody who may do anything, triggers or not; looks at what it did, and undoes it. */
const tampered = <T>(text: string, look: (db: Reads) => Promise<T>, values: unknown[] = []): Promise<T> =>
  tamperedIn(test, text, look, values);

describe('Article 12: what was changed around the procedures is counted and named', () => {
  const id = () => filed.recordIds[0] ?? '';

  it.each<[string, string, () => string[]]>([
    [
      'the digest of a record',
      `UPDATE "DegreeRecord" SET "digest" = repeat('0', 64) WHERE "id" = $1::uuid`,
      () => [id(), `record ${id()}`],
    ],
    ['its version', `UPDATE "DegreeRecord" SET "version" = 2 WHERE "id" = $1::uuid`, () => [id(), `record ${id()}`]],
    [
      'its state',
      `UPDATE "DegreeRecord" SET "state" = 'returned' WHERE "id" = $1::uuid`,
      () => [id(), `record-state ${id()}`],
    ],
    [
      'the state of one that was only collected',
      `UPDATE "DegreeRecord" SET "state" = 'filed', "crossCheckedById" = (SELECT "id" FROM "Officer" WHERE "loginName" = 'jiaowu.he') WHERE "id" = $1::uuid`,
      () => [batch.recordIds[0] ?? '', `record-state ${batch.recordIds[0]}`],
    ],
    [
      'its batch',
      `UPDATE "DegreeRecord" SET "batchId" = (SELECT "id" FROM "Batch" ORDER BY "id" DESC LIMIT 1) WHERE "id" = $1::uuid`,
      () => [id(), `record-batch ${id()}`],
    ],
    [
      'the batch of one that was only collected',
      `UPDATE "DegreeRecord" SET "batchId" = (SELECT "id" FROM "Batch" ORDER BY "id" LIMIT 1) WHERE "id" = $1::uuid`,
      () => [batch.recordIds[0] ?? '', `record-batch ${batch.recordIds[0]}`],
    ],
    [
      'its resolution',
      `UPDATE "DegreeRecord" SET "resolutionId" = gen_random_uuid() WHERE "id" = $1::uuid`,
      () => [id(), `record-batch ${id()}`],
    ],
    [
      'the state of a batch',
      `UPDATE "Batch" SET "state" = 'reported' WHERE "id" = $1::uuid`,
      () => [filed.batchId, `batch ${filed.batchId}`],
    ],
    [
      'that of one that no step was about',
      `UPDATE "Batch" SET "state" = 'disclosed' WHERE "id" = $1::uuid`,
      () => [batch.batchId, `batch ${batch.batchId}`],
    ],
    [
      'the number of a resolution',
      `UPDATE "Resolution" SET "number" = '伪造' WHERE "id" = $1::uuid`,
      () => [filed.resolutionId, `resolution ${filed.resolutionId}`],
    ],
    [
      'the size of the log',
      `UPDATE "LogHead" SET "size" = "size" + 1 WHERE "institution" = $1`,
      () => [HERE, `log ${HERE}`],
    ],
  ])('%s', async (_, change, expected) => {
    const [subject, ...found] = expected();
    expect(await tampered(change, (tx) => named(undefined, tx), [subject])).toEqual(found);
  });

  it('a record that no step was ever about', async () => {
    const change = `DELETE FROM "StepSubject" WHERE "subjectId" = $1::uuid`;
    const { counts, found } = await tampered(change, (tx) => measure(undefined, tx), [id()]);
    expect(counts.get('record')).toBe(1);
    expect(found.find(({ kind }) => kind === 'record')).toMatchObject({ id: id(), expected: null });
    // The steps miss a subject now, and say so.
    expect(counts.get('step')).toBeGreaterThan(5);
  });

  it.each([
    ['signature', `"signature" = ''`],
    ['statement', `"statement" = replace("statement", '"facts"', '"Facts"')`],
    ['columns', `"officerId" = NULL`],
    ['columns', `"at" = "at" + interval '1 day'`],
    ['subjects', `"subjectCount" = 99`],
  ])('a step: %s (%s)', async (why, change) => {
    const { id: stepId } = await test.world.db.prisma.step.findFirstOrThrow({ where: { name: 'filing' } });
    const update = `UPDATE "Step" SET ${change} WHERE "id" = $1::uuid`;
    const { found } = await tampered(update, (tx) => measure(undefined, tx), [stepId]);
    expect(found).toEqual([{ kind: 'step', id: stepId, found: why, expected: 'filing' }]);
  });

  it.each<[string, string, () => string]>([
    ['record', 'DELETE FROM "DegreeRecord" WHERE "id" = $1::uuid', id],
    ['batch', 'DELETE FROM "Batch" WHERE "id" = $1::uuid', () => filed.batchId],
    ['resolution', 'DELETE FROM "Resolution" WHERE "id" = $1::uuid', () => filed.resolutionId],
  ])('a %s that steps are about and that is not there', async (kind, change, which) => {
    await tampered(
      change,
      async (tx) => {
        const { counts, found } = await measure('jiancha', tx);
        expect(counts.get('missing')).toBe(1);
        expect(found).toMatchObject([{ kind: 'missing', id: which(), found: `${kind} -` }]);
        expect(found[0]?.expected).toMatch(new RegExp(`^${kind} \\d+ [0-9a-f]{64}$`));
      },
      [which()],
    );
  });

  it.each<[string, string, (id: string) => string[]]>([
    ['was taken out', 'DELETE FROM "Reveal" WHERE "id" = $1::uuid', (look) => [`reveal ${look}`]],
    [
      'was put on another field',
      `UPDATE "Reveal" SET "field" = 'phone' WHERE "id" = $1::uuid`,
      (look) => [`reveal ${look}`],
    ],
    ['was put on nobody', 'UPDATE "Reveal" SET "officerId" = NULL WHERE "id" = $1::uuid', (look) => [`reveal ${look}`]],
    // The look that was sealed is without its step, and this one names a step that there is not.
    [
      'lost its step',
      'UPDATE "Reveal" SET "stepId" = NULL WHERE "id" = $1::uuid',
      (look) => [`reveal ${look}`, `reveal ${look}`],
    ],
  ])('Article 21: a look that %s', async (_, change, expected) => {
    const asked = {
      institution: HERE,
      recordId: id(),
      field: 'identityNumber',
      reason: '核对身份证件号码与学籍信息。',
    } as const;
    const { revealId } = await revealField(test.callAs('jiaowu.cai'), asked);
    expect(await named()).toEqual([]);
    expect(await tampered(change, (tx) => named(undefined, tx), [revealId])).toEqual(expected(revealId));
  });

  it('a step that was taken out of the log', async () => {
    const { counts } = await tampered(`DELETE FROM "Step" WHERE "name" = 'filing'`, (tx) => measure(undefined, tx));
    expect(counts.get('log')).toBe(1);
    expect(counts.get('record')).toBe(0);
    expect(counts.get('record-state')).toBe(3);
  });

  it('a statement that was written anew with its hash is not the leaf of the log', async () => {
    const { id: stepId } = await test.world.db.prisma.step.findFirstOrThrow({ where: { name: 'filing' } });
    const forged = `UPDATE "Step" SET "statement" = s.t, "leafHash" = encode(sha256('\\x00'::bytea || convert_to(s.t, 'UTF8')), 'hex')
      FROM (SELECT replace("statement", '"filed":3', '"filed":2') AS t FROM "Step" WHERE "id" = $1::uuid) s WHERE "id" = $1::uuid`;
    const { found } = await tampered(forged, (tx) => measure(undefined, tx), [stepId]);
    expect(found).toEqual([{ kind: 'step', id: stepId, found: 'log', expected: 'filing' }]);
  });

  it('Article 4: a category office is told of its categories, the province of what reached it', async () => {
    await tampered(`UPDATE "DegreeRecord" SET "digest" = repeat('0', 64)`, async (tx) => {
      const count = async (as: string) => (await measure(as, tx)).counts.get('record');
      expect(await count('jiaowu.cai')).toBe(6);
      expect(await count('jiancha')).toBe(6);
      expect(await count('yanjiu.cai')).toBe(0);
      expect(await count('sheng.shen')).toBe(3);
      const { counts } = await measure('sheng.shen', tx);
      expect([...counts.keys()]).toEqual(['record', 'record-state', 'application']);
    });
  });
});

describe('Article 12: the deep check', () => {
  const check = (first: number, after: string | null = null, as = 'xuewei.guan', db: Reads = test.world.db.prisma) =>
    deepCheck(db, test.world, test.callAs(as).actor, { institution: HERE, first, after });

  it('opens every record, page by page', async () => {
    const page = await check(4);
    expect(page).toMatchObject({ checked: 4, wrong: [] });
    expect(await check(4, page.next)).toEqual({ checked: 2, wrong: [], next: null });
    expect((await check(100, null, 'yanjiu.cai')).checked).toBe(0);
  });

  it.each([
    `"name" = '张伪造'`,
    `"conferralDate" = '2026-06-21'`,
    `"phone" = 'no box'`,
    `"identityNumber" = (SELECT "identityNumber" FROM "DegreeRecord" ORDER BY "id" DESC LIMIT 1)`,
    `"salt" = 'zz'`,
    `"thesisTitle" = NULL`,
  ])('finds a field that was changed beneath its digest: %s', async (change) => {
    const [id] = filed.recordIds;
    await tampered(
      `UPDATE "DegreeRecord" SET ${change} WHERE "id" = $1::uuid`,
      async (tx) => {
        expect(await named(undefined, tx)).toEqual([]);
        expect(await check(100, null, undefined, tx)).toEqual({ checked: 6, wrong: [id], next: null });
      },
      [id],
    );
  });
});

describe('Article 12: what nobody touched agrees with its seals', () => {
  it('at every stage, corrected, returned and filed', async () => {
    expect(await named()).toEqual([]);
    await bringTo(test, batch, 'cross-checked');
    const where = { institution: HERE, batchId: batch.batchId };
    await openDisclosure(test.callAs('jiaowu.he'), where);
    expect(await named()).toEqual([]);
    test.setClock('2026-06-29');
    await closeDisclosure(test.callAs('jiaowu.cai'), where);
    await reportBatch(test.callAs('jiaowu.cai'), { ...where, errorPolicy: 'all-or-nothing' });
    await reportUpward(test.callAs('xuewei.guan'), { institution: HERE, resolutionId: batch.resolutionId });
    expect(await named()).toEqual([]);
    const [recordId = ''] = batch.recordIds;
    const reasons = [{ field: 'thesisTitle', reason: '题目与论文不一致，请核对后更正。' }];
    await returnRecords(test.callAs('sheng.shen'), { institution: HERE, returns: [{ recordId, reasons }] });
    expect(await named()).toEqual([]);
    const corrected = { institution: HERE, recordId, expectedVersion: 1, changes: { thesisTitle: '小学语文教学研究' } };
    await correctRecord(test.callAs('jiaowu.cai'), corrected);
    await reviewBatch(test.callAs('sheng.shen'), where);
    await fileBatch(test.callAs('sheng.shen'), where);
    expect(await named()).toEqual([]);
    expect((await measure()).counts.get('record')).toBe(0);
  });
});

describe('Article 12: a written application', () => {
  async function drafted(at: number): Promise<string> {
    const fileDigest = await paper(test, HANDS.drafter, 'evidence');
    const { applicationId } = await draftChangeRequest(test.callAs(HANDS.drafter), {
      ...{ institution: HERE, category: 'regular-bachelor' },
      reason: '该生论文题目在上报时误用开题时的题目，与答辩通过的题目不一致。',
      finding: '经核对答辩决议，情况属实。',
      evidence: [{ title: '答辩决议复印件', fileDigest }],
      records: [
        {
          recordId: filed.recordIds[at] ?? '',
          changes: [{ field: 'thesisTitle', after: '整本书阅读教学的现状与对策', evidence: [1] }],
        },
      ],
    });
    return applicationId;
  }

  it('agrees with its seals from the draft to the effect, and so does the record that it changed', async () => {
    test.setClock('2026-08-03');
    const applicationId = await drafted(0);
    expect(await named()).toEqual([]);
    await bringCase(test, applicationId, 'consented');
    expect(await named()).toEqual([]);
    await changeRecords(test.callAs(HANDS.drafter), theCase(applicationId));
    expect(await named()).toEqual([]);
  });

  it.each([
    [1, `"state" = 'consented'`],
    [2, `"version" = "version" + 1`],
  ])('%i: does not where %s was written by hand', async (at, change) => {
    test.setClock('2026-08-03');
    const applicationId = await drafted(at);
    await tampered(
      `UPDATE "WrittenApplication" SET ${change} WHERE "id" = $1::uuid`,
      async (tx) => {
        expect(await named(undefined, tx)).toEqual([`application ${applicationId}`]);
        expect(await named('jiaowu.cai', tx)).toEqual([`application ${applicationId}`]);
        expect(await named('yanjiu.cai', tx)).toEqual([]);
      },
      [applicationId],
    );
  });
});

describe('Article 20: a declassification', () => {
  const ids: string[] = [];
  beforeAll(async () => {
    test.setClock('2026-08-10');
    ids.push(await declassified(test, 'S-2026-001'), await declassified(test, 'S-2026-002'));
    await withdrawDeclassification(test.callAs('jiaowu.cai'), {
      ...{ institution: HERE, declassificationId: ids[1] ?? '', ground: 'classified-again' },
      ...{ documentNumber: '聊大保密〔2026〕9号', on: '2026-08-01' },
    });
    ids.push(await declassified(test, 'S-2026-003', {}, 'yanjiu.cai'));
  });
  const [STANDING, ENDED, OF_OTHERS] = [0, 1, 2];

  it.each<[string, number, string]>([
    ['the person', STANDING, `UPDATE "Declassification" SET "number" = 'S-2026-999'`],
    ['the category', OF_OTHERS, `UPDATE "Declassification" SET "category" = 'regular-bachelor'`],
    ['the form', STANDING, `UPDATE "Declassification" SET "form" = 'thesis'`],
    ['who approved it', STANDING, `UPDATE "Declassification" SET "authority" = '某某'`],
    ['who answers for it', STANDING, `UPDATE "Declassification" SET "responsiblePerson" = '某某'`],
    ['its document', STANDING, `UPDATE "Declassification" SET "documentNumber" = '伪造〔2026〕1号'`],
    ['the day of the approval', STANDING, `UPDATE "Declassification" SET "decidedOn" = '2026-05-01'`],
    ['the day from which it holds', STANDING, `UPDATE "Declassification" SET "holdsFrom" = '2026-05-01'`],
    ['the scan', STANDING, `UPDATE "Declassification" SET "scanDigest" = repeat('0', 64)`],
    [
      'the officer',
      STANDING,
      `UPDATE "Declassification" SET "recordedById" = (SELECT "id" FROM "Officer" WHERE "loginName" = 'jiaowu.he')`,
    ],
    ['the time', STANDING, `UPDATE "Declassification" SET "at" = "at" - interval '1 day'`],
    ['that it is there', STANDING, `DELETE FROM "Declassification"`],
    ['its withdrawal', ENDED, `DELETE FROM "DeclassificationWithdrawal"`],
    ['the ground of the withdrawal', ENDED, `UPDATE "DeclassificationWithdrawal" SET "ground" = 'recorded-in-error'`],
    ['the day of the withdrawal', ENDED, `UPDATE "DeclassificationWithdrawal" SET "on" = '2026-08-09'`],
    ['the document of the withdrawal', ENDED, `UPDATE "DeclassificationWithdrawal" SET "documentNumber" = '伪造'`],
    [
      'a withdrawal that nobody sealed',
      STANDING,
      `INSERT INTO "DeclassificationWithdrawal" SELECT (jsonb_populate_record(w, jsonb_build_object('declassificationId', d."id"))).*
       FROM "DeclassificationWithdrawal" w, "Declassification" d`,
    ],
  ])('%s changed by SQL is told', async (_, at, change) => {
    const id = ids[at] ?? '';
    const column = change.startsWith('INSERT')
      ? 'd."id"'
      : change.includes('Withdrawal"')
        ? '"declassificationId"'
        : '"id"';
    expect(await named()).toEqual([]);
    await tampered(
      `${change} WHERE ${column} = $1::uuid`,
      async (tx) => {
        expect(await named(undefined, tx)).toEqual([`declassification ${id}`]);
        expect(await named('jiaowu.cai', tx)).toEqual([`declassification ${id}`]);
        expect(await named('yanjiu.cai', tx)).toEqual(at === OF_OTHERS ? [`declassification ${id}`] : []);
      },
      [id],
    );
  });

  it('that no step recorded is told', async () => {
    const copied = `INSERT INTO "Declassification" SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid()))).*
      FROM "Declassification" d WHERE "id" = $1::uuid`;
    const { found } = await tampered(copied, (tx) => measure(undefined, tx), [ids[0]]);
    expect(found).toMatchObject([{ kind: 'declassification', expected: null }]);
  });
});

describe('Article 17: what was published is what was sealed', () => {
  let publicationId: string;
  beforeAll(async () => {
    // People by the hundred, whom no step is about: only what is said of the publication is looked at here.
    await addFiled(test, [{ count: 40 }]);
    ({ publicationId } = await publishStatistics(test.callAs('xuewei.guan'), { institution: HERE, year: 2026 }));
  });
  const ofStatistics = async (db?: Reads) =>
    (await measure(undefined, db)).found.filter(({ kind }) => kind === 'statistics');

  it.each([
    `DELETE FROM "StatisticsPublication" WHERE "id" = $1::uuid`,
    `UPDATE "StatisticsPublication" SET "documentNumber" = '伪造' WHERE "id" = $1::uuid`,
    `UPDATE "StatisticsPublication" SET "content" = jsonb_set("content", '{asOf}', '"2026-01-01"') WHERE "id" = $1::uuid`,
    `UPDATE "StatisticsPublication" SET "digest" = repeat('0', 64) WHERE "id" = $1::uuid`,
  ])('found: %s', async (change) => {
    expect(await ofStatistics()).toEqual([]);
    expect(await tampered(change, (tx) => ofStatistics(tx), [publicationId])).toMatchObject([{ id: publicationId }]);
  });
});
