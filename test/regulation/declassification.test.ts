// Article 20: what is reported never concerns a state secret.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DeclassificationView,
  declassificationState,
  declassificationViolations,
  reclassificationViolations,
  secrecyViolations,
  type ThesisSide,
} from '../../src/regulation/declassification.ts';

const ON = '2026-06-20';
const record = (more: Partial<ThesisSide> = {}): ThesisSide => ({
  ...{ category: 'academic-master', studentNumber: '2023000007', applicationNumber: null, outcomeType: 'SM' },
  ...{ thesisTitle: null, thesisKeywords: null, thesisTopicSource: null, thesisDirection: null, thesisLanguage: null },
  ...more,
});
const act = (more: Partial<DeclassificationView> = {}): DeclassificationView => ({
  ...{ category: 'academic-master', number: '2023000007', form: 'information', documentNumber: '聊大保密〔2026〕3号' },
  ...{ holdsFrom: '2026-06-01', withdrawal: null, ...more },
});
const withdrawn = (ground: 'classified-again' | 'recorded-in-error', on = '2026-06-15') =>
  act({ withdrawal: { ground, on } });
const ORDINARY = { outcomeType: 'thesis', thesisTitle: '一类方程解的存在性' };
const codes = (of: ThesisSide, acts: readonly DeclassificationView[], on = ON) =>
  secrecyViolations(of, acts, on).map(({ code }) => code);

describe('Article 20: a record of a classified thesis', () => {
  it.each<[string, Partial<ThesisSide>, DeclassificationView[], string[]]>([
    ['without any declassification', {}, [], ['classified-thesis']],
    ['with that of another person', {}, [act({ number: '2023000008' })], ['classified-thesis']],
    ['with that of another category', {}, [act({ category: 'professional-master' })], ['classified-thesis']],
    ['of nobody with a number', { studentNumber: '' }, [act({ number: '' })], ['classified-thesis']],
    ['with one that holds later', {}, [act({ holdsFrom: '2026-06-21' })], ['declassification-not-yet']],
    ['with one that was withdrawn', {}, [withdrawn('classified-again')], ['declassification-withdrawn']],
    ['with one recorded in error', {}, [withdrawn('recorded-in-error')], ['classified-thesis']],
    ['with one that holds from this very day', {}, [act({ holdsFrom: ON })], []],
    ['whose thesis itself is declassified, but marked', {}, [act({ form: 'thesis' })], ['declassified-thesis-marked']],
    ['whose thesis is declassified, as an ordinary one', ORDINARY, [act({ form: 'thesis' })], []],
    ['of which only the information was processed, unmarked', ORDINARY, [act()], ['classified-thesis-unmarked']],
    ['the same with a title only', { outcomeType: null, thesisTitle: 'x' }, [act()], ['classified-thesis-unmarked']],
    ['the same with nothing about a thesis', { outcomeType: null }, [act()], []],
    ['classified again, unmarked', ORDINARY, [withdrawn('classified-again')], ['declassification-withdrawn']],
    ['declassified in error, unmarked', ORDINARY, [withdrawn('recorded-in-error')], []],
    ['declassified later, unmarked', ORDINARY, [act({ holdsFrom: '2026-07-01' })], ['declassification-not-yet']],
    ['recorded anew after a withdrawal', {}, [withdrawn('classified-again'), act({ holdsFrom: '2026-06-18' })], []],
    ['an ordinary one', ORDINARY, [], []],
  ])('%s', (_, of, acts, expected) => {
    expect(codes(record(of), acts)).toEqual(expected);
  });

  it('of equivalent education is found by its application number', () => {
    const of = { category: 'equivalent-education-master', studentNumber: null, applicationNumber: 'T1' } as const;
    expect(codes(record(of), [act({ category: of.category, number: 'T1' })])).toEqual([]);
    expect(codes(record(of), [act({ category: of.category })])).toEqual(['classified-thesis']);
  });

  it('the refusal repeats nothing of what the thesis says, and says what it rests on', () => {
    const [told] = secrecyViolations(record({ ...ORDINARY, outcomeType: null }), [act()], ON);
    expect(told).toMatchObject({ article: '20', path: 'outcomeType', found: '论文题目', expected: 'SM 涉密论文' });
    const [later] = secrecyViolations(record(), [act({ holdsFrom: '2026-07-01' })], ON);
    expect(later).toMatchObject({ found: '2026-07-01', expected: '≤ 2026-06-20' });
  });

  it('a marked record passes exactly on the days on which one holds', () => {
    const day = fc.integer({ min: 10, max: 28 }).map((of) => `2026-06-${of}`);
    fc.assert(
      fc.property(day, day, fc.option(day, { nil: null }), (on, holdsFrom, end) => {
        const one = act({ holdsFrom, withdrawal: end === null ? null : { ground: 'approval-revoked', on: end } });
        const holds = holdsFrom <= on && (end === null || on < end);
        expect(declassificationState(one, on) === 'holds').toBe(holds);
        expect(codes(record(), [one], on).length === 0).toBe(holds);
      }),
    );
  });

  it('never enters by papers of others, whatever they are', () => {
    const others = fc.array(
      fc.record({
        number: fc.stringMatching(/^[0-9]{1,10}$/).filter((number) => number !== '2023000007'),
        holdsFrom: fc.constantFrom('2026-01-01', '2026-12-31'),
        form: fc.constantFrom('thesis' as const, 'information' as const),
      }),
    );
    fc.assert(
      fc.property(others, (all) => {
        expect(codes(record(), all.map(act))).toEqual(['classified-thesis']);
        expect(codes(record(ORDINARY), all.map(act))).toEqual([]);
      }),
    );
  });
});

describe('Article 20: what is recorded of a declassification', () => {
  const input = {
    ...{ number: '2023000007', authority: '聊城大学保密委员会', responsiblePerson: '孙保民' },
    ...{ documentNumber: '聊大保密〔2026〕3号', decidedOn: '2026-06-01', holdsFrom: '2026-06-01' },
  };
  const found = (more: Partial<typeof input>, standing: { documentNumber: string } | null = null) =>
    declassificationViolations({ ...input, ...more }, ON, standing).map(({ code, path }) => `${code}@${path}`);

  it.each<[string, Partial<typeof input>, string[]]>([
    ['nothing wrong', {}, []],
    ['one that begins later', { holdsFrom: '2027-01-01' }, []],
    ['an approval of the future', { decidedOn: '2026-06-21', holdsFrom: '2026-06-21' }, ['date-in-future@decidedOn']],
    ['before its approval', { holdsFrom: '2026-05-31' }, ['declassification-before-approval@holdsFrom']],
    ['days that are none', { decidedOn: '2026-02-30' }, ['date-impossible@decidedOn']],
    ['no authority', { authority: '' }, ['field-missing@authority']],
    ['nobody responsible', { responsiblePerson: '' }, ['field-missing@responsiblePerson']],
    ['no document', { documentNumber: '' }, ['field-missing@documentNumber']],
    ['a person without a number', { number: '' }, ['field-malformed@number']],
    [
      'a thesis where a document number should be',
      { documentNumber: '论'.repeat(61) },
      ['field-too-long@documentNumber'],
    ],
    ['a thesis where an authority should be', { authority: '第一章\n绪论' }, ['text-unreadable-character@authority']],
  ])('%s', (_, more, expected) => {
    expect(found(more)).toEqual(expected);
  });

  it('a second one while the first stands is refused by the number of the first', () => {
    const [told] = declassificationViolations(input, ON, { documentNumber: '聊大保密〔2026〕1号' });
    expect(told).toMatchObject({ code: 'declassification-stands', found: '聊大保密〔2026〕1号' });
  });

  it('a withdrawal is of a day between approval and today, with a document, and only one', () => {
    const standing = { withdrawal: null, decidedOn: '2026-06-01' };
    const of = (
      on: string,
      documentNumber = '聊大保密〔2026〕9号',
      before: typeof standing | DeclassificationView = standing,
    ) =>
      reclassificationViolations({ documentNumber, on }, { decidedOn: '2026-06-01', ...before }, ON).map(
        ({ code }) => code,
      );
    expect(of('2026-06-01')).toEqual([]);
    expect(of(ON)).toEqual([]);
    for (const day of ['2026-05-31', '2026-06-21', 'x']) expect(of(day)).toEqual(['declassification-withdrawal-day']);
    expect(of(ON, '')).toEqual(['field-missing']);
    expect(of(ON, 'x', withdrawn('classified-again'))).toEqual(['declassification-already-withdrawn']);
  });
});
