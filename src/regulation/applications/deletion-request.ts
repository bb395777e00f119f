// The deletion request (删除申请, art. 15): for reporting errors only. A degree that stands is never deleted; taking it away is a revocation (art. 16).

import type { CivilDate } from '../deadlines/deadlines.ts';
import { isCivilDate } from '../deadlines/deadlines.ts';
import { DEFAULT_POLICY } from '../policy.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import type { Category, DeletionCause, RecordState } from '../vocabulary.ts';
import { DELETION_CAUSES, RECORD_STATES } from '../vocabulary.ts';
import { evidenceViolations, type ListedRecord, peopleViolations, reasonAndFinding } from './application-case.ts';
import { underArticleOf } from './applications.ts';
import { movedOnViolations } from './change-request.ts';

/** The record that stays when the other one was reported twice. */
export interface StandingRecord {
  readonly id: string;
  readonly state: RecordState;
  readonly samePerson: boolean;
  readonly sameDegree: boolean;
}

/** A record that is to be deleted, and what the register knows of its degree. */
export interface DeletedRecord extends ListedRecord {
  readonly version: number;
  readonly listedVersion: number;
  readonly cause: DeletionCause;
  /** Whether the committee's roster still confers the degree on this person: then it stands. */
  readonly onRoster: boolean;
  /** The record that was named as the one that stays, whether it exists or not. */
  readonly standingRecordId: string | null;
  /** For `reported-twice`: the other record of the same degree; null when none was named or it does not exist. */
  readonly standing: StandingRecord | null;
}

/** A deletion request; `reasonLength` is the policy's least number of characters. */
export interface DeletionRequest {
  readonly category: Category;
  /** When the error was found. */
  readonly foundOn: CivilDate;
  readonly today: CivilDate;
  readonly reason: string;
  readonly finding: string;
  readonly records: readonly DeletedRecord[];
  readonly evidence: readonly { readonly title: string }[];
  readonly reasonLength?: number;
}

/** Everything wrong with a deletion request, above all a degree that stands (art. 13, 15). */
export function deletionRequestViolations(request: DeletionRequest): Violation[] {
  const { category, reason, finding, records, evidence, reasonLength = DEFAULT_POLICY.reasonLength } = request;
  return underArticleOf('deletion-request', [
    ...reasonAndFinding(reason, finding, reasonLength),
    ...dayViolations(request),
    ...peopleViolations('deletion-request', category, records),
    ...records.flatMap((record, at) => [
      ...movedOnViolations(record, `records[${at}]`),
      ...standingViolations(record, records, `records[${at}]`),
    ]),
    ...(evidence.length === 0
      ? [violation('application-evidence-missing', 'evidence', { found: '0', expected: '≥ 1' })]
      : []),
    ...evidenceViolations(evidence),
  ]);
}

function dayViolations({ foundOn, today }: DeletionRequest): Violation[] {
  const label = { zh: '发现日期', en: 'day on which it was found' };
  if (!isCivilDate(foundOn))
    return [violation('date-impossible', 'foundOn', { label, found: foundOn, expected: 'YYYY-MM-DD' })];
  return foundOn > today
    ? [violation('date-in-future', 'foundOn', { label, found: foundOn, expected: `≤ ${today}` })]
    : [];
}

/** Why a degree would be lost: it is still on the roster and no other record of it stands. */
function standingViolations(record: DeletedRecord, all: readonly DeletedRecord[], path: string): Violation[] {
  const { cause, onRoster, standing } = record;
  if (cause === 'never-conferred') {
    if (!onRoster) return [];
    const details = { found: DELETION_CAUSES[cause].zh, expected: DELETION_CAUSES['reported-twice'].zh };
    return [violation('deletion-degree-stands', `${path}.cause`, details)];
  }
  const at = `${path}.standingRecord`;
  if (standing === null) {
    const details = { found: record.standingRecordId ?? undefined, expected: RECORD_STATES.filed.zh };
    return [violation('deletion-standing-record-missing', at, details)];
  }
  const faults: Violation[] = [];
  if (standing.id === record.id || all.some(({ id }) => id === standing.id)) {
    faults.push(violation('deletion-degree-stands', at, { found: standing.id }));
  }
  if (standing.state !== 'filed') {
    const details = { found: RECORD_STATES[standing.state].zh, expected: RECORD_STATES.filed.zh };
    faults.push(violation('deletion-standing-record-not-filed', at, details));
  }
  if (!standing.samePerson) faults.push(violation('deletion-other-person', at, { found: standing.id }));
  if (!standing.sameDegree) faults.push(violation('deletion-other-degree', at, { found: standing.id }));
  return faults;
}
