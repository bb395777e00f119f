// 到期提醒 (R11.4): once a day for each institution, the offices in charge are told of what is about to be over, is over today, or is late.
// Nothing is sent from here: a reminder is a row that says everything a message would, for who asks and for a sender beside this server.
import { phaseOn } from '../../regulation/deadlines/deadline-board.ts';
import { inTransaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { addReminders, institutionsToRemind, type Reminder } from '../../store/deadlines/reminders.ts';
import { enqueue } from '../../store/jobs.ts';
import type { World } from '../call.ts';
import type { JobWork } from '../run-jobs.ts';
import { policyFor, todayOf } from '../situation.ts';
import { readBoard } from './deadline-board.ts';
import { clocksOfInstitution } from './open-clocks.ts';

/** The work of the day: one reminder for each open clock that is in a phase of which its office was not told yet. A job of a day that is over leaves it to today's. */
export const remindOfDay: JobWork = async (tx, world, job) => {
  const { institution } = job;
  const today = todayOf(world);
  if (job.key !== null && job.key < today) return { done: 1, failed: 0, position: null };
  const { warningDays } = await policyFor(tx, institution, today);
  const createdAt = world.now();
  const board = await readBoard(world, tx, clocksOfInstitution(institution));
  const reminders = board.flatMap((item): Reminder[] => {
    const { kind, officeId, subjectId, subjectType, category, nominal, rolled, daysLeft, open, nextStep } = item;
    const phase = phaseOn(item, item.stoppedOn ?? today, warningDays);
    if (phase === null) return [];
    return [
      {
        ...{ institution, id: uuidv7(), officeId, kind, phase, subjectId, subjectType, category, nominal, rolled },
        ...{ daysLeft, open, nextStep, day: today, state: 'unread', createdAt, readAt: null, readById: null },
        key: [kind, subjectId, category ?? '', phase, nominal].join('/'),
      },
    ];
  });
  await addReminders(tx, reminders);
  return { done: 1, failed: 0, position: null };
};

/** Puts up the job of the day for every institution; it is there once, whoever asks. Gives back how many were new. */
export async function enqueueReminders(world: World): Promise<number> {
  const now = world.now();
  const key = todayOf(world);
  const job = { kind: 'remind', key, createdById: null, input: {}, total: 1, runAt: now, createdAt: now } as const;
  return inTransaction(world.db, async (tx) => {
    let added = 0;
    for (const { institution, officeId } of await institutionsToRemind(tx)) {
      if (await enqueue(tx, { ...job, institution, officeId })) added += 1;
    }
    return added;
  });
}

/** Puts up the job of each new day of the register's clock while the server runs. @returns stops it */
export function keepReminding(
  world: World,
  tell: (facts: { error: string }) => void,
  everyMs = 10_000,
): () => Promise<void> {
  let last = '';
  let working = Promise.resolve();
  const look = () => {
    const today = todayOf(world);
    if (today === last) return;
    working = working.then(async () => {
      try {
        await enqueueReminders(world);
        last = today;
      } catch (error) {
        // The database is away: the next look tries again.
        tell({ error: error instanceof Error ? error.name : 'Error' });
      }
    });
  };
  look();
  const timer = setInterval(look, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await working;
  };
}
