// 核对书面申请 (art. 12): another officer of the category office than the drafter checks the case.
import type { Call } from '../call.ts';
import type { Performed } from '../perform.ts';
import { type PassedOn, passOn } from './pass-on-application.ts';

/**
 * Checks a drafted application.
 * @throws {NotFound}, {Stale}, {Refused} by the drafter, or in another state. {Forbidden}
 */
export function checkApplication(
  call: Call,
  input: { institution: string; applicationId: string; expectedVersion?: number | undefined },
): Promise<Performed<PassedOn>> {
  return passOn(call, 'check-application', 'checked', input);
}
