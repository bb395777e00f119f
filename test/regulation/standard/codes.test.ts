// Article 7: the code tables as data, looked up by code and name, on a day.
import { describe, expect, it } from 'vitest';
import type { CodeTableName } from '../../../src/regulation/standard/codes.ts';
import {
  CODE_TABLES,
  entriesOf,
  indexCodes,
  lookUp,
  nearest,
  proposals,
  refusesUnlisted,
} from '../../../src/regulation/standard/codes.ts';
import type { CodeTable } from '../../../src/regulation/standard/tables/code-entry.ts';
import { keysOf } from '../../../src/regulation/vocabulary.ts';

const ON = '2026-06-21';

describe('Article 7: the tables', () => {
  it.each<[CodeTableName, number]>([
    ['sex', 4],
    ['ethnicity', 58],
    ['politicalStatus', 13],
    ['country', 249],
    ['graduateDiscipline', 117 + 67 + 31 + 5],
    ['thesisTopicSource', 15],
  ])('%s is whole', (name, size) => {
    expect(CODE_TABLES[name].entries).toHaveLength(size);
  });

  it.each(keysOf(CODE_TABLES))('%s: every code is one text, and means one name on a day', (name) => {
    for (const { code, name: text } of CODE_TABLES[name].entries) {
      expect(code).toMatch(/^[0-9A-Za-z.-]+$/);
      expect(text.trim()).toBe(text);
      expect(text).not.toBe('');
      const valid = entriesOf(name, code).filter(
        (entry) => entry.code === code && (entry.validFrom ?? '') <= ON && ON <= (entry.validUntil ?? '9'),
      );
      expect(valid.length, code).toBeLessThanOrEqual(1);
    }
  });

  it.each(keysOf(CODE_TABLES))('%s: no code is the name of another', (name) => {
    const { entries }: CodeTable = CODE_TABLES[name];
    const codes = new Set(entries.map(({ code }) => code));
    for (const entry of entries)
      for (const alias of entry.aliases ?? []) if (codes.has(alias)) expect(alias).toBe(entry.code);
  });
});

describe('Article 7: looking up', () => {
  it.each<[CodeTableName, string, string, string]>([
    ['sex', '男', '1', '男性'],
    ['sex', '男性', '1', '男性'],
    ['ethnicity', '乌孜别克族', '43', '乌孜别克族'],
    ['country', '中国台湾', '158', '中国台湾'],
    ['country', 'HK', '344', '中国香港'],
    ['country', 'MAC', '446', '中国澳门'],
    ['country', '156', '156', '中国'],
    ['country', '巴基斯坦', '586', '巴基斯坦'],
    ['degreeCategory', '工学学士', '408', '工学学士学位'],
    ['degreeCategory', '电子信息硕士', '30854', '电子信息硕士专业学位'],
    ['graduateDiscipline', '0301', '0301', '法学'],
    ['lengthOfStudy', '四年', '4', '4年'],
    ['outcomeType', '毕业设计', 'BS', '毕业设计'],
    ['thesisTopicSource', '国家重点研发计划项目', '02', '国家重点研发计划项目'],
  ])('%s %s', (table, text, code, name) => {
    expect(lookUp(table, text, ON)).toMatchObject({ code, name });
  });

  it('never takes a near miss for the thing', () => {
    for (const text of ['中共党员', '团员']) expect(lookUp('politicalStatus', text, ON)).toBeNull();
    for (const text of ['台湾', '香港', '中华民国']) expect(lookUp('country', text, ON)).toBeNull();
    expect(lookUp('ethnicity', '', ON)).toBeNull();
  });

  it('judges by the day', () => {
    expect(lookUp('undergraduateDiscipline', '083201TK', '2026-04-27')).toMatchObject({ name: '未来机器人' });
    expect(lookUp('undergraduateDiscipline', '083201TK', '2026-04-28')).toBeNull();
    expect(lookUp('undergraduateDiscipline', '未来机器人', '2026-04-28')).toMatchObject({ code: '140001TK' });
    expect(lookUp('undergraduateDiscipline', '140001TK', '2026-04-27')).toBeNull();
    expect(lookUp('thesisTopicSource', '02', '2024-05-31')).toMatchObject({ name: '973、863项目' });
  });
});

describe('Article 9: proposals for a person to choose from', () => {
  it.each<[CodeTableName, string, string]>([
    ['politicalStatus', '中共党员', '中国共产党党员'],
    ['politicalStatus', '农公党', '中国农工民主党党员'],
    ['politicalStatus', '团员', '中国共产主义青年团团员'],
    ['ethnicity', '乌兹别克族', '乌孜别克族'],
    ['ethnicity', '维族', '维吾尔族'],
    ['sex', '男', '男性'],
    ['country', '台湾', '中国台湾'],
    ['thesisTopicSource', '国家自然科学基金', '国家自然科学基金项目'],
  ])('%s: %s → %s', (table, text, first) => {
    expect(nearest(table, text)[0]?.name).toBe(first);
  });

  it('proposes nothing for nonsense', () => {
    expect(nearest('politicalStatus', '##########')).toEqual([]);
    expect(nearest('politicalStatus', ' ')).toEqual([]);
    expect(proposals('sex', '火星')).toBeUndefined();
  });
});

describe('Article 7: an institution’s own edition', () => {
  const row = { codeTable: 'politicalStatus', validFrom: '2020-01-01', validUntil: null };
  const own = indexCodes([
    { ...row, code: '01', name: '中共党员' },
    { ...row, code: '077', name: '旧名', validUntil: '2020-12-31' },
    { ...row, codeTable: 'nothing', code: '1', name: 'x' },
  ]);

  it('is found first, and keeps an officer’s mapping', () => {
    expect(lookUp('politicalStatus', '中共党员', ON, own)).toMatchObject({ code: '01' });
    expect(lookUp('politicalStatus', '中共党员', '2019-12-31', own)).toBeNull();
    expect(lookUp('politicalStatus', '077', ON, own)).toBeNull();
    expect(lookUp('politicalStatus', '群众', ON, own)).toMatchObject({ code: '13' });
  });

  it('makes an incomplete table refuse what it does not list', () => {
    expect(refusesUnlisted('undergraduateDiscipline', '080999T')).toBe(false);
    expect(refusesUnlisted('undergraduateDiscipline', '150999T')).toBe(true);
    const loaded = indexCodes([{ ...row, codeTable: 'undergraduateDiscipline', code: '080999T', name: '新专业' }]);
    expect(refusesUnlisted('undergraduateDiscipline', '080998T', loaded)).toBe(true);
  });
});
