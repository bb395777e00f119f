// Article 11(6), 12: the supplementary report and the steps of a written application.
import { describe, expect, it } from 'vitest';
import type { ApplicationStep, ListedRecord } from '../../src/regulation/applications.ts';
import {
  applicationTransitionViolations,
  decisionViolations,
  nextApplicationSteps,
  supplementaryReportViolations,
  writtenLength,
} from '../../src/regulation/applications.ts';
import { codes } from './samples.ts';

const listed: ListedRecord = {
  id: 'r1',
  resolutionId: 'd1',
  category: 'regular-bachelor',
  state: 'disclosed',
  collectedById: 'a',
  crossCheckedById: 'b',
};
const report = {
  reason: '因该生学籍异动手续办理延误，未能按时核对学籍信息。',
  measures: '建立逐级提醒制度，指定专人核对。',
  records: [listed, { ...listed, id: 'r2' }],
  evidence: [{ title: '学籍异动审批表' }],
  deadline: { nominal: '2026-07-07', rolled: '2026-07-07' },
  today: '2026-07-20',
};
const check = (changes: Partial<typeof report>) => codes(supplementaryReportViolations({ ...report, ...changes }));

describe('Article 11(6): a supplementary report', () => {
  it('accepts a good one', () => {
    expect(check({})).toEqual([]);
    expect(check({ records: [{ ...listed, state: 'cross-checked' }], evidence: [] })).toEqual([]);
  });

  it('is refused while the normal path is open', () => {
    expect(check({ today: '2026-07-07' })).toEqual(['supplementary-not-late@deadline']);
    expect(check({ today: '2026-07-08' })).toEqual([]);
  });

  it.each<[string, Partial<typeof report>, string[]]>([
    ['a reason of nine characters', { reason: '一二三四五六七八九。。。' }, ['application-reason-too-short@reason']],
    ['no measures', { measures: ' ' }, ['application-measures-too-short@measures']],
    ['nobody', { records: [] }, ['application-without-people@records']],
    ['the same person twice', { records: [listed, listed] }, ['application-person-doubled@records[1]']],
    [
      'two resolutions',
      { records: [listed, { ...listed, id: 'r2', resolutionId: 'd2' }] },
      ['application-mixed-resolutions@records[1].resolution'],
    ],
    [
      'two categories',
      { records: [listed, { ...listed, id: 'r2', category: 'adult-education-bachelor' }] },
      ['application-mixed-categories@records[1].category'],
    ],
    [
      'a record that was not cross-checked',
      { records: [{ ...listed, state: 'collected' }] },
      ['stage-skipped@records[0].state'],
    ],
    [
      'a record that was reported',
      { records: [{ ...listed, state: 'filed' }] },
      ['application-record-already-reported@records[0].state'],
    ],
    [
      'a record cross-checked by its collector',
      { records: [{ ...listed, crossCheckedById: 'a' }] },
      ['collector-may-not-cross-check@records[0].crossCheckedBy'],
    ],
    ['evidence without a title', { evidence: [{ title: '' }] }, ['application-evidence-untitled@evidence[0].title']],
  ])('refuses %s', (_, changes, expected) => {
    expect(check(changes)).toEqual(expected);
  });

  it('counts Han characters and words, not punctuation', () => {
    expect(writtenLength('因……。！')).toBe(1);
    expect(writtenLength('late because of a 2026 audit')).toBe(6);
    expect(writtenLength('')).toBe(0);
  });
});

describe('Article 12: who does which step of an application', () => {
  const drafter = { officerId: 'a', officeId: '10447/graduate-office' };
  const head = { officerId: 'h', officeId: '10447/graduate-office' };
  const province = { officerId: 'p', officeId: '37/provincial-office' };
  const step = (name: ApplicationStep, state: Parameters<typeof applicationTransitionViolations>[1], actor = head) =>
    codes(applicationTransitionViolations(name, state, { actor, draftedBy: drafter }));

  it('goes draft, check, approve, seal, decide', () => {
    expect(step('draft-application', null, drafter)).toEqual([]);
    expect(step('check-application', 'draft')).toEqual([]);
    expect(step('approve-application', 'checked')).toEqual([]);
    expect(step('seal-application', 'approved')).toEqual([]);
    expect(step('decide-application', 'sealed', province)).toEqual([]);
    expect(nextApplicationSteps('checked')).toEqual(['approve-application']);
    expect(nextApplicationSteps('consented')).toEqual([]);
  });

  it('skips nothing', () => {
    expect(step('seal-application', 'checked')).toEqual(['application-step-not-allowed@state']);
    expect(step('draft-application', 'draft')).toEqual(['application-step-not-allowed@state']);
  });

  it('is not checked by who drafted it, nor decided by the office that applied', () => {
    expect(step('check-application', 'draft', drafter)).toEqual(['drafter-may-not-check@officer']);
    expect(step('decide-application', 'sealed', head)).toEqual(['applicant-may-not-decide@office']);
  });

  it('is decided with a number, and refused with a reason', () => {
    expect(decisionViolations({ outcome: 'consented', number: '鲁学位办〔2026〕9号', reason: '' })).toEqual([]);
    expect(codes(decisionViolations({ outcome: 'refused', number: ' ', reason: '' }))).toEqual([
      'decision-number-missing@decisionNumber',
      'decision-reason-missing@decisionReason',
    ]);
  });
});
