// Seals for tests: a development authority in a directory of its own, P-256 unless asked otherwise.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { ALGORITHMS, type AlgorithmName } from '../../src/sealing/algorithms.ts';
import { spkiOf, writeCertificate, writeName } from '../../src/sealing/certificate-write.ts';
import { makeDevelopmentAuthority, sealFileName } from '../../src/sealing/certificates.ts';
import type { SealSigner } from '../../src/sealing/signer.ts';
import { openPkcs12Signer } from '../../src/sealing/signer-pkcs12.ts';
import { OID } from '../../src/sealing/verify/oids.ts';

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

/** A public authority: the certificates that it issues bear names, and no id of ours. */
export async function namelessSeals(): Promise<{
  root: Uint8Array;
  issue: (subject: { O?: string; CN?: string }) => Promise<SealSigner>;
}> {
  const algorithm = ALGORITHMS['ecdsa-p256-sha256'];
  const key = await algorithm.generate();
  const issuer = { subject: writeName([[OID.commonName, 'Public Authority']]), key };
  const period = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2050-01-01T00:00:00Z') };
  const root = await writeCertificate({
    ...{ subject: issuer.subject, spki: spkiOf(key), issuer },
    ...{ ...period, use: { kind: 'ca', pathLength: 1 } },
  });
  const issue = async ({ O, CN }: { O?: string; CN?: string }): Promise<SealSigner> => {
    const own = await algorithm.generate();
    const subject = writeName([
      [OID.country, 'CN'],
      ...(O === undefined ? [] : [[OID.organization, O] as const]),
      ...(CN === undefined ? [] : [[OID.commonName, CN] as const]),
    ]);
    const certificate = await writeCertificate({
      subject,
      spki: spkiOf(own),
      issuer,
      ...period,
      use: { kind: 'seal' },
    });
    const sign = (message: Uint8Array) => algorithm.sign(own, message);
    return { id: 'nameless', algorithm: 'ecdsa-p256-sha256', certificate, chain: [], ...period, sign };
  };
  return { root, issue };
}

/** The same bytes with one bit of one byte changed. */
export function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
