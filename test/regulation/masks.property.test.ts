// Article 21: a mask never shows more than it declares, and no violation shows a whole identity number, wherever it was typed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/regulation/policy.ts';
import { maskEmail, maskIdentityNumber, maskPhone } from '../../src/regulation/record/identity.ts';
import { identityCheckCharacter } from '../../src/regulation/record/identity-check.ts';
import { hideIdentityNumbers } from '../../src/regulation/record/identity-text.ts';
import { masked } from '../../src/regulation/record/record-fields.ts';
import { FIELD_NAMES, FIELDS } from '../../src/regulation/standard/fields.ts';
import { violation } from '../../src/regulation/violations.ts';

/** Every character of its own, so that what a mask shows can be counted. */
const DISTINCT = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'];
const text = (least: number, most: number) =>
  fc.shuffledSubarray(DISTINCT, { minLength: least, maxLength: most }).map((letters) => letters.join(''));
/** How many characters of the plain value the mask shows. */
const shows = (plain: string, mask: string): number =>
  [...mask].filter((one) => one !== '*' && plain.includes(one)).length;

const identityNumber = fc
  .tuple(
    fc.integer({ min: 100000, max: 699999 }),
    fc.date({ min: new Date('1950-01-01'), max: new Date('2020-01-01'), noInvalidDate: true }),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(([region, birth, serial]) => {
    const first = `${region}${birth.toISOString().slice(0, 10).replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
    return `${first}${identityCheckCharacter(first)}`;
  });

describe('Article 21: masks', () => {
  it('an identity number shows its first character and its last, of four and fewer only the first', () => {
    fc.assert(
      fc.property(text(1, 30), (plain) => {
        const most = plain.length > 4 ? 2 : 1;
        expect(shows(plain, maskIdentityNumber(plain))).toBeLessThanOrEqual(most);
        expect(maskIdentityNumber(plain)).toContain('*');
      }),
    );
  });

  it('beside the birth date a masked identity number leaves more than a thousand times as many numbers as an hour of looks', () => {
    fc.assert(
      fc.property(identityNumber, (number) => {
        const mask = maskIdentityNumber(number);
        // Region and sequence, 5 + 3 digits, stay open; the check character leaves one in eleven of them.
        const open = [...mask].filter((one, at) => one === '*' && (at < 6 || at > 13)).length;
        expect(10 ** open / 11).toBeGreaterThan(1000 * DEFAULT_POLICY.revealsPerHour);
      }),
    );
  });

  it('a phone shows seven digits of eleven and more, two of shorter ones, none of four', () => {
    fc.assert(
      fc.property(text(1, 20), (plain) => {
        const most = plain.length >= 11 ? 7 : plain.length > 4 ? 2 : 0;
        expect(shows(plain, maskPhone(plain))).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('an e-mail shows one letter before the @, and none where there is only one', () => {
    fc.assert(
      fc.property(text(1, 20), (local) => {
        const [before = ''] = maskEmail(`${local}@lcu.edu.cn`).split('@');
        expect(shows(local, before)).toBe(local.length > 1 ? 1 : 0);
      }),
    );
    expect(maskEmail('a@b.cn')).toBe('***@b.cn');
    expect(maskEmail('nothing')).toBe('***');
  });

  it('every secret field has a mask', () => {
    const plain = '37150220040315001X@x';
    for (const name of FIELD_NAMES) expect(masked(name, plain) === plain, name).toBe(!FIELDS[name].secret);
  });

  it('an identity number is hidden in any text, and nothing else is', () => {
    const around = fc.stringMatching(/^[ ：，/.,\u4e00-\u9fa5]{0,8}$/);
    fc.assert(
      fc.property(around, identityNumber, around, (before, number, after) => {
        const hidden = hideIdentityNumbers(`${before}${number}${after}`);
        expect(hidden).toBe(`${before}${maskIdentityNumber(number)}${after}`);
        const told = violation('roster-mismatch', `photos/${number}.jpg`, { found: number, expected: `≠ ${number}` });
        expect(JSON.stringify(told)).not.toContain(number);
      }),
    );
    for (const other of [
      '1044742026000001',
      'a'.repeat(20),
      `0123456789012345678`,
      '371502200403150011abc',
      '2022000001',
    ]) {
      expect(hideIdentityNumbers(other)).toBe(other);
    }
  });
});
