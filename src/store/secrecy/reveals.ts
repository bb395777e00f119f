// Who saw which secret value of which record, and why (R21.1). Rows are only ever added; the value itself is not here.
import type { Reveal } from '../../generated/prisma/client.ts';
import type { RevealKind } from '../../regulation/reveal.ts';
import type { Transaction } from '../database/transaction.ts';

/** What is kept of one. */
export type KeptReveal = Omit<Reveal, 'kind'> & { readonly kind: RevealKind };

/** Adds a reveal. */
export async function keepReveal(tx: Pick<Transaction, 'reveal'>, reveal: KeptReveal): Promise<void> {
  await tx.reveal.create({ data: reveal });
}

/** When an officer looked, by reveals of these kinds, after an instant; in every institution. No more than `most` + 1 are read, the newest. */
export async function looksSince(
  tx: Pick<Transaction, 'reveal'>,
  officerId: string,
  { kinds, since, most }: { readonly kinds: readonly RevealKind[]; readonly since: Date; readonly most: number },
): Promise<Date[]> {
  const rows = await tx.reveal.findMany({
    where: { officerId, kind: { in: [...kinds] }, at: { gt: since } },
    orderBy: { at: 'desc' },
    take: most + 1,
    select: { at: true },
  });
  return rows.map(({ at }) => at);
}
