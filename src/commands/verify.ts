// `verify <file>… [--root cert.pem] [--crl crl.pem] [--status status-list.json] [--passphrase-file file] [--json]`: believes nothing without proof, trusts only the root given to it.
import { open, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { verifyBundle } from '../sealing/verify/bundle.ts';
import { parseBundle } from '../sealing/verify/parse-bundle.ts';
import { verifyPdf } from '../sealing/verify/pdf.ts';
import { verifyStatusList } from '../sealing/verify/status-list.ts';
import { isStatusList } from '../sealing/verify/status-list-format.ts';
import type { Trust, Verdict } from '../sealing/verify/verdict.ts';
import { EXIT, inWords, pemBlocksOf } from './verdict-words.ts';
import { verifyZip } from './verify-zip.ts';

const OWN_ROOT = join('certs', 'root.pem');
/** The scripts of package.json that come here; what other scripts start names files as any program does. */
const SCRIPTS: readonly string[] = ['verify', 'command'];
const USAGE =
  '用法：verify <bundle.json|文件.pdf|status-list.json|档案.zip>… [--root 根证书.pem] [--crl 吊销列表.pem] [--status 状态清单.json] [--passphrase-file 口令文件] [--json]。Usage: verify <bundle.json|file.pdf|status-list.json|archive.zip>… [--root cert.pem] [--crl crl.pem] [--status status-list.json] [--passphrase-file file] [--json]';

/** Exit code 0 valid, 1 not valid or ended, 2 unreadable (a file, the root, the status list or the arguments); of several files the worst. */
export async function verifyFile(args: string[]): Promise<number> {
  const asked = readArguments(args);
  if (!asked || asked.positionals.length === 0) {
    console.error(USAGE);
    return 2;
  }
  const { root, crl, status, json } = asked.values;
  const roots = await pemBlocks(root === undefined ? OWN_ROOT : named(root));
  if (!roots) return cannotRead(root ?? OWN_ROOT);
  const crls = crl === undefined ? [] : await pemBlocks(named(crl));
  if (!crls) return cannotRead(crl ?? '');
  const list = status === undefined ? undefined : await readList(named(status));
  if (status !== undefined && list === undefined) return cannotRead(status);
  const secret = asked.values['passphrase-file'];
  const passphrase = secret === undefined ? undefined : (await read(named(secret)))?.toString('utf8');
  if (secret !== undefined && passphrase === undefined) return cannotRead(secret);
  const against: Against = { trust: { roots, crls }, list, passphrase };
  let worst = 0;
  for (const file of asked.positionals) {
    const verdict = await verdictOn(named(file), against);
    if (verdict) console.log(json ? JSON.stringify({ file, ...verdict }, null, 2) : inWords(file, verdict));
    worst = Math.max(worst, verdict ? EXIT[verdict.verdict] : cannotRead(file));
  }
  return worst;
}

/** What everything is held against: what is believed, a status list where one was given, the passphrase of an archive's encrypted part. */
interface Against {
  readonly trust: Trust;
  readonly list: unknown;
  readonly passphrase: string | undefined;
}

/** The verdict on a file; undefined when it cannot be read. An archive is never read as a whole: it may be larger than the memory. */
async function verdictOn(path: string, { trust, list, passphrase }: Against): Promise<Verdict | undefined> {
  if ((await headOf(path)) === 'PK') return verifyZip(path, trust, passphrase);
  const bytes = await read(path);
  if (!bytes) return undefined;
  if (bytes.subarray(0, 1024).includes('%PDF-')) return verifyPdf(new Uint8Array(bytes), trust);
  const value = parseBundle(bytes.toString('utf8'));
  return isStatusList(value) ? verifyStatusList(value, trust) : verifyBundle(value, trust, list);
}

function readArguments(args: string[]) {
  const options = {
    root: { type: 'string' },
    crl: { type: 'string' },
    status: { type: 'string' },
    'passphrase-file': { type: 'string' },
    json: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch {
    return undefined; // an unknown or unfinished option: the usage says which there are
  }
}

/** The DER blocks of a PEM file (RFC 7468); undefined when it cannot be read or holds none. */
async function pemBlocks(file: string): Promise<Uint8Array[] | undefined> {
  const blocks = pemBlocksOf((await read(file))?.toString('latin1') ?? '');
  return blocks.length > 0 ? blocks : undefined;
}

/** The first two bytes of a file; undefined when it cannot be read. */
async function headOf(path: string): Promise<string | undefined> {
  const file = await open(path).catch(() => undefined);
  try {
    const found = await file?.read(Buffer.alloc(2), 0, 2, 0);
    return found?.buffer.toString('latin1', 0, found.bytesRead);
  } catch {
    return undefined; // a folder
  } finally {
    await file?.close();
  }
}

/** The JSON of a status list; undefined when it cannot be read or is of another kind. */
async function readList(file: string): Promise<unknown> {
  const value = parseBundle((await read(file))?.toString('utf8') ?? '');
  return isStatusList(value) ? value : undefined;
}

async function read(file: string): Promise<Buffer | undefined> {
  return readFile(file).catch(() => undefined);
}

/** npm runs its scripts in the project's folder; the files are named from the folder where npm was called. */
function named(file: string): string {
  const { npm_lifecycle_event: script, INIT_CWD: from } = process.env;
  return from !== undefined && SCRIPTS.includes(script ?? '') ? resolve(from, file) : file;
}

function cannotRead(file: string): number {
  console.error(`无法读取 ${file}。Cannot read ${file}.`);
  return 2;
}
