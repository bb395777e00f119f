// `verify <file>…`: believes nothing without proof, trusts only the root given to it. What it takes is in USAGE.
import { open, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { verifyBundle } from '../sealing/verify/bundle.ts';
import { parseBundle } from '../sealing/verify/parse-bundle.ts';
import { verifyPdf } from '../sealing/verify/pdf.ts';
import { verifyStatusList } from '../sealing/verify/status-list.ts';
import { isStatusList } from '../sealing/verify/status-list-format.ts';
import type { Trust, Verdict } from '../sealing/verify/verdict.ts';
import { type Believed, demandOf, listsIn, notThat, rootsIn } from './trust-files.ts';
import { asJson, EXIT, inWords, notRead } from './verdict-words.ts';
import { verifyZip } from './verify-zip.ts';

const OWN_ROOT = join('certs', 'root.pem');
/** The scripts of package.json that come here; what other scripts start names files as any program does. */
const SCRIPTS: readonly string[] = ['verify', 'command'];
const USAGE = `用法 Usage: verify <bundle.json|file.pdf|status-list.json|archive.zip>… [--root root.pem] [--crl crl.pem]… [--require-revocation] [--require-roster] [--status status-list.json] [--passphrase-file file] [--json]
  --root                根证书，只信任它。The root certificate, the only thing believed. (${OWN_ROOT})
  --crl                 吊销列表；所给列表对文件中的印章都不适用，或仍有印章未能检查的，为无效。A revocation list; not valid when it speaks of no seal of a file, or leaves one unchecked.
  --require-revocation  有印章未能检查是否吊销的，为无效；建议使用。Not valid when of some seal it could not be checked whether it was revoked; recommended.
  --require-roster      记录的验证包未证明其人在学位授予名单中的，为无效。Not valid when the bundle of a record does not prove that its person was on the roster.
  --status              状态清单：此后是否终止。A status list: whether it has ended since.
  --passphrase-file     打开档案加密部分的口令文件。The passphrase of the encrypted part of an archive.
  --json                一个文件为一个 JSON 对象，多个文件为一个数组，每个文件一项、次序相同，读不出的为 "readable": false。One file: a JSON object; several: one array with an entry for each in the order given, "readable": false for what cannot be read.
退出码 Exit code: 0 有效 valid, 1 无效或已终止 not valid or ended, 2 无法读取 unreadable`;

/** Exit code 0 valid, 1 not valid or ended, 2 unreadable (a file, the root, a list or the arguments); of several files the worst. */
export async function verifyFile(args: string[]): Promise<number> {
  const asked = readArguments(args);
  if (asked?.values.help) {
    console.log(USAGE);
    return 0;
  }
  if (!asked || asked.positionals.length === 0) {
    console.error(USAGE);
    return 2;
  }
  const { json } = asked.values;
  const against = await readAgainst(asked.values);
  if (typeof against === 'string') {
    console.error(against);
    return 2;
  }
  let worst = 0;
  const answers: object[] = [];
  for (const file of asked.positionals) {
    const read = await verdictOn(named(file), against);
    const verdict = read ?? notRead(file);
    if (json) answers.push(asJson(file, verdict));
    else if (read) console.log(inWords(file, verdict));
    if (!read) console.error(cannotRead(file));
    worst = Math.max(worst, EXIT[verdict.verdict]);
  }
  if (json) console.log(JSON.stringify(answers.length === 1 ? answers[0] : answers, null, 2));
  return worst;
}

/** What everything is held against: what is believed, a status list where one was given, the passphrase of an archive's encrypted part. */
interface Against {
  readonly trust: Trust;
  readonly list: unknown;
  readonly passphrase: string | undefined;
}

type Values = NonNullable<ReturnType<typeof readArguments>>['values'];

/** Reads the files that the options name; the sentence about the first that cannot be used. */
async function readAgainst(values: Values): Promise<Against | string> {
  const { root = OWN_ROOT, crl = [], status } = values;
  const roots = await believedIn(values.root === undefined ? root : named(root), rootsIn);
  if (!roots) return cannotRead(root);
  if ('found' in roots) return notThat(root, 'root', roots.found);
  const crls: Uint8Array[] = [];
  for (const file of crl) {
    const lists = await believedIn(named(file), listsIn);
    if (!lists) return cannotRead(file);
    if ('found' in lists) return notThat(file, 'list', lists.found);
    crls.push(...lists.ders);
  }
  const list = status === undefined ? undefined : await readList(named(status));
  if (status !== undefined && list === undefined) return cannotRead(status);
  const secret = values['passphrase-file'];
  const passphrase = secret === undefined ? undefined : (await read(named(secret)))?.toString('utf8');
  if (secret !== undefined && passphrase === undefined) return cannotRead(secret);
  const demand = {
    ...demandOf(crl.length > 0, values['require-revocation']),
    ...(values['require-roster'] ? { roster: 'required' as const } : {}),
  };
  return { trust: { roots: roots.ders, crls, ...demand }, list, passphrase };
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
    crl: { type: 'string', multiple: true },
    'require-revocation': { type: 'boolean' },
    'require-roster': { type: 'boolean' },
    status: { type: 'string' },
    'passphrase-file': { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch {
    return undefined; // an unknown or unfinished option: the usage says which there are
  }
}

async function believedIn(path: string, take: (bytes: Uint8Array) => Believed): Promise<Believed | undefined> {
  const bytes = await read(path);
  return bytes && take(bytes);
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

function cannotRead(file: string): string {
  return `无法读取 ${file}。Cannot read ${file}.`;
}
