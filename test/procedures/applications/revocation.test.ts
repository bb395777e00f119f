// Article 16 (学位法 art. 10, 37 to 41): a revocation is decided, heard, served, reported in ten days to all who must know, confirmed, and filed.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deleteRecords } from '../../../src/procedures/applications/delete-records.ts';
import { draftChangeRequest } from '../../../src/procedures/applications/draft-change-request.ts';
import { draftDeletionRequest } from '../../../src/procedures/applications/draft-deletion-request.ts';
import {
  draftRevocationReport,
  type RevocationReportInput,
} from '../../../src/procedures/applications/draft-revocation-report.ts';
import { recordDegreeReview } from '../../../src/procedures/applications/record-degree-review.ts';
import { revokeDegrees } from '../../../src/procedures/applications/revoke-degrees.ts';
import { sealApplication } from '../../../src/procedures/applications/seal-application.ts';
import { withdrawApplication } from '../../../src/procedures/applications/withdraw-application.ts';
import { applicationBundle, recordBundle } from '../../../src/procedures/bundle.ts';
import { loadRevocationResolution } from '../../../src/procedures/resolutions/load-revocation-resolution.ts';
import type { DegreeReview } from '../../../src/regulation/vocabulary.ts';
import { verifyBundle } from '../../../src/sealing/verify/bundle.ts';
import {
  answer,
  bringCase,
  caseState,
  faults,
  filedBatch,
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
import { refusal } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
let evidence: string;
let numbers = 0;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  batch = await filedBatch(test, 2);
  test.setClock('2026-09-15');
  evidence = await paper(test, HANDS.drafter, 'evidence');
});

const load = async (changes: object = {}) => {
  const scanDigest = await paper(test, HANDS.degreeOffice, 'revocation-resolution-scan');
  return loadRevocationResolution(test.callAs(HANDS.degreeOffice), {
    ...{ institution: HERE, number: `聊大学位〔2026〕撤${++numbers}号`, meeting: '第十五次会议' },
    ...{ decidedOn: '2026-09-10', effectiveOn: '2026-09-10', members: 21, present: 19, yes: 18, no: 0, abstain: 1 },
    ...{ headName: '周明远', chairName: '周明远', scanDigest, ...changes },
  });
};
type Person = RevocationReportInput['records'][number];
const person = (changes: Partial<Person> = {}, at = 0): Person => ({
  recordId: batch.recordIds[at] ?? '',
  noticeOn: '2026-08-20',
  hearingOn: '2026-08-27',
  hearingResult: '当事人到场陈述，承认论文数据系他人代写。',
  deliveredOn: '2026-09-12',
  certificateHandling: '学位证书已收回注销。',
  ...changes,
});
const draft = async (changes: Partial<RevocationReportInput> = {}, call = test.callAs(HANDS.drafter)) =>
  draftRevocationReport(call, {
    ...{ institution: HERE, category: 'regular-bachelor', ground: 'academic-misconduct' },
    revocationResolutionId: changes.revocationResolutionId ?? (await load()).revocationResolutionId,
    facts: '经学术委员会认定，该生学位论文主体部分由他人代写，构成学术不端。',
    proofs: '学术委员会认定书、当事人陈述笔录。',
    ...{ contactName: '张海燕', contactPhone: '0635-8230000' },
    evidence: [{ title: '学术不端认定书', fileDigest: evidence }],
    ...{ records: [person()], ...changes },
  });
const confirmed = async (changes: Partial<RevocationReportInput> = {}) => {
  const { applicationId } = await draft(changes);
  await bringCase(test, applicationId, 'consented');
  return applicationId;
};
const effect = (applicationId: string) => revokeDegrees(test.callAs(HANDS.degreeOffice), theCase(applicationId));
const reviewed = async (applicationId: string, outcome: DegreeReview, on = '2026-09-14', changes: object = {}) =>
  recordDegreeReview(test.callAs(HANDS.degreeOffice), {
    ...theCase(applicationId),
    ...{ recordId: batch.recordIds[0] ?? '', outcome, on },
    fileDigest: await paper(test, HANDS.degreeOffice, 'degree-review', outcome),
    ...changes,
  });
const row = (at = 0) =>
  test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id: batch.recordIds[at] ?? '' } });

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

describe('学位法 art. 10: the vote of the revocation resolution', () => {
  it.each<[string, object, string]>([
    ['eight members', { members: 8, present: 8, yes: 8, abstain: 0 }, 'resolution-too-few-members@members'],
    ['an even number', { members: 20 }, 'resolution-even-members@members'],
    ['fewer than two thirds present', { present: 13, yes: 13, abstain: 0 }, 'resolution-too-few-present@present'],
    ['half of all members', { present: 19, yes: 10, no: 9, abstain: 0 }, 'resolution-no-majority@yes'],
    ['votes that do not add up', { no: 5 }, 'resolution-votes-do-not-add-up@present'],
    ['decided tomorrow', { decidedOn: '2026-09-16', effectiveOn: '2026-09-16' }, 'date-in-future@decidedOn'],
    [
      'in effect before it was decided',
      { effectiveOn: '2026-09-09' },
      'resolution-effective-before-decided@effectiveOn',
    ],
    ['no scan', { scanDigest: 'x' }, 'file-missing@scanDigest'],
  ])('%s', async (_, changes, expected) => {
    expect(await faults(load(changes))).toContain(expected);
  });

  it('its number is used once', async () => {
    await load({ number: '聊大学位〔2026〕撤重号' });
    expect(await faults(load({ number: '聊大学位〔2026〕撤重号' }))).toEqual(['resolution-number-taken@number']);
  });
});

describe('学位法 art. 39: told, heard, decided, served', () => {
  const out = 'revocation-days-out-of-order@records[0]';
  it.each<[string, Partial<Person>, string[]]>([
    [
      'a waiver in place of the hearing',
      { hearingOn: null, hearingWaived: true, hearingResult: '当事人书面放弃陈述和申辩。' },
      [],
    ],
    [
      'all on the day of the decision',
      { noticeOn: '2026-09-10', hearingOn: '2026-09-10', deliveredOn: '2026-09-10' },
      [],
    ],
    [
      'neither heard nor waived',
      { hearingOn: null, hearingResult: '未举行' },
      ['revocation-without-hearing@records[0].hearingOn'],
    ],
    [
      'waived, but how is not said',
      { hearingOn: null, hearingWaived: true, hearingResult: ' ' },
      ['revocation-hearing-result-missing@records[0].hearingResult'],
    ],
    ['heard without a result', { hearingResult: '' }, ['revocation-hearing-result-missing@records[0].hearingResult']],
    ['told before the degree was conferred', { noticeOn: '2026-06-19' }, [`${out}.noticeOn`]],
    [
      'told after the decision',
      { noticeOn: '2026-09-11', hearingOn: null, hearingWaived: true, hearingResult: '放弃' },
      [`${out}.noticeOn`],
    ],
    ['heard before it was told', { hearingOn: '2026-08-19' }, [`${out}.hearingOn`]],
    ['heard after the decision', { hearingOn: '2026-09-11' }, [`${out}.hearingOn`]],
    ['served before the decision', { deliveredOn: '2026-09-09' }, [`${out}.deliveredOn`]],
    ['served tomorrow', { deliveredOn: '2026-09-16' }, [`${out}.deliveredOn`]],
    ['a day that does not exist', { deliveredOn: '2026-09-31' }, ['date-impossible@records[0].deliveredOn']],
    [
      'nothing said of the certificate',
      { certificateHandling: '' },
      ['revocation-certificate-unsaid@records[0].certificateHandling'],
    ],
  ])('%s', async (_, changes, expected) => {
    const drafted = draft({ records: [person(changes)] });
    if (expected.length === 0) await drafted;
    else expect(await faults(drafted)).toEqual(expected);
  });

  it('a day out of order says between which days it should lie', async () => {
    const [one] = await refusedFor(draft({ records: [person({ hearingOn: '2026-09-11' })] }));
    expect(one).toMatchObject({ found: '2026-09-11', expected: '2026-08-20 – 2026-09-10', article: '16' });
  });

  it('no evidence, too little said', async () => {
    expect(await faults(draft({ evidence: [], facts: '代写', proofs: '' }))).toEqual([
      'application-reason-too-short@facts',
      'application-finding-too-short@proofs',
      'application-evidence-missing@evidence',
    ]);
  });

  it('a resolution that has not taken effect is not reported', async () => {
    const { revocationResolutionId } = await load({ effectiveOn: '2026-09-20' });
    const [one] = await refusedFor(draft({ revocationResolutionId }));
    expect(one).toMatchObject({
      ...{ code: 'revocation-not-in-effect', path: 'revocationResolution', article: '16' },
      ...{ found: '2026-09-15', expected: '≥ 2026-09-20' },
    });
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

describe('学位法 art. 41: the review that the person asks for', () => {
  it('keeps the revocation from being filed while it is open, and for good when it succeeds', async () => {
    const applicationId = await confirmed();
    await reviewed(applicationId, 'requested');
    const [open] = await refusedFor(effect(applicationId));
    expect(open).toMatchObject({ code: 'revocation-review-open', path: 'records[0].review', article: '16' });
    await reviewed(applicationId, 'overturned', '2026-09-15');
    expect(await faults(effect(applicationId))).toEqual(['revocation-overturned@records[0].review']);
    await withdrawApplication(test.callAs(HANDS.drafter), theCase(applicationId));
    expect((await row()).state).toBe('filed');
  });

  it('lets it be filed when it is upheld', async () => {
    const applicationId = await confirmed();
    await reviewed(applicationId, 'requested');
    await reviewed(applicationId, 'upheld', '2026-09-15');
    await effect(applicationId);
    expect((await row()).state).toBe('revoked');
  });

  it('is first requested and then decided, once, on days that can be, with its document', async () => {
    const applicationId = await confirmed();
    const [first] = await refusedFor(reviewed(applicationId, 'upheld'));
    expect(first).toMatchObject({ code: 'revocation-review-order', found: '复核维持', expected: '已申请复核' });
    expect(await faults(reviewed(applicationId, 'requested', '2026-09-11'))).toEqual([
      'revocation-days-out-of-order@on',
    ]);
    expect(await faults(reviewed(applicationId, 'requested', '2026-09-16'))).toEqual(['date-in-future@on']);
    expect(await faults(reviewed(applicationId, 'requested', '2026-09-32'))).toEqual(['date-impossible@on']);
    expect(await faults(reviewed(applicationId, 'requested', '2026-09-14', { fileDigest: evidence }))).toEqual([
      'file-missing@fileDigest',
    ]);
    expect(
      (await refusal(reviewed(applicationId, 'requested', '2026-09-14', { recordId: batch.recordIds[1] ?? '' }))).kind,
    ).toBe('NotFound');
    await reviewed(applicationId, 'requested');
    expect(await faults(reviewed(applicationId, 'requested'))).toEqual(['revocation-review-order@outcome']);
    expect(await faults(reviewed(applicationId, 'upheld', '2026-09-13'))).toEqual(['revocation-days-out-of-order@on']);
    await reviewed(applicationId, 'upheld');
    expect(await faults(reviewed(applicationId, 'overturned'))).toEqual(['revocation-review-order@outcome']);
  });

  it('is not forgotten by a revision, nor by a new case of the same decision', async () => {
    const { revocationResolutionId } = await load();
    const { applicationId } = await draft({ revocationResolutionId });
    await bringCase(test, applicationId, 'dispatched');
    await answer(test, applicationId, 'return');
    await reviewed(applicationId, 'requested');
    await draft({ revocationResolutionId, revises: { applicationId }, records: [person({}, 1)] });
    await draft({ revocationResolutionId, revises: { applicationId } });
    await bringCase(test, applicationId, 'consented');
    expect(await faults(effect(applicationId))).toEqual(['revocation-review-open@records[0].review']);
    await reviewed(applicationId, 'overturned', '2026-09-15');
    await withdrawApplication(test.callAs(HANDS.drafter), theCase(applicationId));
    expect(await faults(draft({ revocationResolutionId }))).toEqual(['revocation-overturned@records[0].review']);
    // Another decision about the same person is another matter.
    await draft();
  });

  it('stops the seal when the decision was overturned after the approval', async () => {
    const { applicationId } = await draft();
    await bringCase(test, applicationId, 'approved');
    await reviewed(applicationId, 'requested');
    await reviewed(applicationId, 'overturned', '2026-09-15');
    const seal = sealApplication(test.callAs(HANDS.degreeOffice), theCase(applicationId));
    expect(await faults(seal)).toEqual(['revocation-overturned@records[0].review']);
    expect(await caseState(test, applicationId)).toBe('approved');
  });

  it('a confirmed revocation is not given up by the office while it can be filed', async () => {
    const applicationId = await confirmed();
    const withdraw = () => withdrawApplication(test.callAs(HANDS.drafter), theCase(applicationId));
    const [one] = await refusedFor(withdraw());
    expect(one).toMatchObject({ code: 'revocation-confirmed', path: 'state', article: '16', found: '已同意' });
  });
});
