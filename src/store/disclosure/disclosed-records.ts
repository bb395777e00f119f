// Records whose disclosure has ended: each keeps the digest of the key fields that the school was shown.
import type { Transaction } from '../database/transaction.ts';

const CHUNK = 1000;

/** Moves records on to 'disclosed', each with the digest of its key fields (SHA-256, hex). */
export async function markDisclosed(
  tx: Transaction,
  institution: string,
  pairs: readonly { readonly id: string; readonly keyDigest: string }[],
  at: Date,
): Promise<void> {
  for (let start = 0; start < pairs.length; start += CHUNK) {
    const chunk = pairs.slice(start, start + CHUNK);
    const ids = chunk.map((pair) => pair.id);
    const digests = chunk.map((pair) => pair.keyDigest);
    const moved = await tx.$executeRaw`
      UPDATE "DegreeRecord" r SET "state" = 'disclosed', "disclosedKeyDigest" = p."digest", "updatedAt" = ${at}::timestamptz
      FROM unnest(${ids}::text[]::uuid[], ${digests}::text[]) AS p("id", "digest")
      WHERE r."institution" = ${institution} AND r."id" = p."id" AND r."state" = 'disclosing'`;
    if (moved !== chunk.length) throw new Error(`${chunk.length} records were to be disclosed, ${moved} were there`);
  }
}
