// Every way a rule can be broken is used, cites an article and speaks both languages.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VIOLATION_CODES } from '../../src/regulation/violation-codes.ts';
import { violation } from '../../src/regulation/violations.ts';
import { isKeyOf, keysOf } from '../../src/regulation/vocabulary.ts';

const SOURCES = join(import.meta.dirname, '../../src');
const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.includes('violation-codes') && !path.startsWith('generated'))
  .map((path) => readFileSync(join(SOURCES, path), 'utf8'))
  .join('\n');

const HAN = /\p{Script=Han}/u;

describe.each(keysOf(VIOLATION_CODES))('%s', (code) => {
  const { article, zh, en } = VIOLATION_CODES[code];

  it('is used', () => {
    expect(sources.includes(`'${code}'`)).toBe(true);
  });

  it('cites an article', () => {
    expect(article).toMatch(/^(?:学位法 )?\d{1,2}(?:\(\d\))?$/);
  });

  it('is a sentence in both languages, unmixed', () => {
    expect(zh).toMatch(/。$/);
    expect(en).toMatch(/^[A-Z{].*\.$/);
    expect(HAN.test(en)).toBe(false);
    // Names of formats and software have no Chinese form.
    const foreign = zh.replace(/\{label\}|PDF|CSV|XLSX|ZIP|UTF-8|GB 18030/g, '').match(/[A-Za-z]{2,}/g);
    expect(foreign).toBeNull();
  });
});

it('a violation puts the label into both sentences and leaves out what is not known', () => {
  const found = violation('field-missing', 'name', { label: { zh: '姓名', en: 'name' } });
  expect(found).toEqual({
    code: 'field-missing',
    path: 'name',
    article: '8',
    message: '缺少必填项“姓名”。',
    messageEn: 'The mandatory field name is missing.',
  });
  expect(violation('field-missing', 'name', { article: '8(1)', found: '' })).toMatchObject({
    article: '8(1)',
    found: '',
  });
  expect(isKeyOf(VIOLATION_CODES, 'toString')).toBe(false);
});
