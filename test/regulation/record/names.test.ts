// Article 8(1): names of people as text.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameViolations, normalizeName } from '../../../src/regulation/record/names.ts';
import { codePointLabel, codePoints } from '../../../src/regulation/texts/code-points.ts';
import { runs } from '../../support/chance.ts';
import { codes } from '../samples.ts';

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
    ['Jose\u0301 Nguye\u0302\u0303n', 'José Nguyễn'],
    ['\u1100\u1161\u11a8', '각'],
    ['Ａ\u030a', 'Å'],
  ])('%s → %s', (raw, name) => {
    expect(normalizeName(raw)).toEqual({ name, raw });
  });

  it.each([
    ...['张三', '㛃𬭼', '阿依古丽·买买提', 'AHMED KHAN', 'O’Brien', "O'Brien", 'VAN-ANH', 'Martin Luther King Jr.'],
    ...['林〇〇', '佐々木', 'José Nguyễn', 'Ольга', 'محمد', 'सुनीता', 'လျှို့ဝှက်', '김민준', "'t Hooft", '\u{33479}'],
  ])('leaves %s alone', (name) => {
    expect(normalizeName(name)).toEqual({ name });
    expect(nameViolations(name, 'name')).toEqual([]);
  });

  it('normalises once and for all', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })) }),
        (raw) => {
          const { name } = normalizeName(raw);
          expect(normalizeName(name)).toEqual({ name });
        },
      ),
    );
  });
});

describe('Article 8(1): characters that other systems cannot read are refused with their code points', () => {
  it.each([
    ['张\ue863', 'name-private-use-character', 'U+E863 #2'],
    ['张\u{f0001}', 'name-private-use-character', 'U+F0001 #2'],
    ['张\ud842', 'name-broken-character', 'U+D842 #2'],
    ['𬭼?三?', 'name-replacement-character', 'U+003F #2 #4'],
    [`${'?'.repeat(9)}张`, 'name-replacement-character', 'U+003F #1 #2 #3 #4 #5 #6 #7 #8 …'],
    ['吕\n文超', 'name-line-break', 'U+000A #2'],
    ['吕\u2028文超', 'name-line-break', 'U+2028 #2'],
  ])('%j', (name, code, points) => {
    const [wrong, ...more] = nameViolations(name, 'name');
    expect(wrong).toMatchObject({ code, path: 'name', article: '8', found: points, expected: expect.any(String) });
    expect(more).toEqual([]);
  });

  const each = (...all: string[]) => all.map((character) => [codePointLabel(character), character] as const);
  const LOST = [
    '?',
    '？',
    '*',
    '＊',
    '〓',
    '□',
    '■',
    '▯',
    '\ufffd',
    '\ufffc',
    '⿰',
    '⿻',
    '\u2ffe',
    '\u31ef',
    '\u303e',
  ];
  const UNSEEN = [
    ...[
      '\u0007',
      '\t',
      '\u00ad',
      '\u034f',
      '\u061c',
      '\u115f',
      '\u1160',
      '\u17b4',
      '\u180b',
      '\u180e',
      '\u200b',
      '\u200d',
    ],
    ...[
      '\u202e',
      '\u2060',
      '\u2066',
      '\u2800',
      '\u3164',
      '\ufe00',
      '\ufe0f',
      '\ufeff',
      '\uffa0',
      '\u{e0001}',
      '\u{e0041}',
    ],
    ...['\u{e0100}', '\u{e01ef}', '\u{e0fff}', '\u{1d173}', '\ufff9'],
  ];
  const SIGNS = [
    ...[
      '1',
      '１',
      '²',
      '①',
      '+',
      '<',
      '"',
      '、',
      '，',
      ',',
      '(',
      '（',
      '×',
      '○',
      '●',
      '￥',
      '☺',
      '😀',
      '\u{1f1e8}',
      '\u20dd',
      '#',
    ],
    ...['\u{1fffe}', '\ufdd0', '\uffff', '\u{2ffff}', '\u{3fffe}', '\u0378', '\u{40000}', '\u{1fbff}', '⺝', '㊣', '_'],
  ];
  it.each([
    ...each(...LOST).map((one) => [...one, 'name-replacement-character'] as const),
    ...each(...UNSEEN).map((one) => [...one, 'name-control-character'] as const),
    ...each(...SIGNS).map((one) => [...one, 'name-character-not-allowed'] as const),
  ])('%s in a name, wherever it stands', (label, character, code) => {
    for (const [name, place] of [
      [`张${character}三`, 2],
      [`${character}张三`, 1],
      [`张三${character}`, 3],
      [`AL${character}I`, 3],
    ] as const)
      expect(nameViolations(name, 'name')).toMatchObject([{ code, found: `${label} #${place}` }]);
  });

  it('no character of a name is lost because it is younger than this program', () => {
    for (const young of ['\u{2fa20}', '\u{33480}', '\u{3fffd}']) {
      expect(nameViolations(`张${young}`, 'name')).toEqual([]);
      expect(nameViolations(young, 'name')).toEqual([]);
    }
  });

  it('what passes is letters, marks on letters, and the signs that join them', () => {
    const passes = /^(?=.*[\p{L}\u3007\u{20000}-\u{3fffd}])[\p{L}\p{Mn}\p{Mc}\u3007\u{20000}-\u{3fffd} \u00b7'’.-]+$/u;
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }), (raw) => {
        const { name } = normalizeName(raw);
        if (name !== '' && nameViolations(name, 'name').length === 0) expect(name).toMatch(passes);
      }),
      { numRuns: runs(500) },
    );
  });

  it('names each kind and the place of every character that was put in', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LOST, ...UNSEEN, ...SIGNS),
        fc.nat(6),
        fc.constantFrom('欧阳娜娜小明', 'AHMEDK', '𬭼𬭼𬭼𬭼𬭼𬭼'),
        (character, at, name) => {
          const all = [...name];
          const spoilt = [...all.slice(0, at), character, ...all.slice(at)].join('');
          const found = `${codePointLabel(character)} #${Math.min(at, 6) + 1}`;
          expect(nameViolations(spoilt, 'name')).toMatchObject([{ found }]);
        },
      ),
    );
  });

  it.each([
    ['·买买提', 'U+00B7 #1'],
    ['阿依古丽·', 'U+00B7 #5'],
    ['阿依古丽··买买提', 'U+00B7 #5'],
  ])('a loose middle dot: %s', (name, found) => {
    expect(nameViolations(name, 'name')).toMatchObject([{ code: 'name-dot-misplaced', found, article: '8' }]);
  });

  it.each([
    [`Z${'\u0300\u0301\u0302'.repeat(3)}`, 'U+0300 #2'],
    ['\u0301A', 'U+0301 #1'],
    ['A \u0301', 'U+0301 #3'],
  ])('marks without a letter or in a heap: %j', (name, found) => {
    expect(nameViolations(name, 'name')).toMatchObject([{ code: 'name-marks-misplaced', found }]);
  });

  it.each(['-', "'", '. .', '’'])('without a letter: %s', (name) => {
    expect(codes(nameViolations(name, 'name'))).toEqual(['name-without-letter@name']);
  });

  it('several supervisors stand in one field, several people in no other', () => {
    for (const names of ['韩梅；李雷', '韩梅、李雷', 'Li, Lei; Han', '韩梅（校内）；李雷（校外）']) {
      expect(nameViolations(names, 'supervisorName')).toEqual([]);
      expect(codes(nameViolations(names, 'name'))).toEqual(['name-character-not-allowed@name']);
    }
    const [wrong] = nameViolations('韩梅；李?', 'supervisorName');
    expect(wrong).toMatchObject({ code: 'name-replacement-character', found: 'U+003F #5' });
    expect(wrong?.expected).toContain('；');
  });

  it('digits are no name, a dot is none', () => {
    expect(codes(nameViolations('12345', 'name'))).toEqual(['name-character-not-allowed@name']);
    expect(codes(nameViolations('·', 'name'))).toEqual(['name-dot-misplaced@name', 'name-without-letter@name']);
  });

  it('a huge name is not gone through to its end', () => {
    const [first, second, ...more] = nameViolations('?'.repeat(1_000_000), 'name');
    expect([first?.code, second?.found, more]).toEqual(['name-replacement-character', '1000000', []]);
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
