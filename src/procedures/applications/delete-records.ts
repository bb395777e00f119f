// 删除 (R15.2): a consented deletion leaves a tombstone; record, versions and steps stay, and the certificate number is never given again.
import type { Call } from '../call.ts';
import { endFact } from '../ends.ts';
import type { Performed } from '../perform.ts';
import { todayOf } from '../situation.ts';
import { type CarriedOut, carryOut, endRecords } from './carry-out.ts';
import { deletionAsked } from './deletion-case.ts';
import type { CaseInput } from './pass-on-application.ts';

/**
 * Carries out a deletion request that the province consented to.
 * @throws {NotFound}, {Stale}, {Refused} in another state, or when a degree stands. {Forbidden}
 */
export function deleteRecords(call: Call, input: CaseInput): Promise<Performed<CarriedOut>> {
  return carryOut(call, 'delete', input, async (tx, application) => {
    const on = todayOf(call.world);
    const causes = [...new Set(application.people.map((person) => deletionAsked(person).cause))].sort();
    return {
      violations: [],
      facts: { causes, ends: endFact('deleted', on) },
      apply: (at) =>
        endRecords(tx, application, { state: 'deleted', on, ground: (person) => deletionAsked(person).cause, at }),
    };
  });
}
