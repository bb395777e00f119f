// Article 15: a case is given up before it is sent, when it was returned, or when its consent is not used; never behind the back of an addressee.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { draftChangeRequest } from '../../../src/procedures/applications/draft-change-request.ts';
import { withdrawApplication } from '../../../src/procedures/applications/withdraw-application.ts';
import { applicationBundle } from '../../../src/procedures/bundle.ts';
import { checkDocument } from '../../../src/procedures/check-document.ts';
import { verifyBundle } from '../../../src/sealing/verify/bundle.ts';
import {
  answer,
  bringCase,
  caseState,
  faults,
  filedBatch,
  HANDS,
  paper,
  refusedFor,
  theCase,
} from '../../support/cases.ts';
import { refusal, rowCounts } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let applicationId: string;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  const batch = await filedBatch(test, 1);
  test.setClock('2026-08-03');
  const fileDigest = await paper(test, HANDS.drafter, 'evidence');
  ({ applicationId } = await draftChangeRequest(test.callAs(HANDS.drafter), {
    ...{ institution: HERE, category: 'regular-bachelor' },
    reason: '该生论文题目在上报时误用开题时的题目，与答辩通过的题目不一致。',
    finding: '经核对答辩决议，情况属实。',
    evidence: [{ title: '答辩决议复印件', fileDigest }],
    records: [
      {
        recordId: batch.recordIds[0] ?? '',
        changes: [{ field: 'thesisTitle', after: '整本书阅读教学的现状与对策', evidence: [1] }],
      },
    ],
  }));
});

const withdraw = (as: string = HANDS.drafter, changes: object = {}) =>
  withdrawApplication(test.callAs(as), { ...theCase(applicationId), ...changes });

describe('Article 15: withdrawing a case', () => {
  it.each(['draft', 'checked', 'approved', 'sealed', 'consented'] as const)('that is %s', async (state) => {
    if (state !== 'draft') await bringCase(test, applicationId, state);
    await withdraw();
    expect(await caseState(test, applicationId)).toBe('withdrawn');
    expect(await faults(withdraw())).toEqual(['application-step-not-allowed@state']);
    const bundle = await applicationBundle(test.world, HERE, applicationId);
    expect((await verifyBundle(bundle, { roots: [test.root.der] })).verdict).toBe('valid');
  });

  it('that was returned', async () => {
    await bringCase(test, applicationId, 'dispatched');
    await answer(test, applicationId, 'return');
    await withdraw();
  });

  it('whose document waits for its answer: not before the answer', async () => {
    await bringCase(test, applicationId, 'dispatched');
    const [one] = await refusedFor(withdraw());
    expect(one).toMatchObject({ code: 'application-step-not-allowed', found: '已报送', article: '12' });
    await answer(test, applicationId, 'refuse');
    const { verificationCode } = await test.world.db.prisma.writtenApplication.findFirstOrThrow({
      where: { id: applicationId },
    });
    expect(await checkDocument(test.world, verificationCode ?? '')).toMatchObject({ state: 'refused', current: false });
    expect(await faults(withdraw())).toEqual(['application-step-not-allowed@state']);
  });

  it('a sealed document that was withdrawn is known as withdrawn to whoever holds it', async () => {
    await bringCase(test, applicationId, 'sealed');
    const { verificationCode } = await test.world.db.prisma.writtenApplication.findFirstOrThrow({
      where: { id: applicationId },
    });
    await withdraw();
    expect(await checkDocument(test.world, verificationCode ?? '')).toMatchObject({
      ...{ state: 'withdrawn', current: false, supersededBy: null },
    });
  });

  it('by an officer of its office, in the version that they saw; a simulation writes nothing', async () => {
    for (const as of [HANDS.degreeOffice, HANDS.province, 'yanjiu.cai', 'donghai.cai', 'jiancha']) {
      expect((await refusal(withdraw(as))).kind, as).toBe('Forbidden');
    }
    expect((await refusal(withdraw(HANDS.drafter, { expectedVersion: 2 }))).kind).toBe('Stale');
    const before = await rowCounts(test);
    await withdrawApplication(test.callAs(HANDS.drafter, { simulate: true }), theCase(applicationId));
    expect(await rowCounts(test)).toEqual(before);
    expect(await caseState(test, applicationId)).toBe('draft');
  });
});
