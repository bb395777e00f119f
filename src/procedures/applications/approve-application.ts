// 批准书面申请 (art. 12): the head of the category office stands for the case.
import type { Call } from '../call.ts';
import type { Performed } from '../perform.ts';
import { type PassedOn, passOn } from './pass-on-application.ts';

/**
 * Approves a checked application.
 * @throws {NotFound}, {Stale}, {Refused} in another state. {Forbidden} without the duty of head
 */
export function approveApplication(
  call: Call,
  input: { institution: string; applicationId: string; expectedVersion?: number | undefined },
): Promise<Performed<PassedOn>> {
  return passOn(call, 'approve-application', 'approved', input);
}
