// Global ids: `Type:institution/uuid` in base64url, because the keys of the register are (institution, id).
import { NotFound } from '../procedures/errors.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A key of the register. */
export interface Key {
  readonly institution: string;
  readonly id: string;
}

/** The local part of a global id. */
export function localId(key: Key): string {
  return `${key.institution}/${key.id}`;
}

/** The key in the local part of a global id; one that nothing has when it is not such a key. */
export function keyOf(local: string): Key {
  const at = local.indexOf('/');
  const id = local.slice(at + 1);
  return at > 0 && UUID.test(id) ? { institution: local.slice(0, at), id } : { institution: '', id: NOBODY };
}

/** A UUID that is safe to ask the database for; one that nothing has when it is none. */
export function uuidOf(local: string): string {
  return UUID.test(local) ? local : NOBODY;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The global id as the relay plugin writes it. */
export function globalId(type: string, key: Key): string {
  return encodeGlobalId(type, localId(key));
}

/** `Type:local` in base64url: safe in addresses. */
export function encodeGlobalId(type: string, local: string): string {
  return Buffer.from(`${type}:${local}`, 'utf8').toString('base64url');
}

/** The type and local part of a global id; a text that is none has the empty type. */
export function decodeGlobalId(id: string): { typename: string; id: string } {
  const text = Buffer.from(id, 'base64url').toString('utf8');
  const at = text.includes('\0') ? -1 : text.indexOf(':');
  return at > 0 ? { typename: text.slice(0, at), id: text.slice(at + 1) } : { typename: '', id: '' };
}

/**
 * The key in a global id given as input.
 * @throws NotFound when it is no id of one of these types: to the caller the same as an unknown one
 */
export function keyFrom(id: string, ...types: readonly string[]): Key {
  const decoded = decodeGlobalId(id);
  const key = keyOf(decoded.id);
  if (!types.includes(decoded.typename) || key.institution === '') throw new NotFound(types[0] ?? 'node', id);
  return key;
}

/** The key in a global id given to a query; one that nothing has when it is no id of this type. */
export function keyIn(id: string, type: string): Key {
  const decoded = decodeGlobalId(id);
  return decoded.typename === type ? keyOf(decoded.id) : keyOf('');
}

/** The local part of a global id given as input. @throws NotFound when it is no id of this type */
export function localIdFrom(id: string, type: string): string {
  const decoded = decodeGlobalId(id);
  if (decoded.typename !== type) throw new NotFound(type, id);
  return decoded.id;
}
