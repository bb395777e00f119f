// Files that are not what was asked for, told as violations: the sentence of the file problem under the code of the register.
import { FileProblem, type FileProblemCode } from '../files/problems.ts';
import type { ViolationCode } from '../regulation/violation-codes.ts';
import { type Violation, violation } from '../regulation/violations.ts';
import { FileAltered } from '../store/stored-files.ts';
import { Refused } from './errors.ts';

/** The code of the register for each problem that is not simply an unreadable file. */
const CODES: Partial<Record<FileProblemCode, ViolationCode>> = {
  'too-large': 'file-too-large',
  'too-many-rows': 'file-too-large',
  'too-many-columns': 'file-too-large',
  'too-many-entries': 'file-too-large',
  'entry-too-large': 'file-too-large',
  'image-too-large': 'file-too-large',
  'binary-file': 'file-wrong-encoding',
  'wrong-encoding': 'file-wrong-encoding',
  'zip-bomb': 'file-unsafe',
  'unsafe-path': 'file-unsafe',
  'link-entry': 'file-unsafe',
  'active-pdf': 'file-unsafe',
  'unsupported-type': 'file-wrong-type',
  'old-excel': 'file-wrong-type',
  'not-a-pdf': 'file-wrong-type',
  'not-an-image': 'file-wrong-type',
};

/** A file problem as a violation: path `file`, `file[12]` for a row, `file[12,3]` for a cell, `file[name]` for an entry of an archive. */
export function fileViolation(problem: FileProblem, path: string): Violation {
  const { row, column, entry } = problem.place ?? {};
  const place = row === undefined ? entry : column === undefined ? String(row) : `${row},${column}`;
  const { found, expected } = problem;
  const code = CODES[problem.code] ?? 'file-unreadable';
  const told = violation(code, place === undefined ? path : `${path}[${place}]`, { found, expected });
  return { ...told, message: problem.zh, messageEn: problem.en };
}

/** Runs work on a file; what is wrong with the file comes out as {@link Refused}. */
export async function refusingBadFiles<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FileProblem) throw new Refused([fileViolation(error, path)]);
    if (error instanceof FileAltered) throw new Refused([violation('file-altered', path, { found: error.digest })]);
    throw error;
  }
}
