// Reading an uploaded roster: header first, then every row's problems.
import { openTable } from '../../files/table.ts';
import { type RosterBasis, type RosterRow, rosterRowsViolations } from '../../regulation/resolution/roster.ts';
import { parseRosterRow, readRosterHeader } from '../../regulation/standard/roster-template.ts';
import type { Violation } from '../../regulation/violations.ts';
import type { FieldCipher } from '../../secrecy/field-cipher.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { readFile } from '../../store/stored-files.ts';
import { Refused } from '../errors.ts';
import { FILE_KINDS, MAX_ROWS } from '../files/file-kinds.ts';
import { refusingBadFiles } from '../files/file-problems.ts';
import { notUploadedAs } from '../files/uploaded-as.ts';

/** Problems named at most: a file of which every row is wrong needs no longer list, and no reading beyond it. */
export const MOST_PROBLEMS = 1000;

/** The people of a roster in the order of the file, and what is wrong with their rows. */
export interface ReadRoster {
  readonly rows: readonly RosterRow[];
  /** The line of the file of each row. */
  readonly lines: readonly number[];
  readonly violations: readonly Violation[];
}

/**
 * Reads the roster with this digest and judges it by itself and against its resolution; paths read `roster[<line of the file>].name`.
 * @throws {Refused} no such file of this kind, not a table, or its header is wrong
 */
export function readRosterFile(
  tx: Transaction,
  cipher: FieldCipher,
  digest: string,
  basis: RosterBasis,
): Promise<ReadRoster> {
  return refusingBadFiles('roster', async () => {
    const file = await readFile(tx, { institution: basis.institution, digest, kinds: ['roster'] }, cipher);
    if (!file) throw notUploadedAs('roster', 'rosterDigest', digest);
    const limits = { name: file.name, maxBytes: FILE_KINDS.roster.maxBytes, maxRows: MAX_ROWS };
    const table = await openTable({ bytes: file.bytes }, limits);
    const header = readRosterHeader(table.header);
    if (Array.isArray(header)) throw new Refused(header);
    const context = { on: basis.decidedOn, ...(basis.codes === undefined ? {} : { codes: basis.codes }) };
    const rows: RosterRow[] = [];
    const lines: number[] = [];
    const violations: Violation[] = [];
    for await (const { line, cells } of table.rows()) {
      const parsed = parseRosterRow(header, cells, context);
      for (const wrong of parsed.violations) violations.push({ ...wrong, path: `roster[${line}].${wrong.path}` });
      if (violations.length >= MOST_PROBLEMS) break;
      if (parsed.row === null) continue;
      rows.push(parsed.row);
      lines.push(line);
    }
    if (violations.length >= MOST_PROBLEMS) return { rows, lines, violations: violations.slice(0, MOST_PROBLEMS) };
    const whole = violations.length === 0;
    for (const wrong of rosterRowsViolations(rows, basis)) {
      // Where rows could not be read, the ones behind them do not stand in their places.
      if (whole || (wrong.code !== 'roster-sequence' && wrong.code !== 'roster-empty'))
        violations.push(byLine(wrong, lines));
    }
    return { rows, lines, violations: violations.slice(0, MOST_PROBLEMS) };
  });
}

/** The rules count rows from 0; an officer looks for the line of the file. */
export function byLine(wrong: Violation, lines: readonly number[]): Violation {
  const onLine = (text: string) => text.replace(/roster\[(\d+)\]/, (_, at) => `roster[${lines[Number(at)] ?? at}]`);
  const { path, expected } = wrong;
  return { ...wrong, path: onLine(path), ...(expected === undefined ? {} : { expected: onLine(expected) }) };
}
