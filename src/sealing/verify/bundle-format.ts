// The shape of a bundle: one JSON file that proves steps to somebody who trusts a root certificate only.
import type { JsonValue } from './canonical.ts';
import type { Opening } from './commitment.ts';

/** The only format so far. */
export const BUNDLE_FORMAT = 'vermilion-bundle/1';

/** What a step is about: kind and id of a thing, which version of it, and the hex digest of exactly that version. */
export type Subject = { kind: string; id: string; version: number | string; digest: string };

/**
 * What a step states; canonical JSON of it is the leaf of the log and what the seal covers. Anything else may be added.
 * `at`: RFC 3339 time; `seal`: id of the seal used, equal to the UID of its certificate; `salt`: 128 random bits in hex;
 * `previous`: hex leaf hashes of the statements that came before for these subjects; either `subjects` or `batchRoot` and `batchSize`.
 */
export type Statement = {
  step: string;
  article: string;
  institution: string;
  office: JsonValue;
  /** Null when the student took the step himself; then `student` holds kind and id of the student's record. */
  officer: JsonValue;
  student?: JsonValue;
  seal: string;
  at: string;
  salt: string;
  previous?: readonly string[];
  subjects?: readonly Subject[];
  batchRoot?: string;
  batchSize?: number;
  readonly [more: string]: JsonValue | undefined;
};

/** Proof that the subject is one of the records of a batch step. `root` in hex as in the statement, `proof` base64. */
export type BatchProof = { root: string; size: number; index: number; proof: string[] };

/** One sealed step with its place in the log. `subject`: the version it was about, where that differs from the bundle's. */
export type BundleStep = {
  statement: { readonly [name: string]: JsonValue | undefined };
  statementText: string;
  seal: string;
  leafIndex: number;
  inclusionProof: string[];
  subject?: { version: number | string; digest: string };
  batch?: BatchProof;
};

/** The thing that the bundle is about. `digest` is that of the commitments when they are given. */
export type BundleSubject = Subject & {
  fields?: { readonly [field: string]: Opening };
  commitments?: { readonly [field: string]: string };
};

/**
 * That the person of a record was on the roster of the resolution. `steps`: the loading of the resolution and, for a place that was added
 * by a correction, that correction. `entry`: the person's place as sealed, leaf SHA-256(0x00 ‖ canonical({ …entry, salt })). `inclusion`:
 * its proof under the root that the first step states; none for an added place, whose leaf the correction states itself.
 */
export type RosterProof = {
  steps: BundleStep[];
  entry: { readonly [name: string]: string | number };
  salt: string;
  inclusion?: { size: number; index: number; proof: string[] };
};

/** A bundle. Steps in the order of the log; seals, proofs, certificates and revocation lists are base64 DER or hashes. */
export type Bundle = {
  format: typeof BUNDLE_FORMAT;
  subject?: BundleSubject;
  steps: BundleStep[];
  checkpoint: { text: string; seal: string };
  certificates: string[];
  crls?: string[];
  roster?: RosterProof;
};
