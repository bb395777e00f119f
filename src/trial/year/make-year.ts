// The synthetic year as a whole: every sitting with its roster and what the offices deliver for it. The same year everywhere.
import type { RosterRow } from '../../regulation/resolution/roster.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import { type Delivery, makeDelivery, type Planting } from './deliveries.ts';
import { type Counters, rosterRowOf } from './graduates.ts';
import { type Sitting, sittingsOf } from './plan.ts';
import { makeRandom } from './random.ts';

/** One sitting with everything around it. */
export interface SittingYear {
  readonly sitting: Sitting;
  readonly roster: readonly RosterRow[];
  readonly deliveries: readonly Delivery[];
}

/** The year. */
export interface SyntheticYear {
  readonly year: number;
  readonly sittings: readonly SittingYear[];
}

/** People whom both files of a group forget, in groups that are reported in time. */
const FORGETFUL: ReadonlySet<Category> = new Set<Category>(['adult-education-bachelor', 'regular-bachelor']);

/** Makes a year. `scale` 1 is a university of nearly ten thousand graduates; `mistakes` plants every kind of mistake (three of each at full size). */
export function makeYear(options: {
  readonly year: number;
  readonly scale?: number;
  readonly mistakes?: boolean;
}): SyntheticYear {
  const { year, scale = 1, mistakes = true } = options;
  const random = makeRandom(year);
  const counters: Counters = { person: 1, bachelor: 0, master: 0, identities: new Set() };
  const each = scale >= 0.25 ? 3 : 1;
  const sittings = sittingsOf(year, scale).map((sitting): SittingYear => {
    const deliveries = sitting.groups.map((group) => {
      const forgotten = FORGETFUL.has(group.category) && sitting.key !== 'september' ? each : 0;
      const planting: Planting | null = mistakes ? { each, forgotten } : null;
      return makeDelivery(random, sitting, group, counters, planting);
    });
    const people = deliveries.flatMap(({ onRoster }) => onRoster);
    return { sitting, deliveries, roster: people.map(({ record }, at) => rosterRowOf(record, at + 1)) };
  });
  return { year, sittings };
}
