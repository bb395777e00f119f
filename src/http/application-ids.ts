// Global ids of written applications: one type for each kind, so that an id of one kind never names a case of another.
import { decodeGlobalId, type Key, keyOf } from '../graphql/global-id.ts';
import { NotFound } from '../procedures/errors.ts';
import type { ApplicationKind } from '../regulation/vocabulary.ts';

const KINDS: Readonly<Record<string, ApplicationKind>> = {
  SupplementaryReport: 'supplementary-report',
  ChangeRequest: 'change-request',
  DeletionRequest: 'deletion-request',
  RevocationReport: 'revocation-report',
};

/** The key of a written application and the kind that its id says it is. */
export interface ApplicationKey extends Key {
  readonly kind: ApplicationKind;
}

/** Reads the id of a written application. @throws {NotFound} it is none: to the caller the same as an unknown one */
export function applicationKeyIn(id: string): ApplicationKey {
  const { typename, id: local } = decodeGlobalId(id);
  const kind = Object.hasOwn(KINDS, typename) ? KINDS[typename] : undefined;
  if (!kind) throw new NotFound('application', id);
  return { ...keyOf(local), kind };
}
