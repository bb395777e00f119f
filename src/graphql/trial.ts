// Trial mode: moving the register's clock forward. Refused where the register is real.
import { Forbidden, Refused } from '../procedures/errors.ts';
import { trialClockViolations } from '../regulation/trial-clock.ts';
import { violation } from '../regulation/violations.ts';
import { DUTIES } from '../regulation/vocabulary.ts';
import { addAction } from './action.ts';

addAction('advanceTrialClock', {
  description:
    "Trial mode only: moves the register's clock forward, so that a year fits in an afternoon; never back, and not beyond the DEMO seals. Sign-in sessions follow the real clock.",
  sealed: false,
  input: (t) => ({ to: t.field({ type: 'DateTime' }) }),
  run: async (call, { to }) => {
    const { trial } = call.world;
    const now = call.world.now();
    // An auditor changes nothing, the clock of a trial neither.
    if (call.actor.duties.includes('audit')) {
      throw new Forbidden([violation('read-only-duty', 'duties', { found: DUTIES.audit.zh })]);
    }
    if (!trial) throw new Refused([violation('trial-mode-only', 'to', { found: 'production', expected: 'trial' })]);
    const violations = trialClockViolations(to, now, trial.sealsEnd);
    if (violations.length > 0) throw new Refused(violations);
    if (!call.simulate) trial.advanceTo(to);
    const done = { institution: call.actor.institution ?? '', stepId: null, simulated: call.simulate ?? false };
    return { ...done, now: call.simulate ? to : call.world.now() };
  },
  success: (t) => ({ now: t.expose('now', { type: 'DateTime', description: "The register's clock." }) }),
});
