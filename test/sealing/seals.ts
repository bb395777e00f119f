// Seals for tests: a development authority in a directory of its own, P-256 unless asked otherwise.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { AlgorithmName } from '../../src/sealing/algorithms.ts';
import { makeDevelopmentAuthority, sealFileName } from '../../src/sealing/certificates.ts';
import type { SealSigner } from '../../src/sealing/signer.ts';
import { openPkcs12Signer } from '../../src/sealing/signer-pkcs12.ts';

export const PASSPHRASE = '口令 passphrase';
export const NOW = new Date('2026-06-30T08:00:00Z');
export const OFFICE = '10447/degree-office';
export const PROVINCE = '37/provincial-office';

export interface TestAuthority {
  directory: string;
  root: Uint8Array;
  crls: Uint8Array[];
  office: SealSigner;
  province: SealSigner;
}

/** DER blocks of a PEM text. */
export function derOf(pem: string): Uint8Array[] {
  return [...pem.matchAll(/-----BEGIN [^-]+-----([^-]+)-----END/g)].map(
    (block) => new Uint8Array(Buffer.from(block[1] ?? '', 'base64')),
  );
}

/** A directory that is gone after the tests of the file. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'sealing-'));
  afterAll(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

export async function testAuthority(algorithm: AlgorithmName = 'ecdsa-p256-sha256'): Promise<TestAuthority> {
  const directory = await temporaryDirectory();
  const seals = [
    { id: OFFICE, commonName: '聊城大学学位评定委员会办公室', organization: '聊城大学' },
    { id: PROVINCE, commonName: '山东省学位委员会办公室', organization: '山东省教育厅' },
  ];
  await makeDevelopmentAuthority({ directory, seals, passphrase: PASSPHRASE, now: NOW, algorithm });
  const [root] = derOf(await readFile(join(directory, 'root.pem'), 'latin1'));
  if (!root) throw new Error('no root');
  const open = (id: string) =>
    openPkcs12Signer({ id, path: join(directory, sealFileName(id)), passphrase: PASSPHRASE });
  return {
    directory,
    root,
    crls: derOf(await readFile(join(directory, 'crl.pem'), 'latin1')),
    office: await open(OFFICE),
    province: await open(PROVINCE),
  };
}

/** The same bytes with one bit of one byte changed. */
export function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
