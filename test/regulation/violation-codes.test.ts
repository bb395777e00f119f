// Every way a rule can be broken is used, cites an article and speaks both languages.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NOTHING_TO_SAY } from '../../src/regulation/texts/nothing-to-say.ts';
import { VIOLATION_CODES } from '../../src/regulation/violation-codes.ts';
import { violation } from '../../src/regulation/violations.ts';
import { isKeyOf, keysOf } from '../../src/regulation/vocabulary.ts';
import { violationCalls } from '../support/violation-calls.ts';

const SOURCES = join(import.meta.dirname, '../../src');
const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.includes('violation-codes') && !path.startsWith('generated'))
  .map((path) => ({ path, text: readFileSync(join(SOURCES, path), 'utf8') }));
// The list of those that say nothing uses none of them.
const sources = files
  .filter(({ path }) => !path.endsWith('nothing-to-say.ts'))
  .map(({ text }) => text)
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
  const label = { zh: '姓名', en: 'name' };
  const found = violation('field-missing', 'name', { label, expected: '1 … 40' });
  expect(found).toEqual({
    expected: '1 … 40',
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

describe('a refusal teaches: it says what was found or expected', () => {
  it('wherever one is made, unless there is nothing to say of it', () => {
    const silent = files.flatMap(({ path, text }) =>
      violationCalls(text).flatMap(({ code, tells }) =>
        tells || (code !== null && isKeyOf(NOTHING_TO_SAY, code)) ? [] : [`${path}: ${code}`],
      ),
    );
    expect(silent).toEqual([]);
  });

  it('and the list of those holds none that speaks somewhere, each with a reason', () => {
    const spoken = new Set(
      files.flatMap(({ text }) => violationCalls(text).filter((call) => call.tells)).map((call) => call.code),
    );
    for (const code of keysOf(NOTHING_TO_SAY)) {
      expect(spoken).not.toContain(code);
      expect(NOTHING_TO_SAY[code].split(' ').length, code).toBeGreaterThan(5);
    }
  });

  it.each([
    ["violation('a', 'b')", [{ code: 'a', tells: false }]],
    ["violation(code, 'b', { label })", [{ code: null, tells: false }]],
    ["[violation('a', 'b', { ...{ label, article: '6' } })]", [{ code: 'a', tells: false }]],
    ["violation('a', 'b', { ...{ found }, label })", [{ code: 'a', tells: true }]],
    ["f(violation('a', 'b', { expected: '1' }))", [{ code: 'a', tells: true }]],
    ["violation('a', 'b', details)", [{ code: 'a', tells: true }]],
    ["// violation('a', 'b')\nother('a', 'b')", []],
  ])('a call is read as what it is: %s', (text, calls) => {
    expect(violationCalls(text)).toMatchObject(calls);
    expect(violationCalls(text).length).toBe(calls.length);
  });

  it('and its place is an input of the API or a word of the register, never the column of an id', () => {
    const places = files.flatMap(({ path, text }) => violationCalls(text).map(({ place }) => ({ path, place })));
    expect(places.filter(({ place }) => /Ids?$|By$/.test(place ?? ''))).toEqual([]);
    expect(violationCalls("violation('a', 'records.batchId', x)").map(({ place }) => place)).toEqual(['batchId']);
  });

  it('and the compiler asks for it, also where the code is decided at run time', () => {
    const code = 'links-for-nobody' as 'links-for-nobody' | 'link-unknown';
    // @ts-expect-error nothing was found or expected
    expect(violation('links-for-nobody', 'links').found).toBeUndefined();
    // @ts-expect-error one of the two codes has something to say
    expect(violation(code, 'links', { article: '6' }).article).toBe('6');
  });
});
