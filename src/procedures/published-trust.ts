// The published revocation lists as bytes, as bundles and status lists carry them.
import type { World } from './call.ts';

/** The revocation lists of the installation, DER; none when none is published. */
export function crlsOf({ trust }: Pick<World, 'trust'>): Uint8Array[] {
  // RFC 7468
  const blocks = (trust.crlPem ?? '').matchAll(/-----BEGIN [A-Z0-9 ]+-----([A-Za-z0-9+/=\s]+)-----END/g);
  return [...blocks].map(([, text = '']) => Buffer.from(text, 'base64'));
}
