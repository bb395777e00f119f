// Article 11(3): objections by the page of a disclosure are kept sealed, are never lost, never nameless, never without limit, and enter the sealed log by an officer.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acceptObjection } from '../../../src/procedures/disclosure/accept-objection.ts';
import { closeDisclosure } from '../../../src/procedures/disclosure/close-disclosure.ts';
import {
  disclosureByToken,
  receiveObjection,
  type SentObjection,
} from '../../../src/procedures/disclosure/disclosed-page.ts';
import {
  disclosureLink,
  revokeDisclosureLink,
  tokenOfLink,
} from '../../../src/procedures/disclosure/disclosure-link.ts';
import { openDisclosure } from '../../../src/procedures/disclosure/open-disclosure.ts';
import { resolveObjection } from '../../../src/procedures/disclosure/resolve-objection.ts';
import { correctRecord } from '../../../src/procedures/records/correct.ts';
import { reportBatch } from '../../../src/procedures/reporting/report.ts';
import { OBJECTION_LIMITS } from '../../../src/regulation/disclosure.ts';
import { type Collected, collectedBatch } from '../../support/collected.ts';
import { bringTo, refusal, rowCounts } from '../../support/stages.ts';
import { HERE, type TestWorld, testWorld } from '../../support/world.ts';

let test: TestWorld;
let batch: Collected;
let token: string;
let linkId: string;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
const policy = async (content: object, effectiveFrom = '2026-01-01') => {
  await test.world.db.prisma.policy.create({ data: { institution: HERE, effectiveFrom, content: { ...content } } });
};
beforeEach(async () => {
  await policy({ nameMask: 'middle-hidden' });
  test.setClock('2026-06-23');
  batch = await collectedBatch(test, 3);
  await bringTo(test, batch, 'disclosing');
  ({ linkId } = await disclosureLink(test.callAs('jiaowu.he'), where()));
  token = tokenOfLink(test.world, { institution: HERE, id: linkId });
});

const where = () => ({ institution: HERE, batchId: batch.batchId });
const SENT: SentObjection = { sequence: 2, reason: '证书编号与公示名单不符', name: '王同学', contact: '13800000000' };
let addresses = 0;
const elsewhere = () => {
  addresses += 1;
  return `10.0.0.${addresses}`;
};
const send = (more: Partial<SentObjection> = {}, address = elsewhere()) =>
  receiveObjection(test.world, token, { ...SENT, ...more }, address);
const received = () =>
  test.world.db.prisma.receivedObjection.findMany({ where: { batchId: batch.batchId }, orderBy: { id: 'asc' } });
const accept = async (at = 0, as = 'jiaowu.cai') =>
  acceptObjection(test.callAs(as), { institution: HERE, receivedId: (await received())[at]?.id ?? '' });

describe('Article 11(3): the link for students and staff', () => {
  it('shows the key fields, masked by the rule of the opening, in the order of the roster', async () => {
    const open = await disclosureByToken(test.world, token);
    expect(open).toMatchObject({ count: 3, from: '2026-06-23', until: '2026-06-26', category: 'regular-bachelor' });
    const people = (await open?.people(0, 10)) ?? [];
    expect(people.map(({ rosterSequence }) => rosterSequence)).toEqual([1, 2, 3]);
    const { name = '' } = batch.fields[0] ?? {};
    expect(people[0]?.name).toBe(`${name[0]}*${name[2]}`);
    expect(Object.keys(people[0] ?? {}).sort()).toEqual([
      'certificateNumber',
      'conferralDate',
      'degreeCategory',
      'disciplineCode',
      'id',
      'name',
      'resolutionNumber',
      'rosterSequence',
    ]);
    await policy({ nameMask: 'whole' });
    expect((await open?.people(0, 1))?.[0]?.name).toBe(`${name[0]}*${name[2]}`);
    expect((await (await disclosureByToken(test.world, token))?.people(0, 1))?.[0]?.name).toBe(`${name[0]}*${name[2]}`);
  });

  it('one stands at a time; revoked it shows nothing, and the next one is another', async () => {
    expect((await disclosureLink(test.callAs('jiaowu.he'), where())).linkId).toBe(linkId);
    const revoke = () => revokeDisclosureLink(test.callAs('jiaowu.he'), { institution: HERE, linkId });
    await revoke();
    expect(await disclosureByToken(test.world, token)).toBeNull();
    expect((await refusal(send())).kind).toBe('NotFound');
    expect((await refusal(revoke())).codes).toEqual(['disclosure-link-revoked']);
    const next = await disclosureLink(test.callAs('jiaowu.he'), where());
    expect(next.linkId).not.toBe(linkId);
  });

  it('holds only while the disclosure is open: until the last day and not longer', async () => {
    test.setClock('2026-06-26');
    expect(await disclosureByToken(test.world, token)).not.toBeNull();
    test.setClock('2026-06-27');
    expect(await disclosureByToken(test.world, token)).toBeNull();
    expect((await refusal(send())).kind).toBe('NotFound');
    expect((await refusal(disclosureLink(test.callAs('jiaowu.he'), where()))).codes).toEqual(['disclosure-not-open']);
  });

  it('is given by the category office alone, and its token is kept nowhere', async () => {
    for (const name of ['yanjiu.he', 'xuewei.guan', 'donghai.he', 'sheng.shen']) {
      expect((await refusal(disclosureLink(test.callAs(name), where()))).kind).toBe('Forbidden');
    }
    await disclosureLink(test.callAs('jiaowu.he', { idempotencyKey: `link-${batch.batchId}` }), where());
    for (const table of ['DisclosureLink', 'IdempotentCall', 'Step']) {
      const { rows } = await test.world.db.pool.query(`SELECT t::text FROM "${table}" t`);
      expect(JSON.stringify(rows)).not.toContain(token);
    }
  });

  it('a simulation leaves no link', async () => {
    await revokeDisclosureLink(test.callAs('jiaowu.he'), { institution: HERE, linkId });
    const before = await rowCounts(test);
    await disclosureLink(test.callAs('jiaowu.he', { simulate: true }), where());
    expect(await rowCounts(test)).toEqual(before);
  });
});

describe('Article 11(3): an objection from outside', () => {
  it('is kept sealed and blocks its record until it was accepted and resolved', async () => {
    const { receipt } = await send();
    expect(receipt).toMatch(/^YY-[0-9A-F]{12}$/);
    const { rows } = await test.world.db.pool.query('SELECT r::text FROM "ReceivedObjection" r');
    expect(JSON.stringify(rows)).not.toMatch(/王同学|13800000000|证书编号与/);
    test.setClock('2026-06-27');
    const closed = await closeDisclosure(test.callAs('jiaowu.cai'), where());
    expect(closed).toMatchObject({
      disclosed: 2,
      results: [{ violations: [{ code: 'objection-received', found: '1' }] }],
    });
    const { objectionId, stepId } = await accept();
    const step = await test.world.db.prisma.step.findFirstOrThrow({ where: { id: stepId ?? '' } });
    expect(step).toMatchObject({ name: 'raise-objection' });
    expect(step.statement).not.toMatch(/王同学|13800000000|证书编号与/);
    const objection = await test.world.db.prisma.objection.findFirstOrThrow({ where: { id: objectionId } });
    expect(objection).toMatchObject({ reason: SENT.reason, raisedBy: receipt });
    expect((await refusal(closeDisclosure(test.callAs('jiaowu.cai'), where()))).codes).toEqual(['objection-open']);
    await resolveObjection(test.callAs('jiaowu.he'), {
      institution: HERE,
      objectionId,
      outcome: '经核对无误，已答复。',
    });
    expect(await closeDisclosure(test.callAs('jiaowu.cai'), where())).toMatchObject({ disclosed: 1, results: [] });
  });

  it('is accepted once, by the category office', async () => {
    await send();
    for (const name of ['yanjiu.he', 'xuewei.guan', 'donghai.he', 'jiancha']) {
      expect((await refusal(accept(0, name))).kind).toBe('Forbidden');
    }
    await accept();
    expect((await refusal(accept())).codes).toEqual(['objection-already-accepted']);
  });

  it('is not lost when its record is corrected meanwhile: it blocks the report until it is heard', async () => {
    await send();
    const recordId = batch.recordIds[1] ?? '';
    await correctRecord(test.callAs('jiaowu.cai'), {
      ...{ institution: HERE, recordId, expectedVersion: 1, changes: { thesisTitle: '小学整本书阅读研究' } },
    });
    test.setClock('2026-06-27');
    await closeDisclosure(test.callAs('jiaowu.cai'), where());
    const report = await reportBatch(test.callAs('jiaowu.cai'), { ...where(), errorPolicy: 'skip-refused' });
    const blocked = report.results.find((one) => one.recordId === recordId);
    expect(blocked?.violations.map(({ code }) => code)).toContain('objection-received');
    expect((await accept()).objectionId).toBeTruthy();
  });

  it('the database lets nobody take one away', async () => {
    await send();
    await expect(test.world.db.pool.query('DELETE FROM "ReceivedObjection"')).rejects.toThrow(/append-only/);
  });

  it('names everything that is missing or unreadable at once, and takes none for somebody who is not shown', async () => {
    const empty = await refusal(send({ reason: ' ', name: '', contact: '　' }));
    expect(empty.codes.sort()).toEqual(['objection-reason-missing', 'objector-missing']);
    for (const sequence of [0, 4, -1, 2 ** 31, Number.NaN, 1.5]) {
      expect((await refusal(send({ sequence }))).codes).toEqual(['objection-person-unknown']);
    }
    expect((await refusal(send({ name: '王\u202e同学' }))).codes).toEqual(['text-unreadable-character']);
    expect((await refusal(send({ reason: '长'.repeat(2001) }))).codes).toEqual(['field-too-long']);
    expect(await received()).toEqual([]);
  });

  it('an address is heard ten times an hour, and then again', async () => {
    for (let at = 0; at < OBJECTION_LIMITS.perAddressAndHour; at++) await send({}, '192.0.2.7');
    expect((await refusal(send({}, '192.0.2.7'))).codes).toEqual(['objections-too-many']);
    await send({}, '192.0.2.8');
    test.setClock('2026-06-23T05:30:00Z');
    await send({}, '192.0.2.7');
  });

  it('a proxy on this machine stands for everybody: it is not counted, but what waits in a batch is', async () => {
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      for (let at = 0; at <= OBJECTION_LIMITS.perAddressAndHour; at++) await send({}, address);
    }
    const [one] = await received();
    if (!one) throw new Error('nothing was received');
    const rows = Array.from({ length: OBJECTION_LIMITS.waitingInBatch }, () => ({ ...one, id: randomUUID() }));
    await test.world.db.prisma.receivedObjection.createMany({ data: rows });
    expect((await refusal(send({}, '127.0.0.1'))).codes).toEqual(['objections-too-many']);
  });

  it('of many at once from one address no more than the limit is taken', async () => {
    const tries = Array.from({ length: 14 }, () => send({}, '192.0.2.99'));
    const settled = await Promise.allSettled(tries);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(OBJECTION_LIMITS.perAddressAndHour);
  });
});

describe('Article 11(3): the opening holds, whatever the policy says later', () => {
  it('its facts say how many, how long and how names are shown; so do those of its end', async () => {
    const stepOf = async (name: string) => {
      const step = await test.world.db.prisma.step.findFirstOrThrow({
        where: { name, subjects: { some: { subjectId: batch.batchId } } },
        orderBy: { leafIndex: 'desc' },
      });
      return JSON.parse(step.statement).facts;
    };
    const rules = { from: '2026-06-23', until: '2026-06-26', days: 3, nameMask: 'middle-hidden' };
    expect(await stepOf('open-disclosure')).toMatchObject({ records: 3, ...rules });
    test.setClock('2026-06-27');
    await closeDisclosure(test.callAs('jiaowu.cai'), where());
    expect(await stepOf('close-disclosure')).toMatchObject({ disclosed: 3, objected: 0, ...rules });
  });

  it('a longer period that is set meanwhile, even with effect from the day of the opening, binds the next one only', async () => {
    await policy({ disclosureDays: 10 });
    test.setClock('2026-06-27');
    expect(await closeDisclosure(test.callAs('jiaowu.cai'), where())).toMatchObject({ disclosed: 3 });
    batch = await collectedBatch(test, 1);
    test.setClock('2026-06-28');
    await bringTo(test, batch, 'cross-checked');
    expect(await openDisclosure(test.callAs('jiaowu.he'), where())).toMatchObject({
      from: '2026-06-28',
      until: '2026-07-08',
    });
  });
});
