// The statement of a step: who, which office, when, under which article, over exactly which data (R12.2). Never personal data of degree holders.
import { randomBytes } from 'node:crypto';
import type { StepName } from '../regulation/vocabulary.ts';
import { appendLeaves, emptyFrontier, leafHash, rootOf } from '../sealing/log.ts';
import { canonicalBytes, type JsonValue } from '../sealing/verify/canonical.ts';
import type { Actor } from './call.ts';

/** A JSON object. */
export type JsonObject = { [key: string]: JsonValue };

/** A thing a step is about: its version and the digest (SHA-256, hex) of its salted commitments or bytes. */
export interface Subject {
  readonly kind:
    | 'record'
    | 'batch'
    | 'resolution'
    | 'revocation-resolution'
    | 'certificate-template'
    | 'import'
    | 'application'
    | 'objection';
  readonly id: string;
  readonly version: number;
  readonly digest: string;
}

/** What becomes the leaf of a subject in the tree of a batch step, in canonical JSON. */
export function batchLeaf(subject: Subject): Uint8Array {
  const { kind, id, version, digest } = subject;
  return leafHash(canonicalBytes({ kind, id, version, digest }));
}

const LEAVES_AT_ONCE = 1024;

/** Root (hex) of the tree of a batch step, a thousand leaves in memory at a time. */
function rootOfSubjects(subjects: readonly Subject[]): string {
  let frontier = emptyFrontier;
  for (let start = 0; start < subjects.length; start += LEAVES_AT_ONCE) {
    const leaves = subjects.slice(start, start + LEAVES_AT_ONCE).map(batchLeaf);
    frontier = appendLeaves(frontier, leaves).frontier;
  }
  return Buffer.from(rootOf(frontier)).toString('hex');
}

/** Builds the statement: one subject is named in it, several are committed to by the root of a Merkle tree of their own. */
export function makeStatement(parts: {
  step: StepName;
  article: string;
  institution: string;
  actor: Actor;
  at: Date;
  subjects: readonly Subject[];
  facts: JsonObject;
  files: readonly string[];
  /** Leaf hashes (hex) of the statements that last spoke of these subjects. */
  previous: readonly string[];
}): { statement: JsonObject; batchRoot: string | null } {
  const { step, article, institution, actor, at, subjects, facts, files, previous } = parts;
  const batchRoot = subjects.length > 1 ? rootOfSubjects(subjects) : null;
  const about: JsonObject = batchRoot
    ? { batchRoot, batchSize: subjects.length }
    : { subjects: subjects.map(({ kind, id, version, digest }) => ({ kind, id, version, digest })) };
  const statement: JsonObject = {
    format: 'vermilion-statement/1',
    step,
    article,
    institution,
    office: { id: actor.officeId, name: actor.officeName },
    officer: { id: actor.officerId, name: actor.name },
    at: at.toISOString(),
    salt: randomBytes(16).toString('hex'),
    facts,
    files: [...files],
    previous: [...previous],
    ...about,
  };
  return { statement, batchRoot };
}
