// A world for tests: a database of its own, DEMO seals made once per machine, a clock that tests set, the sample institutions.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadFonts } from '../../src/documents/fonts/fonts.ts';
import type { Actor, Call, World } from '../../src/procedures/call.ts';
import { type SetUp, setUp } from '../../src/procedures/offices/set-up.ts';
import { toActor } from '../../src/procedures/offices/sign-in.ts';
import { todayOf } from '../../src/procedures/situation.ts';
import { blindIndexOf } from '../../src/secrecy/blind-index.ts';
import { makeFieldCipher } from '../../src/secrecy/field-cipher.ts';
import { type KeyRingContent, makeKeyRing, newKeyRingContent } from '../../src/secrecy/key-ring.ts';
import { hashPassword } from '../../src/secrecy/passwords.ts';
import { keepOfficer, keepSeal } from '../../src/store/offices/offices.ts';
import { WITH_OFFICE } from '../../src/store/offices/sessions.ts';
import { SAMPLE, TRIAL_PASSWORD } from '../../src/trial/sample-institutions.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { openSeals, sealDirectory } from './seal-directory.ts';

export { TRIAL_PASSWORD };

/** The sample institution and its neighbour in the same province. */
export const HERE = '10447';
export const THERE = '10999';
export const PROVINCE = '37/provincial-office';

/** One password, one hash: one for each officer would cost every test file a second or more. */
const PASSWORD_HASH = hashPassword(TRIAL_PASSWORD);

/** A world that a test owns. */
export interface TestWorld {
  readonly world: World & { readonly db: TestDatabase };
  /** Root certificate, DER and PEM. */
  readonly root: { readonly der: Uint8Array; readonly pem: string };
  readonly directory: string;
  /** Sets the register's clock: an instant, or noon in Shanghai of a civil day. */
  setClock(to: string): void;
  /** A call by a sample officer. */
  callAs(loginName: string, options?: { simulate?: boolean; idempotencyKey?: string }): Call;
  /** The content of the key ring, and another in its place, as after a restart with another file. */
  ring(): KeyRingContent;
  useRing(content: KeyRingContent): void;
  /** Reads the officers anew: their duties, and what their offices own on the day of the clock. */
  refresh(): Promise<void>;
  /** Empties the database and sets the sample up again. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

const NOTHING_MORE: SetUp = { institutions: [], offices: [], officers: [] };

/** Opens a world with the sample institutions and officers, and more where a test needs them; all share {@link TRIAL_PASSWORD}. */
export async function testWorld(more: SetUp = NOTHING_MORE): Promise<TestWorld> {
  const sample: SetUp = {
    institutions: [...SAMPLE.institutions, ...more.institutions],
    offices: [...SAMPLE.offices, ...more.offices],
    officers: [...SAMPLE.officers, ...more.officers],
  };
  const directory = await sealDirectory(sample);
  const db = await freshDatabase();
  const seals = await openSeals(sample, directory);
  let ring = newKeyRingContent();
  let now = new Date('2026-06-29T04:00:00Z');
  const pem = await readFile(join(directory, 'root.pem'), 'utf8');
  const world = {
    db,
    now: () => now,
    // Tests go back to earlier days; a register never does (test/procedures/standing.test.ts).
    momentAfter: () => now,
    sealOf: (officeId: string) => seals.get(officeId) ?? null,
    ...secretsOf(ring),
    fonts: () => loadFonts(),
    origin: 'https://degrees.example',
    trust: { rootPem: pem, crlPem: await readFile(join(directory, 'crl.pem'), 'utf8') },
    trial: null,
  };
  let actors = new Map<string, Actor>();
  const fill = async () => {
    await setUp(db, { ...sample, officers: [] }, () => TRIAL_PASSWORD);
    for (const officer of sample.officers) await keepOfficer(db, officer, () => PASSWORD_HASH);
    for (const seal of seals.values()) await keepSeal(db, seal);
    await refresh();
  };
  const refresh = async () => {
    const officers = await db.prisma.officer.findMany({ include: WITH_OFFICE });
    actors = new Map(officers.map((officer) => [officer.loginName, toActor(officer, todayOf(world))]));
  };
  await fill();
  return {
    world,
    root: { der: derOf(pem), pem },
    directory,
    setClock(to) {
      now = new Date(/^\d{4}-\d{2}-\d{2}$/.test(to) ? `${to}T12:00:00+08:00` : to);
    },
    callAs(loginName, options = {}) {
      const actor = actors.get(loginName);
      if (!actor) throw new Error(`no sample officer ${loginName}`);
      return { world, actor, ...options };
    },
    ring: () => ring,
    useRing(content) {
      ring = content;
      Object.assign(world, secretsOf(content));
    },
    refresh,
    async reset() {
      await db.reset();
      await fill();
    },
    close: () => db.close(),
  };
}

/** What a server makes of a key ring. */
export function secretsOf(content: KeyRingContent): Pick<World, 'cipher' | 'blindIndex'> {
  const ring = makeKeyRing(content);
  if (!ring) throw new Error('the key ring is malformed');
  return { cipher: makeFieldCipher(ring), blindIndex: blindIndexOf(ring) };
}

function derOf(pem: string): Uint8Array {
  const base64 = /-----BEGIN CERTIFICATE-----([^-]+)-----/.exec(pem)?.[1] ?? '';
  return new Uint8Array(Buffer.from(base64, 'base64'));
}
