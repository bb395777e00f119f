// Bundles: everything that proves a record, an application or a step to somebody who trusts the root certificate only (R12.2).
import { FIELD_NAMES, FIELDS, type FieldName } from '../regulation/standard/fields.ts';
import { buildBundle, type StepParts } from '../sealing/bundle.ts';
import { commitRecord, openFields } from '../sealing/commitment.ts';
import { inclusionProof, merkleTree } from '../sealing/log.ts';
import type { Bundle, BundleSubject } from '../sealing/verify/bundle-format.ts';
import { toFields } from '../store/records/records.ts';
import { certificatesOf } from '../store/seals/seals.ts';
import { findStep, type StepOfSubject, stepsAbout, subjectsOf } from '../store/seals/step-history.ts';
import type { World } from './call.ts';
import { ensureCheckpoint } from './checkpoint.ts';
import { NotFound } from './errors.ts';
import { nodeReader } from './log.ts';
import { crlsOf } from './published-trust.ts';
import { committedFields } from './records/commit-record.ts';
import { findRecord } from './records/record-work.ts';
import { type RosterProofParts, rosterProof } from './resolutions/roster-proof.ts';
import { batchLeaf, type Subject } from './statement.ts';

/** What a bundle may show of a record: everything that is not secret (R21.1). */
const SHOWN: readonly FieldName[] = FIELD_NAMES.filter((name) => !FIELDS[name].secret);

/** What the proof of a place on the roster opens of the person, besides the number of an equivalent-education master. */
const ON_ROSTER: readonly FieldName[] = [
  ...['name', 'degreeCategory', 'disciplineCode', 'conferralDate', 'certificateNumber', 'resolutionNumber'],
  'studentNumber',
] as FieldName[];

/**
 * The bundle of a record as it is now: its commitments, the named fields opened, every step about it with its proofs, and that
 * the person was on the roster, unless that would open more than was named.
 * @param reveal the fields to open, all when not given; secret ones are never opened here, because showing them is a step of its own (R21.1).
 * @throws {NotFound}
 */
export async function recordBundle(
  world: World,
  institution: string,
  recordId: string,
  reveal?: readonly FieldName[],
): Promise<Bundle> {
  const row = await findRecord(world.db.prisma, institution, recordId);
  const fields = committedFields(toFields(row, world.cipher));
  const salt = Buffer.from(row.salt, 'hex');
  const { commitments } = commitRecord(fields, salt);
  const names = SHOWN.filter((name) => fields[name] !== undefined && (reveal?.includes(name) ?? true));
  const { id, version, digest } = row;
  const shows = ON_ROSTER.every((name) => fields[name] === undefined || names.includes(name));
  const roster = shows ? await rosterProof(world, institution, row.resolutionId, row.rosterSequence) : undefined;
  const opened = openFields(fields, salt, roster ? [...names, 'category'] : names);
  const subject = { kind: 'record', id, version, digest, commitments, fields: opened };
  const steps = await stepsAbout(world.db.prisma, institution, recordId);
  return bundleOf(world, institution, steps, subject, roster);
}

/**
 * The bundle of a written application: every step about it; its last step seals the digest of the PDF as issued.
 * @throws {NotFound}
 */
export function applicationBundle(world: World, institution: string, applicationId: string): Promise<Bundle> {
  return lifeBundle(world, institution, 'application', applicationId);
}

/**
 * The bundle of an analysis dataset: every step about it. Of a destroyed one the last step is the certificate of its destruction (R18.1).
 * @throws {NotFound}
 */
export function datasetBundle(world: World, institution: string, datasetId: string): Promise<Bundle> {
  return lifeBundle(world, institution, 'dataset', datasetId);
}

async function lifeBundle(world: World, institution: string, kind: string, id: string): Promise<Bundle> {
  const steps = await stepsAbout(world.db.prisma, institution, id);
  const last = steps.at(-1)?.subject;
  if (!last) throw new NotFound(kind, id);
  const { version, digest } = last;
  return bundleOf(world, institution, steps, { kind, id, version, digest });
}

/** The bundle of one step, whatever it was about. @throws {NotFound} */
export async function stepBundle(world: World, institution: string, stepId: string): Promise<Bundle> {
  const step = await findStep(world.db.prisma, institution, stepId);
  if (!step) throw new NotFound('step', stepId);
  return bundleOf(world, institution, [step], undefined);
}

async function bundleOf(
  world: World,
  institution: string,
  steps: readonly StepOfSubject[],
  subject: BundleSubject | undefined,
  roster?: RosterProofParts,
): Promise<Bundle> {
  // The checkpoint comes after the steps were read, so it covers them all.
  const checkpoint = await ensureCheckpoint(world, institution);
  const db = world.db.prisma;
  const read = nodeReader(db, institution);
  const partsOf = async (step: StepOfSubject): Promise<StepParts> => {
    const path = await inclusionProof(checkpoint.size, step.leafIndex, read);
    const proof = step.subject && step.batchRoot ? await batchProof(world, institution, step) : {};
    const { version, digest } = step.subject ?? {};
    return {
      statementText: step.statement,
      seal: step.signature,
      leafIndex: step.leafIndex,
      inclusionProof: path,
      ...(version === undefined || digest === undefined ? {} : { subject: { version, digest } }),
      ...proof,
    };
  };
  const parts: StepParts[] = [];
  for (const step of steps) parts.push(await partsOf(step));
  const rosterSteps: StepParts[] = [];
  for (const step of roster?.steps ?? []) rosterSteps.push(await partsOf({ ...step, subject: null }));
  const sealIds = [...steps, ...(roster?.steps ?? [])].map((step) => step.sealId);
  const certificates = await certificatesOf(db, [...sealIds, checkpoint.officeId]);
  const { text, seal } = checkpoint;
  const crls = crlsOf(world);
  return buildBundle({
    ...(subject ? { subject } : {}),
    ...{ steps: parts, checkpoint: { text, seal }, certificates, crls },
    ...(roster ? { roster: { ...roster.parts, steps: rosterSteps } } : {}),
  });
}

/** That the subject is one of those whose root the statement holds. */
async function batchProof(
  world: World,
  institution: string,
  step: StepOfSubject,
): Promise<Required<Pick<StepParts, 'batch'>>> {
  const subjects = (await subjectsOf(world.db.prisma, institution, step.id)) as Subject[];
  const { root, proof } = merkleTree(subjects.map(batchLeaf));
  const index = step.subject?.position ?? 0;
  return { batch: { root, size: subjects.length, index, proof: proof(index) } };
}
