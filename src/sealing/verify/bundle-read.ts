// Reading a bundle from untrusted JSON: every member known and of its type, or it is no bundle.

import {
  type BatchProof,
  BUNDLE_FORMAT,
  type BundleStep,
  type BundleSubject,
  type RosterProof,
} from './bundle-format.ts';
import { fromHex } from './bytes.ts';
import type { JsonValue } from './canonical.ts';
import type { Opening } from './commitment.ts';
import { bytes, count, entries, fail, list, members, text } from './json-read.ts';

/** A bundle whose base64 has been decoded. */
export interface ReadBundle {
  subject?: BundleSubject;
  steps: ReadStep[];
  checkpoint: { text: string; seal: Uint8Array };
  certificates: Uint8Array[];
  crls: Uint8Array[];
  roster?: ReadRoster;
}

/** A roster proof whose base64 has been decoded. */
export type ReadRoster = Omit<RosterProof, 'steps' | 'inclusion'> & {
  steps: ReadStep[];
  inclusion?: { size: number; index: number; proof: Uint8Array[] };
};

/** A step whose base64 has been decoded. */
export type ReadStep = Omit<BundleStep, 'seal' | 'inclusionProof' | 'batch'> & {
  seal: Uint8Array;
  inclusionProof: Uint8Array[];
  batch?: Omit<BatchProof, 'proof'> & { proof: Uint8Array[] };
};

function hashes(value: unknown): Uint8Array[] {
  // A proof in a tree of 2^53 leaves has 53 hashes.
  return list(value, 64).map((one) => {
    const hash = bytes(one);
    return hash.length === 32 ? hash : fail('a hash has not 32 bytes');
  });
}

const hexHash = (value: unknown): string =>
  fromHex(text(value))?.length === 32 ? text(value) : fail('a hash has not 64 digits');

function version(value: unknown): number | string {
  return typeof value === 'string' ? value : count(value);
}

function readSubject(value: unknown): BundleSubject {
  const object = members(value, ['kind', 'id', 'version', 'digest'], ['fields', 'commitments']);
  const { fields, commitments } = object;
  return {
    kind: text(object.kind),
    id: text(object.id),
    version: version(object.version),
    digest: hexHash(object.digest),
    ...(fields === undefined
      ? {}
      : {
          fields: Object.fromEntries(
            entries(fields).map(([name, opening]): [string, Opening] => {
              const parts = members(opening, ['value', 'salt']);
              return [name, { value: parts.value as JsonValue, salt: hexHash(parts.salt) }];
            }),
          ),
        }),
    ...(commitments === undefined
      ? {}
      : { commitments: Object.fromEntries(entries(commitments).map(([name, hash]) => [name, hexHash(hash)])) }),
  };
}

function readStep(value: unknown): ReadStep {
  const required = ['statement', 'statementText', 'seal', 'leafIndex', 'inclusionProof'];
  const object = members(value, required, ['subject', 'batch']);
  const step: ReadStep = {
    statement: Object.fromEntries(entries(object.statement)) as ReadStep['statement'],
    statementText: text(object.statementText),
    seal: bytes(object.seal),
    leafIndex: count(object.leafIndex),
    inclusionProof: hashes(object.inclusionProof),
  };
  if (object.subject !== undefined) {
    const subject = members(object.subject, ['version', 'digest']);
    step.subject = { version: version(subject.version), digest: hexHash(subject.digest) };
  }
  if (object.batch !== undefined) {
    const batch = members(object.batch, ['root', 'size', 'index', 'proof']);
    step.batch = {
      root: hexHash(batch.root),
      size: count(batch.size),
      index: count(batch.index),
      proof: hashes(batch.proof),
    };
  }
  return step;
}

function readRoster(value: unknown): ReadRoster {
  const object = members(value, ['steps', 'entry', 'salt'], ['inclusion']);
  const steps = list(object.steps, 2).map(readStep);
  if (steps.length === 0) fail('there is no step');
  const roster: ReadRoster = {
    steps,
    entry: Object.fromEntries(
      entries(object.entry).map(([name, one]) => [name, typeof one === 'string' ? one : count(one)]),
    ),
    salt: text(object.salt),
  };
  if (object.inclusion === undefined) return roster;
  const { size, index, proof } = members(object.inclusion, ['size', 'index', 'proof']);
  return { ...roster, inclusion: { size: count(size), index: count(index), proof: hashes(proof) } };
}

/** Reads a parsed JSON value as a bundle. @throws {InputProblem} when it is none */
export function readBundle(value: unknown): ReadBundle {
  const bundle = members(value, ['format', 'steps', 'checkpoint', 'certificates'], ['subject', 'crls', 'roster']);
  if (bundle.format !== BUNDLE_FORMAT) fail('the format is unknown');
  const checkpoint = members(bundle.checkpoint, ['text', 'seal']);
  const steps = list(bundle.steps, 1000).map(readStep);
  if (steps.length === 0) fail('there is no step');
  return {
    ...(bundle.subject === undefined ? {} : { subject: readSubject(bundle.subject) }),
    steps,
    checkpoint: { text: text(checkpoint.text), seal: bytes(checkpoint.seal) },
    certificates: list(bundle.certificates, 100).map(bytes),
    crls: list(bundle.crls ?? [], 100).map(bytes),
    ...(bundle.roster === undefined ? {} : { roster: readRoster(bundle.roster) }),
  };
}
