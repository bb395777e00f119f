// The regulation as a table: each requirement has its code and its tests, and every article is there. Faults are planted to see them found.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COUNTERS } from '../../src/regulation/requirements/counters.ts';
import { compliancePage } from '../../src/regulation/requirements/page.ts';
import type { Entry, Requirement } from '../../src/regulation/requirements/requirement.ts';
import { CHAPTERS, codesOf, KEPT, REQUIREMENTS, stepsOf } from '../../src/regulation/requirements.ts';
import { STEPS } from '../../src/regulation/steps.ts';
import { VIOLATION_CODES } from '../../src/regulation/violation-codes.ts';
import { keysOf } from '../../src/regulation/vocabulary.ts';
import { type NamedTest, namedTests } from '../support/named-tests.ts';
import { requirementFaultsOf, type Surroundings } from '../support/requirement-faults.ts';
import { sourceFiles } from '../support/source-tree.ts';

const ROOT = join(import.meta.dirname, '../..');
const text = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const parsed = new Map<string, readonly NamedTest[] | null>();

function testsIn(file: string): readonly NamedTest[] | null {
  const is = file.startsWith('test/') && file.endsWith('.test.ts') && existsSync(join(ROOT, file));
  if (!parsed.has(file)) parsed.set(file, is ? namedTests(text(file)) : null);
  return parsed.get(file) ?? null;
}

/** Articles by who cites them: the codes, the steps, and refusals that name another article than their code. */
function citations(): Map<string, string> {
  const cited = new Map<string, string>();
  for (const code of keysOf(VIOLATION_CODES)) cited.set(VIOLATION_CODES[code].article, code);
  for (const step of keysOf(STEPS)) cited.set(STEPS[step].article, step);
  for (const file of sourceFiles(ROOT, 'src').filter((name) => !name.includes('/requirements'))) {
    for (const [, article = ''] of text(file).matchAll(/article: '([^'$]+)'/g)) cited.set(article, file);
  }
  return cited;
}

/** Ids of requirements in comments and in the names of tests. */
function mentions(): Map<string, string> {
  const files = [
    ...sourceFiles(ROOT, 'src'),
    ...sourceFiles(ROOT, 'test'),
    'prisma/schema.prisma',
    'docs/reporting.md',
  ];
  const mine = /requirement|regulation\/requirements/;
  const all = files
    .filter((file) => !mine.test(file))
    .flatMap((file) => [...text(file).matchAll(/\bR\d{1,2}\.\d+\b/g)].map(([id]) => [id, file] as const));
  return new Map(all);
}

const around: Surroundings = {
  exists: (path) => existsSync(join(ROOT, path)),
  testsIn,
  cited: citations(),
  articleOfCode: VIOLATION_CODES,
  mentioned: mentions(),
};

describe('the table of requirements', () => {
  it('is sound', () => {
    expect(requirementFaultsOf(REQUIREMENTS, around)).toEqual([]);
  });

  it('has the articles in their order, in eight chapters', () => {
    const order = REQUIREMENTS.map(({ article }) => Number.parseFloat(article.replace('(', '.')));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(CHAPTERS.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(REQUIREMENTS.length).toBeGreaterThan(45);
  });

  it('gives every violation code and every step to a requirement', () => {
    const codes = KEPT.flatMap(codesOf);
    const steps = KEPT.flatMap(stepsOf);
    expect(keysOf(VIOLATION_CODES).filter((code) => !codes.includes(code))).toEqual([]);
    expect(keysOf(STEPS).filter((step) => !steps.includes(step))).toEqual([]);
  });

  it('shows every counter beside what it is counted of', () => {
    const shown = KEPT.flatMap(({ counters = [] }) => counters);
    expect(keysOf(COUNTERS).filter((counter) => !shown.includes(counter))).toEqual([]);
  });

  it('is docs/compliance.md', () => {
    expect(text('docs/compliance.md'), 'run `npm run compliance` and commit it').toBe(compliancePage());
  });

  it('is a page whose links lead somewhere', () => {
    const links = [...text('docs/compliance.md').matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, path = '']) => path);
    expect(links.length).toBeGreaterThan(100);
    expect(links.filter((path) => !existsSync(join(ROOT, 'docs', path)))).toEqual([]);
  });
});

const REPORT = 'test/procedures/reporting/report.test.ts';
const PLANTED = 'test/planted.test.ts';

/** The table with one row changed. */
function planted(id: string, change: Partial<Requirement>): Entry[] {
  return REQUIREMENTS.map((entry) => (entry.id === id ? ({ ...entry, ...change } as Entry) : entry));
}

/** The surroundings with one test file that reads so. */
const reading = (source: string): Surroundings => ({
  ...around,
  testsIn: (file) => (file === PLANTED ? namedTests(source) : testsIn(file)),
});
const NAMED = { tests: { [PLANTED]: ['one'] } };

describe('a fault that is planted is found:', () => {
  it.each<[string, readonly Entry[], string]>([
    ['a requirement without a test', planted('R11.4', { tests: {} }), 'R11.4: no test'],
    ['an empty list of names', planted('R11.4', { tests: { [REPORT]: [] } }), 'R11.4: no test'],
    [
      'a test that there is not',
      planted('R11.4', { tests: { [REPORT]: ['no such test'] } }),
      `R11.4: ${REPORT} has no test “no such test”`,
    ],
    [
      'a file that there is not',
      planted('R11.4', { tests: { 'test/none.test.ts': ['x'] } }),
      'R11.4: no file test/none.test.ts',
    ],
    [
      'a file that is no test',
      planted('R11.4', { tests: { 'test/support/world.ts': ['x'] } }),
      'R11.4: no file test/support/world.ts',
    ],
    ['a path that there is not', planted('R11.4', { code: ['src/none.ts'] }), 'R11.4: no src/none.ts'],
    ['no code', planted('R11.4', { code: [] }), 'R11.4: no code'],
    ['a rule without Chinese', planted('R11.4', { zh: '' }), 'R11.4: the rule is no Chinese sentence'],
    [
      'the same text twice',
      planted('R11.4', { en: REQUIREMENTS.find(({ id }) => id === 'R11.4')?.zh ?? '' }),
      'R11.4: the rule is no English sentence',
    ],
    ['an id of another article', planted('R11.4', { article: '12' }), 'R11.4: of another article'],
    [
      'a code of another article',
      planted('R11.4', { codes: ['seal-missing'] }),
      'R11.4: seal-missing is of another article',
    ],
    ['an article that is left out', REQUIREMENTS.filter(({ article }) => article !== '13'), 'article 13 is missing'],
    ['a row that is there twice', [...REQUIREMENTS, ...REQUIREMENTS.slice(0, 1)], 'R1.1: twice'],
    [
      'why without words',
      REQUIREMENTS.map((one) => (one.id === 'R1.1' ? { ...one, byPeople: { zh: '', en: '' } } : one)),
      'R1.1: why it is by people is no Chinese sentence',
    ],
  ])('%s', (_, table, fault) => {
    expect(requirementFaultsOf(table, around)).toContain(fault);
  });

  it('a code or a step that cites an article which no requirement covers', () => {
    const left = REQUIREMENTS.filter(({ id }) => id !== 'R11.4' && id !== 'R6.3');
    const faults = requirementFaultsOf(left, around).filter((fault) => fault.includes('which no requirement covers'));
    expect(faults.some((fault) => fault.includes('cites 11(4)'))).toBe(true);
    expect(faults.some((fault) => fault.includes('cites 学位法 10'))).toBe(true);
  });

  it('an id in a comment that is no requirement', () => {
    const mentioned = new Map([['R99.9', 'src/planted.ts']]);
    expect(requirementFaultsOf(REQUIREMENTS, { ...around, mentioned })).toEqual([
      'src/planted.ts cites R99.9, which is no requirement',
    ]);
  });

  it.each([
    ["it.skip('one', () => {});", 'is skipped or empty'],
    ["it.todo('one');", 'is skipped or empty'],
    ["describe.skip('around', () => { it('one', () => {}); });", 'is skipped or empty'],
    ["describe('one', () => { it.skip('two', () => {}); });", 'is skipped or empty'],
    ["describe('one', () => {});", 'is skipped or empty'],
    ["describe('one', () => { const it = 1; });", 'is skipped or empty'],
    ["it.skipIf(true)('one', () => {});", 'no test that runs everywhere'],
    ["describe.runIf(false)('around', () => { it('one', () => {}); });", 'no test that runs everywhere'],
    ["it('another', () => { expect('one').toBe('one'); });", 'has no test “one”'],
    ["// it('one', () => {});", 'has no test “one”'],
    ['const text = "it(\'one\', () => {})";', 'has no test “one”'],
  ])('a test that proves nothing: %s', (source, fault) => {
    const faults = requirementFaultsOf(planted('R11.4', NAMED), reading(source));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
  });

  it.each([
    "it('one', () => {});",
    "describe('around', () => { test('one', async () => {}); });",
    "it.each([[1], [2]])('one', () => {});",
    "it.each<[string]>([['a']])('one', (each) => {});",
    "describe('one', () => { it('two', () => {}); });",
    "describe.each(ALL)('one', (x) => { it('two', () => {}); });",
    "it.skipIf(x)('another', () => {}); it('one', () => {});",
  ])('and a live one is taken: %s', (source) => {
    expect(requirementFaultsOf(planted('R11.4', NAMED), reading(source))).toEqual([]);
  });
});
