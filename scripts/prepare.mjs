// Run before every npm script: installs what is missing, generates the Prisma client and bundles the verifier of the archives. Needs nothing but Node and npm,
// and costs a few milliseconds when there is nothing to do. Several calls at once wait for one another.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const GENERATED = join(ROOT, 'src', 'generated');
const STAMP = join(GENERATED, 'stamp');
const LOCK = join(GENERATED, 'lock');
const VERIFIER = join(GENERATED, 'archive-verifier.ts');
const VERIFIER_STAMP = join(GENERATED, 'archive-verifier.stamp');

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19) || major === 21 || (major === 22 && minor < 12)) {
  fail(
    `需要 Node 20.19 以上、22.12 以上或更新版本；当前为 ${process.version}。`,
    `Node ^20.19 or >=22.12 is needed; this is ${process.version}.`,
  );
}

if (!installed() || !generated() || !bundled()) {
  const release = lock();
  try {
    if (!installed()) install();
    if (!generated()) generate();
    if (!bundled()) await bundle();
  } finally {
    release();
  }
}

/** Whether node_modules holds what package-lock.json asks for. npm writes its own account of it last of all. */
function installed() {
  const wanted = packages(join(ROOT, 'package-lock.json'));
  const present = packages(join(ROOT, 'node_modules', '.package-lock.json'));
  const withoutDev = (process.env.npm_config_omit ?? '').includes('dev') || process.env.NODE_ENV === 'production';
  return Object.entries(wanted).every(([path, { version, optional, devOptional, dev }]) => {
    if (path === '' || present[path]?.version === version) return true;
    return present[path] === undefined && (optional || devOptional || (dev && withoutDev));
  });
}

function packages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};
}

/** Through the npm that called us when there is one: its path needs no shell, on Windows either. */
function install() {
  process.stderr.write('正在安装依赖… / Installing packages…\n');
  const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath ?? '';
  const env = { ...process.env, npm_config_update_notifier: 'false' };
  const options = { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] };
  const { status } = /^npm/.test(basename(npm))
    ? spawnSync(process.execPath, [npm, ...flags], options)
    : spawnSync(`npm ${flags.join(' ')}`, { ...options, shell: true });
  if (status !== 0) fail('依赖安装失败，原因见上。', 'Installing the packages failed; the reason is above.');
}

/** Everything that what is generated depends on. */
function inputs() {
  const hash = createHash('sha256');
  for (const file of ['prisma/schema.prisma', 'package-lock.json']) hash.update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

function generated() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === inputs();
}

/**
 * `prisma generate` looks for the schema engine, a program downloaded from the internet, but never runs it: any program
 * that exists will do, and Node itself always exists.
 */
function generate() {
  rmSync(STAMP, { force: true });
  const stamp = inputs();
  const path = `${join(ROOT, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? process.env.Path ?? ''}`;
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => name.toLowerCase() !== 'path')),
    PATH: path,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  };
  const prisma = join(ROOT, 'node_modules', 'prisma', 'build', 'index.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [prisma, 'generate', '--no-hints'], {
    cwd: ROOT,
    env,
  });
  if (status !== 0) {
    process.stderr.write(stdout ?? '');
    process.stderr.write(stderr ?? '');
    fail('生成 Prisma 客户端失败，原因见上。', 'Generating the Prisma client failed; the reason is above.');
  }
  writeFileSync(STAMP, stamp);
}

/** Everything that the verifier of the archives is made of. */
function verifierInputs() {
  const hash = createHash('sha256');
  const folder = join(ROOT, 'src', 'sealing', 'verify');
  const commands = ['verifier-entry', 'verify-folder', 'archive-opener', 'trust-files', 'verdict-words'];
  const files = [
    ...readdirSync(folder)
      .sort()
      .map((name) => join(folder, name)),
    ...commands.map((name) => join(ROOT, 'src', 'commands', `${name}.ts`)),
    join(ROOT, 'package-lock.json'),
  ];
  for (const file of files) hash.update(file.slice(ROOT.length)).update(readFileSync(file));
  return hash.digest('hex');
}

function bundled() {
  return (
    existsSync(VERIFIER) && existsSync(VERIFIER_STAMP) && readFileSync(VERIFIER_STAMP, 'utf8') === verifierInputs()
  );
}

/**
 * The verifier as one file of plain JavaScript, readable, as a text in a module of its own: so it is there when the sources are run and,
 * compiled with them, when the build is.
 */
async function bundle() {
  rmSync(VERIFIER_STAMP, { force: true });
  const stamp = verifierInputs();
  const { build } = await import(pathToFileURL(join(ROOT, 'node_modules', 'esbuild', 'lib', 'main.js')).href);
  const { outputFiles, metafile } = await build({
    entryPoints: [join(ROOT, 'src', 'commands', 'verifier-entry.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    charset: 'utf8',
    absWorkingDir: ROOT,
    logLevel: 'error',
    metafile: true,
  });
  const text = `${licences(Object.keys(metafile.inputs))}${outputFiles[0].text}`;
  const draft = `${VERIFIER}.${process.pid}`;
  const head = '// The verifier that lies in every archive; made by scripts/prepare.mjs.\n/** Plain JavaScript. */\n';
  writeFileSync(draft, `${head}export const VERIFIER = ${JSON.stringify(text)};\n`);
  renameSync(draft, VERIFIER);
  writeFileSync(VERIFIER_STAMP, stamp);
}

/** The licence texts of the packages among the files of a bundle, as comments: they ask to go along with every copy. */
function licences(files) {
  const names = new Set(files.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []));
  const texts = [...names].sort().map((name) => {
    const folder = join(ROOT, 'node_modules', name);
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const text = readFileSync(join(folder, 'LICENSE'), 'utf8').trim();
    return [`${name} ${version}`, '', ...text.split(/\r?\n/)].map((line) => `// ${line}`.trimEnd()).join('\n');
  });
  return texts.length === 0 ? '' : `// This file holds parts of:\n//\n${texts.join('\n//\n')}\n\n`;
}

/** A directory that only one process can make; one left by a process that has died is put aside. */
function lock() {
  mkdirSync(GENERATED, { recursive: true });
  for (;;) {
    try {
      mkdirSync(LOCK);
      writeFileSync(join(LOCK, 'pid'), String(process.pid));
      process.once('exit', release);
      return release;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (abandoned()) putAside();
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
}

function release() {
  rmSync(LOCK, { recursive: true, force: true });
  process.removeListener('exit', release);
}

function abandoned() {
  try {
    const pid = Number(readFileSync(join(LOCK, 'pid'), 'utf8'));
    if (pid > 0) return !alive(pid);
    return Date.now() - statSync(LOCK).mtimeMs > 5_000;
  } catch {
    const made = statSync(LOCK, { throwIfNoEntry: false });
    return made !== undefined && Date.now() - made.mtimeMs > 5_000;
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function putAside() {
  const aside = `${LOCK}-${process.pid}`;
  try {
    renameSync(LOCK, aside);
    rmSync(aside, { recursive: true, force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function fail(zh, en) {
  process.stderr.write(`${zh}\n${en}\n`);
  process.exit(1);
}
