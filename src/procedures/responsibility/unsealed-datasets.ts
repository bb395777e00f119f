// Analysis datasets that are not what was sealed of them (R12.1, R18.1): request, recipients, decision, content, destruction, ways in, publications.
import { createHash } from 'node:crypto';
import { DATASET_STEPS, type DatasetStep } from '../../regulation/datasets/life.ts';
import { keysOf } from '../../regulation/vocabulary.ts';
import { canonicalize, type JsonValue } from '../../sealing/verify/canonical.ts';
import { hashToken } from '../../secrecy/tokens.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { type WholeDataset, wholeDatasets } from '../../store/datasets/datasets.ts';
import type { UnsealedRow } from '../../store/responsibility/unsealed.ts';
import { type SealedSubject, sealedSubjects } from '../../store/seals/sealed-subjects.ts';
import type { World } from '../call.ts';
import { accessDigest, datasetSubject, detailsDigest, publicationDigest } from '../datasets/dataset-subject.ts';
import { tokenOfAccess } from '../datasets/open-dataset-access.ts';
import type { JsonObject } from '../statement.ts';

/** What disagrees, by kind. */
export type UnsealedDatasets = Readonly<Record<'dataset' | 'dataset-access' | 'publication', UnsealedRow[]>>;

type Keyed = Pick<World, 'blindIndex'>;
type Disagreement = Omit<UnsealedRow, 'total'>;

/** Compares every dataset of an institution, its ways in and its publications, with their steps. There are few of all of them. */
export async function unsealedDatasets(
  db: Pick<Transaction, '$queryRaw' | 'dataset'>,
  world: Keyed,
  institution: string,
): Promise<UnsealedDatasets> {
  const steps = new Map<string, SealedSubject[]>();
  for (const one of await sealedSubjects(db, institution, keysOf(DATASET_STEPS))) {
    const key = `${one.kind} ${one.id}`;
    steps.set(key, [...(steps.get(key) ?? []), one]);
  }
  const take = (kind: string, id: string): SealedSubject[] => {
    const found = steps.get(`${kind} ${id}`) ?? [];
    steps.delete(`${kind} ${id}`);
    return found;
  };
  const wrong = {
    dataset: [] as Disagreement[],
    'dataset-access': [] as Disagreement[],
    publication: [] as Disagreement[],
  };
  for (const row of await wholeDatasets(db, institution)) {
    const about = take('dataset', row.id);
    const parts = unlikeParts(world, row, about);
    if (parts.length > 0) {
      const last = about.at(-1);
      const found = [row.version, row.state, ...parts].join(' ');
      wrong.dataset.push({ id: row.id, found, expected: last ? `${last.version} ${last.digest}` : null });
    }
    for (const access of row.accesses) {
      const [sealed] = take('dataset-access', access.id);
      const digest = digestOfAccess(row, access);
      if (accessAgrees(world, row, access, sealed)) continue;
      wrong['dataset-access'].push({ id: access.id, found: digest, expected: sealed?.digest ?? null });
    }
    for (const publication of row.publications) {
      const sealed = take('publication', publication.id).at(-1);
      if (publicationAgrees(publication, sealed)) continue;
      wrong.publication.push({ id: publication.id, found: publication.state, expected: sealed?.digest ?? null });
    }
  }
  for (const { kind, id, version, digest } of [...steps.values()].flatMap((about) => about.at(-1) ?? [])) {
    if (kind === 'dataset' || kind === 'dataset-access' || kind === 'publication')
      wrong[kind].push({ id, found: '-', expected: `${version} ${digest}` });
  }
  const counted = (all: readonly Disagreement[]) => all.map((one) => ({ ...one, total: all.length }));
  return {
    dataset: counted(wrong.dataset),
    'dataset-access': counted(wrong['dataset-access']),
    publication: counted(wrong.publication),
  };
}

/** The parts of a dataset that are not what its steps say; nothing when all are. */
function unlikeParts(world: Keyed, row: WholeDataset, about: readonly SealedSubject[]): string[] {
  const last = about.at(-1);
  const request = lastOf(about, 'request-dataset');
  if (!last || !request) return ['request'];
  // A request that is changed takes everything off that came of the one before.
  const since = about.slice(about.indexOf(request));
  const made = lastOf(since, 'generate-dataset');
  return [
    ...(termsAgree(row, last) ? [] : ['terms']),
    ...(requestAgrees(world, row, request, about) ? [] : ['request']),
    ...(decisionAgrees(row, lastOf(since, 'decide-dataset')) ? [] : ['decision']),
    ...(contentAgrees(row, made) ? [] : ['content']),
    ...(destructionAgrees(row, lastOf(since, 'destroy-dataset')) ? [] : ['destruction']),
  ];
}

const lastOf = (about: readonly SealedSubject[], step: DatasetStep): SealedSubject | undefined =>
  about.findLast(({ name }) => name === step);
const same = (one: Date | null | undefined, other: Date | null | undefined): boolean =>
  one?.getTime() === other?.getTime();

/** Version, state and everything that was asked for, as the last step sealed it with what that step made of it. */
function termsAgree(row: WholeDataset, last: SealedSubject): boolean {
  const { digest } = datasetSubject(row.id, row.version, row.state, row, moreOf(row, last));
  return row.version === last.version && digest === last.digest;
}

/** What else went into the digest of a step: as the row has it where it has it, else as the statement says. */
function moreOf({ contentDigest, reportDigest, rowCount }: WholeDataset, { name, facts }: SealedSubject): JsonObject {
  const told = facts as JsonObject;
  switch (name as DatasetStep) {
    case 'generate-dataset':
      return told.possible === true ? { contentDigest, reportDigest } : {};
    case 'open-dataset-access':
      return { access: told.id ?? null };
    case 'destroy-dataset': {
      const { pieces = null, boxesDigest = null } = told;
      return { rows: rowCount ?? 0, pieces, boxesDigest, contentDigest, reportDigest, key: 'destroyed' };
    }
    default:
      return {};
  }
}

/** Who asked and when, and what the statement tells by its digest or number alone: recipients, contact, description. */
function requestAgrees(
  world: Keyed,
  row: WholeDataset,
  request: SealedSubject,
  about: readonly SealedSubject[],
): boolean {
  const asked = new Set(about.flatMap(({ name, officerId }) => (name === 'request-dataset' ? [officerId] : [])));
  const recipients = row.recipients.filter(({ droppedAt }) => droppedAt === null).map(({ name }) => name);
  const { recipients: many, detailsDigest: details } = request.facts;
  return (
    row.requestedById === request.officerId &&
    same(row.requestedAt, request.at) &&
    row.askedByIds.length === asked.size &&
    row.askedByIds.every((id) => asked.has(id)) &&
    recipients.length === many &&
    // Requests from before it was sealed have none.
    (details === undefined || details === detailsDigest(world, row, recipients))
  );
}

function decisionAgrees(row: WholeDataset, decision: SealedSubject | undefined): boolean {
  const { decidedById, decidedAt, decisionStepId } = row;
  if (!decision) return decidedById === null && decidedAt === null && decisionStepId === null;
  return decidedById === decision.officerId && same(decidedAt, decision.at) && decisionStepId === decision.stepId;
}

function contentAgrees(row: WholeDataset, made: SealedSubject | undefined): boolean {
  const { contentDigest, reportDigest, rowCount, generatedAt, report, problem, state } = row;
  if (made?.facts.possible !== true) {
    const { possible: _, ...why } = made?.facts ?? {};
    const nothing = [contentDigest, reportDigest, rowCount, generatedAt, report].every((one) => one === null);
    return nothing && (!made || state === 'requested' || text(problem) === text(why));
  }
  const { contentDigest: content, reportDigest: measured, rows } = made.facts;
  return (
    contentDigest === content &&
    reportDigest === measured &&
    createHash('sha256').update(text(report)).digest('hex') === measured &&
    rowCount === rows &&
    same(generatedAt, made.at)
  );
}

const text = (value: unknown): string => canonicalize(value as JsonValue);

/** What is destroyed is not there any more, and what was read of it stays known. */
function destructionAgrees(row: WholeDataset, gone: SealedSubject | undefined): boolean {
  const { destroyedAt, destroyedById, destroyStepId, key, _count } = row;
  if (!gone) return destroyedAt === null && destroyedById === null && destroyStepId === null;
  const { occasion, readings } = gone.facts;
  return (
    same(destroyedAt, gone.at) &&
    destroyedById === (occasion === 'end-of-term' ? null : gone.officerId) &&
    destroyStepId === gone.stepId &&
    key === null &&
    _count.pieces === 0 &&
    _count.reads >= Number(readings)
  );
}

type Access = WholeDataset['accesses'][number];

function digestOfAccess({ id: datasetId, recipients }: WholeDataset, { id, recipientId }: Access): string {
  const recipient = recipients.find((one) => one.id === recipientId)?.number ?? 0;
  return accessDigest({ id, datasetId, recipient });
}

/** An access as it was opened, by the token that is its own, and over where its dataset is. When it was taken back is not sealed. */
function accessAgrees(world: Keyed, row: WholeDataset, access: Access, sealed: SealedSubject | undefined): boolean {
  const { institution, id, openedById, openedAt, tokenHash, revokedAt } = access;
  return (
    sealed !== undefined &&
    digestOfAccess(row, access) === sealed.digest &&
    openedById === sealed.officerId &&
    same(openedAt, sealed.at) &&
    tokenHash === hashToken(tokenOfAccess(world, { institution, id })) &&
    (row.state !== 'destroyed' || revokedAt !== null)
  );
}

/** A wish that nobody decided on has no step; each other is what was decided on, in words and in who decided. */
function publicationAgrees(row: WholeDataset['publications'][number], sealed: SealedSubject | undefined): boolean {
  const { state, decidedById, decidedAt, stepId } = row;
  if (!sealed) return state === 'requested' && decidedById === null && decidedAt === null && stepId === null;
  return (
    publicationDigest(row) === sealed.digest &&
    decidedById === sealed.officerId &&
    same(decidedAt, sealed.at) &&
    stepId === sealed.stepId
  );
}
