// The number of a degree certificate: its form and what its parts must agree with (学位〔2015〕18号 art. 5). Uniqueness is the register's.

import type { CivilDate } from '../deadlines/deadlines.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Level } from '../vocabulary.ts';
import { LEVELS } from '../vocabulary.ts';

/** Since 2016: institution (5), level (2 doctor, 3 master, 4 bachelor), year of conferral (4), free (6). */
const SINCE_2016 = /^\d{5}[234]\d{4}\d{6}$/;
/** Until 2015: a letter before (C, Z, Q, T, L) and one at position 11 were possible. Only for imports of old records. */
const BEFORE_2016 = /^[CZQTL]?\d{10}[A-Z0-9]\d{5}$/;
const PATH = 'certificateNumber';

/** What the number must agree with; `legacy` admits the forms of before 2016. */
export interface CertificateNumberBasis {
  /** Five-digit code of the institution. */
  readonly institution: string;
  readonly level: Level;
  readonly conferralDate: CivilDate;
  readonly legacy?: boolean;
}

/** Everything wrong with a certificate number: its form, or else institution, level and year, each on its own (R9.1). */
export function certificateNumberViolations(number: string, basis: CertificateNumberBasis): Violation[] {
  const old = basis.legacy === true && basis.conferralDate < '2016-01-01';
  if (!SINCE_2016.test(number) && !(old && BEFORE_2016.test(number))) {
    const expected = `${basis.institution}${LEVELS[basis.level].digit}${basis.conferralDate.slice(0, 4)}######`;
    return [violation('certificate-number-malformed', PATH, { found: number, expected })];
  }
  const plain = /^[A-Z]/.test(number) ? number.slice(1) : number;
  const parts = [
    ['certificate-number-institution', plain.slice(0, 5), basis.institution],
    ['certificate-number-level', plain.slice(5, 6), LEVELS[basis.level].digit],
    ['certificate-number-year', plain.slice(6, 10), basis.conferralDate.slice(0, 4)],
  ] as const;
  return parts.flatMap(([code, found, expected]) =>
    found === expected ? [] : [violation(code, PATH, { found, expected })],
  );
}
