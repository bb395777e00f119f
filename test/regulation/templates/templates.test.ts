// Article 11(7): certificate templates.
import { describe, expect, it } from 'vitest';
import type { TemplateFields } from '../../../src/regulation/templates/templates.ts';
import {
  endViolations,
  matchTemplate,
  templateState,
  templateViolations,
} from '../../../src/regulation/templates/templates.ts';
import { codes } from '../samples.ts';

const template: TemplateFields = {
  code: 'LCU-B',
  version: 1,
  name: '学士学位证书',
  level: 'bachelor',
  categories: ['regular-bachelor', 'adult-education-bachelor'],
  validFrom: '2016-01-01',
  validUntil: '2024-12-31',
};
const second: TemplateFields = { ...template, version: 2, validFrom: '2025-01-01', validUntil: null };
const record = { level: 'bachelor', category: 'regular-bachelor', conferralDate: '2026-06-21' } as const;

describe('Article 11(7): the template in force', () => {
  it('is chosen by level, category and conferral date, both ends included', () => {
    expect(matchTemplate(record, [template, second])).toEqual({ template: second });
    expect(matchTemplate({ ...record, conferralDate: '2024-12-31' }, [template, second])).toEqual({ template });
    expect(matchTemplate({ ...record, conferralDate: '2025-01-01' }, [template, second])).toEqual({ template: second });
  });

  it('is the highest version where versions overlap', () => {
    const correction = { ...second, version: 3, validFrom: '2026-01-01' };
    expect(matchTemplate(record, [correction, second])).toEqual({ template: correction });
  });

  it('says why none fits', () => {
    expect(matchTemplate(record, [])).toMatchObject({ code: 'certificate-template-none', article: '11(7)' });
    const none = matchTemplate({ ...record, conferralDate: '2015-06-21' }, [template, second]);
    expect(none).toMatchObject({ expected: 'LCU-B v1 2016-01-01–2024-12-31; LCU-B v2 2025-01-01–' });
    const international = { ...record, category: 'international-student-bachelor' } as const;
    const nothing = matchTemplate(international, [template, second]);
    expect(nothing).toMatchObject({ code: 'certificate-template-none', found: '来华留学本科学士，2026-06-21' });
    expect(nothing).not.toHaveProperty('expected');
  });

  it('leaves a choice between two templates to a person', () => {
    const other = { ...second, code: 'LCU-B2' };
    expect(matchTemplate(record, [second, other])).toMatchObject({
      code: 'certificate-template-ambiguous',
      found: 'LCU-B v2, LCU-B2 v2',
    });
  });
});

describe('Article 11(7): a template by itself', () => {
  it('accepts the first and the next version', () => {
    expect(templateViolations(template)).toEqual([]);
    expect(templateViolations(second, [template])).toEqual([]);
  });

  it.each<[string, Partial<TemplateFields>, string[]]>([
    ['a skipped version', { version: 3 }, ['certificate-template-version@version']],
    ['a time that ends before it begins', { validUntil: '2024-01-01' }, ['certificate-template-period@validUntil']],
    ['a category of another level', { categories: ['academic-master'] }, ['certificate-template-category@categories']],
    ['no category', { categories: [] }, ['certificate-template-field-missing@categories']],
    ['a code of 61', { code: '证'.repeat(61), version: 1 }, ['field-too-long@code']],
    ['a name of 201', { name: '证'.repeat(201) }, ['field-too-long@name']],
    ['no name', { name: '' }, ['certificate-template-field-missing@name']],
    ['an impossible day', { validFrom: '2025-02-29' }, ['date-impossible@validFrom']],
  ])('refuses %s', (_, changes, expected) => {
    expect(codes(templateViolations({ ...second, ...changes }, [template]))).toEqual(expected);
  });
});

describe('Article 11(7): where a template stands on a day', () => {
  const correction = { ...second, version: 3, validFrom: '2026-01-01', validUntil: '2026-12-31' };
  const versions = [template, second, correction, { ...correction, code: 'LCU-M', version: 9 }];

  it.each([
    ['before its first day', second, '2024-12-31', 'not-yet'],
    ['on its first day', second, '2025-01-01', 'in-force'],
    ['when a later version is in force', second, '2026-01-01', 'superseded'],
    ['when the later version has ended', second, '2027-01-01', 'in-force'],
    ['on its last day', template, '2024-12-31', 'in-force'],
    ['after its last day', template, '2025-01-01', 'ended'],
    ['of the latest version', correction, '2026-06-21', 'in-force'],
  ] as const)('%s', (_, of, on, state) => {
    expect(templateState(of, versions, on)).toBe(state);
  });

  it('in force is exactly what a record is matched to, where one code serves it', () => {
    for (const on of ['2015-12-31', '2016-01-01', '2024-12-31', '2025-06-01', '2026-06-21', '2027-01-01']) {
      const own = versions.filter(({ code }) => code === 'LCU-B');
      const match = matchTemplate({ ...record, conferralDate: on }, own);
      const inForce = own.filter((one) => templateState(one, own, on) === 'in-force');
      expect('template' in match ? [match.template] : []).toEqual(inForce);
    }
  });
});

describe('Article 11(7): the end of a template', () => {
  it.each<[string, string, string | null, string[]]>([
    ['after every record', '2026-06-22', '2026-06-21', []],
    ['on the day of the last record', '2026-06-21', '2026-06-21', []],
    ['without records, in the past', '2025-01-01', null, []],
    ['before the last record', '2026-06-20', '2026-06-21', ['certificate-template-end-before-match@validUntil']],
    ['before its first day', '2024-12-31', null, ['certificate-template-period@validUntil']],
    ['on no day', '2026-02-30', null, ['date-impossible@validUntil']],
  ])('%s', (_, validUntil, lastMatched, expected) => {
    expect(codes(endViolations(second, validUntil, lastMatched))).toEqual(expected);
  });

  it('that was set is moved to an earlier day only', () => {
    expect(codes(endViolations(template, '2024-12-30', null))).toEqual([]);
    for (const day of ['2024-12-31', '2025-01-01']) {
      expect(codes(endViolations(template, day, null))).toEqual(['certificate-template-ended-already@validUntil']);
    }
  });
});
