// Article 11(2): the cross-check in person. Who is drawn nobody chooses; nothing passes before the drawn ones were examined by another than their collector.
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { drawFrom, drawSample } from '../../../src/procedures/cross-check/draw-sample.ts';
import { correctRecord } from '../../../src/procedures/records/correct.ts';
import { lastWord, sampleSize } from '../../../src/regulation/cross-check/sample.ts';
import { makeBlindIndex } from '../../../src/secrecy/blind-index.ts';
import { runs } from '../../support/chance.ts';
import type { Collected } from '../../support/collected.ts';
import { sampled } from '../../support/sampled.ts';
import { refusal, rowCounts, statesOf } from '../../support/stages.ts';
import { HERE, type TestWorld, THERE } from '../../support/world.ts';

const shared = sampled();
const { policy, another, where, draw, check, standing, drawnIds, examine, OVERRULED, WRONG } = shared;
let test: TestWorld;
let batch: Collected;
beforeEach(() => {
  ({ test, batch } = shared);
});

describe('Article 11(2): the draw', () => {
  const population = Array.from({ length: 50 }, (_, at) => ({ id: `id-${at}`, version: 1 }));
  const ring = (byte: number) => ({ blindIndex: makeBlindIndex(Buffer.alloc(32, byte)) });

  it('has its size, is the same again for the same basis, and another under another key, draw, batch or version', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 400 }),
        fc.uuid(),
        (percent, count, batchId) => {
          const people = Array.from({ length: count }, (_, at) => ({ id: `${batchId}-${at}`, version: 1 }));
          const size = sampleSize(percent, count);
          const drawn = drawFrom(ring(1), { batchId, number: 1, population: people }, size);
          expect(new Set(drawn.ids).size).toBe(size);
          expect(people.map(({ id }) => id)).toEqual(expect.arrayContaining(drawn.ids));
          expect(drawFrom(ring(1), { batchId, number: 1, population: people }, size)).toEqual(drawn);
          expect(drawFrom(ring(2), { batchId, number: 1, population: people }, size).seedDigest).not.toBe(
            drawn.seedDigest,
          );
        },
      ),
      { numRuns: runs(50) },
    );
    const basis = { batchId: 'batch', number: 1, population };
    const first = drawFrom(ring(1), basis, 10).ids;
    const corrected = population.map((one, at) => (at === 0 ? { ...one, version: 2 } : one));
    for (const other of [
      { ...basis, number: 2 },
      { ...basis, batchId: 'other' },
      { ...basis, population: corrected },
    ]) {
      expect(drawFrom(ring(1), other, 10).ids).not.toEqual(first);
    }
    expect(drawFrom(ring(3), basis, 10).ids).not.toEqual(first);
  });

  it('takes everybody about equally often', () => {
    const counts = new Map<string, number>();
    for (let number = 1; number <= 600; number++) {
      for (const id of drawFrom(ring(1), { batchId: 'b', number, population }, 5).ids) {
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
    }
    // 60 expected each; five standard deviations are 37.
    for (const { id } of population) expect(Math.abs((counts.get(id) ?? 0) - 60)).toBeLessThan(37);
  });

  it('is kept with its seed’s digest and can be drawn again from what is kept', async () => {
    const drawn = await draw();
    expect(drawn).toMatchObject({ number: 1, whole: false, population: 5, sampled: 2, simulated: false });
    const rows = await test.world.db.prisma.drawnRecord.findMany({
      where: { batchId: batch.batchId },
      orderBy: { recordId: 'asc' },
    });
    const basis = {
      batchId: batch.batchId,
      number: 1,
      population: rows.map(({ recordId, version }) => ({ id: recordId, version })),
    };
    const again = drawFrom(test.world, basis, 2);
    expect(again.ids.sort()).toEqual(await drawnIds());
    expect(again.seedDigest).toBe(drawn.seedDigest);
  });

  it('a simulation tells neither who nor by which seed, and keeps nothing', async () => {
    const before = await rowCounts(test);
    expect(await draw({ simulate: true })).toMatchObject({ sampled: 2, seedDigest: null, simulated: true });
    expect(await rowCounts(test)).toEqual(before);
  });

  it('stands once drawn; what is collected or corrected later is drawn from by itself', async () => {
    await draw();
    expect((await refusal(draw())).codes).toEqual(['nothing-to-do']);
    const sampled = await drawnIds();
    const other = batch.recordIds.find((id) => !sampled.includes(id)) ?? '';
    await correctRecord(test.callAs('jiaowu.cai'), {
      ...{ institution: HERE, recordId: other, expectedVersion: 1, changes: { thesisTitle: '小学整本书阅读研究' } },
    });
    for (const id of sampled) await examine(id);
    expect((await refusal(check())).codes).toEqual(['sample-not-drawn']);
    expect(await draw()).toMatchObject({ number: 2, population: 1, sampled: 1 });
    expect((await refusal(check())).codes).toEqual(['sample-not-examined']);
    await examine(other, { expectedVersion: 2 });
    expect(await check()).toMatchObject({ checked: 5 });
  });

  it('is refused where the policy asks for none, and to everybody but the checkers of the category', async () => {
    await policy({});
    expect((await refusal(draw())).codes).toEqual(['sample-not-asked']);
    const as = (name: string, institution = HERE) =>
      refusal(drawSample(test.callAs(name), { ...where(), institution })).then(({ kind }) => kind);
    for (const name of ['jiaowu.cai', 'yanjiu.he', 'donghai.he', 'xuewei.guan', 'sheng.shen']) {
      expect(await as(name)).toBe('Forbidden');
    }
    expect(await as('donghai.he', THERE)).toBe('NotFound');
  });
});

describe('Article 11(2): the examination in person', () => {
  it('nothing passes while sampled records are not examined: the refusal says how many', async () => {
    await draw();
    const [first = '', second = ''] = await drawnIds();
    const refused = await check().catch((error: unknown) => error);
    expect(refused).toMatchObject({ violations: [{ code: 'sample-not-examined', found: '2 / 2' }] });
    await examine(first);
    await examine(second);
    expect(await check()).toMatchObject({ checked: 5 });
  });

  it('the result is in the facts of the sealed cross-check, without a word of the person', async () => {
    await draw();
    for (const id of await drawnIds()) await examine(id);
    const { stepId } = await check();
    const step = await test.world.db.prisma.step.findFirstOrThrow({ where: { id: stepId ?? '' } });
    const { facts } = JSON.parse(step.statement);
    expect(facts.sample).toMatchObject({
      ...{ sampled: 2, examined: 2, wrong: 0, overruled: 0, errorRate: '0 %', secondEntry: false },
      examiners: [test.callAs('jiaowu.he').actor.officerId],
      draws: [{ number: 1, percent: 40, population: 5, sampled: 2, wrong: 0, errorLimit: 0 }],
    });
    expect(facts.sample.draws[0].seedDigest).toMatch(/^[0-9a-f]{64}$/);
    expect(facts.sample.findings).toMatch(/^[\w-]{43}$/);
    for (const { name } of batch.fields) expect(step.statement).not.toContain(name);
  });

  it('found wrong, a record cannot pass until it is corrected and examined again', async () => {
    await policy({ crossCheckSample: 40, sampleErrorLimit: 10 });
    batch = await another(30);
    await draw();
    const ids = await drawnIds();
    const [wrong = '', ...right] = ids;
    expect(ids).toHaveLength(12);
    for (const id of right) await examine(id);
    await examine(wrong, WRONG);
    const { results, checked } = await check('skip-refused');
    expect(checked).toBe(29);
    expect(results).toMatchObject([{ recordId: wrong, violations: [{ code: 'examined-wrong', found: '论文题目' }] }]);
    await correctRecord(test.callAs('jiaowu.cai'), {
      ...{ institution: HERE, recordId: wrong, expectedVersion: 1, changes: { thesisTitle: '小学整本书阅读研究' } },
    });
    expect((await refusal(check())).codes).toEqual(['sample-not-examined']);
    await examine(wrong, { expectedVersion: 2 });
    expect(await check()).toMatchObject({ checked: 1 });
    expect(await statesOf(test, batch.batchId)).toEqual({ 'cross-checked': 30 });
    expect(await standing()).toMatchObject({ sampled: 12, wrong: 1, exceeded: null });
  });

  it('above the limit the whole batch is to be examined: rate and limit are said, and the next draw is of everybody', async () => {
    await draw();
    const [first = '', second = ''] = await drawnIds();
    await examine(first, WRONG);
    await examine(second);
    const refused = await check('skip-refused').catch((error: unknown) => error);
    expect(refused).toMatchObject({ violations: [{ code: 'sample-error-rate', found: '50 %', expected: '≤ 0 %' }] });
    expect(await draw()).toMatchObject({ number: 2, whole: true, population: 5, sampled: 5 });
    expect(await refusal(check('skip-refused'))).toEqual({ kind: 'Refused', codes: ['sample-not-examined'] });
    for (const id of batch.recordIds) if (id !== first && id !== second) await examine(id);
    expect(await check('skip-refused')).toMatchObject({ checked: 4, results: [{ recordId: first }] });
  });

  it('an overruling takes another checker and a reason as long as the policy asks', async () => {
    // Everybody is drawn: no rate asks for more.
    await policy({ crossCheckSample: 100, reasonLength: 6 });
    await draw();
    const [first = '', ...others] = await drawnIds();
    for (const id of others) await examine(id);
    await examine(first, WRONG);
    expect((await refusal(examine(first))).codes).toEqual(['overruling-reason-too-short', 'overruled-by-finder']);
    expect((await refusal(examine(first, { note: OVERRULED }))).codes).toEqual(['overruled-by-finder']);
    const short = await examine(first, { note: '原件一致。' }, 'jiaowu.lin').catch((error: unknown) => error);
    expect(short).toMatchObject({
      violations: [{ code: 'overruling-reason-too-short', path: 'note', found: '4', expected: '≥ 6' }],
    });
    expect((await refusal(check())).codes).toEqual(['examined-wrong']);
    await examine(first, { note: OVERRULED }, 'jiaowu.lin');
    expect(await check()).toMatchObject({ checked: 5 });
    expect(await test.world.db.prisma.examination.count({ where: { recordId: first } })).toBe(2);
  });

  it('neither may the collector overrule, whoever found it wrong', async () => {
    await draw();
    const [first = ''] = await drawnIds();
    await examine(first, WRONG);
    const { officerId } = test.callAs('jiaowu.lin').actor;
    await test.world.db.prisma.degreeRecord.updateMany({ where: { id: first }, data: { collectedById: officerId } });
    expect((await refusal(examine(first, { note: OVERRULED }, 'jiaowu.lin'))).codes).toEqual([
      'collector-may-not-cross-check',
    ]);
  });

  it('overruled, a finding lets its record pass, but stays in the error rate, in the limit and in the sealed facts', async () => {
    await draw();
    const [first = '', second = ''] = await drawnIds();
    await examine(second);
    await examine(first, WRONG);
    await examine(first, { note: OVERRULED }, 'jiaowu.lin');
    expect(await standing()).toMatchObject({ examined: 2, wrong: 1, overruled: 1, wrongIds: [] });
    const refused = await check().catch((error: unknown) => error);
    expect(refused).toMatchObject({ violations: [{ code: 'sample-error-rate', found: '50 %', expected: '≤ 0 %' }] });
    expect(await draw()).toMatchObject({ whole: true, sampled: 5 });
    for (const id of batch.recordIds) if (id !== first && id !== second) await examine(id);
    const { stepId, checked } = await check();
    expect(checked).toBe(5);
    const step = await test.world.db.prisma.step.findFirstOrThrow({ where: { id: stepId ?? '' } });
    expect(JSON.parse(step.statement).facts.sample).toMatchObject({
      ...{ sampled: 5, examined: 5, wrong: 1, overruled: 1, errorRate: '20 %' },
      draws: [
        { number: 1, wrong: 1 },
        { number: 2, wrong: 1 },
      ],
    });
  });

  it('whatever is found in whatever order, the wrong ones are counted and no agreeing entry overrules', () => {
    const word = fc.record({ agrees: fc.boolean(), entered: fc.constantFrom(null, {}) });
    fc.assert(
      fc.property(fc.array(word), (findings) => {
        const last = lastWord(findings);
        const lastWrong = findings.findLastIndex(({ agrees }) => !agrees);
        const overruled = findings.slice(lastWrong + 1).some(({ entered }) => entered === null);
        expect(last?.agrees ?? true).toBe(lastWrong < 0 || overruled);
      }),
    );
  });

  it('the collector examines nothing of their own; the database refuses it, too', async () => {
    await draw();
    const [first = ''] = await drawnIds();
    const { officerId } = test.callAs('jiaowu.he').actor;
    await test.world.db.prisma.degreeRecord.updateMany({ where: { id: first }, data: { collectedById: officerId } });
    expect((await refusal(examine(first))).codes).toEqual(['collector-may-not-cross-check']);
    const row = { institution: HERE, id: first, batchId: batch.batchId, recordId: first, version: 1, agrees: true };
    const attempt = test.world.db.prisma.examination.create({
      data: { ...row, examinedById: officerId, at: test.world.now() },
    });
    await expect(attempt).rejects.toThrow(/collector_is_not_examiner/);
  });

  it('only sampled records that wait, in the version that was seen, by checkers of the category', async () => {
    await draw();
    const sampled = await drawnIds();
    const other = batch.recordIds.find((id) => !sampled.includes(id)) ?? '';
    expect((await refusal(examine(other))).codes).toEqual(['examination-not-sampled']);
    expect((await refusal(examine(sampled[0] ?? '', { expectedVersion: 2 }))).kind).toBe('Stale');
    expect((await refusal(examine('019c0000-0000-7000-8000-000000000000'))).kind).toBe('NotFound');
    for (const name of ['jiaowu.cai', 'yanjiu.he', 'donghai.he', 'jiancha']) {
      expect((await refusal(examine(sampled[0] ?? '', {}, name))).kind).toBe('Forbidden');
    }
    for (const id of sampled) await examine(id);
    await check();
    expect((await refusal(examine(sampled[0] ?? ''))).codes).toEqual(['stage-skipped']);
  });

  it('draws and findings cannot be changed or taken away, not even by SQL', async () => {
    await draw();
    await examine((await drawnIds())[0] ?? '');
    for (const sql of [
      'UPDATE "CrossCheckDraw" SET "sampled" = 1',
      'UPDATE "DrawnRecord" SET "sampled" = false',
      'DELETE FROM "Examination"',
      'TRUNCATE "DrawnRecord"',
    ]) {
      await expect(test.world.db.pool.query(sql)).rejects.toThrow(/append-only/);
    }
  });
});
