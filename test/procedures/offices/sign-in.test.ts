// Signing in, lock-out, expiry (R6.2, TRUST).
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Refused } from '../../../src/procedures/errors.ts';
import { actorOf, signIn, signOut } from '../../../src/procedures/offices/sign-in.ts';
import { HERE, type TestWorld, TRIAL_PASSWORD, testWorld } from '../../support/world.ts';

let test: TestWorld;
beforeAll(async () => {
  test = await testWorld();
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.world.db.prisma.officer.updateMany({ data: { failedAttempts: 0, lockedUntil: null, active: true } });
});

const NAME = 'jiaowu.cai';
const right = { loginName: NAME, password: TRIAL_PASSWORD };
const wrong = { loginName: NAME, password: 'not the password' };
const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);
const codeOf = (error: unknown) => (error instanceof Refused ? error.violations.map((broken) => broken.code) : error);

describe('Article 6: an officer signs in', () => {
  it('gives an opaque token that stands for the officer and their office', async () => {
    const { token } = await signIn(test.world, right);
    const actor = await actorOf(test.world, token);
    expect(actor).toMatchObject({ name: '张海燕', officeId: `${HERE}/academic-affairs-office`, institution: HERE });
    const kept = await test.world.db.prisma.session.findMany();
    expect(JSON.stringify(kept)).not.toContain(token);
  });

  it('a session ends after twelve hours, and says so', async () => {
    const { token, expiresAt } = await signIn(test.world, right);
    expect(new Date(expiresAt).getTime() - Date.now()).toBeGreaterThan(11.9 * 3_600_000);
    expect(await actorOf(test.world, token, later(12 * 60 + 1))).toEqual({ expired: true });
  });

  it('signing out ends it at once', async () => {
    const { token } = await signIn(test.world, right);
    await signOut(test.world, token);
    expect(await actorOf(test.world, token)).toEqual({ expired: true });
  });

  it('a token that is none of ours is nobody', async () => {
    expect(await actorOf(test.world, 'made up')).toBeNull();
  });

  it('a retired officer has no session any more and cannot begin one', async () => {
    const { token } = await signIn(test.world, right);
    await test.world.db.prisma.officer.update({ where: { loginName: NAME }, data: { active: false } });
    expect(await actorOf(test.world, token)).toBeNull();
    expect(await signIn(test.world, right).catch(codeOf)).toEqual(['sign-in-refused']);
  });
});

describe('five failures lock the account for fifteen minutes', () => {
  it('then even the right password gets the same answer as an unknown name', async () => {
    for (let at = 0; at < 5; at++) expect(await signIn(test.world, wrong).catch(codeOf)).toEqual(['sign-in-refused']);
    const locked = await signIn(test.world, right).catch((error: Refused) => error.violations);
    const unknown = await signIn(test.world, { loginName: 'nobody', password: TRIAL_PASSWORD }).catch(
      (error: Refused) => error.violations,
    );
    expect(locked).toEqual(unknown);
    expect(await signIn(test.world, right, later(14)).catch(codeOf)).toEqual(['sign-in-refused']);
    expect(await signIn(test.world, right, later(16))).toHaveProperty('token');
  });

  it('a success forgets the failures before it', async () => {
    for (let round = 0; round < 2; round++) {
      for (let at = 0; at < 4; at++) await signIn(test.world, wrong).catch(() => {});
      await signIn(test.world, right);
    }
    expect(await signIn(test.world, right)).toHaveProperty('token');
  });

  it('many right ones at once are no failures', async () => {
    const attempts = Array.from({ length: 12 }, () => signIn(test.world, right));
    expect(await Promise.all(attempts)).toHaveLength(12);
    expect(await signIn(test.world, right)).toHaveProperty('token');
  });

  it('many attempts at once cannot pass the limit', async () => {
    const attempts = Array.from({ length: 12 }, () => signIn(test.world, wrong).catch(codeOf));
    await Promise.all(attempts);
    expect(await signIn(test.world, right).catch(codeOf)).toEqual(['sign-in-refused']);
  });
});
