// Article 9: the degree committee corrects its own roster; a filed record then follows by a change request (article 15), never by itself.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeRecords } from '../../../src/procedures/applications/change-records.ts';
import { draftChangeRequest } from '../../../src/procedures/applications/draft-change-request.ts';
import {
  type CorrectRosterInput,
  correctRoster,
  type Replacement,
} from '../../../src/procedures/resolutions/correct-roster.ts';
import { rosterNumber } from '../../../src/regulation/resolution/roster.ts';
import type { Violation } from '../../../src/regulation/violations.ts';
import { rosterWithoutRecords } from '../../../src/store/resolutions/roster-reads.ts';
import { findOnRoster } from '../../../src/store/resolutions/rosters.ts';
import { bringCase, faults, filedBatch, HANDS, paper, theCase } from '../../support/cases.ts';
import type { Collected } from '../../support/collected.ts';
import { rowCounts } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
let scan: string;
let evidence: string;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  batch = await filedBatch(test, 3);
  test.setClock('2026-09-01');
  scan = await paper(test, HANDS.degreeOffice, 'roster-correction');
  evidence = await paper(test, HANDS.drafter, 'evidence');
});

const fields = (at = 0) => {
  const found = batch.fields[at];
  if (!found) throw new Error('no such person');
  return found;
};
const entryOf = (at = 0): Replacement => {
  const { name, studentNumber, category, degreeCategory, disciplineCode, conferralDate, certificateNumber } =
    fields(at);
  return {
    name,
    studentNumber: studentNumber ?? '',
    category,
    degreeCategory,
    disciplineCode,
    conferralDate,
    certificateNumber,
  };
};
const input = (more: Partial<CorrectRosterInput> = {}): CorrectRosterInput => ({
  ...{ institution: HERE, resolutionId: batch.resolutionId, sequence: 1, replacement: null },
  ...{ reason: '名单整理有误', documentNumber: '聊大学位〔2026〕88号', fileDigest: scan, ...more },
});
const correct = (more: Partial<CorrectRosterInput> = {}) => correctRoster(test.callAs(HANDS.degreeOffice), input(more));
const nextNumber = () =>
  `${fields().certificateNumber.slice(0, 10)}${String(900000 + Number(fields().certificateNumber.slice(-5)))}`;

const draft = (field: string, after: string) =>
  draftChangeRequest(test.callAs(HANDS.drafter), {
    ...{ institution: HERE, category: 'regular-bachelor', reason: '授予名单更正后，备案信息与更正后的名单不一致。' },
    ...{ finding: '已核对更正决议与名单。', evidence: [{ title: '更正决议', fileDigest: evidence }] },
    records: [{ recordId: batch.recordIds[0] ?? '', changes: [{ field, after, evidence: [1] }] }],
  });

describe('Article 9: a corrected entry stands in the place of the old one', () => {
  it('a certificate number follows the roster by a change request; the old one is never given again', async () => {
    const old = fields().certificateNumber;
    const next = nextNumber();
    expect(await faults(draft('certificateNumber', next))).toContain(
      'roster-mismatch@records[0].changes.certificateNumber',
    );
    const { replacedBy } = await correct({ replacement: { ...entryOf(), certificateNumber: next } });
    expect(replacedBy).toBe(4);
    const { applicationId } = await draft('certificateNumber', next);
    await bringCase(test, applicationId, 'consented');
    await changeRecords(test.callAs(HANDS.drafter), theCase(applicationId));
    const record = await test.world.db.prisma.degreeRecord.findFirstOrThrow({
      where: { id: batch.recordIds[0] ?? '' },
    });
    expect(record).toMatchObject({ certificateNumber: next, version: 2, rosterSequence: replacedBy });
    const taken = await test.world.db.prisma.certificateNumber.findMany({ where: { number: { in: [old, next] } } });
    expect(new Set(taken.map((one) => one.recordId))).toEqual(new Set([record.id]));
    const back = draft('certificateNumber', old);
    expect(await faults(back)).toContain('roster-mismatch@records[0].changes.certificateNumber');
  });

  it('a name follows the roster, too, as far as the student system agrees', async () => {
    const before = await faults(draft('name', '赵更名'));
    expect(before.sort()).toEqual([
      'enrolment-mismatch@records[0].changes.name',
      'roster-mismatch@records[0].changes.name',
    ]);
    await correct({ replacement: { ...entryOf(), name: '赵更名' } });
    expect(await faults(draft('name', '赵更名'))).toEqual(['enrolment-mismatch@records[0].changes.name']);
  });

  it('nobody is looked for in a struck place, and the new one is without a record until the change', async () => {
    await correct({ replacement: { ...entryOf(), certificateNumber: nextNumber() } });
    const { db } = test.world;
    const key = [{ ...fields(), studentNumber: rosterNumber(fields()) }];
    const [found] = await db.prisma.$transaction((tx) => findOnRoster(tx, HERE, batch.resolutionId, key));
    expect(found).toMatchObject({ sequence: 4, certificateNumber: nextNumber() });
    const missing = await rosterWithoutRecords(db.prisma, HERE, batch.resolutionId);
    expect(missing.map(({ sequence }) => sequence)).toEqual([4]);
  });
});

describe('Article 9: a correction is refused', () => {
  it('everything wrong at once, each with what was found', async () => {
    const wrong = { ...entryOf(), name: '', certificateNumber: '123', conferralDate: '2026-06-21' };
    const found = await faults(
      correct({ replacement: wrong, reason: ' ', documentNumber: '', fileDigest: '0'.repeat(64) }),
    );
    expect(found).toEqual(
      expect.arrayContaining([
        'roster-strike-reason-missing@reason',
        'roster-strike-reason-missing@documentNumber',
        'file-missing@fileDigest',
        'field-missing@replacement.name',
        'roster-date@replacement.conferralDate',
      ]),
    );
    expect(found.some((one) => one.endsWith('@replacement.certificateNumber'))).toBe(true);
  });

  it('an entry that another place has already', async () => {
    const replacement = {
      ...entryOf(0),
      certificateNumber: fields(1).certificateNumber,
      studentNumber: fields(2).studentNumber ?? '',
    };
    expect(await faults(correct({ replacement }))).toEqual([
      'roster-row-doubled@replacement.certificateNumber',
      'roster-row-doubled@replacement.studentNumber',
    ]);
  });

  it('a certificate number that any record has, also a deleted one: striking an entry frees none', async () => {
    const other = await filedBatch(test, 2);
    const [used, gone] = other.fields.map(({ certificateNumber }) => certificateNumber);
    const { prisma } = test.world.db;
    await prisma.degreeRecord.updateMany({ where: { id: other.recordIds[1] ?? '' }, data: { state: 'deleted' } });
    const told = async (replacement: Replacement, sequence = 1) => {
      const error = await correct({ sequence, replacement }).catch((thrown: unknown) => thrown);
      return ((error as { violations?: Violation[] }).violations ?? []).map(({ code, path, found }) => [
        ...[code, path, found],
      ]);
    };
    const path = 'replacement.certificateNumber';
    expect(await told({ ...entryOf(), certificateNumber: used ?? '' })).toEqual([
      ['certificate-number-taken', path, used],
    ]);
    expect(await told({ ...entryOf(), certificateNumber: gone ?? '' })).toEqual([
      ['certificate-number-of-deleted', path, gone],
    ]);
    // The number of the struck entry itself stays with its record: for somebody else it is taken, for the same person it is their own.
    const own = entryOf();
    const somebody = { ...own, name: '钱另人', studentNumber: `${own.studentNumber}9` };
    expect(await told(somebody)).toEqual([['certificate-number-taken', path, own.certificateNumber]]);
    const renamed = await correct({ replacement: { ...own, name: '赵更名' } });
    // The record has not followed yet; it is still the one of this place.
    const again = await correct({ sequence: renamed.replacedBy ?? 0, replacement: { ...own, name: '赵再更名' } });
    await prisma.degreeRecord.updateMany({ where: { id: batch.recordIds[0] ?? '' }, data: { state: 'deleted' } });
    expect(await told({ ...own, name: '赵三更名' }, again.replacedBy ?? 0)).toEqual([
      ['certificate-number-of-deleted', path, own.certificateNumber],
    ]);
  });

  it('a certificate number that waits on the roster of another resolution, named with its place', async () => {
    const other = await filedBatch(test, 1);
    const { prisma } = test.world.db;
    const [entry] = await prisma.rosterEntry.findMany({ where: { resolutionId: other.resolutionId } });
    if (!entry) throw new Error('nobody on the roster');
    const waiting = `${nextNumber()}`;
    await prisma.rosterEntry.create({ data: { ...entry, sequence: 2, certificateNumber: waiting } });
    const { number } = await prisma.resolution.findFirstOrThrow({ where: { id: other.resolutionId } });
    const replacement = { ...entryOf(), certificateNumber: waiting };
    await expect(correct({ replacement })).rejects.toMatchObject({
      violations: [
        {
          ...{ code: 'certificate-number-on-other-roster', path: 'replacement.certificateNumber', found: waiting },
          expected: `≠ ${number} #2`,
        },
      ],
    });
  });

  it('a place that was struck already, or that is not there', async () => {
    await correct();
    expect(await faults(correct())).toEqual(['roster-already-struck@sequence']);
    await expect(correct({ sequence: 77 })).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('simulated it leaves nothing, and no other office may', async () => {
    const before = await rowCounts(test);
    await correctRoster(test.callAs(HANDS.degreeOffice, { simulate: true }), input());
    expect(await rowCounts(test)).toEqual(before);
    for (const officer of [HANDS.drafter, HANDS.province, 'donghai.xuewei']) {
      await expect(correctRoster(test.callAs(officer), input())).rejects.toMatchObject({ name: 'Forbidden' });
    }
  });
});
