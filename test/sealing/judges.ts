// Outside judges of sealing: command-line tools that know nothing of us. A missing one is said in the title of the skipped test.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { it } from 'vitest';

/** Runs a tool for at most 20 seconds. */
export function run(tool: string, args: readonly string[], input?: Uint8Array): SpawnSyncReturns<string> {
  return spawnSync(tool, args, { encoding: 'utf8', timeout: 20_000, ...(input ? { input } : {}) });
}

const found = new Map<string, boolean>();

function has(tool: string): boolean {
  const known = found.get(tool);
  if (known !== undefined) return known;
  const answer =
    run(tool, [tool === 'openssl' ? 'version' : tool === 'pdfsig' ? '-v' : '--version']).error === undefined;
  found.set(tool, answer);
  return answer;
}

/** A test that needs a tool; skipped by name where the tool is not there. */
export function judged(tool: string, title: string, body: () => Promise<void> | void): void {
  if (has(tool)) it(title, body);
  else it.skip(`${title} skipped: ${tool} not found`, body);
}
