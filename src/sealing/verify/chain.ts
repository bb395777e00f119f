// Building a certificate path (RFC 5280 section 6) to a given root. What is not understood and critical is refused.
import { equalBytes } from './bytes.ts';
import { booleanValue, children, expectTag, oidText, readDer, smallInteger, TAG } from './der.ts';
import { OID } from './oids.ts';
import { verifySignature } from './signature.ts';
import type { Certificate } from './x509.ts';

/** Why no path was found, the most telling reason met. */
export type ChainFault =
  | 'no-path'
  | 'signature'
  | 'validity'
  | 'not-an-authority'
  | 'path-length'
  | 'key-usage'
  | 'extension'
  | 'not-for-seals';

/** A path from the seal's certificate to the root, both included, or why there is none. */
export type ChainResult = { path: Certificate[] } | { fault: ChainFault };

const LONGEST_PATH = 8;
/** Bound on signature checks, so that crossing certificates cannot keep the verifier busy. */
const MOST_CHECKS = 64;

const UNDERSTOOD: ReadonlySet<string> = new Set([
  OID.basicConstraints,
  OID.keyUsage,
  OID.extendedKeyUsage,
  OID.subjectKeyIdentifier,
  OID.authorityKeyIdentifier,
  OID.subjectAltName,
  OID.certificatePolicies,
]);

/** Uses under which a certificate may seal: any, e-mail protection, document signing (RFC 9336), Adobe's and Microsoft's. */
const SEALING_USES: ReadonlySet<string> = new Set([
  '2.5.29.37.0',
  '1.3.6.1.5.5.7.3.4',
  '1.3.6.1.5.5.7.3.36',
  '1.2.840.113583.1.1.5',
  '1.3.6.1.4.1.311.10.3.12',
]);

/** Basic constraints; a certificate without them is no authority. @throws {DerProblem} */
function constraintsOf(certificate: Certificate): { ca: boolean; pathLength: number } {
  const extension = certificate.extensions.get(OID.basicConstraints);
  const parts = extension ? children(readDer(extension.value, TAG.sequence)) : [];
  const ca = parts[0]?.tag === TAG.boolean && booleanValue(parts[0]);
  const limit = parts.find((part) => part.tag === TAG.integer);
  return { ca, pathLength: limit ? smallInteger(limit) : LONGEST_PATH };
}

/** True when key usage is absent or has one of these bits (0 is the first). @throws {DerProblem} */
function mayUse(certificate: Certificate, ...bits: number[]): boolean {
  const extension = certificate.extensions.get(OID.keyUsage);
  if (!extension) return true;
  const { content } = readDer(extension.value, TAG.bitString);
  return bits.some((bit) => ((content[1 + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

function understood(certificate: Certificate): boolean {
  // Name constraints bind even when an issuer forgot to mark them critical.
  if (certificate.extensions.has(OID.nameConstraints)) return false;
  return [...certificate.extensions].every(([oid, extension]) => !extension.critical || UNDERSTOOD.has(oid));
}

function sealFault(certificate: Certificate): ChainFault | undefined {
  if (!understood(certificate)) return 'extension';
  if (constraintsOf(certificate).ca || !mayUse(certificate, 0, 1)) return 'not-for-seals';
  const uses = certificate.extensions.get(OID.extendedKeyUsage);
  const listed = uses ? children(readDer(uses.value, TAG.sequence)).map((use) => oidText(expectTag(use, TAG.oid))) : [];
  return uses && !listed.some((use) => SEALING_USES.has(use)) ? 'not-for-seals' : undefined;
}

const selfIssued = (certificate: Certificate): boolean => equalBytes(certificate.subject.raw, certificate.issuer.raw);

function issuerFault(issuer: Certificate, below: readonly Certificate[]): ChainFault | undefined {
  if (!understood(issuer)) return 'extension';
  const { ca, pathLength } = constraintsOf(issuer);
  if (!ca) return 'not-an-authority';
  if (!mayUse(issuer, 5)) return 'key-usage';
  const between = below.slice(1).filter((certificate) => !selfIssued(certificate)).length;
  return between > pathLength ? 'path-length' : undefined;
}

const inForce = (certificate: Certificate, at: Date): boolean =>
  certificate.notBefore <= at && at <= certificate.notAfter;

/**
 * Finds a path from a seal's certificate to one of the roots, every certificate in force at `at`.
 * Only `roots` are trusted; `others` are mere material. Issuers are found by name, compared byte for byte.
 */
export async function buildChain(
  leaf: Certificate,
  others: readonly Certificate[],
  roots: readonly Certificate[],
  at: Date,
): Promise<ChainResult> {
  let fault: ChainFault = 'no-path';
  let checks = 0;
  const refuse = (reason: ChainFault | undefined): boolean => {
    if (reason) fault = reason;
    return reason !== undefined;
  };
  const climb = async (path: readonly Certificate[]): Promise<Certificate[] | undefined> => {
    const top = path[path.length - 1] ?? leaf;
    for (const [candidates, anchored] of [
      [roots, true],
      [others, false],
    ] as const) {
      for (const issuer of candidates) {
        if (path.length >= LONGEST_PATH || checks >= MOST_CHECKS) return undefined;
        if (!equalBytes(issuer.subject.raw, top.issuer.raw)) continue;
        if (path.some((one) => equalBytes(one.raw, issuer.raw))) continue;
        if (refuse(inForce(issuer, at) ? undefined : 'validity') || refuse(issuerFault(issuer, path))) continue;
        checks += 1;
        const signature = { algorithm: top.algorithm, spki: issuer.spki, data: top.tbs, value: top.signature };
        if (refuse((await verifySignature(signature)) ? undefined : 'signature')) continue;
        const found = anchored ? [...path, issuer] : await climb([...path, issuer]);
        if (found) return found;
      }
    }
    return undefined;
  };
  try {
    if (!inForce(leaf, at)) return { fault: 'validity' };
    if (refuse(sealFault(leaf))) return { fault };
    const path = await climb([leaf]);
    return path ? { path } : { fault };
  } catch {
    return { fault: 'extension' };
  }
}
