// Passwords, tokens and codes that are handed out.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashPassword, passwordProblems, verifyAgainstNobody, verifyPassword } from '../../src/secrecy/passwords.ts';
import { hashToken, newToken, newVerificationCode, normalizeVerificationCode } from '../../src/secrecy/tokens.ts';

describe('passwords', () => {
  test('are argon2id at the recommended cost, salted, and verify', async () => {
    const [one, two] = await Promise.all([hashPassword('灯塔 ferry 19 km'), hashPassword('灯塔 ferry 19 km')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await verifyPassword('灯塔 ferry 19 km', one)).toBe(true);
    expect(await verifyPassword('灯塔 ferry 19 kn', one)).toBe(false);
  });

  test('typed with full-width letters are the same', async () => {
    expect(await verifyPassword('ｆｅｒｒｙ 19 km', await hashPassword('ferry 19 km'))).toBe(true);
  });

  test('never throw for what is no hash, and never match', async () => {
    for (const hash of ['', 'x', '$argon2id$v=19$m=19456,t=2,p=1$x$y'])
      expect(await verifyPassword('a', hash)).toBe(false);
    expect(await verifyPassword('', await hashPassword('x'))).toBe(false);
    expect(await verifyPassword('x'.repeat(5000), await hashPassword(''))).toBe(false);
  });

  test('of nobody are never right, and the hash of nobody is one that is really computed', async () => {
    for (const password of ['', 'x', 'correct horse battery']) expect(await verifyAgainstNobody(password)).toBe(false);
    const { verify } = await import('@node-rs/argon2');
    const nobody = `$argon2id$v=19$m=19456,t=2,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;
    // Resolves instead of throwing: the work was done.
    expect(await verify(nobody, 'x')).toBe(false);
  });

  test('all that is wrong with a new one is told at once, in both languages', () => {
    const codes = (password: string, name = 'zhangsan') =>
      passwordProblems(password, { name }).map((problem) => problem.code);
    expect(codes('灯塔 ferry 19 km')).toEqual([]);
    expect(codes('灯塔渡轮十九公里外的海风与月')).toEqual([]);
    expect(codes('short')).toEqual(['too-short']);
    expect(codes('x7'.repeat(80))).toEqual(['too-long', 'too-simple']);
    expect(codes('ZhangSan likes tea')).toEqual(['contains-name']);
    expect(codes('aaaaaaaaaaaa')).toEqual(['too-simple']);
    expect(codes('abcdefghijkl')).toEqual(['too-simple']);
    expect(codes('123456789012')).toEqual(['too-simple']);
    expect(codes('MyPassword2026')).toEqual(['common']);
    expect(codes('')).toContain('too-short');
    for (const problem of passwordProblems('zhangsan', { name: 'zhangsan' })) {
      expect(problem.zh).toMatch(/\p{Script=Han}/u);
      expect(problem.en).not.toMatch(/\p{Script=Han}/u);
    }
  });
});

describe('tokens', () => {
  test('are 256 random bits, found again by their hash only', () => {
    const { token, hash } = newToken();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(hash).toBe(createHash('sha256').update(token).digest('base64url'));
    expect(hashToken(token)).toBe(hash);
    expect(new Set(Array.from({ length: 1000 }, () => newToken().token)).size).toBe(1000);
  });
});

describe('verification codes', () => {
  const codes = Array.from({ length: 300 }, newVerificationCode);

  test('have no look-alikes and are all different', () => {
    for (const code of codes) expect(code).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/);
    expect(new Set(codes).size).toBe(300);
  });

  test('are known again however they are typed', () => {
    for (const code of codes) {
      const bare = code.replaceAll('-', '');
      const wide = [...code.toLowerCase()].map((char) =>
        char === '-' ? '－' : String.fromCharCode(char.charCodeAt(0) + 0xfee0),
      );
      for (const typed of [
        code,
        bare,
        ` ${code.toLowerCase()} `,
        code.replaceAll('-', '–'),
        code.replaceAll('-', ' '),
        wide.join(''),
      ]) {
        expect(normalizeVerificationCode(typed)).toBe(code);
      }
    }
  });

  test('with one wrong character or two swapped ones are no codes', () => {
    const [code = ''] = codes;
    const bare = [...code.replaceAll('-', '')];
    for (let at = 0; at < bare.length; at++) {
      for (const char of '23456789ABCDEFGHJKMNPQRSTUVWXYZ01IOL') {
        if (char === bare[at]) continue;
        expect(normalizeVerificationCode(bare.with(at, char).join(''))).toBe(null);
      }
      for (let other = at + 1; other < bare.length; other++) {
        const swapped = bare.with(at, bare[other] ?? '').with(other, bare[at] ?? '');
        if (bare[at] !== bare[other]) expect(normalizeVerificationCode(swapped.join(''))).toBe(null);
      }
    }
  });

  test('anything else is null, never an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const code = normalizeVerificationCode(text);
        expect(code === null || normalizeVerificationCode(code) === code).toBe(true);
      }),
    );
    expect(normalizeVerificationCode('2'.repeat(1_000_000))).toBe(null);
  });
});
