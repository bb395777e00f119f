// Article 11(1): a file that is wrong everywhere is judged as far as its problems can be kept, and none of it is imported.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkImport } from '../../../src/procedures/collection/check-import.ts';
import { importBound, MOST_PROBLEMS } from '../../../src/procedures/collection/import-bound.ts';
import { importEnrolmentRecords } from '../../../src/procedures/collection/import-enrolment-records.ts';
import { importRecords } from '../../../src/procedures/collection/import-records.ts';
import { Refused } from '../../../src/procedures/errors.ts';
import { templateColumns } from '../../../src/regulation/standard/columns.ts';
import { ENROLMENT_TEMPLATE } from '../../../src/regulation/standard/enrolment-template.ts';
import type { Violation } from '../../../src/regulation/violations.ts';
import { addSampleTemplates, loadSample, upload } from '../../support/collecting.ts';
import { csv, recordCsv, sampleRecords } from '../../support/samples.ts';
import { rowCounts } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

const CATEGORY = 'regular-bachelor';
const people = sampleRecords(CATEGORY, 3);
const POLICIES = ['all-or-nothing', 'skip-refused'] as const;
let test: TestWorld;
let resolutionId: string;

beforeAll(async () => {
  test = await testWorld();
});
beforeEach(async () => {
  await test.reset();
  test.setClock('2026-06-23');
  await addSampleTemplates(test);
  resolutionId = await loadSample(test, people);
});
afterAll(() => test.close());

const collector = () => test.callAs('jiaowu.cai');

async function check(kind: 'records' | 'enrolment-records', bytes: Uint8Array) {
  const fileDigest = await upload(collector(), kind, bytes);
  return checkImport(collector(), { institution: HERE, kind, category: CATEGORY, resolutionId, fileDigest });
}

/** Why a call that must be refused is. */
async function refused(call: Promise<unknown>): Promise<readonly Violation[]> {
  const error = await call.catch((thrown: unknown) => thrown);
  if (error instanceof Refused) return error.violations;
  throw error instanceof Error ? error : new Error('it was not refused');
}

/** The good rows of a file, and after them rows with the same text in every cell. */
function spoilt(head: Uint8Array, columns: number, rows: number): Buffer {
  return Buffer.concat([head, Buffer.from(`${Array(columns).fill('坏').join(',')}\r\n`.repeat(rows))]);
}

/** What holds of every import that was not judged to its end. */
async function expectBounded(importId: string, total: number) {
  const db = test.world.db.prisma;
  const row = await db.import.findFirstOrThrow({ where: { id: importId } });
  const { judged, accepted, refused } = row;
  expect(row).toMatchObject({ total, state: 'checked' });
  expect(judged).toBeLessThan(total);
  expect(accepted + refused).toBe(judged);
  const problems = await db.importProblem.findMany({ where: { importId }, orderBy: { sequence: 'asc' } });
  expect(problems.length).toBeLessThanOrEqual(MOST_PROBLEMS + 1);
  // The next row did not fit, and no row has as many problems as five for each of its columns.
  expect(problems.length).toBeGreaterThan(MOST_PROBLEMS - 200);
  const said = problems.pop();
  const of = { code: 'import-too-many-problems', article: '11(1)' };
  const told = { ...of, found: `${judged} / ${total}`, expected: `${total} / ${total}` };
  expect(said).toMatchObject({ ...told, line: judged + 2, column: 'file' });
  expect(new Set(problems.map(({ line }) => line)).size).toBe(refused);
  return { judged, accepted, told };
}

describe('A table of records that is wrong in every cell', () => {
  const ROWS = 30_000;
  const bytes = () => spoilt(recordCsv(CATEGORY, people), templateColumns(CATEGORY).length, ROWS);

  it('is counted to its end, judged until its problems are too many, and imported under no policy', async () => {
    const checked = await check('records', bytes());
    const { judged, accepted, told } = await expectBounded(checked.importId, ROWS + people.length);
    expect(checked).toMatchObject({ total: ROWS + people.length, judged, accepted });
    expect(accepted).toBe(people.length);
    const before = await rowCounts(test);
    for (const errorPolicy of POLICIES) {
      const input = { institution: HERE, importId: checked.importId, errorPolicy };
      expect(await refused(importRecords(collector(), input))).toEqual([expect.objectContaining(told)]);
    }
    expect(await rowCounts(test)).toEqual(before);
  });

  it('is judged no further when it is committed, whatever its dry run said', async () => {
    const { importId, judged, total } = await check('records', bytes());
    // As if it had been checked before there was a bound.
    await test.world.db.prisma.import.updateMany({ where: { id: importId }, data: { judged: total } });
    const before = await rowCounts(test);
    for (const errorPolicy of POLICIES) {
      const violations = await refused(importRecords(collector(), { institution: HERE, importId, errorPolicy }));
      expect(violations[0]).toMatchObject({ code: 'import-too-many-problems', found: `${judged} / ${total}` });
      expect(violations.length).toBe(201);
    }
    expect(await rowCounts(test)).toEqual(before);
  });
});

it('A table of enrolment records that is wrong in every cell is bounded in the same way', async () => {
  const ROWS = 20_000;
  const head = csv([ENROLMENT_TEMPLATE.map(({ heading }) => heading)]);
  const { importId, judged, total } = await check('enrolment-records', spoilt(head, ENROLMENT_TEMPLATE.length, ROWS));
  await expectBounded(importId, ROWS);
  for (const kept of [judged, total]) {
    await test.world.db.prisma.import.updateMany({ where: { id: importId }, data: { judged: kept } });
    for (const errorPolicy of POLICIES) {
      const violations = await refused(
        importEnrolmentRecords(collector(), { institution: HERE, importId, errorPolicy }),
      );
      expect(violations[0]?.code).toBe('import-too-many-problems');
    }
  }
  expect(await test.world.db.prisma.enrolmentRecord.count()).toBe(0);
});

it('A file with few problems is judged to its end, and says nothing of a bound', async () => {
  const checked = await check('records', spoilt(recordCsv(CATEGORY, people), templateColumns(CATEGORY).length, 1));
  expect(checked).toMatchObject({ total: 4, judged: 4, accepted: 3, refused: 1 });
  const where = { importId: checked.importId, code: 'import-too-many-problems' };
  expect(await test.world.db.prisma.importProblem.count({ where })).toBe(0);
  const input = { institution: HERE, importId: checked.importId, errorPolicy: 'skip-refused' } as const;
  expect(await importRecords(collector(), input)).toMatchObject({ accepted: 3, refused: 1 });
  expect(await test.world.db.prisma.import.findFirst({ where: { id: checked.importId } })).toMatchObject({
    ...{ state: 'committed', total: 4, judged: 4, accepted: 3, refused: 1 },
  });
});

it('Judging ends before the row whose problems do not fit; good rows go on while there is room', () => {
  const broken = { code: 'field-missing', path: 'name', article: '7', message: '', messageEn: '' } as const;
  const row = (line: number, problems: number) => ({ line, violations: Array(problems).fill(broken) });
  const bound = importBound(3);
  expect(bound.take([row(2, 2), row(3, 1), row(4, 0)])).toHaveLength(3);
  expect(bound.ended()).toBe(false);
  expect(bound.problems()).toEqual([]);
  expect(bound.take([row(5, 0), row(6, 1), row(7, 0)])).toHaveLength(1);
  expect(bound.take([row(8, 0)])).toEqual([]);
  expect(bound.counts()).toMatchObject({ judged: 4, accepted: 2, refused: 2 });
  expect(bound.problems()).toMatchObject([{ line: 6, violations: [{ code: 'import-too-many-problems' }] }]);
});
