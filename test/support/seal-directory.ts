// The development authority and the seals of tests, made once per machine.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UsableSeal } from '../../src/procedures/call.ts';
import type { SetUp } from '../../src/procedures/offices/set-up.ts';
import { makeDevelopmentAuthority, sealFileName } from '../../src/sealing/certificates.ts';
import { openPkcs12Signer } from '../../src/sealing/signer-pkcs12.ts';
import { SAMPLE } from '../../src/trial/sample-institutions.ts';

/** The certificates hold from 2023 to 2036 on every machine. */
const AUTHORITY_MADE = new Date('2026-01-01T00:00:00Z');
const PASSPHRASE = 'tests only';

/** Where the authority and the seals of these offices lie: ECDSA, because RSA keys take seconds each. */
export async function sealDirectory(sample: SetUp): Promise<string> {
  const ids = sample.offices.map((office) => office.id);
  const key = createHash('sha256')
    .update(JSON.stringify([ids, AUTHORITY_MADE, 1]))
    .digest('hex')
    .slice(0, 12);
  const directory = join(tmpdir(), `vermilion-test-seals-${key}`);
  if (existsSync(directory)) return directory;
  const draft = `${directory}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const seals = sample.offices.map(({ id, name }) => ({ id, commonName: `${name}（DEMO 演示）`, organization: name }));
  await makeDevelopmentAuthority({
    directory: draft,
    seals,
    passphrase: PASSPHRASE,
    now: AUTHORITY_MADE,
    algorithm: 'ecdsa-p256-sha256',
  });
  try {
    renameSync(draft, directory);
  } catch {
    rmSync(draft, { recursive: true }); // another worker was faster
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
