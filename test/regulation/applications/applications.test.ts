// Article 11(6), 12: the supplementary report and the steps of a written application.
import { describe, expect, it } from 'vitest';
import type { ListedRecord } from '../../../src/regulation/applications/application-case.ts';
import type { ApplicationStep } from '../../../src/regulation/applications/applications.ts';
import {
  APPLICATION_TRANSITIONS,
  APPLICATIONS,
  applicationTransitionViolations,
  decisionViolations,
  isClosed,
  nextApplicationSteps,
  recipientsOf,
  stepsOfKind,
} from '../../../src/regulation/applications/applications.ts';
import { supplementaryReportViolations } from '../../../src/regulation/applications/supplementary-report.ts';
import { writtenLength } from '../../../src/regulation/texts/written-texts.ts';
import { APPLICATION_KINDS, type ApplicationState, keysOf } from '../../../src/regulation/vocabulary.ts';
import { codes } from '../samples.ts';

const listed: ListedRecord = {
  id: 'r1',
  resolutionId: 'd1',
  resolutionNumber: '1号',
  category: 'regular-bachelor',
  state: 'disclosed',
  collectedById: 'a',
  crossCheckedById: 'b',
};
const report = {
  category: 'regular-bachelor' as const,
  resolution: { id: 'd1', number: '1号' },
  reason: '因该生学籍异动手续办理延误，未能按时核对学籍信息。',
  measures: '建立逐级提醒制度，指定专人核对。',
  records: [listed, { ...listed, id: 'r2' }],
  evidence: [{ title: '学籍异动审批表' }],
  deadline: { nominal: '2026-07-07', rolled: '2026-07-07' },
  today: '2026-07-20',
  givers: ({ collectedById }: ListedRecord) => [{ officerId: collectedById, step: 'collect' }],
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
  const step = (name: ApplicationStep, state: ApplicationState | null, actor = head) =>
    codes(
      applicationTransitionViolations(
        name,
        { kind: 'supplementary-report', state, draftedBy: drafter, drafters: [drafter.officerId] },
        actor,
      ),
    );

  it('goes draft, check, approve, seal, dispatch, decide', () => {
    expect(step('draft-application', null, drafter)).toEqual([]);
    expect(step('check-application', 'draft')).toEqual([]);
    expect(step('approve-application', 'checked')).toEqual([]);
    expect(step('seal-application', 'approved')).toEqual([]);
    expect(step('dispatch-application', 'sealed')).toEqual([]);
    expect(step('decide-application', 'dispatched', province)).toEqual([]);
    const next = (state: ApplicationState) => nextApplicationSteps('supplementary-report', state);
    expect(next('checked')).toEqual(['withdraw-application', 'approve-application']);
    expect(next('returned')).toEqual(['revise-application', 'withdraw-application']);
    expect(next('consented')).toEqual([]);
  });

  it('skips nothing', () => {
    expect(step('seal-application', 'checked')).toEqual(['application-step-not-allowed@state']);
    expect(step('draft-application', 'draft')).toEqual(['application-step-not-allowed@state']);
    expect(step('decide-application', 'sealed', province)).toEqual(['application-step-not-allowed@state']);
  });

  it('has an effect of its own kind only', () => {
    expect(step('change', 'consented')).toEqual(['application-step-not-of-kind@kind']);
    for (const kind of keysOf(APPLICATION_KINDS)) {
      const { effect } = APPLICATIONS[kind];
      const effects = stepsOfKind(kind).filter((name) => ['change', 'delete', 'revoke'].includes(name));
      expect(effects).toEqual(effect === null ? [] : [effect]);
    }
  });

  it('ends when it is refused, withdrawn or carried out; consent ends only the supplementary report', () => {
    const closed = keysOf(APPLICATION_KINDS).filter((kind) => isClosed(kind, 'consented'));
    expect(closed).toEqual(['supplementary-report']);
    for (const state of ['refused', 'withdrawn', 'carried-out'] as const) {
      expect(keysOf(APPLICATION_KINDS).every((kind) => isClosed(kind, state))).toBe(true);
      const from: readonly string[] = Object.values(APPLICATION_TRANSITIONS).flatMap(
        (one): readonly string[] => one.from,
      );
      expect(from).not.toContain(state);
    }
  });

  it('goes to the province; a revocation to the national office, too, with a copy to the national centre (article 16)', () => {
    expect(recipientsOf('change-request')).toEqual(['provincial-office']);
    expect(recipientsOf('revocation-report')).toEqual(['national-office', 'provincial-office', 'national-centre']);
  });

  it('is not checked by who drafted it, nor decided by the office that applied', () => {
    expect(step('check-application', 'draft', drafter)).toEqual(['drafter-may-not-check@officer']);
    expect(step('decide-application', 'dispatched', head)).toEqual(['applicant-may-not-decide@office']);
  });

  it('is decided with a number, and refused with a reason', () => {
    const kind = 'supplementary-report';
    expect(decisionViolations({ kind, outcome: 'consented', number: '鲁学位办〔2026〕9号', reason: '' })).toEqual([]);
    expect(codes(decisionViolations({ kind, outcome: 'refused', number: ' ', reason: '' }))).toEqual([
      'decision-number-missing@decisionNumber',
      'decision-reason-missing@reason',
    ]);
    expect(codes(decisionViolations({ kind, outcome: 'returned', number: '1号', reason: ' ' }))).toEqual([
      'decision-reason-missing@reason',
    ]);
  });
});
