// Article 11(1): the rules of the student's word by themselves.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELD_NAMES, type FieldName } from '../../src/regulation/standard/fields.ts';
import {
  answerViolations,
  confirmationViolations,
  confirmsBeforeReport,
  correctionRequestViolations,
  disputedFieldsViolations,
  rosterWordViolations,
} from '../../src/regulation/student-word.ts';
import { WRITTEN_TEXTS } from '../../src/regulation/texts/written-kinds.ts';
import { CATEGORIES, keysOf, RECORD_STATES } from '../../src/regulation/vocabulary.ts';

const value = fc.option(fc.string({ maxLength: 20 }), { nil: null });
const field = fc.constantFrom(...FIELD_NAMES);
const codesOf = (violations: readonly { code: string }[]) => violations.map(({ code }) => code);

describe('Article 11(1): a dispute', () => {
  it('never throws, and names only places that were given', () => {
    const given = fc.array(fc.record({ field: fc.oneof(field, fc.string()), proposed: value, reason: fc.string() }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(given, fc.dictionary(field, value), (fields, shown) => {
        for (const { path } of disputedFieldsViolations(fields, shown)) {
          const at = /^fields(?:\[(\d+)\]\.(?:field|proposed|reason))?$/.exec(path);
          expect(at).not.toBeNull();
          if (at?.[1] !== undefined) expect(Number(at[1])).toBeLessThan(fields.length);
        }
      }),
    );
  });

  it('of a field that is there, with another value and a reason, is sound', () => {
    fc.assert(
      fc.property(field, (name: FieldName) => {
        const word = { field: name, proposed: '新的内容', reason: '原内容有误' };
        expect(disputedFieldsViolations([word], { [name]: '旧的内容' })).toEqual([]);
        expect(disputedFieldsViolations([{ ...word, proposed: null }], { [name]: null })).toEqual([]);
      }),
    );
  });

  it('holds a reason of 500 characters, rare ones counted as one each, and not of 501', () => {
    const word = (length: number) => [{ field: 'name', proposed: '𠮷', reason: '𠮷'.repeat(length) }];
    expect(disputedFieldsViolations(word(WRITTEN_TEXTS.ownReason.most), { name: '吉' })).toEqual([]);
    expect(codesOf(disputedFieldsViolations(word(WRITTEN_TEXTS.ownReason.most + 1), { name: '吉' }))).toEqual([
      'field-too-long',
    ]);
  });
});

describe('Article 11(1): an answer', () => {
  it('that accepts needs every field corrected, and words unless the proposed value was taken', () => {
    fc.assert(
      fc.property(
        value,
        value,
        value,
        fc.string({ minLength: 1, maxLength: 20 }).filter((text) => /^\w+$/.test(text)),
        (found, proposed, now, words) => {
          const same = (one: string | null, other: string | null) => (one ?? '') === (other ?? '');
          const one = { field: 'thesisTitle' as const, found, proposed, now };
          const taken = same(proposed, now);
          const corrected = taken || !same(found, now);
          expect(codesOf(answerViolations(true, `按存档原件核定 ${words}`, [one]))).toEqual(
            corrected ? [] : ['dispute-not-corrected'],
          );
          expect(codesOf(answerViolations(true, '', [one])).includes('answer-words-missing')).toBe(!taken);
        },
      ),
    );
  });

  it('that declines needs words and nothing else', () => {
    const one = { field: 'name' as const, found: 'a', proposed: 'b', now: 'a' };
    expect(codesOf(answerViolations(false, '', [one]))).toEqual(['answer-words-missing']);
    expect(answerViolations(false, '与存档原件一致', [one])).toEqual([]);
    expect(codesOf(answerViolations(false, '字字有据'.repeat(251), [one]))).toEqual(['field-too-long']);
  });
});

describe('Article 11(1), 15, 24: when which word is asked for', () => {
  it('before the report of everybody, or of who could not speak before the meeting', () => {
    for (const category of keysOf(CATEGORIES)) {
      expect(confirmsBeforeReport({ confirmation: 'none' }, category)).toBe(false);
      expect(confirmsBeforeReport({ confirmation: 'before-report' }, category)).toBe(true);
      const late = category === 'equivalent-education-master';
      expect(confirmsBeforeReport({ confirmation: 'before-meeting' }, category)).toBe(late);
      const unheard = [{ name: '张三', category, enrolment: null }];
      expect(rosterWordViolations({ confirmation: 'before-meeting' }, unheard)).toHaveLength(late ? 0 : 1);
      expect(rosterWordViolations({ confirmation: 'before-report' }, unheard)).toEqual([]);
    }
  });

  it('a correction request from the report on, while the degree stands; one at a time', () => {
    const open = keysOf(RECORD_STATES).filter((state) => correctionRequestViolations(state, false).length === 0);
    expect(open).toEqual(
      expect.arrayContaining(['reported', 'reported-upward', 'reviewed', 'filed', 'returned', 'withdrawn']),
    );
    expect(open).toHaveLength(6);
    expect(codesOf(correctionRequestViolations('filed', true))).toEqual(['correction-request-open']);
    expect(codesOf(correctionRequestViolations('collected', false))).toEqual(['correction-request-too-early']);
    expect(codesOf(correctionRequestViolations('revoked', false))).toEqual(['stage-skipped']);
  });

  it('who doubts does not confirm', () => {
    expect(codesOf(confirmationViolations({ confirmed: false, disputed: true }))).toEqual(['dispute-open']);
    expect(codesOf(confirmationViolations({ confirmed: true, disputed: false }))).toEqual(['already-confirmed']);
    expect(confirmationViolations({ confirmed: false, disputed: false })).toEqual([]);
  });
});
