// Checking that the person of a record was on the sealed roster of the resolution, and that the record says what the roster says (R9.1).
import type { ReadBundle, ReadRoster, ReadStep } from './bundle-read.ts';
import { fromHex, toHex } from './bytes.ts';
import { canonicalBytes, type JsonValue } from './canonical.ts';
import type { Checkpoint } from './checkpoint.ts';
import { hashLeaf, verifyInclusion } from './merkle.ts';
import { type ReadTrust, requiredSealChecks } from './seal-checks.ts';
import { checkStep, requiredStepChecks, type StepResult } from './step-checks.ts';
import { type Check, check, type Outcome, type Trust } from './verdict.ts';

/** What came of it; `required` are the checks that must have passed. Without a proof nothing is required. */
export interface RosterResult {
  checks: Check[];
  required: string[];
  steps: StepResult[];
}

type Facts = { readonly [name: string]: JsonValue | undefined };

/** The steps that make rosters, as their statements name them. */
const LOADS = 'load-resolution';
const CORRECTS = 'correct-roster';

function factsOf({ statement }: ReadStep): Facts {
  const { facts } = statement;
  return typeof facts === 'object' && facts !== null && !Array.isArray(facts) ? (facts as Facts) : {};
}

/** The id of the one resolution that a step is about. */
function resolutionOf({ statement }: ReadStep): string | undefined {
  const [only, ...more] = Array.isArray(statement.subjects) ? (statement.subjects as readonly JsonValue[]) : [];
  const { kind, id } = typeof only === 'object' && only !== null ? (only as Facts) : {};
  return more.length === 0 && kind === 'resolution' && typeof id === 'string' ? id : undefined;
}

/** Whether the opened place is one of those that the steps sealed. */
async function inclusionOf({ steps, entry, salt, inclusion }: ReadRoster): Promise<Outcome> {
  const [load, correction] = steps;
  const resolution = load && resolutionOf(load);
  if (load?.statement.step !== LOADS || resolution === undefined || salt.length < 22) return 'failed';
  const leaf = await hashLeaf(canonicalBytes({ ...entry, salt }));
  if (correction) {
    const { replacementLeaf, replacedBy, resolutionId } = factsOf(correction);
    const about = resolutionOf(correction) === resolution && resolutionId === resolution;
    if (correction.statement.step !== CORRECTS || !about || inclusion) return 'failed';
    if (replacementLeaf === undefined) return 'not-checked';
    return replacementLeaf === toHex(leaf) && replacedBy === entry.sequence ? 'passed' : 'failed';
  }
  const { rosterRoot, rosterSize } = factsOf(load);
  const root = typeof rosterRoot === 'string' ? fromHex(rosterRoot) : undefined;
  if (!inclusion || !root || inclusion.size !== rosterSize || entry.sequence !== inclusion.index + 1) return 'failed';
  const { size, index, proof } = inclusion;
  return (await verifyInclusion({ index, size, leaf, path: proof, root })) ? 'passed' : 'failed';
}

/** The field of a record that holds what a roster calls the student number. */
function fieldOf(name: string, entry: ReadRoster['entry']): string {
  return name === 'studentNumber' && entry.category === 'equivalent-education-master' ? 'applicationNumber' : name;
}

/** Whether every opened field equals the place; only when all that the place says is opened do they agree. */
function agreementOf({ steps, entry }: ReadRoster, subject: ReadBundle['subject']): Outcome {
  const { sequence: _, ...said } = entry;
  const wanted: [string, JsonValue | undefined][] = Object.entries(said).map(([name, value]) => [
    fieldOf(name, entry),
    value,
  ]);
  wanted.push(['resolutionNumber', steps[0] && factsOf(steps[0]).number]);
  const fields = subject?.kind === 'record' ? (subject.fields ?? {}) : {};
  let all = wanted.length > 1;
  for (const [name, value] of wanted) {
    const opening = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!opening) all = false;
    else if (opening.value !== value) return 'failed';
  }
  return all ? 'passed' : 'not-checked';
}

/** The place as facts: on the roster of which resolution, at which number. */
export function placeOf({ steps, entry }: ReadRoster): { resolution: JsonValue; sequence: JsonValue } {
  return { resolution: (steps[0] && factsOf(steps[0]).number) ?? null, sequence: entry.sequence ?? null };
}

/** Checks the roster proof of a bundle: its steps like any others, the place under the sealed root, and the record against the place. */
export async function checkRoster(
  { roster, subject }: ReadBundle,
  checkpoint: Checkpoint | undefined,
  trust: ReadTrust,
  demanded?: Trust['roster'],
): Promise<RosterResult> {
  const result: RosterResult = { checks: [], required: [], steps: [] };
  // Only people stand on rosters: of an application there is nothing to say.
  if (!roster && subject?.kind !== 'record') return result;
  for (const [i, step] of (roster?.steps ?? []).entries()) {
    const prefix = `roster.steps[${i}].`;
    const checked = await checkStep(prefix, step, undefined, checkpoint, trust, undefined);
    result.steps.push(checked);
    result.checks.push(...checked.checks);
    result.required.push(...requiredSealChecks(prefix), ...requiredStepChecks(prefix, step, undefined));
  }
  const inclusion = roster ? await inclusionOf(roster) : 'not-checked';
  result.checks.push(
    check('roster-inclusion', inclusion, {
      passed: ['此人在经签章的学位授予名单中。', 'The person is on the sealed roster of the resolution.'],
      failed: ['所示名单条目不在经签章的名单中。', 'The place shown is not on the sealed roster.'],
      unchecked: roster
        ? [
            '此名单条目由早期的更正加入，未作可出示的签章，未检查是否在授予名单中。',
            'An early correction of the roster gave this place, which was not sealed so that it can be shown: not checked.',
          ]
        : [
            '未给出名单证明，未检查是否在授予名单中；只披露部分字段的验证包不附名单证明，如需核实，请向出具单位索取披露全部字段的验证包。',
            'No proof is given that the person was on the roster. A bundle that shows only some of the fields carries none; who needs it asks the office that issued it for a bundle of all fields.',
          ],
    }),
    check('roster-agrees', roster ? agreementOf(roster, subject) : 'not-checked', {
      passed: ['所披露的关键信息与授予名单一致。', 'The revealed key fields are those of the roster.'],
      failed: ['所披露的关键信息与授予名单不一致。', 'A revealed key field is not what the roster says.'],
      unchecked: roster
        ? [
            '关键信息未全部披露，未检查与授予名单是否一致。',
            'Not all key fields are revealed: whether they are those of the roster was not checked.',
          ]
        : [
            '未给出名单证明，未检查是否与授予名单一致。',
            'No proof of the roster is given: whether the record agrees with it was not checked.',
          ],
    }),
  );
  if (inclusion !== 'not-checked') result.required.push('roster-inclusion', 'roster-agrees');
  if (demanded === 'required') {
    result.checks.push(
      check('roster-demand', inclusion !== 'not-checked', {
        passed: ['所要求的名单证明已出示。', 'The proof of the roster was shown as it was asked for.'],
        failed: [
          '要求证明此人在学位授予名单中，但未出示名单证明；请向出具单位索取披露全部字段的验证包。',
          'It had to be proved that the person was on the roster, and no proof is shown: ask the office that issued it for a bundle of all fields.',
        ],
      }),
    );
  }
  return result;
}
