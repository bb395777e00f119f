// How far an institution fulfils the regulation at this moment, counted of what the officer may see (R4.2); each counter only when asked.
import { type CounterName, LACKS } from '../../regulation/requirements/counters.ts';
import { isKeyOf } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import {
  countOpenRequests,
  countOverdueDatasets,
  countRecords,
  countReveals,
  countUnconfirmed,
  countUnrecorded,
} from '../../store/responsibility/compliance.ts';
import type { Actor, World } from '../call.ts';
import { clockScope, readBoard } from '../deadlines/deadline-board.ts';
import type { ClockReads } from '../deadlines/open-clocks.ts';
import { reachOf, recordScope } from '../read-access.ts';
import { BEFORE_REPORT, lackFilter, lateResolutions } from '../records/lacks.ts';
import { resolutionScope } from '../resolutions/resolution-access.ts';
import { todayOf } from '../situation.ts';
import { type Measured, measureUnsealed, type UnsealedReads } from './unsealed.ts';

/** What is read of the register for the counters. */
export type ComplianceReads = ClockReads &
  UnsealedReads &
  Pick<Transaction, '$queryRaw' | 'degreeRecord' | 'correctionRequest' | 'declassification'>;

/** The counters of one institution for one officer. Asked twice, each counts once. */
export interface Compliance {
  readonly institution: string;
  count(counter: CounterName): Promise<number>;
  unsealed(): Promise<Measured>;
}

const DAYS_OF_REVEALS = 30;
const DAY_MS = 86_400_000;

/** Prepares the counters; nothing is read before one is asked for. The institution is one that the officer sees. */
export function complianceOf(
  db: ComplianceReads,
  world: Pick<World, 'now' | 'blindIndex'>,
  actor: Actor,
  institution: string,
): Compliance {
  let measured: Promise<Measured> | undefined;
  const counts = new Map<CounterName, Promise<number>>();
  const unsealed = () => {
    measured ??= measureUnsealed(db, world, actor, institution);
    return measured;
  };
  const ask = async (counter: CounterName): Promise<number> => {
    if (counter !== 'unsealed') return countOne(db, world, actor, institution, counter);
    return [...(await unsealed()).counts.values()].reduce((sum, count) => sum + count, 0);
  };
  return {
    institution,
    unsealed,
    count(counter) {
      const asked = counts.get(counter) ?? ask(counter);
      counts.set(counter, asked);
      return asked;
    },
  };
}

async function countOne(
  db: ComplianceReads,
  world: Pick<World, 'now'>,
  actor: Actor,
  institution: string,
  counter: Exclude<CounterName, 'unsealed'>,
): Promise<number> {
  const reach = reachOf(actor);
  const own = { institution, categories: reach.kind === 'categories' ? reach.categories : null };
  const resolutions = { AND: [resolutionScope(actor), { institution }] };
  if (isKeyOf(LACKS, counter)) {
    const lacking = await lackFilter(db, world, counter, resolutions);
    return countRecords(db, { AND: [recordScope(actor), { institution }, lacking] });
  }
  // Before its report, and what is asked or shown inside, is none of the province's business (R4.2, R21.1).
  if (reach.kind === 'province' && counter !== 'late-revocations') return 0;
  switch (counter) {
    case 'unconfirmed':
      return countUnconfirmed(db, own, BEFORE_REPORT);
    case 'unrecorded': {
      const late = await lateResolutions(db, world, resolutions);
      return countUnrecorded(db, own, late.get(institution) ?? []);
    }
    case 'open-requests':
      return countOpenRequests(db, own);
    case 'late-revocations': {
      const filter = { institution, kinds: ['revocation-report'], states: ['late'] };
      return (await readBoard(world, db, clockScope(actor), filter)).length;
    }
    case 'overdue-datasets':
      // Only the degree office and the auditors know of datasets.
      return reach.kind === 'institution' ? countOverdueDatasets(db, institution, todayOf(world)) : 0;
    case 'reveals': {
      const since = new Date(world.now().getTime() - DAYS_OF_REVEALS * DAY_MS);
      return countReveals(db, institution, since, reach.kind === 'institution' ? null : actor.officeId);
    }
  }
}
