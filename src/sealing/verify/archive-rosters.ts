// The rosters of an archive: each place as it was sealed, and no person of its categories without a record, unless the index says so.
import type { ArchiveIndex, ArchiveSource } from './archive-format.ts';
import { linesOf } from './archive-read.ts';
import type { RecordsSaid } from './archive-records.ts';
import type { SealedRoster, StepsSaid } from './archive-steps.ts';
import { fromHex, toHex } from './bytes.ts';
import { canonicalBytes, type JsonValue } from './canonical.ts';
import { finding } from './findings.ts';
import { entries, members, text } from './json-read.ts';
import { hashLeaf } from './merkle.ts';
import { rootOfLeaves } from './merkle-range.ts';
import type { Check } from './verdict.ts';

/** A place of a roster: its leaf, and what it says when it is opened. */
interface Place {
  readonly leaf: Uint8Array;
  readonly entry?: { readonly [name: string]: JsonValue };
}

async function placeOf(line: unknown): Promise<Place> {
  const place = members(line, [], ['leaf', 'entry', 'salt']);
  if (place.leaf !== undefined) return { leaf: fromHex(text(place.leaf)) ?? new Uint8Array() };
  const entry = Object.fromEntries(entries(place.entry)) as { [name: string]: JsonValue };
  return { entry, leaf: await hashLeaf(canonicalBytes({ ...entry, salt: text(place.salt) })) };
}

async function placesOf(source: ArchiveSource, path: string): Promise<Place[] | undefined> {
  try {
    return await Promise.all((await linesOf(source, path)).map(placeOf));
  } catch {
    return undefined;
  }
}

/** Whether the places are those that the loading and the corrections sealed, in their order. */
async function sealed(places: readonly Place[], roster: SealedRoster | undefined): Promise<boolean> {
  const size = roster?.size ?? -1;
  if (!roster || places.length < size) return false;
  const root = await rootOfLeaves(places.slice(0, size).map(({ leaf }) => leaf));
  if (!root || toHex(root) !== roster.root) return false;
  if (places.some(({ entry }, at) => entry && entry.sequence !== at + 1)) return false;
  return places.slice(size).every(({ leaf }, at) => {
    const added = roster.added.get(size + at + 1);
    // Corrections from before their place was sealed name none.
    return added === undefined || added === toHex(leaf);
  });
}

/** What a roster says of one category, beside what the archive holds of it. */
export interface CategoryPlaces {
  /** Places of another year of conferral than the archive's. */
  elsewhere: number;
  /** Places that were added after the roster was sealed. */
  added: number;
  /** Places of which the index says that nobody has a record. */
  without: number;
}

/** Counts by the number of the resolution and the category. */
export type RosterCounts = ReadonlyMap<string, ReadonlyMap<string, CategoryPlaces>>;

function countPlaces(
  { of, categories }: ArchiveIndex['archive'],
  places: readonly Place[],
  size: number,
  without: ReadonlySet<number>,
): Map<string, CategoryPlaces> {
  const counts = new Map(categories.map((category) => [category, { elsewhere: 0, added: 0, without: 0 }]));
  for (const [at, { entry }] of places.entries()) {
    const count = counts.get(String(entry?.category));
    if (!count) continue;
    if (!String(entry?.conferralDate).startsWith(`${of}-`)) count.elsewhere += 1;
    if (at >= size) count.added += 1;
    if (without.has(at + 1)) count.without += 1;
  }
  return counts;
}

/** Checks every roster of the index against the steps, and the records against the places. */
export async function checkRosters(
  source: ArchiveSource,
  index: ArchiveIndex,
  steps: StepsSaid,
  records: RecordsSaid,
): Promise<{ checks: Check[]; withoutRecord: number; counts: RosterCounts }> {
  const rosters = finding('rosters', {
    passed: (many) => [`${many} 份名单与签章时一致。`, `${many} rosters are those that were sealed.`],
    failed: ['名单与签章时不一致。', 'A roster is not the one that was sealed.'],
  });
  const people = finding('roster-people', {
    passed: () => [
      '名单上所含类别的每个人都有学位授予信息，或在目录中注明没有；档案中的每个人都在名单上。',
      'Everybody of these categories on the rosters has a record or is named as without one, and everybody here is on a roster.',
    ],
    failed: [
      '名单上有人没有学位授予信息，或有人不在名单上。',
      'Somebody on a roster has no record here, or somebody here is on no roster.',
    ],
  });
  const onRoster = new Set<string>();
  const counts = new Map<string, ReadonlyMap<string, CategoryPlaces>>();
  let withoutRecord = 0;
  for (const { resolution, path, withoutRecord: without } of index.rosters) {
    const places = await placesOf(source, path);
    const roster = steps.rosters.get(resolution);
    if (!rosters.look(places !== undefined && (await sealed(places, roster)), path) || !places) continue;
    withoutRecord += without.length;
    const named = new Set(without);
    counts.set(roster?.number ?? '', countPlaces(index.archive, places, roster?.size ?? 0, named));
    for (const [at, { entry }] of places.entries()) {
      if (!entry) continue;
      const number = String(entry.certificateNumber);
      onRoster.add(number);
      const struck = roster?.struck.has(at + 1) === true;
      const expected = index.archive.categories.includes(String(entry.category)) && !struck;
      if (expected && index.archive.scope !== 'record') {
        people.look(records.numbers.has(number) !== named.has(at + 1), `${path} #${at + 1}`);
      }
    }
  }
  for (const number of records.numbers) people.look(onRoster.has(number), number);
  return { checks: [rosters.toCheck(), people.toCheck()], withoutRecord, counts };
}
