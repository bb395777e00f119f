// The shape of an original-record archive: which members it has and what its index says. One ZIP, or the folder that it unpacks to.
import type { Opening } from './commitment.ts';

/** The only format so far. */
export const ARCHIVE_FORMAT = 'vermilion-archive/1';

/** Members with names of their own. Those under `proofs/` and the sums come into being after the index was sealed. */
export const ARCHIVE_PATHS = {
  index: 'index.json',
  sums: 'SHA256SUMS',
  statement: 'proofs/export.json',
  seal: 'proofs/export.p7s',
  checkpoint: 'proofs/checkpoint.txt',
  checkpointSeal: 'proofs/checkpoint.p7s',
  log: 'proofs/log.json',
  chain: 'trust/chain.pem',
  crl: 'trust/crl.pem',
  root: 'trust/root.pem',
} as const;

/** The members that the sealed index cannot name, because they prove that it was sealed. */
export const AFTER_THE_INDEX: readonly string[] = [
  ARCHIVE_PATHS.statement,
  ARCHIVE_PATHS.seal,
  ARCHIVE_PATHS.checkpoint,
  ARCHIVE_PATHS.checkpointSeal,
  ARCHIVE_PATHS.log,
  ARCHIVE_PATHS.sums,
];

/** Where the statement of a step lies: behind it `.json` the text that was sealed, `.p7s` the seal, `.subjects.jsonl` what it was about. */
export const stepPath = (leafIndex: number): string => `steps/${String(leafIndex).padStart(8, '0')}`;

/** What an archive is of. `of`: id of the record or batch, or the year of conferral. */
export type ArchiveHead = {
  id: string;
  institution: string;
  scope: 'record' | 'batch' | 'year';
  of: string;
  categories: string[];
  at: string;
};

/** A file that a step rests on. Without `path` it is not in the archive, and `reason` says why. */
export type ArchiveFile = { digest: string; size: number; path?: string; reason?: string };

/** A roster: its lines in the order of the places. `withoutRecord`: places of the archive's categories for which no record was kept. */
export type ArchiveRoster = { resolution: string; path: string; withoutRecord: number[] };

/** The index: what the exporting office sealed as complete. `outside`: leaves that steps name as previous and that are about other things. */
export type ArchiveIndex = {
  format: typeof ARCHIVE_FORMAT;
  archive: ArchiveHead;
  logSize: number;
  secretFields: string[];
  records: { id: string; version: number; digest: string }[];
  steps: { index: number; leaf: string }[];
  outside: string[];
  rosters: ArchiveRoster[];
  files: ArchiveFile[];
  members: { path: string; sha256: string; size: number }[];
};

/** One version of a record: every field's commitment, and the opening of each that is not secret. */
export type ArchiveVersion = {
  version: number;
  digest: string;
  commitments: { readonly [field: string]: string };
  fields: { readonly [field: string]: Opening };
};

/** One line of `records/`. */
export type ArchiveRecord = { id: string; versions: ArchiveVersion[] };

/** One line of the encrypted `secret/records-….jsonl.enc`: the openings of the secret fields of one version. */
export type ArchiveSecrets = { id: string; version: number; fields: { readonly [field: string]: Opening } };

/** Where a step stands in the log: a run of all leaves with the subtrees before and behind it, or a proof for each step. */
export type ArchiveLog =
  | { size: number; first: number; leaves: string[]; before: string[]; after: string[] }
  | { size: number; inclusion: { readonly [leafIndex: string]: string[] } };

/** The members of an archive, wherever they lie. `undefined`: there is no such member, or it cannot be read whole. */
export interface ArchiveSource {
  readonly paths: readonly string[];
  read(path: string): Promise<Uint8Array | undefined>;
  /** Opens a member of the encrypted part; `undefined` when it does not open. Not given: nobody has the passphrase. */
  open?(path: string, box: Uint8Array): Promise<Uint8Array | undefined>;
}
