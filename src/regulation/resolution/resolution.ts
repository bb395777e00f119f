// The conferral resolution by itself: vote arithmetic (学位法 art. 10), dates, what must be filled (R6.1).
import type { CivilDate } from '../deadlines/deadlines.ts';
import { isCivilDate } from '../deadlines/deadlines.ts';
import { nameViolations, normalizeName } from '../record/names.ts';
import { writtenTextViolations } from '../texts/written-texts.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import { isSameResolutionNumber, normalizeResolutionNumber, resolutionNumberViolations } from './resolution-number.ts';

/** What a resolution says of itself. `on`, when given, is today: a resolution is not loaded before it was decided. */
export interface ResolutionFields {
  readonly number: string;
  readonly meeting: string;
  readonly decidedOn: CivilDate;
  readonly effectiveOn: CivilDate;
  readonly members: number;
  readonly present: number;
  readonly yes: number;
  readonly no: number;
  readonly abstain: number;
  readonly headName: string;
  readonly chairName: string;
}

/** The words of each field, for sentences and forms. */
export const RESOLUTION_LABELS: Readonly<Record<keyof ResolutionFields, { zh: string; en: string }>> = {
  number: { zh: '决议编号', en: 'resolution number' },
  meeting: { zh: '会议名称', en: 'meeting' },
  decidedOn: { zh: '作出日期', en: 'day of decision' },
  effectiveOn: { zh: '生效日期', en: 'day of effect' },
  members: { zh: '应到人数', en: 'members' },
  present: { zh: '实到人数', en: 'members present' },
  yes: { zh: '同意票数', en: 'votes in favour' },
  no: { zh: '反对票数', en: 'votes against' },
  abstain: { zh: '弃权票数', en: 'abstentions' },
  headName: { zh: '校长姓名', en: 'name of the head of the institution' },
  chairName: { zh: '主席姓名', en: 'name of the chair' },
};

const NAMES = ['headName', 'chairName'] as const;
const DATES = ['decidedOn', 'effectiveOn'] as const;
const COUNTS = ['members', 'present', 'yes', 'no', 'abstain'] as const;

function voteViolations({ members, present, yes, no, abstain }: ResolutionFields): Violation[] {
  const violations: Violation[] = [];
  if (members < 9)
    violations.push(violation('resolution-too-few-members', 'members', { found: String(members), expected: '≥ 9' }));
  if (members % 2 === 0) {
    violations.push(
      violation('resolution-even-members', 'members', { found: String(members), expected: `${members + 1}` }),
    );
  }
  if (present > members) {
    const details = { label: RESOLUTION_LABELS.present, found: String(present), expected: `≤ ${members}` };
    violations.push(violation('resolution-count-impossible', 'present', details));
  }
  if (3 * present < 2 * members) {
    const details = { found: String(present), expected: `≥ ${Math.ceil((2 * members) / 3)}` };
    violations.push(violation('resolution-too-few-present', 'present', details));
  }
  if (2 * yes <= members) {
    const details = { found: String(yes), expected: `≥ ${Math.floor(members / 2) + 1}` };
    violations.push(violation('resolution-no-majority', 'yes', details));
  }
  if (yes + no + abstain !== present) {
    const details = { found: `${yes} + ${no} + ${abstain} = ${yes + no + abstain}`, expected: String(present) };
    violations.push(violation('resolution-votes-do-not-add-up', 'present', details));
  }
  return violations;
}

/** A resolution as it is kept: number and names in their one form, however they were typed. */
export function normalizedResolution<R extends ResolutionFields>(given: R): R {
  const name = (text: string) => normalizeName(text).name;
  const number = normalizeResolutionNumber(given.number);
  return { ...given, number, headName: name(given.headName), chairName: name(given.chairName) };
}

/** That a resolution with this number, however it was typed then, is among those that were loaded. */
export function takenNumberViolations(number: string, loaded: readonly string[], article?: string): Violation[] {
  const taken = loaded.find((one) => isSameResolutionNumber(one, number));
  return taken === undefined
    ? []
    : [violation('resolution-number-taken', 'number', { found: number, expected: `≠ ${taken}`, article })];
}

/** Everything wrong with a resolution by itself; `on` is today in Asia/Shanghai, when the day of decision shall not lie after it. */
export function resolutionViolations(resolution: ResolutionFields, on?: CivilDate): Violation[] {
  const violations: Violation[] = [];
  for (const name of NAMES) {
    if (resolution[name].trim() === '') {
      const details = { label: RESOLUTION_LABELS[name], found: '0', expected: '≥ 1' };
      violations.push(violation('resolution-field-missing', name, details));
    }
  }
  violations.push(
    ...writtenTextViolations('number', resolution.number, 'number', { missing: 'resolution-field-missing' }),
    ...resolutionNumberViolations(resolution.number),
    ...writtenTextViolations('meeting', resolution.meeting, 'meeting', { missing: 'resolution-field-missing' }),
    ...nameViolations(resolution.headName, 'headName'),
    ...nameViolations(resolution.chairName, 'chairName'),
  );
  for (const name of DATES) {
    if (isCivilDate(resolution[name])) continue;
    const details = { label: RESOLUTION_LABELS[name], found: resolution[name], expected: 'YYYY-MM-DD' };
    violations.push(violation('date-impossible', name, details));
  }
  const { decidedOn, effectiveOn } = resolution;
  if (isCivilDate(decidedOn) && isCivilDate(effectiveOn) && effectiveOn < decidedOn) {
    violations.push(
      violation('resolution-effective-before-decided', 'effectiveOn', {
        found: effectiveOn,
        expected: `≥ ${decidedOn}`,
      }),
    );
  }
  if (on !== undefined && isCivilDate(decidedOn) && decidedOn > on) {
    const details = { label: RESOLUTION_LABELS.decidedOn, found: decidedOn, expected: `≤ ${on}` };
    violations.push(violation('date-in-future', 'decidedOn', details));
  }
  const impossible = COUNTS.filter((name) => !Number.isSafeInteger(resolution[name]) || resolution[name] < 0);
  if (impossible.length === 0) return [...violations, ...voteViolations(resolution)];
  for (const name of impossible) {
    const details = { label: RESOLUTION_LABELS[name], found: String(resolution[name]), expected: '≥ 0' };
    violations.push(violation('resolution-count-impossible', name, details));
  }
  return violations;
}
