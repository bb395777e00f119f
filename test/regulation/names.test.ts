// Article 8(1): names of people as text.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePoints, nameViolations, normalizeName } from '../../src/regulation/names.ts';
import { codes } from './samples.ts';

describe('Article 8(1): names are normalised, the raw text is kept', () => {
  it.each([
    ['阿依古丽•买买提', '阿依古丽·买买提'],
    ['阿依古丽・买买提', '阿依古丽·买买提'],
    ['阿依古丽‧买买提', '阿依古丽·买买提'],
    ['阿依古丽．买买提', '阿依古丽·买买提'],
    ['阿依古丽 · 买买提', '阿依古丽·买买提'],
    ['\u2f00一', '一一'],
    ['张　三', '张三'],
    [' 张三 ', '张三'],
    ['ＡＨＭＥＤ　KHAN', 'AHMED KHAN'],
  ])('%s → %s', (raw, name) => {
    expect(normalizeName(raw)).toEqual({ name, raw });
  });

  it.each(['张三', '㛃𬭼', '阿依古丽·买买提', 'AHMED KHAN', 'O’Brien'])('leaves %s alone', (name) => {
    expect(normalizeName(name)).toEqual({ name });
    expect(nameViolations(name, 'name')).toEqual([]);
  });

  it('normalises once and for all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (raw) => {
        const { name } = normalizeName(raw);
        expect(normalizeName(name)).toEqual({ name });
      }),
    );
  });
});

describe('Article 8(1): characters that other systems cannot read are refused with their code points', () => {
  it.each([
    ['张?', 'name-replacement-character', 'U+003F'],
    ['张？', 'name-replacement-character', 'U+FF1F'],
    ['张\ufffd', 'name-replacement-character', 'U+FFFD'],
    ['张\ue863', 'name-private-use-character', 'U+E863'],
    ['张\u{f0001}', 'name-private-use-character', 'U+F0001'],
    ['张\u0007', 'name-control-character', 'U+0007'],
    ['张\u200b三', 'name-control-character', 'U+200B'],
    ['张\ud842', 'name-broken-character', 'U+D842'],
  ])('%j', (name, code, points) => {
    expect(nameViolations(name, 'name')).toMatchObject([{ code, path: 'name', found: points }]);
  });

  it('says each kind once', () => {
    expect(codes(nameViolations('?\ue000?\ue001', 'supervisorName'))).toEqual([
      'name-replacement-character@supervisorName',
      'name-private-use-character@supervisorName',
    ]);
  });

  it('counts code points, not units', () => {
    expect(codePoints('𬭼𬭼三')).toBe(3);
    expect(nameViolations('𬭼'.repeat(40), 'name')).toEqual([]);
    expect(nameViolations('𬭼'.repeat(41), 'name')).toMatchObject([
      { code: 'name-too-long', found: '41', expected: '≤ 40' },
    ]);
    expect(nameViolations('王'.repeat(41), 'name')).toHaveLength(1);
  });
});
