// The day, the policy and the calendar by which a procedure judges (R24.1).

import { calendarWith } from '../regulation/calendar.ts';
import { type CivilDate, civilDateInShanghai, type DayKind, type Deadline } from '../regulation/deadlines.ts';
import { type Policy, parsePolicy, policyOn } from '../regulation/policy.ts';
import { reportingDeadline as deadlineOf } from '../regulation/reporting.ts';
import { readCalendar } from '../store/calendar.ts';
import { readPolicies } from '../store/policies.ts';
import type { Transaction } from '../store/transaction.ts';
import type { World } from './call.ts';
import { Refused } from './errors.ts';

/** Today in Asia/Shanghai by the register's clock. */
export function todayOf(world: Pick<World, 'now'>): CivilDate {
  return civilDateInShanghai(world.now().toISOString());
}

/** The institution's policy in force on a day, the regulation's own where it has none. @throws {Refused} a kept policy is malformed */
export async function policyFor(tx: Pick<Transaction, 'policy'>, institution: string, on: CivilDate): Promise<Policy> {
  return (await policyReader(tx, institution))(on);
}

/** The same for many days: the policies are read once. @throws {Refused} a kept policy is malformed */
export async function policyReader(
  tx: Pick<Transaction, 'policy'>,
  institution: string,
): Promise<(on: CivilDate) => Policy> {
  const dated = (await readPolicies(tx, institution)).map(({ effectiveFrom, content }) => {
    const parsed = parsePolicy(content);
    if (Array.isArray(parsed)) throw new Refused(parsed);
    return { effectiveFrom, content: parsed };
  });
  return (on) => policyOn(on, dated);
}

/** The calendar of an institution: the State Council's arrangements that we know, overlaid by what officers entered for it. */
export async function calendarFor(
  tx: Pick<Transaction, 'calendarDay'>,
  institution: string,
): Promise<ReadonlyMap<CivilDate, DayKind>> {
  return calendarWith(await readCalendar(tx, institution));
}

/** Until when records of a resolution are reported to the degree office (R11.4): by the policy of the day it took effect. */
export async function reportingDeadline(
  tx: Pick<Transaction, 'policy' | 'calendarDay'>,
  institution: string,
  effectiveOn: CivilDate,
): Promise<Deadline> {
  const policy = await policyFor(tx, institution, effectiveOn);
  return deadlineOf(effectiveOn, policy, await calendarFor(tx, institution));
}
