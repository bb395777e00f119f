// 抽样校核 (R11.2): the system draws which records a checker looks at in person; nobody chooses or foresees them.
import { createHash } from 'node:crypto';
import { sampleSize } from '../../regulation/cross-check/sample.ts';
import { violation } from '../../regulation/violations.ts';
import { canonicalize } from '../../sealing/verify/canonical.ts';
import { addDraw } from '../../store/cross-check/cross-check-draws.ts';
import { findBatch } from '../../store/records/batches.ts';
import { lockLogHead } from '../../store/seals/log.ts';
import type { Call, World } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { policyFor, todayOf } from '../situation.ts';
import { requireWithin } from '../target.ts';
import { standingOf } from './sample-standing.ts';

/** What a draw is made from: the batch, which draw of it, and every record in its version, in the order of the ids. */
export interface DrawBasis {
  readonly batchId: string;
  readonly number: number;
  readonly population: readonly { readonly id: string; readonly version: number }[];
}

/**
 * Draws `size` records: each gets a rank by a seed that only this installation can compute, out of the very population. The same basis
 * always gives the same draw; nobody without the key can tell it beforehand, or steer it by what is collected.
 * @returns the ids in the order of their ranks, and the SHA-256 (hex) of the seed, which shows later that no other seed was used
 */
export function drawFrom(
  { blindIndex }: Pick<World, 'blindIndex'>,
  { batchId, number, population }: DrawBasis,
  size: number,
): { readonly ids: string[]; readonly seedDigest: string } {
  const records = population.map(({ id, version }) => [id, version]);
  const seed = blindIndex(canonicalize({ batchId, number, records }), 'cross-check-sample');
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const ranked = population.map(({ id }) => ({ id, rank: sha256(`${seed}/${id}`) }));
  ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1));
  return { ids: ranked.slice(0, size).map(({ id }) => id), seedDigest: sha256(seed) };
}

/** A draw; who was drawn is read from the batch. A simulation tells neither seed nor people. */
export type SampleDrawn = {
  readonly batchId: string;
  readonly number: number;
  readonly whole: boolean;
  readonly population: number;
  readonly sampled: number;
  readonly seedDigest: string | null;
};

/**
 * Draws from the collected records that have not been drawn from; after too many errors everybody who waits. Once drawn, a draw stands.
 * @throws {NotFound} no such batch. {Refused} no sample is asked for, or nobody is left to draw from. {Forbidden}
 */
export async function drawSample(
  call: Call,
  input: { institution: string; batchId: string },
): Promise<Prepared<SampleDrawn>> {
  const { institution, batchId } = input;
  const { world, actor } = call;
  await requireWithin(world.db.prisma, call, 'cross-check', institution);
  const batch = await findBatch(world.db.prisma, institution, batchId);
  if (!batch) throw new NotFound('batch', batchId);
  const category = batch.category as never;
  const preparation = {
    procedure: 'draw-sample',
    step: 'cross-check' as const,
    institution,
    category,
    input: { batchId },
  };
  return prepare(call, preparation, async (tx, at) => {
    // Steps wait meanwhile: nobody collects or corrects between the look and the draw.
    await lockLogHead(tx, institution);
    const { crossCheckSample, sampleErrorLimit, secondEntry } = await policyFor(tx, institution, todayOf(world));
    const standing = await standingOf(tx, institution, batchId);
    const whole = standing.exceeded !== null;
    const population = whole ? standing.waiting : standing.undrawnRecords;
    const percent = whole ? 100 : crossCheckSample;
    if (percent === 0) throw new Refused([violation('sample-not-asked', 'batch', { found: '0 %', expected: '≥ 1 %' })]);
    if (population.length === 0)
      throw new Refused([violation('nothing-to-do', 'records', { found: '0', expected: '≥ 1', article: '11(2)' })]);
    const number = standing.draws.length + 1;
    const { ids, seedDigest } = drawFrom(
      world,
      { batchId, number, population },
      sampleSize(percent, population.length),
    );
    const chosen = new Set(ids);
    const draw = { number, whole, population: population.length, sampled: ids.length };
    await addDraw(
      tx,
      {
        ...{ institution, batchId, ...draw, percent, seedDigest, drawnById: actor.officerId, at },
        errorLimit: sampleErrorLimit,
        secondEntry: standing.secondEntry || secondEntry === 'blind',
      },
      population.map(({ id, version }) => ({ id, version, sampled: chosen.has(id) })),
    );
    // Who tried it out must not know what the real draw will be.
    return { batchId, ...draw, seedDigest: call.simulate ? null : seedDigest };
  });
}
