// Loading a resolution (art. 6, 9; 学位法 art. 10): the vote, the scan, the roster; all problems at once, nothing half done.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadResolution } from '../../../src/procedures/resolutions/load-resolution.ts';
import type { Violation } from '../../../src/regulation/violations.ts';
import { numbersOnRosters } from '../../../src/store/resolutions/roster-reads.ts';
import { statementsDuring } from '../../support/api.ts';
import { addSampleTemplates, importSample, loadSample, resolutionInput, upload } from '../../support/collecting.ts';
import { scanPdf } from '../../support/sample-files.ts';
import { BASIS, csv, rosterCsv, sampleRecords } from '../../support/samples.ts';
import { refusal, rowCounts } from '../../support/stages.ts';
import { HERE, type TestWorld, THERE, testWorld } from '../../support/world.ts';

let test: TestWorld;
beforeAll(async () => {
  test = await testWorld();
});
beforeEach(async () => {
  await test.reset();
  test.setClock('2026-06-23');
});
afterAll(() => test.close());

const people = sampleRecords('regular-bachelor', 3);

describe('Article 6: the resolution with its roster', () => {
  it('a sound resolution is loaded with its whole roster, in one sealed step', async () => {
    const input = await resolutionInput(test, people);
    const loaded = await loadResolution(test.callAs('xuewei.guan'), input);
    expect(loaded).toMatchObject({ rosterSize: 3, simulated: false });
    const roster = await test.world.db.prisma.rosterEntry.findMany({ orderBy: { sequence: 'asc' } });
    expect(roster.map(({ name }) => name)).toEqual(people.map(({ name }) => name));
    const step = await test.world.db.prisma.step.findFirstOrThrow();
    expect(step.statement).toContain(input.scanDigest);
    for (const { name } of people) expect(step.statement).not.toContain(name);
  });

  it('学位法 art. 10: every fault of the vote is named at once', async () => {
    const input = await resolutionInput(test, people, { members: 8, present: 4, yes: 3, no: 0, abstain: 0 });
    expect(await refusal(loadResolution(test.callAs('xuewei.guan'), input))).toEqual({
      kind: 'Refused',
      codes: [
        'resolution-too-few-members',
        'resolution-even-members',
        'resolution-too-few-present',
        'resolution-no-majority',
        'resolution-votes-do-not-add-up',
      ],
    });
    expect(await test.world.db.prisma.resolution.count()).toBe(0);
  });

  it('without its scan it is refused, and a table is no scan', async () => {
    const rosterDigest = await upload(test.callAs('xuewei.guan'), 'roster', rosterCsv(people));
    for (const scanDigest of ['0'.repeat(64), rosterDigest]) {
      const input = await resolutionInput(test, people, { scanDigest });
      const { codes } = await refusal(loadResolution(test.callAs('xuewei.guan'), input));
      expect(codes).toEqual(['resolution-scan-missing']);
    }
  });

  it('a number that was loaded is refused the second time', async () => {
    await loadResolution(test.callAs('xuewei.guan'), await resolutionInput(test, people));
    const again = await resolutionInput(test, people);
    expect((await refusal(loadResolution(test.callAs('xuewei.guan'), again))).codes).toEqual([
      'resolution-number-taken',
    ]);
  });
});

describe('Article 6: one number, however it is typed', () => {
  it('is kept in its official form, and the same resolution is not loaded twice', async () => {
    const official = BASIS.resolutionNumber;
    const typed = official.replace('〔', ' [').replace('〕', '] ').replace('2026', '２０２６');
    expect(typed).not.toBe(official);
    await loadResolution(test.callAs('xuewei.guan'), await resolutionInput(test, people, { number: typed }));
    expect((await test.world.db.prisma.resolution.findFirstOrThrow()).number).toBe(official);
    for (const number of [official, typed, official.replace('〔', '（').replace('〕', '）')]) {
      const again = await resolutionInput(test, people, { number });
      expect((await refusal(loadResolution(test.callAs('xuewei.guan'), again))).codes).toEqual([
        'resolution-number-taken',
      ]);
    }
    const marked = await resolutionInput(test, sampleRecords('regular-bachelor', 3, 50), {
      number: '<i>聊大学位〔2026〕9号</i>',
    });
    const { codes } = await refusal(loadResolution(test.callAs('xuewei.guan'), marked));
    expect(codes).toEqual(['resolution-number-malformed']);
  });

  it('records that type it otherwise are collected with the number of the resolution', async () => {
    const resolutionId = await loadSample(test, people);
    await addSampleTemplates(test);
    const otherwise = BASIS.resolutionNumber.replace('〔', '[').replace('〕', '] ');
    const typed = people.map((one) => ({ ...one, resolutionNumber: otherwise }));
    await importSample(test.callAs('jiaowu.cai'), resolutionId, 'regular-bachelor', typed);
    const kept = await test.world.db.prisma.degreeRecord.findMany();
    expect(kept.map(({ resolutionNumber }) => resolutionNumber)).toEqual(people.map(() => BASIS.resolutionNumber));
  });
});

describe('Article 9: the roster', () => {
  const load = async (rows: string[][]) => {
    const rosterDigest = await upload(test.callAs('xuewei.guan'), 'roster', csv(rows));
    return loadResolution(test.callAs('xuewei.guan'), await resolutionInput(test, people, { rosterDigest }));
  };
  const rows = rosterCsv(people)
    .toString('utf8')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));

  it('faults of many rows are named at once, each with its line', async () => {
    const broken = rows.map((row) => [...row]);
    (broken[1] as string[])[1] = '王?明';
    (broken[2] as string[])[6] = '2026-02-30';
    (broken[3] as string[])[7] = broken[1]?.[7] ?? '';
    const error = await load(broken).catch((thrown: unknown) => thrown);
    const found = (error as { violations: { path: string; code: string }[] }).violations;
    expect(found.map(({ path, code }) => `${path} ${code}`).sort()).toEqual([
      'roster[2].name name-replacement-character',
      'roster[3].conferralDate date-impossible',
      'roster[4].certificateNumber roster-row-doubled',
    ]);
  });

  it('of a roster that is wrong in every cell a thousand faults are named, and no row behind them is read', async () => {
    const [header = []] = rows;
    const error = await load([header, ...Array(5_000).fill(header.map(() => '坏'))]).catch((thrown: unknown) => thrown);
    const found = (error as { violations: { path: string }[] }).violations.map(({ path }) => path);
    const lines = found.flatMap((path) => /^roster\[(\d+)\]/.exec(path)?.[1] ?? []).map(Number);
    expect(lines.length).toBe(1000);
    expect(Math.max(...lines)).toBeLessThanOrEqual(1001);
  });

  it('a wrong header is answered with what is missing and unknown', async () => {
    const [header = [], ...rest] = rows;
    const { codes } = await refusal(load([header.map((text) => (text === '姓名' ? '名字' : text)), ...rest]));
    expect(codes.sort()).toEqual(['header-column-missing', 'header-column-unknown']);
  });

  it('certificate numbers that records of another resolution have are named, line by line, before anything is loaded', async () => {
    const resolutionId = await loadSample(test, people);
    await addSampleTemplates(test);
    await importSample(test.callAs('jiaowu.cai'), resolutionId, 'regular-bachelor', people.slice(0, 2));
    // A record that was deleted keeps its number; one that another institution's record took is told as taken, nothing more.
    const { prisma } = test.world.db;
    const { certificateNumber = '' } = people[1] ?? {};
    await prisma.degreeRecord.updateMany({ where: { certificateNumber }, data: { state: 'deleted' } });
    await prisma.certificateNumber.create({
      data: {
        ...{ number: people[2]?.certificateNumber ?? '', institution: THERE },
        ...{ recordId: '00000000-0000-7000-8000-000000000001', takenAt: new Date() },
      },
    });
    const again = await resolutionInput(test, [...people, ...sampleRecords('regular-bachelor', 2, 50)], {
      number: '聊大学位〔2026〕99号',
    });
    const before = await rowCounts(test);
    const error = await loadResolution(test.callAs('xuewei.guan'), again).catch((thrown: unknown) => thrown);
    const found = (error as { violations: Violation[] }).violations;
    expect(found.map(({ path, code, found: number }) => [path, code, number])).toEqual(
      people.map((one, at) => [
        `roster[${at + 2}].certificateNumber`,
        at === 1 ? 'certificate-number-of-deleted' : 'certificate-number-taken',
        one.certificateNumber,
      ]),
    );
    expect(JSON.stringify(found)).not.toContain(THERE);
    expect(await rowCounts(test)).toEqual(before);
  });

  it('certificate numbers that wait on the roster of another resolution are named, with that resolution and the place', async () => {
    const resolutionId = await loadSample(test, people);
    const other = [...sampleRecords('regular-bachelor', 1, 50), ...people.slice(1)];
    const number = '聊大学位〔2026〕99号';
    const again = await resolutionInput(test, other, { number });
    const before = await rowCounts(test);
    const error = await loadResolution(test.callAs('xuewei.guan'), again).catch((thrown: unknown) => thrown);
    const told = (error as { violations: Violation[] }).violations;
    expect(told.map(({ path, code, article, found, expected }) => [path, code, article, found, expected])).toEqual(
      [1, 2].map((at) => [
        `roster[${at + 2}].certificateNumber`,
        ...['certificate-number-on-other-roster', '9', people[at]?.certificateNumber],
        `≠ ${BASIS.resolutionNumber} #${at + 1}`,
      ]),
    );
    expect(await rowCounts(test)).toEqual(before);
    // Whoever is struck from the other roster waits there no longer; another institution has rosters of its own.
    const { prisma } = test.world.db;
    const struck = { institution: HERE, resolutionId, sequence: 2, reason: '误列', documentNumber: '1号' };
    await prisma.rosterStrike.create({
      data: { ...struck, fileDigest: '0'.repeat(64), replacedBy: null, at: new Date() },
    });
    const { codes } = await refusal(loadResolution(test.callAs('xuewei.guan'), again));
    expect(codes).toEqual(['certificate-number-on-other-roster']);
    const elsewhere = await prisma.$transaction((tx) =>
      numbersOnRosters(tx, THERE, [people[2]?.certificateNumber ?? '']),
    );
    expect(elsewhere).toEqual([]);
  });

  it('of 20,000 numbers all are asked for in one statement, which reads the rosters once', async () => {
    await loadSample(test, people);
    const numbers = Array.from({ length: 20_000 }, (_, at) => `1044742026${String(100_000 + at)}`);
    const asked = [...numbers, people[1]?.certificateNumber ?? ''];
    const { pool, prisma } = test.world.db;
    let found: unknown;
    const statements = await statementsDuring(test, async () => {
      found = await prisma.$transaction((tx) => numbersOnRosters(tx, HERE, asked));
    });
    expect(found).toEqual([
      { certificateNumber: people[1]?.certificateNumber, resolution: BASIS.resolutionNumber, sequence: 2 },
    ]);
    const [statement = '', ...more] = statements.filter((sql) => sql.includes('"RosterEntry"'));
    expect(more).toEqual([]);
    const plan = await pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${statement}`, [asked, HERE, null]);
    expect(plan.rows.map((row) => row['QUERY PLAN']).join(' ')).toMatch(/hashed SubPlan/);
  });

  it('an empty roster is refused', async () => {
    expect((await refusal(load(rows.slice(0, 1)))).codes).toEqual(['roster-empty']);
  });
});

describe('Article 4: who may load it', () => {
  it('a category office, another institution and an auditor may not; nothing is written', async () => {
    const input = await resolutionInput(test, people);
    const before = await rowCounts(test);
    for (const officer of ['jiaowu.cai', 'donghai.xuewei', 'jiancha', 'sheng.shen']) {
      expect((await refusal(loadResolution(test.callAs(officer), input))).kind, officer).toBe('Forbidden');
    }
    const elsewhere = { ...input, institution: THERE };
    expect((await refusal(loadResolution(test.callAs('xuewei.guan'), elsewhere))).kind).toBe('Forbidden');
    expect(await rowCounts(test)).toEqual(before);
  });

  it('a simulation answers like the real call and writes nothing; a retry gets the first answer', async () => {
    const input = await resolutionInput(test, people);
    const before = await rowCounts(test);
    const simulated = await loadResolution(test.callAs('xuewei.guan', { simulate: true }), input);
    expect(simulated).toMatchObject({ rosterSize: 3, stepId: null, simulated: true });
    expect(await rowCounts(test)).toEqual(before);
    const call = test.callAs('xuewei.guan', { idempotencyKey: 'one' });
    const first = await loadResolution(call, input);
    expect(await loadResolution(call, input)).toEqual(first);
    const other = {
      ...input,
      scanDigest: await upload(test.callAs('xuewei.guan'), 'resolution-scan', scanPdf('other')),
    };
    const again = test.callAs('xuewei.guan', { idempotencyKey: 'one' });
    expect((await refusal(loadResolution(again, other))).codes).toEqual(['idempotency-key-reused']);
    expect(await test.world.db.prisma.resolution.count({ where: { institution: HERE } })).toBe(1);
  });
});
