// Re-encryption of the secret fields of an institution under the current key (R21.1): ordered here in a sealed step, carried out by a job.
import { type Violation, violation } from '../../regulation/violations.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { enqueue, unfinishedJob } from '../../store/jobs.ts';
import { countBoxes, countBoxRows, type KeyUseCount } from '../../store/secrecy/box-keys.ts';
import type { Call } from '../call.ts';
import { type Performed, perform } from '../perform.ts';
import type { JsonObject, Subject } from '../statement.ts';
import { digestOf } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { reindexes } from './reseal.ts';

/** What a re-encryption goes to and comes from: ids of keys alone. */
export type KeyChange = {
  /** The key that seals from now on. */
  readonly keyId: string;
  /** The key of the look-ups from now on. */
  readonly indexKeyId: string;
  /** The keys of the boxes that are to be sealed again. */
  readonly from: readonly string[];
};

/** The job that carries it out, and how many boxes are under other keys. */
export type ReencryptionOrdered = KeyChange & { readonly jobId: string; readonly boxes: number; readonly rows: number };

/** The two sealed steps of a re-encryption: when it was ordered, and when everything is under the new key. */
export type ReencryptionPhase = 'ordered' | 'completed';

/** Boxes by table, as facts say them. */
export function boxesByTable(counts: readonly Pick<KeyUseCount, 'table' | 'boxes'>[]): Record<string, number> {
  const by: Record<string, number> = {};
  for (const { table, boxes } of counts) by[table] = (by[table] ?? 0) + boxes;
  return by;
}

/** A re-encryption as the subject of its steps, under the id of its job. */
export function reencryptionSubject(id: string, phase: ReencryptionPhase, facts: JsonObject): Subject {
  return { kind: 'key-ring', id, version: phase === 'ordered' ? 1 : 2, digest: digestOf({ id, ...facts }) };
}

/**
 * Orders that everything secret of an institution goes over to the keys that are current on this server (step `re-encrypt`). Officers
 * work on meanwhile: what a record says does not change, nor its version, nor its digest.
 * @throws {Refused} nothing to do, under way already, or the ring lacks a key. {Forbidden}
 */
export function reencryptSecrets(
  call: Call,
  { institution }: { readonly institution: string },
): Promise<Performed<ReencryptionOrdered>> {
  const { world } = call;
  return perform(call, 're-encrypt', institution, {}, async (tx) => {
    const target = await targetIn(tx, institution);
    requireMayAct(call, 're-encrypt', target);
    const { cipher, blindIndex } = world;
    const [keyId, [indexKeyId = '']] = [cipher.keyId, blindIndex.keyIds];
    const old = (await countBoxes(tx, institution)).filter((count) => count.keyId !== keyId);
    const from = [...new Set(old.map((count) => count.keyId))].sort();
    const looksAtAll = reindexes(blindIndex);
    const rows = await countBoxRows(tx, institution, looksAtAll ? null : keyId);
    const running = await unfinishedJob(tx, institution, 're-encrypt');
    const boxes = boxesByTable(old);
    const jobId = uuidv7();
    const facts: JsonObject = { phase: 'ordered', from, to: keyId, index: indexKeyId, boxes };
    return {
      target,
      violations: [
        ...(running
          ? [violation('re-encryption-under-way', 'institution', { found: `${running.done} / ${running.total}` })]
          : []),
        ...(rows === 0 ? [violation('nothing-to-re-encrypt', 'institution', { found: keyId })] : []),
        ...lackingViolations(world.cipher.keyIds, from),
      ],
      subjects: [reencryptionSubject(jobId, 'ordered', facts)],
      fresh: true,
      facts,
      async save({ id: stepId, at }) {
        await enqueue(tx, {
          ...{ id: jobId, institution, kind: 're-encrypt', total: rows, runAt: at, createdAt: at },
          ...{ officeId: call.actor.officeId, createdById: call.actor.officerId },
          input: { stepId, from, to: keyId, index: indexKeyId },
        });
        const total = old.reduce((sum, count) => sum + count.boxes, 0);
        return { jobId, keyId, indexKeyId, from, boxes: total, rows };
      },
    };
  });
}

/** A key that was never on this ring names itself; what is no box at all is found by the job, place by place. */
function lackingViolations(known: readonly string[], from: readonly string[]): Violation[] {
  const missing = from.filter((id) => /^[A-Za-z0-9_-]{1,64}$/.test(id) && !known.includes(id));
  if (missing.length === 0) return [];
  return [
    violation('key-ring-lacks-key', 'institution', {
      found: known.join('、'),
      expected: missing.join('、').slice(0, 200),
    }),
  ];
}
