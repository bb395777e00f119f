// The day, the policy and the calendar by which a procedure judges (R24.1).

import { calendarWith } from '../regulation/deadlines/calendar.ts';
import { type CivilDate, civilDateInShanghai, type DayKind, type Deadline } from '../regulation/deadlines/deadlines.ts';
import { type Policy, parseSettings } from '../regulation/policy.ts';
import { type DatedPolicy, type MomentOfDay, policyOn } from '../regulation/policy-acts.ts';
import { reportingDeadline as deadlineOf } from '../regulation/reporting/reporting.ts';
import type { Transaction } from '../store/database/transaction.ts';
import { readCalendar } from '../store/deadlines/calendar.ts';
import { type PolicyRow, readPolicies } from '../store/offices/policies.ts';
import type { World } from './call.ts';
import { Refused } from './errors.ts';

/** Today in Asia/Shanghai by the register's clock. */
export function todayOf(world: Pick<World, 'now'>): CivilDate {
  return civilDateInShanghai(world.now().toISOString());
}

/** The civil day in Asia/Shanghai of a moment. */
export function dayOf(at: Date): CivilDate {
  return civilDateInShanghai(at.toISOString());
}

/** The wall clock in Asia/Shanghai at a moment, to the minute: `2026-10-01 00:05`. */
export function momentOf(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** Kept acts as the rules see them. @throws {Refused} one of them is malformed */
export function actsOf<Row extends Omit<PolicyRow, 'id'>>(rows: readonly Row[]): (Row & DatedPolicy)[] {
  return rows.map((row) => {
    const content = parseSettings(row.content);
    if (Array.isArray(content)) throw new Refused(content);
    return { ...row, content };
  });
}

/**
 * The institution's policy in force on a day, the regulation's own where it has none. What began with a day (a clock) asks for its
 * `dawn`: no later act changes that. @throws {Refused} a kept act is malformed
 */
export async function policyFor(
  tx: Pick<Transaction, 'policy'>,
  institution: string,
  on: CivilDate,
  moment: MomentOfDay = 'now',
): Promise<Policy> {
  return (await policyReader(tx, institution))(on, moment);
}

/** The same for many days: the acts are read once. @throws {Refused} a kept act is malformed */
export async function policyReader(
  tx: Pick<Transaction, 'policy'>,
  institution: string,
): Promise<(on: CivilDate, moment?: MomentOfDay) => Policy> {
  const acts = actsOf(await readPolicies(tx, institution));
  return (on, moment = 'now') => policyOn(on, acts, moment);
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
  const policy = await policyFor(tx, institution, effectiveOn, 'dawn');
  return deadlineOf(effectiveOn, policy, await calendarFor(tx, institution));
}

/**
 * The least length of the reasons of a case: a case that is on its way keeps what was asked when it was drafted, so the mildest of
 * that day and today counts; one that is written now is asked today's.
 *
 * @param createdAt when the case was drafted; undefined while it is.
 */
export async function leastReason(
  tx: Pick<Transaction, 'policy'>,
  world: Pick<World, 'now'>,
  { institution, createdAt }: { readonly institution: string; readonly createdAt?: Date | undefined },
): Promise<number> {
  const acts = actsOf(await readPolicies(tx, institution));
  const drafted = createdAt && civilDateInShanghai(createdAt.toISOString());
  const then = drafted ? [policyOn(drafted, acts, 'dawn'), policyOn(drafted, acts)] : [];
  return Math.min(...[...then, policyOn(todayOf(world), acts)].map(({ reasonLength }) => reasonLength));
}
