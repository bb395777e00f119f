// Article 4: who sees what, and which actions are offered.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationActions, batchActions, recordActions } from '../../src/procedures/actions.ts';
import * as house from '../../src/procedures/offices/house-access.ts';
import * as scopes from '../../src/procedures/read-access.ts';
import { resolutionScope } from '../../src/procedures/resolutions/resolution-access.ts';
import { SAMPLE } from '../../src/trial/sample-institutions.ts';
import { type Collected, collectedBatch } from '../support/collected.ts';
import { bringTo } from '../support/stages.ts';
import { HERE, PROVINCE, type TestWorld, testWorld } from '../support/world.ts';

let test: TestWorld;
let early: Collected;
let upward: Collected;
beforeAll(async () => {
  test = await testWorld();
  test.setClock('2026-06-23');
  early = await collectedBatch(test, 2);
  upward = await collectedBatch(test, 3);
  await bringTo(test, upward, 'reported-upward');
});
afterAll(() => test.close());

const seen = async (as: string) => {
  const { actor } = test.callAs(as);
  const { prisma } = test.world.db;
  return {
    records: await prisma.degreeRecord.count({ where: scopes.recordScope(actor) }),
    batches: await prisma.batch.count({ where: scopes.batchScope(actor) }),
    resolutions: await prisma.resolution.count({ where: resolutionScope(actor) }),
    enrolment: await prisma.enrolmentRecord.count({ where: scopes.enrolmentScope(actor) }),
    templates: await prisma.certificateTemplate.count({ where: house.templateScope(actor) }),
    steps: (await prisma.step.count({ where: scopes.stepScope(actor) })) > 0,
    institutions: await prisma.institution.count({ where: house.institutionScope(actor) }),
  };
};

describe('Article 4: who sees what', () => {
  it('a category office sees its own categories, the degree office and an auditor their institution', async () => {
    const whole = { records: 5, batches: 2, resolutions: 2, enrolment: 5, templates: 1, steps: true, institutions: 1 };
    expect(await seen('jiaowu.cai')).toEqual(whole);
    expect(await seen('xuewei.guan')).toEqual(whole);
    expect(await seen('jiancha')).toEqual(whole);
    expect(await seen('yanjiu.cai')).toMatchObject({ records: 0, batches: 0, enrolment: 0 });
  });

  it('the province sees what was reported to it, of all its institutions, and no enrolment records', async () => {
    expect(await seen('sheng.shen')).toEqual({
      records: 3,
      batches: 1,
      resolutions: 1,
      enrolment: 0,
      templates: 1,
      steps: true,
      institutions: 2,
    });
  });

  it('another institution sees nothing', async () => {
    const nothing = { records: 0, batches: 0, resolutions: 0, enrolment: 0, templates: 0, steps: false };
    expect(await seen('donghai.xuewei')).toEqual({ ...nothing, institutions: 1 });
    expect(await seen('donghai.cai')).toEqual({ ...nothing, institutions: 1 });
  });

  it('offices and officers are seen inside the institution; the province sees only its own people', async () => {
    const { prisma } = test.world.db;
    const names = async (as: string) => {
      const where = house.officerScope(test.callAs(as).actor);
      return (await prisma.officer.findMany({ where })).length;
    };
    const sample = (of: (office: string) => boolean) => SAMPLE.officers.filter((officer) => of(officer.office)).length;
    expect(await names('jiaowu.cai')).toBe(sample((office) => office === `${HERE}/academic-affairs-office`));
    expect(await names('xuewei.guan')).toBe(sample((office) => office.startsWith(`${HERE}/`)));
    expect(await names('sheng.shen')).toBe(sample((office) => office === PROVINCE));
    const offices = await prisma.office.findMany({ where: house.officeScope(test.callAs('jiaowu.cai').actor) });
    expect(offices).toHaveLength(5);
  });
});

describe('actions come from the rules', () => {
  const allowed = (actions: readonly { name: string; allowed: boolean }[]) =>
    actions.filter((action) => action.allowed).map((action) => action.name);

  it('of a batch: what the officer may do at this stage, and why not the rest', async () => {
    const row = await test.world.db.prisma.batch.findFirstOrThrow({ where: { id: early.batchId } });
    expect(allowed(await batchActions(test.callAs('jiaowu.he'), row))).toEqual(['link-enrolment', 'cross-check']);
    expect(allowed(await batchActions(test.callAs('jiaowu.cai'), row))).toEqual(['attach-photos', 'link-enrolment']);
    expect(allowed(await batchActions(test.callAs('donghai.he'), row))).toEqual([]);
    test.setClock('2026-07-20');
    const actions = await batchActions(test.callAs('jiaowu.cai'), row);
    const report = actions.find((action) => action.name === 'report');
    expect(report?.violations.map((broken) => broken.code)).toEqual(['nothing-to-do', 'reporting-deadline-passed']);
  });

  it('of a record: the collector may correct and not cross-check, the province may return', async () => {
    const row = await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { batchId: early.batchId } });
    expect(allowed(await recordActions(test.callAs('jiaowu.cai'), row))).toEqual(['correct', 'reveal']);
    expect(allowed(await recordActions(test.callAs('jiaowu.he'), row))).toEqual(['cross-check', 'reveal']);
    const there = await test.world.db.prisma.degreeRecord.findFirstOrThrow({ where: { batchId: upward.batchId } });
    expect(allowed(await recordActions(test.callAs('sheng.shen'), there))).toContain('return-records');
  });

  it('of an application: the next hand only', async () => {
    const draftedById = test.callAs('jiaowu.cai').actor.officerId;
    const row = {
      institution: HERE,
      id: '00000000-0000-7000-8000-000000000000',
      kind: 'change-request',
      category: 'regular-bachelor',
      state: 'checked',
      draftedById,
    };
    expect(allowed(await applicationActions(test.callAs('jiaowu.zhang'), row))).toEqual([
      'withdraw-application',
      'approve-application',
    ]);
    expect(allowed(await applicationActions(test.callAs('jiaowu.he'), row))).toEqual(['withdraw-application']);
    const sealed = { ...row, state: 'sealed' };
    expect(allowed(await applicationActions(test.callAs('sheng.shen'), sealed))).toEqual([]);
    expect(allowed(await applicationActions(test.callAs('xuewei.guan'), sealed))).toEqual(['dispatch-application']);
    const there = { ...row, state: 'dispatched' };
    expect(allowed(await applicationActions(test.callAs('sheng.shen'), there))).toEqual(['decide-application']);
  });
});
