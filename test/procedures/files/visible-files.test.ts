// Article 4: a file is seen by whoever sees the thing that rests on it, and by nobody else.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordDegreeReview } from '../../../src/procedures/applications/record-degree-review.ts';
import { findVisibleFile } from '../../../src/procedures/files/visible-files.ts';
import type { Collected } from '../../support/collected.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';
import {
  type CaseKey,
  decideCase,
  dispatchCase,
  draftChange,
  draftDeletion,
  draftRevocation,
  filedBatch,
  invalidate,
  sealCase,
  uploaded,
} from '../../support/written-cases.ts';

let test: TestWorld;
let batch: Collected;
let report: CaseKey;
const digests = new Map<string, string>();
beforeAll(async () => {
  test = await testWorld();
  batch = await filedBatch(test, 4);
  const prisma = test.world.db.prisma;

  const change = await draftChange(test, batch.recordIds[0] ?? '', ['最初的证明材料']);
  const [old] = await prisma.evidence.findMany({ where: { applicationId: change.applicationId } });
  digests.set('evidence of an earlier round', old?.fileDigest ?? '');
  digests.set('superseded document', (await sealCase(test, change)).pdfDigest);
  await dispatchCase(test, change, 'change-request');
  digests.set('decision of an earlier round', await decideCase(test, change, 'return'));
  await draftChange(test, batch.recordIds[0] ?? '', ['补充的证明材料'], change);
  digests.set('document in force', (await sealCase(test, change)).pdfDigest);
  await dispatchCase(test, change, 'change-request');
  digests.set('decision', await decideCase(test, change, 'consent'));

  report = await draftRevocation(test, batch.recordIds[1] ?? '');
  await sealCase(test, report);
  const [proof] = await dispatchCase(test, report, 'revocation-report');
  digests.set('proof of delivery', proof ?? '');
  const resolution = await prisma.revocationResolution.findFirstOrThrow();
  digests.set('revocation resolution', resolution.scanDigest);
  for (const outcome of ['requested', 'upheld'] as const) {
    const fileDigest = await uploaded(test, 'xuewei.guan', 'degree-review');
    digests.set(`review ${outcome}`, fileDigest);
    const review = { recordId: batch.recordIds[1] ?? '', outcome, on: '2026-07-19', fileDigest };
    await recordDegreeReview(test.callAs('xuewei.guan'), { ...report, ...review });
  }

  await draftDeletion(test, batch, 2);
  digests.set('roster correction', (await prisma.rosterStrike.findFirstOrThrow()).fileDigest);
  digests.set('declaration', await invalidate(test, batch.recordIds[3] ?? ''));
});
afterAll(() => test.close());

const sees = async (as: string, digest: string) =>
  (await findVisibleFile(test.world, test.callAs(as).actor, { institution: HERE, digest })) !== null;
const seenBy = async (as: string) => {
  const seen: string[] = [];
  for (const [what, digest] of digests) if (await sees(as, digest)) seen.push(what);
  return seen;
};

describe('Article 4: files of cases and ends', () => {
  it('the office of the category, the degree office, its auditor and the province see all of them', async () => {
    expect(digests.size).toBe(11);
    for (const officer of ['jiaowu.cai', 'jiaowu.he', 'xuewei.guan', 'jiancha', 'sheng.shen']) {
      expect(await seenBy(officer), officer).toEqual([...digests.keys()]);
    }
  });

  it('another institution sees none', async () => {
    expect(await seenBy('donghai.xuewei')).toEqual([]);
    expect(await seenBy('donghai.cai')).toEqual([]);
  });

  it('an office of other categories sees only what the whole house decided', async () => {
    expect(await seenBy('yanjiu.cai')).toEqual(['revocation resolution']);
    expect(await seenBy('jixu.cai')).toEqual(['revocation resolution']);
  });

  it('a file that nothing rests on yet is nobody’s', async () => {
    for (const kind of ['evidence', 'delivery-proof'] as const) {
      const digest = await uploaded(test, kind === 'evidence' ? 'jiaowu.cai' : 'xuewei.guan', kind);
      for (const officer of ['jiaowu.cai', 'xuewei.guan', 'sheng.shen'])
        expect(await sees(officer, digest)).toBe(false);
    }
  });

  it('the province sees neither the evidence of a draft nor the resolution that no report has reached it about', async () => {
    const draft = await draftRevocation(test, batch.recordIds[2] ?? '').catch(() => null);
    expect(draft).toBeNull(); // the record is in another case: nothing was drafted, and the resolution alone was loaded
    const resolution = await test.world.db.prisma.revocationResolution.findFirstOrThrow({ orderBy: { id: 'desc' } });
    expect(await sees('xuewei.guan', resolution.scanDigest)).toBe(true);
    expect(await sees('sheng.shen', resolution.scanDigest)).toBe(false);
    const deletion = await test.world.db.prisma.evidence.findFirstOrThrow({
      where: { application: { kind: 'deletion-request' } },
    });
    expect([await sees('jiaowu.cai', deletion.fileDigest), await sees('sheng.shen', deletion.fileDigest)]).toEqual([
      true,
      false,
    ]);
  });
});
