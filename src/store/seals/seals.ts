// The public half of seals, for proofs: certificates with their chains. Keys are never here.
import type { Reader } from '../database/client.ts';

/** Certificates of these seals with their chains, DER. */
export async function certificatesOf(tx: Pick<Reader, 'seal'>, ids: readonly string[]): Promise<Uint8Array[]> {
  const seals = await tx.seal.findMany({
    where: { id: { in: [...new Set(ids)] } },
    orderBy: { id: 'asc' },
    select: { certificate: true, chain: true },
  });
  return seals.flatMap((seal) => [seal.certificate, ...seal.chain]);
}
