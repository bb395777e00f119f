// What was unusual in a period (R23.1): counted by the database, judged by the policy of each day, told to who watches over it.
import { addDays, type CivilDate } from '../../regulation/deadlines/deadlines.ts';
import {
  UNUSUAL_ACTS,
  type UnusualCode,
  type UnusualFinding,
  USUAL,
} from '../../regulation/responsibility/unusual-acts.ts';
import { looseTimes, usualDays } from '../../regulation/responsibility/unusual-days.ts';
import { keysOf } from '../../regulation/vocabulary.ts';
import { POLICY_ACT } from '../../store/offices/policies.ts';
import type { Counted, Watched } from '../../store/responsibility/unusual-acts.ts';
import * as acts from '../../store/responsibility/unusual-acts.ts';
import * as ways from '../../store/responsibility/unusual-ways.ts';
import type { Actor, World } from '../call.ts';
import { actsOf, calendarFor } from '../situation.ts';
import { watches } from './watching.ts';

/** The period, both ends included, and what is asked for in it. */
export interface UnusualQuestion {
  readonly institution: string;
  readonly from: CivilDate;
  readonly until: CivilDate;
  readonly officerId?: string | null | undefined;
  readonly codes?: readonly UnusualCode[] | null | undefined;
}

/** A finding with the name of the officer. */
export interface NamedFinding extends UnusualFinding {
  readonly institution: string;
  readonly officerName: string | null;
}

type Db = World['db']['prisma'];
type Told = Pick<UnusualFinding, 'found' | 'expected'>;

/** How each kind is counted, and how its numbers are said. Two kinds judge more than counts and are told below. */
const KINDS: Readonly<
  Record<
    Exclude<UnusualCode, 'policy-loosened'>,
    {
      readonly count: (db: Db, watched: Watched) => Promise<Counted[]>;
      readonly tell: (row: Counted) => Told;
      readonly subject?: 'Batch' | 'Resolution';
    }
  >
> = {
  'reveals-in-an-hour': {
    count: acts.revealsInAnHour,
    tell: ({ count, usual }) => ({ found: `${count} / h`, expected: `≤ ${usual} / h` }),
  },
  'reveals-above-usual': {
    count: acts.revealsAboveUsual,
    tell: ({ count, usual }) => ({ found: String(count), expected: `≤ ${usual}` }),
  },
  'looks-faster-than-reading': {
    count: acts.fastLooks,
    tell: ({ count, of = 0, usual }) => ({
      found: `${count} × < ${usual} s (${of / 1000} s)`,
      expected: `≥ ${usual} s`,
    }),
    subject: 'Batch',
  },
  'checked-after-import': {
    count: acts.checkedAfterImport,
    tell: ({ count, of = 0 }) => ({ found: `${count}: ${of / 1000} s`, expected: `≥ ${USUAL.secondsToCheck} s` }),
    subject: 'Batch',
  },
  'outside-hours': {
    count: (db, watched) => acts.stepsAtOddTimes(db, watched, 'outside-hours'),
    tell: ({ count }) => ({ found: String(count), expected: '0' }),
  },
  'on-day-off': {
    count: (db, watched) => acts.stepsAtOddTimes(db, watched, 'on-day-off'),
    tell: ({ count }) => ({ found: String(count), expected: '0' }),
  },
  'many-exports': {
    count: acts.manyExports,
    tell: ({ count, of }) => ({ found: `${count} (${of})`, expected: `≤ ${USUAL.exportsPerDay}` }),
  },
  'many-failed-sign-ins': {
    count: ways.failedSignIns,
    tell: ({ count }) => ({ found: String(count), expected: `≤ ${USUAL.failuresPerDay}` }),
  },
  'sign-in-after-lock': {
    count: ways.signInsAfterLock,
    tell: ({ of }) => ({ found: `${of} min`, expected: `> ${USUAL.minutesAfterLock} min` }),
  },
  'many-unknown-names': {
    count: ways.unknownNames,
    tell: ({ count, of }) => ({ found: `${count} (${of})`, expected: `≤ ${USUAL.unknownNamesPerDay}` }),
  },
  'always-same-checker': {
    count: ways.sameCheckers,
    tell: ({ count }) => ({ found: `${count} / ${count}`, expected: `< ${count} / ${count}` }),
  },
  'appointed-briefly': {
    count: ways.brieflyAppointed,
    tell: ({ count, of }) => ({ found: `${of} d (${count})`, expected: `> ${USUAL.appointedDays} d` }),
  },
  'returned-often': {
    count: ways.returnedOften,
    tell: ({ count, of, usual }) => ({ found: `${count} / ${of}`, expected: `≤ ${usual} / ${of}` }),
  },
  'roster-corrected': {
    count: ways.rosterCorrections,
    tell: ({ count }) => ({ found: String(count), expected: `≤ ${USUAL.rosterCorrections}` }),
    subject: 'Resolution',
  },
  'withdrawn-again': {
    count: ways.withdrawnAgain,
    tell: ({ count, of }) => ({ found: `${of} × (${count})`, expected: `≤ ${USUAL.withdrawals} ×` }),
  },
};

/** Noon, midnight: the instant at which a civil day begins in Asia/Shanghai. */
const beginningOf = (day: CivilDate): Date => new Date(`${day}T00:00:00+08:00`);

/**
 * The unusual acts of a period, the newest first; at most {@link acts.MOST_OF_A_KIND} of a kind. Nobody is told of themselves, and
 * nothing is told to who does not watch over the institution: an auditor, the head of the degree office; of the provincial office its own.
 */
export async function unusualActs(
  world: Pick<World, 'db'>,
  actor: Actor,
  question: UnusualQuestion,
): Promise<NamedFinding[]> {
  const { institution, from, until } = question;
  const db = world.db.prisma;
  const names = await watchedOfficers(db, actor, question);
  if (names === null) return [];
  const policies = await db.policy.findMany({
    where: { institution },
    orderBy: { sequence: 'asc' },
    select: { ...POLICY_ACT, officerId: true },
  });
  const set = actsOf(policies);
  const watched: Watched = {
    institution,
    officers: [...names.keys()],
    from: beginningOf(from),
    until: beginningOf(addDays(until, 1)),
    days: usualDays(from, until, set, await calendarFor(db, institution)),
  };
  const findings: UnusualFinding[] = [];
  for (const code of question.codes ?? keysOf(UNUSUAL_ACTS)) {
    // Of a name that nobody has there is nobody to be asked about, and no office to which it belongs.
    if (code === 'many-unknown-names' && (question.officerId || !actor.duties.includes('audit'))) continue;
    if (code !== 'policy-loosened') findings.push(...(await ofKind(db, code, watched)));
    else findings.push(...(await loosened(db, watched, looseTimes(from, until, set))));
  }
  return findings
    .filter(({ officerId }) => officerId === null || names.has(officerId))
    .sort((one, other) => (one.first === other.first ? 0 : one.first < other.first ? 1 : -1))
    .map((finding) => ({
      ...finding,
      institution,
      officerName: finding.officerId === null ? null : (names.get(finding.officerId) ?? null),
    }));
}

/** The officers of whom the asker may be told, by id with their names; null when there is nothing that is theirs to ask. */
async function watchedOfficers(
  db: Db,
  actor: Actor,
  { institution, officerId }: UnusualQuestion,
): Promise<Map<string, string> | null> {
  if (!watches(actor)) return null;
  if (actor.institution !== null && actor.institution !== institution) return null;
  if (actor.institution === null) {
    const of = { code: institution, provincialOfficeId: actor.officeId };
    if ((await db.institution.count({ where: of })) === 0) return null;
  }
  const office = actor.institution === null ? { id: actor.officeId } : { institutionCode: institution };
  const rows = await db.officer.findMany({
    where: { office, id: { not: actor.officerId, ...(officerId ? { equals: officerId } : {}) } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function ofKind(
  db: Db,
  code: Exclude<UnusualCode, 'policy-loosened'>,
  watched: Watched,
): Promise<UnusualFinding[]> {
  const { count, tell, subject } = KINDS[code];
  return (await count(db, watched)).map((row) => ({
    ...{ code, officerId: row.officerId, ...tell(row) },
    ...{ first: row.first.toISOString(), last: row.last.toISOString() },
    subject: subject && row.subjectId ? { type: subject, id: row.subjectId } : null,
  }));
}

/** Loose times in which something was done that the setting governs. */
async function loosened(
  db: Db,
  { institution }: Watched,
  times: readonly ReturnType<typeof looseTimes>[number][],
): Promise<UnusualFinding[]> {
  const findings: UnusualFinding[] = [];
  for (const { setting, from, until, step, officerId, before, meanwhile } of times) {
    const done = await ways.stepsWithin(db, institution, step, beginningOf(from), beginningOf(until));
    if (!done) continue;
    const found = `${setting} ${meanwhile}, ${from} … ${addDays(until, -1)}: ${done.count} × ${step}`;
    const [first, last] = [done.first.toISOString(), done.last.toISOString()];
    findings.push({
      ...{ code: 'policy-loosened', officerId, first, last, found, expected: `${setting} ${before}` },
      subject: null,
    });
  }
  return findings;
}
