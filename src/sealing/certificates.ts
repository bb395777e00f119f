// Reading a certificate for people, and the development authority: root, issuing CA, revocation lists, one PKCS#12 per seal.
import { createHash, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { access, link, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ALGORITHMS, type AlgorithmName } from './algorithms.ts';
import { spkiOf, writeCertificate, writeName, writeRevocationList } from './certificate-write.ts';
import { type KeyFile, openKeyFile } from './key-file.ts';
import { writePkcs12 } from './pkcs12-write.ts';
import { SealKeyProblem } from './problem.ts';
import { OID } from './verify/oids.ts';
import { readCertificate } from './verify/x509.ts';

/** A certificate in words. `demo`: made by a development authority; `fingerprint`: SHA-256 of the DER, hex; `serial`: hex. */
export interface CertificateDescription {
  subject: string;
  issuer: string;
  serial: string;
  notBefore: Date;
  notAfter: Date;
  demo: boolean;
  fingerprint: string;
}

/** One seal that the development authority is to make. `id` may hold '/'. */
export interface DevelopmentSeal {
  id: string;
  commonName: string;
  organization: string;
}

const MARK = 'DEMO';
const AUTHORITY_FILE = 'issuing-authority.p12';

/** Reads a DER certificate for people. @throws {DerProblem} when it is none */
export function describeCertificate(der: Uint8Array): CertificateDescription {
  const { subject, issuer, serial, notBefore, notAfter } = readCertificate(der);
  const demo = subject.attributes.OU === MARK || issuer.attributes.OU === MARK;
  const fingerprint = createHash('sha256').update(der).digest('hex');
  return { subject: subject.text, issuer: issuer.text, serial, notBefore, notAfter, demo, fingerprint };
}

/** Name of the file that holds a seal's key: the id with everything but letters, digits, '.', '_' and '-' turned into '-'. */
export function sealFileName(id: string): string {
  return `${id.replace(/[^\p{L}\p{N}._-]+/gu, '-')}.p12`;
}

/** PEM text of DER blocks (RFC 7468). */
export function pem(label: 'CERTIFICATE' | 'X509 CRL', ...blocks: Uint8Array[]): string {
  return blocks
    .map((block) => {
      const lines =
        Buffer.from(block)
          .toString('base64')
          .match(/.{1,64}/g) ?? [];
      return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
    })
    .join('');
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Writes a whole file or nothing, and never over one that is there. False when one was there. */
async function writeNew(path: string, content: string | Uint8Array, mode: number): Promise<boolean> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  await writeFile(temporary, content, { mode, flag: 'wx', flush: true });
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // Some file systems have no hard links.
    if (await exists(path)) return false;
    await rename(temporary, path);
    return true;
  } finally {
    await rm(temporary, { force: true });
  }
}

function validity(now: Date): { notBefore: Date; notAfter: Date } {
  // Wide on both sides, because trial mode may move the clock.
  const year = now.getUTCFullYear();
  const at = (offset: number): Date =>
    new Date(new Date(now).setUTCFullYear(year + offset, now.getUTCMonth(), now.getUTCDate()));
  return {
    notBefore: new Date(Math.floor(at(-3).getTime() / 1000) * 1000),
    notAfter: new Date(Math.floor(at(10).getTime() / 1000) * 1000),
  };
}

async function makeAuthority(
  directory: string,
  passphrase: string,
  now: Date,
  algorithm: AlgorithmName,
): Promise<void> {
  const { notBefore, notAfter } = validity(now);
  const [rootKey, key] = await Promise.all([ALGORITHMS[algorithm].generate(), ALGORITHMS[algorithm].generate()]);
  // A name of its own, so that two development authorities are never taken for each other.
  const tag = randomBytes(4).toString('hex');
  const named = (role: string): Buffer =>
    writeName([
      [OID.country, 'CN'],
      [OID.organization, 'Vermilion'],
      [OID.organizationalUnit, MARK],
      [OID.commonName, `Vermilion ${MARK} ${role} ${tag}`],
    ]);
  const root = { subject: named('Root'), key: rootKey };
  const issuing = { subject: named('Issuing Authority'), key };
  const rootCertificate = await writeCertificate({
    subject: root.subject,
    spki: spkiOf(rootKey),
    issuer: root,
    notBefore,
    notAfter,
    use: { kind: 'ca', pathLength: 1 },
  });
  const certificate = await writeCertificate({
    subject: issuing.subject,
    spki: spkiOf(key),
    issuer: root,
    notBefore,
    notAfter,
    use: { kind: 'ca', pathLength: 0 },
  });
  const file = writePkcs12(key, [certificate, rootCertificate], passphrase);
  if (!(await writeNew(join(directory, AUTHORITY_FILE), file, 0o600))) return;
  // The root's key is not kept: this list is the only thing it will ever sign besides the issuing authority.
  const lists = await Promise.all(
    [issuing, root].map((issuer) =>
      writeRevocationList({ issuer, thisUpdate: notBefore, nextUpdate: notAfter, number: 1, revoked: [] }),
    ),
  );
  await writeNew(join(directory, 'crl.pem'), pem('X509 CRL', ...lists), 0o644);
}

async function publish(directory: string, authority: KeyFile, root: Uint8Array): Promise<void> {
  await writeNew(join(directory, 'root.pem'), pem('CERTIFICATE', root), 0o644);
  await writeNew(join(directory, 'issuing.pem'), pem('CERTIFICATE', authority.own.raw), 0o644);
  if (await exists(join(directory, 'crl.pem'))) return;
  const { notBefore, notAfter } = authority.own;
  const issuer = { subject: authority.own.subject.raw, key: authority.key };
  const list = await writeRevocationList({
    issuer,
    thisUpdate: notBefore,
    nextUpdate: notAfter,
    number: 1,
    revoked: [],
  });
  await writeNew(join(directory, 'crl.pem'), pem('X509 CRL', list), 0o644);
}

async function makeSeal(path: string, seal: DevelopmentSeal, authority: KeyFile, passphrase: string): Promise<void> {
  const key: KeyObject = await ALGORITHMS[authority.algorithm].generate();
  const certificate = await writeCertificate({
    subject: writeName([
      [OID.country, 'CN'],
      [OID.organization, seal.organization],
      [OID.organizationalUnit, MARK],
      [OID.userId, seal.id],
      [OID.commonName, seal.commonName],
    ]),
    spki: spkiOf(key),
    issuer: { subject: authority.own.subject.raw, key: authority.key },
    notBefore: authority.own.notBefore,
    notAfter: authority.own.notAfter,
    use: { kind: 'seal' },
  });
  await writeNew(path, writePkcs12(key, [certificate, authority.own.raw], passphrase), 0o600);
}

/**
 * Makes the development authority in `directory` where it is missing, and every seal that has no file yet: root.pem,
 * issuing.pem, crl.pem, issuing-authority.p12 and one {@link sealFileName} each (0600). Nothing that exists is replaced;
 * each file appears whole or not at all. The certificate of a seal carries its id as UID and DEMO as OU.
 * @param opts `algorithm` counts only when the authority is new (default RSA-3072)
 * @throws {RangeError} when two ids share a file name; {SealKeyProblem} when the existing authority does not open
 */
export async function makeDevelopmentAuthority(opts: {
  directory: string;
  seals: readonly DevelopmentSeal[];
  passphrase: string;
  now: Date;
  algorithm?: AlgorithmName;
}): Promise<void> {
  const { directory, seals, passphrase, now, algorithm = 'rsa-3072-sha256' } = opts;
  const names = [AUTHORITY_FILE, ...seals.map((seal) => sealFileName(seal.id))].map((name) => name.toLowerCase());
  if (new Set(names).size !== names.length) throw new RangeError('two seals would share one file name');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, AUTHORITY_FILE);
  if (!(await exists(path))) await makeAuthority(directory, passphrase, now, algorithm);
  const authority = await openKeyFile({ id: 'development authority', path, passphrase });
  const root = authority.certificates.find((one) => one !== authority.own);
  if (!root) {
    throw new SealKeyProblem('mismatch', {
      zh: `文件 ${path} 中没有根证书。`,
      en: `The file ${path} holds no root certificate.`,
    });
  }
  await publish(directory, authority, root.raw);
  const missing: DevelopmentSeal[] = [];
  for (const seal of seals) if (!(await exists(join(directory, sealFileName(seal.id))))) missing.push(seal);
  await Promise.all(
    missing.map((seal) => makeSeal(join(directory, sealFileName(seal.id)), seal, authority, passphrase)),
  );
}
