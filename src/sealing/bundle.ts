// Putting a bundle together from stored parts. It proves nothing by itself: verify/bundle.ts judges.
import { leafHash } from './log.ts';
import {
  BUNDLE_FORMAT,
  type Bundle,
  type BundleStep,
  type BundleSubject,
  type RosterProof,
  type Subject,
} from './verify/bundle-format.ts';
import { canonicalBytes, type JsonValue } from './verify/canonical.ts';

/** One step as stored. `statementText` is the canonical text that was sealed; hashes have 32 bytes, `seal` is CMS DER. */
export interface StepParts {
  statementText: string;
  seal: Uint8Array;
  leafIndex: number;
  inclusionProof: readonly Uint8Array[];
  /** The version that this step was about, when it is not the bundle's. */
  subject?: { version: number | string; digest: string };
  batch?: { root: Uint8Array; size: number; index: number; proof: readonly Uint8Array[] };
}

/** That a person was on a roster: the sealed steps of the roster, the opened place, its proof under the root (none for an added place). */
export interface RosterParts {
  steps: readonly StepParts[];
  entry: { readonly [name: string]: string | number };
  salt: string;
  inclusion?: { size: number; index: number; proof: readonly Uint8Array[] };
}

/** All parts of a bundle. Certificates and revocation lists are DER; repeated ones are written once. */
export interface BundleParts {
  subject?: BundleSubject;
  steps: readonly StepParts[];
  checkpoint: { text: string; seal: Uint8Array };
  certificates: readonly Uint8Array[];
  crls?: readonly Uint8Array[];
  roster?: RosterParts;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** The leaf of a record in the tree of a batch: leafHash(canonical({ kind, id, version, digest })). `digest` is hex. */
export function batchLeaf(subject: Subject): Uint8Array {
  const { kind, id, version, digest } = subject;
  return leafHash(canonicalBytes({ kind, id, version, digest }));
}

function buildStep(step: StepParts): BundleStep {
  const { statementText, seal, leafIndex, inclusionProof, subject, batch } = step;
  return {
    statement: JSON.parse(statementText) as { readonly [name: string]: JsonValue },
    statementText,
    seal: base64(seal),
    leafIndex,
    inclusionProof: inclusionProof.map(base64),
    ...(subject ? { subject } : {}),
    ...(batch
      ? {
          batch: {
            root: Buffer.from(batch.root).toString('hex'),
            size: batch.size,
            index: batch.index,
            proof: batch.proof.map(base64),
          },
        }
      : {}),
  };
}

function buildRoster({ steps, entry, salt, inclusion }: RosterParts): RosterProof {
  return {
    steps: steps.map(buildStep),
    entry,
    salt,
    ...(inclusion ? { inclusion: { ...inclusion, proof: inclusion.proof.map(base64) } } : {}),
  };
}

/** Builds the bundle of these parts, steps in the order of the log. Plain JSON values only. */
export function buildBundle(parts: BundleParts): Bundle {
  return {
    format: BUNDLE_FORMAT,
    ...(parts.subject ? { subject: parts.subject } : {}),
    steps: [...parts.steps].sort((a, b) => a.leafIndex - b.leafIndex).map(buildStep),
    checkpoint: { text: parts.checkpoint.text, seal: base64(parts.checkpoint.seal) },
    certificates: [...new Set(parts.certificates.map(base64))],
    ...(parts.crls ? { crls: [...new Set(parts.crls.map(base64))] } : {}),
    ...(parts.roster ? { roster: buildRoster(parts.roster) } : {}),
  };
}
