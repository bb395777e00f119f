// Article 16: the sealed status list and the verdict over bundles of records that ended; openssl judges the seal.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeRecords } from '../../../src/procedures/applications/change-records.ts';
import { applicationBundle, recordBundle } from '../../../src/procedures/bundle.ts';
import { statusList } from '../../../src/procedures/reporting/status-list.ts';
import { canonicalize, type JsonValue } from '../../../src/sealing/canonical.ts';
import { MOST_SUBJECTS, sealStatusList } from '../../../src/sealing/status-list.ts';
import { verifyBundle } from '../../../src/sealing/verify/bundle.ts';
import type { Bundle } from '../../../src/sealing/verify/bundle-format.ts';
import { verifyStatusList } from '../../../src/sealing/verify/status-list.ts';
import type { SealedStatusList } from '../../../src/sealing/verify/status-list-format.ts';
import type { Verdict } from '../../../src/sealing/verify/verdict.ts';
import type { Collected } from '../../support/collected.ts';
import { collectedBatch } from '../../support/collected.ts';
import { judged, run } from '../../support/outside.ts';
import { refusal, rowCounts } from '../../support/stages.ts';
import { HERE, type TestWorld, THERE, testWorld } from '../../support/world.ts';
import {
  type CaseKey,
  consentTo,
  draftChange,
  filedBatch,
  invalidate,
  remove,
  revoke,
} from '../../support/written-cases.ts';

let test: TestWorld;
let batch: Collected;
let early: SealedStatusList;
let revoked: CaseKey;
/** Before anything ended. */
let stood: Bundle;
const recordId = (at: number) => batch.recordIds[at] ?? '';
const REVOKED = 0;
const DELETED = 1;
const INVALID = 2;
const STANDING = 3;

beforeAll(async () => {
  test = await testWorld();
  batch = await filedBatch(test, 4);
  early = await statusList(test.world, HERE);
  stood = await recordBundle(test.world, HERE, recordId(REVOKED));
  revoked = await revoke(test, recordId(REVOKED));
  await remove(test, batch, DELETED);
  await invalidate(test, recordId(INVALID));
});
afterAll(() => test.close());

const trust = () => ({ roots: [test.root.der] });
const outcome = (verdict: Verdict, name: string) => verdict.checks.find((one) => one.name === name)?.outcome;
const failed = (verdict: Verdict) => verdict.checks.filter((one) => one.outcome === 'failed').map((one) => one.name);
const said = (verdict: Verdict, name: string) => verdict.checks.find((one) => one.name === name);

describe('R16.2: the status list', () => {
  it('names every record that ended, by its id alone, with state, day and leaf, up to a head of the log', async () => {
    const { list } = await statusList(test.world, HERE);
    const of = (at: number) => list.subjects.find(({ id }) => id === recordId(at));
    expect(list.subjects).toHaveLength(3);
    expect(of(REVOKED)).toMatchObject({ state: 'revoked', since: '2026-07-15' });
    expect(of(DELETED)).toMatchObject({ state: 'deleted', since: '2026-07-20' });
    expect(of(INVALID)).toMatchObject({ state: 'declared-invalid', since: '2026-07-19' });
    const [origin, size] = list.checkpoint.split('\n');
    expect([origin, list.kind, list.covers]).toEqual(['vermilion/10447', 'record', { from: null, to: null }]);
    const steps = await test.world.db.prisma.step.findMany({
      where: { institution: HERE, leafIndex: { in: list.subjects.map(({ leafIndex }) => leafIndex) } },
      select: { name: true },
    });
    expect(steps.map(({ name }) => name).sort()).toEqual(['declare-invalid', 'delete', 'revoke']);
    expect(Number(size)).toBe(await test.world.db.prisma.step.count({ where: { institution: HERE } }));
    const text = JSON.stringify(list);
    for (const { name, certificateNumber, identityNumber, studentNumber } of batch.fields) {
      for (const value of [name, certificateNumber, identityNumber, studentNumber ?? '-']) {
        expect(text).not.toContain(value);
      }
    }
  });

  it('is good by itself against the root alone, and is sealed once for a head and a day', async () => {
    const first = await statusList(test.world, HERE);
    expect((await verifyStatusList(JSON.parse(JSON.stringify(first)), trust())).verdict).toBe('valid');
    const before = await rowCounts(test);
    const [again, other] = await Promise.all([statusList(test.world, HERE), statusList(test.world, HERE)]);
    expect([again.seal, other.seal]).toEqual([first.seal, first.seal]);
    expect(await rowCounts(test)).toEqual(before);
    test.setClock('2026-07-21');
    expect((await statusList(test.world, HERE)).list.at).toBe('2026-07-21T04:00:00.000Z');
    test.setClock('2026-07-20');
  });

  it('an institution where nothing ended has an empty list, an unknown one none, and there is no part beyond the last', async () => {
    const { list } = await statusList(test.world, THERE);
    expect([list.subjects, list.covers.to]).toEqual([[], null]);
    expect((await refusal(statusList(test.world, '99999'))).kind).toBe('NotFound');
    expect((await refusal(statusList(test.world, HERE, 2))).kind).toBe('NotFound');
  });

  judged('openssl', 'openssl finds the seal good over the canonical JSON', async () => {
    const { list, seal } = await statusList(test.world, HERE);
    const directory = mkdtempSync(join(tmpdir(), 'vermilion-'));
    const file = (name: string, content: string | Uint8Array) => {
      writeFileSync(join(directory, name), content);
      return join(directory, name);
    };
    const content = file('list.json', canonicalize(list as unknown as JsonValue));
    const cms = file('list.p7s', Buffer.from(seal, 'base64'));
    const root = file('root.pem', test.root.pem);
    const args = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', cms, '-content', content];
    const done = run('openssl', [...args, '-CAfile', root, '-purpose', 'any', '-out', join(directory, 'out')]);
    expect(done.stderr).toContain('CAdES Verification successful');
  });
});

describe('R16.2: the bundle of a record that ended', () => {
  it.each([
    ['revoked', REVOKED, '已撤销', 'revoked since 2026-07-15'],
    ['deleted', DELETED, '已删除', 'deleted since 2026-07-20'],
    ['declared invalid', INVALID, '宣布无效', 'certificate declared invalid since 2026-07-19'],
  ])('%s: says so by itself, without a list', async (_, at, zh, en) => {
    const verdict = await verifyBundle(await recordBundle(test.world, HERE, recordId(at)), trust());
    expect(verdict.verdict).toBe('not-valid');
    expect(failed(verdict)).toEqual(['stands']);
    expect(verdict.zh).toContain(zh);
    expect(verdict.zh).toMatch(/^已终止.*签章有效/);
    expect(verdict.en).toContain(en);
    expect(verdict.en).toMatch(/^Ended, do not rely on it/);
    // What is proved to have happened is still a fact.
    expect(verdict.facts).toMatchObject({ subject: { id: recordId(at) }, ended: { en: expect.any(String) } });
  });

  it('a record that stands, and the case of a revocation itself, read as before', async () => {
    const record = await verifyBundle(await recordBundle(test.world, HERE, recordId(STANDING)), trust());
    expect([record.verdict, outcome(record, 'stands'), outcome(record, 'status')]).toEqual([
      'valid',
      'passed',
      'not-checked',
    ]);
    const report = await verifyBundle(await applicationBundle(test.world, HERE, revoked.applicationId), trust());
    expect([failed(report), report.verdict]).toEqual([[], 'valid']);
  });

  it('an older bundle, in which the end is not, is caught by the list', async () => {
    expect((await verifyBundle(stood, trust())).verdict).toBe('valid');
    const verdict = await verifyBundle(stood, trust(), await statusList(test.world, HERE));
    expect([verdict.verdict, failed(verdict)]).toEqual(['not-valid', ['status']]);
    expect(verdict.en).toContain('revoked since 2026-07-15');
    expect(verdict.facts).toMatchObject({ ended: { state: 'revoked', since: '2026-07-15' } });
  });

  it('clear as of the list where the record stands', async () => {
    const list = await statusList(test.world, HERE);
    const bundle = await recordBundle(test.world, HERE, recordId(STANDING));
    const verdict = await verifyBundle(bundle, trust(), list);
    expect(verdict.verdict).toBe('valid');
    expect(said(verdict, 'status')).toMatchObject({ outcome: 'passed' });
    expect(verdict.en).toContain(list.list.at);
    expect(verdict.zh).toContain(list.list.at);
    expect(verdict.facts.statusList).toEqual({ at: list.list.at, size: Number(list.list.checkpoint.split('\n')[1]) });
  });

  it('an older bundle of a record that was changed since: not ended, and no more is claimed than that', async () => {
    const old = await recordBundle(test.world, HERE, recordId(STANDING));
    const key = await draftChange(test, recordId(STANDING));
    await consentTo(test, key, 'change-request');
    await changeRecords(test.callAs('jiaowu.zhang'), key);
    const list = await statusList(test.world, HERE);
    const verdict = await verifyBundle(old, trust(), list);
    expect([verdict.verdict, outcome(verdict, 'status')]).toEqual(['valid', 'passed']);
    const size = old.checkpoint.text.split('\n')[1];
    expect(verdict.zh).toContain(`验证包早于状态清单（其检查点 ${size} 条）`);
    expect(verdict.zh).toMatch(
      /出具后是否更改过（有更新的版本），状态清单不能说明，只有出具单位提供的更新的验证包才能说明/,
    );
    expect(verdict.en).toContain(`The bundle is older than the list (${size} entries).`);
    expect(verdict.en).toMatch(/Whether it was changed after .*no status list tells, only a newer bundle/);
    const fresh = await verifyBundle(await recordBundle(test.world, HERE, recordId(STANDING)), trust(), list);
    expect(fresh.verdict).toBe('valid');
    expect(fresh.facts).toMatchObject({ subject: { version: 2 } });
    expect(fresh.en).not.toContain('older than the list');
    expect(fresh.en).toContain('Whether it was changed after');
  });

  it('a list of records says nothing about a case', async () => {
    const bundle = await applicationBundle(test.world, HERE, revoked.applicationId);
    const verdict = await verifyBundle(bundle, trust(), await statusList(test.world, HERE));
    expect([verdict.verdict, outcome(verdict, 'status')]).toEqual(['valid', 'not-checked']);
  });
});

describe('lists that are not what they should be', () => {
  const against = async (list: unknown, at = STANDING) =>
    verifyBundle(await recordBundle(test.world, HERE, recordId(at)), trust(), list);
  const copy = async () => structuredClone(await statusList(test.world, HERE));

  it('an older list than the bundle: said, and nothing concluded but what it names', async () => {
    const verdict = await against(early);
    expect([verdict.verdict, outcome(verdict, 'status')]).toEqual(['valid', 'not-checked']);
    expect(said(verdict, 'status')?.en).toContain('older than the checkpoint of the bundle');
    expect(said(verdict, 'status')?.zh).toContain('请取新的清单');
    const middle = await statusList(test.world, HERE);
    await collectedBatch(test, 1);
    expect(
      failed(await verifyBundle(await recordBundle(test.world, HERE, recordId(REVOKED)), trust(), middle)),
    ).toEqual(['stands', 'status']);
  });

  it.each<[string, (list: SealedStatusList) => void]>([
    ['truncated', ({ list }) => void list.subjects.pop()],
    ['a name taken out', ({ list }) => void list.subjects.splice(0, 1)],
    ['another state', ({ list }) => Object.assign(list.subjects[0] ?? {}, { state: 'deleted' })],
    ['a later time', ({ list }) => Object.assign(list, { at: '2026-08-01T00:00:00.000Z' })],
    ['a longer log', ({ list }) => Object.assign(list, { checkpoint: list.checkpoint.replace(/\n\d+\n/, '\n9999\n') })],
    ['a wider cover', ({ list }) => Object.assign(list, { covers: { from: null, to: 'zz' } })],
    ['other words', ({ list }) => Object.assign(list.states, { revoked: { zh: '有效', en: 'good' } })],
  ])('%s: the seal does not hold, and the status was not checked', async (_, change) => {
    const list = await copy();
    change(list);
    const verdict = await against(list);
    expect(verdict.verdict).toBe('not-valid');
    expect(failed(verdict)).toEqual([
      'status-list.intact',
      ...(failed(verdict).includes('status-list.log') ? ['status-list.log'] : []),
    ]);
    expect(outcome(verdict, 'status')).toBe('not-checked');
    expect((await verifyStatusList(list, trust())).verdict).toBe('not-valid');
  });

  it('cut to half its text, or of another shape: unreadable', async () => {
    const list = await copy();
    const { crls, ...without } = list;
    for (const value of [null, {}, { ...list, note: 1 }, { ...list, list: { ...list.list, subjects: [{}] } }, 'x']) {
      expect((await against(value)).verdict).toBe('unreadable');
    }
    expect((await against(without)).verdict).toBe('valid');
  });

  it('sealed by another office of the house, by the province, or in the name of the degree office', async () => {
    const { list } = await copy();
    for (const officeId of [`${HERE}/academic-affairs-office`, '37/provincial-office', `${THERE}/degree-office`]) {
      const signer = test.world.sealOf(officeId)?.signer;
      if (!signer) throw new Error('no seal');
      const inItsName = await sealStatusList(
        { ...list, office: { id: officeId, name: '办公室' }, subjects: [] },
        signer,
      );
      const forged = await sealStatusList({ ...list, subjects: [] }, signer);
      for (const value of [inItsName, forged]) {
        const verdict = await against(value, REVOKED);
        expect(failed(verdict)).toContain('status-list.holder');
        expect(outcome(verdict, 'status')).toBe('not-checked');
      }
    }
  });

  it('of another institution', async () => {
    const verdict = await against(await statusList(test.world, THERE));
    expect(failed(verdict)).toEqual(['status-list.holder', 'status-list.log']);
    expect(said(verdict, 'status-list.log')?.en).toContain('another institution');
    expect(verdict.verdict).toBe('not-valid');
  });

  it('of the same size with another root: two histories', async () => {
    const signer = test.world.sealOf(`${HERE}/degree-office`)?.signer;
    if (!signer) throw new Error('no seal');
    const bundle = await recordBundle(test.world, HERE, recordId(STANDING));
    const { list } = await copy();
    const [origin, size] = bundle.checkpoint.text.split('\n');
    const checkpoint = `${origin}\n${size}\n${Buffer.alloc(32, 7).toString('base64')}\n`;
    const verdict = await verifyBundle(bundle, trust(), await sealStatusList({ ...list, checkpoint }, signer));
    expect(failed(verdict)).toEqual(['status-list.log']);
  });

  it('a part that does not reach the record says so', async () => {
    const signer = test.world.sealOf(`${HERE}/degree-office`)?.signer;
    if (!signer) throw new Error('no seal');
    const { list } = await copy();
    const part = await sealStatusList({ ...list, covers: { from: null, to: '00000000' }, subjects: [] }, signer);
    const verdict = await against(part);
    expect([verdict.verdict, outcome(verdict, 'status')]).toEqual(['valid', 'not-checked']);
  });
});

describe('R16.2: an institution where very many ended', () => {
  it('has its list in bounded parts by record id, each of which says what it covers', async () => {
    const { pool } = test.world.db;
    await pool.query(
      `INSERT INTO "DegreeRecord" SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'certificateNumber', '1044742099' || lpad(n::text, 6, '0')))).*
       FROM "DegreeRecord" r, generate_series(1, $2::int) n WHERE r."id" = $1`,
      [recordId(INVALID), MOST_SUBJECTS],
    );
    await pool.query(
      `INSERT INTO "RecordEnd" SELECT (jsonb_populate_record(e, jsonb_build_object('recordId', r."id"))).*
       FROM "RecordEnd" e, "DegreeRecord" r WHERE e."recordId" = $1 AND r."certificateNumber" LIKE '1044742099%'`,
      [recordId(INVALID)],
    );
    await pool.query(
      `INSERT INTO "StepSubject" SELECT (jsonb_populate_record(s, jsonb_build_object('subjectId', r."id", 'position', row_number() OVER ()))).*
       FROM "StepSubject" s JOIN "Step" t ON t."id" = s."stepId" AND t."name" = 'declare-invalid', "DegreeRecord" r
       WHERE s."subjectId" = $1 AND r."certificateNumber" LIKE '1044742099%'`,
      [recordId(INVALID)],
    );
    test.setClock('2026-07-25');
    const [first, second] = [await statusList(test.world, HERE), await statusList(test.world, HERE, 2)];
    expect([first.list.subjects.length, second.list.subjects.length]).toEqual([MOST_SUBJECTS, 3]);
    expect([first.list.covers.from, second.list.covers.to]).toEqual([null, null]);
    expect(first.list.covers.to).toBe(second.list.covers.from);
    expect(JSON.stringify(first).length).toBeLessThan(1_000_000);
    const ids = [...first.list.subjects, ...second.list.subjects].map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(MOST_SUBJECTS + 3);
    const bundle = await recordBundle(test.world, HERE, recordId(STANDING));
    const outcomes = await Promise.all(
      [first, second].map(async (list) => outcome(await verifyBundle(bundle, trust(), list), 'status')),
    );
    expect(outcomes.sort()).toEqual(['not-checked', 'passed']);
    expect((await refusal(statusList(test.world, HERE, 3))).kind).toBe('NotFound');
  });
});
