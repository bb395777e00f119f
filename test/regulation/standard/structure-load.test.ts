// Article 7: editions, code tables and mappings that an institution loads are held to rules before anything follows them.
import { describe, expect, it } from 'vitest';
import { isMappable, mappingViolations } from '../../../src/regulation/standard/code-mapping.ts';
import {
  ALWAYS_FROM,
  CODE_TABLE_TEMPLATE,
  codeTablePeriodViolations,
  compareCodeTable,
} from '../../../src/regulation/standard/code-table-load.ts';
import {
  CODE_TABLES,
  type CodeRow,
  type CodeTableName,
  indexCodes,
  lookUp,
  lookUpMapping,
  nearest,
  recoded,
} from '../../../src/regulation/standard/codes.ts';
import { dbfName, type Edition, editionKey, editionName, headerOf } from '../../../src/regulation/standard/edition.ts';
import { EDITION_TEMPLATE, editionRow, readEdition } from '../../../src/regulation/standard/edition-load.ts';
import { readHeader } from '../../../src/regulation/standard/editions.ts';
import { editionByKey, editionsOn, SHIPPED_EDITIONS } from '../../../src/regulation/standard/shipped-editions.ts';
import { readTextHeader, readTextRow, type TextHeader } from '../../../src/regulation/standard/text-columns.ts';
import type { Violation } from '../../../src/regulation/violations.ts';

const at = (violations: readonly Violation[]) => violations.map(({ code, path }) => `${code}@${path}`);

describe('Article 7: a new edition of a code table', () => {
  const load = (
    table: CodeTableName,
    rows: readonly (readonly string[])[],
    basis: { validFrom?: string; complete?: boolean; own?: readonly CodeRow[] } = {},
  ) => {
    const header = readTextHeader(
      CODE_TABLE_TEMPLATE.map(({ heading }) => heading),
      CODE_TABLE_TEMPLATE,
    ) as TextHeader<(typeof CODE_TABLE_TEMPLATE)[number]['key']>;
    const lines = rows.map((cells, place) => ({
      line: place + 2,
      row: readTextRow(header, cells, CODE_TABLE_TEMPLATE),
    }));
    return compareCodeTable(table, lines, { validFrom: '2026-07-01', complete: true, own: [], ...basis });
  };
  const SEX = [
    ['0', '未知的性别'],
    ['1', '男'],
    ['2', '女性'],
    ['5', '改变性别'],
  ];

  it('tells what is new, changed, ended and unchanged', () => {
    const { changes, violations } = load('sex', SEX);
    expect(violations).toEqual([]);
    expect(changes.map(({ kind, code, before }) => [kind, code, before])).toEqual([
      ['unchanged', '0', null],
      ['changed', '1', '男性'],
      ['unchanged', '2', null],
      ['new', '5', null],
      ['ended', '9', null],
    ]);
  });

  it('leaves to every day the meaning that it had', () => {
    const own = indexCodes(load('sex', SEX).entries);
    const days = ['2026-06-30', '2026-07-01'] as const;
    expect(days.map((on) => lookUp('sex', '1', on, own)?.name)).toEqual(['男性', '男']);
    expect(days.map((on) => lookUp('sex', '男性', on, own)?.code)).toEqual(['1', undefined]);
    expect(days.map((on) => lookUp('sex', '9', on, own)?.code)).toEqual(['9', undefined]);
    expect(days.map((on) => lookUp('sex', '改变性别', on, own)?.code)).toEqual([undefined, '5']);
    expect(days.map((on) => lookUp('sex', '女', on, own)?.code)).toEqual(['2', '2']);
  });

  it('loaded once more changes nothing, and a next edition goes on from it', () => {
    const first = load('sex', SEX);
    const again = load('sex', SEX, { own: first.entries });
    expect(again.changes.every(({ kind }) => kind === 'unchanged')).toBe(true);
    const next = load('sex', [...SEX.slice(0, 1), ['1', '男性'], ...SEX.slice(2)], {
      own: first.entries,
      validFrom: '2027-01-01',
    });
    const own = indexCodes(next.entries);
    expect(next.violations).toEqual([]);
    const days = ['2026-06-30', '2026-12-31', '2027-01-01'];
    expect(days.map((on) => lookUp('sex', '1', on, own)?.name)).toEqual(['男性', '男', '男性']);
    expect(days.map((on) => lookUp('sex', '9', on, own)?.code)).toEqual(['9', undefined, undefined]);
  });

  it('that only adds leaves the rest as it is', () => {
    const { changes, entries } = load('undergraduateDiscipline', [['080999T', '新工科']], { complete: false });
    expect(changes).toMatchObject([{ kind: 'new', code: '080999T' }]);
    const own = indexCodes(entries);
    expect(lookUp('undergraduateDiscipline', '080901', '2026-08-01', own)?.name).toBe('计算机科学与技术');
    expect(lookUp('undergraduateDiscipline', '080999T', '2026-06-30', own)).toBeNull();
  });

  it('says what replaces a code, and proposals follow it', () => {
    const { entries, recodings, violations, changes } = load(
      'undergraduateDiscipline',
      [
        ['080901', '计算机科学与技术', '', '', '080988'],
        ['080988', '计算机科学与技术'],
      ],
      { complete: false },
    );
    expect(violations).toEqual([]);
    expect(changes.map(({ kind }) => kind)).toEqual(['ended', 'new']);
    expect(recodings).toEqual([{ oldCode: '080901', newCode: '080988', validFrom: '2026-07-01' }]);
    const rows = recodings.map((row) => ({ codeTable: 'undergraduateDiscipline', ...row }));
    const own = indexCodes(entries, [], rows);
    expect(recoded('undergraduateDiscipline', '080901', '2026-07-01', own)?.code).toBe('080988');
    expect(recoded('undergraduateDiscipline', '080901', '2026-06-30', own)).toBeNull();
    expect(nearest('undergraduateDiscipline', '080901', '2026-07-01', own)[0]).toMatchObject({
      code: '080988',
      likeness: 1,
    });
  });

  it('the shipped recodings of 2026 are known', () => {
    expect(recoded('undergraduateDiscipline', '083201TK', '2026-06-20')).toMatchObject({ code: '140001TK' });
    expect(recoded('undergraduateDiscipline', '083201TK', '2026-04-27')).toBeNull();
    expect(nearest('undergraduateDiscipline', '101011t', '2026-06-20')[0]?.code).toBe('140007T');
  });

  it('is refused with every row that is wrong', () => {
    const { violations } = load('undergraduateDiscipline', [
      ['', '无代码'],
      ['08', '太短'],
      ['080101', ''],
      ['080102', '日期', '2026-13-01'],
      ['080103', '倒置', '2026-09-01', '2026-08-01'],
      ['080104', '甲'],
      ['080104', '乙'],
      ['080105', '丙', '', '', '080199'],
      ['080106', '丁', '', '', '080107'],
      ['080107', '戊', '', '', '080106'],
      ['080108', '\u0007'],
    ]);
    expect(at(violations)).toEqual([
      'code-row-malformed@rows[2].code',
      'code-row-malformed@rows[3].code',
      'code-row-malformed@rows[4].name',
      'code-row-period@rows[5].validFrom',
      'code-row-period@rows[6].validUntil',
      'code-row-malformed@rows[12].name',
      'code-row-period@rows[9].validUntil',
      'recoding-target-unknown@rows[9].recodedTo',
      'code-row-period@rows[10].validUntil',
      'code-row-period@rows[11].validUntil',
      'code-row-doubled@rows[8].code',
      'recoding-in-circle@rows[10].recodedTo',
      'recoding-in-circle@rows[11].recodedTo',
    ]);
  });

  it('does not begin before an earlier one', () => {
    expect(at(codeTablePeriodViolations('2026-06-30', '2026-07-01'))).toEqual(['code-table-before-earlier@validFrom']);
    expect(codeTablePeriodViolations('2026-07-01', '2026-07-01')).toEqual([]);
    expect(at(codeTablePeriodViolations('1899-12-31', null))).toEqual(['code-row-period@validFrom']);
    expect(ALWAYS_FROM).toBe('1900-01-01');
  });
});

describe('Article 7: mappings that officers decide', () => {
  const codes = indexCodes([], [{ id: 'm', codeTable: 'politicalStatus', value: '党员同志', code: '01' }]);

  it('give the code where no code or name is written', () => {
    expect(lookUpMapping('politicalStatus', '党员同志', '2026-06-20', codes)?.id).toBe('m');
    expect(lookUpMapping('politicalStatus', '党员', '2026-06-20', codes)).toBeNull();
  });

  it('are refused where they would change what is valid, or mean nothing', () => {
    const one = (value: string, code: string, codeTable = 'politicalStatus') => ({ codeTable, value, code });
    const wrong = [
      one('群众', '01'),
      one('13', '01'),
      one('某党', '77'),
      one('某党', '01', 'nothing'),
      one('', '01'),
      one('37150220040315', '01'),
      one('甲', '01'),
      one('甲', '02'),
      one('党员同志', '01'),
    ];
    expect(at(mappingViolations(wrong, codes))).toEqual([
      'mapping-value-is-code@mappings[0].value',
      'mapping-value-is-code@mappings[1].value',
      'mapping-code-unknown@mappings[2].code',
      'code-table-unknown@mappings[3].codeTable',
      'mapping-value-malformed@mappings[4].value',
      'mapping-value-malformed@mappings[5].value',
      'mapping-doubled@mappings[7].value',
      'mapping-unchanged@mappings[8].value',
    ]);
    expect(
      at(
        mappingViolations(
          Array.from({ length: 501 }, () => one('x', '01')),
          codes,
        ),
      ),
    ).toEqual(['too-many-mappings@mappings']);
  });

  it('may lead from a code that was replaced to the new one', () => {
    const mapping = { codeTable: 'undergraduateDiscipline', value: '083201TK', code: '140001TK' };
    expect(mappingViolations([mapping], codes)).toEqual([]);
    expect(isMappable('0502104TK')).toBe(true);
  });
});

describe('Article 7: editions that an institution loads', () => {
  const head = {
    ...{ id: 'bachelor-2024-06', zh: '学士', en: 'bachelor', source: '文件', validFrom: null, validUntil: null },
    categories: ['regular-bachelor'] as const,
  };
  const national = SHIPPED_EDITIONS[0] as Edition;
  const header = readTextHeader(
    EDITION_TEMPLATE.map(({ heading }) => heading),
    EDITION_TEMPLATE,
  ) as TextHeader<(typeof EDITION_TEMPLATE)[number]['key']>;
  const linesOf = (rows: readonly (readonly string[])[]) =>
    rows.map((cells, place) => ({ line: place + 2, row: readTextRow(header, cells, EDITION_TEMPLATE) }));
  const of = (columns: Edition['columns'], changes: Partial<Edition> = {}): Edition => ({
    ...national,
    ...{ key: editionKey('bachelor-2024-06', 1), version: 1, columns },
    ...changes,
  });

  it.each(SHIPPED_EDITIONS.map((edition) => [edition.id, edition] as const))(
    'the columns of %s, written as a table and read again, are the same',
    (_, edition) => {
      const { columns, violations } = readEdition(
        { ...head, id: edition.id, categories: edition.categories },
        linesOf(edition.columns.map(editionRow)),
      );
      expect(violations).toEqual([]);
      expect(columns.map(editionRow)).toEqual(edition.columns.map(editionRow));
      expect(columns.map(({ field, side }) => [field, side])).toEqual(
        edition.columns.map(({ field, side }) => [field, side]),
      );
    },
  );

  it('says every mistake at once', () => {
    const rows = [
      ['XM', '姓名'],
      ['XM', '曾用名', '空'],
      ['xb', '性别'],
      ['CSRQ', '出生日期', '', '', 'yyyyMM'],
      ['LWTM', '论文题目', '', '', '', '很长'],
      ['MZ', '民族', '', '汉字'],
      ['', '', '空'],
      ['ZZ', '籍贯', '籍贯地'],
      ['', '申请学位编号'],
      ['XM2', '姓名二', 'name'],
      ['KSH', '考生号', '', '', '', '40', '米', '也许'],
    ];
    const { violations } = readEdition(
      { ...head, id: 'Bad Id', zh: '', validFrom: '2026-02-30', categories: ['regular-bachelor'] },
      linesOf(rows),
    );
    const found = at(violations).filter((text) => !text.startsWith('edition-field-missing'));
    expect(found).toEqual([
      'edition-id-malformed@edition',
      'edition-text-malformed@name',
      'edition-period@validFrom',
      'edition-column-unknown-word@rows[4].mnemonic',
      'edition-column-unknown-word@rows[5].format',
      'edition-column-unknown-word@rows[6].maxLength',
      'edition-column-unknown-word@rows[7].form',
      'edition-column-unknown-word@rows[8].heading',
      'edition-column-unknown-word@rows[9].content',
      'edition-column-doubled@rows[11].content',
      'edition-column-unknown-word@rows[12].required',
      'edition-column-unknown-word@rows[12].measure',
      'edition-column-not-of-category@rows[10].content',
      'edition-column-doubled@rows[3].heading',
    ]);
    expect(at(violations)).toContain('edition-field-missing@columns');
    for (const id of ['vermilion-1', 'regular-bachelor', 'roster', '', 'a']) {
      expect(at(readEdition({ ...head, id }, linesOf(national.columns.map(editionRow))).violations)).toEqual([
        'edition-id-malformed@edition',
      ]);
    }
  });

  it('holds from its first day on, and every version can be named for good', () => {
    const loaded = of(national.columns, { validFrom: '2026-07-01' });
    const on = (day: string) => editionsOn([loaded], day).find(({ id }) => id === 'bachelor-2024-06')?.key;
    expect([on('2026-06-30'), on('2026-07-01')]).toEqual(['bachelor-2024-06', 'bachelor-2024-06@1']);
    expect(editionByKey('bachelor-2024-06', 'regular-bachelor', [loaded])?.version).toBe(0);
    expect(editionByKey('bachelor-2024-06@1', 'regular-bachelor', [loaded])?.version).toBe(1);
    expect(editionByKey('bachelor-2024-06@2', 'regular-bachelor', [loaded])).toBeNull();
  });

  it('is what a file is read by', () => {
    const { columns } = readEdition(head, linesOf([...national.columns.map(editionRow), ['HJ', '户籍地', '空']]));
    const loaded = of(columns);
    const match = readHeader(headerOf(loaded), 'regular-bachelor', editionsOn([loaded]));
    expect(match).toMatchObject({ edition: 'bachelor-2024-06@1', verified: true });
    expect(readHeader(headerOf(loaded), 'regular-bachelor')).toMatchObject([{ code: 'header-column-unknown' }]);
  });

  it('says of an unverified one that it is one', () => {
    const partial = SHIPPED_EDITIONS.filter(({ verified }) => !verified);
    expect(partial.map(({ id }) => id)).toEqual([
      'academic-master-partial',
      'professional-master-partial',
      'equivalent-education-master-partial',
    ]);
    for (const edition of partial) {
      expect(editionName(edition)).toMatch(/（未核实版本）$/);
      expect(readHeader(headerOf(edition), edition.categories[0] ?? 'academic-master')).toMatchObject({
        edition: edition.key,
        verified: false,
      });
    }
  });

  it('has DBF names of at most ten bytes, no two alike', () => {
    for (const { columns } of editionsOn([])) {
      const names = columns.map((column) => dbfName(column));
      expect(new Set(names).size).toBe(names.length);
      for (const name of names)
        expect([...name].reduce((sum, char) => sum + (char < '\u0080' ? 1 : 2), 0)).toBeLessThan(11);
    }
    expect(Object.keys(CODE_TABLES)).toHaveLength(14);
  });
});
