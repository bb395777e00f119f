// The command `verify` as a judge: a process of its own that is told of no database and of nothing else of its surroundings.
import { basename } from 'node:path';
import { type Judgement, judged } from './judges.ts';
import { ownCommand } from './own-command.ts';

/** Asks the command about sealed documents, bundles and archives. `root`: PEM file, the only thing believed. */
export async function judgeByCommand(files: readonly string[], root: string): Promise<Judgement[]> {
  if (files.length === 0) return [];
  const ask = async (file: string, asked: readonly string[]): Promise<Judgement> => {
    const args = [...ownCommand('verify'), '--root', root, ...asked];
    const made = await judged(basename(file), process.execPath, args, ({ code }) => code === 0, {});
    return { ...made, judge: 'verify' };
  };
  const [first = ''] = files;
  const together = await ask(first, files);
  if (together.outcome === 'passed') return files.map((file) => ({ ...together, file: basename(file) }));
  // Which of them it was.
  return Promise.all(files.map((file) => ask(file, [file])));
}
