// Article 16: a revocation is reported in ten days to all who must know, confirmed, and filed; it ends the record.
import { beforeEach, describe, expect, it } from 'vitest';
import { deleteRecords } from '../../../src/procedures/applications/delete-records.ts';
import { draftChangeRequest } from '../../../src/procedures/applications/draft-change-request.ts';
import { draftDeletionRequest } from '../../../src/procedures/applications/draft-deletion-request.ts';
import { recordDegreeReview } from '../../../src/procedures/applications/record-degree-review.ts';
import { revokeDegrees } from '../../../src/procedures/applications/revoke-degrees.ts';
import { withdrawApplication } from '../../../src/procedures/applications/withdraw-application.ts';
import { applicationBundle, recordBundle } from '../../../src/procedures/bundle.ts';
import { loadRevocationResolution } from '../../../src/procedures/resolutions/load-revocation-resolution.ts';
import { verifyBundle } from '../../../src/sealing/verify/bundle.ts';
import {
  answer,
  bringCase,
  faults,
  HANDS,
  paper,
  peopleInLog,
  provedButEnded,
  refusedFor,
  sendTo,
  simulated,
  theCase,
} from '../../support/cases.ts';
import type { Collected } from '../../support/collected.ts';
import { revocations } from '../../support/revocations.ts';
import { HERE, type TestWorld } from '../../support/world.ts';

const shared = revocations();
const { load, person, draft, confirmed, effect, reviewed, row } = shared;
let test: TestWorld;
let batch: Collected;
let evidence: string;
beforeEach(() => {
  ({ test, batch, evidence } = shared);
});

describe('Article 16: a revocation', () => {
  it('is filed as revoked from the day on which the resolution took effect, and proved', async () => {
    const applicationId = await confirmed();
    expect((await row()).state).toBe('filed');
    await effect(applicationId);
    expect(await row()).toMatchObject({ state: 'revoked', version: 1 });
    const end = await test.world.db.prisma.recordEnd.findFirstOrThrow({
      where: { recordId: batch.recordIds[0] ?? '' },
    });
    expect(end).toMatchObject({
      ...{
        state: 'revoked',
        on: '2026-09-10',
        ground: 'academic-misconduct',
        documentNumber: '鲁学位办〔2026〕21号',
        applicationId,
      },
    });
    const trust = { roots: [test.root.der] };
    await provedButEnded(test, await recordBundle(test.world, HERE, batch.recordIds[0] ?? ''));
    const bundle = await applicationBundle(test.world, HERE, applicationId);
    expect((await verifyBundle(bundle, trust)).verdict).toBe('valid');
    expect(bundle.steps.map(({ statement }) => `${statement.step} ${statement.article}`)).toEqual([
      'draft-application 16',
      'check-application 12',
      'approve-application 12',
      'seal-application 16',
      'dispatch-application 16',
      'dispatch-application 16',
      'dispatch-application 16',
      'decide-application 16',
      'revoke 16',
    ]);
    const dispatched = bundle.steps.filter(({ statement }) => statement.step === 'dispatch-application');
    expect(dispatched.map(({ statement }) => (statement.facts as { addressee: string }).addressee)).toEqual([
      'national-office',
      'provincial-office',
      'national-centre',
    ]);
  });

  it('goes to two addressees and a copy, each a step of its own; the province confirms only when all have it', async () => {
    const { applicationId } = await draft();
    await bringCase(test, applicationId, 'sealed');
    expect(await sendTo(test, applicationId, 'provincial-office')).toMatchObject({
      ...{ state: 'sealed', remaining: ['national-office', 'national-centre'] },
    });
    expect(await faults(answer(test, applicationId, 'consent'))).toEqual(['application-step-not-allowed@state']);
    const [sent] = await refusedFor(withdrawApplication(test.callAs(HANDS.drafter), theCase(applicationId)));
    expect(sent).toMatchObject({ code: 'application-already-sent', article: '16', found: '省学位委员会办公室' });
    expect(await sendTo(test, applicationId, 'national-centre')).toMatchObject({ remaining: ['national-office'] });
    expect(await sendTo(test, applicationId, 'national-office')).toMatchObject({ state: 'dispatched', remaining: [] });
    expect(await test.world.db.prisma.dispatch.count({ where: { applicationId } })).toBe(3);
    expect(await answer(test, applicationId, 'consent')).toMatchObject({ state: 'consented', batchId: null });
  });

  it('ends the record: no change, no deletion, no second revocation', async () => {
    await effect(await confirmed());
    const recordId = batch.recordIds[0] ?? '';
    const base = {
      ...{
        institution: HERE,
        category: 'regular-bachelor' as const,
        evidence: [{ title: '材料', fileDigest: evidence }],
      },
      ...{ reason: '该生学位授予信息有误，需要更正处理。', finding: '经核对属实。' },
    };
    const changes = [{ field: 'thesisTitle', after: '另一题目', evidence: [1] }];
    const as = test.callAs(HANDS.drafter);
    const tries = [
      draftChangeRequest(as, { ...base, records: [{ recordId, changes }] }),
      draftDeletionRequest(as, { ...base, foundOn: '2026-09-14', records: [{ recordId, cause: 'never-conferred' }] }),
      draft(),
    ];
    for (const one of tries) expect(await faults(one)).toContain('application-record-ended@records[0].state');
  });

  it('is not carried out as a deletion, nor before the province has confirmed it', async () => {
    const { applicationId } = await draft();
    await bringCase(test, applicationId, 'dispatched');
    expect(await faults(effect(applicationId))).toEqual(['application-step-not-allowed@state']);
    await answer(test, applicationId, 'consent');
    const asDeletion = deleteRecords(test.callAs(HANDS.drafter), theCase(applicationId));
    expect(await faults(asDeletion)).toEqual(['application-step-not-of-kind@kind']);
  });
});

describe('the log and the simulations of a revocation', () => {
  it('a simulation of any step says what it would do and writes nothing', async () => {
    const quietly = (as: string) => test.callAs(as, { simulate: true });
    const scanDigest = await paper(test, HANDS.degreeOffice, 'revocation-resolution-scan');
    const vote = {
      decidedOn: '2026-09-10',
      effectiveOn: '2026-09-10',
      members: 21,
      present: 19,
      yes: 18,
      no: 0,
      abstain: 1,
    };
    const resolution = {
      institution: HERE,
      number: '撤模拟号',
      meeting: '第十五次会议',
      ...vote,
      headName: '周明远',
      chairName: '周明远',
    };
    await simulated(test, () => loadRevocationResolution(quietly(HANDS.degreeOffice), { ...resolution, scanDigest }));
    const { revocationResolutionId } = await load();
    await simulated(test, () => draft({ revocationResolutionId }, quietly(HANDS.drafter)));
    const { applicationId } = await draft({ revocationResolutionId });
    await simulated(test, () => draft({ revocationResolutionId, revises: { applicationId } }, quietly(HANDS.drafter)));
    await bringCase(test, applicationId, 'consented');
    const fileDigest = await paper(test, HANDS.degreeOffice, 'degree-review', 'requested');
    const asked = { recordId: batch.recordIds[0] ?? '', outcome: 'requested' as const, on: '2026-09-14', fileDigest };
    await simulated(test, () =>
      recordDegreeReview(quietly(HANDS.degreeOffice), { ...theCase(applicationId), ...asked }),
    );
    await simulated(test, () => revokeDegrees(quietly(HANDS.degreeOffice), theCase(applicationId)));
    await effect(applicationId);
  });

  it('no sealed statement holds the name or a number of a degree holder', async () => {
    const applicationId = await confirmed();
    await reviewed(applicationId, 'requested');
    await reviewed(applicationId, 'upheld');
    await effect(applicationId);
    expect(batch.fields[0]?.name).toBeTruthy();
    expect(await peopleInLog(test, batch.fields)).toEqual([]);
  });
});

describe('Article 16: ten days', () => {
  /** In effect on the 23rd of September: the tenth day, 3 October, lies in the holiday; offices work again on the 8th. */
  const inHoliday = async () =>
    (await load({ decidedOn: '2026-09-10', effectiveOn: '2026-09-23' })).revocationResolutionId;

  it('the last day rolls over the holiday; the rolled day itself is in time', async () => {
    test.setClock('2026-10-08');
    const { applicationId } = await draft({ revocationResolutionId: await inHoliday() });
    const found = await test.world.db.prisma.writtenApplication.findFirstOrThrow({ where: { id: applicationId } });
    expect(found.dueOn).toBe('2026-10-08');
  });

  it('a day later it needs its reason', async () => {
    test.setClock('2026-10-09');
    const revocationResolutionId = await inHoliday();
    const [one] = await refusedFor(draft({ revocationResolutionId }));
    expect(one).toMatchObject({ code: 'revocation-late-unexplained', path: 'lateReason', article: '16', found: '0' });
    const lateReason = '因当事人下落不明，决定书经公告方得送达。';
    await effect(await confirmed({ revocationResolutionId, lateReason }));
  });

  it('midnight is that of Shanghai', async () => {
    test.setClock('2026-10-08T15:59:59Z');
    const revocationResolutionId = await inHoliday();
    const { applicationId } = await draft({ revocationResolutionId });
    test.setClock('2026-10-08T16:00:00Z');
    await withdrawApplication(test.callAs(HANDS.drafter), theCase(applicationId));
    expect(await faults(draft({ revocationResolutionId }))).toEqual(['revocation-late-unexplained@lateReason']);
  });

  it('what was sealed in time is in time when it is filed later', async () => {
    const { applicationId } = await draft();
    await bringCase(test, applicationId, 'dispatched');
    test.setClock('2026-11-20');
    await answer(test, applicationId, 'consent');
    await effect(applicationId);
    expect((await row()).state).toBe('revoked');
  });

  it('a report that was returned is not late by its second document', async () => {
    const { revocationResolutionId } = await load();
    const { applicationId } = await draft({ revocationResolutionId });
    await bringCase(test, applicationId, 'dispatched');
    await answer(test, applicationId, 'return');
    test.setClock('2026-11-20');
    await draft({ revocationResolutionId, revises: { applicationId } });
    await bringCase(test, applicationId, 'consented');
    await effect(applicationId);
    expect((await row()).state).toBe('revoked');
  });

  it('a person or a decision that the first document did not name is not in time by it', async () => {
    const { revocationResolutionId } = await load();
    const { applicationId } = await draft({ revocationResolutionId });
    await bringCase(test, applicationId, 'dispatched');
    await answer(test, applicationId, 'return');
    test.setClock('2026-09-22');
    const revises = { applicationId };
    const both = [person(), person({}, 1)];
    expect(await faults(draft({ revocationResolutionId, revises, records: both }))).toEqual([
      'revocation-late-unexplained@lateReason',
    ]);
    expect(await faults(draft({ revises }))).toContain('application-mixed-resolutions@revocationResolution');
    test.setClock('2026-09-20');
    await draft({ revocationResolutionId, revises, records: both });
    await bringCase(test, applicationId, 'dispatched');
    test.setClock('2026-11-20');
    await answer(test, applicationId, 'consent');
    await effect(applicationId);
    expect([(await row(0)).state, (await row(1)).state]).toEqual(['revoked', 'revoked']);
  });

  // The tenth day is a Sunday on which offices work, so nothing rolls.
  it('what was sealed in time and lay in a drawer is not sent without a reason: it is withdrawn and said anew', async () => {
    const { revocationResolutionId } = await load();
    const { applicationId } = await draft({ revocationResolutionId });
    await bringCase(test, applicationId, 'sealed');
    test.setClock('2026-10-20');
    const [one] = await refusedFor(sendTo(test, applicationId, 'national-office'));
    expect(one).toMatchObject({
      ...{ code: 'revocation-late-unexplained', path: 'dispatchedOn', found: '2026-10-20', expected: '≤ 2026-09-20' },
    });
    await withdrawApplication(test.callAs(HANDS.drafter), theCase(applicationId));
    const lateReason = '因经办人病休，报告未能按期寄出，已安排补送。';
    await effect(await confirmed({ revocationResolutionId, lateReason }));
  });
});
