// Where the cross-check of a batch in person stands: what was drawn, what was examined and how (R11.2).
import {
  type DrawResult,
  exceedsLimit,
  lastWord,
  type SampleStanding,
  type WrongField,
} from '../../regulation/cross-check/sample.ts';
import {
  type CrossCheckDraw,
  drawnRecords,
  drawsOf,
  type Examination,
  examinationsOf,
  waitingRecords,
} from '../../store/cross-check/cross-check-draws.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import type { World } from '../call.ts';
import { policyFor, todayOf } from '../situation.ts';

type Reads = Pick<Transaction, 'crossCheckDraw' | 'drawnRecord' | 'examination' | 'degreeRecord'>;

/** One draw with what its examinations came to. */
export interface DrawStanding extends DrawResult {
  readonly draw: CrossCheckDraw;
  readonly examined: number;
}

/** The whole standing; `verdicts` by record id are those on versions that wait for the cross-check now. */
export interface BatchStanding extends SampleStanding {
  readonly draws: readonly DrawStanding[];
  readonly examined: number;
  /** Sampled records of which any version was ever found wrong, overruled or corrected since or not. */
  readonly wrong: number;
  /** Of those: the finding was overruled by another checker. */
  readonly overruled: number;
  readonly secondEntry: boolean;
  readonly verdicts: ReadonlyMap<string, Examination>;
  readonly examinations: readonly Examination[];
  /** Records that are to be examined, and those found wrong and not corrected yet. */
  readonly outstandingIds: readonly string[];
  readonly wrongIds: readonly string[];
  /** Records that wait and have not been drawn from, and all that wait. */
  readonly undrawnRecords: readonly { readonly id: string; readonly version: number }[];
  readonly waiting: readonly { readonly id: string; readonly version: number }[];
}

/** The key of a version of a record. */
const at = (id: string, version: number): string => `${id}/${version}`;

/** The findings on each version of each record, oldest first. */
function byVersion(examinations: readonly Examination[]): Map<string, Examination[]> {
  const versions = new Map<string, Examination[]>();
  for (const each of examinations) {
    const key = at(each.recordId, each.version);
    const findings = versions.get(key);
    if (findings) findings.push(each);
    else versions.set(key, [each]);
  }
  return versions;
}

/** The last word on each version. Where a second entry is asked for, a version has none before it was entered blind. */
function verdictsOf(versions: ReadonlyMap<string, readonly Examination[]>, blind: boolean): Map<string, Examination> {
  const verdicts = new Map<string, Examination>();
  for (const [key, findings] of versions) {
    const word = lastWord(findings);
    if (word && (!blind || findings.some(({ entered }) => entered !== null))) verdicts.set(key, word);
  }
  return verdicts;
}

/** Reads the standing of a batch. Everything is read in four statements, whatever its size. */
export async function standingOf(tx: Reads, institution: string, batchId: string): Promise<BatchStanding> {
  const draws = await drawsOf(tx, institution, batchId);
  const drawn = draws.length === 0 ? [] : await drawnRecords(tx, institution, batchId);
  const examinations = draws.length === 0 ? [] : await examinationsOf(tx, institution, batchId);
  const waiting = await waitingRecords(tx, institution, batchId);
  const secondEntry = draws.some((draw) => draw.secondEntry);
  const versions = byVersion(examinations);
  const verdicts = verdictsOf(versions, secondEntry);
  // What was found wrong stays an error of the collection: neither a correction nor an overruling makes the sample any better.
  const foundWrong = new Set(examinations.filter(({ agrees }) => !agrees).map(({ recordId }) => recordId));
  const overruled = new Set(
    [...versions.values()].flatMap((findings) =>
      lastWord(findings)?.agrees && findings.some(({ agrees }) => !agrees)
        ? findings.map(({ recordId }) => recordId)
        : [],
    ),
  );
  const looked = new Set([...foundWrong, ...[...verdicts.values()].map(({ recordId }) => recordId)]);
  const sampled = new Set(drawn.filter((each) => each.sampled).map(({ recordId }) => recordId));
  const covered = new Set(drawn.map(({ recordId, version }) => at(recordId, version)));
  const undrawnRecords = waiting.filter(({ id, version }) => !sampled.has(id) && !covered.has(at(id, version)));
  const standings = draws.map((draw): DrawStanding => {
    const own = drawn.filter((each) => each.draw === draw.number && each.sampled).map(({ recordId }) => recordId);
    const count = (among: ReadonlySet<string>) => own.filter((id) => among.has(id)).length;
    return {
      draw,
      sampled: draw.sampled,
      examined: count(looked),
      wrong: count(foundWrong),
      limit: draw.errorLimit,
      whole: draw.whole || draw.sampled === draw.population,
    };
  });
  const lastWhole = Math.max(0, ...draws.filter(({ whole }) => whole).map(({ number }) => number));
  const now = new Map(
    waiting.flatMap(({ id, version }) => {
      const verdict = verdicts.get(at(id, version));
      return verdict ? [[id, verdict] as const] : [];
    }),
  );
  const outstandingIds = waiting.filter(({ id }) => sampled.has(id) && !now.has(id)).map(({ id }) => id);
  return {
    draws: standings,
    undrawn: undrawnRecords.length,
    undrawnRecords,
    waiting,
    sampled: sampled.size,
    examined: [...sampled].filter((id) => looked.has(id)).length,
    wrong: [...sampled].filter((id) => foundWrong.has(id)).length,
    overruled: [...sampled].filter((id) => overruled.has(id)).length,
    outstanding: outstandingIds.length,
    outstandingIds,
    wrongIds: [...now].filter(([, { agrees }]) => !agrees).map(([id]) => id),
    exceeded: standings.find((each) => each.draw.number > lastWhole && exceedsLimit(each)) ?? null,
    secondEntry,
    verdicts: now,
    examinations,
  };
}

/** The standing of a batch of which a sample is asked for, by the policy or by a draw that stands; null where nobody asks for one. */
export async function standingIfAsked(
  tx: Reads & Pick<Transaction, 'policy'>,
  world: Pick<World, 'now'>,
  institution: string,
  batchId: string,
): Promise<BatchStanding | null> {
  const { crossCheckSample } = await policyFor(tx, institution, todayOf(world));
  // A year of records is not read for nothing.
  if (crossCheckSample === 0 && (await drawsOf(tx, institution, batchId)).length === 0) return null;
  return standingOf(tx, institution, batchId);
}

/** The fields of an examination as they were written. */
export function wrongOf({ wrong }: Pick<Examination, 'wrong'>): readonly WrongField[] {
  return wrong as unknown as readonly WrongField[];
}
