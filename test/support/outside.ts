// What judges us from outside: programs that know nothing of us. Whether one is here is found out once, and a test that lacks its judge
// says so in its title, by words that the whole check looks for.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { it } from 'vitest';

/** PDFBox Preflight and what it needs, as Debian has them (libpdfbox2-java, libactivation-java, libjaxb-api-java). */
export const PREFLIGHT = [
  ...['preflight', 'pdfbox2', 'fontbox2', 'xmpbox', 'commons-logging', 'javax.activation', 'jaxb-api'],
].map((name) => `/usr/share/java/${name}.jar`);

/** How a program tells its version, where it is not `--version`. */
const VERSION: Readonly<Record<string, string>> = { openssl: 'version', pdfsig: '-v', unzip: '-v' };

/** Judges that are no programs of their own. */
const PARTS: Readonly<Record<string, () => boolean>> = {
  'PDFBox Preflight': () => has('java') && PREFLIGHT.every((jar) => existsSync(jar)),
  // LibreOffice opens DBF with a part that some distributions package apart.
  'libreoffice-base-drivers': () =>
    has('soffice') &&
    ['/usr/lib/libreoffice', '/opt/libreoffice'].some((at) => existsSync(`${at}/program/libdbaselo.so`)),
  'python3-pandas': () => pythonWith('pandas') !== undefined,
  'python3-openpyxl': () => pythonWith('pandas', 'openpyxl') !== undefined,
  'python3-scipy': () => pythonWith('scipy.optimize') !== undefined,
};

const known = new Map<string, boolean>();
const interpreters = new Map<string, string | undefined>();

/** Whether a judge is here: a program, or one of the named parts. */
export function has(judge: string): boolean {
  let here = known.get(judge);
  if (here === undefined) {
    here = PARTS[judge]?.() ?? spawnSync(judge, [VERSION[judge] ?? '--version']).error === undefined;
    known.set(judge, here);
  }
  return here;
}

/** The Python that has these modules: that of the system has its packages, whatever other one stands before it on the path. */
export function pythonWith(...modules: string[]): string | undefined {
  const wanted = modules.join(', ');
  if (!interpreters.has(wanted)) {
    const having = (python: string) => spawnSync(python, ['-c', `import ${wanted}`]).status === 0;
    interpreters.set(wanted, ['/usr/bin/python3', 'python3'].find(having));
  }
  return interpreters.get(wanted);
}

/** The title of a test that needs a judge; the test itself is `skipIf(!has(judge))`. */
export function needing(judge: string, title: string): string {
  return has(judge) ? title : `${title} (skipped: ${judge} not found)`;
}

/** A test that needs a judge. */
export function judged(judge: string, title: string, body: () => Promise<void> | void): void {
  it.skipIf(!has(judge))(needing(judge, title), body);
}

/** Runs a program for at most two minutes: it ends what hangs, a busy machine needs longer than a quiet one. */
export function run(tool: string, args: readonly string[], input?: Uint8Array): SpawnSyncReturns<string> {
  return spawnSync(tool, args, { encoding: 'utf8', timeout: 120_000, ...(input ? { input } : {}) });
}

/** LibreOffice's CSV of a file, every cell in quotes as it is shown, in the folder beside it. */
export function toCsv(folder: string, path: string, ...options: readonly string[]): SpawnSyncReturns<string> {
  const filter = 'csv:Text - txt - csv (StarCalc):44,34,76';
  // A user of its own: two at once would wait for one another.
  return spawnSync('soffice', ['--headless', ...options, '--convert-to', filter, '--outdir', folder, path], {
    ...{ encoding: 'utf8', env: { ...process.env, HOME: folder } },
  });
}
