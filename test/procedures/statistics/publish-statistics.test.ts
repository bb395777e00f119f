// Article 17: statistics are counts of filed records, protected, sealed, and then for everybody.
import { createHash } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { setPolicy } from '../../../src/procedures/offices/set-policy.ts';
import { publishStatistics } from '../../../src/procedures/statistics/publish-statistics.ts';
import {
  publicationData,
  publishedStatistics,
  publishedYears,
} from '../../../src/procedures/statistics/published-statistics.ts';
import {
  contentOfPublication,
  figuresOf,
  groupsOf,
  previewFigures,
} from '../../../src/procedures/statistics/statistics-figures.ts';
import { lookIn } from '../../../src/regulation/statistics/table.ts';
import { countFiled } from '../../../src/store/statistics/statistics.ts';
import { statementsDuring } from '../../support/api.ts';
import { addFiled, SOME_YEAR } from '../../support/filed.ts';
import { refusal, rowCounts } from '../../support/stages.ts';
import { HERE, THERE, testWorld } from '../../support/world.ts';

const test = await testWorld();
afterAll(() => test.close());
beforeEach(async () => {
  await test.reset();
  test.setClock('2026-12-28');
});

const db = () => test.world.db.prisma;
const publish = (more: object = {}, as = 'xuewei.guan', options = {}) =>
  publishStatistics(test.callAs(as, options), { institution: HERE, year: 2026, ...more });
const lookAt = async (year = 2026) => {
  const found = await publishedStatistics(test.world, { institution: HERE, year });
  if (!found) throw new Error('nothing is published');
  return lookIn(contentOfPublication(found));
};

describe('Article 17: counting', () => {
  it('counts what is filed of the year, and nothing else', async () => {
    const here = await addFiled(test, [{ count: 11 }]);
    await addFiled(test, [{ count: 6, conferralDate: '2025-12-31' }], here);
    await addFiled(test, [{ count: 7, conferralDate: '2027-01-01' }], here);
    const ended = ['revoked', 'deleted', 'declared-invalid', 'returned', 'withdrawn', 'reviewed', 'reported-upward'];
    for (const state of ended) await addFiled(test, [{ count: 5, state }], here);
    const rows = await countFiled(db(), HERE, 2026);
    expect(rows.map(({ count, category }) => [category, count])).toEqual([['regular-bachelor', 11]]);
    expect(await countFiled(db(), THERE, 2026)).toEqual([]);
  });

  it('puts second-level codes of masters to their discipline, and people to their groups', async () => {
    await addFiled(test, SOME_YEAR);
    const { groups, names } = groupsOf(await countFiled(db(), HERE, 2026));
    expect(names.get('0812')).toBe('计算机科学与技术');
    expect(groups.filter(({ discipline }) => discipline === '081203')).toEqual([]);
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(430);
    const of = (nationality: string) =>
      groups.filter((group) => group.nationality === nationality).reduce((sum, { count }) => sum + count, 0);
    expect([of('mainland'), of('hong-kong-macao-taiwan'), of('international')]).toEqual([408, 9, 13]);
  });

  it('asks the database once, which reads its index of filed records alone', async () => {
    await addFiled(test, SOME_YEAR);
    const statements = await statementsDuring(test, () => countFiled(db(), HERE, 2026));
    const counts = statements.filter((statement) => statement.includes('"DegreeRecord"'));
    expect(counts.length).toBe(1);
    const client = await test.world.db.pool.connect();
    try {
      // A table of this size is read whole unless that is forbidden; what counts is that the index can answer.
      await client.query('BEGIN');
      await client.query('SET LOCAL enable_seqscan = off');
      await client.query('SET LOCAL enable_bitmapscan = off');
      const plan = await client.query(`EXPLAIN ${counts[0]}`, [HERE, '2026-01-01', '2027-01-01']);
      expect(JSON.stringify(plan.rows)).toContain('Index Only Scan using \\"DegreeRecord_filed_counts_idx');
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });
});

describe('Article 17: publishing', () => {
  it('seals figures, threshold and version, and nothing of people', async () => {
    await addFiled(test, SOME_YEAR);
    const done = await publish();
    expect(done).toMatchObject({ year: 2026, version: 1, threshold: 5, simulated: false });
    const step = await db().step.findFirstOrThrow({ where: { id: done.stepId ?? '' } });
    const statement = JSON.parse(step.statement);
    expect(statement).toMatchObject({ step: 'publish-statistics', article: '17', files: [done.pdfDigest] });
    expect(statement.subjects).toEqual([
      { kind: 'statistics', id: done.publicationId, version: 1, digest: done.digest },
    ]);
    expect(statement.facts).toEqual({
      ...{ year: 2026, version: 1, threshold: 5, asOf: '2026-12-28' },
      ...{ documentNumber: done.documentNumber, digest: done.digest },
    });
    const kept = await db().statisticsPublication.findFirstOrThrow();
    expect(createHash('sha256').update(publicationData(kept)).digest('hex')).toBe(done.digest);
    expect(kept.total).toBe(430);
  });

  it('shows no count between one and the threshold, and no sum that would tell one', async () => {
    await addFiled(test, SOME_YEAR);
    await publish();
    const look = await lookAt();
    expect(look()).toBe(430);
    expect(look('discipline:050201', 'sex:male')).toBeNull();
    // 70 in all, 67 women: one of the two must go with the three men.
    const [women, all] = [look('discipline:050201', 'sex:female'), look('discipline:050201')];
    expect(women === null || all === null).toBe(true);
    expect(look('sex:male', 'field:10')).toBe(0);
    const kept = await db().statisticsPublication.findFirstOrThrow();
    for (const { count } of contentOfPublication(kept).cells)
      expect(count === null || count === 0 || count >= 5).toBe(true);
  });

  it('simulates without a trace', async () => {
    await addFiled(test, SOME_YEAR);
    const before = await rowCounts(test);
    const done = await publish({}, 'xuewei.guan', { simulate: true });
    expect(done).toMatchObject({ simulated: true, stepId: null, version: 1 });
    expect(await rowCounts(test)).toEqual(before);
  });

  it('answers a retry with the first answer', async () => {
    await addFiled(test, SOME_YEAR);
    const key = { idempotencyKey: 'once' };
    const first = await publish({}, 'xuewei.guan', key);
    expect(await publish({}, 'xuewei.guan', key)).toEqual(first);
    expect((await rowCounts(test))['"StatisticsPublication"']).toBe(1);
  });

  it('publishes exactly what was looked at', async () => {
    const here = await addFiled(test, SOME_YEAR);
    const seen = await previewFigures(test.world, HERE, 2026);
    await addFiled(test, [{ count: 20 }], here);
    expect(await refusal(publish({ expectedDigest: seen.digest }))).toEqual({
      kind: 'Refused',
      codes: ['statistics-seen-otherwise'],
    });
    const now = await figuresOf(db(), test.world, HERE, 2026);
    await publish({ expectedDigest: now.digest });
  });

  it.each([
    ['a year to come', { year: 2027 }, 'statistics-year-impossible'],
    ['a year that never was', { year: 0 }, 'statistics-year-impossible'],
    ['half a year', { year: 2026.5 }, 'statistics-year-impossible'],
    ['a year without records', { year: 2020 }, 'statistics-too-few'],
  ])('refuses %s', async (_name, more, code) => {
    expect(await refusal(publish(more))).toEqual({ kind: 'Refused', codes: [code] });
  });

  it('refuses fewer people than the threshold, without saying how many', async () => {
    await addFiled(test, [{ count: 4 }]);
    const error = await publish().catch((thrown) => thrown);
    expect(error.violations).toMatchObject([{ code: 'statistics-too-few', found: '1 – 4', expected: '≥ 5' }]);
    const { content } = await previewFigures(test.world, HERE, 2026);
    expect(content).toBeNull();
  });

  it('withholds the finest dimensions where people are too few for them', async () => {
    await addFiled(
      test,
      [1, 1, 2, 1, 1].map((count, at) => ({ count, disciplineCode: `08090${at}` })),
    );
    const done = await publish();
    const kept = await db().statisticsPublication.findFirstOrThrow({ where: { id: done.publicationId } });
    expect(contentOfPublication(kept).withheld).toContain('discipline');
    expect(kept.total).toBe(6);
  });

  it.each([
    ['jiaowu.cai', 'Forbidden'],
    ['donghai.xuewei', 'Forbidden'],
    ['sheng.shen', 'Forbidden'],
  ])('is not for %s', async (as, kind) => {
    await addFiled(test, SOME_YEAR);
    expect((await refusal(publish({}, as))).kind).toBe(kind);
  });

  it('goes by the threshold of the policy of the day', async () => {
    await addFiled(test, SOME_YEAR);
    const settings = { smallestCell: 10 };
    const act = { institution: HERE, effectiveFrom: '2026-12-28', settings, basisNumber: '聊大学位〔2026〕30号' };
    await setPolicy(test.callAs('xuewei.guan'), act);
    expect((await publish()).threshold).toBe(10);
    expect((await lookAt())('nationality:hong-kong-macao-taiwan')).toBeNull();
  });
});

describe('Article 17: versions', () => {
  it('refuses the same figures again, and a difference of a few people', async () => {
    const here = await addFiled(test, SOME_YEAR);
    await publish();
    expect((await refusal(publish())).codes).toEqual(['statistics-unchanged']);
    await addFiled(test, [{ count: 4 }], here);
    expect((await refusal(publish())).codes).toEqual(['statistics-difference-too-small']);
    await addFiled(test, [{ count: 1 }], here);
    expect((await publish()).version).toBe(2);
  });

  it('keeps suppressed what was, and hides what differs by a few', async () => {
    const here = await addFiled(test, SOME_YEAR);
    await publish();
    const first = await lookAt();
    await addFiled(test, [{ count: 20, sex: '1', disciplineCode: '050201', disciplineName: '英语' }], here);
    await addFiled(test, [{ count: 2, sex: '2', disciplineCode: '080905', disciplineName: '物联网工程' }], here);
    await publish();
    const second = await lookAt();
    expect(first('discipline:050201', 'sex:male')).toBeNull();
    // 23 men now; but beside the first version that would tell that there were three.
    expect(second('discipline:050201', 'sex:male')).toBeNull();
    expect(first('discipline:080905')).toBe(62);
    expect(second('discipline:080905')).toBeNull();
    expect(second()).toBe(452);
    const all = await db().statisticsPublication.findMany({ orderBy: { version: 'asc' } });
    const [before = [], after = []] = all.map((each) => contentOfPublication(each).cells);
    const then = new Map(before.map(({ key, count }) => [key, count]));
    for (const { key, count } of after) {
      const was = then.has(key) ? (then.get(key) ?? null) : 0;
      if (was === null) expect(count, key).toBeNull();
      else if (count !== null && count !== was) expect(Math.abs(count - was), key).toBeGreaterThanOrEqual(5);
    }
  });

  it('cannot be changed or deleted', async () => {
    await addFiled(test, SOME_YEAR);
    await publish();
    await expect(db().statisticsPublication.updateMany({ data: { total: 1000 } })).rejects.toThrow();
    await expect(db().statisticsPublication.deleteMany()).rejects.toThrow();
  });

  it('shows years one under the other, and a sum only of what is shown', async () => {
    const here = await addFiled(test, SOME_YEAR);
    await addFiled(
      test,
      [
        { count: 50, conferralDate: '2025-06-20', sex: '1' },
        { count: 2, conferralDate: '2025-06-20', sex: '2' },
      ],
      here,
    );
    await publish();
    await publish({ year: 2025 });
    const table = await publishedYears(test.world, HERE, 'sex', { from: 0, to: 9999 });
    expect(table.lines.map(({ node, total }) => [node?.key ?? null, total])).toEqual([
      ['year:2025', 52],
      ['year:2026', 430],
      [null, 482],
    ]);
    expect(table.lines[0]?.cells).toEqual([null, null]);
    expect(table.lines[2]?.cells).toEqual([null, null]);
  });
});
