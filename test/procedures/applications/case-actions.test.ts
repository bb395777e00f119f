// What the list of cases says can be done is what can be done; who wrote any of a case neither checks nor approves it (art. 12).
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applicationActions } from '../../../src/procedures/actions.ts';
import { approveApplication } from '../../../src/procedures/applications/approve-application.ts';
import { changeRecords } from '../../../src/procedures/applications/change-records.ts';
import { checkApplication } from '../../../src/procedures/applications/check-application.ts';
import { declareInvalid } from '../../../src/procedures/applications/declare-invalid.ts';
import {
  type ChangeRequestInput,
  draftChangeRequest,
} from '../../../src/procedures/applications/draft-change-request.ts';
import { draftRevocationReport } from '../../../src/procedures/applications/draft-revocation-report.ts';
import { withdrawApplication } from '../../../src/procedures/applications/withdraw-application.ts';
import { loadRevocationResolution } from '../../../src/procedures/resolutions/load-revocation-resolution.ts';
import { answer, bringCase, faults, filedBatch, HANDS, paper, sendTo, theCase } from '../../support/cases.ts';
import type { Collected } from '../../support/collected.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
let evidence: string;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  batch = await filedBatch(test, 2);
  test.setClock('2026-09-15');
  evidence = await paper(test, HANDS.drafter, 'evidence');
});

const input = (more: Partial<ChangeRequestInput> = {}): ChangeRequestInput => ({
  ...{ institution: HERE, category: 'regular-bachelor', finding: '经核对答辩决议，情况属实。' },
  reason: '该生论文题目在上报时误用开题时的题目，与答辩通过的题目不一致。',
  evidence: [{ title: '答辩决议复印件', fileDigest: evidence }],
  records: [
    {
      recordId: batch.recordIds[0] ?? '',
      changes: [{ field: 'thesisTitle', after: '整本书阅读教学的现状与对策', evidence: [1] }],
    },
  ],
  ...more,
});
const draft = async (as: string, more: Partial<ChangeRequestInput> = {}) =>
  (await draftChangeRequest(test.callAs(as), input(more))).applicationId;
const allowed = async (as: string, applicationId: string) => {
  const row = await test.world.db.prisma.writtenApplication.findFirstOrThrow({ where: { id: applicationId } });
  const actions = await applicationActions(test.callAs(as), row);
  return actions.filter((one) => one.allowed).map(({ name }) => name);
};

describe('Article 12: four eyes', () => {
  it('who wrote an earlier version of a case does not check it, though another officer revised it since', async () => {
    const applicationId = await draft('jiaowu.lin');
    await draft(HANDS.checker, { revises: { applicationId } });
    expect(await allowed('jiaowu.lin', applicationId)).not.toContain('check-application');
    for (const writer of ['jiaowu.lin', HANDS.checker]) {
      expect(await faults(checkApplication(test.callAs(writer), theCase(applicationId)))).toEqual([
        'drafter-may-not-check@officer',
      ]);
    }
  });

  it('a head of office who drafted a case does not approve it', async () => {
    const applicationId = await draft(HANDS.head);
    await bringCase(test, applicationId, 'checked');
    expect(await allowed(HANDS.head, applicationId)).not.toContain('approve-application');
    expect(await faults(approveApplication(test.callAs(HANDS.head), theCase(applicationId)))).toEqual([
      'drafter-may-not-approve@officer',
    ]);
  });
});

describe('the actions of a case are honest', () => {
  const revocation = async () => {
    const scanDigest = await paper(test, HANDS.degreeOffice, 'revocation-resolution-scan');
    const { revocationResolutionId } = await loadRevocationResolution(test.callAs(HANDS.degreeOffice), {
      ...{ institution: HERE, number: `聊大学位撤〔2026〕${batch.fields[0]?.certificateNumber.slice(-4)}号` },
      ...{ meeting: '第二十次', decidedOn: '2026-09-10', effectiveOn: '2026-09-10', members: 25, present: 21 },
      ...{ yes: 20, no: 0, abstain: 1, headName: '周明远', chairName: '周明远', scanDigest },
    });
    const towards = { noticeOn: '2026-08-10', hearingOn: '2026-08-20', hearingResult: '未提出新的事实。' };
    const { applicationId } = await draftRevocationReport(test.callAs(HANDS.drafter), {
      ...{ institution: HERE, category: 'regular-bachelor', revocationResolutionId, ground: 'academic-misconduct' },
      ...{ facts: '论文主体部分抄袭他人成果，经学术委员会认定。', proofs: '比对报告、认定书' },
      evidence: [{ title: '认定书', fileDigest: evidence }],
      records: [
        { recordId: batch.recordIds[0] ?? '', ...towards, deliveredOn: '2026-09-12', certificateHandling: '已收回。' },
      ],
    });
    return applicationId;
  };

  it('what went to one addressee is not offered for withdrawal, nor a confirmed revocation', async () => {
    const applicationId = await revocation();
    await bringCase(test, applicationId, 'sealed');
    expect(await allowed(HANDS.drafter, applicationId)).toEqual(['withdraw-application']);
    await sendTo(test, applicationId, 'national-office');
    expect(await allowed(HANDS.drafter, applicationId)).toEqual([]);
    expect(await faults(withdrawApplication(test.callAs(HANDS.drafter), theCase(applicationId)))).toEqual([
      'application-already-sent@state',
    ]);
    for (const rest of ['provincial-office', 'national-centre'] as const) await sendTo(test, applicationId, rest);
    await answer(test, applicationId, 'consent');
    expect(await allowed(HANDS.drafter, applicationId)).toEqual([]);
    expect(await allowed(HANDS.degreeOffice, applicationId)).toContain('revoke');
  });

  it('a change is not offered when a record has ended, but its withdrawal is; and such a request is not consented to', async () => {
    const applicationId = await draft(HANDS.drafter);
    await bringCase(test, applicationId, 'consented');
    const again = await draft(HANDS.drafter, {
      records: [{ ...input().records[0], recordId: batch.recordIds[1] ?? '' } as never],
    });
    await bringCase(test, again, 'dispatched');
    expect(await allowed(HANDS.drafter, applicationId)).toEqual(['withdraw-application', 'change']);
    for (const recordId of batch.recordIds) {
      const fileDigest = await paper(test, HANDS.province, 'declaration');
      const why = { reason: '违法颁发学位证书', documentNumber: '鲁教〔2026〕2号', on: '2026-09-14', fileDigest };
      await declareInvalid(test.callAs(HANDS.province), { institution: HERE, recordId, ...why });
    }
    expect(await allowed(HANDS.drafter, applicationId)).toEqual(['withdraw-application']);
    expect(await faults(changeRecords(test.callAs(HANDS.drafter), theCase(applicationId)))).toContain(
      'application-record-ended@records[0].state',
    );
    expect(await faults(answer(test, again, 'consent'))).toEqual(['application-record-ended@records[0].state']);
    expect((await answer(test, again, 'refuse')).state).toBe('refused');
  });
});

describe('Article 15: a request that no page could hold', () => {
  it('names the same evidence once', async () => {
    const [record] = input().records;
    const records = [{ ...record, changes: [{ ...record?.changes[0], evidence: Array(50_000).fill(1) }] }];
    expect(await faults(draft(HANDS.drafter, { records } as never))).toEqual([
      'change-evidence-twice@records[0].changes.thesisTitle',
    ]);
  });

  it('has a hundred pieces of evidence at most, with titles of a hundred characters', async () => {
    const one = { title: '材料', fileDigest: evidence };
    expect(await faults(draft(HANDS.drafter, { evidence: Array(101).fill(one) }))).toEqual([
      'application-too-much-evidence@evidence',
    ]);
    expect(await faults(draft(HANDS.drafter, { evidence: [{ ...one, title: '长'.repeat(101) }] }))).toEqual([
      'field-too-long@evidence[0].title',
    ]);
    expect(await faults(draft(HANDS.drafter, { contactName: '张\u202e三' }))).toEqual([
      'text-unreadable-character@contactName',
    ]);
  });
});
