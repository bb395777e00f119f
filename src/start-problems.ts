// What keeps a start from going on, gathered: who has to mend three things is told of three, not of the first one only.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SealKeyProblem } from './sealing/problem.ts';
import { openPkcs12Signer } from './sealing/signer-pkcs12.ts';

/** A start that cannot go on, with the sentence for the person who started it. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}

/** What a problem says, in both languages; undefined for a mistake of ours, which has no sentence. */
function sentenceOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { zh, en } = error as { zh?: unknown; en?: unknown };
  if (typeof zh === 'string' && typeof en === 'string') return `${zh} ${en}`;
  return error.name.endsWith('Problem') ? error.message : undefined;
}

/** Does the work; a problem that has its sentence is kept for {@link refuseFor}, anything else is thrown on. */
export async function gather<T>(problems: Error[], work: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (sentenceOf(error) === undefined) throw error;
    problems.push(error as Error);
    return undefined;
  }
}

/** Throws what was gathered: the only problem as it is, several as one that says them all. */
export function refuseFor(problems: readonly Error[]): void {
  const [first, second] = problems;
  if (!first) return;
  if (!second) throw first;
  const said = problems.map((problem) => `- ${sentenceOf(problem)}`).join('\n');
  throw new StartProblem(
    `启动前须先解决以下 ${problems.length} 个问题。These ${problems.length} problems must be mended before it can start:\n${said}`,
  );
}

/**
 * Looks at the seal files before any database is asked whose they are. `certain`: files that others can read, whoever's they are.
 * `suspected`: all else, since a file that belongs to no office keeps nothing from starting.
 */
export async function lookAtSeals(
  directory: string,
  passphrase: string,
): Promise<{ certain: Error[]; suspected: Error[] }> {
  const names = await readdir(directory).catch(() => []);
  const found: Error[] = [];
  for (const name of names.filter((each) => each.endsWith('.p12')).sort()) {
    const id = name.slice(0, -'.p12'.length);
    await gather(found, () => openPkcs12Signer({ id, path: join(directory, name), passphrase }));
  }
  const certain = found.filter((problem) => problem instanceof SealKeyProblem && problem.fault === 'permissions');
  return { certain, suspected: found.filter((problem) => !certain.includes(problem)) };
}
