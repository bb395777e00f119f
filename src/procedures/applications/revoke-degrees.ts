// 撤销备案 (R16.2): after the province confirmed, the records are filed as revoked from the day on which the resolution took effect.
import { openReviewViolations } from '../../regulation/applications/revocation-report.ts';
import type { Call } from '../call.ts';
import { endFact } from '../ends.ts';
import type { Performed } from '../perform.ts';
import { type CarriedOut, carryOut, endRecords } from './carry-out.ts';
import type { CaseInput } from './pass-on-application.ts';
import { revocationAsked, revocationSaid } from './revocation-case.ts';

/**
 * Files a confirmed revocation. A review that a person asked for must have upheld the decision.
 * @throws {NotFound}, {Stale}, {Refused} not confirmed, or a review is open. {Forbidden}
 */
export function revokeDegrees(call: Call, input: CaseInput): Promise<Performed<CarriedOut>> {
  return carryOut(call, 'revoke', input, async (tx, application) => {
    const { ground } = revocationSaid(application);
    const on = application.revocationResolution?.effectiveOn ?? '';
    const reviews = application.people.map((person) => ({ review: revocationAsked(person).review?.outcome ?? null }));
    return {
      violations: openReviewViolations(reviews),
      facts: {
        ...{ ground, revokedOn: on, resolution: application.revocationResolution?.number ?? null },
        ends: endFact('revoked', on),
      },
      apply: (at) => endRecords(tx, application, { state: 'revoked', on, ground: () => ground, at }),
    };
  });
}
