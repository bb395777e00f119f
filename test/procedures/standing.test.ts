// Who asks, and at what moment, asked again in the transaction: a body may take minutes to come, and much can end meanwhile (R6.2, R12.2).
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Call } from '../../src/procedures/call.ts';
import { Refused } from '../../src/procedures/errors.ts';
import { storeFile } from '../../src/procedures/files/store-file.ts';
import { setPolicy } from '../../src/procedures/offices/set-policy.ts';
import { signIn, signOut } from '../../src/procedures/offices/sign-in.ts';
import { stepMoment } from '../../src/procedures/step-moment.ts';
import { hashToken } from '../../src/secrecy/tokens.ts';
import { scanPdf } from '../support/sample-files.ts';
import { refusal, rowCounts } from '../support/stages.ts';
import { HERE, TRIAL_PASSWORD, testWorld } from '../support/world.ts';

const test = await testWorld();
afterAll(() => test.close());
beforeEach(() => test.reset());

const OFFICER = 'xuewei.guan';
const aStep = (call: Call, disclosureDays = 5) =>
  setPolicy(call, {
    ...{ institution: HERE, effectiveFrom: '2026-07-01', settings: { disclosureDays } },
    basisNumber: '聊大学位〔2026〕30号',
  });
const anUpload = (call: Call) =>
  storeFile(call, { institution: HERE, kind: 'resolution-scan', name: '决议.pdf', bytes: scanPdf('late') });

const officer = (data: { active?: boolean; duties?: string[] }) =>
  test.world.db.prisma.officer.update({ where: { loginName: OFFICER }, data });

async function signedIn(loginName: string) {
  const { token } = await signIn(test.world, { loginName, password: TRIAL_PASSWORD });
  return { token, call: { ...test.callAs(loginName), session: hashToken(token) } };
}

async function refusedBoth(call: Call, code: string): Promise<void> {
  const before = await rowCounts(test);
  for (const act of [aStep, anUpload]) {
    expect(await refusal(act(call))).toEqual({ kind: 'Forbidden', codes: [code] });
    expect(await refusal(act({ ...call, simulate: true }))).toEqual({ kind: 'Forbidden', codes: [code] });
  }
  expect(await rowCounts(test)).toEqual(before);
}

describe('Article 6: whoever stopped being one acts no more, though the request began before', () => {
  it('an open session acts', async () => {
    const { call } = await signedIn(OFFICER);
    expect((await aStep(call)).stepId).not.toBeNull();
    expect((await anUpload(call)).digest).toHaveLength(64);
  });

  it('signed out meanwhile', async () => {
    const { token, call } = await signedIn(OFFICER);
    await signOut(test.world, token);
    await refusedBoth(call, 'session-over');
  });

  it('the session expired meanwhile', async () => {
    const { call } = await signedIn(OFFICER);
    await test.world.db.prisma.session.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    await refusedBoth(call, 'session-over');
  });

  it('retired meanwhile, also where no session stands behind the call', async () => {
    const call = test.callAs(OFFICER);
    await officer({ active: false });
    await refusedBoth(call, 'session-over');
  });

  it('a duty taken away meanwhile', async () => {
    const call = test.callAs(OFFICER);
    await officer({ duties: ['cross-check'] });
    await refusedBoth(call, 'duty-missing');
  });
});

describe('Article 12: steps follow one another in time as they do in the log', () => {
  const last = new Date('2026-06-29T04:00:00Z');
  const at = (ms: number) => new Date(last.getTime() + ms);

  it('a clock that is a little behind gets the moment of the last step, one that is further behind gets none', () => {
    expect(stepMoment(last, null)).toEqual(last);
    expect(stepMoment(at(1), last)).toEqual(at(1));
    expect(stepMoment(at(-60_000), last)).toEqual(last);
    expect(() => stepMoment(at(-60_001), last)).toThrow(Refused);
  });

  it('a second server whose clock stands behind seals nothing', async () => {
    const call = test.callAs(OFFICER);
    await aStep(call);
    const before = await rowCounts(test);
    const behind = (ms: number): Call => {
      const now = () => new Date(test.world.now().getTime() - ms);
      return { ...call, world: { ...test.world, now, momentAfter: (step) => stepMoment(now(), step) } };
    };
    const later = (each: Call) => aStep(each, 6);
    expect(await refusal(later(behind(61_000)))).toEqual({ kind: 'Refused', codes: ['clock-behind-log'] });
    expect(await rowCounts(test)).toEqual(before);
    const { stepId } = await later(behind(59_000));
    const step = await test.world.db.prisma.step.findFirstOrThrow({ where: { id: stepId ?? '' } });
    expect(step.at).toEqual(test.world.now());
  });
});
