// `set-password` and `retire-officer`: a locked-out or lost officer comes back, one who left stays out.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { retire, setOfficerPassword } from '../../src/procedures/offices/set-password.ts';
import { setUp } from '../../src/procedures/offices/set-up.ts';
import { actorOf, MOST_ATTEMPTS, signIn } from '../../src/procedures/offices/sign-in.ts';
import { makeBlindIndex } from '../../src/secrecy/blind-index.ts';
import { SAMPLE } from '../../src/trial/sample-institutions.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { run } from './child.ts';

const loginName = 'xuewei.guan';
const OLD = 'lotus pond at dusk';
const NEW = 'river stones in rain';
let db: TestDatabase;
const blindIndex = makeBlindIndex(Buffer.alloc(32, 7));
const world = () => ({ db, blindIndex });
beforeAll(async () => {
  db = await freshDatabase();
  const officers = SAMPLE.officers.filter((officer) => officer.loginName === loginName);
  await setUp(db, { ...SAMPLE, officers }, () => OLD);
});
afterAll(() => db.close());

test('a new password replaces the old one, unlocks the account and ends its sessions', async () => {
  const { token } = await signIn(world(), { loginName, password: OLD });
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    await expect(signIn(world(), { loginName, password: 'wrong' })).rejects.toThrow();
  }
  await expect(signIn(world(), { loginName, password: OLD })).rejects.toThrow();
  expect(await setOfficerPassword(db, loginName, NEW)).toEqual({ kind: 'done' });
  expect(await actorOf({ db }, token)).toEqual({ expired: true });
  await expect(signIn(world(), { loginName, password: OLD })).rejects.toThrow();
  const again = await signIn(world(), { loginName, password: NEW });
  expect(await actorOf({ db }, again.token)).toMatchObject({ officeId: '10447/degree-office' });
});

test('a weak password and an unknown name change nothing', async () => {
  expect(await setOfficerPassword(db, loginName, 'short')).toMatchObject({ kind: 'refused' });
  expect(await setOfficerPassword(db, 'nobody', NEW)).toEqual({ kind: 'no-such-officer' });
  await signIn(world(), { loginName, password: NEW });
});

test('a retired officer can neither go on nor sign in, also with a new password', async () => {
  const { token } = await signIn(world(), { loginName, password: NEW });
  expect(await retire(db, loginName)).toBe(true);
  expect(await actorOf({ db }, token)).toBeNull();
  await expect(signIn(world(), { loginName, password: NEW })).rejects.toThrow();
  await setOfficerPassword(db, loginName, OLD);
  await expect(signIn(world(), { loginName, password: OLD })).rejects.toThrow();
  expect(await retire(db, 'nobody')).toBe(false);
});

test('the command line lists both words and tells how to call them', async () => {
  const [listed, ...called] = await Promise.all([
    run(['no-such-word'], {}),
    run(['set-password'], {}),
    run(['retire-officer'], {}),
  ]);
  expect(listed?.err).toMatch(/set-password[\s\S]*retire-officer/);
  for (const { code, err } of called) {
    expect(code).toBe(2);
    expect(err).toMatch(/用法[\s\S]*Usage/);
  }
});
