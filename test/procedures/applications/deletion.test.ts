// Article 13, 15: only a reporting error is deleted, and what was deleted stays to be read; a degree that stands is never lost.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeRecords } from '../../../src/procedures/applications/change-records.ts';
import { deleteRecords } from '../../../src/procedures/applications/delete-records.ts';
import { draftChangeRequest } from '../../../src/procedures/applications/draft-change-request.ts';
import {
  type DeletionRequestInput,
  draftDeletionRequest,
} from '../../../src/procedures/applications/draft-deletion-request.ts';
import { applicationBundle, recordBundle } from '../../../src/procedures/bundle.ts';
import { collectRecord } from '../../../src/procedures/collection/collect-record.ts';
import { crossCheckRecords } from '../../../src/procedures/cross-check/cross-check.ts';
import { reportBatch } from '../../../src/procedures/reporting/report.ts';
import { correctRoster } from '../../../src/procedures/resolutions/correct-roster.ts';
import { FIELD_NAMES } from '../../../src/regulation/standard/fields.ts';
import { verifyBundle } from '../../../src/sealing/verify/bundle.ts';
import { inTransaction } from '../../../src/store/database/transaction.ts';
import { readRoster, rosterWithoutRecords } from '../../../src/store/resolutions/roster-reads.ts';
import { findOnRoster } from '../../../src/store/resolutions/rosters.ts';
import {
  bringCase,
  caseState,
  faults,
  filedBatch,
  filedWrong,
  HANDS,
  paper,
  peopleInLog,
  provedButEnded,
  refusedFor,
  simulated,
  theCase,
} from '../../support/cases.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { bringTo, refusal, rowCounts } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
/** The same people under two resolutions: the second one was reported by mistake. */
let batch: Collected;
let again: Collected;
let evidence: string;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  batch = await filedBatch(test, 2);
  again = await filedBatch(test, 2);
  test.setClock('2026-08-03');
  evidence = await paper(test, HANDS.drafter, 'evidence');
});

type Listed = DeletionRequestInput['records'][number];
const twice = (at = 0, standing: string | null = batch.recordIds[at] ?? ''): Listed => ({
  ...{ recordId: again.recordIds[at] ?? '', cause: 'reported-twice' as const, standingRecordId: standing },
});
const never = (at = 0): Listed => ({ recordId: again.recordIds[at] ?? '', cause: 'never-conferred' });
const input = (records: readonly Listed[], changes: Partial<DeletionRequestInput> = {}): DeletionRequestInput => ({
  ...{ institution: HERE, category: 'regular-bachelor', foundOn: '2026-07-30' },
  reason: '该生学位授予信息因批次合并时操作失误，在两份决议下重复上报。',
  finding: '经核对两份决议名单，情况属实。',
  ...{ contactName: '张海燕', contactPhone: '0635-8230000' },
  evidence: [{ title: '两份决议名单对照表', fileDigest: evidence }],
  ...{ records, ...changes },
});
const draft = (...records: Listed[]) => draftDeletionRequest(test.callAs(HANDS.drafter), input(records));
const drafting = (changes: Partial<DeletionRequestInput>) =>
  draftDeletionRequest(test.callAs(HANDS.drafter), input([twice()], changes));
const effect = (applicationId: string) => deleteRecords(test.callAs(HANDS.drafter), theCase(applicationId));
const deleted = async (...records: Listed[]) => {
  const { applicationId } = await draft(...records);
  await bringCase(test, applicationId, 'consented');
  await effect(applicationId);
  return applicationId;
};
const strike = async (at = 0, changes: object = {}) => {
  const fileDigest = await paper(test, HANDS.degreeOffice, 'roster-correction');
  const why = { reason: '经核查该生未达到授予条件，系误列', documentNumber: '聊大学位〔2026〕88号', fileDigest };
  const place = { institution: HERE, resolutionId: again.resolutionId, sequence: at + 1 };
  return correctRoster(test.callAs(HANDS.degreeOffice), { ...place, ...why, ...changes });
};
const row = (id: string | undefined) => test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id: id ?? '' } });
/** What an officer would enter to collect a person anew. */
const entered = (at: number) =>
  Object.fromEntries(
    FIELD_NAMES.flatMap((name) => {
      const value = again.fields[at]?.[name];
      return value && name !== 'photoDigest' ? [[name, value]] : [];
    }),
  );
const collectAgain = (at: number) =>
  collectRecord(test.callAs(HANDS.drafter), {
    ...{ institution: HERE, resolutionId: again.resolutionId, category: 'regular-bachelor' as const },
    fields: entered(at),
  });

describe('Article 15: a record that was reported twice', () => {
  it('is deleted while the other one stands, and leaves a tombstone', async () => {
    const before = await row(again.recordIds[0]);
    const applicationId = await deleted(twice());
    const after = await row(again.recordIds[0]);
    expect(after).toEqual({ ...before, state: 'deleted', updatedAt: after.updatedAt });
    expect((await row(batch.recordIds[0])).state).toBe('filed');
    const end = await test.world.db.prisma.recordEnd.findFirstOrThrow({ where: { recordId: before.id } });
    expect(end).toMatchObject({
      ...{
        state: 'deleted',
        on: '2026-08-03',
        ground: 'reported-twice',
        documentNumber: '鲁学位办〔2026〕21号',
        applicationId,
      },
    });
    expect(await caseState(test, applicationId)).toBe('carried-out');
  });

  it('is still proved, and so is the case', async () => {
    const applicationId = await deleted(twice());
    const trust = { roots: [test.root.der] };
    const bundle = await recordBundle(test.world, HERE, again.recordIds[0] ?? '');
    await provedButEnded(test, bundle);
    expect(bundle.steps.at(-1)?.statement).toMatchObject({ step: 'delete', article: '15' });
    expect((await verifyBundle(await applicationBundle(test.world, HERE, applicationId), trust)).verdict).toBe('valid');
  });

  it('never gives its certificate number again: not by collecting, not by a change', async () => {
    await deleted(twice());
    const number = again.fields[0]?.certificateNumber ?? '';
    const collected = await refusedFor(collectAgain(0));
    expect(collected.map(({ code }) => code)).toContain('certificate-number-of-deleted');
    const change = { field: 'certificateNumber', after: number, evidence: [1] };
    const request = {
      ...{ institution: HERE, category: 'regular-bachelor' as const, evidence: input([]).evidence },
      ...{ reason: '该生证书编号登记有误，应为另一编号。', finding: '经核对属实。' },
      records: [{ recordId: batch.recordIds[0] ?? '', changes: [change] }],
    };
    expect(await faults(draftChangeRequest(test.callAs(HANDS.drafter), request))).toContain(
      'certificate-number-of-deleted@records[0].changes.certificateNumber',
    );
  });

  it('can be deleted with others of one request', async () => {
    await deleted(twice(0), twice(1));
    expect(await test.world.db.prisma.recordEnd.count({ where: { recordId: { in: [...again.recordIds] } } })).toBe(2);
  });

  it('its deletion cannot be repeated, nor can it be changed', async () => {
    await deleted(twice());
    const [first] = await refusedFor(draft(twice()));
    expect(first).toMatchObject({
      code: 'application-record-ended',
      path: 'records[0].state',
      found: '已删除',
      article: '13',
    });
  });
});

describe('Article 13: a degree that stands is not deleted', () => {
  it.each<[string, () => Listed[], string[]]>([
    ['on the roster still', () => [never()], ['deletion-degree-stands@records[0].cause']],
    [
      'no standing record named',
      () => [twice(0, null)],
      ['deletion-standing-record-missing@records[0].standingRecord'],
    ],
    [
      'a standing record that does not exist',
      () => [twice(0, '01890000-0000-7000-8000-000000000000')],
      ['deletion-standing-record-missing@records[0].standingRecord'],
    ],
    ['of another person', () => [twice(0, batch.recordIds[1])], ['deletion-other-person@records[0].standingRecord']],
    ['the record itself', () => [twice(0, again.recordIds[0])], ['deletion-degree-stands@records[0].standingRecord']],
    [
      'a record of the same request',
      () => [twice(0), { ...twice(0, again.recordIds[0]), recordId: batch.recordIds[0] ?? '' }],
      ['deletion-degree-stands@records[0].standingRecord', 'deletion-degree-stands@records[1].standingRecord'],
    ],
  ])('%s', async (_, records, expected) => {
    const found = await refusedFor(draft(...records()));
    expect(found.map(({ code, path }) => `${code}@${path}`)).toEqual(expected);
    expect(new Set(found.map(({ article }) => article))).toEqual(new Set(['15']));
  });

  it('of another degree', async () => {
    await filedWrong(test, batch.recordIds[0] ?? '', { disciplineCode: '040106', disciplineName: '学前教育' });
    expect(await faults(draft(twice()))).toEqual(['deletion-other-degree@records[0].standingRecord']);
  });

  it('the standing record is not filed', async () => {
    test.setClock('2026-06-23');
    const collected = await collectedBatch(test, 1);
    test.setClock('2026-08-03');
    const [first] = await refusedFor(draft(twice(0, collected.recordIds[0])));
    expect(first).toMatchObject({ code: 'deletion-standing-record-not-filed', found: '已采集', expected: '已备案' });
  });

  it('two requests at once, each naming the record of the other as the one that stays: only one takes effect', async () => {
    const one = await draft(twice());
    const other = await draft({ ...twice(0, again.recordIds[0]), recordId: batch.recordIds[0] ?? '' });
    await bringCase(test, one.applicationId, 'consented');
    await bringCase(test, other.applicationId, 'consented');
    await effect(one.applicationId);
    expect(await faults(effect(other.applicationId))).toEqual([
      'deletion-standing-record-not-filed@records[0].standingRecord',
    ]);
    expect((await row(batch.recordIds[0])).state).toBe('filed');
  });

  it('a standing record that becomes another degree before the effect', async () => {
    const { applicationId } = await draft(twice());
    await bringCase(test, applicationId, 'consented');
    await filedWrong(test, batch.recordIds[0] ?? '', { disciplineCode: '040106' });
    expect(await faults(effect(applicationId))).toEqual(['deletion-other-degree@records[0].standingRecord']);
    expect((await row(again.recordIds[0])).state).toBe('filed');
  });

  it('what else a request is refused for', async () => {
    expect(await faults(drafting({ foundOn: '2026-08-04' }))).toEqual(['date-in-future@foundOn']);
    expect(await faults(drafting({ foundOn: '2026-02-30' }))).toEqual(['date-impossible@foundOn']);
    expect(await faults(drafting({ evidence: [] }))).toEqual(['application-evidence-missing@evidence']);
    expect(await faults(drafting({ reason: '错', finding: '' }))).toEqual([
      'application-reason-too-short@reason',
      'application-finding-too-short@finding',
    ]);
    expect(await faults(drafting({ records: [] }))).toEqual(['application-without-people@records']);
  });

  it('no sealed statement holds the name or a number of a degree holder, and a simulation writes nothing', async () => {
    const quietly = (as: string) => test.callAs(as, { simulate: true });
    await simulated(test, () => draftDeletionRequest(quietly(HANDS.drafter), input([twice()])));
    const fileDigest = await paper(test, HANDS.degreeOffice, 'roster-correction');
    const place = { institution: HERE, resolutionId: again.resolutionId, sequence: 2 };
    const why = { reason: '名单误列该生', documentNumber: '聊大学位〔2026〕88号', fileDigest };
    await simulated(test, () => correctRoster(quietly(HANDS.degreeOffice), { ...place, ...why }));
    const { applicationId } = await draft(twice());
    await bringCase(test, applicationId, 'consented');
    await simulated(test, () => deleteRecords(quietly(HANDS.drafter), theCase(applicationId)));
    await effect(applicationId);
    await strike(1);
    expect(batch.fields[0]?.name).toBeTruthy();
    expect(await peopleInLog(test, [...batch.fields, ...again.fields])).toEqual([]);
  });

  it('a change request does not carry out a deletion', async () => {
    const { applicationId } = await draft(twice());
    await bringCase(test, applicationId, 'consented');
    const change = changeRecords(test.callAs(HANDS.drafter), theCase(applicationId));
    expect(await faults(change)).toEqual(['application-step-not-of-kind@kind']);
  });
});

describe('Article 9: a place that was struck from the roster', () => {
  it('makes the deletion of what was never conferred possible', async () => {
    await strike();
    await deleted(never());
    expect((await row(again.recordIds[0])).state).toBe('deleted');
    expect((await refusal(collectAgain(0))).codes).toContain('roster-entry-missing');
    expect(await faults(draft(never(1)))).toEqual(['deletion-degree-stands@records[0].cause']);
  });

  it('needs reason, number and document, and is struck once', async () => {
    const before = await rowCounts(test);
    const found = await faults(strike(0, { reason: ' ', documentNumber: '', fileDigest: evidence }));
    expect(found).toEqual([
      'roster-strike-reason-missing@reason',
      'roster-strike-reason-missing@documentNumber',
      'file-missing@fileDigest',
    ]);
    expect((await refusal(strike(0, { sequence: 99 }))).kind).toBe('NotFound');
    await strike();
    const [first] = await refusedFor(strike());
    expect(first).toMatchObject({ code: 'roster-already-struck', path: 'sequence', found: '1', article: '9' });
    const name = '"RosterStrike"';
    expect((await rowCounts(test))[name]).toBe((before[name] ?? 0) + 1);
  });

  it('is found by nobody: neither by number nor by student number nor by name', async () => {
    const { resolutionId } = again;
    const key = { certificateNumber: '', studentNumber: null, name: '' };
    const fields = again.fields[0];
    const keys = [
      { ...key, certificateNumber: fields?.certificateNumber ?? '' },
      { ...key, studentNumber: fields?.studentNumber ?? '' },
      { ...key, name: fields?.name ?? '' },
      { ...key, certificateNumber: again.fields[1]?.certificateNumber ?? '' },
    ];
    const find = () => inTransaction(test.world.db, (tx) => findOnRoster(tx, HERE, resolutionId, keys));
    expect((await find()).map((entry) => entry?.sequence)).toEqual([1, 1, 1, 2]);
    await strike();
    expect((await find()).map((entry) => entry?.sequence)).toEqual([undefined, undefined, undefined, 2]);
    expect((await readRoster(test.world.db.prisma, HERE, resolutionId)).map((entry) => entry.sequence)).toEqual([2]);
  });

  it('is missed by nobody: it needs no record', async () => {
    test.setClock('2026-06-23');
    again = await collectedBatch(test, 3, { without: 1 });
    const missing = () => rosterWithoutRecords(test.world.db.prisma, HERE, again.resolutionId);
    expect((await missing()).map(({ sequence }) => sequence)).toEqual([3]);
    await strike(2);
    expect(await missing()).toEqual([]);
  });

  it('a record of it passes neither cross-check nor reporting', async () => {
    test.setClock('2026-06-23');
    again = await collectedBatch(test, 2);
    await strike(0);
    const where = { institution: HERE, batchId: again.batchId, errorPolicy: 'all-or-nothing' as const };
    expect((await refusal(crossCheckRecords(test.callAs(HANDS.checker), where))).codes).toEqual([
      'roster-entry-missing',
    ]);
    again = await collectedBatch(test, 2);
    await bringTo(test, again, 'disclosed');
    await strike(0);
    const report = reportBatch(test.callAs(HANDS.drafter), { ...where, batchId: again.batchId });
    expect((await refusal(report)).codes).toContain('roster-entry-missing');
  });

  it('the strike is sealed with its reason, which only the installation can open', async () => {
    await strike();
    const step = await test.world.db.prisma.step.findFirstOrThrow({
      where: { name: 'correct-roster' },
      orderBy: { leafIndex: 'desc' },
    });
    expect(step.statement).not.toContain('误列');
    const { subjects, previous } = JSON.parse(step.statement);
    expect(subjects).toMatchObject([{ kind: 'resolution', id: again.resolutionId, version: 2 }]);
    expect(Array.isArray(previous)).toBe(true);
    await strike(1);
    const next = await test.world.db.prisma.stepSubject.findFirstOrThrow({
      where: { subjectId: again.resolutionId },
      orderBy: { version: 'desc' },
    });
    expect(next).toMatchObject({ version: 3, previousStepId: step.id });
  });
});
