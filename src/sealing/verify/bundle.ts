// Verifying a bundle with nothing but trusted roots: every step, its place in the log, and the fields that are revealed.
import type { BundleSubject } from './bundle-format.ts';
import { type ReadBundle, type ReadStep, readBundle } from './bundle-read.ts';
import { utf8 } from './bytes.ts';
import type { JsonValue } from './canonical.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { digestOfCommitments, opens } from './commitment.ts';
import {
  type Destruction,
  destructionIn,
  type Ending,
  endingIn,
  sayDestruction,
  sayEnding,
  withdrawalIn,
} from './ending.ts';
import { commonInstitution, originAgrees, sealsFor } from './holder.ts';
import { checkDemand } from './revocation-demand.ts';
import { checkRoster, placeOf } from './roster.ts';
import { checkSeal, readTrust, requiredSealChecks } from './seal-checks.ts';
import { separationFinding } from './separation.ts';
import { type StatusResult, statusOf } from './status-list.ts';
import { checkStep, requiredStepChecks, type StepResult, subjectAt } from './step-checks.ts';
import { type Check, check, conclude, type Trust, unreadable, type Verdict } from './verdict.ts';
import type { Certificate } from './x509.ts';

/** Nobody can see offline what was cut off at the end, or came later. */
const SCOPE = [
  '本验证包证明的是截至其最后一步和所附检查点的状态；此后是否另有步骤，须向出具单位核实。',
  'It proves the state up to its last step and its checkpoint; whether more steps followed, ask the office that issued it.',
] as const;

/** With a status list: up to when it is known not to have ended, and that this says nothing of changes. */
function scopeOf({ checks, facts }: StatusResult): readonly [zh: string, en: string] {
  const status = checks.find(({ name }) => name === 'status');
  return facts && status?.outcome === 'passed' ? [status.zh, status.en] : SCOPE;
}

async function checkFields(subject: BundleSubject): Promise<Check[]> {
  const { commitments, fields, digest } = subject;
  const openings = Object.entries(fields ?? {});
  const agrees = commitments ? (await digestOfCommitments(commitments)) === digest : undefined;
  const opened = await Promise.all(
    openings.map(async ([name, opening]) => {
      const commitment = commitments && Object.hasOwn(commitments, name) ? commitments[name] : undefined;
      return commitment !== undefined && (await opens(commitment, opening));
    }),
  );
  return [
    check('record-digest', agrees ?? 'not-checked', {
      passed: ['各字段的承诺值与记录摘要一致。', 'The commitments of the fields make up the record’s digest.'],
      failed: ['各字段的承诺值与记录摘要不一致。', 'The commitments of the fields do not make up the record’s digest.'],
      unchecked: ['未给出字段承诺值。', 'No commitments of fields are given.'],
    }),
    check('fields', openings.length === 0 ? 'not-checked' : opened.every(Boolean), {
      passed: ['所披露字段的值与签章时一致。', 'The revealed fields have the values that were sealed.'],
      failed: ['所披露字段中有的值与签章时不一致。', 'A revealed field has not the value that was sealed.'],
      unchecked: ['没有披露任何字段。', 'No field is revealed.'],
    }),
  ];
}

function checkOrder(bundle: ReadBundle): Check[] {
  const indexes = bundle.steps.map((step) => step.leafIndex);
  const checks = [
    check(
      'order',
      indexes.every((index, i) => i === 0 || index > (indexes[i - 1] ?? 0)),
      {
        passed: ['各步骤按日志顺序排列。', 'The steps are in the order of the log.'],
        failed: ['各步骤未按日志顺序排列。', 'The steps are not in the order of the log.'],
      },
    ),
  ];
  const { subject } = bundle;
  const last = bundle.steps[bundle.steps.length - 1];
  if (subject && last) {
    const { version, digest } = subjectAt(last, subject);
    checks.push(
      check('latest-version', version === subject.version && digest === subject.digest, {
        passed: ['最后一步针对的就是所示版本。', 'The last step is about the version shown.'],
        failed: ['最后一步针对的不是所示版本。', 'The last step is not about the version shown.'],
      }),
    );
  }
  return checks;
}

/** What every step says, those of the roster included. */
function statementsOf({ steps, roster }: ReadBundle): ReadStep['statement'][] {
  return [...steps, ...(roster?.steps ?? [])].map((step) => step.statement);
}

/** One institution in every statement, in the origin of the log, and behind the seal on its head. */
function checkInstitution(
  bundle: ReadBundle,
  checkpoint: Checkpoint | undefined,
  signer: Certificate | undefined,
): Check[] {
  const statements = statementsOf(bundle);
  const institution = commonInstitution(statements);
  const own = institution !== undefined && (!checkpoint || originAgrees(checkpoint.origin, institution));
  const holder = signer && institution !== undefined ? sealsFor(institution, statements, signer) : 'not-checked';
  return [
    check('institution', own, {
      passed: [
        '各步骤和检查点属于同一学位授予单位。',
        'The steps and the checkpoint belong to one and the same institution.',
      ],
      failed: [
        '各步骤和检查点不属于同一学位授予单位。',
        'The steps and the checkpoint do not belong to one and the same institution.',
      ],
    }),
    check('checkpoint.holder', holder, {
      passed: ['检查点由该学位授予单位用印。', 'The checkpoint bears a seal of that institution.'],
      failed: ['检查点不是由该学位授予单位用印。', 'The checkpoint does not bear a seal of that institution.'],
    }),
  ];
}

function factsOf(bundle: ReadBundle, results: readonly StepResult[], checkpoint: JsonValue): Record<string, JsonValue> {
  const steps = bundle.steps.map(({ statement }, i) => ({
    step: statement.step ?? null,
    article: statement.article ?? null,
    when: statement.at ?? null,
    institution: statement.institution ?? null,
    office: statement.office ?? null,
    // A student's own step has no officer: it names the kind and id of the record whose holder spoke.
    who: statement.officer ?? statement.student ?? null,
    sealedBy: results[i]?.signer?.subject.text ?? null,
  }));
  const { subject, roster } = bundle;
  const fields = Object.entries(subject?.fields ?? {}).map(([name, opening]): [string, JsonValue] => [
    name,
    opening.value,
  ]);
  return {
    ...(steps[steps.length - 1] ?? {}),
    ...(subject
      ? { subject: { kind: subject.kind, id: subject.id, version: subject.version, digest: subject.digest } }
      : {}),
    ...(fields.length > 0 ? { fields: Object.fromEntries(fields) } : {}),
    ...(roster ? { roster: placeOf(roster) } : {}),
    steps,
    checkpoint,
  };
}

/** The step that ended the subject, as it says itself: a bundle of something that ended must not read as if it stood. */
function checkStands({ steps, subject }: ReadBundle): { check: Check; ending?: Ending; destruction?: Destruction } {
  const statements = steps.map(({ statement }) => statement);
  const ending =
    subject &&
    (statements.map((each) => endingIn(each, subject.kind)).find(Boolean) ?? withdrawalIn(statements, subject.kind));
  const destruction = subject && destructionIn(statements, subject.kind);
  const stands = check('stands', subject ? !ending : 'not-checked', {
    passed: destruction
      ? sayDestruction(destruction)
      : ['所列步骤都没有使该对象终止。', 'None of its steps ended the subject.'],
    failed: ending ? sayEnding(ending) : ['', ''],
    unchecked: ['未给出对象，未检查是否已终止。', 'No subject is given: whether it has ended was not checked.'],
  });
  return { check: stands, ...(ending ? { ending } : {}), ...(destruction ? { destruction } : {}) };
}

/** Who gave a record its values, and who cross-checked it. */
function checkSeparation({ steps, subject }: ReadBundle): Check {
  const found = separationFinding();
  if (subject?.kind === 'record') {
    const chain = steps.map((step) => {
      const { statement } = step;
      return { step: statement.step, officer: statement.officer, version: subjectAt(step, subject).version };
    });
    found.lookAt(chain, subject.id);
  }
  return found.toCheck();
}

async function verify(bundle: ReadBundle, given: Trust, statusList: unknown): Promise<Verdict> {
  const trust = readTrust(given, bundle.certificates, bundle.crls);
  const checkpoint = parseCheckpoint(bundle.checkpoint.text);
  const checks: Check[] = [];
  const required = [
    'order',
    'institution',
    'checkpoint.text',
    'checkpoint.holder',
    ...requiredSealChecks('checkpoint.'),
  ];
  const results: StepResult[] = [];
  for (const [i, step] of bundle.steps.entries()) {
    const prefix = `steps[${i}].`;
    const result = await checkStep(prefix, step, bundle.subject, checkpoint, trust, results[i - 1]);
    results.push(result);
    checks.push(...result.checks);
    required.push(...requiredSealChecks(prefix), ...requiredStepChecks(prefix, step, bundle.subject));
  }
  checks.push(...checkOrder(bundle), checkSeparation(bundle));
  if (bundle.subject) {
    checks.push(...(await checkFields(bundle.subject)));
    required.push('latest-version');
  }
  checks.push(
    check('checkpoint.text', checkpoint !== undefined, {
      passed: ['检查点格式正确。', 'The checkpoint is well formed.'],
      failed: ['检查点格式不正确。', 'The checkpoint is malformed.'],
    }),
  );
  const roster = await checkRoster(bundle, checkpoint, trust, given.roster);
  checks.push(...roster.checks);
  required.push(...roster.required);
  const latest = new Date(Math.max(0, ...[...results, ...roster.steps].map((result) => result.at?.getTime() ?? 0)));
  const text = utf8(bundle.checkpoint.text);
  const head = await checkSeal('checkpoint.', bundle.checkpoint.seal, text, trust, { notBefore: latest });
  checks.push(...head.checks, ...checkInstitution(bundle, checkpoint, head.signer));
  const shown = {
    origin: checkpoint?.origin ?? null,
    size: checkpoint?.size ?? null,
    sealedBy: head.signer?.subject.text ?? null,
  };
  const stands = checkStands(bundle);
  const institution = commonInstitution(statementsOf(bundle));
  const status = await statusOf(statusList, given, bundle.subject, { institution, checkpoint, signer: head.signer });
  checks.push(stands.check, ...status.checks);
  checks.push(...checkDemand(trust, checks));
  const ending = stands.ending ?? status.ending;
  const facts = {
    ...factsOf(bundle, results, shown),
    ...(ending ? { ended: { ...ending } } : {}),
    ...(stands.destruction ? { destroyed: { ...stands.destruction } } : {}),
    ...(status.facts ? { statusList: status.facts } : {}),
  };
  return conclude(checks, required, facts, scopeOf(status));
}

/**
 * Verifies a bundle (parsed JSON). Never throws, whatever the input.
 * @param bundle anything; what is not a bundle is `unreadable`
 * @param trust the roots believed; certificates inside the bundle are material only
 * @param statusList a status list (parsed JSON) of the same institution, where there is one; anything else is `unreadable`
 * @returns checks named `steps[i].…`, `order`, `latest-version`, `record-digest`, `fields`, `separation` (no officer cross-checked what he gave values to), `roster.steps[i].…`, `roster-inclusion`, `roster-agrees`,
 *   `checkpoint.…`, `institution`, `stands` (no step of the bundle ended the subject, or withdrew the record at last), `status-list.…` and `status` (the list does not name it), and one verdict (R12.2, R16.2)
 */
export async function verifyBundle(bundle: unknown, trust: Trust, statusList?: unknown): Promise<Verdict> {
  let read: ReadBundle;
  try {
    read = readBundle(bundle);
  } catch {
    return unreadable(
      '这不是可以识别的验证包，无法验证。',
      'This is not a bundle that can be read; it was not verified.',
    );
  }
  try {
    return await verify(read, trust, statusList);
  } catch {
    return unreadable(
      '验证包或状态清单无法识别，无法验证。',
      'The bundle or the status list cannot be read; it was not verified.',
    );
  }
}
