// A written application passes from hand to hand inside the house: checked, then approved; nothing in it changes.
import type { ApplicationState } from '../../regulation/vocabulary.ts';
import { advanceApplication } from '../../store/applications/applications.ts';
import type { Call } from '../call.ts';
import { type Performed, perform } from '../perform.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { caseSubject, loadCase, stepViolations } from './application-case.ts';
import { CASES } from './cases.ts';

/** Which case, and the version that the officer saw. */
export interface CaseInput {
  readonly institution: string;
  readonly applicationId: string;
  readonly expectedVersion?: number | undefined;
}

/** The application and the version that it has now. */
export type PassedOn = { readonly applicationId: string; readonly version: number };

/** One of the two steps, told apart only by who may take it and where it leads. */
export function passOn(
  call: Call,
  step: 'check-application' | 'approve-application',
  to: ApplicationState,
  input: CaseInput,
): Promise<Performed<PassedOn>> {
  const { institution, applicationId, expectedVersion } = input;
  return perform(call, step, institution, { applicationId, expectedVersion: expectedVersion ?? null }, async (tx) => {
    const application = await loadCase(tx, call.world, institution, applicationId, expectedVersion);
    const target = await targetIn(tx, institution, application.category);
    requireMayAct(call, step, target);
    const { violations } = await CASES[application.kind].judge(tx, call.world, application);
    const version = application.version + 1;
    return {
      target,
      violations: [...stepViolations(call, step, application), ...violations],
      subjects: [caseSubject(call.world, application, { state: to, version })],
      facts: {
        applicationId,
        kind: application.kind,
        caseNumber: application.caseNumber,
        people: application.people.length,
      },
      files: application.evidence.map(({ fileDigest }) => fileDigest),
      save: async () => {
        const checker = step === 'check-application' ? { checkedById: call.actor.officerId } : {};
        await advanceApplication(tx, application, { state: to, ...checker });
        return { applicationId, version };
      },
    };
  });
}
