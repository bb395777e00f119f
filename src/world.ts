// Opens everything outside that procedures use: database, keys, seals, fonts, clock. One place, so that a start fails with one clear answer.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { loadFonts } from './documents/fonts/fonts.ts';
import type { UsableSeal, World } from './procedures/call.ts';
import { setUp } from './procedures/offices/set-up.ts';
import { checkKeyRing } from './procedures/secrecy/check-key-ring.ts';
import { stepMoment } from './procedures/step-moment.ts';
import { describeCertificate } from './sealing/certificates.ts';
import type { SealSigner } from './sealing/signer.ts';
import { openPkcs12Signer } from './sealing/signer-pkcs12.ts';
import { holderAgrees } from './sealing/verify/holder.ts';
import { readCertificate } from './sealing/verify/x509.ts';
import { blindIndexOf } from './secrecy/blind-index.ts';
import { makeFieldCipher } from './secrecy/field-cipher.ts';
import { type KeyRing, loadKeyRing } from './secrecy/key-ring.ts';
import { gather, lookAtSeals, refuseFor, StartProblem } from './start-problems.ts';
import { type Database, openDatabase } from './store/database/connect.ts';
import { migrate } from './store/database/migrate.ts';
import { holdsSealedData, keepSeal, listOffices } from './store/offices/offices.ts';
import { forgetRingKeys } from './store/secrecy/ring-keys.ts';
import { openTrialClock } from './trial/clock.ts';
import { prepareTrial, refuseTrialLeftovers } from './trial/prepare.ts';
import { SAMPLE, TRIAL_PASSWORD } from './trial/sample-institutions.ts';

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
  const { db, ring, published } = await openWhatIsAsked(config);
  try {
    await migrate(db, MIGRATIONS);
    // A new ring beside records sealed by a lost one would make them unreadable without a word.
    const create = trial && !(await holdsSealedData(db));
    if (create && !existsSync(config.keyRingFile)) await forgetRingKeys(db);
    const keyRing = ring ?? ringOf(config, create);
    await checkKeyRing(db, keyRing, new Date());
    if (trial) await setUp(db, SAMPLE, () => TRIAL_PASSWORD);
    else await refuseTrialLeftovers(db);
    const passphrase =
      config.sealPassphrase ?? (await withDirectory(config, () => prepareTrial(db, config.sealDirectory)));
    const seals = await openSeals(db, config, passphrase);
    const clock = trial ? openTrialClock(join(config.dataDirectory, 'trial-clock')) : null;
    const now = () => clock?.now() ?? new Date();
    const world: World = {
      db,
      now,
      momentAfter: (last) => stepMoment(now(), last),
      sealOf: (officeId) => seals.get(officeId) ?? null,
      cipher: makeFieldCipher(keyRing),
      blindIndex: blindIndexOf(keyRing),
      fonts: () => loadFonts(config.fonts),
      origin: config.origin,
      trust: published ?? (await readTrust(config.sealDirectory)),
      trial: clock ? { advanceTo: (date) => clock.advanceTo(date), sealsEnd: firstEnd(seals.values()) } : null,
    };
    return { world, close: () => db.close() };
  } catch (error) {
    await db.close();
    throw error;
  }
}

/**
 * Opens what a start needs before it may change anything: root, key ring, seal files, the database; all that is wrong is told at once,
 * and nothing has been migrated then. In trial mode what is missing is made later, so only what is there is looked at.
 */
async function openWhatIsAsked(
  config: Config,
): Promise<{ db: Database; ring: KeyRing | undefined; published: World['trust'] | undefined }> {
  const trial = config.mode === 'trial';
  const problems: Error[] = [];
  const published = trial ? undefined : await gather(problems, () => readTrust(config.sealDirectory));
  const look = !trial || existsSync(config.keyRingFile);
  const ring = look ? await gather(problems, () => ringOf(config, false)) : undefined;
  const passphrase = trial ? undefined : config.sealPassphrase;
  const seals = passphrase === undefined ? undefined : await lookAtSeals(config.sealDirectory, passphrase);
  problems.push(...(seals?.certain ?? []));
  const { databaseUrl: url, dataDirectory } = config;
  const db = await gather(problems, () => openDatabase(url ? { url } : { dataDirectory }));
  if (db && problems.length === 0) return { db, ring, published };
  await db?.close();
  refuseFor([...problems, ...(seals?.suspected ?? [])]);
  throw new Error('a start without a database and without a problem');
}

function ringOf({ keyRingFile, keyRingPassphrase: passphrase }: Config, create: boolean): KeyRing {
  return loadKeyRing(keyRingFile, { create, ...(passphrase === undefined ? {} : { passphrase }) });
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
    if (error.code === 'ENOSPC' || error.code === 'EDQUOT') {
      throw new StartProblem(
        `印章目录 ${sealDirectory} 所在磁盘已满（${error.code}），请腾出空间后再启动。The disk of the directory of the seals ${sealDirectory} is full (${error.code}); free some space and start again.`,
        { cause: error },
      );
    }
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

/** Opens the seal of one office. @throws {StartProblem} {SealKeyProblem} */
async function openSeal(
  mode: Config['mode'],
  { id, name, path }: { readonly id: string; readonly name: string; readonly path: string },
  passphrase: string,
): Promise<SealSigner> {
  if (mode === 'production' && !existsSync(path)) {
    throw new StartProblem(
      `缺少印章文件 ${path}（${name}）。The seal file ${path} of the office ${id} is missing; see certs/README.md.`,
    );
  }
  const signer = await openPkcs12Signer({ id, path, passphrase });
  if (mode === 'production' && describeCertificate(signer.certificate).demo) {
    throw new StartProblem(
      `正式模式不得使用演示印章：${path}。Production refuses the DEMO seal ${path}; use one issued by your certification authority.`,
    );
  }
  return signer;
}

/** When the first of the seals ends; null without any. */
function firstEnd(seals: Iterable<UsableSeal>): Date | null {
  const ends = Array.from(seals, ({ signer }) => signer.notAfter.getTime());
  return ends.length > 0 ? new Date(Math.min(...ends)) : null;
}

/** Opens the seal of every office, telling of all that cannot be opened, and keeps its public half in the database. */
async function openSeals(db: Database, config: Config, passphrase: string): Promise<Map<string, UsableSeal>> {
  const opened: { id: string; name: string; path: string; certificate: Uint8Array; signer: SealSigner }[] = [];
  const problems: Error[] = [];
  for (const { id, name, openedOn, closedOn } of await listOffices(db)) {
    const path = join(config.sealDirectory, `${id.replaceAll('/', '-')}.p12`);
    // What one institution added or closed by itself keeps no other from working: without its seal such an office seals nothing.
    if ((openedOn !== null || closedOn !== null) && !existsSync(path)) continue;
    const signer = await gather(problems, () => openSeal(config.mode, { id, name, path }, passphrase));
    if (signer) opened.push({ id, name, path, certificate: signer.certificate, signer });
  }
  refuseFor(problems);
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
