// What a deletion request is judged by: whether each degree still stands on its roster or in another record (R15.1).
import {
  type DeletedRecord,
  deletionRequestViolations,
  type StandingRecord,
} from '../../regulation/applications/deletion-request.ts';
import type { DeletionCause, RecordState } from '../../regulation/vocabulary.ts';
import { IDENTITY_PURPOSE } from '../../secrecy/blind-index.ts';
import { findRecordRows } from '../../store/records/record-look-up.ts';
import type { RecordRow } from '../../store/records/records.ts';
import { struckPlaces } from '../../store/resolutions/roster-strikes.ts';
import type { World } from '../call.ts';
import { leastReason, todayOf } from '../situation.ts';
import type { JsonObject } from '../statement.ts';
import { type CasePerson, listedRecord } from './application-case.ts';
import type { Judge } from './cases.ts';

/** Why a record is to be deleted, as it is kept for a person of the case. */
export interface DeletionAsked {
  readonly cause: DeletionCause;
  /** The record that stays, when the other one was reported twice. */
  readonly standingRecordId: string | null;
}

/** What is asked for a person of a deletion request. */
export function deletionAsked({ content }: { readonly content: JsonObject }): DeletionAsked {
  return content as unknown as DeletionAsked;
}

/** What is wrong with a deletion request today. */
export const judgeDeletionRequest: Judge = async (tx, world, content) => {
  const { institution, category, reason, evidence, people } = content;
  const today = todayOf(world);
  const reasonLength = await leastReason(tx, world, content);
  const places = people.map(({ row }) => ({ resolutionId: row.resolutionId, sequence: row.rosterSequence }));
  const struck = await struckPlaces(tx, institution, places);
  const named = people.flatMap((person) => deletionAsked(person).standingRecordId ?? []);
  const standing = new Map((await findRecordRows(tx, institution, named)).map((row) => [row.id, row]));
  const records = people.map((person): DeletedRecord => {
    const { cause, standingRecordId } = deletionAsked(person);
    const { row } = person;
    return {
      ...listedRecord(person),
      ...{ version: row.version, listedVersion: person.listedVersion, cause },
      onRoster: !struck.has(`${row.resolutionId}/${row.rosterSequence}`),
      standingRecordId,
      standing: standingView(world, person, standing.get(standingRecordId ?? '')),
    };
  });
  const { foundOn, finding } = content.content as { foundOn: string; finding: string };
  return {
    violations: deletionRequestViolations({
      ...{ category, foundOn, today, reason, finding, records, evidence, reasonLength },
    }),
    dueOn: null,
  };
};

function standingView(
  { blindIndex }: Pick<World, 'blindIndex'>,
  { row, fields }: CasePerson,
  other: RecordRow | undefined,
): StandingRecord | null {
  if (!other) return null;
  const samePerson = blindIndex.lookUps(fields.identityNumber, IDENTITY_PURPOSE).includes(other.identityNumberIndex);
  return {
    id: other.id,
    state: other.state as RecordState,
    samePerson,
    sameDegree:
      other.level === row.level &&
      other.degreeCategory === row.degreeCategory &&
      other.disciplineCode === row.disciplineCode,
  };
}
