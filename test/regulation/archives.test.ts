// Article 12: how long original records are kept, when a year is due for appraisal, and how an archive is handed over.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  appraisalDue,
  appraisalViolations,
  archiveOrderViolations,
  transferViolations,
  yearsAfter,
} from '../../src/regulation/archives.ts';

const codes = (violations: readonly { code: string }[]) => violations.map(({ code }) => code);
const today = '2026-06-29';

describe('Article 12: an order', () => {
  const order = { scope: 'year', year: 2026, purpose: '移交', passphrase: null, today } as const;
  it('says what it is for, of a year that there can be', () => {
    expect(archiveOrderViolations(order)).toEqual([]);
    expect(codes(archiveOrderViolations({ ...order, purpose: '', year: 2027 }))).toEqual([
      'archive-purpose',
      'archive-year',
    ]);
    expect(codes(archiveOrderViolations({ ...order, year: 1980 }))).toEqual(['archive-year']);
    expect(codes(archiveOrderViolations({ ...order, purpose: '移交\u0007件' }))).toEqual(['text-unreadable-character']);
  });

  it.each(['short', 'aaaaaaaaaaaaaaaaaaaa', 'x'.repeat(201), `a long one with \u0000 in it`])(
    'takes no passphrase such as %j, and never repeats it',
    (passphrase) => {
      const violations = archiveOrderViolations({ ...order, passphrase });
      expect(codes(violations)).toEqual(['archive-passphrase']);
      expect(JSON.stringify(violations)).not.toContain(passphrase);
    },
  );
});

describe('Article 12: appraisal', () => {
  const standing = { records: 3, open: 0, filedUntil: '2026-06-29' };
  const appraisal = { year: 2026, retention: 'ten-years', opinion: '同意保存十年' } as const;
  it('is for a year whose records have all been filed or have ended', () => {
    expect(appraisalViolations(appraisal, standing, null, today)).toEqual([]);
    expect(codes(appraisalViolations(appraisal, { ...standing, open: 1 }, null, today))).toEqual([
      'appraisal-year-open',
    ]);
    const none = { records: 0, open: 0, filedUntil: null };
    expect(codes(appraisalViolations({ ...appraisal, opinion: ' ' }, none, null, today))).toEqual([
      'archive-opinion',
      'appraisal-nothing-filed',
    ]);
  });

  it('never makes a term shorter', () => {
    const order = ['ten-years', 'thirty-years', 'permanent'] as const;
    for (const [at, before] of order.entries()) {
      for (const [then, retention] of order.entries()) {
        const found = codes(appraisalViolations({ ...appraisal, retention }, standing, { retention: before }, today));
        expect(found).toEqual(then < at ? ['appraisal-shorter'] : []);
      }
    }
  });

  it('is due so many years after the last filing, on a day that there is', () => {
    expect(appraisalDue({ filedUntil: null }, 10)).toBeNull();
    expect(appraisalDue({ filedUntil: '2026-06-29' }, 10)).toBe('2036-06-29');
    expect(yearsAfter('2024-02-29', 1)).toBe('2025-03-01');
    expect(yearsAfter('2024-02-29', 4)).toBe('2028-02-29');
    const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2080-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 100 }), (date, years) => {
        const from = date.toISOString().slice(0, 10);
        const to = yearsAfter(from, years);
        expect(new Date(to).toISOString().slice(0, 10)).toBe(to);
        expect(Number(to.slice(0, 4)) - Number(from.slice(0, 4))).toBe(years);
      }),
    );
  });
});

describe('Article 12: transfer', () => {
  const transfer = {
    recipient: '聊城大学档案馆',
    receiptNumber: '交〔2026〕1号',
    fileDigest: 'a'.repeat(64),
    transferredOn: today,
  };
  const archive = { state: 'done', fileDigest: 'a'.repeat(64), sealedOn: '2026-06-20' } as const;
  it('is of the very file that was sealed, after the appraisal, once for a receipt', () => {
    expect(transferViolations(transfer, archive, [], [], today)).toEqual([]);
    expect(transferViolations(transfer, archive, [2024, 2026], [], today)).toMatchObject([
      { code: 'archive-not-appraised', found: '2024、2026' },
    ]);
    expect(codes(transferViolations(transfer, archive, [], ['交〔2026〕1号'], today))).toEqual([
      'archive-transferred-already',
    ]);
    expect(codes(transferViolations({ ...transfer, fileDigest: 'b' }, archive, [], [], today))).toEqual([
      'archive-other-file',
    ]);
    // Who does not have the file is not told its digest.
    const [other] = transferViolations({ ...transfer, fileDigest: 'b' }, archive, [], [], today);
    expect(JSON.stringify(other)).not.toContain(archive.fileDigest);
    for (const transferredOn of ['2026-06-19', '2026-06-30']) {
      expect(codes(transferViolations({ ...transfer, transferredOn }, archive, [], [], today))).toEqual([
        'archive-transfer-date',
      ]);
    }
    const building = { state: 'building', fileDigest: null, sealedOn: null } as const;
    expect(codes(transferViolations({ ...transfer, recipient: '' }, building, [], [], today))).toEqual([
      'archive-recipient',
      'archive-not-sealed',
    ]);
  });
});
