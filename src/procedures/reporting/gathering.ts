// What the degree office has of a resolution (R5.1): its roster beside the records, by the same comparison that a report upward makes.
import { type GatheredRecord, type Gathering, gather } from '../../regulation/reporting/gathering.ts';
import type { RosterRow } from '../../regulation/resolution/roster.ts';
import type { Category } from '../../regulation/vocabulary.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { recordsBesideRoster, recordsInSupplementary } from '../../store/reporting/gathering.ts';
import { readRoster } from '../../store/resolutions/roster-reads.ts';
import type { Actor } from '../call.ts';

type Reads = Pick<Transaction, 'degreeRecord' | 'applicationRecord' | '$queryRaw'>;

/** The roster of a resolution, without struck places, beside its records. */
export async function gatherResolution(tx: Reads, institution: string, resolutionId: string): Promise<Gathering> {
  const roster = (await readRoster(tx, institution, resolutionId)) as unknown as RosterRow[];
  const waiting = await recordsInSupplementary(tx, institution, resolutionId);
  const records = (await recordsBesideRoster(tx, institution, resolutionId)).map(
    (record) => ({ ...record, supplementary: waiting.has(record.id) }) as unknown as GatheredRecord,
  );
  return gather(roster, records);
}

/** What an officer sees of a gathering: a category office its categories, the provincial office nothing (R4.2: it has not been reported). */
export function visibleGathering(actor: Actor, gathering: Gathering): Gathering {
  if (actor.institution === null) return { categories: [], missing: [], disagreements: [] };
  if (actor.officeKind === 'degree-office' || actor.duties.includes('audit')) return gathering;
  const own = ({ category }: { readonly category: Category }) => actor.categories.includes(category);
  return {
    categories: gathering.categories.filter(own),
    missing: gathering.missing.filter(own),
    disagreements: gathering.disagreements.filter(own),
  };
}
