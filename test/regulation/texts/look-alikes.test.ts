// Article 9: what differs and looks alike is told by its code points.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enrolmentViolations } from '../../../src/regulation/record/enrolment.ts';
import { normalizeName } from '../../../src/regulation/record/names.ts';
import { rosterViolations } from '../../../src/regulation/resolution/roster.ts';
import { lookAlike, toldApart } from '../../../src/regulation/texts/look-alikes.ts';
import { sample } from '../samples.ts';

describe('Article 9: two texts that look alike', () => {
  it.each([
    ['Jose\u0301', 'José', 'Jose\u0301 (#4 U+0065 U+0301)', 'José (#4 U+00E9)'],
    ['АHMED', 'AHMED', 'АHMED (#1 U+0410)', 'AHMED (#1 U+0041)'],
    ['AHMED  KHAN', 'AHMED KHAN', 'AHMED  KHAN (#7 U+0020)', 'AHMED KHAN (#7 –)'],
    ['张\u200b三', '张三', '张\u200b三 (#2 U+200B)', '张三 (#2 –)'],
    ['O\u2019Brien', "O'Brien", 'O\u2019Brien (#2 U+2019)', "O'Brien (#2 U+0027)"],
    ['𬭼\ufe00三', '𬭼三', '𬭼\ufe00三 (#2 U+FE00)', '𬭼三 (#2 –)'],
  ])('%j beside %j', (one, other, found, expected) => {
    expect(toldApart(one, other)).toEqual({ found, expected });
  });

  it.each([
    ['张三', '张四'],
    ['', '\u200b'],
    ['AHMED', 'AHMET'],
    ['张三', '张三'],
  ])('%j beside %j stay as they are', (found, expected) => {
    expect(toldApart(found, expected)).toEqual({ found, expected });
  });

  it('are never told by two equal words', () => {
    const text = fc.string({ unit: fc.constantFrom(...'AАEЕ张\u0301\u200b ·.’𬭼') });
    fc.assert(
      fc.property(text, text, (one, other) => {
        fc.pre(one !== other);
        const { found, expected } = toldApart(one, other);
        expect(found).not.toBe(expected);
        expect(found.startsWith(one) && expected.startsWith(other)).toBe(true);
        if (lookAlike(one, other)) expect(/#(\d+)/.exec(found)?.[1]).toBe(/#(\d+)/.exec(expected)?.[1]);
      }),
    );
  });

  it('a decomposed name is the same name once it is read; kept otherwise, roster and enrolment say what differs', () => {
    const record = sample('regular-bachelor', { name: 'JOSÉ' });
    const name = 'JOSE\u0301';
    expect(normalizeName(name)).toEqual({ name: 'JOSÉ', raw: name });
    const entry = { ...record, studentNumber: record.studentNumber ?? '', sequence: 1, name };
    const told = { found: 'JOSÉ (#4 U+00C9)', expected: `${name} (#4 U+0045 U+0301)` };
    expect(rosterViolations(record, entry)).toMatchObject([{ code: 'roster-mismatch', path: 'name', ...told }]);
    const enrolment = { ...record, studentNumber: record.studentNumber ?? '', admissionMonth: '2022-09', name };
    const found = enrolmentViolations(record, { ...enrolment, graduationDate: null });
    expect(found).toMatchObject([{ code: 'enrolment-mismatch', path: 'name', ...told }]);
  });

  it('a secret stays masked, whatever it looks like', () => {
    const record = sample('regular-bachelor', { identityNumber: '371502200403150011' });
    const enrolment = { ...record, studentNumber: record.studentNumber ?? '', admissionMonth: '2022-09' };
    const other = { ...enrolment, identityNumber: '3715022004-03150011', graduationDate: null };
    expect(JSON.stringify(enrolmentViolations(record, other))).not.toMatch(/371502|U\+/);
  });
});
