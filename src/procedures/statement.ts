// The statement of a step: who, which office, when, under which article, over exactly which data (R12.2). Never personal data of degree holders.
import { randomBytes } from 'node:crypto';
import type { StepName } from '../regulation/steps.ts';
import { appendLeaves, emptyFrontier, leafHash, rootOf } from '../sealing/log.ts';
import { canonicalize, type JsonValue } from '../sealing/verify/canonical.ts';
import type { Actor, Student } from './call.ts';

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
    | 'objection'
    | 'edition'
    | 'code-table'
    | 'code-mapping'
    | 'export'
    | 'policy'
    | 'office-change'
    | 'officer'
    | 'calendar'
    | 'enrolment-record'
    | 'dispute'
    | 'correction-request'
    | 'statistics'
    | 'dataset'
    | 'dataset-access'
    | 'publication'
    | 'declassification'
    | 'key-ring'
    | 'archive';
  readonly id: string;
  readonly version: number;
  readonly digest: string;
}

/** The subjects of one step, in order; a list, or what stands for one that is too long to be kept as objects. */
export type Subjects = Iterable<Subject> & { readonly length: number };

/** What becomes the leaf of a subject in the tree of a batch step, in canonical JSON. */
export function batchLeaf({ kind, id, version, digest }: Subject): Uint8Array {
  // Written out in the order of canonical JSON: there are as many of these as records in a step.
  const named = `"id":${canonicalize(id)},"kind":${canonicalize(kind)},"version":${canonicalize(version)}`;
  return leafHash(Buffer.from(`{"digest":${canonicalize(digest)},${named}}`));
}

const LEAVES_AT_ONCE = 1024;

/** Root (hex) of the tree of a batch step, a thousand leaves in memory at a time. */
function rootOfSubjects(subjects: Subjects): string {
  let frontier = emptyFrontier;
  let leaves: Uint8Array[] = [];
  for (const subject of subjects) {
    leaves.push(batchLeaf(subject));
    if (leaves.length < LEAVES_AT_ONCE) continue;
    frontier = appendLeaves(frontier, leaves).frontier;
    leaves = [];
  }
  frontier = appendLeaves(frontier, leaves).frontier;
  return Buffer.from(rootOf(frontier)).toString('hex');
}

/** Who takes a step, and for which office it is sealed. */
export interface Doer {
  readonly officeId: string;
  readonly officeName: string;
  /** The responsible officer (R6.2); null when the student takes the step himself. */
  readonly officer: Pick<Actor, 'officerId' | 'name'> | null;
  /** Kind and id of the student's record, never a name. */
  readonly student?: Pick<Student, 'kind' | 'id'>;
  /** Leaf hash (hex) of the step by which the officer ordered this one, when the server carries it out by itself. */
  readonly order?: string;
}

/** Builds the statement: one subject is named in it, several are committed to by the root of a Merkle tree of their own. */
export function makeStatement(parts: {
  step: StepName;
  article: string;
  institution: string;
  doer: Doer;
  at: Date;
  subjects: Subjects;
  facts: JsonObject;
  files: readonly string[];
  /** Leaf hashes (hex) of the statements that last spoke of these subjects. */
  previous: readonly string[];
}): { statement: JsonObject; batchRoot: string | null } {
  const { step, article, institution, doer, at, subjects, facts, files, previous } = parts;
  const batchRoot = subjects.length > 1 ? rootOfSubjects(subjects) : null;
  const about: JsonObject = batchRoot
    ? { batchRoot, batchSize: subjects.length }
    : { subjects: Array.from(subjects, ({ kind, id, version, digest }) => ({ kind, id, version, digest })) };
  const statement: JsonObject = {
    format: 'vermilion-statement/1',
    step,
    article,
    institution,
    office: { id: doer.officeId, name: doer.officeName },
    officer: doer.officer && { id: doer.officer.officerId, name: doer.officer.name },
    ...(doer.student ? { student: { kind: doer.student.kind, id: doer.student.id } } : {}),
    ...(doer.order === undefined ? {} : { order: doer.order }),
    at: at.toISOString(),
    salt: randomBytes(16).toString('hex'),
    facts,
    files: [...files],
    previous: [...previous],
    ...about,
  };
  return { statement, batchRoot };
}
