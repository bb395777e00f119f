// Article 5: two institutions and their province in one database, each on its whole way to filing, step by step in turn.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationBundle, recordBundle } from '../../src/procedures/bundle.ts';
import { crossCheckRecords } from '../../src/procedures/cross-check/cross-check.ts';
import { reviewBatch } from '../../src/procedures/reporting/review.ts';
import { verifyBundle } from '../../src/sealing/verify/bundle.ts';
import { inTransaction } from '../../src/store/database/transaction.ts';
import { takeNumbers, takenNumbers } from '../../src/store/records/certificate-numbers.ts';
import type { Collected } from '../support/collected.ts';
import { goOn, WAY } from '../support/house-life.ts';
import { collectIn, HOUSES, type House, MORE } from '../support/houses.ts';
import { refusal } from '../support/stages.ts';
import { type TestWorld, testWorld } from '../support/world.ts';

const { here, next, far } = HOUSES;
const HOUSES_OF_PROVINCE = [here, next] as const;

let test: TestWorld;
let batches: Map<House, Collected>;

beforeAll(async () => {
  test = await testWorld(MORE);
  test.setClock('2026-06-23');
  batches = new Map<House, Collected>([
    [here, await collectIn(test, here, 3)],
    [next, await collectIn(test, next, 3)],
  ]);
});
afterAll(() => test.close());

const batchOf = (house: House): Collected => {
  const found = batches.get(house);
  if (!found) throw new Error(house.code);
  return found;
};

describe('Article 5: side by side', () => {
  it('both go the whole way in turn, and the one province reviews and files both', async () => {
    for (const stage of WAY) {
      if (stage === 'close-disclosure') test.setClock('2026-06-27');
      for (const house of HOUSES_OF_PROVINCE) await goOn(test, house, batchOf(house), stage);
    }
    for (const house of HOUSES_OF_PROVINCE) {
      const states = await test.world.db.prisma.degreeRecord.findMany({ where: { institution: house.code } });
      expect(states.map(({ state }) => state)).toEqual(['filed', 'filed', 'filed']);
    }
  });

  it('each has a log of its own without gaps, in which the other is not named', async () => {
    for (const [house, other] of [
      [here, next],
      [next, here],
    ] as const) {
      const steps = await test.world.db.prisma.step.findMany({
        where: { institution: house.code },
        orderBy: { leafIndex: 'asc' },
      });
      expect(steps.map(({ leafIndex }) => leafIndex)).toEqual(steps.map((_, at) => at));
      expect(steps.map(({ name }) => name)).toEqual([
        ...[
          'load-resolution',
          'collect',
          'cross-check',
          'open-disclosure',
          'close-disclosure',
          'report',
          'report-upward',
        ],
        ...['review', 'filing'],
      ]);
      expect(steps.map(({ statement }) => statement).join('\n')).not.toContain(other.code);
      const head = await test.world.db.prisma.logHead.findUniqueOrThrow({ where: { institution: house.code } });
      expect(head.size).toBe(steps.length);
    }
  });

  it('a bundle of each is proved by its own log, by whoever trusts the root alone', async () => {
    for (const house of HOUSES_OF_PROVINCE) {
      const bundle = await recordBundle(test.world, house.code, batchOf(house).recordIds[0] ?? '');
      const verdict = await verifyBundle(bundle, { roots: [test.root.der] });
      expect(verdict.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
      expect(verdict.verdict).toBe('valid');
    }
    const stranger = recordBundle(test.world, next.code, batchOf(here).recordIds[0] ?? '');
    expect((await refusal(stranger)).kind).toBe('NotFound');
    expect((await refusal(applicationBundle(test.world, here.code, batchOf(next).batchId))).kind).toBe('NotFound');
  });

  it('the same serial number in both is no clash: a number begins with the code of its institution', async () => {
    const numbers = HOUSES_OF_PROVINCE.map((house) => batchOf(house).fields[0]?.certificateNumber ?? '');
    expect(numbers.map((number) => number.slice(5))).toEqual([numbers[0]?.slice(5), numbers[0]?.slice(5)]);
    await inTransaction(test.world.db, async (tx) => {
      for (const [at, house] of HOUSES_OF_PROVINCE.entries()) {
        const recordId = batchOf(house).recordIds[0] ?? '';
        await takeNumbers(tx, house.code, [{ number: numbers[at] ?? '', recordId }], test.world.now());
      }
    });
    const seen = await inTransaction(test.world.db, (tx) => takenNumbers(tx, here.code, numbers));
    // Of another house it is known that the number is given, not how its record stands.
    expect(numbers.map((number) => seen.get(number)?.state)).toEqual(['filed', null]);
  });

  it('the hands of one do nothing with the batch of the other, nor the province of a third', async () => {
    const batchId = batchOf(next).batchId;
    for (const institution of [here.code, next.code]) {
      const where = { institution, batchId, errorPolicy: 'all-or-nothing' as const };
      const kind = institution === next.code ? 'Forbidden' : 'NotFound';
      expect((await refusal(crossCheckRecords(test.callAs(here.checker), where))).kind).toBe(kind);
    }
    const review = reviewBatch(test.callAs(far.reviewer), { institution: next.code, batchId });
    expect(await refusal(review)).toEqual({ kind: 'Forbidden', codes: ['not-your-institution'] });
  });
});
