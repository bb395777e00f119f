// What steps are about, as subjects: the digest that stands for each kind of thing in statements. Never the thing itself.
import { createHash } from 'node:crypto';
import { canonicalize } from '../sealing/verify/canonical.ts';
import type { Batch } from '../store/batches.ts';
import type { Objection } from '../store/objections.ts';
import type { RecordRow } from '../store/records.ts';
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

/** A person listed in an application: the record in the version that was applied for. */
export interface ListedRecord {
  readonly recordId: string;
  readonly version: number;
  readonly digest: string;
}

/** What is said in a written application, as its digest covers it. */
export interface ApplicationContent {
  readonly id: string;
  readonly kind: string;
  readonly category: string;
  readonly resolutionId: string;
  readonly reason: string;
  readonly measures: string;
  readonly contactName: string | null;
  readonly contactPhone: string | null;
  readonly documentNumber?: string | null;
  readonly documentDate?: string | null;
  readonly pdfDigest?: string | null;
  readonly dataDigest?: string | null;
  readonly decision?: string | null;
  readonly decisionNumber?: string | null;
  readonly decisionReason?: string | null;
  readonly decisionFileDigest?: string | null;
  readonly evidence: readonly { readonly title: string; readonly fileDigest: string }[];
}

/** A written application in the version that a step makes of it, with everything that is said in it so far. */
export function applicationSubject(
  content: ApplicationContent,
  people: readonly ListedRecord[],
  next: { state: string; version: number },
): Subject {
  const { id, kind, category, resolutionId, reason, measures, contactName, contactPhone } = content;
  const digest = digestOf({
    ...{ id, kind, category, resolutionId, reason, measures, contactName, contactPhone },
    documentNumber: content.documentNumber ?? null,
    documentDate: content.documentDate ?? null,
    pdfDigest: content.pdfDigest ?? null,
    dataDigest: content.dataDigest ?? null,
    decision: content.decision ?? null,
    decisionNumber: content.decisionNumber ?? null,
    decisionReason: content.decisionReason ?? null,
    decisionFileDigest: content.decisionFileDigest ?? null,
    people: people.map((one) => ({ recordId: one.recordId, version: one.version, digest: one.digest })),
    evidence: content.evidence.map(({ title, fileDigest }) => ({ title, fileDigest })),
    state: next.state,
  });
  return { kind: 'application', id, version: next.version, digest };
}
