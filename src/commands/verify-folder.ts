// The verifier that lies in every archive: `node verifier/verify.mjs --root root.pem [--crl crl.pem]… [--require-revocation] [--passphrase-file file] [--json] [folder]`.
// It reads the unpacked archive and nothing else: no packages, no network, no database. Bundled by scripts/prepare.mjs.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { verifyArchive } from '../sealing/verify/archive.ts';
import type { ArchiveSource } from '../sealing/verify/archive-format.ts';
import { archiveOpener } from './archive-opener.ts';
import { demandOf, listsIn, notThat, rootsIn } from './trust-files.ts';
import { asJson, EXIT, inWords } from './verdict-words.ts';

const USAGE =
  '用法：node verifier/verify.mjs --root 根证书.pem [--crl 吊销列表.pem]… [--require-revocation] [--passphrase-file 口令文件] [--json] [文件夹]\nUsage: node verifier/verify.mjs --root root.pem [--crl crl.pem]… [--require-revocation] [--passphrase-file file] [--json] [folder]\n--require-revocation：有印章未能检查是否吊销的为无效，建议使用 not valid when of some seal it could not be checked whether it was revoked; recommended';

/** The members of an unpacked archive. Links are not followed. */
export async function folderSource(folder: string): Promise<ArchiveSource> {
  const paths: string[] = [];
  const walk = async (below: string): Promise<void> => {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile()) paths.push(path);
    }
  };
  await walk('');
  const known = new Set(paths);
  return {
    paths,
    read: async (path) => (known.has(path) ? new Uint8Array(await readFile(join(folder, path))) : undefined),
  };
}

/** Exit code 0 valid, 1 not valid, 2 unreadable or wrongly called. */
export async function verifyFolder(args: string[]): Promise<number> {
  const options = {
    root: { type: 'string' },
    crl: { type: 'string', multiple: true },
    'require-revocation': { type: 'boolean' },
    'passphrase-file': { type: 'string' },
    json: { type: 'boolean' },
  } as const;
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [folder = '.', ...more] = positionals;
    if (values.root === undefined || more.length > 0) throw new Error('usage');
    const roots = rootsIn(await readFile(values.root));
    if ('found' in roots) return refuse(notThat(values.root, 'root', roots.found));
    const crls: Uint8Array[] = [];
    for (const file of values.crl ?? []) {
      const lists = listsIn(await readFile(file));
      if ('found' in lists) return refuse(notThat(file, 'list', lists.found));
      crls.push(...lists.ders);
    }
    const trust = { roots: roots.ders, crls, ...demandOf(crls.length > 0, values['require-revocation']) };
    const source = await folderSource(folder);
    const file = values['passphrase-file'];
    const open = file === undefined ? undefined : await archiveOpener(source, await readFile(file, 'utf8'));
    const verdict = await verifyArchive(open ? { ...source, open } : source, trust);
    console.log(values.json ? JSON.stringify(asJson(folder, verdict), null, 2) : inWords(folder, verdict));
    return EXIT[verdict.verdict];
  } catch {
    return refuse(USAGE);
  }
}

function refuse(sentence: string): number {
  console.error(sentence);
  return 2;
}
