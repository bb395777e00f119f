// Seals of offices as registered: certificate, chain, size, status history. Keys are never here.
import type { Seal } from '../generated/prisma/client.ts';
import type { Database } from './connect.ts';

/** What is registered of a seal. */
export type SealRow = Seal;

/** Registers a seal as issued unless its id is there. Returns whether it is new. */
export async function keepSeal(db: Database, seal: SealRow, at: Date): Promise<boolean> {
  const there = await db.prisma.seal.findUnique({ where: { id: seal.id }, select: { id: true } });
  if (there) return false;
  await db.prisma.seal.create({
    data: {
      ...seal,
      certificate: Uint8Array.from(seal.certificate),
      chain: seal.chain.map((certificate) => Uint8Array.from(certificate)),
      statuses: { create: { at, status: 'issued', reason: '' } },
    },
  });
  return true;
}

/** Certificates of these seals with their chains, DER. */
export async function certificatesOf(
  tx: Pick<Database['prisma'], 'seal'>,
  ids: readonly string[],
): Promise<Uint8Array[]> {
  const seals = await tx.seal.findMany({
    where: { id: { in: [...new Set(ids)] } },
    orderBy: { id: 'asc' },
    select: { certificate: true, chain: true },
  });
  return seals.flatMap((seal) => [seal.certificate, ...seal.chain]);
}
