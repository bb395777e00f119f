// A table of enrolment records: header first, then rows in groups, each with all its problems.

import type { CivilDate } from '../../regulation/deadlines/deadlines.ts';
import type { EnrolmentFields } from '../../regulation/record/enrolment.ts';
import type { UnmatchedText } from '../../regulation/standard/cells.ts';
import type { ExtraCodes } from '../../regulation/standard/codes.ts';
import {
  type EnrolmentHeader,
  parseEnrolmentRow,
  readEnrolmentHeader,
} from '../../regulation/standard/enrolment-template.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import type { Giver } from '../../store/kept-files.ts';
import type { World } from '../call.ts';
import { Refused } from '../errors.ts';
import { todayOf } from '../situation.ts';
import { codesOf } from '../structure/own-codes.ts';
import type { ImportBound } from './import-bound.ts';
import { type ImportFile, openImportFile } from './import-file.ts';

/** An opened table of enrolment records. */
export interface EnrolmentTable extends ImportFile {
  readonly header: EnrolmentHeader;
  readonly category: Category;
  /** Today, at which codes are judged. */
  readonly on: CivilDate;
  readonly codes: ExtraCodes;
}

/** A row that wants to be taken, with everything wrong with it. */
export interface EnrolmentCandidate {
  readonly line: number;
  /** Not to be kept while there are violations. */
  readonly fields: EnrolmentFields;
  readonly violations: Violation[];
  readonly unmatched: readonly UnmatchedText[];
  readonly mappings: readonly string[];
}

/** The edition of the only template for enrolment records. */
export const ENROLMENT_EDITION = 'vermilion-1';

/** Opens the file and reads its header. @throws {Refused} the header is not that of the template. {NotFound} {FileProblem} */
export async function openEnrolmentTable(
  tx: Transaction,
  world: World,
  of: { institution: string; category: Category; fileDigest: string; by?: Giver },
): Promise<EnrolmentTable> {
  const file = await openImportFile(tx, world.cipher, of, 'enrolment-records');
  const header = readEnrolmentHeader(file.table.header);
  if (Array.isArray(header)) throw new Refused(header);
  const codes = await codesOf(tx, of.institution);
  return { ...file, header, category: of.category, on: todayOf(world), codes };
}

/** The rows as candidates, a group at a time, as far as the bound goes. Refused are rows of another category, and a student number the second time it occurs. */
export async function* enrolmentCandidates(
  source: EnrolmentTable,
  bound: ImportBound,
): AsyncGenerator<EnrolmentCandidate[]> {
  const { table, header, category } = source;
  const seen = new Map<string, number>();
  for await (const rows of bound.groups(table.blocks())) {
    yield rows.map(({ line, cells }) => {
      const { fields, violations, unmatched, mappings } = parseEnrolmentRow(header, cells, category, source);
      const { studentNumber } = fields;
      const first = seen.get(studentNumber);
      if (first !== undefined) {
        violations.push(violation('person-doubled', 'studentNumber', { found: studentNumber, expected: `≠ ${first}` }));
      } else if (studentNumber !== '') seen.set(studentNumber, line);
      return { line, fields, violations, unmatched, mappings };
    });
  }
}
