// Every way a rule can be broken: code → article and the sentence for people. `{label}` is the name of the field.
// The rows live by subject in violation-codes/; a code of the procedures, the files or the edges is appended here.

import { ADMINISTRATION_CODES } from './violation-codes/administration.ts';
import { ARCHIVE_CODES } from './violation-codes/archive.ts';
import { CERTIFICATE_CODES } from './violation-codes/certificate.ts';
import { CHECKING_CODES } from './violation-codes/checking.ts';
import { CONDUCT_CODES } from './violation-codes/conduct.ts';
import { DATASET_CODES } from './violation-codes/dataset.ts';
import { FILE_CODES } from './violation-codes/files.ts';
import { KEY_CODES } from './violation-codes/keys.ts';
import { PROCEDURE_CODES } from './violation-codes/procedure.ts';
import { REPORTING_CODES } from './violation-codes/reporting.ts';
import { RESPONSIBILITY_CODES } from './violation-codes/responsibility.ts';
import { SECRECY_CODES } from './violation-codes/secrecy.ts';
import { STANDARD_CODES } from './violation-codes/standard.ts';
import { STATISTICS_CODES } from './violation-codes/statistics.ts';
import { STRUCTURE_CODES } from './violation-codes/structure.ts';
import { STUDENT_CODES } from './violation-codes/student.ts';
import { TRUTH_CODES } from './violation-codes/truth.ts';

/** The closed table of violation codes, shared by rules, procedures, GraphQL and docs. */
export const VIOLATION_CODES = {
  ...STANDARD_CODES,
  ...TRUTH_CODES,
  ...PROCEDURE_CODES,
  ...FILE_CODES,
  ...CONDUCT_CODES,
  ...CERTIFICATE_CODES,
  ...STRUCTURE_CODES,
  ...CHECKING_CODES,
  ...ADMINISTRATION_CODES,
  ...REPORTING_CODES,
  ...STUDENT_CODES,
  ...DATASET_CODES,
  ...ARCHIVE_CODES,
  ...KEY_CODES,
  ...RESPONSIBILITY_CODES,
  ...SECRECY_CODES,
  ...STATISTICS_CODES,
} as const;
export type ViolationCode = keyof typeof VIOLATION_CODES;
