// The judges of original-record archives: our own verifier over the ZIP, the verifier that lies in it under plain Node, sha256sum and openssl over what it unpacks to.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { verifyZip } from '../commands/verify-zip.ts';
import { type Judgement, judged, rootsOf } from './judges.ts';

const STEPS_ASKED = 5;

/** Asks every judge about every archive, and whether one with a step less is found out. `root`: PEM file, the only thing believed. */
export async function judgeArchives(files: readonly string[], root: string): Promise<Judgement[]> {
  const roots = rootsOf(await readFile(root, 'latin1'));
  const judgements: Judgement[] = [];
  for (const file of files) {
    const name = basename(file);
    const { verdict, en } = await verifyZip(file, { roots }, undefined);
    judgements.push({ file: name, judge: 'vermilion', outcome: verdict === 'valid' ? 'passed' : 'failed', says: en });
    const directory = await mkdtemp(join(tmpdir(), 'vermilion-archive-'));
    try {
      judgements.push(...(await judgeUnpacked(file, directory, resolve(root))));
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }
  return judgements;
}

async function judgeUnpacked(file: string, directory: string, root: string): Promise<Judgement[]> {
  const name = basename(file);
  const good = ({ code }: { readonly code: number }) => code === 0;
  const unpacked = await judged(name, 'unzip', ['-qo', file, '-d', directory], good);
  if (unpacked.outcome !== 'passed') return [unpacked];
  const sums = 'cd "$1" && sha256sum -c --quiet SHA256SUMS';
  const judgements = [
    unpacked,
    { ...(await judged(name, 'sh', ['-c', sums, 'sh', directory], good)), judge: 'sha256sum' },
  ];
  const steps = (await readdir(join(directory, 'steps'))).filter((each) => each.endsWith('.json')).sort();
  const chosen = [...steps.slice(0, STEPS_ASKED), ...steps.slice(-STEPS_ASKED)].map((each) => `steps/${each}`);
  for (const content of [...new Set(chosen), 'proofs/export.json', 'proofs/checkpoint.txt']) {
    const seal = content.replace(/\.\w+$/, '.p7s');
    const args = [
      'cms',
      '-verify',
      '-cades',
      '-binary',
      '-inform',
      'DER',
      '-in',
      join(directory, seal),
      '-content',
      join(directory, content),
    ];
    judgements.push(
      await judged(name, 'openssl', [...args, '-CAfile', root, '-purpose', 'any', '-out', '/dev/null'], good),
    );
  }
  const verifier = [join(directory, 'verifier', 'verify.mjs'), '--root', root, directory];
  judgements.push({ ...(await judged(name, process.execPath, verifier, good, {})), judge: 'verify.mjs' });
  const [first = ''] = steps;
  await writeFile(join(directory, 'steps', first), '{}');
  const found = await judged(
    name,
    process.execPath,
    verifier,
    ({ code, output }) => code === 1 && output.includes(first),
    {},
  );
  judgements.push({ ...found, judge: 'verify.mjs on a forgery' });
  return judgements;
}
