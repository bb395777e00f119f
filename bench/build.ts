// The bench and the server as plain JavaScript, because that is how a server runs: compiled once per run, in a directory that is thrown away.
import { spawnSync } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What the code looks for beside itself. */
const BESIDE = ['node_modules', 'prisma', 'scripts', 'package.json'];

/** Compiles into a new directory `built` of `place`, laid out as the sources are. Gives its path. @throws {Error} the sources do not compile */
export async function build(place: string): Promise<string> {
  const built = join(place, 'built');
  await mkdir(built);
  for (const name of BESIDE) await symlink(join(ROOT, name), join(built, name));
  const tsc = join(createRequire(import.meta.url).resolve('typescript/package.json'), '..', 'bin', 'tsc');
  const options = ['-p', join(ROOT, 'tsconfig.bench.json'), '--outDir', built];
  const { status } = spawnSync(process.execPath, [tsc, ...options], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the bench does not compile');
  return built;
}
