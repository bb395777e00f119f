// Article 8(1): identity documents (GB 11643) and the masks of secret fields (R21.1).
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/regulation/deadlines/deadlines.ts';
import {
  identityNotices,
  identityViolations,
  maskEmail,
  maskIdentityNumber,
  maskName,
  maskPhone,
} from '../../../src/regulation/record/identity.ts';
import { codes, identityNumber, TODAY } from '../samples.ts';

interface Vector {
  id: string;
  valid: boolean | 'normalise';
  sex?: string;
  birth?: string;
  note: string;
}

const vectors: Vector[] = JSON.parse(
  readFileSync(new URL('../../vectors/gb11643-test-vectors.json', import.meta.url), 'utf8'),
);
const basis = (sex = '', birth = '') => ({
  sex,
  birthDate: birth && `${birth.slice(0, 4)}-${birth.slice(4, 6)}-${birth.slice(6)}`,
  on: TODAY,
});
const typeOf = (id: string) => (/^8[123]0000/.test(id) ? 'hmt-residence-permit' : '01');

describe('Article 8(1): vectors of GB 11643', () => {
  it.each(vectors.map((vector) => [vector.note, vector] as const))('%s', (_, { id, valid, sex, birth }) => {
    const number = valid === 'normalise' ? id.toUpperCase() : id;
    const violations = identityViolations(typeOf(id), number, basis(sex, birth));
    if (valid === false) expect(violations).not.toEqual([]);
    else expect(violations).toEqual([]);
  });

  it('names what is wrong', () => {
    const check = (id: string) => codes(identityViolations('01', id, basis()));
    expect(check('371502200103150010')).toEqual(['identity-check-character@identityNumber']);
    expect(check('371502200102300014')).toEqual(['identity-birth-impossible@identityNumber']);
    expect(check('37150220020229001X')).toEqual(['identity-birth-impossible@identityNumber']);
    expect(check('371502209901010014')).toEqual(['identity-birth-in-future@identityNumber']);
    expect(check('371502010315001')).toEqual(['identity-first-generation@identityNumber']);
    expect(check('37150220010315001')).toEqual(['identity-malformed@identityNumber']);
  });
});

const person = fc.record({
  region: fc.integer({ min: 110101, max: 659999 }).map(String),
  birth: fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('1960-01-01', days)),
  sequence: fc.integer({ min: 1, max: 999 }).map((number) => String(number).padStart(3, '0')),
});

describe('Article 9: the number agrees with the person', () => {
  it('accepts every number that was made by the rule', () => {
    fc.assert(
      fc.property(person, ({ region, birth, sequence }) => {
        const sex = Number(sequence) % 2 === 1 ? '1' : '2';
        const number = identityNumber(region, birth, sequence);
        expect(identityViolations('01', number, { sex, birthDate: birth, on: TODAY })).toEqual([]);
      }),
    );
  });

  it('notices every single changed digit and every exchange of neighbours', () => {
    const changes = fc.record({ person, at: fc.nat(16), by: fc.integer({ min: 1, max: 9 }), swap: fc.boolean() });
    fc.assert(
      fc.property(changes, ({ person: { region, birth, sequence }, at, by, swap }) => {
        const number = identityNumber(region, birth, sequence);
        const digits = [...number];
        const here = digits[at] ?? '';
        const next = digits[at + 1] ?? '';
        if (swap && at < 16 && here !== next) [digits[at], digits[at + 1]] = [next, here];
        else digits[at] = String((Number(here) + by) % 10);
        expect(identityViolations('01', digits.join(''), { sex: '', birthDate: '', on: TODAY })).not.toEqual([]);
      }),
    );
  });

  it('compares sex and birth date, and says both values', () => {
    const number = identityNumber('371502', '2004-03-15', '001');
    const violations = identityViolations('01', number, { sex: '2', birthDate: '2004-03-16', on: TODAY });
    expect(violations).toMatchObject([
      { code: 'identity-birth-mismatch', path: 'birthDate', found: '2004-03-16', expected: '2004-03-15' },
      { code: 'identity-sex-mismatch', path: 'sex', found: '2 女性', expected: '1 男性' },
    ]);
  });

  it.each([
    ['0', '0 未知的性别'],
    ['9', '9 未说明的性别'],
  ])('refuses sex %s against a number that says the sex by its 17th digit', (sex, found) => {
    for (const [sequence, expected] of [
      ['001', '1 男性'],
      ['002', '2 女性'],
    ] as const) {
      const number = identityNumber('371502', '2004-03-15', sequence);
      const [wrong, ...more] = identityViolations('01', number, { sex, birthDate: '2004-03-15', on: TODAY });
      expect(wrong).toMatchObject({ code: 'identity-sex-mismatch', path: 'sex', article: '9', found, expected });
      expect(wrong?.message).toContain('第十七位');
      expect(wrong?.messageEn).toContain('17th digit');
      expect(more).toEqual([]);
    }
  });

  it('compares no sex that is empty or no code, and none with a document that does not say it', () => {
    const number = identityNumber('371502', '2004-03-15', '001');
    for (const sex of ['', '男', 'toString', '3'])
      expect(identityViolations('01', number, { sex, birthDate: '2004-03-15', on: TODAY })).toEqual([]);
    for (const sex of ['0', '9']) {
      expect(identityViolations('passport', 'AB1234567', basis(sex))).toEqual([]);
      expect(identityViolations('foreigner-permanent-residence', 'PAK110012345678', basis(sex))).toEqual([]);
    }
  });

  it('agrees with exactly one code of the table', () => {
    fc.assert(
      fc.property(person, fc.constantFrom('0', '1', '2', '9'), ({ region, birth, sequence }, sex) => {
        const number = identityNumber(region, birth, sequence);
        const own = Number(sequence) % 2 === 1 ? '1' : '2';
        const found = codes(identityViolations('01', number, { sex, birthDate: birth, on: TODAY }));
        expect(found).toEqual(sex === own ? [] : ['identity-sex-mismatch@sex']);
      }),
    );
  });
});

describe('Article 8(1): other documents', () => {
  it('knows residence permits from identity cards', () => {
    const permit = identityNumber('820000', '2001-01-01', '002');
    expect(identityViolations('hmt-residence-permit', permit, basis('2', '20010101'))).toEqual([]);
    expect(codes(identityViolations('01', permit, basis()))).toEqual(['identity-malformed@identityNumber']);
  });

  it('takes both permanent residence cards', () => {
    const number = identityNumber('911840', '1999-05-06', '003');
    expect(identityViolations('foreigner-permanent-residence', number, basis('1', '19990506'))).toEqual([]);
    expect(identityViolations('foreigner-permanent-residence', 'PAK110012345678', basis())).toEqual([]);
  });

  it('warns of an unusual passport and never refuses it', () => {
    expect(identityViolations('passport', 'AB 12', basis())).toEqual([]);
    expect(codes(identityNotices('passport', 'AB 12'))).toEqual(['identity-pattern-unusual@identityNumber']);
    expect(identityNotices('passport', 'AB1234567')).toEqual([]);
  });
});

describe('Article 21: masks', () => {
  it.each([
    [maskIdentityNumber, '371502200403150011', '3****************1'],
    [maskIdentityNumber, 'AB1234567', 'A*******7'],
    [maskPhone, '13800138000', '138****8000'],
    [maskEmail, 'zhangsan@lcu.edu.cn', 'z***@lcu.edu.cn'],
    [maskName, '张三', '张*'],
    [maskName, '欧阳修', '欧*修'],
    [maskName, '𬭼三', '𬭼*'],
  ])('%o hides the middle', (mask, plain, masked) => {
    expect(mask(plain)).toBe(masked);
  });

  it('never shows a whole value', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Za-z@]{1,30}$/), (text) => {
        for (const mask of [maskIdentityNumber, maskPhone, maskEmail, maskName]) expect(mask(text)).not.toBe(text);
      }),
    );
  });
});
