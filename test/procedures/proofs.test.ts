// Article 12: checkpoints and bundles, judged by our verifier with the root alone and by openssl; reveals are steps of their own.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordBundle } from '../../src/procedures/bundle.ts';
import { ensureCheckpoint } from '../../src/procedures/checkpoint.ts';
import { nodeReader } from '../../src/procedures/log.ts';
import { revealField } from '../../src/procedures/secrecy/reveal.ts';
import { consistencyProof } from '../../src/sealing/log.ts';
import { verifyBundle } from '../../src/sealing/verify/bundle.ts';
import { parseCheckpoint } from '../../src/sealing/verify/checkpoint.ts';
import { verifyConsistency } from '../../src/sealing/verify/merkle.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { judged, run } from '../support/outside.ts';
import { bringTo, refusal, rowCounts } from '../support/stages.ts';
import { HERE, type TestWorld, THERE, testWorld } from '../support/world.ts';

let test: TestWorld;
let batch: Collected;
let recordId: string;
beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 4);
  recordId = batch.recordIds[3] ?? '';
  await bringTo(test, batch, 'disclosed');
});
afterAll(() => test.close());

describe('Article 12: the log and its checkpoints', () => {
  it('a checkpoint is made once for a head, and every later one extends it', async () => {
    const first = await ensureCheckpoint(test.world, HERE);
    expect(await ensureCheckpoint(test.world, HERE)).toEqual(first);
    const other = await collectedBatch(test, 2);
    await bringTo(test, other, 'cross-checked');
    const second = await ensureCheckpoint(test.world, HERE);
    expect(second.size).toBe(first.size + 3);
    const path = await consistencyProof(first.size, second.size, nodeReader(test.world.db.prisma, HERE));
    const [oldRoot, newRoot] = [first, second].map(({ text }) => parseCheckpoint(text)?.root ?? new Uint8Array());
    const proof = { oldSize: first.size, newSize: second.size, path };
    expect(
      await verifyConsistency({ ...proof, oldRoot: oldRoot ?? new Uint8Array(), newRoot: newRoot ?? new Uint8Array() }),
    ).toBe(true);
  });

  it('an institution without a step has an empty log, an unknown one none', async () => {
    expect(parseCheckpoint((await ensureCheckpoint(test.world, THERE)).text)).toMatchObject({
      origin: 'vermilion/10999',
      size: 0,
    });
    expect((await refusal(ensureCheckpoint(test.world, '99999'))).kind).toBe('NotFound');
  });

  it('steps, subjects, checkpoints and old versions cannot be changed or deleted, not even by SQL', async () => {
    for (const sql of ['UPDATE "Step" SET "name" = \'x\'', 'DELETE FROM "StepSubject"', 'DELETE FROM "Checkpoint"']) {
      await expect(test.world.db.pool.query(sql)).rejects.toThrow(/append-only/);
    }
  });
});

describe('Article 12: the bundle of a record', () => {
  it('shows only the fields that are revealed, and a changed value is found', async () => {
    const bundle = await recordBundle(test.world, HERE, recordId, ['degreeCategory', 'conferralDate']);
    expect(Object.keys(bundle.subject?.fields ?? {}).sort()).toEqual(['conferralDate', 'degreeCategory']);
    expect(JSON.stringify(bundle)).not.toContain(batch.fields[3]?.name);
    const trust = { roots: [test.root.der] };
    expect((await verifyBundle(bundle, trust)).verdict).toBe('valid');
    const forged = structuredClone(bundle);
    const opening = forged.subject?.fields?.degreeCategory;
    if (opening) opening.value = '405';
    expect((await verifyBundle(forged, trust)).verdict).toBe('not-valid');
  });

  it('F18: a record changed by SQL no longer opens its commitments', async () => {
    const id = batch.recordIds[0] ?? '';
    const where = { institution_id: { institution: HERE, id } };
    const { thesisTitle } = batch.fields[0] ?? {};
    await test.world.db.prisma.degreeRecord.update({ where, data: { thesisTitle: '另一个题目' } });
    const verdict = await verifyBundle(await recordBundle(test.world, HERE, id), { roots: [test.root.der] });
    await test.world.db.prisma.degreeRecord.update({ where, data: { thesisTitle: thesisTitle ?? null } });
    expect(verdict.verdict).toBe('not-valid');
    expect(verdict.checks.find((check) => check.outcome === 'failed')?.name).toBe('record-digest');
  });

  judged('openssl', 'openssl finds every seal good against the root', async () => {
    const bundle = await recordBundle(test.world, HERE, recordId);
    const directory = mkdtempSync(join(tmpdir(), 'vermilion-'));
    const file = (name: string, content: string | Uint8Array) => {
      const path = join(directory, name);
      writeFileSync(path, content);
      return path;
    };
    const root = file('root.pem', test.root.pem);
    const steps = [...bundle.steps, ...(bundle.roster?.steps ?? [])];
    expect(steps.length).toBe(bundle.steps.length + 1);
    const sealed = steps.map((step): [string, string] => [step.statementText, step.seal]);
    sealed.push([bundle.checkpoint.text, bundle.checkpoint.seal]);
    for (const [text, seal] of sealed) {
      const content = file('content', text);
      const cms = file('seal.der', Buffer.from(seal, 'base64'));
      const purpose = ['-CAfile', root, '-purpose', 'any', '-content', content];
      const said = run('openssl', [
        'cms',
        '-verify',
        '-cades',
        '-binary',
        '-inform',
        'DER',
        '-in',
        cms,
        ...purpose,
        '-out',
        join(directory, 'out'),
      ]);
      expect(said.stderr).toMatch(/Verification successful/i);
    }
  });
});

describe('Article 21: revealing a secret value', () => {
  const ask = { reason: '核对身份证件', field: 'identityNumber' };

  it('gives it to who may see it, as a sealed step with its reason kept, and keeps it nowhere', async () => {
    const call = test.callAs('jiaowu.he', { idempotencyKey: 'reveal-1' });
    const revealed = await revealField(call, { institution: HERE, recordId, ...ask });
    expect(revealed.value).toBe(batch.fields[3]?.identityNumber);
    const again = await revealField(call, { institution: HERE, recordId, ...ask });
    expect(again.value).toBe(revealed.value);
    expect(again.stepId).not.toBe(revealed.stepId);
    const [kept, second] = await test.world.db.prisma.reveal.findMany({ where: { recordId } });
    expect(kept).toMatchObject({ field: 'identityNumber', reason: ask.reason });
    expect(second).toMatchObject({ field: 'identityNumber' });
    const { rows } = await test.world.db.pool.query(
      'SELECT s::text FROM "Step" s UNION ALL SELECT c::text FROM "IdempotentCall" c',
    );
    expect(JSON.stringify(rows)).not.toContain(revealed.value);
  });

  it('not without a reason, not what is no secret, not to others', async () => {
    const as = (name: string, more = {}) =>
      refusal(revealField(test.callAs(name), { institution: HERE, recordId, ...ask, ...more }));
    expect((await as('jiaowu.he', { reason: ' ' })).codes).toEqual(['reveal-reason-missing']);
    expect((await as('jiaowu.he', { field: 'name' })).codes).toEqual(['reveal-not-secret']);
    expect((await as('yanjiu.he')).kind).toBe('Forbidden');
    expect((await as('jiancha')).codes).toContain('read-only-duty');
  });

  it('the province sees nothing of a record that has not been reported to it', async () => {
    const attempt = revealField(test.callAs('sheng.shen'), { institution: HERE, recordId, ...ask });
    expect(await refusal(attempt)).toEqual({ kind: 'Forbidden', codes: ['not-yet-public'] });
  });

  it('a value that cannot be opened is not said to have been shown: nothing is sealed', async () => {
    const { prisma } = test.world.db;
    const where = { institution_id: { institution: HERE, id: recordId } };
    const { identityNumber } = await prisma.degreeRecord.findUniqueOrThrow({ where });
    const before = await rowCounts(test);
    await prisma.degreeRecord.update({ where, data: { identityNumber: `${identityNumber?.slice(0, -8)}AAAAAAAA` } });
    await expect(revealField(test.callAs('jiaowu.he'), { institution: HERE, recordId, ...ask })).rejects.toThrow();
    await prisma.degreeRecord.update({ where, data: { identityNumber } });
    expect(await rowCounts(test)).toEqual(before);
  });

  it('a simulation shows nothing and writes nothing', async () => {
    const before = await rowCounts(test);
    const call = test.callAs('jiaowu.he', { simulate: true });
    expect((await revealField(call, { institution: HERE, recordId, ...ask })).value).toBeNull();
    expect(await rowCounts(test)).toEqual(before);
  });
});
