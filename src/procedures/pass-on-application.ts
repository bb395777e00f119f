// A written application passes from hand to hand inside the house: checked, then approved; nothing in it changes.
import type { ApplicationState } from '../regulation/vocabulary.ts';
import { advanceApplication } from '../store/applications.ts';
import { applicationViolations, listed, loadApplication, peopleOf } from './application-work.ts';
import type { Call } from './call.ts';
import { type Performed, perform } from './perform.ts';
import { applicationSubject } from './subjects.ts';
import { requireMayAct, targetIn } from './target.ts';

/** The application and the version that it has now. */
export type PassedOn = { readonly applicationId: string; readonly version: number };

/** One of the two steps, told apart only by who may take it and where it leads. */
export function passOn(
  call: Call,
  step: 'check-application' | 'approve-application',
  to: ApplicationState,
  input: { institution: string; applicationId: string; expectedVersion?: number | undefined },
): Promise<Performed<PassedOn>> {
  const { institution, applicationId, expectedVersion } = input;
  return perform(call, step, institution, { applicationId, expectedVersion: expectedVersion ?? null }, async (tx) => {
    const application = await loadApplication(tx, institution, applicationId, expectedVersion);
    const target = await targetIn(tx, institution, application.category);
    requireMayAct(call, step, target);
    const people = listed(await peopleOf(tx, call.world, application));
    const version = application.version + 1;
    return {
      target,
      violations: await applicationViolations(tx, call, step, application),
      subjects: [applicationSubject(application, people, { state: to, version })],
      facts: { applicationId, kind: application.kind, people: people.length },
      save: async () => {
        await advanceApplication(tx, application, { state: to });
        return { applicationId, version };
      },
    };
  });
}
