// Article 11(7): a layout of a certificate, judged as data.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLayout, layoutOf } from '../../../src/regulation/templates/certificate-defaults.ts';
import { judgeLayout } from '../../../src/regulation/templates/certificate-layout-rules.ts';
import { piecesOf } from '../../../src/regulation/templates/certificate-placeholders.ts';
import { CATEGORIES, type Category, keysOf } from '../../../src/regulation/vocabulary.ts';
import { runs } from '../../support/chance.ts';
import { codes } from '../samples.ts';

const EXAMPLE = new URL('../../../docs/certificate-layout.example.json', import.meta.url);
const example = () => JSON.parse(readFileSync(EXAMPLE, 'utf8'));

const judge = (layout: unknown, categories: readonly Category[] = ['regular-bachelor']) =>
  judgeLayout(layout, { categories, unprintable: (text) => [...text].filter((one) => one === '\u{2a6a5}') });
const found = (layout: unknown, categories?: readonly Category[]) => codes([...judge(layout, categories).violations]);

/** The example with one thing in it changed: a member by its path, deleted when the value is undefined. */
function changed(path: string, value: unknown) {
  const layout = example();
  const names = path.split('.');
  const last = names.pop() ?? '';
  const at = names.reduce((part, name) => part[name], layout);
  if (value === undefined) delete at[last];
  else at[last] = value;
  return layout;
}

describe('Article 11(7): sound layouts', () => {
  it('the example of the documentation is one, and reading it again changes nothing', () => {
    const { layout, violations } = judge(example());
    expect(violations).toEqual([]);
    expect(judge(layout)).toMatchObject({ layout, violations: [] });
  });

  it.each(keysOf(CATEGORIES))('our own layout for %s is one', (category) => {
    const layout = defaultLayout({ level: CATEGORIES[category].level, categories: [category] });
    expect(judge(layout, [category]).violations).toEqual([]);
  });

  it.each(['bachelor', 'master'] as const)('our own layout for all categories of a %s is one', (level) => {
    const categories = keysOf(CATEGORIES).filter((category) => CATEGORIES[category].level === level);
    expect(judge(defaultLayout({ level, categories }), categories).violations).toEqual([]);
  });

  it('a template from before layouts had rules has ours', () => {
    const basis = { level: 'bachelor', categories: ['regular-bachelor'] } as const;
    expect(layoutOf({ ...basis, layout: {} })).toEqual(defaultLayout(basis));
    expect(layoutOf({ ...basis, layout: { paper: 'A4', orientation: 'landscape' } })).toEqual(defaultLayout(basis));
    expect(layoutOf({ ...basis, layout: example() })).toEqual(judge(example()).layout);
  });

  it('what is left out is filled in: no shrinking, one line, flush left', () => {
    const layout = changed('fields.0', { text: '学', x: 20, y: 10, width: 40, face: 'song', size: 20 });
    expect(judge(layout).layout.fields[0]).toMatchObject({
      ...{ minSize: 20, align: 'left', letterSpacing: 0, lines: 1, lineHeight: 30, indent: 0, height: 10.59 },
    });
  });
});

const field = (changes: object) => ({ text: '学', x: 20, y: 10, width: 40, face: 'song', size: 20, ...changes });

describe('Article 11(7): what makes a layout impossible', () => {
  it.each<[string, string, unknown, string[]]>([
    ['another format', 'format', 'vermilion-certificate/2', ['certificate-layout-malformed@layout.format']],
    ['a member of another name', 'sael', {}, ['certificate-layout-unknown-property@layout.sael']],
    ['a page as wide as a door', 'page.width', 900, ['certificate-layout-out-of-range@layout.page.width']],
    [
      'width and height exchanged',
      'page.orientation',
      'portrait',
      ['certificate-layout-malformed@layout.page.orientation'],
    ],
    [
      'a background that is no digest',
      'background',
      { fileDigest: 'x' },
      ['certificate-layout-malformed@layout.background.fileDigest'],
    ],
    [
      'a text in points of no number',
      'fields.0',
      field({ size: '20' }),
      ['certificate-layout-malformed@layout.fields[0].size'],
    ],
    [
      'a text in type of 200',
      'fields.0',
      field({ size: 200 }),
      ['certificate-layout-out-of-range@layout.fields[0].size'],
    ],
    [
      'a misspelt member of a text',
      'fields.0',
      field({ colour: 'red' }),
      ['certificate-layout-unknown-property@layout.fields[0].colour'],
    ],
    [
      'an unknown typeface',
      'fields.0',
      field({ face: 'comic' }),
      ['certificate-layout-malformed@layout.fields[0].face'],
    ],
    [
      'type that grows',
      'fields.0',
      field({ minSize: 30 }),
      ['certificate-layout-out-of-range@layout.fields[0].minSize'],
    ],
    [
      'lines that touch',
      'fields.0',
      field({ lineHeight: 20 }),
      ['certificate-layout-out-of-range@layout.fields[0].lineHeight'],
    ],
    ['half a line', 'fields.0', field({ lines: 1.5 }), ['certificate-layout-malformed@layout.fields[0].lines']],
    [
      'a box lower than its lines',
      'fields.0',
      field({ height: 5 }),
      ['certificate-layout-out-of-range@layout.fields[0].height'],
    ],
    ['an empty text', 'fields.0', field({ text: ' ' }), ['certificate-layout-malformed@layout.fields[0].text']],
    [
      'a text of 501',
      'fields.0',
      field({ text: '学'.repeat(501) }),
      ['certificate-layout-out-of-range@layout.fields[0].text'],
    ],
    [
      'a character that no font has',
      'fields.0',
      field({ text: '学\u{2a6a5}' }),
      ['certificate-layout-unprintable@layout.fields[0].text'],
    ],
    [
      'an unknown placeholder',
      'fields.0',
      field({ text: '{nmae}' }),
      ['certificate-layout-unknown-field@layout.fields[0].text'],
    ],
    ['a brace alone', 'fields.0', field({ text: '学{' }), ['certificate-layout-unknown-field@layout.fields[0].text']],
    [
      'a secret',
      'fields.0',
      field({ text: '{identityNumber}' }),
      ['certificate-layout-unknown-field@layout.fields[0].text'],
    ],
    [
      'a text beyond the right edge',
      'fields.0',
      field({ x: 260 }),
      ['certificate-layout-outside-page@layout.fields[0].x'],
    ],
    ['a text on the rim', 'fields.0', field({ y: 2 }), ['certificate-layout-outside-page@layout.fields[0].y']],
    ['a seal of 60 mm', 'seal.diameter', 60, ['certificate-layout-out-of-range@layout.seal.diameter']],
    ['a seal on the photo', 'seal', { x: 40, y: 60, diameter: 42 }, ['certificate-layout-overlap@layout.seal']],
    ['a code below the page', 'qr', { x: 250, y: 200, size: 20 }, ['certificate-layout-outside-page@layout.qr.y']],
    [
      'a list of fields that is none',
      'fields',
      {},
      [
        'certificate-layout-malformed@layout.fields',
        ...Array(6).fill('certificate-layout-field-missing@layout.fields'),
      ],
    ],
  ])('%s', (_, path, value, expected) => {
    expect(found(changed(path, value))).toEqual(expected);
  });

  it.each([null, [], 'layout', 7, undefined])('%j instead of a layout', (json) => {
    expect(found(json)).toContain('certificate-layout-malformed@layout');
  });

  it('a field that a category of the template does not have', () => {
    const master = JSON.stringify(changed('fields.0', field({ text: '{graduationMonth}', width: 100 })));
    const layout = JSON.parse(master.replace('{lengthOfStudy}', '三年'));
    const categories = ['academic-master', 'equivalent-education-master'] as const;
    expect(found(layout, categories)).toEqual(['certificate-layout-field-of-other-category@layout.fields[0].text']);
    expect(judge(layout, categories).violations[0]).toMatchObject({ found: '{graduationMonth} 同等学力硕士' });
    expect(found(layout, ['academic-master'])).toEqual([]);
  });

  it('a name in type that needs a glass', () => {
    const layout = changed('fields.0', field({ text: '{name}', minSize: 6 }));
    expect(found(layout)).toEqual(['certificate-layout-out-of-range@layout.fields[0].minSize']);
  });

  it('each of the six things that every certificate must say', () => {
    for (const word of [
      'name',
      'degreeName',
      'disciplineName',
      'certificateNumber',
      'conferralDate',
      'institutionName',
    ]) {
      const layout = JSON.parse(JSON.stringify(example()).replaceAll(`{${word}}`, '学'));
      const { violations } = judge(layout);
      expect(codes([...violations])).toEqual(['certificate-layout-field-missing@layout.fields']);
      expect(violations[0]?.expected).toContain(`{${word}}`);
    }
    const inFigures = JSON.parse(JSON.stringify(example()).replaceAll('{conferralDate}', '{conferralDateInFigures}'));
    expect(found(inFigures)).toEqual([]);
  });

  it('everything is said at once, by the place in the given list', () => {
    const layout = {
      ...example(),
      page: { width: 297, height: 210 },
      fields: ['x', field({ x: 1, size: 'big', text: '{no}' })],
    };
    expect(found(layout)).toEqual(
      expect.arrayContaining([
        'certificate-layout-malformed@layout.page.orientation',
        'certificate-layout-malformed@layout.fields[0]',
        'certificate-layout-malformed@layout.fields[1].size',
        'certificate-layout-outside-page@layout.fields[1].x',
        'certificate-layout-unknown-field@layout.fields[1].text',
        'certificate-layout-field-missing@layout.fields',
      ]),
    );
  });
});

describe('Any JSON', () => {
  it('is judged without a mistake, and what passes has only finite numbers', () => {
    const near = fc.record(
      {
        format: fc.constantFrom('vermilion-certificate/1', 'x'),
        page: fc.record({
          width: fc.double(),
          height: fc.double(),
          orientation: fc.constantFrom('portrait', 'landscape', 1),
        }),
        fields: fc.array(
          fc.record({ text: fc.string(), x: fc.double(), y: fc.double(), size: fc.double() }, { requiredKeys: [] }),
        ),
        photo: fc.jsonValue(),
        seal: fc.record({ x: fc.double(), y: fc.double(), diameter: fc.double() }),
        qr: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), near), (json) => {
        const { layout, violations } = judge(json);
        for (const { path, message, messageEn } of violations) expect([path, message, messageEn]).not.toContain('');
        if (violations.length === 0) expect(JSON.parse(JSON.stringify(layout))).toEqual(layout);
      }),
      { numRuns: runs(500) },
    );
  });

  it('a text is the same when its pieces are put together again', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', 'a', '学', ' ') }), (text) => {
        const pieces = piecesOf(text);
        const joined = pieces.map((piece) =>
          'text' in piece ? piece.text : /^[{}]/.test(piece.word) ? piece.word : `{${piece.word}}`,
        );
        expect(joined.join('')).toBe(text);
      }),
    );
  });
});
