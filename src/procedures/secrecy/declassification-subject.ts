// A declassification as the subject of its steps: what was recorded, and what was withdrawn, under the installation's key (R20.1).
import { canonicalize } from '../../sealing/verify/canonical.ts';
import type { Declassification, DeclassificationRow } from '../../store/secrecy/declassifications.ts';
import type { World } from '../call.ts';
import type { JsonObject, Subject } from '../statement.ts';
import { digestOf } from '../subjects.ts';

/** What is recorded of a declassification. */
export type Declassified = Omit<Declassification, 'institution' | 'id' | 'recordedById' | 'stepId' | 'at'>;

/** What is recorded of its withdrawal. */
export type Withdrawn = Pick<
  NonNullable<DeclassificationRow['withdrawal']>,
  'ground' | 'documentNumber' | 'on' | 'scanDigest'
>;

/**
 * The subject of both acts. Everything goes in under the installation's key: the number of a person, and that of a paper of the secrecy
 * authorities, which may itself be known to few – and what was sealed once can never be taken out of the log.
 */
function subjectOf(world: Pick<World, 'blindIndex'>, id: string, version: 1 | 2, content: JsonObject): Subject {
  const keyed = world.blindIndex(canonicalize({ id, ...content }), 'declassification');
  return { kind: 'declassification', id, version, digest: digestOf({ keyed }) };
}

/** A declassification as it is recorded. */
export function declassifiedSubject(world: Pick<World, 'blindIndex'>, id: string, said: Declassified): Subject {
  const { category, number, form, authority, responsiblePerson, documentNumber, decidedOn, holdsFrom, scanDigest } =
    said;
  const content = { category, form, number, authority, responsiblePerson, documentNumber, decidedOn, holdsFrom };
  return subjectOf(world, id, 1, { ...content, scanDigest });
}

/** Its withdrawal. */
export function withdrawnSubject(world: Pick<World, 'blindIndex'>, id: string, said: Withdrawn): Subject {
  const { ground, documentNumber, on, scanDigest } = said;
  return subjectOf(world, id, 2, { ground, documentNumber, on, scanDigest });
}
