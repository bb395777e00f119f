// The named checks that every seal goes through, over a step, a checkpoint or a document.
import { buildChain, type ChainFault } from './chain.ts';
import { type CmsFacts, type CmsSeal, readSeal, verifySeal } from './cms.ts';
import { type RevocationList, readRevocationList, revocationOf } from './revocation.ts';
import { type Check, check, type Trust } from './verdict.ts';
import { type Certificate, readCertificate } from './x509.ts';

/** Trust as read: roots and lists that are what they claim to be; what cannot be read is left out and trusted by nobody. */
export interface ReadTrust {
  roots: Certificate[];
  lists: RevocationList[];
  others: Certificate[];
  at: Date | undefined;
  demanded: Trust['revocation'];
  /** The lists given by who verifies, not by the input. */
  given: RevocationList[];
  /** Lists that spoke of a certificate so far. */
  used: Set<RevocationList>;
}

/** What the checks found: the signer is given only when its seal is good and its chain ends at a trusted root. */
export interface SealResult {
  checks: Check[];
  signer?: Certificate;
}

const attempt = <T>(read: (der: Uint8Array) => T | undefined, der: Uint8Array): T[] => {
  try {
    const value = read(der);
    return value === undefined ? [] : [value];
  } catch {
    return [];
  }
};

/** Reads what is trusted together with the certificates and lists that the input brings. */
export function readTrust(
  trust: Trust,
  certificates: readonly Uint8Array[] = [],
  crls: readonly Uint8Array[] = [],
): ReadTrust {
  const given = (trust.crls ?? []).flatMap((der) => attempt(readRevocationList, der));
  return {
    roots: trust.roots.flatMap((der) => attempt(readCertificate, der)),
    lists: [...given, ...crls.flatMap((der) => attempt(readRevocationList, der))],
    others: certificates.flatMap((der) => attempt(readCertificate, der)),
    at: trust.at,
    demanded: trust.revocation,
    given,
    used: new Set(),
  };
}

const FAULTS: Readonly<Record<ChainFault, [zh: string, en: string]>> = {
  'no-path': ['签章证书不是由受信任的根证书签发的。', 'The seal’s certificate does not lead to a trusted root.'],
  signature: ['证书链中有一张证书的签名不正确。', 'A certificate in the chain has a bad signature.'],
  validity: ['用印时证书不在有效期内。', 'A certificate was not in force when the seal was used.'],
  'not-an-authority': ['证书链中有一张证书无权签发证书。', 'A certificate in the chain may not issue certificates.'],
  'path-length': ['证书链超过了允许的长度。', 'The certificate chain is longer than allowed.'],
  'key-usage': [
    '证书链中有一张证书的密钥用途不允许签发证书。',
    'A certificate in the chain has a key that may not issue certificates.',
  ],
  extension: ['证书含有无法识别的关键扩展。', 'A certificate has a critical extension that is not understood.'],
  'not-for-seals': ['签章证书的用途不允许用印。', 'The certificate’s uses do not allow sealing.'],
};

/** The names of the checks that must have passed for a good seal, behind the given prefix. */
export function requiredSealChecks(prefix: string): string[] {
  return ['intact', 'signature', 'signing-certificate', 'chain'].map((name) => prefix + name);
}

function read(der: Uint8Array): CmsSeal | undefined {
  return attempt(readSeal, der)[0];
}

async function verify(seal: CmsSeal | undefined, content: Uint8Array): Promise<CmsFacts> {
  try {
    if (seal) return await verifySeal(seal, content);
  } catch {
    // Odd attributes are no seal.
  }
  return { intact: false, signature: false, signingCertificate: false };
}

/**
 * Checks one seal over `content`.
 * @param prefix of the names of the checks, e.g. 'steps[0].'
 * @param at the time named by what is sealed; for content that names none (a checkpoint), a time that it cannot be older than
 */
export async function checkSeal(
  prefix: string,
  der: Uint8Array,
  content: Uint8Array,
  trust: ReadTrust,
  at: Date | { notBefore: Date },
): Promise<SealResult> {
  const seal = read(der);
  const facts = await verify(seal, content);
  const checks = [
    check(`${prefix}intact`, facts.intact, {
      passed: ['内容与用印时一致。', 'The content is what was sealed.'],
      failed: ['内容与用印时不一致，已被改动。', 'The content is not what was sealed: it was changed.'],
    }),
    check(`${prefix}signature`, facts.signature, {
      passed: ['签名正确。', 'The signature is good.'],
      failed: ['签名不正确。', 'The signature is not good.'],
    }),
    check(`${prefix}signing-certificate`, facts.signingCertificate, {
      passed: ['签名指明了所用的证书。', 'The signature names the certificate that it was made with.'],
      failed: ['签名所指明的证书与所附证书不符。', 'The signature does not name the certificate that comes with it.'],
    }),
  ];
  if (!seal) {
    checks.push(check(`${prefix}chain`, 'not-checked', { passed: FAULTS['no-path'], failed: FAULTS['no-path'] }));
    return { checks };
  }
  // A checkpoint names no time: it cannot be older than its newest statement, nor than its certificate.
  const claimed = at instanceof Date ? at : new Date(Math.max(at.notBefore.getTime(), seal.signer.notBefore.getTime()));
  const time = trust.at ?? claimed;
  const chain = await buildChain(seal.signer, [...seal.certificates, ...trust.others], trust.roots, time);
  const path = 'path' in chain ? chain.path : undefined;
  checks.push(
    check(`${prefix}chain`, path !== undefined, {
      passed: ['用印时证书有效，且由受信任的根证书签发。', 'The certificate was in force and leads to a trusted root.'],
      failed: 'fault' in chain ? FAULTS[chain.fault] : FAULTS['no-path'],
    }),
  );
  const revocation = path
    ? await revocationOf(path, trust.lists, time, (list) => trust.used.add(list))
    : { state: 'unchecked' as const };
  checks.push(
    check(
      `${prefix}revocation`,
      revocation.state === 'clear' ? 'passed' : revocation.state === 'revoked' ? 'failed' : 'not-checked',
      {
        passed: ['用印时证书未被吊销。', 'The certificate was not revoked when the seal was used.'],
        failed: ['证书已被吊销。', 'The certificate has been revoked.'],
        unchecked: [
          '没有可用的吊销列表，未检查证书是否被吊销。',
          'No usable revocation list: whether the certificate was revoked was not checked.',
        ],
      },
    ),
  );
  const good = path && facts.intact && facts.signature && facts.signingCertificate && revocation.state !== 'revoked';
  return good ? { checks, signer: seal.signer } : { checks };
}
