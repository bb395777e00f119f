// How this very program is started anew, as a process of its own.
import { extname, join } from 'node:path';

/** Arguments of node for a command of this program: from its sources through tsx, or built. */
export function ownCommand(name: string): string[] {
  const extension = extname(import.meta.filename);
  const main = join(import.meta.dirname, '..', `main${extension}`);
  return extension === '.ts' ? ['--import', import.meta.resolve('tsx'), main, name] : [main, name];
}
