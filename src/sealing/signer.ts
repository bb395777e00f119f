// The one seam between seals and the custody of keys: whoever holds the key offers this.
import type { AlgorithmName } from './algorithms.ts';

/** A seal that can sign. The key itself is never reachable through it. */
export interface SealSigner {
  /** Which seal, in the caller's words. */
  id: string;
  algorithm: AlgorithmName;
  /** The seal's certificate, DER. */
  certificate: Uint8Array;
  /** Issuing certificates, DER, nearest first, without the root. */
  chain: Uint8Array[];
  /** First moment of the certificate's validity. */
  notBefore: Date;
  /** Last moment of the certificate's validity. */
  notAfter: Date;
  /** Signs the message (the algorithm hashes it); ECDSA signatures are DER. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}
