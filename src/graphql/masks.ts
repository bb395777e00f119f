// Secret fields as they may be shown without a reveal (R21.1).
import { maskEmail, maskIdentityNumber, maskPhone } from '../regulation/record/identity.ts';
import type { GraphqlContext } from './context.ts';
import type { Key } from './global-id.ts';

const MASKS = { identityNumber: maskIdentityNumber, phone: maskPhone, email: maskEmail } as const;

/** The fields that are kept as sealed boxes. */
export type SecretField = keyof typeof MASKS;

/** Opens a box of a record and masks what is in it; null stays null. */
export function masked(context: GraphqlContext, key: Key, field: SecretField, box: string | null): string | null {
  if (box === null) return null;
  return MASKS[field](context.world.cipher.open(box, `${key.institution}/${key.id}/${field}`));
}
