// Trial mode's seals: a development authority and one DEMO seal per office, made on first start; and the guard that keeps them out of production.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDevelopmentAuthority } from '../sealing/certificates.ts';
import { isOpenToOthers } from '../secrecy/key-file.ts';
import { verifyPassword } from '../secrecy/passwords.ts';
import type { Database } from '../store/database/connect.ts';
import { DatabaseRefused } from '../store/database/errors.ts';
import { hasDemoSeals, listOffices, passwordHashes } from '../store/offices/offices.ts';
import { TRIAL_PASSWORD } from './sample-institutions.ts';

/** The file of the passphrase cannot be used, with the sentence for the person who started the server. */
export class PassphraseProblem extends Error {
  override readonly name = 'PassphraseProblem';
}

/** Makes what is missing of the development authority and its seals. Returns their passphrase, kept in a file of mode 0600. */
export async function prepareTrial(db: Database, directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const passphrase = await keptPassphrase(join(directory, 'passphrase'));
  const seals = (await listOffices(db)).map((office) => ({
    id: office.id,
    commonName: `${office.name}（DEMO 演示）`,
    organization: office.name,
  }));
  await makeDevelopmentAuthority({ directory, seals, passphrase, now: new Date() });
  return passphrase;
}

/** The passphrase kept in a file, made on first use. @throws {PassphraseProblem} when others can read the file */
export async function keptPassphrase(file: string): Promise<string> {
  const fresh = randomBytes(24).toString('base64url');
  // 'wx' never replaces a passphrase that seals already use.
  await writeFile(file, fresh, { mode: 0o600, flag: 'wx' }).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return;
    // On a full disk it is there and empty, and would be taken for one at the next start.
    await rm(file, { force: true });
    throw error;
  });
  if (isOpenToOthers(file)) {
    throw new PassphraseProblem(
      `印章口令文件可被其他用户读取，已拒绝使用，请将权限改为 0600：${file}。Other users can read the passphrase file of the seals, so it was refused; set its permissions to 0600: ${file}.`,
    );
  }
  return (await readFile(file, 'utf8')).trim();
}

/**
 * Refuses a database in which trial mode left something: DEMO seals, or officers that still have the sample password.
 * @throws {DatabaseRefused}
 */
export async function refuseTrialLeftovers(db: Database): Promise<void> {
  if (await hasDemoSeals(db)) {
    throw new DatabaseRefused({
      zh: '该数据库曾用于试用（含演示印章），不得用于正式模式；请另建数据库。',
      en: 'This database was used in trial mode (it holds DEMO seals) and is refused in production; use a new one.',
    });
  }
  for (const { loginName, passwordHash } of await passwordHashes(db)) {
    if (await verifyPassword(TRIAL_PASSWORD, passwordHash)) {
      throw new DatabaseRefused({
        zh: `用户 ${loginName} 仍使用试用口令，不得用于正式模式。`,
        en: `The officer ${loginName} still has the trial password; production refuses to start.`,
      });
    }
  }
}
