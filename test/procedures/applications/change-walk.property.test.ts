// Article 12, 13, 15, 16: whatever officers try in whatever order, nothing filed changes or ends without check, approval, seal, dispatch and consent.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approveApplication } from '../../../src/procedures/applications/approve-application.ts';
import { changeRecords } from '../../../src/procedures/applications/change-records.ts';
import { checkApplication } from '../../../src/procedures/applications/check-application.ts';
import { deleteRecords } from '../../../src/procedures/applications/delete-records.ts';
import { draftChangeRequest } from '../../../src/procedures/applications/draft-change-request.ts';
import { draftDeletionRequest } from '../../../src/procedures/applications/draft-deletion-request.ts';
import { draftRevocationReport } from '../../../src/procedures/applications/draft-revocation-report.ts';
import { recordDegreeReview } from '../../../src/procedures/applications/record-degree-review.ts';
import { revokeDegrees } from '../../../src/procedures/applications/revoke-degrees.ts';
import { sealApplication } from '../../../src/procedures/applications/seal-application.ts';
import { withdrawApplication } from '../../../src/procedures/applications/withdraw-application.ts';
import { Forbidden, Refused, Stale } from '../../../src/procedures/errors.ts';
import { loadRevocationResolution } from '../../../src/procedures/resolutions/load-revocation-resolution.ts';
import { recipientsOf } from '../../../src/regulation/applications/applications.ts';
import type { ApplicationKind, DegreeReview } from '../../../src/regulation/vocabulary.ts';
import { answer, filedBatch, filedWrong, HANDS, paper, sendTo, theCase } from '../../support/cases.ts';
import { runs } from '../../support/chance.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let evidence: string;
let decisions = 0;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());

type Kind = Exclude<ApplicationKind, 'supplementary-report'>;
/** A walk: the case, the record that it is about, and for a deletion the one that stays. */
interface Walk {
  readonly kind: Kind;
  readonly recordId: string;
  readonly standingRecordId: string;
  readonly revocationResolutionId: string;
  applicationId: string;
}

const DRAFTERS = [HANDS.drafter, 'jiaowu.lin'] as const;

const draft = async (walk: Walk, as: string, revise: boolean) => {
  const { kind, recordId, standingRecordId, revocationResolutionId, applicationId } = walk;
  const call = test.callAs(as);
  const base = {
    ...{ institution: HERE, category: 'regular-bachelor' as const },
    ...{ reason: '该生学位授予信息在上报时填报错误，与原始材料不一致。', finding: '经核对原始材料，情况属实。' },
    evidence: [{ title: '原始材料', fileDigest: evidence }],
    ...(revise ? { revises: { applicationId } } : {}),
  };
  if (kind === 'change-request') {
    const changes = [{ field: 'thesisTitle', after: '整本书阅读教学的现状与对策', evidence: [1] }];
    return draftChangeRequest(call, { ...base, records: [{ recordId, changes }] });
  }
  if (kind === 'deletion-request') {
    const records = [{ recordId, cause: 'reported-twice' as const, standingRecordId }];
    return draftDeletionRequest(call, { ...base, foundOn: '2026-09-01', records });
  }
  return draftRevocationReport(call, {
    ...{ ...base, revocationResolutionId, ground: 'academic-misconduct' },
    ...{ facts: '经认定该生学位论文主体部分由他人代写，构成学术不端。', proofs: '认定书、陈述笔录。' },
    records: [
      {
        ...{ recordId, noticeOn: '2026-08-20', hearingOn: '2026-08-27', hearingResult: '到场陈述。' },
        ...{ deliveredOn: '2026-09-12', certificateHandling: '证书已收回。' },
      },
    ],
  });
};
const review = (outcome: DegreeReview) => async (walk: Walk) =>
  recordDegreeReview(test.callAs(HANDS.degreeOffice), {
    ...{ ...theCase(walk.applicationId), recordId: walk.recordId, outcome, on: '2026-09-14' },
    fileDigest: await paper(test, HANDS.degreeOffice, 'degree-review', outcome),
  });
const decide = (decision: 'consent' | 'refuse' | 'return') => (walk: Walk) =>
  answer(test, walk.applicationId, decision, `鲁学位办〔2026〕${++decisions}号`);

const ACTS: Record<string, (walk: Walk) => Promise<unknown>> = {
  revise: (walk) => draft(walk, HANDS.drafter, true),
  'revise by another': (walk) => draft(walk, DRAFTERS[1], true),
  'check by a drafter': ({ applicationId }) => checkApplication(test.callAs(DRAFTERS[1]), theCase(applicationId)),
  check: ({ applicationId }) => checkApplication(test.callAs(HANDS.checker), theCase(applicationId)),
  approve: ({ applicationId }) => approveApplication(test.callAs(HANDS.head), theCase(applicationId)),
  seal: ({ applicationId }) => sealApplication(test.callAs(HANDS.degreeOffice), theCase(applicationId)),
  'send to the province': ({ applicationId }) => sendTo(test, applicationId, 'provincial-office'),
  'send to the nation': ({ applicationId }) => sendTo(test, applicationId, 'national-office'),
  'send a copy': ({ applicationId }) => sendTo(test, applicationId, 'national-centre'),
  consent: decide('consent'),
  return: decide('return'),
  refuse: decide('refuse'),
  withdraw: ({ applicationId }) => withdrawApplication(test.callAs(HANDS.drafter), theCase(applicationId)),
  change: ({ applicationId }) => changeRecords(test.callAs(HANDS.drafter), theCase(applicationId)),
  delete: ({ applicationId }) => deleteRecords(test.callAs(HANDS.drafter), theCase(applicationId)),
  revoke: ({ applicationId }) => revokeDegrees(test.callAs(HANDS.degreeOffice), theCase(applicationId)),
  'ask for a review': review('requested'),
  uphold: review('upheld'),
  overturn: review('overturned'),
  'move on': ({ recordId }) => filedWrong(test, recordId, { thesisKeywords: `整本书阅读；对策${++decisions}` }),
};
const WAY = [
  'check',
  'approve',
  'seal',
  'send to the nation',
  'send to the province',
  'send a copy',
  'consent',
  'effects',
];

/** The way with an act now and then left out and others in between: most of them lead nowhere, some to the effect. */
const plans = fc
  .array(fc.tuple(fc.array(fc.constantFrom(...Object.keys(ACTS)), { maxLength: 1 }), fc.integer({ min: 0, max: 11 })), {
    minLength: 2 * WAY.length,
    maxLength: 2 * WAY.length,
  })
  .map((noise) =>
    [...WAY, ...WAY]
      .flatMap((act, at) => [
        ...((noise[at]?.[1] ?? 0) % 3 === 0 ? (noise[at]?.[0] ?? []) : []),
        ...(noise[at]?.[1] === 1 ? [] : [act]),
      ])
      .flatMap((act) => (act === 'effects' ? ['delete', 'revoke', 'change'] : [act])),
  );
const EFFECTS = ['change', 'delete', 'revoke'];
const EFFECT_OF: Record<Kind, string> = {
  'change-request': 'change',
  'deletion-request': 'delete',
  'revocation-report': 'revoke',
};

const begin = async (kind: Kind): Promise<Walk> => {
  const standing = kind === 'deletion-request' ? await filedBatch(test, 1) : null;
  const { recordIds } = await filedBatch(test, 1);
  test.setClock('2026-09-15');
  evidence = await paper(test, HANDS.drafter, 'evidence');
  const scanDigest = await paper(test, HANDS.degreeOffice, 'revocation-resolution-scan');
  const { revocationResolutionId } = await loadRevocationResolution(test.callAs(HANDS.degreeOffice), {
    ...{ institution: HERE, number: `聊大学位〔2026〕撤${++decisions}号`, meeting: '第十五次会议', scanDigest },
    ...{ decidedOn: '2026-09-10', effectiveOn: '2026-09-10', members: 21, present: 19, yes: 18, no: 0, abstain: 1 },
    ...{ headName: '周明远', chairName: '周明远' },
  });
  const walk: Walk = {
    ...{ kind, recordId: recordIds[0] ?? '', standingRecordId: standing?.recordIds[0] ?? '' },
    ...{ revocationResolutionId, applicationId: '' },
  };
  walk.applicationId = (await draft(walk, HANDS.drafter, false)).applicationId;
  return walk;
};

describe('Article 12 to 16: no effect without the hands before it', () => {
  it('in any order of acts the log of a case that took effect holds them in their order, and nothing after', async () => {
    let effects = 0;
    const kinds = fc.constantFrom<Kind>('change-request', 'deletion-request', 'revocation-report');
    await fc.assert(
      fc.asyncProperty(kinds, plans, async (kind, acts) => {
        const walk = await begin(kind);
        for (const act of acts) {
          await ACTS[act]?.(walk).catch((error: unknown) => {
            if (!(error instanceof Refused || error instanceof Forbidden || error instanceof Stale)) throw error;
          });
        }
        const steps = await test.world.db.prisma.step.findMany({
          where: { subjects: { some: { subjectId: walk.applicationId } } },
          orderBy: { leafIndex: 'asc' },
        });
        const names = steps.map(({ name }) => name);
        const { state } = await test.world.db.prisma.writtenApplication.findFirstOrThrow({
          where: { id: walk.applicationId },
        });
        const record = await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id: walk.recordId } });
        const happened = names.filter((name) => EFFECTS.includes(name));
        if (happened.length === 0) {
          expect(state).not.toBe('carried-out');
          expect(record.state).toBe('filed');
          expect(record.thesisTitle).toBe('小学语文整本书阅读教学研究');
          return;
        }
        effects++;
        expect(happened).toEqual([EFFECT_OF[kind]]);
        expect(names.at(-1)).toBe(EFFECT_OF[kind]);
        expect(state).toBe('carried-out');
        expect(record.state).toBe({ change: 'filed', delete: 'deleted', revoke: 'revoked' }[happened[0] ?? '']);
        const drafted = Math.max(names.lastIndexOf('draft-application'), names.lastIndexOf('revise-application'));
        const since = steps.slice(drafted).filter(({ name }) => name !== 'record-degree-review');
        expect(since.slice(1).map(({ name }) => name)).toEqual([
          ...['check-application', 'approve-application', 'seal-application'],
          ...recipientsOf(kind).map(() => 'dispatch-application'),
          ...['decide-application', EFFECT_OF[kind]],
        ]);
        expect(since[1]?.officerId).not.toBe(since[0]?.officerId);
        expect(JSON.parse(since.at(-2)?.statement ?? '{}').facts.decision).toBe('consented');
        const last = steps.filter(({ name }) => name === 'record-degree-review').at(-1);
        if (kind === 'revocation-report' && last) expect(JSON.parse(last.statement).facts.outcome).toBe('upheld');
      }),
      { numRuns: runs(8) },
    );
    expect(effects).toBeGreaterThan(0);
  }, 600_000);
});
