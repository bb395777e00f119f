// Each field of a record by itself: needed or not, length, characters, code in its table, form.

import { isCivilDate } from '../deadlines/deadlines.ts';
import type { CodeTableName, ExtraCodes } from '../standard/codes.ts';
import { entriesOf, lookUp, proposals, recoded } from '../standard/codes.ts';
import { CHINA, isForeign } from '../standard/field-needs.ts';
import type { Field, FieldName } from '../standard/fields.ts';
import { FIELD_NAMES, FIELDS, needOf } from '../standard/fields.ts';
import { codePoints } from '../texts/code-points.ts';
import { lookAlike, toldApart } from '../texts/look-alikes.ts';
import { identityNumberIn } from '../texts/written-texts.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import { CATEGORIES } from '../vocabulary.ts';
import { maskEmail, maskIdentityNumber, maskPhone } from './identity.ts';
import { holdsIdentityNumber } from './identity-text.ts';
import { nameViolations } from './names.ts';
import type { RecordContext, RecordFields } from './record.ts';

const ROWS: readonly (readonly [FieldName, Field])[] = FIELD_NAMES.map((name) => [name, FIELDS[name]]);

/** Control and private-use characters, lone surrogates, and the replacement character. */
const UNREADABLE = /[\p{Cc}\p{Co}\p{Cs}\ufffd]/u;
const PRINTABLE_ASCII = /^[\x21-\x7e]+$/;
const HAN = /\p{Script=Han}/u;

/** A mobile number of the mainland, a landline of it with its area code and perhaps an extension, or a number with its country code. */
const PHONE = new RegExp(
  `^(?:${[
    String.raw`(?:(?:\+|00)86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}`,
    String.raw`(?:0[1-9]\d{1,2}|\(0[1-9]\d{1,2}\))[ -]?[2-9]\d{6,7}(?:-\d{1,6})?`,
    String.raw`(?:\+|00)86[ -]?[1-9]\d{1,2}[ -]?[2-9]\d{6,7}`,
    String.raw`(?:\+|00)(?!86)[1-9](?:[ -]?\d){6,14}`,
  ].join('|')})$`,
);
/** A name in Latin letters, with accents and the signs that join its parts. */
const LATIN_NAME = /^(?:(?=\p{L})\p{Script=Latin}\p{Mn}{0,3})(?:(?=\p{L})\p{Script=Latin}\p{Mn}{0,3}|[ '’.-])*$/u;

const FORMS: Partial<Readonly<Record<FieldName, { form: RegExp; expected: string }>>> = {
  trainingUnitCode: { form: /^\d{5}$/, expected: '#####' },
  phone: { form: PHONE, expected: '1########## / 0##-######## / +…(7–15)' },
  namePinyin: { form: LATIN_NAME, expected: "A-Z a-z à ü … ' - . 空格 space" },
  email: { form: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, expected: 'name@domain' },
};

const MASKS: Partial<Readonly<Record<FieldName, (value: string) => string>>> = {
  identityNumber: maskIdentityNumber,
  phone: maskPhone,
  email: maskEmail,
};

/** The whole value, secret fields masked (R21.1). */
export function masked(name: FieldName, value: string): string {
  return MASKS[name]?.(value) ?? value;
}

/** The value as a violation may show it: secret fields masked (R21.1), long texts shortened. */
export function shown(name: FieldName, value: string): string {
  const text = masked(name, value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** Both values of a mismatch as {@link shown}; where two open ones look alike, with the code points that differ. */
export function shownApart(name: FieldName, found: string, expected: string): { found: string; expected: string } {
  const both = { found: shown(name, found), expected: shown(name, expected) };
  return MASKS[name] === undefined && lookAlike(found, expected) ? toldApart(found, expected) : both;
}

/** Length as the field counts it: code points, or Han characters with others as half. */
function measured(value: string, { measure }: Field): number {
  if (measure !== 'han') return codePoints(value);
  let length = 0;
  for (const character of value) length += HAN.test(character) ? 1 : 0.5;
  return Math.ceil(length);
}

/** A code that is not in its table, or not on that day, with what to take instead. */
export function codeViolation(
  name: FieldName,
  table: CodeTableName,
  code: string,
  on: string,
  extra?: ExtraCodes,
): Violation | null {
  const label = FIELDS[name];
  const entries = entriesOf(table, code, extra);
  const same = entries.filter((entry) => entry.code === code);
  if (same.length === 0)
    return violation('code-unknown', name, { label, found: code, expected: proposals(table, code, on, extra) });
  if (lookUp(table, code, on, extra)?.code === code) return null;
  const now = lookUp(table, same[0]?.name ?? '', on, extra) ?? recoded(table, code, on, extra);
  return violation('code-not-valid-on-date', name, {
    label,
    found: `${code} (${on})`,
    expected: now === null ? undefined : `${now.code} ${now.name}`,
  });
}

function isKnownCode(table: CodeTableName, code: string, on: string, extra: ExtraCodes | undefined): boolean {
  return lookUp(table, code, on, extra)?.code === code;
}

/** Texts of which no refusal repeats anything: they may tell of a classified thesis (R20.1). */
const UNTOLD: ReadonlySet<FieldName> = new Set(['thesisTitle', 'thesisKeywords', 'thesisDirection']);

/** The value with a character that nobody can read; of a text that is not repeated that character alone. */
function unreadable(name: FieldName, value: string): string {
  if (!UNTOLD.has(name)) return shown(name, value);
  const [found = ''] = UNREADABLE.exec(value) ?? [];
  return `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** What is wrong with a value that is there. Dates and disciplines have rules of their own. */
function valueViolations(name: FieldName, field: Field, value: string, on: string, extra?: ExtraCodes): Violation[] {
  const { kind, maxLength, table } = field;
  if (kind === 'name') return nameViolations(value, name, maxLength);
  if (table !== undefined && table !== 'discipline') {
    if (isKnownCode(table, value, on, extra)) return [];
    const wrong = codeViolation(name, table, value, on, extra);
    return wrong === null ? [] : [wrong];
  }
  const violations: Violation[] = [];
  const label = field;
  if (maxLength !== undefined && value.length > maxLength / 2 && measured(value, field) > maxLength) {
    const found = String(measured(value, field));
    violations.push(violation('field-too-long', name, { label, found, expected: `≤ ${maxLength}` }));
  }
  if (UNREADABLE.test(value))
    violations.push(violation('text-unreadable-character', name, { label, found: unreadable(name, value) }));
  // The one field in free words; it is reported as it stands.
  if (name === 'remark' && holdsIdentityNumber(value)) violations.push(identityNumberIn(name, label, false));
  const form = FORMS[name];
  if (form !== undefined ? !form.form.test(value) : kind === 'number' && !PRINTABLE_ASCII.test(value)) {
    violations.push(violation('field-malformed', name, { label, found: shown(name, value), expected: form?.expected }));
  }
  return violations;
}

/**
 * What is wrong with the form of a text or number by itself, as of every record: length, characters, form. Fields with a code table, names
 * and secret fields have rules of their own.
 */
export function formViolations(name: FieldName, value: string, on: string): Violation[] {
  const field: Field = FIELDS[name];
  const judged = (field.kind === 'text' || field.kind === 'number') && field.table === undefined && !field.secret;
  return judged && value !== '' ? valueViolations(name, field, value, on) : [];
}

/** What would stand in a field that is missing, as its form says. */
export function wanted({ kind, table, maxLength }: Field): string {
  if (kind === 'date') return 'YYYY-MM-DD';
  if (kind === 'month') return 'YYYY-MM';
  if (table !== undefined) return `${table}`;
  return maxLength === undefined ? '≥ 1' : `1 … ${maxLength}`;
}

/** Adds what is wrong with the fields one by one (R8.1), and with category, level and country together. */
export function fieldViolations(record: RecordFields, context: RecordContext, into: Violation[]): void {
  const on = isCivilDate(record.conferralDate) ? record.conferralDate : context.on;
  for (const [name, field] of ROWS) {
    const value = record[name];
    const need = needOf(name, record);
    if (value === null || value === '') {
      if (need === 'mandatory' && context.pending?.has(name) !== true) {
        into.push(violation('field-missing', name, { label: field, article: field.article, expected: wanted(field) }));
      }
    } else if (need === 'absent') {
      into.push(
        violation('field-not-of-level', name, { label: field, article: field.article, found: shown(name, value) }),
      );
    } else {
      for (const wrong of valueViolations(name, field, value, on, context.codes)) into.push(wrong);
    }
  }
  const { level } = CATEGORIES[record.category];
  if (record.level !== level) {
    into.push(violation('category-level-mismatch', 'level', { found: record.level, expected: level }));
  }
  const international = record.category === 'international-student-bachelor';
  if (international && record.country !== '' && !isForeign(record.country)) {
    into.push(
      violation('country-not-of-category', 'country', { found: record.country, expected: `≠ ${CHINA}, 344, 446, 158` }),
    );
  }
  if (record.institution !== context.institution.code) {
    const details = { found: record.institution, expected: context.institution.code };
    into.push(violation('row-institution-mismatch', 'institution', details));
  }
}
