// What steps are about, as subjects: the digest that stands for each kind of thing in statements. Never the thing itself.
import { createHash } from 'node:crypto';
import { canonicalize } from '../sealing/verify/canonical.ts';
import type { Objection } from '../store/disclosure/objections.ts';
import type { Batch } from '../store/records/batches.ts';
import type { RecordRow } from '../store/records/records.ts';
import type { World } from './call.ts';
import type { JsonObject, Subject } from './statement.ts';

/** SHA-256 (hex) of the canonical JSON of a value. */
export function digestOf(value: JsonObject): string {
  return createHash('sha256').update(canonicalize(value)).digest('hex');
}

/** A record as it stands: its digest is that of its salted commitments. */
export function recordSubject(row: Pick<RecordRow, 'id' | 'version' | 'digest'>): Subject {
  return { kind: 'record', id: row.id, version: row.version, digest: row.digest };
}

/** A batch in the version that a step makes of it. */
export function batchSubject(batch: Batch, next: { state?: string } = {}): Subject {
  const { institution, id, resolutionId, category, applicationId } = batch;
  const state = next.state ?? batch.state;
  const digest = digestOf({ institution, id, resolutionId, category, applicationId, state });
  return { kind: 'batch', id, version: batch.version + 1, digest };
}

/** An objection; its texts go in under the installation's key, because they may speak of people. */
export function objectionSubject(
  world: Pick<World, 'blindIndex'>,
  objection: Pick<Objection, 'id' | 'recordId' | 'reason' | 'raisedBy' | 'outcome'>,
): Subject {
  const { id, recordId, reason, raisedBy, outcome } = objection;
  const keyed = world.blindIndex(canonicalize({ id, recordId, reason, raisedBy, outcome }), 'objection');
  return { kind: 'objection', id, version: outcome === null ? 1 : 2, digest: digestOf({ keyed }) };
}
