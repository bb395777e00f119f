// Loading an edition of a code table (R7.1): what it changes is told before anything is written (simulate), codes keep their past.
import {
  CODE_TABLE_TEMPLATE,
  type CodeChange,
  codeTablePeriodViolations,
  compareCodeTable,
} from '../../regulation/standard/code-table-load.ts';
import { isCodeTable } from '../../regulation/standard/codes.ts';
import { violation } from '../../regulation/violations.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { keepCodeTable, lastCodeTableVersion, readCodeEntries } from '../../store/structure/code-entries.ts';
import type { Call } from '../call.ts';
import { Refused } from '../errors.ts';
import { refusingBadFiles } from '../files/file-problems.ts';
import { type Performed, perform } from '../perform.ts';
import { digestOf } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { readDataFile } from './data-file.ts';

/** A code table from a day on. `complete`: codes that the file lacks end the day before. */
export type LoadCodeTableInput = {
  institution: string;
  codeTable: string;
  validFrom: string;
  complete: boolean;
  fileDigest: string;
};

/** What it changes, code by code, and the counts of each kind. */
export type LoadCodeTableResult = {
  versionId: string;
  version: number;
  added: number;
  changed: number;
  ended: number;
  unchanged: number;
  recoded: number;
  changes: CodeChangeView[];
};

/** {@link CodeChange} as it travels. */
export type CodeChangeView = { [K in keyof CodeChange]: CodeChange[K] };

const MOST_CODES = 20_000;

/**
 * Loads an edition of a code table (step `load-code-table`, by the degree office).
 * @throws {Refused} every row that is wrong. {NotFound} no such file. {Forbidden}
 */
export function loadCodeTable(call: Call, input: LoadCodeTableInput): Promise<Performed<LoadCodeTableResult>> {
  const { institution, codeTable, validFrom, complete, fileDigest } = input;
  return perform(call, 'load-code-table', institution, input, (tx) =>
    refusingBadFiles('file', async () => {
      const target = await targetIn(tx, institution);
      requireMayAct(call, 'load-code-table', target);
      if (!isCodeTable(codeTable))
        throw new Refused([violation('code-table-unknown', 'table', { found: codeTable.slice(0, 60) })]);
      const last = await lastCodeTableVersion(tx, institution, codeTable);
      const period = codeTablePeriodViolations(validFrom, last?.validFrom ?? null);
      if (period.length > 0) throw new Refused(period);
      const of = { institution, digest: fileDigest, kind: 'code-table', columns: CODE_TABLE_TEMPLATE } as const;
      const lines = await readDataFile(tx, call.world, { ...of, maxRows: MOST_CODES });
      const own = (await readCodeEntries(tx, institution)).filter((row) => row.codeTable === codeTable);
      const rows = lines instanceof Uint8Array ? [] : lines;
      const outcome = compareCodeTable(codeTable, rows, { validFrom, complete, own });
      const { entries, recodings, changes } = outcome;
      const count = (kind: CodeChange['kind']) => changes.filter((change) => change.kind === kind).length;
      const counts = {
        added: count('new'),
        changed: count('changed'),
        ended: count('ended'),
        unchanged: count('unchanged'),
      };
      const nothing =
        rows.length === 0 || (last !== null && counts.unchanged === changes.length && recodings.length === 0);
      const versionId = uuidv7();
      const version = (last?.version ?? 0) + 1;
      const facts = { codeTable, version, validFrom, complete, ...counts, recoded: recodings.length };
      const table = entries.map(({ code, name, validFrom: from, validUntil: until }) => [code, name, from, until]);
      const pairs = recodings.map(({ oldCode, newCode, validFrom: from }) => [oldCode, newCode, from]);
      return {
        target,
        violations: nothing
          ? [...outcome.violations, violation('nothing-to-do', 'file', { found: '0', expected: '≥ 1' })]
          : outcome.violations,
        subjects: [{ kind: 'code-table', id: versionId, version, digest: digestOf({ ...facts, table, pairs }) }],
        fresh: true,
        facts,
        files: [fileDigest],
        async save({ at }) {
          const by = { createdById: call.actor.officerId, createdAt: at };
          const kept = {
            institution,
            id: versionId,
            codeTable,
            version,
            validFrom,
            complete,
            fileDigest,
            ...counts,
            ...by,
          };
          await keepCodeTable(tx, kept, entries, recodings);
          return {
            versionId,
            version,
            ...counts,
            recoded: recodings.length,
            changes: changes.map((change): CodeChangeView => ({ ...change })),
          };
        },
      };
    }),
  );
}
