// Where judging ends (art. 11(1)): a file with so many problems is mended as a whole, not row by row.
import { type Violation, violation } from '../../regulation/violations.ts';
import type { RowProblems } from '../../store/collection/imports.ts';
import { grouped } from './import-file.ts';

/**
 * Problems that one import keeps at most. Nobody reads more one by one; and a file of 200,000 rows that is wrong in every cell would
 * otherwise be millions of rows of the database, and minutes in which everybody else waits for them.
 */
export const MOST_PROBLEMS = 10_000;

/** How many rows a file has, how many of them were judged, and with which end. */
export interface RowCounts {
  readonly total: number;
  readonly judged: number;
  readonly accepted: number;
  readonly refused: number;
}

/** The judging of one file, which ends before the row whose problems are too many to keep; the rows from there are only counted. */
export interface ImportBound {
  /** The rows that are still to be judged, in groups; reads on to the end of the file all the same, to count. */
  groups<T>(blocks: AsyncIterable<readonly T[]>): AsyncGenerator<T[]>;
  /** Of a group that was judged: the rows that count, all of them unless judging ends among them. */
  take<Row extends RowProblems>(group: readonly Row[]): readonly Row[];
  /** Whether judging has ended before the end of the file. */
  ended(): boolean;
  counts(): RowCounts;
  /** What is to be said of the file when judging has ended: on the line where it did. Nothing otherwise. */
  problems(): RowProblems[];
}

/** Begins to count; `most` problems are kept. */
export function importBound(most = MOST_PROBLEMS): ImportBound {
  let total = 0;
  let judged = 0;
  let refused = 0;
  let kept = 0;
  let endedOn: number | undefined;
  return {
    async *groups(blocks) {
      for await (const group of grouped(blocks)) {
        total += group.length;
        if (endedOn === undefined) yield group;
      }
    },
    take(group) {
      if (endedOn !== undefined) return [];
      for (const [at, { line, violations }] of group.entries()) {
        if (kept + violations.length > most) {
          endedOn = line;
          return group.slice(0, at);
        }
        kept += violations.length;
        judged += 1;
        if (violations.length > 0) refused += 1;
      }
      return group;
    },
    ended: () => endedOn !== undefined,
    counts: () => ({ total, judged, accepted: judged - refused, refused }),
    problems: () =>
      endedOn === undefined ? [] : [{ line: endedOn, violations: [tooManyProblems({ judged, total })] }],
  };
}

/** That a file was not judged to its end: how many rows were, of how many. */
export function tooManyProblems({ judged, total }: Pick<RowCounts, 'judged' | 'total'>): Violation {
  return violation('import-too-many-problems', 'file', {
    found: `${judged} / ${total}`,
    expected: `${total} / ${total}`,
  });
}
