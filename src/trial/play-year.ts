// Plays the synthetic year into a running server through its public API and plain downloads, and accounts for every planted mistake.
import { join } from 'node:path';
import { openApi } from './api.ts';
import { playAfterFiling } from './play/after-filing.ts';
import { certificatePages } from './play/certificate-layouts.ts';
import type { PlayedGroup } from './play/collect-group.ts';
import { type PlayedEnd, playEnd } from './play/end-of-year.ts';
import { type Line, openLedger } from './play/ledger.ts';
import { exportNational, loadMasterEdition } from './play/national-structure.ts';
import { bringHome, bringUnsealed } from './play/papers.ts';
import { setYearPolicy } from './play/policy.ts';
import { playSitting } from './play/sittings.ts';
import { dayOfRegister, INSTITUTION, openStory, type Story } from './play/story.ts';
import type { PlayedApplication } from './play/written-case.ts';
import { makeYear, type SyntheticYear } from './year/make-year.ts';

/** Where to play, how much, and where the papers go. */
export interface PlayOptions {
  /** Address of the server without trailing slash. */
  readonly endpoint: string;
  readonly say: (line: string) => void;
  /** Directory for documents and bundles; null brings none home. */
  readonly out: string | null;
  /** 1 is the whole university. */
  readonly scale?: number;
  /** Whether mistakes are planted. A year without any ends with what comes after filing. */
  readonly mistakes?: boolean;
  /** Hears the id of every sealed step that the server acknowledged. */
  readonly onStep?: (stepId: string) => void;
}

/** How the year went. */
export interface PlayedYear {
  readonly year: number;
  readonly filed: number;
  readonly lines: readonly Line[];
  /** Counts per kind of mistake. */
  readonly planted: Readonly<Record<string, number>>;
  readonly found: Readonly<Record<string, number>>;
  /** Mistakes that got through, and good things that were refused: both must be empty. */
  readonly missed: readonly string[];
  readonly wronglyRefused: readonly string[];
  /** Sealed papers and proofs brought home. */
  readonly files: readonly string[];
  /** Files without a seal: exports and pages to look at. */
  readonly unsealed: readonly string[];
  /** Original-record archives. */
  readonly archives: readonly string[];
}

const BUNDLES = 10;

/** Plays the calendar year after the register's today. @throws StoryBroken when the server refuses what must succeed */
export async function playYear(options: PlayOptions): Promise<PlayedYear> {
  const { endpoint, out, scale = 1, mistakes = true } = options;
  const began = performance.now();
  const say = (line: string) =>
    options.say(`${((performance.now() - began) / 1000).toFixed(1).padStart(7)} s  ${line}`);
  const api = openApi(endpoint, options.onStep);
  const ledger = openLedger();
  const year = Number((await dayOfRegister(api)).slice(0, 4)) + 1;
  const synthetic = makeYear({ year, scale, mistakes });
  const people = synthetic.sittings.reduce((sum, { roster }) => sum + roster.length, 0);
  say(`${year}: ${people} graduates of institution ${INSTITUTION}, ${synthetic.sittings.length} resolutions`);
  const story = await openStory(api, ledger, mistakes, say);
  await setYearPolicy(story, year);
  let filed = 0;
  const applications: PlayedApplication[] = [];
  const groups: PlayedGroup[] = [];
  for (const sitting of synthetic.sittings) {
    const played = await playSitting(story, sitting);
    filed += played.filed;
    applications.push(...played.applications);
    groups.push(...played.groups);
  }
  const examples = examplesOf(synthetic);
  const unsealed = await playStructure(story, { year, out, groups, example: examples[0] ?? '' });
  applications.push(...(await playAfterFiling(story, synthetic)));
  const nothing: PlayedEnd = { proofs: [], archives: [], tables: [] };
  const { proofs, archives, tables } = mistakes
    ? await playEnd(story, synthetic, { year, filed, groups, out })
    : nothing;
  if (filed !== people) ledger.wrong(`${people - filed} of ${people} people were not filed`);
  const files = out === null ? [] : [...(await bringHome(story, out, applications, examples)), ...proofs];
  unsealed.push(...tables);
  if (out !== null) say(`${files.length + unsealed.length + archives.length} files in ${out}`);
  const lines = ledger.lines();
  const count = (of: 'planted' | 'found') => Object.fromEntries(lines.map((line) => [line.id, line[of]]));
  const { missed, wronglyRefused } = ledger;
  return {
    year,
    filed,
    lines,
    planted: count('planted'),
    found: count('found'),
    missed,
    wronglyRefused,
    files,
    unsealed,
    archives,
  };
}

/** Exports, a corrected edition, certificates to look at. Returns the files brought home. */
async function playStructure(
  story: Story,
  of: {
    readonly year: number;
    readonly out: string | null;
    readonly groups: readonly PlayedGroup[];
    readonly example: string;
  },
): Promise<string[]> {
  const at = (place: string) => of.groups.find(({ delivery }) => delivery.place === place);
  const [bachelors, abroad] = [
    at('june-bachelor/regular-bachelor'),
    at('june-bachelor/international-student-bachelor'),
  ];
  await loadMasterEdition(story, of.year);
  const exported = bachelors && abroad ? await exportNational(story, bachelors, abroad) : [];
  const pages = await certificatePages(story, of.example);
  return of.out === null ? [] : bringUnsealed(story, join(of.out, 'unsealed'), [...exported, ...pages]);
}

/** Certificate numbers of a few people of every group. */
function examplesOf({ sittings }: SyntheticYear): string[] {
  const groups = sittings.flatMap(({ deliveries }) => deliveries.map(({ onRoster }) => onRoster));
  const numbers: string[] = [];
  for (let at = 0; numbers.length < BUNDLES && at < 3; at++) {
    for (const people of groups) {
      const number = people[at]?.record.certificateNumber;
      if (number !== undefined && numbers.length < BUNDLES) numbers.push(number);
    }
  }
  return numbers;
}
