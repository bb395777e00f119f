// What the places of downloads share: who asks, how an address is answered, and the keys in its ids.
import { decodeGlobalId, type Key, keyOf } from '../graphql/global-id.ts';
import type { Actor, World } from '../procedures/call.ts';
import { NotFound } from '../procedures/errors.ts';
import type { Reply } from './reply.ts';
import type { Asked } from './request.ts';

/** Who asks for a download: an officer, or the holder of a signed link, for whom access was checked when it was made. */
export type Holder = Actor | 'link';

/** A kind of address: what it looks like, and who answers. Null when there is no such thing for this caller. */
export interface Place {
  readonly pattern: RegExp;
  readonly answer: (world: World, asked: Asked, holder: Holder, parts: string[]) => Promise<Reply | null>;
}

/** The key in a global id of one of these types. @throws NotFound */
export function keyIn(id: string, type: string): Key {
  const decoded = decodeGlobalId(id);
  if (decoded.typename !== type) throw new NotFound(type, id);
  return keyOf(decoded.id);
}
