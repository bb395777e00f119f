// Opens everything outside that procedures use: database, keys, seals, fonts, clock. One place, so that a start fails with one clear answer.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { loadFonts } from './documents/fonts.ts';
import type { UsableSeal, World } from './procedures/call.ts';
import { checkKeyRing } from './procedures/check-key-ring.ts';
import { setUp } from './procedures/set-up.ts';
import { describeCertificate } from './sealing/certificates.ts';
import type { SealSigner } from './sealing/signer.ts';
import { openPkcs12Signer } from './sealing/signer-pkcs12.ts';
import { holderAgrees } from './sealing/verify/holder.ts';
import { readCertificate } from './sealing/verify/x509.ts';
import { blindIndexOf } from './secrecy/blind-index.ts';
import { makeFieldCipher } from './secrecy/field-cipher.ts';
import { loadKeyRing } from './secrecy/key-ring.ts';
import { type Database, openDatabase } from './store/connect.ts';
import { migrate } from './store/migrate.ts';
import { holdsSealedData, keepSeal, listOffices } from './store/offices.ts';
import { forgetRingKeys } from './store/ring-keys.ts';
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
  const published = trial ? null : await readTrust(config.sealDirectory);
  const db = await openDatabase(
    config.databaseUrl ? { url: config.databaseUrl } : { dataDirectory: config.dataDirectory },
  );
  try {
    await migrate(db, MIGRATIONS);
    // A new ring beside records sealed by a lost one would make them unreadable without a word.
    const create = trial && !(await holdsSealedData(db));
    if (create && !existsSync(config.keyRingFile)) await forgetRingKeys(db);
    const keyRing = loadKeyRing(config.keyRingFile, {
      create,
      ...(config.keyRingPassphrase === undefined ? {} : { passphrase: config.keyRingPassphrase }),
    });
    await checkKeyRing(db, keyRing, new Date());
    if (trial) await setUp(db, SAMPLE, () => TRIAL_PASSWORD);
    else await refuseTrialLeftovers(db);
    const passphrase =
      config.sealPassphrase ?? (await withDirectory(config, () => prepareTrial(db, config.sealDirectory)));
    const seals = await openSeals(db, config, passphrase);
    const clock = trial ? openTrialClock(join(config.dataDirectory, 'trial-clock')) : null;
    const world: World = {
      db,
      now: () => clock?.now() ?? new Date(),
      sealOf: (officeId) => seals.get(officeId) ?? null,
      cipher: makeFieldCipher(keyRing),
      blindIndex: blindIndexOf(keyRing),
      fonts: () => loadFonts(config.fonts),
      origin: config.origin,
      trust: published ?? (await readTrust(config.sealDirectory)),
      trial: clock ? { advanceTo: (date) => clock.advanceTo(date) } : null,
    };
    return { world, close: () => db.close() };
  } catch (error) {
    await db.close();
    throw error;
  }
}

/**
 * The root certificate and the revocation list that are published beside the seals.
 * @throws {StartProblem} without a root certificate: nobody could check what is sealed here.
 */
async function readTrust(directory: string): Promise<World['trust']> {
  const path = join(directory, 'root.pem');
  const rootPem = await readFile(path, 'utf8').catch(() => '');
  if (!rootPem.includes('-----BEGIN CERTIFICATE-----')) {
    throw new StartProblem(
      `缺少根证书文件 ${path}，或其中没有 PEM 格式的证书；没有它，无人能核验印章，见 certs/README.md。The root certificate ${path} is missing, cannot be read or holds no PEM certificate; without it nobody can check a seal, see certs/README.md.`,
    );
  }
  return { rootPem, crlPem: (await readFile(join(directory, 'crl.pem'), 'utf8').catch(() => '')) || null };
}

/** Work in the directory of the seals; what the system says against the directory becomes a sentence. */
async function withDirectory<T>({ sealDirectory }: Config, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
    throw new StartProblem(
      `印章目录 ${sealDirectory} 无法读写（${error.code}），请检查 VERMILION_SEALS 及其权限。The directory of the seals ${sealDirectory} cannot be used (${error.code}); check VERMILION_SEALS and its permissions.`,
      { cause: error },
    );
  }
}

/**
 * Refuses certificates that the verifier would not believe, before anything is sealed with them: each must name its office (its
 * UID is the office's id or, without a UID, its O or CN is the office's name), and none may serve two offices.
 * @throws {StartProblem}
 */
export function checkHolders(
  seals: readonly {
    readonly id: string;
    readonly name: string;
    readonly path: string;
    readonly certificate: Uint8Array;
  }[],
): void {
  const holders = new Map<string, string>();
  for (const { id, name, path, certificate } of seals) {
    if (!holderAgrees({ office: { id, name } }, readCertificate(certificate))) {
      const { subject } = describeCertificate(certificate);
      throw new StartProblem(
        `印章 ${path} 的证书（${subject}）不属于部门 ${id}：其 UID 应为 ${id}；没有 UID 时，其 O 或 CN 应为“${name}”。The certificate of the seal ${path} (${subject}) is not that of the office ${id}: its UID must be that id or, without a UID, its O or CN the name of the office as it was set up.`,
      );
    }
    const { fingerprint } = describeCertificate(certificate);
    const other = holders.get(fingerprint);
    if (other !== undefined) {
      throw new StartProblem(
        `部门 ${other} 与 ${id} 使用同一张印章证书，每个部门须有自己的印章。The offices ${other} and ${id} have the same certificate; every office needs a seal of its own.`,
      );
    }
    holders.set(fingerprint, id);
  }
}

/** Opens the seal of every office and keeps its public half in the database. */
async function openSeals(db: Database, config: Config, passphrase: string): Promise<Map<string, UsableSeal>> {
  const opened: { id: string; name: string; path: string; certificate: Uint8Array; signer: SealSigner }[] = [];
  for (const { id, name, openedOn, closedOn } of await listOffices(db)) {
    const path = join(config.sealDirectory, `${id.replaceAll('/', '-')}.p12`);
    // What one institution added or closed by itself keeps no other from working: without its seal such an office seals nothing.
    if ((openedOn !== null || closedOn !== null) && !existsSync(path)) continue;
    if (config.mode === 'production' && !existsSync(path)) {
      throw new StartProblem(
        `缺少印章文件 ${path}（${name}）。The seal file ${path} of the office ${id} is missing; see certs/README.md.`,
      );
    }
    const signer = await openPkcs12Signer({ id, path, passphrase });
    if (config.mode === 'production' && describeCertificate(signer.certificate).demo) {
      throw new StartProblem(
        `正式模式不得使用演示印章：${path}。Production refuses the DEMO seal ${path}; use one issued by your certification authority.`,
      );
    }
    opened.push({ id, name, path, certificate: signer.certificate, signer });
  }
  checkHolders(opened);
  const seals = new Map<string, UsableSeal>();
  for (const { id, name, signer } of opened) {
    const { demo } = describeCertificate(signer.certificate);
    const seal: UsableSeal = { id, officeId: id, signer, text: name, diameterMm: SEAL_DIAMETER_MM, demo };
    await keepSeal(db, seal);
    seals.set(id, seal);
  }
  return seals;
}
