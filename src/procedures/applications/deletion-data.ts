// What a deletion request prints beside what every application prints (R15.1).
import { DELETION_CAUSES } from '../../regulation/vocabulary.ts';
import type { Print } from './cases.ts';
import { filedOn } from './change-data.ts';
import { deletionAsked } from './deletion-case.ts';
import { listedPerson } from './printed-case.ts';

/** When the error was found, finding, people with the cause of each. */
export const deletionRequestData: Print<'deletion-request'> = async (_tx, _world, content, common) => ({
  ...common,
  foundOn: String(content.content.foundOn ?? ''),
  reason: content.reason,
  finding: String(content.content.finding ?? ''),
  people: content.people.map((person, at) => ({
    ...listedPerson(person, at),
    filedOn: filedOn(person),
    cause: DELETION_CAUSES[deletionAsked(person).cause].zh,
  })),
});
