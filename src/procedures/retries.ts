// Retries: a call with an idempotency key gets its first answer again, and the same key never stands for two things (P5).
import { createHash } from 'node:crypto';
import { violation } from '../regulation/violations.ts';
import { canonicalize } from '../sealing/verify/canonical.ts';
import type { Transaction } from '../store/database/transaction.ts';
import type { Call, StudentCall } from './call.ts';
import { Refused } from './errors.ts';
import type { JsonObject } from './statement.ts';

/** Whose keys they are: an officer's, or those of the record that a student's session is bound to. */
function callerOf(call: Call | StudentCall): string {
  return 'actor' in call ? call.actor.officerId : call.student.id;
}

/** What a retry must repeat, as a digest (SHA-256, hex). */
export function digestOfRequest(request: JsonObject): string {
  return createHash('sha256').update(canonicalize(request)).digest('hex');
}

/** What differs: the procedure, or its input. Of the first request only a digest is kept, so that the moment tells which it was. */
function keyReused(kept: { readonly procedure: string; readonly createdAt: Date }, procedure: string) {
  if (kept.procedure !== procedure) return { found: kept.procedure, expected: procedure };
  const first = `${procedure} ${kept.createdAt.toISOString()}`;
  return {
    found: `${procedure}：输入内容与首次请求不同 with another input than at first`,
    expected: `首次请求 the first request: ${first}；输入完全相同，或换用新的幂等键 the same input, or a new key`,
  };
}

/**
 * The answer that was kept for the call's key, or null for a call without key, a simulation, or a new key.
 * @throws {Refused} the key was used for another request
 */
export async function firstAnswer<Answer>(
  tx: Transaction,
  call: Call | StudentCall,
  procedure: string,
  requestDigest: string,
): Promise<Answer | null> {
  if (!call.idempotencyKey || call.simulate) return null;
  const where = { officerId_key: { officerId: callerOf(call), key: call.idempotencyKey } };
  const kept = await tx.idempotentCall.findUnique({ where });
  if (!kept) return null;
  if (kept.requestDigest !== requestDigest) {
    throw new Refused([violation('idempotency-key-reused', 'idempotencyKey', keyReused(kept, procedure))]);
  }
  return kept.result as Answer;
}

/** Keeps the answer of a call with a key, in the transaction of what it did. */
export async function keepAnswer(
  tx: Transaction,
  call: Call | StudentCall,
  procedure: string,
  requestDigest: string,
  result: JsonObject,
): Promise<void> {
  if (!call.idempotencyKey) return;
  const officerId = callerOf(call);
  await tx.idempotentCall.create({
    data: { officerId, key: call.idempotencyKey, procedure, requestDigest, result, createdAt: call.world.now() },
  });
}
