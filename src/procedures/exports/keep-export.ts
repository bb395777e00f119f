// The file of an export: hashed and sealed while it is written, named in the step, fetched only by who made it (R21.1).
import { createHash } from 'node:crypto';
import { EXPORT_KEPT_DAYS } from '../../regulation/exports.ts';
import type { FieldName } from '../../regulation/standard/fields.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { forgetExpired, insertExport, keepExportPieces, type RecordExport } from '../../store/exports/exports.ts';
import { keepReveal } from '../../store/secrecy/reveals.ts';
import type { Call } from '../call.ts';
import type { JsonObject, Subject } from '../statement.ts';
import { digestOf } from '../subjects.ts';

/** The written file. */
export interface Written {
  readonly digest: string;
  readonly size: number;
}

/** Writes the file into the transaction, sealed. Expired files of the institution go on this occasion. */
export async function writeSealed(
  tx: Transaction,
  call: Call,
  of: { readonly institution: string; readonly id: string },
  bytes: AsyncIterable<Uint8Array>,
): Promise<Written> {
  await forgetExpired(tx, of.institution, call.world.now());
  const hash = createHash('sha256');
  let size = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      hash.update(piece);
      size += piece.length;
      yield piece;
    }
  }
  await keepExportPieces(tx, of, counted(), call.world.cipher);
  return { digest: hash.digest('hex'), size };
}

/** What an export says of itself. */
export interface ExportFacts {
  readonly kind: 'records' | 'photos';
  readonly edition: string | null;
  readonly verified: boolean;
  readonly format: string;
  readonly encoding: string | null;
  readonly categories: readonly string[];
  readonly selection: JsonObject;
  readonly fileName: string;
  readonly count: number;
}

/** The statement's facts: counts and digests; the purpose may speak of people and stays in the register. */
export function factsOf({ fileName, categories, ...told }: ExportFacts, written: Written): JsonObject {
  return { ...told, categories: [...categories], fileDigest: written.digest, size: written.size };
}

/** The export itself as a subject of its step. */
export function exportSubject(id: string, facts: ExportFacts, written: Written): Subject {
  return { kind: 'export', id, version: 1, digest: digestOf(factsOf(facts, written)) };
}

/** The act that made an export: why, by which step, and which secret fields stand in the file in plain. */
export interface ExportAct {
  readonly institution: string;
  readonly id: string;
  readonly purpose: string;
  readonly at: Date;
  readonly stepId: string;
  readonly shows: readonly FieldName[];
}

/** Keeps the export beside its step. What shows everybody's plain values is one line among the reveals, beside the single looks (R21.1). */
export async function keepExport(
  tx: Transaction,
  call: Call,
  of: ExportAct,
  facts: ExportFacts,
  written: Written,
): Promise<RecordExport['id']> {
  const { institution, id, purpose, at, stepId, shows } = of;
  const expiresAt = new Date(at.getTime() + EXPORT_KEPT_DAYS * 86_400_000);
  const by = { createdById: call.actor.officerId, createdAt: at, expiresAt };
  const file = { fileDigest: written.digest, size: written.size };
  await insertExport(tx, { institution, id, purpose, ...facts, categories: [...facts.categories], ...file, ...by });
  if (shows.length > 0) {
    const reveal = {
      institution,
      id: uuidv7(),
      officerId: by.createdById,
      recordId: id,
      field: shows.join(','),
      stepId,
    };
    await keepReveal(tx, { ...reveal, reason: purpose, at, kind: 'export', people: facts.count });
  }
  return id;
}
