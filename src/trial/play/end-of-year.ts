// The end of the year, when everything is filed: an analysis dataset from its request to its destruction, the archives, and the auditor (articles 12, 18, 19, 22).
import { addDays, civilDateInShanghai } from '../../regulation/deadlines.ts';
import type { SyntheticYear } from '../year/make-year.ts';
import { playArchive } from './archive.ts';
import type { PlayedGroup } from './collect-group.ts';
import { playDataset } from './dataset.ts';
import { recordsOf } from './records.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { playResponsibility } from './responsibility.ts';
import { officersOf, type Story } from './story.ts';

/** Files that the end of the year brought home. */
export interface PlayedEnd {
  /** Proofs as a verifier reads them, such as the certificate of a destruction. */
  readonly proofs: readonly string[];
  /** Original-record archives. */
  readonly archives: readonly string[];
}

/** Plays it on the days after the last act of the year; `groups`: the filed batches; nothing is brought home when `out` is null. */
export async function playEnd(
  story: Story,
  synthetic: SyntheticYear,
  {
    year,
    groups,
    out,
  }: { readonly year: number; readonly groups: readonly PlayedGroup[]; readonly out: string | null },
): Promise<PlayedEnd> {
  const proofs = await playDataset(story, { year, day: addDays(await today(story), 1) }, out);
  const archives = await playArchives(story, year, groups, out);
  await playResponsibility(story, synthetic);
  return { proofs, archives };
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
