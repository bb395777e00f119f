// Article 12, 15, 16: a case passes from hand to hand, each hand another office or person, and every refusal leaves nothing behind.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { approveApplication } from '../../../src/procedures/applications/approve-application.ts';
import { changeRecords } from '../../../src/procedures/applications/change-records.ts';
import { checkApplication } from '../../../src/procedures/applications/check-application.ts';
import { type DecisionInput, decideApplication } from '../../../src/procedures/applications/decide-application.ts';
import { deleteRecords } from '../../../src/procedures/applications/delete-records.ts';
import { type DispatchInput, dispatchApplication } from '../../../src/procedures/applications/dispatch-application.ts';
import { draftChangeRequest } from '../../../src/procedures/applications/draft-change-request.ts';
import { sealApplication } from '../../../src/procedures/applications/seal-application.ts';
import {
  answer,
  bringCase,
  faults,
  filedBatch,
  HANDS,
  paper,
  refusedFor,
  sendTo,
  theCase,
} from '../../support/cases.ts';
import type { Collected } from '../../support/collected.ts';
import { refusal, rowCounts } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
let evidence: string;
let applicationId: string;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  batch = await filedBatch(test, 1);
  test.setClock('2026-08-03');
  evidence = await paper(test, HANDS.drafter, 'evidence');
});

const draft = async (as: string = HANDS.drafter, revises?: string) => {
  const drafted = await draftChangeRequest(test.callAs(as), {
    ...{ institution: HERE, category: 'regular-bachelor' as const },
    reason: '该生论文题目在上报时误用开题时的题目，与答辩通过的题目不一致。',
    finding: '经核对答辩决议，情况属实。',
    evidence: [{ title: '答辩决议复印件', fileDigest: evidence }],
    records: [
      {
        recordId: batch.recordIds[0] ?? '',
        changes: [{ field: 'thesisTitle', after: '整本书阅读教学的现状与对策', evidence: [1] }],
      },
    ],
    ...(revises ? { revises: { applicationId: revises } } : {}),
  });
  applicationId = drafted.applicationId;
  return drafted;
};
const at = async (state: Parameters<typeof bringCase>[2]) => {
  await draft();
  await bringCase(test, applicationId, state);
};
const here = () => theCase(applicationId);
/** What is refused leaves every table as it was. */
const unchanged = async (call: () => Promise<unknown>) => {
  const before = await rowCounts(test);
  const stood = await test.world.db.prisma.writtenApplication.findMany();
  const found = await faults(call());
  expect(await rowCounts(test)).toEqual(before);
  expect(await test.world.db.prisma.writtenApplication.findMany()).toEqual(stood);
  return found;
};

describe('Article 12: the hands inside the house', () => {
  it('the drafter does not check, whatever their duties', async () => {
    await draft('jiaowu.lin');
    expect(await unchanged(() => checkApplication(test.callAs('jiaowu.lin'), here()))).toEqual([
      'drafter-may-not-check@officer',
    ]);
    await checkApplication(test.callAs(HANDS.checker), here());
  });

  it('nor does who revised it, while the first drafter may then', async () => {
    await draft(HANDS.drafter);
    await draft('jiaowu.lin', applicationId);
    expect(await faults(checkApplication(test.callAs('jiaowu.lin'), here()))).toEqual([
      'drafter-may-not-check@officer',
    ]);
    await checkApplication(test.callAs(HANDS.checker), here());
  });

  it('a revision takes the check back', async () => {
    await draft();
    await draft('jiaowu.lin', applicationId);
    await checkApplication(test.callAs(HANDS.checker), here());
    const { checkedById } = await test.world.db.prisma.writtenApplication.findFirstOrThrow({
      where: { id: applicationId },
    });
    expect(checkedById).toBe(test.callAs(HANDS.checker).actor.officerId);
    expect(await faults(draft(HANDS.drafter, applicationId))).toEqual(['application-step-not-allowed@state']);
  });

  it('the database itself refuses a checker who drafted', async () => {
    await draft();
    const drafter = test.callAs(HANDS.drafter).actor.officerId;
    const cheat = test.world.db.pool.query('UPDATE "WrittenApplication" SET "checkedById" = $1 WHERE "id" = $2', [
      drafter,
      applicationId,
    ]);
    await expect(cheat).rejects.toThrow(/drafter_is_not_checker/);
  });

  it('only the head approves, only the degree office seals, each in turn', async () => {
    await draft();
    expect(await unchanged(() => approveApplication(test.callAs(HANDS.head), here()))).toEqual([
      'application-step-not-allowed@state',
    ]);
    await bringCase(test, applicationId, 'checked');
    expect(await unchanged(() => approveApplication(test.callAs(HANDS.checker), here()))).toEqual([
      'duty-missing@duties',
    ]);
    expect(await unchanged(() => sealApplication(test.callAs(HANDS.degreeOffice), here()))).toEqual([
      'application-step-not-allowed@state',
    ]);
    await bringCase(test, applicationId, 'approved');
    expect(await unchanged(() => sealApplication(test.callAs(HANDS.head), here()))).toEqual(['not-your-office@office']);
    await bringCase(test, applicationId, 'sealed');
  });

  it('a case of another version than the officer saw is stale, at every step', async () => {
    await draft();
    const stale = { ...here(), expectedVersion: 99 };
    const tries = [
      () => checkApplication(test.callAs(HANDS.checker), stale),
      () => approveApplication(test.callAs(HANDS.head), stale),
      () => sealApplication(test.callAs(HANDS.degreeOffice), stale),
      () => changeRecords(test.callAs(HANDS.drafter), stale),
      () => deleteRecords(test.callAs(HANDS.drafter), stale),
    ];
    const before = await rowCounts(test);
    for (const one of tries) expect((await refusal(one())).kind).toBe('Stale');
    expect(await rowCounts(test)).toEqual(before);
    await checkApplication(test.callAs(HANDS.checker), { ...here(), expectedVersion: 1 });
  });
});

describe('Article 15, 16: dispatch', () => {
  const send = (changes: Partial<DispatchInput> = {}) =>
    dispatchApplication(test.callAs(HANDS.degreeOffice), {
      ...here(),
      ...{ addressee: 'provincial-office', channel: 'in-system', dispatchedOn: '2026-08-03' },
      ...changes,
    });

  it('to the wrong addressee, twice, or of an unsealed case', async () => {
    await at('approved');
    expect(await unchanged(() => send())).toEqual(['application-step-not-allowed@state']);
    await bringCase(test, applicationId, 'sealed');
    const wrong = await refusedFor(send({ addressee: 'national-office' }));
    expect(wrong).toMatchObject([
      {
        code: 'dispatch-wrong-addressee',
        article: '15',
        found: '国务院学位委员会办公室',
        expected: '省学位委员会办公室',
      },
      { code: 'dispatch-not-in-system', article: '15' },
    ]);
    await send();
    expect(await unchanged(() => send())).toEqual(['application-step-not-allowed@state']);
  });

  it.each<[string, Partial<DispatchInput>, string[]]>([
    [
      'before the date of the document',
      { channel: 'by-hand', receipt: '1', dispatchedOn: '2026-08-02' },
      ['dispatch-day-impossible@dispatchedOn', 'dispatch-without-proof@proofDigest'],
    ],
    ['tomorrow', { dispatchedOn: '2026-08-04' }, ['dispatch-day-impossible@dispatchedOn']],
    ['on a day that does not exist', { dispatchedOn: '2026-08-32' }, ['date-impossible@dispatchedOn']],
    [
      'by mail without receipt and proof',
      { channel: 'registered-mail' },
      ['dispatch-without-proof@receipt', 'dispatch-without-proof@proofDigest'],
    ],
    [
      'with a proof that was never uploaded',
      { channel: 'by-hand', receipt: '1', proofDigest: 'f'.repeat(64) },
      ['dispatch-proof-missing@proofDigest'],
    ],
  ])('%s', async (_, changes, expected) => {
    await at('sealed');
    expect(await unchanged(() => send(changes))).toEqual(expected);
  });

  it('in the system it is dated by its own step, not before', async () => {
    await at('sealed');
    test.setClock('2026-08-05');
    const [one] = await refusedFor(send({ dispatchedOn: '2026-08-04' }));
    expect(one).toMatchObject({ code: 'dispatch-day-impossible', found: '2026-08-04', expected: '2026-08-05' });
    const proofDigest = await paper(test, HANDS.degreeOffice, 'delivery-proof');
    const mailed = { channel: 'registered-mail' as const, receipt: 'XA1', proofDigest, dispatchedOn: '2026-08-04' };
    expect(await send(mailed)).toMatchObject({ state: 'dispatched' });
    const step = await test.world.db.prisma.step.findFirstOrThrow({
      where: { name: 'dispatch-application' },
      orderBy: { leafIndex: 'desc' },
    });
    expect(JSON.parse(step.statement)).toMatchObject({
      facts: { addressee: 'provincial-office', channel: 'registered-mail', dispatchedOn: '2026-08-04', receipt: 'XA1' },
      files: expect.arrayContaining([proofDigest]),
    });
  });
});

describe('Article 15: the answer of the province', () => {
  const decide = async (as: string, changes: Partial<DecisionInput> = {}) =>
    decideApplication(test.callAs(as), {
      ...here(),
      ...{ decision: 'consent', decisionNumber: '鲁学位办〔2026〕30号' },
      decisionDigest: await paper(test, HANDS.province, 'decision'),
      ...changes,
    });

  it('not by the office of the applicant, not before the dispatch, not twice', async () => {
    await at('sealed');
    const decisionDigest = await paper(test, HANDS.province, 'decision');
    expect(await unchanged(() => decide(HANDS.province, { decisionDigest }))).toEqual([
      'application-step-not-allowed@state',
    ]);
    await sendTo(test, applicationId, 'provincial-office');
    expect((await refusal(decide(HANDS.head))).kind).toBe('Forbidden');
    expect((await refusal(decide(HANDS.degreeOffice))).kind).toBe('Forbidden');
    await decide(HANDS.province);
    expect(await unchanged(() => decide(HANDS.province, { decisionDigest }))).toEqual([
      'application-step-not-allowed@state',
    ]);
  });

  it('not without number, document, or the reason of a refusal or return', async () => {
    await at('dispatched');
    const found = await refusedFor(
      decide(HANDS.province, { decision: 'refuse', decisionNumber: ' ', decisionDigest: evidence }),
    );
    expect(found.map(({ code, path, article }) => `${code}@${path} ${article}`)).toEqual([
      'decision-number-missing@decisionNumber 15',
      'decision-reason-missing@reason 15',
      'file-missing@decisionDigest 15',
    ]);
    expect(await faults(decide(HANDS.province, { decision: 'return' }))).toEqual(['decision-reason-missing@reason']);
  });
});

describe('retries and simulations', () => {
  it('the same key gets the first answer again, another request with it is refused', async () => {
    await at('consented');
    const as = test.callAs(HANDS.drafter, { idempotencyKey: 'change-once' });
    const first = await changeRecords(as, here());
    expect(await changeRecords(as, here())).toEqual(first);
    expect(await faults(deleteRecords(as, here()))).toEqual(['idempotency-key-reused@idempotencyKey']);
    expect(await test.world.db.prisma.recordVersion.count({ where: { recordId: batch.recordIds[0] ?? '' } })).toBe(1);
  });

  it('the same answer twice without a key is carried out once', async () => {
    await at('consented');
    const as = test.callAs(HANDS.drafter);
    const both = await Promise.allSettled([changeRecords(as, here()), changeRecords(as, here())]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const row = await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id: batch.recordIds[0] ?? '' } });
    expect(row.version).toBe(2);
  });

  it('a simulation of any step says what it would do and writes nothing', async () => {
    const simulate = { simulate: true };
    const quiet = async (call: () => Promise<{ stepId: string | null; simulated: boolean }>) => {
      const before = await rowCounts(test);
      expect(await call()).toMatchObject({ stepId: null, simulated: true });
      expect(await rowCounts(test)).toEqual(before);
    };
    await draft();
    await quiet(() => checkApplication(test.callAs(HANDS.checker, simulate), here()));
    await bringCase(test, applicationId, 'checked');
    await quiet(() => approveApplication(test.callAs(HANDS.head, simulate), here()));
    await bringCase(test, applicationId, 'sealed');
    const dispatch = {
      ...here(),
      addressee: 'provincial-office',
      channel: 'in-system',
      dispatchedOn: '2026-08-03',
    } as const;
    await quiet(() => dispatchApplication(test.callAs(HANDS.degreeOffice, simulate), dispatch));
    await bringCase(test, applicationId, 'dispatched');
    const decisionDigest = await paper(test, HANDS.province, 'decision');
    const decision = { ...here(), decision: 'consent', decisionNumber: '1号', decisionDigest } as const;
    await quiet(() => decideApplication(test.callAs(HANDS.province, simulate), decision));
    await answer(test, applicationId, 'consent');
    const before = await test.world.db.prisma.degreeRecord.findFirstOrThrow({
      where: { id: batch.recordIds[0] ?? '' },
    });
    await quiet(() => changeRecords(test.callAs(HANDS.drafter, simulate), here()));
    expect(await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id: before.id } })).toEqual(before);
  });
});

it('no sealed statement of any step holds the name or a number of a degree holder', async () => {
  await at('consented');
  await changeRecords(test.callAs(HANDS.drafter), here());
  const statements = (await test.world.db.prisma.step.findMany()).map(({ statement }) => statement).join('\n');
  const [fields] = batch.fields;
  for (const secret of [
    fields?.name,
    fields?.identityNumber,
    fields?.studentNumber,
    fields?.certificateNumber,
    fields?.birthDate,
  ]) {
    expect(secret).toBeTruthy();
    expect(statements).not.toContain(secret);
  }
});
