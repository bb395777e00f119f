// The board of deadlines (R11.4): every open clock on today's day, the next to be over first.
import { type Clock, type ClockState, dueOf } from '../../regulation/deadlines/deadline-board.ts';
import type { CivilDate, DayKind } from '../../regulation/deadlines/deadlines.ts';
import type { Policy } from '../../regulation/policy.ts';
import { clockOn, type ReportingClock } from '../../regulation/reporting/reporting.ts';
import { applicationScope } from '../applications/application-access.ts';
import type { Actor, World } from '../call.ts';
import { batchScope } from '../read-access.ts';
import { resolutionScope, revocationResolutionScope } from '../resolutions/resolution-access.ts';
import { calendarFor, policyReader, todayOf } from '../situation.ts';
import { type ClockReads, type ClockScope, readClocks } from './open-clocks.ts';

/** A clock on a day. `id` is what pages are cut by. */
export interface BoardItem extends Clock, ReportingClock {
  readonly id: string;
  readonly state: ClockState;
}

/** What an officer asks for of the board. */
export interface BoardFilter {
  readonly institution?: string | null | undefined;
  readonly kinds?: readonly string[] | null | undefined;
  readonly states?: readonly string[] | null | undefined;
  readonly officeId?: string | null | undefined;
}

/** The clocks that an officer sees: of what they see; the province only what waits for it or was sent to it. */
export function clockScope(actor: Actor): ClockScope {
  const applications = applicationScope(actor);
  if (actor.institution === null || actor.officeKind === 'provincial-office') {
    return { resolutions: null, batches: null, applications, revocations: null, categories: null };
  }
  const whole = actor.officeKind === 'degree-office' || actor.duties.includes('audit');
  return {
    ...{ resolutions: resolutionScope(actor), batches: batchScope(actor), applications },
    // A revocation resolution names its people's category only in the report.
    revocations: revocationResolutionScope(actor),
    categories: whole ? null : actor.categories,
  };
}

/** The clocks of a scope on today's day: the first to be over first. */
export async function readBoard(
  world: Pick<World, 'now'>,
  db: ClockReads,
  scope: ClockScope,
  filter: BoardFilter = {},
): Promise<BoardItem[]> {
  const today = todayOf(world);
  const clocks = (await readClocks(db, scope, today)).filter((clock) => chosen(clock, filter));
  const situations = new Map<string, Situation>();
  for (const institution of new Set(clocks.map((clock) => clock.institution))) {
    const calendar = await calendarFor(db, institution);
    situations.set(institution, { calendar, policy: (await policyReader(db, institution))(today) });
  }
  const items = clocks.map((clock) => boardItem(clock, today, situations.get(clock.institution) as Situation));
  const { states } = filter;
  return items
    .filter(({ state }) => !states || states.includes(state))
    .sort((one, other) =>
      one.rolled === other.rolled ? compare(one.id, other.id) : compare(one.rolled, other.rolled),
    );
}

interface Situation {
  readonly calendar: ReadonlyMap<CivilDate, DayKind>;
  readonly policy: Policy;
}

function chosen(clock: Clock, { institution, kinds, officeId }: BoardFilter): boolean {
  return (
    (!institution || clock.institution === institution) &&
    (!kinds || kinds.includes(clock.kind)) &&
    (!officeId || clock.officeId === officeId)
  );
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** A clock where it stands on a day. What is late on the normal way goes on by a supplementary report (R11.6). */
export function boardItem(clock: Clock, today: CivilDate, { calendar, policy }: Situation): BoardItem {
  const on = clockOn(dueOf(clock, calendar), clock.stoppedOn ?? today, policy.warningDays);
  const nextStep = clock.kind === 'report' && on.state === 'late' ? 'draft-application' : clock.nextStep;
  return { ...clock, ...on, nextStep, id: `${clock.kind}/${clock.subjectId}/${clock.category ?? ''}` };
}
