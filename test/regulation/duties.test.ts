// Article 4 to 6, 23: who may do and read what.
import { describe, expect, it } from 'vitest';
import type { OfficerView, StepTarget } from '../../src/regulation/duties.ts';
import { mayAct, mayRead, STEP_DUTIES, stepsOf } from '../../src/regulation/duties.ts';
import type { StepName } from '../../src/regulation/steps.ts';
import { STEPS } from '../../src/regulation/steps.ts';
import type { Duty } from '../../src/regulation/vocabulary.ts';
import { DUTIES, keysOf } from '../../src/regulation/vocabulary.ts';
import { codes } from './samples.ts';

const target: StepTarget = {
  institution: '10447',
  category: 'academic-master',
  provincialOfficeId: '37/provincial-office',
};
const graduate = (...duties: Duty[]): OfficerView => ({
  officeId: '10447/graduate-office',
  officeKind: 'graduate-office',
  institution: '10447',
  categories: ['academic-master', 'professional-master', 'equivalent-education-master'],
  duties,
});
const academic: OfficerView = {
  ...graduate('collect', 'cross-check', 'report', 'head'),
  officeId: '10447/academic-affairs-office',
  officeKind: 'academic-affairs-office',
  categories: ['regular-bachelor', 'international-student-bachelor'],
};
const degreeOffice: OfficerView = {
  officeId: '10447/degree-office',
  officeKind: 'degree-office',
  institution: '10447',
  categories: [],
  duties: ['report'],
};
const province: OfficerView = {
  officeId: '37/provincial-office',
  officeKind: 'provincial-office',
  institution: null,
  categories: [],
  duties: ['review', 'file'],
};

describe('Article 4 and 6: who does a step', () => {
  it('every step has offices and duties', () => {
    expect(Object.keys(STEP_DUTIES).sort()).toEqual(keysOf(STEPS).sort());
  });

  it('lets the office of the category act with the duty of the step', () => {
    expect(mayAct(graduate('collect'), 'collect', target)).toEqual([]);
    expect(mayAct(graduate('cross-check'), 'cross-check', target)).toEqual([]);
    expect(mayAct(graduate('report'), 'report', target)).toEqual([]);
    expect(mayAct(graduate('head'), 'approve-application', target)).toEqual([]);
  });

  it('refuses a duty that the officer does not have', () => {
    expect(mayAct(graduate('collect'), 'cross-check', target)).toMatchObject([
      { code: 'duty-missing', found: '采集', expected: '校核', article: '6' },
    ]);
  });

  it('refuses another category, another office, another institution, all at once', () => {
    expect(codes(mayAct(academic, 'collect', target))).toEqual(['not-your-category@category']);
    expect(codes(mayAct(degreeOffice, 'report', target))).toEqual(['not-your-office@office']);
    const stranger = { ...academic, institution: '10422', duties: [] };
    expect(codes(mayAct(stranger, 'report-upward', target))).toEqual([
      'not-your-institution@institution',
      'not-your-category@category',
      'not-your-office@office',
      'duty-missing@duties',
    ]);
  });

  it('keeps reporting upward with the degree office, review and filing with the province', () => {
    expect(mayAct(degreeOffice, 'report-upward', target)).toEqual([]);
    expect(codes(mayAct(graduate('report'), 'report-upward', target))).toEqual(['not-your-office@office']);
    expect(mayAct(province, 'review', target)).toEqual([]);
    expect(mayAct(province, 'filing', target)).toEqual([]);
    expect(codes(mayAct(province, 'collect', target))).toContain('not-your-office@office');
    const elsewhere = { ...target, provincialOfficeId: '11/provincial-office' };
    expect(codes(mayAct(province, 'review', elsewhere))).toEqual(['not-your-institution@institution']);
  });

  it('lets no office both report and review', () => {
    const done = (name: StepName) => new Set(STEP_DUTIES[name].offices);
    for (const office of done('review')) expect(done('report').has(office)).toBe(false);
    expect(stepsOf(province, target)).toEqual([
      'review',
      'return-records',
      'filing',
      'form-check',
      'decide-application',
      'declare-invalid',
      'reveal',
      'set-calendar',
    ]);
  });
});

describe('Article 23: an auditor sees everything and changes nothing', () => {
  const auditor: OfficerView = { ...degreeOffice, duties: ['audit'] };

  it('reads every category of the institution and of no other', () => {
    expect(mayRead(auditor, target)).toEqual([]);
    expect(mayRead({ ...graduate('audit'), categories: [] }, target)).toEqual([]);
    expect(codes(mayRead(auditor, { ...target, institution: '10422' }))).toEqual(['not-your-institution@institution']);
  });

  it.each(keysOf(STEPS))('cannot do %s', (step) => {
    expect(codes(mayAct(auditor, step, target))).toContain('read-only-duty@duties');
  });
});

describe('Article 4: who reads', () => {
  it('a category office its own, the degree office its institution', () => {
    expect(mayRead(graduate('collect'), target)).toEqual([]);
    expect(codes(mayRead(academic, target))).toEqual(['not-your-category@category']);
    expect(mayRead(degreeOffice, target)).toEqual([]);
  });

  it('the province only what has been reported to it', () => {
    expect(codes(mayRead(province, { ...target, state: 'reported' }))).toEqual(['not-yet-public@state']);
    expect(mayRead(province, { ...target, state: 'reported-upward' })).toEqual([]);
    expect(mayRead(province, { ...target, state: 'returned' })).toEqual([]);
    expect(codes(mayRead(province, { ...target, state: 'withdrawn' }))).toEqual(['not-yet-public@state']);
    expect(mayRead(province, { ...target, state: 'withdrawn', reachedProvince: true })).toEqual([]);
  });
});

it('every duty is asked for by some step, or is one that only reads or administers', () => {
  const asked = new Set(Object.values(STEP_DUTIES).flatMap(({ duties }) => duties));
  expect(keysOf(DUTIES).filter((duty) => !asked.has(duty))).toEqual(['audit']);
});
