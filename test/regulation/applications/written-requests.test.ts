// Article 13, 15, 16: the rules of change, deletion, revocation and dispatch by themselves, and that they say the same whatever the order of the input.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { APPLICATIONS, recipientsOf, underArticleOf } from '../../../src/regulation/applications/applications.ts';
import { type ChangeRequest, changeRequestViolations } from '../../../src/regulation/applications/change-request.ts';
import {
  type DeletedRecord,
  deletionRequestViolations,
} from '../../../src/regulation/applications/deletion-request.ts';
import { type Dispatching, dispatchViolations } from '../../../src/regulation/applications/dispatch.ts';
import {
  openReviewViolations,
  type RevokedRecord,
  revocationReportViolations,
} from '../../../src/regulation/applications/revocation-report.ts';
import { addDays } from '../../../src/regulation/deadlines/deadlines.ts';
import { violation } from '../../../src/regulation/violations.ts';
import {
  ADDRESSEES,
  APPLICATION_KINDS,
  CHANNELS,
  DEGREE_REVIEWS,
  DELETION_CAUSES,
  keysOf,
  RECORD_STATES,
} from '../../../src/regulation/vocabulary.ts';
import { runs } from '../../support/chance.ts';
import { codes } from '../samples.ts';

const listed = {
  ...{
    id: 'r1',
    resolutionId: 'd1',
    resolutionNumber: '1号',
    category: 'regular-bachelor' as const,
    state: 'filed' as const,
  },
  ...{ collectedById: 'a', crossCheckedById: 'b', version: 1, listedVersion: 1 },
};
const SAID = { reason: '该生论文题目在上报时误用开题时的题目。', finding: '经核对答辩决议，情况属实。' };
const EVIDENCE = [{ title: '答辩决议' }];

describe('Article 15: a change request', () => {
  const changes = [{ field: 'thesisTitle' as const, evidence: [1] }];
  const request: ChangeRequest = {
    ...{ category: 'regular-bachelor', ...SAID, evidence: EVIDENCE },
    records: [{ ...listed, changes }],
  };

  it('accepts a good one', () => {
    expect(changeRequestViolations(request)).toEqual([]);
  });

  it('of any record that is not filed is refused, ended ones as ended', () => {
    for (const state of keysOf(RECORD_STATES)) {
      const found = changeRequestViolations({ ...request, records: [{ ...listed, state, changes }] });
      if (state === 'filed') expect(found).toEqual([]);
      else {
        const ended = ['deleted', 'revoked', 'declared-invalid', 'withdrawn'].includes(state);
        const code = ended ? 'application-record-ended' : 'application-record-not-filed';
        expect(found).toMatchObject([
          { code, path: 'records[0].state', article: '13', found: RECORD_STATES[state].zh, expected: '已备案' },
        ]);
      }
    }
  });

  it('rests each field on evidence that is there, counted from one', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer(), fc.double()), { maxLength: 5 }), fc.nat(4), (places, pieces) => {
        const evidence = Array.from({ length: pieces }, (_, at) => ({ title: `材料${at + 1}` }));
        const asked = { ...listed, changes: [{ field: 'thesisTitle' as const, evidence: places }] };
        const found = changeRequestViolations({ ...request, records: [asked], evidence });
        const wrong = places.filter((place) => !(Number.isInteger(place) && place >= 1 && place <= pieces));
        expect(found.length).toBe(places.length === 0 ? 1 : wrong.length);
        for (const one of found) expect(one).toMatchObject({ path: 'records[0].changes.thesisTitle', article: '15' });
      }),
    );
  });

  it('speaks of the version that it lists', () => {
    const moved = { ...listed, version: 3, listedVersion: 2, changes };
    expect(changeRequestViolations({ ...request, records: [moved] })).toMatchObject([
      { code: 'application-record-moved-on', path: 'records[0].version', found: '3', expected: '2', article: '15' },
    ]);
  });
});

describe('Article 15: a deletion request never takes a degree away', () => {
  const standing = fc.option(
    fc.record({
      id: fc.constantFrom('r1', 'r2', 's1'),
      state: fc.constantFrom(...keysOf(RECORD_STATES)),
      samePerson: fc.boolean(),
      sameDegree: fc.boolean(),
    }),
  );
  const deleted = (id: string) =>
    fc.record({
      id: fc.constant(id),
      cause: fc.constantFrom(...keysOf(DELETION_CAUSES)),
      onRoster: fc.boolean(),
      standing,
    });

  it('whatever is named as standing: allowed only off the roster, or beside another filed record of the same person and degree', () => {
    let allowed = 0;
    fc.assert(
      fc.property(deleted('r1'), deleted('r2'), (one, other) => {
        const records = [one, other].map(
          (asked): DeletedRecord => ({ ...listed, ...asked, standingRecordId: asked.standing?.id ?? null }),
        );
        const found = deletionRequestViolations({
          ...{
            category: 'regular-bachelor',
            foundOn: '2026-08-01',
            today: '2026-08-03',
            ...SAID,
            evidence: EVIDENCE,
            records,
          },
        });
        for (const [at, { cause, onRoster, standing: stays }] of records.entries()) {
          const lost =
            cause === 'never-conferred'
              ? onRoster
              : !(stays?.id === 's1' && stays.state === 'filed' && stays.samePerson && stays.sameDegree);
          const mine = found.filter(({ path }) => path.startsWith(`records[${at}].`));
          expect(mine.length > 0).toBe(lost);
          if (!lost) allowed++;
        }
        for (const { article } of found) expect(article).toBe('15');
      }),
      { numRuns: runs(2000) },
    );
    expect(allowed).toBeGreaterThan(100);
  });
});

describe('Article 16: a revocation report', () => {
  const revoked: RevokedRecord = {
    ...listed,
    ...{ noticeOn: '2026-08-20', hearingOn: '2026-08-27', hearingResult: '到场陈述', deliveredOn: '2026-09-12' },
    ...{ certificateHandling: '已收回', conferralDate: '2026-06-20', review: null },
  };
  const report = {
    ...{ category: 'regular-bachelor' as const, facts: '该生学位论文主体部分由他人代写。', proofs: '认定书、笔录。' },
    ...{ evidence: EVIDENCE, resolution: { decidedOn: '2026-09-10', effectiveOn: '2026-09-10' } },
    ...{ deadline: { nominal: '2026-09-20', rolled: '2026-09-20' }, today: '2026-09-15', reportedOn: '2026-09-15' },
    ...{ lateReason: '', reasonLength: 10 },
  };
  const check = (changes: Partial<RevokedRecord> = {}, of: Partial<typeof report> = {}) =>
    codes(revocationReportViolations({ ...report, ...of, records: [{ ...revoked, ...changes }] }));

  it('accepts a good one, and one whose review is open', () => {
    expect(check()).toEqual([]);
    expect(check({ review: 'requested' })).toEqual([]);
    expect(check({ review: 'upheld' })).toEqual([]);
    expect(check({ review: 'overturned' })).toEqual(['revocation-overturned@records[0].review']);
    const blocks = keysOf(DEGREE_REVIEWS).filter((review) => openReviewViolations([{ review }]).length > 0);
    expect(blocks).toEqual(['requested']);
  });

  it('asks for conferral ≤ notice ≤ hearing ≤ decision ≤ service ≤ today, whatever the days are', () => {
    const day = fc.integer({ min: 0, max: 6 }).map((days) => addDays('2026-09-05', days));
    const days = fc.record({
      conferralDate: day,
      noticeOn: day,
      hearingOn: fc.option(day),
      deliveredOn: day,
      decidedOn: day,
    });
    fc.assert(
      fc.property(days, day, ({ decidedOn, ...of }, today) => {
        const found = revocationReportViolations({
          ...report,
          ...{ today, reportedOn: today, resolution: { decidedOn, effectiveOn: '2026-09-01' } },
          records: [{ ...revoked, ...of, hearingWaived: of.hearingOn === null }],
        });
        const way = [
          of.conferralDate,
          of.noticeOn,
          ...(of.hearingOn ? [of.hearingOn] : []),
          decidedOn,
          of.deliveredOn,
          today,
        ];
        expect(found.length === 0).toBe(way.every((one, at) => at === 0 || (way[at - 1] ?? '') <= one));
        for (const one of found) {
          expect(one).toMatchObject({ code: 'revocation-days-out-of-order', article: '16' });
          expect(one.path).toMatch(/^records\[0\]\.(noticeOn|hearingOn|deliveredOn)$/);
          expect(Object.values(of)).toContain(one.found);
        }
      }),
      { numRuns: runs(1000) },
    );
  });

  it('is late the day after the rolled day, not on it', () => {
    expect(check({}, { today: '2026-09-20', reportedOn: '2026-09-20' })).toEqual([]);
    const late = { today: '2026-09-21', reportedOn: '2026-09-21' };
    expect(check({}, late)).toEqual(['revocation-late-unexplained@lateReason']);
    expect(check({}, { ...late, reportedOn: '2026-09-20' })).toEqual([]);
    expect(check({}, { ...late, lateReason: '因当事人下落不明经公告送达' })).toEqual([]);
  });
});

describe('Article 15, 16: a dispatch', () => {
  const send: Dispatching = {
    ...{
      kind: 'revocation-report',
      addressee: 'national-office',
      channel: 'registered-mail',
      dispatchedOn: '2026-09-15',
    },
    ...{ receipt: 'XA1', proof: true, documentDate: '2026-09-14', today: '2026-09-15', sent: [] },
  };

  it('goes to each of its addressees once, with proof or in the system, between the date of the document and today', () => {
    const day = fc.integer({ min: 0, max: 4 }).map((days) => addDays('2026-09-12', days));
    const dispatching = fc.record({
      kind: fc.constantFrom(...keysOf(APPLICATION_KINDS)),
      addressee: fc.constantFrom(...keysOf(ADDRESSEES)),
      channel: fc.constantFrom(...keysOf(CHANNELS)),
      dispatchedOn: day,
      receipt: fc.constantFrom('', ' ', 'XA1'),
      proof: fc.boolean(),
      sent: fc.subarray(keysOf(ADDRESSEES)),
    });
    let good = 0;
    fc.assert(
      fc.property(dispatching, (of) => {
        const found = dispatchViolations({ ...send, ...of });
        const system = of.channel === 'in-system';
        const allowed =
          recipientsOf(of.kind).includes(of.addressee) &&
          !of.sent.includes(of.addressee) &&
          (system ? of.addressee === 'provincial-office' : of.receipt.trim() !== '' && of.proof) &&
          of.dispatchedOn <= send.today &&
          of.dispatchedOn >= (system ? send.today : send.documentDate);
        expect(found.length === 0).toBe(allowed);
        for (const one of found) expect(one.article).toBe(APPLICATION_KINDS[of.kind].article);
        if (allowed) good++;
      }),
      { numRuns: runs(3000) },
    );
    expect(good).toBeGreaterThan(20);
  });
});

describe('the article of a violation', () => {
  it('is that of the kind where the rule is of every kind, and stays where another article says it', () => {
    for (const kind of keysOf(APPLICATIONS)) {
      const both = [
        violation('application-without-people', 'records', { found: '0' }),
        violation('application-record-not-filed', 'records[0]', { found: '已采集' }),
      ];
      expect(underArticleOf(kind, both).map(({ article }) => article)).toEqual([APPLICATION_KINDS[kind].article, '13']);
    }
  });
});
