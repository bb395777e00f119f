// A seal whose key is in a PKCS#12 file with a passphrase.
import { ALGORITHMS } from './algorithms.ts';
import { openKeyFile } from './key-file.ts';
import type { SealSigner } from './signer.ts';
import { equalBytes } from './verify/bytes.ts';
import type { Certificate } from './verify/x509.ts';

/** Issuing certificates from the nearest upward, the self-issued root left out. */
function chainOf(own: Certificate, all: readonly Certificate[]): Uint8Array[] {
  const chain: Uint8Array[] = [];
  let current = own;
  while (chain.length < 8) {
    const next = all.find((one) => one !== current && equalBytes(one.subject.raw, current.issuer.raw));
    if (!next || equalBytes(next.subject.raw, next.issuer.raw)) break;
    chain.push(next.raw);
    current = next;
  }
  return chain;
}

/**
 * Opens a seal kept in a PKCS#12 file.
 * @param opts `id` of the seal for messages, `path` of the file (mode 0600 or stricter on POSIX), its `passphrase`
 * @throws {SealKeyProblem} `missing`, `permissions`, `passphrase`, `format`, `mismatch` or `algorithm`; never names a secret
 */
export async function openPkcs12Signer(opts: { id: string; path: string; passphrase: string }): Promise<SealSigner> {
  const { key, algorithm, own, certificates } = await openKeyFile(opts);
  return {
    id: opts.id,
    algorithm,
    certificate: own.raw,
    chain: chainOf(own, certificates),
    notBefore: own.notBefore,
    notAfter: own.notAfter,
    sign: (message) => ALGORITHMS[algorithm].sign(key, message),
  };
}
