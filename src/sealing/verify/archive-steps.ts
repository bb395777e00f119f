// The steps of an archive: each statement, its seal, whose seal it is, what it was about, and what came before.
import { type ArchiveIndex, type ArchiveSource, stepPath } from './archive-format.ts';
import { linesIn, textOf } from './archive-read.ts';
import type { Subject } from './bundle-format.ts';
import { fromHex, toHex, utf8 } from './bytes.ts';
import type { JsonValue } from './canonical.ts';
import { type Finding, finding } from './findings.ts';
import { holderAgrees } from './holder.ts';
import { count, members, text } from './json-read.ts';
import { hashLeaf } from './merkle.ts';
import { rootOfLeaves } from './merkle-range.ts';
import { parseBundle } from './parse-bundle.ts';
import { checkSeal, type ReadTrust } from './seal-checks.ts';
import { batchLeafHash, statementAgrees, timeOf } from './step-checks.ts';
import type { Check } from './verdict.ts';
import type { Certificate } from './x509.ts';

/** What a statement says; canonical JSON. */
export type Said = { readonly [name: string]: JsonValue | undefined };

/** One step about one subject. */
export interface Seen {
  readonly leaf: string;
  readonly version: number | string;
  readonly digest: string;
}

/** A place of a roster as steps sealed it. */
export interface SealedRoster {
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
  /** Of a batch's archive the steps that collected and filed its records: about nothing but what belongs to it. */
  readonly ofBatch: { readonly path: string; readonly hidden: number; readonly records: readonly string[] }[];
}

/** The key of a subject in {@link StepsSaid.about}. */
export const keyOf = (subject: Pick<Subject, 'kind' | 'id'>): string => `${subject.kind}/${subject.id}`;

/** A seal and its statement, judged; `undefined` when the text is no statement. */
export interface JudgedStep {
  readonly said: Said;
  readonly leaf: string;
  readonly at: Date | undefined;
  readonly signer: Certificate | undefined;
}

/** The findings over seals and statements. */
export interface SealFindings {
  readonly statements: Finding;
  readonly intact: Finding;
  readonly signatures: Finding;
  readonly chains: Finding;
  readonly revocations: Finding;
  readonly holders: Finding;
}

/** New findings, named for the steps of an archive. */
export function sealFindings(): SealFindings {
  return {
    statements: finding('statements', {
      passed: (many) => [
        `${many} 份陈述格式规范，与其摘要一致。`,
        `${many} statements are canonical and have their hashes.`,
      ],
      failed: ['有陈述不是被签章的原文。', 'A statement is not the text that was sealed.'],
    }),
    intact: finding('seals-intact', {
      passed: (many) => [`${many} 个签章的内容与用印时一致。`, `What ${many} seals cover is what was sealed.`],
      failed: ['有步骤的内容与用印时不一致。', 'A step is not what was sealed.'],
    }),
    signatures: finding('signatures', {
      passed: (many) => [`${many} 个签名正确。`, `${many} signatures are good.`],
      failed: ['有签名不正确。', 'A signature is not good.'],
    }),
    chains: finding('chains', {
      passed: (many) => [
        `${many} 个签章的证书用印时有效，且由受信任的根证书签发。`,
        `The certificates of ${many} seals were in force and lead to a trusted root.`,
      ],
      failed: ['有签章的证书不可信。', 'The certificate of a seal is not trusted.'],
    }),
    revocations: finding('revocations', {
      passed: () => [
        '用印时证书均未被吊销（凡有吊销列表可查的）。',
        'No certificate was revoked, as far as a list is at hand.',
      ],
      failed: ['有证书已被吊销。', 'A certificate has been revoked.'],
    }),
    holders: finding('seal-holders', {
      passed: (many) => [
        `${many} 个签章属于陈述中的单位。`,
        `${many} seals belong to the offices that the statements name.`,
      ],
      failed: ['有签章不属于陈述中的单位。', 'A seal does not belong to the office that its statement names.'],
    }),
  };
}

/** Judges one sealed statement. @param place as findings name it */
export async function judgeStep(
  bytes: Uint8Array | undefined,
  seal: Uint8Array | undefined,
  trust: ReadTrust,
  place: string,
  into: SealFindings,
): Promise<JudgedStep | undefined> {
  let statementText = '';
  let said: Said | undefined;
  try {
    statementText = textOf(bytes ?? new Uint8Array());
    said = parseBundle(statementText) as Said | undefined;
  } catch {
    // Not UTF-8: no statement.
  }
  const readable = typeof said === 'object' && said !== null && !Array.isArray(said);
  const at = readable ? timeOf(said?.at) : undefined;
  const good = readable && at !== undefined && agrees(said as Said, statementText);
  into.statements.look(good, place);
  if (!readable || !said) return undefined;
  const content = utf8(statementText);
  const { checks, signer } = await checkSeal('', seal ?? new Uint8Array(), content, trust, at ?? new Date(0));
  const passed = (...names: string[]) =>
    names.every((name) => checks.find((one) => one.name === name)?.outcome === 'passed');
  into.intact.look(passed('intact'), place);
  into.signatures.look(passed('signature', 'signing-certificate'), place);
  into.chains.look(passed('chain'), place);
  into.revocations.look(!checks.some(({ name, outcome }) => name === 'revocation' && outcome === 'failed'), place);
  into.holders.look(signer !== undefined && holderAgrees(said, signer), place);
  return { said, leaf: toHex(await hashLeaf(content)), at, signer };
}

function agrees(statement: Said, statementText: string): boolean {
  try {
    return statementAgrees({ statement, statementText });
  } catch {
    return false;
  }
}

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
  const { rosterRoot, rosterSize, sequence, replacedBy, replacementLeaf } = object(facts);
  if (step === 'load-resolution') {
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
      ofBatch: [],
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
    const subjects = await subjectsOf(judged.said, lines).catch(() => undefined);
    about.look(subjects !== undefined, path);
    said.hidden += subjects?.hidden ?? 0;
    if (subjects && isOfBatch(judged.said, index)) {
      const records = subjects.open.filter(({ kind }) => kind === 'record').map(({ id }) => id);
      said.ofBatch.push({ path, hidden: subjects.hidden, records });
    }
    for (const subject of subjects?.open ?? []) {
      const seen = { leaf: step.leaf, version: subject.version, digest: subject.digest };
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

/** Whether a step brought records into the very batch that the archive is of, or filed them. */
function isOfBatch({ step, facts }: Said, { archive }: ArchiveIndex): boolean {
  return archive.scope === 'batch' && (step === 'collect' || step === 'filing') && object(facts).batchId === archive.of;
}

/** What later checks need of a statement; ten thousand whole ones would be a burden. */
function pick({ step, article, institution, office, at }: Said): Said {
  return { step, article, institution, office, at };
}
