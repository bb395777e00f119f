// 学位法 art. 38, article 16: a certificate that the education authority declares invalid ends as such, which is not a revocation.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DeclareInvalidInput, declareInvalid } from '../../../src/procedures/applications/declare-invalid.ts';
import { recordBundle } from '../../../src/procedures/bundle.ts';
import { faults, filedBatch, filedWrong, HANDS, paper, provedButEnded, refusedFor } from '../../support/cases.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { refusal, rowCounts } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
let fileDigest: string;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  batch = await filedBatch(test, 1);
  test.setClock('2026-08-03');
  fileDigest = await paper(test, HANDS.province, 'declaration');
});

const declare = (changes: Partial<DeclareInvalidInput> = {}, as: string = HANDS.province, options = {}) =>
  declareInvalid(test.callAs(as, options), {
    ...{ institution: HERE, recordId: batch.recordIds[0] ?? '', fileDigest },
    ...{ reason: '冒用赵小李身份取得入学资格', documentNumber: '鲁教函〔2026〕7号', on: '2026-08-01', ...changes },
  });
const row = () => test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { id: batch.recordIds[0] ?? '' } });

describe('学位法 art. 38: declared invalid', () => {
  it('is an end of its own, with number, day and document, and is proved', async () => {
    await declare();
    expect(await row()).toMatchObject({ state: 'declared-invalid', version: 1 });
    const end = await test.world.db.prisma.recordEnd.findFirstOrThrow({
      where: { recordId: batch.recordIds[0] ?? '' },
    });
    expect(end).toMatchObject({
      ...{
        state: 'declared-invalid',
        on: '2026-08-01',
        documentNumber: '鲁教函〔2026〕7号',
        fileDigest,
        applicationId: null,
      },
      ground: '冒用赵小李身份取得入学资格',
    });
    const bundle = await recordBundle(test.world, HERE, batch.recordIds[0] ?? '');
    await provedButEnded(test, bundle);
    const { statement } = bundle.steps.at(-1) ?? {};
    expect(statement).toMatchObject({ step: 'declare-invalid', article: '16', files: [fileDigest] });
  });

  it('seals its reason without showing it: another reason is another statement', async () => {
    await declare();
    const { statement } = await test.world.db.prisma.step.findFirstOrThrow({
      where: { name: 'declare-invalid' },
      orderBy: { leafIndex: 'desc' },
    });
    expect(statement).not.toMatch(/赵小李|冒用/);
    expect(JSON.parse(statement).facts.reason).toMatch(/^\S{20,}$/);
  });

  it('is said once, of a filed record', async () => {
    await declare();
    const [again] = await refusedFor(declare());
    expect(again).toMatchObject({ code: 'stage-skipped', path: 'state', found: '证书已宣布无效', expected: '已备案' });
    test.setClock('2026-06-23');
    batch = await collectedBatch(test, 1);
    test.setClock('2026-08-03');
    expect(await faults(declare())).toEqual(['stage-skipped@state']);
  });

  it.each<[string, Partial<DeclareInvalidInput>, string[]]>([
    [
      'no reason and no number',
      { reason: ' ', documentNumber: '' },
      ['end-reason-missing@reason', 'end-reason-missing@documentNumber'],
    ],
    ['before the conferral', { on: '2026-06-19' }, ['end-day-impossible@on']],
    ['tomorrow', { on: '2026-08-04' }, ['end-day-impossible@on']],
    ['on a day that does not exist', { on: '2026-02-29' }, ['date-impossible@on']],
    ['without the document of the authority', { fileDigest: 'f'.repeat(64) }, ['file-missing@fileDigest']],
  ])('%s', async (_, changes, expected) => {
    const before = await rowCounts(test);
    expect(await faults(declare(changes))).toEqual(expected);
    expect(await rowCounts(test)).toEqual(before);
  });

  it('is for the province alone, in the version that it saw, and a simulation writes nothing', async () => {
    for (const as of [HANDS.drafter, HANDS.head, HANDS.degreeOffice, 'donghai.xuewei', 'jiancha']) {
      expect((await refusal(declare({}, as))).kind).toBe('Forbidden');
    }
    await filedWrong(test, batch.recordIds[0] ?? '', { thesisKeywords: '对策' });
    expect((await refusal(declare({ expectedVersion: 1 }))).kind).toBe('Stale');
    const before = await rowCounts(test);
    expect(await declare({}, HANDS.province, { simulate: true })).toMatchObject({ stepId: null, simulated: true });
    expect(await rowCounts(test)).toEqual(before);
    expect((await row()).state).toBe('filed');
  });
});
