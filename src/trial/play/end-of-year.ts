// The end of the year, when everything is filed: statistics, an analysis dataset until its destruction, the archives, and the auditor (articles 12, 17–19, 22).
import { addDays, civilDateInShanghai } from '../../regulation/deadlines/deadlines.ts';
import type { SyntheticYear } from '../year/make-year.ts';
import { playArchive } from './archive.ts';
import type { PlayedGroup } from './collect-group.ts';
import { playDataset } from './dataset.ts';
import { recordsOf } from './records.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { playResponsibility } from './responsibility.ts';
import { playStatistics } from './statistics.ts';
import { officersOf, type Story } from './story.ts';

/** Files that the end of the year brought home. */
export interface PlayedEnd {
  /** Sealed papers and proofs: the notice of the statistics, the certificate of a destruction. */
  readonly proofs: readonly string[];
  /** Original-record archives. */
  readonly archives: readonly string[];
  /** Tables of the statistics, without a seal. */
  readonly tables: readonly string[];
}

interface Scene {
  readonly year: number;
  /** People who were filed. */
  readonly filed: number;
  /** Their batches. */
  readonly groups: readonly PlayedGroup[];
  readonly out: string | null;
}

/** Plays it on the days after the last act of the year; nothing is brought home when `out` is null. */
export async function playEnd(story: Story, synthetic: SyntheticYear, scene: Scene): Promise<PlayedEnd> {
  const { year, filed, groups, out } = scene;
  const statistics = await playStatistics(story, { year, filed }, out);
  const dataset = await playDataset(story, { year, day: addDays(await today(story), 1) }, out);
  const archives = await playArchives(story, year, groups, out);
  await playResponsibility(story, synthetic);
  return { proofs: [...statistics.sealed, ...dataset], archives, tables: statistics.unsealed };
}

async function playArchives(
  story: Story,
  year: number,
  groups: readonly PlayedGroup[],
  out: string | null,
): Promise<string[]> {
  const group = groups.find(({ delivery }) => delivery.place === 'june-bachelor/regular-bachelor');
  if (!group) return [];
  const { collector: officer } = officersOf('regular-bachelor');
  const [record] = (await recordsOf(story, officer, group.batch)).filter(({ state }) => state === 'FILED');
  if (!record) return [];
  const scene = { year, officer, record: record.id, batch: group.batch, day: addDays(await today(story), 1) };
  const archives = await playArchive(story, scene, out);
  story.say(`  the archives of a record, a batch and the year ${year}: appraised, complete, handed over`);
  return archives;
}

async function today(story: Story): Promise<string> {
  const { me } = await story.query(DEGREE_OFFICE, '{ me { now } }');
  return civilDateInShanghai((me as { now: string }).now);
}
