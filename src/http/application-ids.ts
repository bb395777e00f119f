// Global ids of written applications in addresses: an id of one kind never names a case of another.
import { APPLICATION_TYPES } from '../graphql/applications/application-ids.ts';
import { decodeGlobalId, type Key, keyOf } from '../graphql/global-id.ts';
import { NotFound } from '../procedures/errors.ts';
import { APPLICATION_KINDS, type ApplicationKind, keysOf } from '../regulation/vocabulary.ts';

/** The key of a written application and the kind that its id says it is. */
export interface ApplicationKey extends Key {
  readonly kind: ApplicationKind;
}

/** Reads the id of a written application. @throws {NotFound} it is none: to the caller the same as an unknown one */
export function applicationKeyIn(id: string): ApplicationKey {
  const { typename, id: local } = decodeGlobalId(id);
  const kind = keysOf(APPLICATION_KINDS).find((each) => APPLICATION_TYPES[each] === typename);
  if (!kind) throw new NotFound('application', id);
  return { ...keyOf(local), kind };
}
