// Verifying a status list: its seal, whose it is, which log it is about; and what it says of the subject of a bundle.
import { equalBytes } from './bytes.ts';
import { canonicalBytes, type JsonValue } from './canonical.ts';
import type { Checkpoint } from './checkpoint.ts';
import { type Ending, sayEnding } from './ending.ts';
import { holderAgrees, originAgrees, sealsFor } from './holder.ts';
import { checkDemand } from './revocation-demand.ts';
import { checkSeal, type ReadTrust, readTrust, requiredSealChecks } from './seal-checks.ts';
import { type ReadStatusList, readStatusList, statusIn } from './status-list-format.ts';
import { timeOf } from './step-checks.ts';
import { type Check, check, conclude, type Trust, unreadable, type Verdict } from './verdict.ts';
import type { Certificate } from './x509.ts';

/** A bundle as a list is held against it: whose, under which head, by whose seal that head was sealed. */
export interface Beside {
  institution: string | undefined;
  checkpoint: Checkpoint | undefined;
  signer: Certificate | undefined;
}

const NAME = 'status-list.';
/** The names of the checks that a list must have passed before anything is concluded from it. */
const REQUIRED = [...requiredSealChecks(NAME), `${NAME}holder`, `${NAME}log`];

/** Everything about the list itself. `beside` is left out when the list is verified alone. */
async function checkList(read: ReadStatusList, trust: ReadTrust, beside?: Beside): Promise<Check[]> {
  const { list, checkpoint, seal } = read;
  const content = canonicalBytes(list as unknown as JsonValue);
  // Without a time nothing can be in force: the epoch is before every certificate.
  const { checks, signer } = await checkSeal(NAME, seal, content, trust, timeOf(list.at) ?? new Date(0));
  const own =
    signer &&
    holderAgrees(list, signer) &&
    sealsFor(list.institution, [list], signer) &&
    list.office.id.startsWith(`${list.institution}/`) &&
    // The office that answers for the head of the log answers for the list, too.
    (!beside?.signer || holderAgrees({ office: list.office }, beside.signer));
  const sameHouse = !beside || beside.institution === list.institution;
  const against = beside?.checkpoint;
  const fork =
    against &&
    (against.origin !== checkpoint.origin ||
      (against.size === checkpoint.size && !equalBytes(against.root, checkpoint.root)));
  return [
    ...checks,
    check(`${NAME}holder`, own ?? 'not-checked', {
      passed: [
        '状态清单由该单位负责日志的部门用印。',
        'The status list bears the seal of the office that answers for the log.',
      ],
      failed: [
        '状态清单不是由该单位负责日志的部门用印，请从该单位重新获取。',
        'The status list does not bear the seal of the office that answers for the log: get it from the institution.',
      ],
    }),
    check(`${NAME}log`, sameHouse && originAgrees(checkpoint.origin, list.institution) && !fork, {
      passed: ['状态清单针对的就是这份日志。', 'The status list is about this log.'],
      failed: sameHouse
        ? [
            '状态清单与检查点出自不同的日志，请向出具单位核实。',
            'The status list and the checkpoint are of different logs: ask the office that issued them.',
          ]
        : [
            '状态清单属于另一单位，请换用该单位自己的清单。',
            'The status list is that of another institution: use the list of the institution that issued the bundle.',
          ],
    }),
  ];
}

const good = (checks: readonly Check[]): boolean =>
  REQUIRED.every((name) => checks.some((one) => one.name === name && one.outcome === 'passed')) &&
  checks.every((one) => one.outcome !== 'failed');

type Texts = [zh: string, en: string];

/** A list names what ended and nothing else: it must not read as if it knew of changes, too. */
function notEnded(as: Texts, { size }: Checkpoint, against: Checkpoint | undefined): Texts {
  const older: Texts =
    against && against.size < size
      ? [
          `验证包早于状态清单（其检查点 ${against.size} 条）。`,
          `The bundle is older than the list (${against.size} entries). `,
        ]
      : ['', ''];
  return [
    `${as[0]}未见终止。${older[0]}验证包出具后是否更改过（有更新的版本），状态清单不能说明，只有出具单位提供的更新的验证包才能说明。`,
    `Not ended ${as[1]}. ${older[1]}Whether it was changed after the bundle was made (to a newer version), no status list tells, only a newer bundle from the office that issued it.`,
  ];
}

/** What is said of the subject, and why nothing can be said where that is so. */
function checkStatus(
  read: ReadStatusList,
  subject: { kind: string; id: string } | undefined,
  against: Checkpoint | undefined,
): { check: Check; ending?: Ending } {
  const name = 'status';
  const { list, checkpoint } = read;
  const as: Texts = [
    `截至 ${list.at}（日志 ${checkpoint.size} 条）`,
    `as of ${list.at} (${checkpoint.size} entries of the log)`,
  ];
  const texts = { passed: notEnded(as, checkpoint, against), failed: ['', ''] as Texts };
  const unchecked = (zh: string, en: string) => ({
    check: check(name, 'not-checked', { ...texts, unchecked: [zh, en] }),
  });
  if (!subject) return unchecked('未给出对象，无法查状态。', 'No subject is given whose status could be looked up.');
  const status = statusIn(read, subject);
  if (typeof status === 'object') {
    return { check: check(name, 'failed', { ...texts, failed: sayEnding(status) }), ending: status };
  }
  if (status === 'not-covered') {
    return unchecked(
      '这份状态清单不涉及该对象：对象种类不同，或应取清单的其余部分。',
      'This status list does not speak of the subject: it is of another kind, or in another part of the list.',
    );
  }
  if (against && checkpoint.size < against.size) {
    return unchecked(
      `状态清单（日志 ${checkpoint.size} 条）早于验证包的检查点（${against.size} 条），请取新的清单。`,
      `The status list (${checkpoint.size} entries of the log) is older than the checkpoint of the bundle (${against.size}): get a new one.`,
    );
  }
  return { check: check(name, 'passed', texts) };
}

/** What a list adds to the verdict over a bundle: its own checks, the check `status`, and how the subject ended, if it did. */
export interface StatusResult {
  checks: Check[];
  ending?: Ending;
  /** Of a list that is good. */
  facts?: { at: string; size: number };
}

/** Without a list: nothing is known of what came after the bundle. */
const NO_LIST = check('status', 'not-checked', {
  passed: ['', ''],
  failed: ['', ''],
  unchecked: [
    '未提供状态清单，未检查该对象此后是否已终止；请向出具单位取最新的清单。',
    'No status list is given: whether the subject has ended since was not checked. Get the newest one from the institution.',
  ],
});

/** Checks the list given with a bundle. @throws {InputProblem} when it is no status list */
export async function statusOf(
  value: unknown,
  given: Trust,
  subject: { kind: string; id: string } | undefined,
  beside: Beside,
): Promise<StatusResult> {
  if (value === undefined) return { checks: [NO_LIST] };
  const read = readStatusList(value);
  const checks = await checkList(read, readTrust(given, read.certificates, read.crls), beside);
  if (!good(checks)) {
    const unchecked: Texts = [
      '状态清单未通过验证，未据以检查状态；请向出具单位重新获取。',
      'The status list is not good, so the status was not checked: get it again from the institution.',
    ];
    return { checks: [...checks, check('status', 'not-checked', { passed: ['', ''], failed: ['', ''], unchecked })] };
  }
  const { check: status, ending } = checkStatus(read, subject, beside.checkpoint);
  const facts = { at: read.list.at, size: read.checkpoint.size };
  return { checks: [...checks, status], facts, ...(ending ? { ending } : {}) };
}

/**
 * Verifies a status list by itself (parsed JSON). Never throws, whatever the input.
 * @returns checks named `status-list.…`, and one verdict; the facts say whose list it is, as of when, and how many subjects it names
 */
export async function verifyStatusList(value: unknown, trust: Trust): Promise<Verdict> {
  try {
    const read = readStatusList(value);
    const { institution, office, at, kind, covers, subjects } = read.list;
    const believed = readTrust(trust, read.certificates, read.crls);
    const checks = await checkList(read, believed);
    checks.push(...checkDemand(believed, checks));
    const facts = { institution, office, at, kind, covers, size: read.checkpoint.size, subjects: subjects.length };
    return conclude(checks, REQUIRED, facts);
  } catch {
    return unreadable(
      '这不是可以识别的状态清单，无法验证。',
      'This is not a status list that can be read; it was not verified.',
    );
  }
}
