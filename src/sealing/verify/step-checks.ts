// The checks of one step in a bundle: its statement, its seal, its place in the log, what it is about, what came before.
import type { BundleSubject, Subject } from './bundle-format.ts';
import type { ReadStep } from './bundle-read.ts';
import { fromHex, toHex, utf8 } from './bytes.ts';
import { canonicalBytes, canonicalize, type JsonValue } from './canonical.ts';
import type { Checkpoint } from './checkpoint.ts';
import { holderAgrees } from './holder.ts';
import { hashLeaf, verifyInclusion } from './merkle.ts';
import { checkSeal, type ReadTrust } from './seal-checks.ts';
import { type Check, check } from './verdict.ts';
import type { Certificate } from './x509.ts';

/** A checked step: its checks, its leaf hash in hex, its time, and who sealed it if the seal is good. */
export interface StepResult {
  checks: Check[];
  leaf: string;
  at: Date | undefined;
  signer?: Certificate;
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** The time that a sealed text names (RFC 3339); `undefined` for anything else. */
export function timeOf(value: JsonValue | undefined): Date | undefined {
  if (typeof value !== 'string' || !RFC3339.test(value)) return undefined;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** True when the shown statement is the sealed text, in canonical form, and has its salt of 128 bits. */
export function statementAgrees(step: Pick<ReadStep, 'statement' | 'statementText'>): boolean {
  const salt = step.statement.salt;
  if (typeof salt !== 'string' || (fromHex(salt)?.length ?? 0) < 16) return false;
  return canonicalize(step.statement) === step.statementText;
}

/** The leaf hash of a subject in the tree of a batch. */
export async function batchLeafHash(subject: Subject): Promise<Uint8Array> {
  const { kind, id, version, digest } = subject;
  return hashLeaf(canonicalBytes({ kind, id, version, digest }));
}

async function checkSubject(prefix: string, step: ReadStep, whole: BundleSubject | undefined): Promise<Check> {
  const { statement, batch } = step;
  const texts = {
    passed: ['这一步确实针对所示的对象和版本。', 'The step is about exactly this thing and version.'],
    failed: ['这一步不是针对所示的对象或版本。', 'The step is not about this thing or version.'],
    unchecked: ['未给出对象，未检查这一步针对什么。', 'No subject is given: what the step is about was not checked.'],
  } satisfies Parameters<typeof check>[2];
  if (statement.batchRoot === undefined) {
    if (!whole) return check(`${prefix}subject`, batch ? 'failed' : 'not-checked', texts);
    const subject = subjectAt(step, whole);
    const wanted = canonicalize(subject);
    const named = Array.isArray(statement.subjects) ? (statement.subjects as readonly JsonValue[]) : [];
    return check(`${prefix}subject`, !batch && named.some((one) => canonicalize(one) === wanted), texts);
  }
  const name = `${prefix}batch-inclusion`;
  if (!whole || !batch) return check(name, whole || batch ? 'failed' : 'not-checked', texts);
  const root = fromHex(batch.root);
  const included =
    root !== undefined &&
    batch.root === statement.batchRoot &&
    batch.size === statement.batchSize &&
    (await verifyInclusion({
      index: batch.index,
      size: batch.size,
      leaf: await batchLeafHash(subjectAt(step, whole)),
      path: batch.proof,
      root,
    }));
  return check(name, included, texts);
}

/** The subject in the version that this step was about. */
export function subjectAt(step: ReadStep, whole: BundleSubject): Subject {
  const { version, digest } = step.subject ?? whole;
  return { kind: whole.kind, id: whole.id, version, digest };
}

/**
 * Steps that begin a thing while they are also about other things, which have a past: by the kind of what they begin. The
 * past named there is not that of the new thing.
 */
const BEGINS: Readonly<Record<string, string>> = { application: 'draft-application' };

function checkPrevious(
  prefix: string,
  step: ReadStep,
  whole: BundleSubject | undefined,
  before: StepResult | undefined,
): Check {
  const name = `${prefix}previous`;
  const { previous } = step.statement;
  const named = typeof previous === 'string' ? [previous] : Array.isArray(previous) ? previous : undefined;
  const unchecked: [string, string] = ['未检查与前一步的承接关系。', 'The link to an earlier step was not checked.'];
  if (!before) {
    const begins = whole && Object.hasOwn(BEGINS, whole.kind) && BEGINS[whole.kind] === step.statement.step;
    return check(name, !whole || !named || begins ? 'not-checked' : named.length === 0, {
      passed: ['这一步之前没有其他步骤。', 'No step came before this one.'],
      failed: ['这一步之前的步骤未列入。', 'Steps before this one were left out.'],
      unchecked,
    });
  }
  return check(name, named ? named.includes(before.leaf) : 'not-checked', {
    passed: ['这一步承接了前一步。', 'The step names the one before it.'],
    failed: [
      '这一步没有承接前一步，中间可能缺少步骤。',
      'The step does not name the one before it: a step may be missing.',
    ],
    unchecked,
  });
}

/** The names of the checks that must have passed for one step, besides those of its seal. */
export function requiredStepChecks(prefix: string, step: ReadStep, subject: BundleSubject | undefined): string[] {
  const about = step.statement.batchRoot === undefined ? 'subject' : 'batch-inclusion';
  return [`${prefix}statement`, `${prefix}seal-holder`, `${prefix}inclusion`, ...(subject ? [prefix + about] : [])];
}

/** Checks one step. @param before the step before it in the bundle */
export async function checkStep(
  prefix: string,
  step: ReadStep,
  whole: BundleSubject | undefined,
  checkpoint: Checkpoint | undefined,
  trust: ReadTrust,
  before: StepResult | undefined,
): Promise<StepResult> {
  const bytes = utf8(step.statementText);
  const at = timeOf(step.statement.at);
  const leaf = await hashLeaf(bytes);
  const checks = [
    check(`${prefix}statement`, statementAgrees(step) && at !== undefined, {
      passed: ['所示陈述就是被签章的原文。', 'The statement shown is the text that was sealed.'],
      failed: ['所示陈述与被签章的原文不符。', 'The statement shown is not the text that was sealed.'],
    }),
  ];
  // Without a time nothing can be in force: the epoch is before every certificate.
  const seal = await checkSeal(prefix, step.seal, bytes, trust, at ?? new Date(0));
  checks.push(...seal.checks);
  const holder = seal.signer ? holderAgrees(step.statement, seal.signer) : undefined;
  checks.push(
    check(`${prefix}seal-holder`, holder ?? 'not-checked', {
      passed: ['所用印章属于陈述中的单位。', 'The seal belongs to the office that the statement names.'],
      failed: ['所用印章不属于陈述中的单位。', 'The seal does not belong to the office that the statement names.'],
    }),
  );
  const { leafIndex: index, inclusionProof: path } = step;
  const included =
    checkpoint && (await verifyInclusion({ index, size: checkpoint.size, leaf, path, root: checkpoint.root }));
  checks.push(
    check(`${prefix}inclusion`, included ?? 'not-checked', {
      passed: ['这一步记在日志中，与检查点的根一致。', 'The step is in the log, under the checkpoint’s root.'],
      failed: ['这一步不在检查点所示的日志中。', 'The step is not in the log that the checkpoint shows.'],
    }),
    await checkSubject(prefix, step, whole),
    checkPrevious(prefix, step, whole, before),
  );
  return { checks, leaf: toHex(leaf), at, ...(seal.signer ? { signer: seal.signer } : {}) };
}
