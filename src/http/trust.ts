// What anybody needs to check our seals: the root certificate, the revocation list, and by which digest our verifier is known. Public.
import { createHash } from 'node:crypto';
import type { World } from '../procedures/call.ts';
import { VERIFIER } from '../store/archive/verifier-source.ts';
import type { Reply } from './reply.ts';

/** A line of `sha256sum`: a forged archive may bring a forged verifier, and this one does not come with it. */
const VERIFIER_SUM = `${createHash('sha256').update(VERIFIER, 'utf8').digest('hex')}  verifier/verify.mjs\n`;

/** `/trust/root.pem`, `/trust/crl.pem` and `/trust/verifier.sha256`; null for another address and for what is not there. */
export function trustFile(world: Pick<World, 'trust'>, path: string): Reply | null {
  if (path === '/trust/verifier.sha256') {
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' };
    return { status: 200, headers, body: VERIFIER_SUM };
  }
  const pem = path === '/trust/root.pem' ? world.trust.rootPem : path === '/trust/crl.pem' ? world.trust.crlPem : null;
  // An empty file would look like an answer.
  if (!pem) return null;
  const headers = { 'content-type': 'application/x-pem-file', 'cache-control': 'public, max-age=3600' };
  return { status: 200, headers, body: pem };
}
