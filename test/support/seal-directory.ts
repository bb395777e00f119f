// The development authority and the seals of tests, made once and kept while nothing that makes them changes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { UsableSeal } from '../../src/procedures/call.ts';
import type { SetUp } from '../../src/procedures/offices/set-up.ts';
import { makeDevelopmentAuthority, sealFileName } from '../../src/sealing/certificates.ts';
import { openPkcs12Signer } from '../../src/sealing/signer-pkcs12.ts';
import { SAMPLE } from '../../src/trial/sample-institutions.ts';
import { CACHE } from './cache.ts';

/** The certificates hold from 2023 to 2036 on every machine. */
const AUTHORITY_MADE = new Date('2026-01-01T00:00:00Z');
const PASSPHRASE = 'tests only';
/** What makes them: other text, other seals. */
const MADE_BY = ['certificates', 'certificate-write', 'pkcs12-write', 'algorithms'].map((name) =>
  readFileSync(fileURLToPath(new URL(`../../src/sealing/${name}.ts`, import.meta.url)), 'utf8'),
);

/** Where the authority and the seals of these offices lie: ECDSA, because RSA keys take seconds each. */
export async function sealDirectory(sample: SetUp): Promise<string> {
  const seals = sample.offices.map(({ id, name }) => ({ id, commonName: `${name}（DEMO 演示）`, organization: name }));
  const made = [seals, AUTHORITY_MADE, PASSPHRASE, MADE_BY];
  const key = createHash('sha256').update(JSON.stringify(made)).digest('hex').slice(0, 16);
  const directory = join(CACHE, `seals-${key}`);
  if (existsSync(directory)) return directory;
  mkdirSync(CACHE, { recursive: true });
  // A draft of its own for everybody who comes at once: the first whole one is everybody's.
  const draft = mkdtempSync(`${directory}.`);
  await makeDevelopmentAuthority({
    directory: draft,
    seals,
    passphrase: PASSPHRASE,
    now: AUTHORITY_MADE,
    algorithm: 'ecdsa-p256-sha256',
  });
  try {
    renameSync(draft, directory);
  } catch (error) {
    rmSync(draft, { recursive: true });
    if (!existsSync(directory)) throw error; // else another worker was faster
  }
  return directory;
}

/** The opened seals by office. */
export async function openSeals(sample: SetUp, directory: string): Promise<Map<string, UsableSeal>> {
  const opened = sample.offices.map(async ({ id, name }): Promise<[string, UsableSeal]> => {
    const signer = await openPkcs12Signer({ id, path: join(directory, sealFileName(id)), passphrase: PASSPHRASE });
    return [id, { id, officeId: id, signer, text: name, diameterMm: 42, demo: true }];
  });
  return new Map(await Promise.all(opened));
}

/** Lays the seals of the sample where a server of its own looks for them: the RSA keys of a first start take longer than most tests. */
export async function laySeals(directory: string): Promise<void> {
  await cp(await sealDirectory(SAMPLE), directory, { recursive: true });
  await writeFile(join(directory, 'passphrase'), PASSPHRASE, { mode: 0o600 });
}
