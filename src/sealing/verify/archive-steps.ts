// The steps of an archive: each statement as it was sealed, what it was about, what came before, and what they say for the checks that follow.
import { type ArchiveIndex, type ArchiveSource, stepPath } from './archive-format.ts';
import { linesIn } from './archive-read.ts';
import { judgeStep, type Said, type SealFindings } from './archive-seals.ts';
import type { Subject } from './bundle-format.ts';
import { fromHex, toHex } from './bytes.ts';
import type { JsonValue } from './canonical.ts';
import { finding } from './findings.ts';
import { count, members, text } from './json-read.ts';
import { rootOfLeaves } from './merkle-range.ts';
import type { ReadTrust } from './seal-checks.ts';
import { batchLeafHash } from './step-checks.ts';
import type { Check } from './verdict.ts';

/** One step about one subject. */
export interface Seen {
  readonly leaf: string;
  readonly version: number | string;
  readonly digest: string;
  readonly step: JsonValue | undefined;
  readonly officer: JsonValue | undefined;
}

/** A place of a roster as steps sealed it. */
export interface SealedRoster {
  /** The number of the resolution. */
  number?: string;
  root?: string;
  size?: number;
  /** Leaves of added places, by their number. */
  readonly added: Map<number, string>;
  readonly struck: Set<number>;
}

/** What the steps were found to say, for the checks that follow. */
export interface StepsSaid {
  readonly statements: Said[];
  /** Steps by the kind and id of what they are about, in the order of the log. */
  readonly about: Map<string, Seen[]>;
  readonly rosters: Map<string, SealedRoster>;
  /** Digests of the files that steps rest on. */
  readonly files: Set<string>;
  /** The youngest time that a step names. */
  latest: Date;
  /** Subjects that are shown as a hash only: about others. */
  hidden: number;
  /** The steps of batches: about nothing but the records of one batch, and the batch. */
  readonly ofBatches: BatchStep[];
  /** The last report to the province of each resolution, by its number: of each category, how many of its roster had no record. */
  readonly missing: Map<string, ReadonlyMap<string, number>>;
}

/** A step of a batch, as it says itself. `resolution`: its number. */
export interface BatchStep {
  readonly path: string;
  readonly step: string;
  readonly batch: string;
  readonly category: string;
  readonly resolution: string;
  /** Subjects that are shown as a hash only. */
  readonly hidden: number;
  /** Ids of the records that are shown. */
  readonly records: readonly string[];
}

/** The key of a subject in {@link StepsSaid.about}. */
export const keyOf = (subject: Pick<Subject, 'kind' | 'id'>): string => `${subject.kind}/${subject.id}`;

const object = (value: JsonValue | undefined): Said =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Said) : {};

/** Facts of the steps that make rosters. */
function noteRoster({ step, facts, subjects }: Said, rosters: Map<string, SealedRoster>): void {
  if (step !== 'load-resolution' && step !== 'correct-roster') return;
  const [only] = Array.isArray(subjects) ? (subjects as readonly JsonValue[]) : [];
  const id = object(only).id;
  if (typeof id !== 'string' || object(only).kind !== 'resolution') return;
  const roster = rosters.get(id) ?? { added: new Map<number, string>(), struck: new Set<number>() };
  rosters.set(id, roster);
  const { number, rosterRoot, rosterSize, sequence, replacedBy, replacementLeaf } = object(facts);
  if (step === 'load-resolution') {
    if (typeof number === 'string') roster.number = number;
    if (typeof rosterRoot === 'string') roster.root = rosterRoot;
    if (typeof rosterSize === 'number') roster.size = rosterSize;
    return;
  }
  if (typeof sequence === 'number') roster.struck.add(sequence);
  if (typeof replacedBy === 'number' && typeof replacementLeaf === 'string')
    roster.added.set(replacedBy, replacementLeaf);
}

/** The subjects of a step as the archive shows them: opened ones, and how many are hashes only; `undefined` when they are not those that were sealed. */
async function subjectsOf(
  said: Said,
  lines: Uint8Array | undefined,
): Promise<{ open: Subject[]; hidden: number } | undefined> {
  if (said.batchRoot === undefined) {
    if (lines || !Array.isArray(said.subjects)) return undefined;
    return { open: said.subjects as unknown as Subject[], hidden: 0 };
  }
  const open: Subject[] = [];
  const leaves: (Uint8Array | Promise<Uint8Array>)[] = [];
  let hidden = 0;
  for (const line of linesIn(lines)) {
    const one = members(line, [], ['leaf', 'kind', 'id', 'version', 'digest']);
    if (one.leaf !== undefined) {
      leaves.push(fromHex(text(one.leaf)) ?? new Uint8Array());
      hidden += 1;
      continue;
    }
    const subject = { kind: text(one.kind), id: text(one.id), version: count(one.version), digest: text(one.digest) };
    open.push(subject);
    leaves.push(batchLeafHash(subject));
  }
  const root = await rootOfLeaves(await Promise.all(leaves));
  const sealed = root && toHex(root) === said.batchRoot && leaves.length === said.batchSize;
  return sealed ? { open, hidden } : undefined;
}

/** Checks every step of the index. */
export async function checkSteps(
  source: ArchiveSource,
  index: ArchiveIndex,
  trust: ReadTrust,
  seals: SealFindings,
): Promise<{ checks: Check[]; said: StepsSaid }> {
  const leaves = finding('leaves', {
    passed: (many) => [`${many} 步的陈述与目录所列一致。`, `${many} steps are those that the index names.`],
    failed: ['有步骤不是目录所列的那一步。', 'A step is not the one that the index names.'],
  });
  const about = finding('subjects', {
    passed: (many) => [`${many} 步所针对的对象与签章时一致。`, `What ${many} steps were about is what was sealed.`],
    failed: ['有步骤所针对的对象与签章时不一致。', 'What a step was about is not what was sealed.'],
  });
  const before = finding('previous', {
    passed: () => [
      '各步所承接的前一步都在档案中，或在目录中注明属于其他事项。',
      'Every step that one names before it is here, or named by the index as about other things.',
    ],
    failed: [
      '有步骤所承接的前一步不在档案中：缺少步骤。',
      'A step names one before it that is not here: a step is missing.',
    ],
  });
  const said: StepsSaid = {
    ...{
      statements: [],
      about: new Map(),
      rosters: new Map(),
      files: new Set(),
      latest: new Date(0),
      hidden: 0,
      ofBatches: [],
      missing: new Map(),
    },
  };
  const known = new Set(index.outside);
  const unused = new Set(index.outside);
  for (const step of index.steps) {
    const path = stepPath(step.index);
    const [bytes, seal, lines] = [
      await source.read(`${path}.json`),
      await source.read(`${path}.p7s`),
      source.paths.includes(`${path}.subjects.jsonl`) ? await source.read(`${path}.subjects.jsonl`) : undefined,
    ];
    const judged = await judgeStep(bytes, seal, trust, path, seals);
    leaves.look(judged?.leaf === step.leaf, path);
    known.add(step.leaf);
    if (!judged) continue;
    const { previous, files } = judged.said;
    for (const leaf of Array.isArray(previous) ? (previous as readonly JsonValue[]) : [null]) {
      before.look(typeof leaf === 'string' && known.has(leaf), path);
      unused.delete(String(leaf));
    }
    for (const digest of Array.isArray(files) ? files : []) said.files.add(String(digest));
    if (judged.at && judged.at > said.latest) said.latest = judged.at;
    said.statements.push(pick(judged.said));
    noteRoster(judged.said, said.rosters);
    noteReport(judged.said, said.missing);
    const subjects = await subjectsOf(judged.said, lines).catch(() => undefined);
    about.look(subjects !== undefined, path);
    said.hidden += subjects?.hidden ?? 0;
    const ofBatch = subjects && batchStep(judged.said, path, subjects);
    if (ofBatch) said.ofBatches.push(ofBatch);
    for (const subject of subjects?.open ?? []) {
      const { step: name, officer } = judged.said;
      const seen = { leaf: step.leaf, version: subject.version, digest: subject.digest, step: name, officer };
      const list = said.about.get(keyOf(subject));
      // Only the last of a subject is what the next must name.
      const follows = !list || (Array.isArray(previous) && previous.includes(list.at(-1)?.leaf ?? ''));
      before.look(follows, `${path} ${keyOf(subject)}`);
      if (list) list.push(seen);
      else said.about.set(keyOf(subject), [seen]);
    }
  }
  for (const leaf of unused) before.look(false, `outside ${leaf.slice(0, 16)}`);
  return { checks: [leaves.toCheck(), about.toCheck(), before.toCheck()], said };
}

/** The steps whose records are those of one batch, which their facts name. */
const OF_A_BATCH: readonly string[] = [
  ...['collect', 'cross-check', 'open-disclosure', 'close-disclosure', 'report', 'review', 'filing'],
];

function batchStep(
  { step, facts }: Said,
  path: string,
  { open, hidden }: { readonly open: readonly Subject[]; readonly hidden: number },
): BatchStep | undefined {
  const { batchId, category, resolution, resolutionNumber } = object(facts);
  if (!OF_A_BATCH.includes(String(step)) || typeof batchId !== 'string') return undefined;
  const records = open.filter(({ kind }) => kind === 'record').map(({ id }) => id);
  const of = { step: String(step), batch: batchId, category: String(category) };
  return { path, ...of, resolution: String(resolution ?? resolutionNumber), hidden, records };
}

/** How many of each category a report to the province says to be missing; a later one counts anew. */
function noteReport({ step, facts }: Said, missing: Map<string, ReadonlyMap<string, number>>): void {
  const { resolution, categories } = object(facts);
  if (step !== 'report-upward' || typeof resolution !== 'string' || !Array.isArray(categories)) return;
  const counts = (categories as readonly JsonValue[]).map((each) => object(each));
  missing.set(resolution, new Map(counts.map((each) => [String(each.category), Number(each.missing)])));
}

/** What later checks need of a statement; ten thousand whole ones would be a burden. */
function pick({ step, article, institution, office, at }: Said): Said {
  return { step, article, institution, office, at };
}
