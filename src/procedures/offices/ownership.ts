// Which office owns a category on a day (R4.1, R24.1): the one of the kind that the policy names, as long as it is there.
import type { CivilDate } from '../../regulation/deadlines/deadlines.ts';
import { isOpenOn, type OfficeTime } from '../../regulation/offices.ts';
import { policyOn } from '../../regulation/policy-acts.ts';
import { CATEGORIES, isKeyOf } from '../../regulation/vocabulary.ts';
import type { PolicyRow } from '../../store/offices/policies.ts';
import { actsOf } from '../situation.ts';

/** The acts and offices of an institution. */
export interface Ownership {
  readonly policies: readonly PolicyRow[];
  readonly offices: readonly (OfficeTime & { readonly id: string; readonly kind: string })[];
}

/** The id of the owning office; null when the institution has none. */
export function ownerOf({ policies, offices }: Ownership, category: string, on: CivilDate): string | null {
  if (!isKeyOf(CATEGORIES, category)) return null;
  const kind = policyOn(on, actsOf(policies)).owners[category];
  return offices.find((office) => office.kind === kind && isOpenOn(office, on))?.id ?? null;
}
