// 学位法 art. 10, 39, 41: who loses a degree was told, heard and served, by a vote that holds, and may ask for a review.
import { beforeEach, describe, expect, it } from 'vitest';
import { sealApplication } from '../../../src/procedures/applications/seal-application.ts';
import { withdrawApplication } from '../../../src/procedures/applications/withdraw-application.ts';
import { answer, bringCase, caseState, faults, HANDS, refusedFor, theCase } from '../../support/cases.ts';
import type { Collected } from '../../support/collected.ts';
import { type Person, revocations } from '../../support/revocations.ts';
import { refusal } from '../../support/stages.ts';
import type { TestWorld } from '../../support/world.ts';

const shared = revocations();
const { load, person, draft, confirmed, effect, reviewed, row } = shared;
let test: TestWorld;
let batch: Collected;
let evidence: string;
beforeEach(() => {
  ({ test, batch, evidence } = shared);
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
