// What anybody needs to check our seals: the root certificate and the revocation list. Public.
import type { World } from '../procedures/call.ts';
import type { Reply } from './reply.ts';

/** `/trust/root.pem` and `/trust/crl.pem`; null for another address and for what is not there. */
export function trustFile(world: Pick<World, 'trust'>, path: string): Reply | null {
  const pem = path === '/trust/root.pem' ? world.trust.rootPem : path === '/trust/crl.pem' ? world.trust.crlPem : null;
  // An empty file would look like an answer.
  if (!pem) return null;
  const headers = { 'content-type': 'application/x-pem-file', 'cache-control': 'public, max-age=3600' };
  return { status: 200, headers, body: pem };
}
