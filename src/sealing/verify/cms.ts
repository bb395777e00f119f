// Reading and verifying one detached CMS seal (RFC 5652, CAdES-B): exactly one signer, signed attributes, ESS certificate.
import { equalBytes, toHex } from './bytes.ts';
import { children, type Der, DerProblem, expectTag, integerBytes, oidText, readDer, smallInteger, TAG } from './der.ts';
import { OID } from './oids.ts';
import { digest, digestName, verifySignature } from './signature.ts';
import { type AlgorithmIdentifier, type Certificate, readAlgorithm, readCertificate } from './x509.ts';

/** A seal as read; nothing verified. `attributes`: object identifier → its only value. */
export interface CmsSeal {
  certificates: Certificate[];
  signer: Certificate;
  digestAlgorithm: AlgorithmIdentifier;
  signatureAlgorithm: AlgorithmIdentifier;
  attributes: ReadonlyMap<string, Der>;
  signedBytes: Uint8Array;
  signature: Uint8Array;
}

/** What was found about the seal itself, apart from whether its certificate is trusted. */
export interface CmsFacts {
  intact: boolean;
  signature: boolean;
  signingCertificate: boolean;
}

/** Elements of a SET OF in DER order: any other order means other bytes were signed than are shown. */
function inOrder(elements: readonly Der[]): boolean {
  return elements.every((element, i) => {
    const before = elements[i - 1]?.raw;
    if (!before) return true;
    const length = Math.min(before.length, element.raw.length);
    for (let k = 0; k < length; k += 1) {
      const difference = (element.raw[k] ?? 0) - (before[k] ?? 0);
      if (difference !== 0) return difference > 0;
    }
    return element.raw.length > before.length;
  });
}

function readAttributes(element: Der): ReadonlyMap<string, Der> {
  const list = children(element);
  if (!inOrder(list)) throw new DerProblem('signed attributes out of order');
  const out = new Map<string, Der>();
  for (const attribute of list) {
    const [type, values, extra] = children(expectTag(attribute, TAG.sequence));
    const oid = oidText(type);
    const [value, second] = children(expectTag(values, TAG.set));
    if (extra || !value || second || out.has(oid)) throw new DerProblem(`bad or repeated attribute ${oid}`);
    out.set(oid, value);
  }
  return out;
}

/** Reads a detached SignedData with exactly one signer, identified by issuer and serial number. @throws {DerProblem} */
export function readSeal(der: Uint8Array): CmsSeal {
  const [type, wrapped, extra] = children(readDer(der, TAG.sequence));
  if (extra || oidText(type) !== OID.signedData) throw new DerProblem('not SignedData');
  const parts = children(expectTag(children(expectTag(wrapped, 0xa0))[0], TAG.sequence));
  const [version, digests, content, ...rest] = parts;
  if (smallInteger(version) !== 1) throw new DerProblem('unexpected version');
  const [contentType, eContent] = children(expectTag(content, TAG.sequence));
  if (oidText(contentType) !== OID.data || eContent) throw new DerProblem('not a detached seal');
  const certificateSet = expectTag(
    rest.find((part) => part.tag === 0xa0),
    0xa0,
  );
  const certificates = children(certificateSet).map((certificate) => readCertificate(certificate.raw));
  const [info, second] = children(expectTag(rest[rest.length - 1], TAG.set));
  if (second || rest.length > 3) throw new DerProblem('not exactly one signer');
  const infoParts = children(expectTag(info, TAG.sequence));
  const [infoVersion, sid, digestElement, attributesElement, signatureElement, signature] = infoParts;
  if (smallInteger(infoVersion) !== 1) throw new DerProblem('unexpected signer version');
  const [issuer, serial] = children(expectTag(sid, TAG.sequence));
  const wanted = toHex(integerBytes(serial));
  const signer = certificates.find(
    (one) => one.serial === wanted && equalBytes(one.issuer.raw, expectTag(issuer, TAG.sequence).raw),
  );
  if (!signer) throw new DerProblem('the signer has no certificate');
  const attributes = expectTag(attributesElement, 0xa0);
  const signedBytes = new Uint8Array(attributes.raw);
  signedBytes[0] = TAG.set;
  const digestAlgorithm = readAlgorithm(digestElement);
  if (!children(expectTag(digests, TAG.set)).some((one) => equalBytes(one.raw, digestAlgorithm.raw))) {
    throw new DerProblem('digest algorithm not announced');
  }
  return {
    certificates,
    signer,
    digestAlgorithm,
    signatureAlgorithm: readAlgorithm(signatureElement),
    attributes: readAttributes(attributes),
    signedBytes,
    signature: expectTag(signature, TAG.octetString).content,
  };
}

/** True when signing-certificate-v2 names exactly the signer's certificate (RFC 5035 section 5.4). */
async function namesSigner(seal: CmsSeal): Promise<boolean> {
  const value = seal.attributes.get(OID.signingCertificateV2);
  const list = value && children(expectTag(value, TAG.sequence))[0];
  const first = list && children(expectTag(list, TAG.sequence))[0];
  if (!first) return false;
  const parts = children(expectTag(first, TAG.sequence));
  const explicitHash = parts[0]?.tag === TAG.sequence ? readAlgorithm(parts.shift()) : undefined;
  const name = explicitHash ? digestName(explicitHash) : 'SHA-256';
  const [hash, issuerSerial] = parts;
  if (!name || !equalBytes(expectTag(hash, TAG.octetString).content, await digest(name, seal.signer.raw))) return false;
  if (!issuerSerial) return true;
  const [names, serial] = children(expectTag(issuerSerial, TAG.sequence));
  const directory = children(expectTag(names, TAG.sequence)).find((one) => one.tag === 0xa4);
  return (
    toHex(integerBytes(serial)) === seal.signer.serial &&
    directory !== undefined &&
    equalBytes(directory.content, seal.signer.issuer.raw)
  );
}

/** True when CMSAlgorithmProtection is absent or names the algorithms in use (RFC 6211). */
function algorithmsProtected(seal: CmsSeal): boolean {
  const value = seal.attributes.get(OID.algorithmProtection);
  if (!value) return true;
  const [digestElement, signatureElement, extra] = children(expectTag(value, TAG.sequence));
  const named = readAlgorithm(digestElement);
  return (
    !extra &&
    equalBytes(named.raw, seal.digestAlgorithm.raw) &&
    equalBytes(expectTag(signatureElement, 0xa1).content, implicitContent(seal.signatureAlgorithm))
  );
}

/** Content of an AlgorithmIdentifier without its SEQUENCE header, as an implicitly tagged field carries it. */
function implicitContent(algorithm: AlgorithmIdentifier): Uint8Array {
  return readDer(algorithm.raw).content;
}

/** Verifies the seal over the content: digest, signature, and that the signed attributes name this certificate. */
export async function verifySeal(seal: CmsSeal, content: Uint8Array): Promise<CmsFacts> {
  const name = digestName(seal.digestAlgorithm);
  const type = seal.attributes.get(OID.contentType);
  const imprint = seal.attributes.get(OID.messageDigest);
  const intact =
    name !== undefined &&
    type !== undefined &&
    oidText(type) === OID.data &&
    imprint !== undefined &&
    equalBytes(expectTag(imprint, TAG.octetString).content, await digest(name, content));
  const good = await verifySignature({
    algorithm: seal.signatureAlgorithm,
    digest: seal.digestAlgorithm,
    spki: seal.signer.spki,
    data: seal.signedBytes,
    value: seal.signature,
  });
  return { intact, signature: good && algorithmsProtected(seal), signingCertificate: await namesSigner(seal) };
}
