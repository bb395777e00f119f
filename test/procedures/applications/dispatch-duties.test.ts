// Article 4, 6, 12: every step of a written application, and every step about its effect, is closed to all officers but those of STEP_DUTIES.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approveApplication } from '../../../src/procedures/applications/approve-application.ts';
import { changeRecords } from '../../../src/procedures/applications/change-records.ts';
import { checkApplication } from '../../../src/procedures/applications/check-application.ts';
import { decideApplication } from '../../../src/procedures/applications/decide-application.ts';
import { declareInvalid } from '../../../src/procedures/applications/declare-invalid.ts';
import { deleteRecords } from '../../../src/procedures/applications/delete-records.ts';
import { dispatchApplication } from '../../../src/procedures/applications/dispatch-application.ts';
import { draftChangeRequest } from '../../../src/procedures/applications/draft-change-request.ts';
import { recordDegreeReview } from '../../../src/procedures/applications/record-degree-review.ts';
import { revokeDegrees } from '../../../src/procedures/applications/revoke-degrees.ts';
import { sealApplication } from '../../../src/procedures/applications/seal-application.ts';
import { withdrawApplication } from '../../../src/procedures/applications/withdraw-application.ts';
import type { Call } from '../../../src/procedures/call.ts';
import { correctRoster } from '../../../src/procedures/resolutions/correct-roster.ts';
import { loadRevocationResolution } from '../../../src/procedures/resolutions/load-revocation-resolution.ts';
import type { APPLICATION_TRANSITIONS } from '../../../src/regulation/applications/applications.ts';
import { STEP_DUTIES } from '../../../src/regulation/duties.ts';
import type { StepName } from '../../../src/regulation/steps.ts';
import { CATEGORIES, keysOf } from '../../../src/regulation/vocabulary.ts';
import { SAMPLE } from '../../../src/trial/sample-institutions.ts';
import { filedBatch, HANDS, paper, theCase } from '../../support/cases.ts';
import type { Collected } from '../../support/collected.ts';
import { refusal, rowCounts } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
let evidence: string;
let applicationId: string;
beforeAll(async () => {
  test = await testWorld();
  batch = await filedBatch(test, 1);
  test.setClock('2026-08-03');
  evidence = await paper(test, HANDS.drafter, 'evidence');
  ({ applicationId } = await draft(test.callAs(HANDS.drafter)));
});
afterAll(() => test.close());

const draft = (call: Call, revises?: string) =>
  draftChangeRequest(call, {
    ...{ institution: HERE, category: 'regular-bachelor' },
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
const here = () => theCase(applicationId);
const about = () => ({
  reason: '名单更正该生',
  documentNumber: '1号',
  fileDigest: evidence,
  recordId: batch.recordIds[0] ?? '',
  on: '2026-08-01',
});
const VOTE = {
  ...{
    number: '撤1号',
    meeting: '第十五次会议',
    decidedOn: '2026-07-10',
    effectiveOn: '2026-07-10',
    members: 21,
    present: 19,
  },
  ...{ yes: 18, no: 0, abstain: 1, headName: '周明远', chairName: '周明远' },
};

type Taken = keyof typeof APPLICATION_TRANSITIONS | 'correct-roster' | 'load-revocation-resolution' | 'declare-invalid';
/** How each step is tried; whether it would be possible now does not matter to who may not. */
const TRY: Readonly<Record<Taken, (call: Call) => Promise<unknown>>> = {
  'draft-application': (call) => draft(call),
  'revise-application': (call) => draft(call, applicationId),
  'withdraw-application': (call) => withdrawApplication(call, here()),
  'check-application': (call) => checkApplication(call, here()),
  'approve-application': (call) => approveApplication(call, here()),
  'seal-application': (call) => sealApplication(call, here()),
  'dispatch-application': (call) =>
    dispatchApplication(call, {
      ...here(),
      addressee: 'provincial-office',
      channel: 'in-system',
      dispatchedOn: '2026-08-03',
    }),
  'decide-application': (call) =>
    decideApplication(call, { ...here(), decision: 'consent', decisionNumber: '1号', decisionDigest: evidence }),
  change: (call) => changeRecords(call, here()),
  delete: (call) => deleteRecords(call, here()),
  revoke: (call) => revokeDegrees(call, here()),
  'record-degree-review': (call) => recordDegreeReview(call, { ...here(), ...about(), outcome: 'requested' }),
  'correct-roster': (call) =>
    correctRoster(call, { institution: HERE, ...about(), resolutionId: batch.resolutionId, sequence: 1 }),
  'load-revocation-resolution': (call) =>
    loadRevocationResolution(call, { institution: HERE, ...VOTE, scanDigest: evidence }),
  'declare-invalid': (call) => declareInvalid(call, { institution: HERE, ...about() }),
};

/** Whether an officer of the sample may take a step about a bachelor of the sample institution. */
function may(step: StepName, { office: officeId, duties }: (typeof SAMPLE.officers)[number]): boolean {
  const office = SAMPLE.offices.find(({ id }) => id === officeId);
  if (!office || (office.institution !== null && office.institution !== HERE)) return false;
  const { offices, duties: asked } = STEP_DUTIES[step];
  const own =
    office.kind === CATEGORIES['regular-bachelor'].office || !office.kind.match(/graduate|academic|continuing/);
  return own && offices.includes(office.kind) && asked.some((duty) => duties.includes(duty));
}

describe('Article 4, 6: who may not', () => {
  it.each(keysOf(TRY))('%s', async (step) => {
    const before = await rowCounts(test);
    const outsiders = SAMPLE.officers.filter((officer) => !may(step, officer));
    expect(outsiders.length).toBeGreaterThan(8);
    expect(outsiders.length).toBeLessThan(SAMPLE.officers.length);
    for (const { loginName } of outsiders) {
      expect((await refusal(TRY[step](test.callAs(loginName)))).kind, `${step} by ${loginName}`).toBe('Forbidden');
    }
    for (const officer of SAMPLE.officers.filter((one) => may(step, one))) {
      const call = test.callAs(officer.loginName, { simulate: true });
      const outcome = await TRY[step](call).catch((error: Error) => error.name);
      expect(outcome, `${step} by ${officer.loginName}`).not.toBe('Forbidden');
    }
    expect(await rowCounts(test)).toEqual(before);
  });
});
