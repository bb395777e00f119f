// `verify <file>… [--root cert.pem] [--crl crl.pem] [--status status-list.json] [--json]`: believes nothing without proof, trusts only the root given to it.
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { verifyBundle } from '../sealing/verify/bundle.ts';
import { parseBundle } from '../sealing/verify/parse-bundle.ts';
import { verifyPdf } from '../sealing/verify/pdf.ts';
import { verifyStatusList } from '../sealing/verify/status-list.ts';
import { isStatusList } from '../sealing/verify/status-list-format.ts';
import type { Trust, Verdict } from '../sealing/verify/verdict.ts';

const OWN_ROOT = join('certs', 'root.pem');
const EXIT = { valid: 0, 'not-valid': 1, unreadable: 2 } as const;
/** The scripts of package.json that come here; what other scripts start names files as any program does. */
const SCRIPTS: readonly string[] = ['verify', 'command'];
const MARK = { passed: '✓', failed: '✗', 'not-checked': '–' } as const;
const USAGE =
  '用法：verify <bundle.json|文件.pdf|status-list.json>… [--root 根证书.pem] [--crl 吊销列表.pem] [--status 状态清单.json] [--json]。Usage: verify <bundle.json|file.pdf|status-list.json>… [--root cert.pem] [--crl crl.pem] [--status status-list.json] [--json]';

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
  let worst = 0;
  for (const file of asked.positionals) {
    const bytes = await read(named(file));
    const code = bytes
      ? await verifyOne(file, bytes, { trust: { roots, crls }, list }, json === true)
      : cannotRead(file);
    worst = Math.max(worst, code);
  }
  return worst;
}

/** What everything is held against: what is believed, and a status list where one was given. */
interface Against {
  readonly trust: Trust;
  readonly list: unknown;
}

async function verifyOne(file: string, bytes: Buffer, against: Against, json: boolean): Promise<number> {
  const verdict = await verdictOn(bytes, against);
  console.log(json ? JSON.stringify({ file, ...verdict }, null, 2) : inWords(file, verdict));
  return EXIT[verdict.verdict];
}

function verdictOn(bytes: Buffer, { trust, list }: Against): Promise<Verdict> {
  if (bytes.subarray(0, 1024).includes('%PDF-')) return verifyPdf(new Uint8Array(bytes), trust);
  const value = parseBundle(bytes.toString('utf8'));
  return isStatusList(value) ? verifyStatusList(value, trust) : verifyBundle(value, trust, list);
}

function readArguments(args: string[]) {
  const options = {
    root: { type: 'string' },
    crl: { type: 'string' },
    status: { type: 'string' },
    json: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch {
    return undefined; // an unknown or unfinished option: the usage says which there are
  }
}

function inWords(file: string, verdict: Verdict): string {
  const checks = verdict.checks.map((check) => `  ${MARK[check.outcome]} ${check.name}  ${check.zh}\n    ${check.en}`);
  const facts = Object.entries(verdict.facts).map(
    ([name, value]) => `  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [`${file}: ${verdict.zh}`, verdict.en, '', ...checks, ...(facts.length > 0 ? ['', ...facts] : [])].join('\n');
}

/** The DER blocks of a PEM file (RFC 7468); undefined when it cannot be read or holds none. */
async function pemBlocks(file: string): Promise<Uint8Array[] | undefined> {
  const pem = (await read(file))?.toString('latin1') ?? '';
  const blocks = [...pem.matchAll(/-----BEGIN [A-Z0-9 ]+-----([A-Za-z0-9+/=\s]+)-----END [A-Z0-9 ]+-----/g)];
  return blocks.length > 0 ? blocks.map(([, text = '']) => new Uint8Array(Buffer.from(text, 'base64'))) : undefined;
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
