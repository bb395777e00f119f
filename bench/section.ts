// A section of the bench runs in a process of its own, so that neither memory nor warmed-up code of one counts for another.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Sizes } from './options.ts';
import type { Figure } from './table.ts';

/** What every section gets. */
export interface Setting {
  readonly sizes: Sizes;
  /** A PostgreSQL on which databases may be made; null for the embedded database. */
  readonly server: string | null;
  /** A directory for seals and data, shared by the sections of one run. */
  readonly place: string;
}

/** Every section: its name, and the module and function that measure it. */
export const SECTIONS = {
  seals: async () => (await import('./seals.ts')).benchSeals,
  documents: async () => (await import('./documents.ts')).benchDocuments,
  steps: async () => (await import('./steps.ts')).benchSteps,
  import: async () => (await import('./import.ts')).benchImport,
  'import-memory': async () => (await import('./import-memory.ts')).benchImportMemory,
  stages: async () => (await import('./stages.ts')).benchStages,
  reads: async () => (await import('./reads.ts')).benchReads,
  compliance: async () => (await import('./compliance.ts')).benchCompliance,
  responsibility: async () => (await import('./responsibility.ts')).benchResponsibility,
  archive: async () => (await import('./archive.ts')).benchArchive,
  're-encrypt': async () => (await import('./re-encrypt.ts')).benchReencrypt,
  dataset: async () => (await import('./dataset.ts')).benchDataset,
  anonymity: async () => (await import('./anonymity.ts')).benchAnonymity,
  statistics: async () => (await import('./statistics.ts')).benchStatistics,
} as const satisfies Record<string, () => Promise<(setting: Setting) => Promise<Figure[]>>>;
export type SectionName = keyof typeof SECTIONS;

/** Runs a section of the compiled bench in a child process and gives back its figures. @throws {Error} the section failed; its own message stands above */
export async function runAlone(name: SectionName, setting: Setting, built: string): Promise<Figure[]> {
  const child = fork(join(built, 'bench', 'alone.js'), [name, JSON.stringify(setting)], { execArgv: plainArguments() });
  let figures: Figure[] | undefined;
  child.on('message', (message) => {
    figures = message as Figure[];
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0 || !figures) throw new Error(`the section ${name} ended with ${code}`);
  return figures;
}

/** The options of Node this process was given, without the loader of TypeScript: what was compiled needs none. */
function plainArguments(): string[] {
  const given = process.execArgv;
  const loaders = new Set(['--import', '--require']);
  return given.filter((option, at) => !loaders.has(option) && !loaders.has(given[at - 1] ?? ''));
}
