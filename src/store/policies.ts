// Policies of an institution as kept; what they mean is the business of regulation/policy.ts (R24.1).
import type { Transaction } from './transaction.ts';

/** A policy and the civil day from which it holds. */
export interface PolicyRow {
  readonly effectiveFrom: string;
  readonly content: unknown;
}

/** All policies of an institution, oldest first. */
export function readPolicies(tx: Pick<Transaction, 'policy'>, institution: string): Promise<PolicyRow[]> {
  return tx.policy.findMany({
    where: { institution },
    orderBy: { effectiveFrom: 'asc' },
    select: { effectiveFrom: true, content: true },
  });
}
