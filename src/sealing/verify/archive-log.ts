// The places of an archive's steps in the log: all leaves of a run without a gap, or a proof for each, under the sealed checkpoint.
import type { ArchiveIndex, ArchiveLog } from './archive-format.ts';
import { fromHex } from './bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import { verifyInclusion } from './merkle.ts';
import { verifyRange } from './merkle-range.ts';
import { type Check, check } from './verdict.ts';

const bytesOf = (hashes: readonly string[]): Uint8Array[] => hashes.map((hash) => fromHex(hash) ?? new Uint8Array());

/** What came of it; `others`: leaves of the run that are about nothing in the archive. */
export interface LogResult {
  readonly checks: Check[];
  readonly run: { readonly first: number; readonly last: number; readonly others: number } | undefined;
}

const RUN = {
  passed: [
    '日志中从首步到末步的全部叶子连续无缺，且与检查点的根一致。',
    'Every leaf of the log from the first step to the last is there without a gap, under the checkpoint’s root.',
  ],
  failed: [
    '日志区间与检查点不符：有步骤被抽去、添加或调换。',
    'The run of leaves is not that of the checkpoint: a step was taken out, put in or moved.',
  ],
} as const satisfies Parameters<typeof check>[2];

const PLACES = {
  passed: ['每一步都记在日志中，与检查点的根一致。', 'Every step is in the log, under the checkpoint’s root.'],
  failed: ['有步骤不在检查点所示的日志中。', 'A step is not in the log that the checkpoint shows.'],
} as const satisfies Parameters<typeof check>[2];

/**
 * Checks the steps of the index and the export step itself (leaf, hex) against the checkpoint. A batch and a year need the whole run; a
 * record shows the places of its own steps alone.
 */
export async function checkLog(
  index: ArchiveIndex,
  log: ArchiveLog,
  exported: string,
  checkpoint: Checkpoint | undefined,
): Promise<LogResult> {
  const size = checkpoint?.size ?? -1;
  const root = checkpoint?.root ?? new Uint8Array();
  const ascending = index.steps.every((step, at) => at === 0 || step.index > (index.steps[at - 1]?.index ?? 0));
  if ('inclusion' in log) {
    const whole = index.archive.scope === 'record';
    // The export is the last step that the checkpoint knows.
    const places = [...index.steps, { index: size - 1, leaf: exported }];
    let included = ascending && log.size === size && Object.keys(log.inclusion).length === places.length;
    for (const step of included ? places : []) {
      const path = Object.hasOwn(log.inclusion, step.index) ? bytesOf(log.inclusion[step.index] ?? []) : undefined;
      const leaf = fromHex(step.leaf) ?? new Uint8Array();
      if (!path || !(await verifyInclusion({ index: step.index, size, leaf, path, root }))) included = false;
    }
    return {
      checks: [check('log', included, PLACES), check('log-run', whole ? 'not-checked' : 'failed', RUN)],
      run: undefined,
    };
  }
  const { first, before, after } = log;
  const leaves = bytesOf(log.leaves);
  const contiguous =
    log.size === size &&
    (await verifyRange({ size, first, leaves, before: bytesOf(before), after: bytesOf(after), root }));
  const last = first + log.leaves.length - 1;
  const placed =
    ascending &&
    index.steps[0]?.index === first &&
    index.steps.every((step) => log.leaves[step.index - first] === step.leaf) &&
    log.leaves.at(-1) === exported;
  const others = log.leaves.length - index.steps.length - 1;
  return {
    checks: [check('log', contiguous && placed, PLACES), check('log-run', contiguous, RUN)],
    run: { first, last, others },
  };
}
