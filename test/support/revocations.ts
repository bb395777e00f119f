// Two people whose degrees can be revoked, for both tests of it: decided, heard and served, and reported to any point.
import { afterAll, beforeAll, beforeEach } from 'vitest';
import {
  draftRevocationReport,
  type RevocationReportInput,
} from '../../src/procedures/applications/draft-revocation-report.ts';
import { recordDegreeReview } from '../../src/procedures/applications/record-degree-review.ts';
import { revokeDegrees } from '../../src/procedures/applications/revoke-degrees.ts';
import { loadRevocationResolution } from '../../src/procedures/resolutions/load-revocation-resolution.ts';
import type { DegreeReview } from '../../src/regulation/vocabulary.ts';
import { bringCase, filedBatch, HANDS, paper, theCase } from './cases.ts';
import type { Collected } from './collected.ts';
import { HERE, type TestWorld, testWorld } from './world.ts';

/** As a test gives it. */
export type Person = RevocationReportInput['records'][number];

/** A world of its own for a test file, and two filed people anew before each test; `shared.batch` and the like are those of the test. */
export function revocations() {
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
  return {
    get test() {
      return test;
    },
    get batch() {
      return batch;
    },
    get evidence() {
      return evidence;
    },
    load,
    person,
    draft,
    confirmed,
    effect,
    reviewed,
    row,
  };
}
