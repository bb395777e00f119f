// Article 9: the roster is frozen by its resolution. A bundle proves that its person was on it; nobody is slipped in later, not even by SQL.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { verifyFile } from '../../../src/commands/verify.ts';
import { recordBundle } from '../../../src/procedures/bundle.ts';
import { crossCheckRecords } from '../../../src/procedures/cross-check/cross-check.ts';
import { reportUpward } from '../../../src/procedures/reporting/report-upward.ts';
import { correctRoster } from '../../../src/procedures/resolutions/correct-roster.ts';
import { rosterProof } from '../../../src/procedures/resolutions/roster-proof.ts';
import { correctionDigest, rosterSteps } from '../../../src/procedures/resolutions/roster-seal.ts';
import type { JsonObject } from '../../../src/procedures/statement.ts';
import { leafHash } from '../../../src/sealing/log.ts';
import { verifyBundle } from '../../../src/sealing/verify/bundle.ts';
import type { Bundle, RosterProof } from '../../../src/sealing/verify/bundle-format.ts';
import { canonicalBytes, canonicalize } from '../../../src/sealing/verify/canonical.ts';
import { uuidv7 } from '../../../src/store/database/uuid.ts';
import { HANDS, paper } from '../../support/cases.ts';
import { runs } from '../../support/chance.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { bringTo, refusal } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 5);
});

const verify = (bundle: unknown) => verifyBundle(bundle, { roots: [test.root.der] });
const outcomes = async (bundle: unknown) => {
  const { verdict, checks } = await verify(bundle);
  const of = (name: string) => checks.find((check) => check.name === name)?.outcome;
  return { verdict, inclusion: of('roster-inclusion'), agrees: of('roster-agrees') };
};
const forged = (bundle: Bundle, change: (roster: RosterProof) => void): Bundle => {
  const copy = structuredClone(bundle);
  if (!copy.roster) throw new Error('there is no roster proof');
  change(copy.roster);
  return copy;
};
const sql = (text: string, ...values: unknown[]) => test.world.db.pool.query(text, values);
const crossCheck = () =>
  crossCheckRecords(test.callAs('jiaowu.he'), {
    ...{ institution: HERE, batchId: batch.batchId, errorPolicy: 'skip-refused' },
  });

describe('Article 9: a bundle proves that its person was on the roster of the resolution', () => {
  it('by the sealed step of the resolution, the opened place and its proof under the root', async () => {
    const bundle = await recordBundle(test.world, HERE, batch.recordIds[2] ?? '');
    expect(await outcomes(bundle)).toEqual({ verdict: 'valid', inclusion: 'passed', agrees: 'passed' });
    expect(bundle.roster?.entry).toMatchObject({ sequence: 3, name: batch.fields[2]?.name });
    const { facts } = await verify(bundle);
    expect(facts.roster).toEqual({ resolution: batch.fields[2]?.resolutionNumber, sequence: 3 });
  });

  it('opens that person and nobody else', async () => {
    const text = JSON.stringify(await recordBundle(test.world, HERE, batch.recordIds[2] ?? ''));
    const others = batch.fields.filter((_, at) => at !== 2);
    for (const { certificateNumber, studentNumber } of others) {
      expect(text).not.toContain(certificateNumber);
      expect(text).not.toContain(studentNumber);
    }
  });

  it('is left out where fewer fields are to be shown than a place says, and is then not checked', async () => {
    const bundle = await recordBundle(test.world, HERE, batch.recordIds[0] ?? '', ['degreeCategory', 'conferralDate']);
    expect(bundle.roster).toBeUndefined();
    expect(await outcomes(bundle)).toEqual({ verdict: 'valid', inclusion: 'not-checked', agrees: 'not-checked' });
  });

  it('a bundle from which the proof was taken, or of before there were any, is valid as far as shown and says so first', async () => {
    const whole = await recordBundle(test.world, HERE, batch.recordIds[0] ?? '');
    const { roster: _, ...old } = whole;
    expect(await outcomes(old)).toEqual({ verdict: 'valid', inclusion: 'not-checked', agrees: 'not-checked' });
    const said = async (bundle: unknown) => {
      const { zh, en } = await verify(bundle);
      return [zh.split('。')[0], en.split('. ')[0]];
    };
    expect(await said(old)).toEqual([
      '就所示内容而言验证通过，但未出示此人在学位授予名单中的证明：内容完整，签章有效',
      'Valid as far as shown; that the person was on the roster of the resolution is not shown',
    ]);
    expect(await said(whole)).toEqual([
      '验证通过：内容完整，签章有效，可以采信',
      'Valid: the content is intact and the seals are good',
    ]);
    const { crls: __, ...bare } = old;
    expect((await said(bare))[1]).toMatch(
      /^Valid as far as shown; whether a seal was revoked .*; that the person was on/,
    );
  });

  it('is demanded by who asks for it: without a proof a record is then not valid', async () => {
    const whole = await recordBundle(test.world, HERE, batch.recordIds[0] ?? '');
    const { roster: _, ...bare } = whole;
    const { subject: __, ...steps } = bare;
    const strict = (bundle: unknown) => verifyBundle(bundle, { roots: [test.root.der], roster: 'required' });
    expect((await strict(whole)).verdict).toBe('valid');
    const refused = await strict(bare);
    expect(refused).toMatchObject({ verdict: 'not-valid', facts: {} });
    expect(refused.en).toContain('It had to be proved that the person was on the roster');
    // A bundle that shows no record has no person to prove anything of.
    const alone = { ...steps, steps: steps.steps.map(({ batch: _batch, ...step }) => step) };
    expect((await strict(alone)).checks.map(({ name }) => name)).not.toContain('roster-demand');
  });

  it('is told by the command line, check by check', async () => {
    const bundle = await recordBundle(test.world, HERE, batch.recordIds[2] ?? '');
    const directory = mkdtempSync(join(tmpdir(), 'vermilion-'));
    const file = (name: string, content: string) => {
      writeFileSync(join(directory, name), content);
      return join(directory, name);
    };
    const root = file('root.pem', test.root.pem);
    const said: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text));
    const code = await verifyFile([file('bundle.json', JSON.stringify(bundle)), '--root', root]);
    const bad = forged(bundle, (roster) => {
      (roster.entry as Record<string, string>).name = '赵他人';
    });
    const wrong = await verifyFile([file('forged.json', JSON.stringify(bad)), '--root', root]);
    const { roster: _, ...bare } = bundle;
    const without = file('bare.json', JSON.stringify(bare));
    const lenient = await verifyFile([without, '--root', root, '--json']);
    const strict = await verifyFile([without, '--root', root, '--require-roster']);
    log.mockRestore();
    expect([code, wrong, lenient, strict]).toEqual([0, 1, 0, 1]);
    expect(JSON.parse(said[2] ?? '').en).toMatch(/^Valid as far as shown; that the person was on the roster/);
    expect(said[3]).toMatch(/✗ roster-demand/);
    expect(said[0]).toMatch(/✓ roster-inclusion {2}此人在经签章的学位授予名单中。/);
    expect(said[0]).toMatch(/✓ roster-agrees/);
    expect(said[0]).toMatch(/ {2}roster: \{"resolution":"聊大学位〔2026〕\d+号","sequence":3\}/);
    expect(said[1]).toMatch(/✗ roster-inclusion/);
  });

  it('a root that somebody made for themselves is sealed by nobody', async () => {
    const bundle = await recordBundle(test.world, HERE, batch.recordIds[1] ?? '');
    const own = forged(bundle, (roster) => {
      const [step] = roster.steps;
      if (!step) throw new Error('no step');
      const entry = { ...roster.entry, sequence: 1 };
      const rosterRoot = Buffer.from(leafHash(canonicalBytes({ ...entry, salt: roster.salt }))).toString('hex');
      const facts = { ...(step.statement.facts as object), rosterRoot, rosterSize: 1 };
      const statement = { ...step.statement, facts } as JsonObject;
      roster.steps = [{ ...step, statement, statementText: canonicalize(statement) }];
      roster.entry = entry;
      roster.inclusion = { size: 1, index: 0, proof: [] };
    });
    const { verdict, checks } = await verify(own);
    const failed = checks.filter((check) => check.outcome === 'failed').map((check) => check.name);
    expect(verdict).toBe('not-valid');
    expect(failed).toContain('roster.steps[0].inclusion');
    expect(failed.some((name) => name.startsWith('roster.steps[0].seal') || name.includes('intact'))).toBe(true);
  });

  it('any altered field, place, size, salt or hash of the proof fails', async () => {
    const bundle = await recordBundle(test.world, HERE, batch.recordIds[1] ?? '');
    const names = Object.keys(bundle.roster?.entry ?? {}).filter((name) => name !== 'sequence');
    const flip = (text: string, at: number) => {
      const place = at % text.length;
      return text.slice(0, place) + (text[place] === 'A' ? 'B' : 'A') + text.slice(place + 1);
    };
    const change = fc.oneof(
      fc.record({ kind: fc.constant('entry' as const), name: fc.constantFrom(...names), at: fc.nat(60) }),
      fc.record({ kind: fc.constantFrom('salt' as const, 'proof' as const), at: fc.nat(300), name: fc.constant('') }),
      fc.record({
        kind: fc.constantFrom('index' as const, 'size' as const, 'sequence' as const),
        ...{ at: fc.constantFrom(0, 3, 4, 6, 7, 1000), name: fc.constant('') },
      }),
    );
    await fc.assert(
      fc.asyncProperty(change, async ({ kind, name, at }) => {
        const wrong = forged(bundle, (roster) => {
          const entry = roster.entry as Record<string, string | number>;
          const { inclusion } = roster;
          if (!inclusion) throw new Error('no inclusion');
          if (kind === 'entry') entry[name] = flip(`${entry[name]}`, at);
          else if (kind === 'salt') roster.salt = flip(roster.salt, at);
          else if (kind === 'sequence') entry.sequence = at;
          else if (kind === 'proof') {
            const which = at % inclusion.proof.length;
            const bytes = Buffer.from(inclusion.proof[which] ?? '', 'base64');
            bytes[at % 32] = (bytes[at % 32] ?? 0) ^ 1;
            inclusion.proof[which] = bytes.toString('base64');
          } else inclusion[kind] = at;
        });
        const { verdict, inclusion } = await outcomes(wrong);
        expect({ verdict, inclusion }).toEqual({ verdict: 'not-valid', inclusion: 'failed' });
      }),
      { numRuns: runs(40) },
    );
  });

  it('the place of another person, however genuine, does not agree', async () => {
    const bundle = await recordBundle(test.world, HERE, batch.recordIds[1] ?? '');
    const other = await recordBundle(test.world, HERE, batch.recordIds[3] ?? '');
    const swapped = { ...bundle, roster: other.roster };
    expect(await outcomes(swapped)).toEqual({ verdict: 'not-valid', inclusion: 'passed', agrees: 'failed' });
  });

  it('the roster of another resolution does not agree, and a step that is no loading of one includes nobody', async () => {
    const bundle = await recordBundle(test.world, HERE, batch.recordIds[1] ?? '');
    const second = await collectedBatch(test, 5);
    const elsewhere = await recordBundle(test.world, HERE, second.recordIds[1] ?? '');
    expect((await outcomes({ ...bundle, roster: elsewhere.roster })).verdict).toBe('not-valid');
    const [step] = bundle.steps;
    const posing = forged(bundle, (roster) => {
      if (step) roster.steps = [step];
    });
    expect((await outcomes(posing)).inclusion).toBe('failed');
  });
});

describe('Article 9: a place that the committee added is proved by its correction', () => {
  const replace = async () => {
    const fields = batch.fields[0];
    if (!fields) throw new Error('nobody');
    const { name, category, degreeCategory, disciplineCode, conferralDate, certificateNumber } = fields;
    const scan = await paper(test, HANDS.degreeOffice, 'roster-correction');
    return correctRoster(test.callAs(HANDS.degreeOffice), {
      ...{ institution: HERE, resolutionId: batch.resolutionId, sequence: 1, reason: '名单整理有误' },
      ...{ documentNumber: '聊大学位〔2026〕88号', fileDigest: scan },
      replacement: {
        ...{ name, category, degreeCategory, disciplineCode, conferralDate, certificateNumber },
        studentNumber: fields.studentNumber ?? '',
      },
    });
  };

  it('whose statement holds the leaf, and no word of the person', async () => {
    const { replacedBy, stepId } = await replace();
    expect(replacedBy).toBe(6);
    const recordId = batch.recordIds[0] ?? '';
    await sql('UPDATE "DegreeRecord" SET "rosterSequence" = 6 WHERE "id" = $1', recordId);
    const bundle = await recordBundle(test.world, HERE, recordId);
    expect(bundle.roster?.steps).toHaveLength(2);
    expect(await outcomes(bundle)).toEqual({ verdict: 'valid', inclusion: 'passed', agrees: 'passed' });
    const step = await test.world.db.prisma.step.findFirstOrThrow({ where: { id: stepId ?? '' } });
    expect(step.statement).not.toContain(batch.fields[0]?.name);
    const renamed = forged(bundle, (roster) => {
      (roster.entry as Record<string, string>).name = '赵他人';
    });
    expect((await outcomes(renamed)).inclusion).toBe('failed');
    const moved = forged(bundle, (roster) => {
      (roster.entry as Record<string, number>).sequence = 7;
    });
    expect((await outcomes(moved)).inclusion).toBe('failed');
  });

  it('an honest correction hinders nothing', async () => {
    await replace();
    await sql('UPDATE "DegreeRecord" SET "rosterSequence" = 6 WHERE "id" = $1', batch.recordIds[0]);
    expect(await crossCheck()).toMatchObject({ checked: 5 });
  });
});

describe('Article 9: nobody is slipped in later', () => {
  const insert = (sequence: number) =>
    sql(
      `INSERT INTO "RosterEntry" ("institution", "resolutionId", "sequence", "name", "studentNumber", "category", "degreeCategory", "disciplineCode", "conferralDate", "certificateNumber")
       SELECT "institution", "resolutionId", $2, '钱买来', "studentNumber", "category", "degreeCategory", "disciplineCode", "conferralDate", "certificateNumber"
       FROM "RosterEntry" WHERE "resolutionId" = $1 AND "sequence" = 1`,
      batch.resolutionId,
      sequence,
    );

  it('a row added by SQL is refused at the cross-check, and no proof can be made of it', async () => {
    await insert(6);
    expect((await refusal(crossCheck())).codes).toEqual(['roster-altered']);
    expect(await rosterProof(test.world, HERE, batch.resolutionId, 6)).toBeUndefined();
  });

  it('also with a strike of its own that nobody sealed', async () => {
    await insert(6);
    await sql(
      `INSERT INTO "RosterStrike" ("institution", "resolutionId", "sequence", "reason", "documentNumber", "fileDigest", "replacedBy", "at")
       VALUES ($1, $2, 1, '更正', '1号', 'x', 6, now())`,
      HERE,
      batch.resolutionId,
    );
    expect((await refusal(crossCheck())).codes).toContain('roster-altered');
  });

  it('nor by a correction that stands in the table of steps and not in the log', async () => {
    await insert(6);
    const { resolutionId } = batch;
    await sql(
      `INSERT INTO "RosterStrike" ("institution", "resolutionId", "sequence", "reason", "documentNumber", "fileDigest", "replacedBy", "at")
       VALUES ($1, $2, 1, '更正', '1号', 'x', 6, now())`,
      ...[HERE, resolutionId],
    );
    const [load] = await rosterSteps(test.world.db.prisma, HERE, resolutionId);
    const place = await test.world.db.prisma.rosterEntry.findFirstOrThrow({ where: { resolutionId, sequence: 6 } });
    const { institution: _, resolutionId: __, sequence: ___, ...replacement } = place;
    const strike = { resolutionId, sequence: 1, replacedBy: 6, reason: '更正', documentNumber: '1号', fileDigest: 'x' };
    // Even with the installation's key, which an intruder in the database does not have.
    const digest = correctionDigest(test.world, strike, replacement);
    const statement = JSON.stringify({ step: 'correct-roster', facts: { resolutionId, sequence: 1, replacedBy: 6 } });
    const id = uuidv7();
    const step = await test.world.db.prisma.step.findFirstOrThrow({ where: { id: load?.id ?? '' } });
    const forged = { ...step, id, name: 'correct-roster', statement, leafIndex: 999_999 };
    await test.world.db.prisma.step.create({ data: { ...forged, signature: Uint8Array.from(step.signature) } });
    await test.world.db.prisma.stepSubject.create({
      data: {
        institution: HERE,
        stepId: id,
        position: 0,
        kind: 'resolution',
        subjectId: resolutionId,
        version: 2,
        digest,
      },
    });
    const refused = await crossCheck().catch((error: unknown) => error);
    expect(refused).toMatchObject({ violations: [{ code: 'roster-altered', found: 'log[999999]' }] });
  });

  it.each([
    ['renamed', `UPDATE "RosterEntry" SET "name" = '钱改名' WHERE "resolutionId" = $1 AND "sequence" = 5`],
    ['taken off', `DELETE FROM "RosterEntry" WHERE "resolutionId" = $1 AND "sequence" = 5`],
  ])('somebody who was %s by SQL is found at the cross-check and at the report upward', async (_, change) => {
    await bringTo(test, batch, 'reported');
    // Whoever has all rights takes the guard away first.
    await sql('ALTER TABLE "RosterEntry" DISABLE TRIGGER append_only');
    await sql(change, batch.resolutionId);
    await sql('ALTER TABLE "RosterEntry" ENABLE TRIGGER append_only');
    const upward = reportUpward(test.callAs('xuewei.guan'), { institution: HERE, resolutionId: batch.resolutionId });
    expect((await refusal(upward)).codes).toContain('roster-altered');
    const bundle = await recordBundle(test.world, HERE, batch.recordIds[0] ?? '');
    expect((await outcomes(bundle)).inclusion).toBe('failed');
  });

  it('with roster, root and size all rewritten in the tables, the sealed statement still says who was on it', async () => {
    await insert(6);
    await sql(
      'UPDATE "Resolution" SET "rosterSize" = 6, "rosterRoot" = $2 WHERE "id" = $1',
      batch.resolutionId,
      'f'.repeat(64),
    );
    expect((await refusal(crossCheck())).codes).toContain('roster-altered');
  });
});
