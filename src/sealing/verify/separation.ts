// That who gave a record its values did not cross-check it (art. 11(2)), out of what the steps of its chain say themselves.
import type { JsonValue } from './canonical.ts';
import { type Finding, finding } from './findings.ts';

/** One step about the record: its name, the officer as the statement names him, and the version that it left. */
export interface StepTaken {
  readonly step: JsonValue | undefined;
  readonly officer: JsonValue | undefined;
  readonly version: number | string;
}

/** `same-officer`: who cross-checked had given values. `unchecked`: values went on without a cross-check after them. */
export type Separation = 'kept' | 'no-cross-check' | 'same-officer' | 'unchecked';

const CROSS_CHECK = 'cross-check';
/** The steps that give values and leave a record to be cross-checked. */
const GIVES: readonly unknown[] = ['collect', 'attach-photos', 'link-enrolment', 'correct'];
/** The steps that carry a record on, which only a cross-checked one may go. */
const CARRIES_ON: readonly unknown[] = ['open-disclosure', 'report', 'report-upward', 'review', 'filing'];

/** The officer's id; `undefined` for steps of the student himself, who holds no office. */
function idOf(officer: JsonValue | undefined): string | undefined {
  if (typeof officer !== 'object' || officer === null || Array.isArray(officer)) return undefined;
  const { id } = officer as { readonly [name: string]: JsonValue | undefined };
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

/**
 * Judges the whole chain of one record, in the order of the log. Whoever made any version of it has given values and stands at no
 * later cross-check: that one vouches for the record as a whole. A step that leaves the version as it was gave none.
 */
export function separationIn(chain: readonly StepTaken[]): Separation {
  const givers = new Set<string>();
  let version: number | string | undefined;
  let open = false;
  let met = false;
  for (const { step, officer, version: left } of chain) {
    const who = idOf(officer);
    const gave = left !== version;
    version = left;
    if (step === CROSS_CHECK) {
      if (who !== undefined && givers.has(who)) return 'same-officer';
      met = true;
      open = false;
      continue;
    }
    if (gave && who !== undefined) givers.add(who);
    if (gave && GIVES.includes(step)) open = true;
    if (open && CARRIES_ON.includes(step)) return 'unchecked';
  }
  return met ? 'kept' : 'no-cross-check';
}

/** The check `separation` over the chains of records. */
export function separationFinding(): Finding & { lookAt(chain: readonly StepTaken[], name: string): void } {
  const found = finding('separation', {
    passed: () => [
      '校核人员均未采集、更正或补充过所校核的信息。',
      'Nobody cross-checked a record to which he had given values.',
    ],
    failed: [
      '校核与采集未由不同人员完成：校核人员曾采集、更正或补充该信息，或其后录入的内容未经校核即已上报。',
      'Collecting and cross-checking were not done by different people: who cross-checked had given the record values, or values went on without a cross-check after them.',
    ],
    none: [
      '所列步骤中没有校核，未检查校核与采集是否由不同人员完成。',
      'There is no cross-check among the steps: whether another person made it was not checked.',
    ],
  });
  return {
    ...found,
    lookAt(chain, name) {
      const result = separationIn(chain);
      if (result !== 'no-cross-check') found.look(result === 'kept', name);
    },
  };
}
