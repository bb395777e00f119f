// Acts that set the policy of an institution, as kept; what they mean is the business of regulation/policy-acts.ts (R24.1).
import type { Policy } from '../../generated/prisma/client.ts';
import type { Transaction } from '../database/transaction.ts';

/** What of an act decides what holds on a day. */
export const POLICY_ACT = { id: true, effectiveFrom: true, sealedOn: true, content: true } as const;

/** An act: from which civil day it holds, on which it was sealed, and the settings it says. */
export type PolicyRow = Pick<Policy, keyof typeof POLICY_ACT>;

/** All acts of an institution, in the order of their sealing. */
export function readPolicies(tx: Pick<Transaction, 'policy'>, institution: string): Promise<PolicyRow[]> {
  return tx.policy.findMany({ where: { institution }, orderBy: { sequence: 'asc' }, select: POLICY_ACT });
}

/** Adds an act; its place in the order is given here. */
export async function insertPolicy(
  tx: Pick<Transaction, 'policy'>,
  act: Omit<Policy, 'sequence' | 'content'> & { readonly content: object },
): Promise<void> {
  await tx.policy.create({ data: act });
}
