// Opens everything outside that procedures use: database, keys, seals, fonts, clock. One place, so that a start fails with one clear answer.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { loadFonts } from './documents/fonts.ts';
import type { UsableSeal, World } from './procedures/call.ts';
import { setUp } from './procedures/set-up.ts';
import { describeCertificate } from './sealing/certificates.ts';
import type { SealSigner } from './sealing/signer.ts';
import { openPkcs12Signer } from './sealing/signer-pkcs12.ts';
import { makeBlindIndex } from './secrecy/blind-index.ts';
import { makeFieldCipher } from './secrecy/field-cipher.ts';
import { loadKeyRing } from './secrecy/key-ring.ts';
import { type Database, openDatabase } from './store/connect.ts';
import { migrate } from './store/migrate.ts';
import { keepSeal, listOffices } from './store/offices.ts';
import { openTrialClock } from './trial/clock.ts';
import { prepareTrial, refuseTrialLeftovers } from './trial/prepare.ts';
import { SAMPLE, TRIAL_PASSWORD } from './trial/sample-institutions.ts';

/** A start that cannot go on, with the sentence for the person who started it. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}

export interface OpenWorld {
  readonly world: World;
  close(): Promise<void>;
}

const MIGRATIONS = join(import.meta.dirname, '..', 'prisma', 'migrations');
const SEAL_DIAMETER_MM = 42;

/**
 * Opens the world of a configuration: migrates the database, loads keys and seals, in trial mode makes what is missing.
 * @throws {StartProblem} and the typed problems of keys and database, each with a Chinese and an English sentence.
 */
export async function openWorld(config: Config): Promise<OpenWorld> {
  const trial = config.mode === 'trial';
  const db = await openDatabase(
    config.databaseUrl ? { url: config.databaseUrl } : { dataDirectory: config.dataDirectory },
  );
  try {
    await migrate(db, MIGRATIONS);
    const keyRing = loadKeyRing(config.keyRingFile, { create: trial });
    if (trial) await setUp(db, SAMPLE, () => TRIAL_PASSWORD);
    else await refuseTrialLeftovers(db);
    const passphrase = config.sealPassphrase ?? (await prepareTrial(db, config.sealDirectory));
    const seals = await openSeals(db, config, passphrase);
    const clock = trial ? openTrialClock(join(config.dataDirectory, 'trial-clock')) : null;
    const world: World = {
      db,
      now: () => clock?.now() ?? new Date(),
      sealOf: (officeId) => seals.get(officeId) ?? null,
      cipher: makeFieldCipher(keyRing),
      blindIndex: makeBlindIndex(keyRing.blindIndexKey),
      fonts: () => loadFonts(config.fonts),
      origin: config.origin,
      trust: {
        rootPem: await readFile(join(config.sealDirectory, 'root.pem'), 'utf8').catch(() => ''),
        crlPem: await readFile(join(config.sealDirectory, 'crl.pem'), 'utf8').catch(() => null),
      },
      trial: clock ? { advanceTo: (date) => clock.advanceTo(date) } : null,
    };
    return { world, close: () => db.close() };
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** Opens the seal of every office and keeps its public half in the database. */
async function openSeals(db: Database, config: Config, passphrase: string): Promise<Map<string, UsableSeal>> {
  const seals = new Map<string, UsableSeal>();
  for (const office of await listOffices(db)) {
    const path = join(config.sealDirectory, `${office.id.replaceAll('/', '-')}.p12`);
    if (config.mode === 'production' && !existsSync(path)) {
      throw new StartProblem(
        `缺少印章文件 ${path}（${office.name}）。The seal file ${path} of the office ${office.id} is missing; see certs/README.md.`,
      );
    }
    const signer: SealSigner = await openPkcs12Signer({ id: office.id, path, passphrase });
    const { demo } = describeCertificate(signer.certificate);
    if (demo && config.mode === 'production') {
      throw new StartProblem(
        `正式模式不得使用演示印章：${path}。Production refuses the DEMO seal ${path}; use one issued by your certification authority.`,
      );
    }
    const seal: UsableSeal = {
      id: office.id,
      officeId: office.id,
      signer,
      text: office.name,
      diameterMm: SEAL_DIAMETER_MM,
      demo,
    };
    await keepSeal(db, seal);
    seals.set(office.id, seal);
  }
  return seals;
}
