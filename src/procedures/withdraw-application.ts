// 撤回书面申请 (art. 15): the office gives a case up before it is sealed, or after the province returned it; its people are free again.
import { advanceApplication } from '../store/applications.ts';
import { caseSubject, loadCase, stepViolations } from './application-case.ts';
import type { Call } from './call.ts';
import type { CaseInput, PassedOn } from './pass-on-application.ts';
import { type Performed, perform } from './perform.ts';
import { requireMayAct, targetIn } from './target.ts';

/** Withdraws a case. @throws {NotFound}, {Stale}, {Refused} it was sealed already. {Forbidden} */
export function withdrawApplication(call: Call, input: CaseInput): Promise<Performed<PassedOn>> {
  const { institution, applicationId, expectedVersion } = input;
  const request = { applicationId, expectedVersion: expectedVersion ?? null };
  return perform(call, 'withdraw-application', institution, request, async (tx) => {
    const application = await loadCase(tx, call.world, institution, applicationId, expectedVersion);
    const target = await targetIn(tx, institution, application.category);
    requireMayAct(call, 'withdraw-application', target);
    const version = application.version + 1;
    return {
      target,
      violations: stepViolations(call, 'withdraw-application', application),
      subjects: [caseSubject(call.world, application, { state: 'withdrawn', version })],
      facts: { applicationId, kind: application.kind, caseNumber: application.caseNumber },
      save: async () => {
        await advanceApplication(tx, application, { state: 'withdrawn' });
        return { applicationId, version };
      },
    };
  });
}
