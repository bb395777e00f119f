// Detached CMS seals: CAdES-B (ETSI EN 319 122-1), one SignerInfo, built from parts that are constant per seal.
import { ALGORITHMS } from './algorithms.ts';
import { der, explicit, integer, octetString, oid, sequence, setOf } from './der-write.ts';
import { SealKeyProblem } from './problem.ts';
import type { SealSigner } from './signer.ts';
import { OID } from './verify/oids.ts';
import { readCertificate } from './verify/x509.ts';

/** What is the same in every seal of one signer, encoded once. */
interface Frame {
  /** Signed attributes as the SET that is signed, with room for the message digest. */
  attributes: Buffer;
  /** Where in `attributes` the message digest goes. */
  digestAt: number;
  /** Header of attributes inside SignerInfo: [0] instead of SET. */
  beforeAttributes: Buffer;
  afterAttributes: Buffer;
  /** version, digestAlgorithms, encapContentInfo, certificates. */
  head: Buffer;
}

const frames = new WeakMap<SealSigner, Frame>();
const ID_DATA = sequence(oid(OID.data));

function attribute(type: string, value: Uint8Array): Buffer {
  return sequence(oid(type), setOf(value));
}

function makeFrame(signer: SealSigner): Frame {
  const algorithm = ALGORITHMS[signer.algorithm];
  const certificate = readCertificate(signer.certificate);
  const serial = integer(Buffer.from(certificate.serial, 'hex'));
  const marker = Buffer.alloc(32, 0xa5);
  const generalNames = sequence(der(0xa4, certificate.issuer.raw));
  const essCertificate = sequence(octetString(algorithm.digest(signer.certificate)), sequence(generalNames, serial));
  const protection = sequence(algorithm.digestIdentifier, der(0xa1, algorithm.signatureIdentifier.subarray(2)));
  const attributes = setOf(
    attribute(OID.contentType, oid(OID.data)),
    attribute(OID.messageDigest, octetString(marker)),
    // hashAlgorithm is left out because SHA-256 is its DEFAULT (RFC 5035 section 4).
    attribute(OID.signingCertificateV2, sequence(sequence(essCertificate))),
    attribute(OID.algorithmProtection, protection),
  );
  return {
    attributes,
    digestAt: attributes.indexOf(marker),
    beforeAttributes: Buffer.concat([integer(1), sequence(certificate.issuer.raw, serial), algorithm.digestIdentifier]),
    afterAttributes: algorithm.signatureIdentifier,
    head: Buffer.concat([
      integer(1),
      der(0x31, algorithm.digestIdentifier),
      ID_DATA,
      // CertificateSet is a SET OF: DER order, like every other set here.
      der(0xa0, ...[signer.certificate, ...signer.chain].sort(Buffer.compare)),
    ]),
  };
}

/**
 * Seals `content` with a detached CMS signature, DER (RFC 5652, CAdES-B). Signed attributes: contentType, messageDigest,
 * signing-certificate-v2 (RFC 5035), CMSAlgorithmProtection (RFC 6211); no signing-time: time belongs to what is sealed.
 * @param signer the seal; all that is constant for it is encoded once
 * @param content the sealed bytes, or their digest when `contentIsDigest`
 * @param opts `at`: the time of sealing; outside the certificate's validity the seal refuses
 * @throws {SealKeyProblem} `validity` when `at` is outside the certificate's validity
 */
export async function sealDetached(
  signer: SealSigner,
  content: Uint8Array,
  opts: { contentIsDigest?: boolean; at?: Date } = {},
): Promise<Uint8Array> {
  if (opts.at) refuseOutsideValidity(signer, opts.at);
  let frame = frames.get(signer);
  if (!frame) {
    frame = makeFrame(signer);
    frames.set(signer, frame);
  }
  const digest = opts.contentIsDigest ? content : ALGORITHMS[signer.algorithm].digest(content);
  if (digest.length !== 32) throw new RangeError('the digest must have 32 bytes');
  const attributes = Buffer.from(frame.attributes);
  attributes.set(digest, frame.digestAt);
  const signature = await signer.sign(attributes);
  attributes[0] = 0xa0;
  const signerInfo = sequence(frame.beforeAttributes, attributes, frame.afterAttributes, octetString(signature));
  const signedData = sequence(frame.head, der(0x31, signerInfo));
  return sequence(oid(OID.signedData), explicit(0, signedData));
}

function refuseOutsideValidity(signer: SealSigner, at: Date): void {
  if (at >= signer.notBefore && at <= signer.notAfter) return;
  const span = [signer.notBefore, signer.notAfter].map((date) => date.toISOString().slice(0, 10));
  throw new SealKeyProblem('validity', {
    zh: `印章“${signer.id}”的证书有效期为 ${span.join(' 至 ')}，不能在 ${at.toISOString().slice(0, 10)} 用印；请换发证书。`,
    en: `The certificate of seal "${signer.id}" is valid from ${span.join(' to ')}; it cannot seal on ${at.toISOString().slice(0, 10)}. Renew the certificate.`,
  });
}
