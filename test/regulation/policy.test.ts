// Article 24: policy with effective dates. Article 11(3): disclosure. Article 11(2), 14: cross-check and return.
import { describe, expect, it } from 'vitest';
import {
  crossCheckViolations,
  returnViolations,
  untouchedFields,
} from '../../src/regulation/cross-check/cross-check.ts';
import {
  disclosedKeyViolations,
  disclosurePeriod,
  disclosureViolations,
  objectionViolations,
} from '../../src/regulation/disclosure.ts';
import { DEFAULT_POLICY, parsePolicy } from '../../src/regulation/policy.ts';
import { policyDateViolations, policyOn } from '../../src/regulation/policy-acts.ts';
import { codes } from './samples.ts';

describe('Article 24: policy', () => {
  it('is the regulation itself by default', () => {
    expect(DEFAULT_POLICY).toMatchObject({ reportingDays: 15, revocationDays: 10 });
    expect(DEFAULT_POLICY.owners['equivalent-education-master']).toBe('graduate-office');
  });

  it('holds from its day on', () => {
    const shorter = { effectiveFrom: '2026-01-01', content: { ...DEFAULT_POLICY, reportingDays: 10 } };
    const later = { effectiveFrom: '2026-09-01', content: { ...DEFAULT_POLICY, reportingDays: 12 } };
    expect(policyOn('2025-12-31', [later, shorter]).reportingDays).toBe(15);
    expect(policyOn('2026-01-01', [later, shorter]).reportingDays).toBe(10);
    expect(policyOn('2026-09-01', [later, shorter]).reportingDays).toBe(12);
  });

  it('is read from what is kept, with defaults for what is not there', () => {
    expect(parsePolicy({ disclosureDays: 5 })).toEqual({ ...DEFAULT_POLICY, disclosureDays: 5 });
    const owners = { 'regular-bachelor': 'continuing-education-office' };
    expect(parsePolicy({ owners })).toMatchObject({ owners: { ...DEFAULT_POLICY.owners, ...owners } });
    expect(parsePolicy(DEFAULT_POLICY)).toEqual(DEFAULT_POLICY);
  });

  it('never gives longer than the regulation', () => {
    const found = parsePolicy({ reportingDays: 16, revocationDays: 11 });
    expect(found).toMatchObject([
      { code: 'policy-malformed', path: 'reportingDays', found: '16', expected: '1–15' },
      { path: 'revocationDays' },
    ]);
  });

  it('Article 17, 18: no policy publishes a count below three, or makes a dataset of fewer than five alike', () => {
    expect(parsePolicy({ smallestCell: 2, datasetK: 4, datasetL: 1, datasetDays: 366 })).toMatchObject([
      { code: 'policy-malformed', path: 'smallestCell', article: '24', found: '2', expected: '3–50' },
      { path: 'datasetK', expected: '5–100' },
      { path: 'datasetL', expected: '2–10' },
      { path: 'datasetDays', expected: '1–365' },
    ]);
    const strictest = { smallestCell: 50, datasetK: 100, datasetL: 10, datasetDays: 1 };
    expect(parsePolicy(strictest)).toEqual({ ...DEFAULT_POLICY, ...strictest });
  });

  it('names everything that cannot be read', () => {
    expect(parsePolicy([])).toMatchObject([{ path: 'policy' }]);
    expect(parsePolicy({ warningDays: '3', colour: 1, owners: { phd: 'x' } })).toMatchObject([
      { path: 'owners.phd' },
      { path: 'warningDays' },
      { path: 'colour' },
    ]);
    expect(codes(policyDateViolations('2026-02-30'))).toEqual(['date-impossible@effectiveFrom']);
    expect(policyDateViolations('2026-02-28')).toEqual([]);
  });
});

describe('Article 11(3): disclosure', () => {
  const { from, until } = disclosurePeriod('2026-06-22', 3);
  const open = { disclosedFrom: from, disclosedUntil: until, objections: [] };

  it('lasts whole days after the day it began', () => {
    expect(until).toBe('2026-06-25');
    expect(codes(disclosureViolations(open, '2026-06-25', 3))).toEqual(['disclosure-period-open@disclosedUntil']);
    expect(disclosureViolations(open, '2026-06-26', 3)).toEqual([]);
  });

  it('cannot be closed before it was opened, nor shortened', () => {
    const unopened = { disclosedFrom: null, disclosedUntil: null, objections: [] };
    expect(codes(disclosureViolations(unopened, '2026-06-26', 3))).toEqual(['disclosure-not-opened@disclosedFrom']);
    expect(codes(disclosureViolations(open, '2026-06-26', 5))).toEqual(['disclosure-period-too-short@disclosedUntil']);
  });

  it('is held open by every unresolved objection', () => {
    const objections = [
      { recordId: 'r1', resolved: true },
      { recordId: 'r2', resolved: false },
    ];
    expect(codes(disclosureViolations({ ...open, objections }, '2026-06-26', 3))).toEqual([
      'objection-open@records[r2]',
    ]);
    expect(codes(objectionViolations('  '))).toEqual(['objection-reason-missing@reason']);
    expect(objectionViolations('姓名有误')).toEqual([]);
  });

  it('holds for the key fields that were disclosed and no others', () => {
    expect(disclosedKeyViolations('x', 'x')).toEqual([]);
    expect(codes(disclosedKeyViolations('x', 'y'))).toEqual(['disclosed-key-changed@disclosedKeyDigest']);
    expect(codes(disclosedKeyViolations(null, 'y'))).toEqual(['disclosure-not-opened@disclosedKeyDigest']);
  });
});

describe('Article 11(2) and 14', () => {
  it('the collector cannot cross-check', () => {
    const givers = [
      { officerId: 'a', step: 'collect' },
      { officerId: 'b', step: 'correct' },
      { officerId: 'a', step: 'attach-photos' },
    ];
    expect(crossCheckViolations(givers, { officerId: 'a', name: '张海燕' })).toMatchObject([
      { code: 'collector-may-not-cross-check', path: 'officer', found: '张海燕（采集、采集电子照片）' },
    ]);
    expect(codes(crossCheckViolations(givers, { officerId: 'b' }))).toEqual(['collector-may-not-cross-check@officer']);
    expect(crossCheckViolations(givers, { officerId: 'c' })).toEqual([]);
  });

  it('a return names fields and reasons', () => {
    expect(returnViolations([{ field: 'name', reason: '与证书不符' }])).toEqual([]);
    expect(codes(returnViolations([]))).toEqual(['review-reason-missing@reasons']);
    const bad = [
      { field: 'colour', reason: 'x' },
      { field: 'name', reason: ' ' },
    ];
    expect(codes(returnViolations(bad))).toEqual([
      'review-field-unknown@reasons[0].field',
      'review-reason-missing@reasons[1].reason',
    ]);
    const nearest = (field: string) => returnViolations([{ field, reason: 'x' }])[0]?.expected;
    expect(nearest('trainingUnit')).toBe('trainingUnitCode / trainingUnitName');
    expect(nearest('thesistitle')).toMatch(/^thesisTitle\b/);
    expect(nearest('学位论文题目')).toMatch(/^thesisTitle\b/);
    expect(nearest('colour')).toMatch(/ … $|…$/);
  });

  it('sees which returned fields were not touched', () => {
    const reasons = [
      { field: 'name', reason: 'x' },
      { field: 'sex', reason: 'y' },
    ];
    expect(untouchedFields(reasons, { name: '甲', sex: '1' }, { name: '乙', sex: '1' })).toEqual(['sex']);
  });
});
