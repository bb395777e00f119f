// The dates of a record: real, not in the future, in order (R9.3).
import { isCivilDate, isCivilMonth } from '../deadlines/deadlines.ts';
import { FIELDS } from '../standard/fields.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { RecordContext, RecordFields } from './record.ts';

const DATES = ['birthDate', 'conferralDate'] as const;
const MONTHS = ['admissionMonth', 'graduationMonth', 'applicationMonth'] as const;

/** Adds what is wrong with the dates; an impossible date is named once and compared with nothing. */
export function dateViolations(record: RecordFields, context: RecordContext, into: Violation[]): void {
  for (const name of DATES) {
    const found = record[name];
    if (found === '') continue;
    const label = FIELDS[name];
    if (!isCivilDate(found)) into.push(violation('date-impossible', name, { label, found, expected: 'YYYY-MM-DD' }));
    else if (found > context.on)
      into.push(violation('date-in-future', name, { label, found, expected: `≤ ${context.on}` }));
  }
  for (const name of MONTHS) {
    const found = record[name];
    if (found === null || found === '' || isCivilMonth(found)) continue;
    into.push(violation('month-impossible', name, { label: FIELDS[name], found, expected: 'YYYY-MM' }));
  }
  const conferral = isCivilDate(record.conferralDate) ? record.conferralDate : null;
  const birth = isCivilDate(record.birthDate) ? record.birthDate : null;
  const [admission, graduation, application] = MONTHS.map((name) => {
    const month = record[name];
    return month !== null && isCivilMonth(month) ? month : null;
  });
  if (conferral && graduation && conferral.slice(0, 7) < graduation) {
    into.push(
      violation('conferral-before-graduation', 'conferralDate', { found: conferral, expected: `≥ ${graduation}` }),
    );
  }
  if (admission && graduation && admission >= graduation) {
    const details = { found: admission, expected: `< ${graduation}` };
    into.push(violation('admission-not-before-graduation', 'admissionMonth', details));
  }
  if (conferral && application && application > conferral.slice(0, 7)) {
    const details = { found: application, expected: `≤ ${conferral.slice(0, 7)}` };
    into.push(violation('application-after-conferral', 'applicationMonth', details));
  }
  const first = admission ?? conferral?.slice(0, 7);
  if (birth && first && birth.slice(0, 7) >= first) {
    into.push(violation('birth-after-admission', 'birthDate', { found: birth, expected: `< ${first}` }));
  }
}
