// The GraphQL types of written applications, one for each kind, and their ids.
import { NotFound } from '../../procedures/errors.ts';
import { type ApplicationKind, isKeyOf } from '../../regulation/vocabulary.ts';
import { globalId, type Key, keyIn } from '../global-id.ts';

/** Kind → GraphQL type. */
export const APPLICATION_TYPES = {
  'supplementary-report': 'SupplementaryReport',
  'change-request': 'ChangeRequest',
  'deletion-request': 'DeletionRequest',
  'revocation-report': 'RevocationReport',
} as const satisfies Record<ApplicationKind, string>;

/** The GraphQL type of an application of this kind. */
export function applicationType(kind: string): string {
  return isKeyOf(APPLICATION_TYPES, kind) ? APPLICATION_TYPES[kind] : APPLICATION_TYPES['supplementary-report'];
}

/** The global id of an application. */
export function applicationId(row: Key & { readonly kind: string }): string {
  return globalId(applicationType(row.kind), row);
}

/** The key in the id of an application of any kind, and the kind that it says. @throws NotFound when it is no such id */
export function applicationKeyFrom(id: string): Key & { readonly kind: string } {
  const key = applicationKeyIn(id);
  if (key.institution === '') throw new NotFound('WrittenApplication', id);
  return key;
}

/** The key and kind in the id of an application given to a query; a key that nothing has when it is no such id. */
export function applicationKeyIn(id: string): Key & { readonly kind: string } {
  for (const [kind, type] of Object.entries(APPLICATION_TYPES)) {
    const key = keyIn(id, type);
    if (key.institution !== '') return { ...key, kind };
  }
  return { ...keyIn(id, ''), kind: '' };
}
