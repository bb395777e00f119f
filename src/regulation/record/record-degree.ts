// Degree category and discipline of a record: level, kind (academic or professional) and catalogue agree with the category.
import type { CivilDate } from '../deadlines/deadlines.ts';
import { isCivilDate } from '../deadlines/deadlines.ts';
import type { CodeTableName, ExtraCodes } from '../standard/codes.ts';
import { entriesOf, lookUp, nearest, refusesUnlisted } from '../standard/codes.ts';
import { FIELDS } from '../standard/fields.ts';
import type { CodeEntry } from '../standard/tables/code-entry.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Category, Level } from '../vocabulary.ts';
import { LEVELS } from '../vocabulary.ts';
import type { RecordContext, RecordFields } from './record.ts';
import { codeViolation } from './record-fields.ts';

type Kind = 'academic' | 'professional';

/** What the category asks for; bachelors and equivalent-education masters may be of either kind. */
const KIND_OF: Partial<Readonly<Record<Category, Kind>>> = {
  'academic-master': 'academic',
  'professional-master': 'professional',
};

/** GB/T 6864: 01–13 are the academic categories of a level; 41 and up, and our five-digit codes, the professional ones. */
const kindOfDegree = (code: string): Kind =>
  code.length > 3 || Number(code.slice(1)) > 40 ? 'professional' : 'academic';

/** Graduate catalogue: the third and fourth digit of a professional category run from 51 to 69. */
function kindOfDiscipline(code: string): Kind {
  const within = Number(code.slice(2, 4));
  return within >= 51 && within <= 69 ? 'professional' : 'academic';
}

/** A first-level code, or an institution's second-level code below one: 0301, 030106, 0301Z1. */
const GRADUATE = /^\d{4}(?:[0-9A-Z]{2})?$/;

/** The catalogue of a level. */
export function disciplineTable(level: Level): CodeTableName {
  return level === 'master' ? 'graduateDiscipline' : 'undergraduateDiscipline';
}

/** The code under which the catalogue lists a discipline: graduate second-level codes are judged by their first four digits. */
function listedCode(level: Level, code: string, extra?: ExtraCodes): string {
  if (level === 'bachelor' || code.length === 4 || !GRADUATE.test(code)) return code;
  return entriesOf('graduateDiscipline', code, extra).length > 0 ? code : code.slice(0, 4);
}

/** Names of majors are compared without directions in brackets at their end: 英语（师范）. */
const plainName = (name: string) => name.replace(/[（(][^（()）]*[)）]$/, '').trim();

function nameAgrees(entries: readonly CodeEntry[], name: string): boolean {
  const plain = plainName(name);
  return entries.some(
    (entry) => entry.name === name || entry.name === plain || entry.aliases?.some((alias) => alias === plain) === true,
  );
}

function disciplineViolations(record: RecordFields, on: CivilDate, extra: ExtraCodes | undefined): Violation[] {
  const { disciplineCode: code, disciplineName: name, level } = record;
  const label = FIELDS.disciplineCode;
  const table = disciplineTable(level);
  const listed = listedCode(level, code, extra);
  const entries = entriesOf(table, listed, extra).filter((entry) => entry.code === listed);
  if (entries.length === 0) {
    if (!refusesUnlisted(table, code, extra)) return [];
    const other = disciplineTable(level === 'master' ? 'bachelor' : 'master');
    if (entriesOf(other, code, extra).some((entry) => entry.code === code)) {
      return [
        violation('discipline-of-other-level', 'disciplineCode', { label, found: code, expected: LEVELS[level].zh }),
      ];
    }
    const [near] = name === '' ? [] : nearest(table, plainName(name), on, extra);
    const expected = near === undefined ? undefined : `${near.code} ${near.name}`;
    return [violation('code-unknown', 'disciplineCode', { label, found: code, expected })];
  }
  const violations: Violation[] = [];
  if (lookUp(table, listed, on, extra)?.code !== listed) {
    const expired = codeViolation('disciplineCode', table, listed, on, extra);
    if (expired !== null) violations.push(expired);
  }
  if (name !== '' && listed === code && !nameAgrees(entries, name)) {
    const details = { label: FIELDS.disciplineName, found: name, expected: entries[0]?.name };
    violations.push(violation('code-name-mismatch', 'disciplineName', details));
  }
  const kind = KIND_OF[record.category];
  if (kind !== undefined && kindOfDiscipline(code) !== kind) {
    const details = { label, found: `${code} ${kindOfDiscipline(code)}`, expected: kind };
    violations.push(violation('discipline-of-other-kind', 'disciplineCode', details));
  }
  return violations;
}

function degreeCategoryViolations(record: RecordFields): Violation[] {
  const { degreeCategory: found, level, category, disciplineCode } = record;
  // Codes of an institution's own edition may be built in another way; only ours tell level and kind by their digits.
  if (!entriesOf('degreeCategory', found).some((entry) => entry.code === found)) return [];
  if (found[0] !== LEVELS[level].digit) {
    const expected = `${LEVELS[level].digit}##`;
    return [violation('degree-category-of-other-level', 'degreeCategory', { found, expected })];
  }
  const kind = KIND_OF[category];
  if (kind !== undefined && kindOfDegree(found) !== kind) {
    return [
      violation('degree-category-of-other-kind', 'degreeCategory', {
        found: `${found} ${kindOfDegree(found)}`,
        expected: kind,
      }),
    ];
  }
  if (found.length === 5 && disciplineCode !== '' && disciplineCode.slice(0, 4) !== found.slice(1)) {
    const details = { label: FIELDS.disciplineCode, found: disciplineCode, expected: `${found.slice(1)}…` };
    return [violation('degree-category-discipline-mismatch', 'disciplineCode', details)];
  }
  return [];
}

/** Adds what is wrong with degree category and discipline, judged on the conferral date. */
export function degreeViolations(record: RecordFields, context: RecordContext, into: Violation[]): void {
  const on = isCivilDate(record.conferralDate) ? record.conferralDate : context.on;
  if (record.disciplineCode !== '') into.push(...disciplineViolations(record, on, context.codes));
  if (record.degreeCategory !== '') into.push(...degreeCategoryViolations(record));
}

/** Notices that a major of the right form is not in the sample of the catalogue that is loaded. */
export function disciplineNotices(record: RecordFields, on: CivilDate, extra?: ExtraCodes): Violation[] {
  const { disciplineCode: code, level } = record;
  const table = disciplineTable(level);
  if (code === '' || level === 'master' || refusesUnlisted(table, code, extra)) return [];
  if (lookUp(table, code, on, extra) !== null || entriesOf(table, code, extra).length > 0) return [];
  return [violation('code-outside-loaded-edition', 'disciplineCode', { label: FIELDS.disciplineCode, found: code })];
}
