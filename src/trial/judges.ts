// The judges of the year's papers: our own verifier and, where they are installed, openssl, qpdf and pdfsig, who know nothing of us.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { verifyBundle } from '../sealing/verify/bundle.ts';
import { verifyPdf } from '../sealing/verify/pdf.ts';
import { verifyStatusList } from '../sealing/verify/status-list.ts';
import { isStatusList } from '../sealing/verify/status-list-format.ts';
import type { Verdict } from '../sealing/verify/verdict.ts';

/** One judgement. `skipped`: the judge is not installed. */
export interface Judgement {
  readonly file: string;
  readonly judge: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly says: string;
}

/** What of a bundle openssl can look at: texts with their detached seals (base64 DER), and certificates. */
interface BundlePapers {
  readonly steps: readonly { readonly statementText: string; readonly seal: string }[];
  readonly checkpoint: { readonly text: string; readonly seal: string };
  readonly certificates: readonly string[];
}

/** How a program ended, and what it said. */
export interface Ran {
  readonly found: boolean;
  readonly code: number;
  readonly output: string;
}

/** Runs a program to its end; `env`: all that it is told of its surroundings, ours when not given. */
export function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(program, args, { maxBuffer: 16 * 1024 * 1024, env }, (error, stdout, stderr) => {
      const missing = error !== null && 'code' in error && error.code === 'ENOENT';
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ found: !missing, code, output: `${stdout}${stderr}`.trim() });
    });
  });
}

/** Asks a program about a file; not installed is told apart from not content. */
export async function judged(
  file: string,
  program: string,
  args: readonly string[],
  good: (ran: Ran) => boolean,
  env?: NodeJS.ProcessEnv,
): Promise<Judgement> {
  const ran = await run(program, args, env);
  const judge = program;
  if (!ran.found) return { file, judge, outcome: 'skipped', says: 'not found' };
  const passed = good(ran);
  const lines = ran.output.split('\n').filter(Boolean);
  return {
    file,
    judge,
    outcome: passed ? 'passed' : 'failed',
    says: passed ? (lines.at(-1) ?? '') : lines.slice(-5).join(' '),
  };
}

/** The root certificates of a PEM text, in DER. */
export function rootsOf(pem: string): Uint8Array[] {
  const blocks = pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g);
  return [...blocks].map(([, body = '']) => new Uint8Array(Buffer.from(body, 'base64')));
}

/** Asks every judge about every paper. `root` is the PEM file of the root certificate, the only thing believed. */
export async function judgePapers(files: readonly string[], root: string): Promise<Judgement[]> {
  const roots = rootsOf(await readFile(root, 'latin1'));
  const judgements: Judgement[] = [];
  for (const file of files) {
    if (file.endsWith('.pdf')) judgements.push(...(await judgePdf(file, roots)));
    if (file.endsWith('.zip'))
      judgements.push(await judged(basename(file), 'unzip', ['-tqq', file], ({ code }) => code === 0));
    if (!file.endsWith('.json')) continue;
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (isStatusList(value)) judgements.push(ours(file, await verifyStatusList(value, { roots })));
    else judgements.push(...(await judgeBundle(file, roots, root)));
  }
  return judgements;
}

async function judgePdf(file: string, roots: Uint8Array[]): Promise<Judgement[]> {
  const verdict = await verifyPdf(new Uint8Array(await readFile(file)), { roots });
  const whole = ({ output }: Ran) =>
    output.includes('Total document signed') && output.includes('Signature is Valid') && !output.includes('Not total');
  return [
    ours(file, verdict),
    await judged(basename(file), 'qpdf', ['--check', file], ({ code }) => code === 0),
    await judged(basename(file), 'pdfsig', [file], whole),
  ];
}

function ours(file: string, { verdict, en }: { readonly verdict: string; readonly en: string }): Judgement {
  return { file: basename(file), judge: 'vermilion', outcome: verdict === 'valid' ? 'passed' : 'failed', says: en };
}

/** Of a record it must be proved that the person was on the sealed roster, with the key fields of the record. */
function onRoster(file: string, { checks }: Verdict): Judgement[] {
  return ['roster-inclusion', 'roster-agrees'].flatMap((wanted) => {
    const found = checks.find(({ name }) => name === wanted);
    if (!found) return [];
    const outcome = found.outcome === 'passed' ? 'passed' : 'failed';
    return [{ file, judge: wanted, outcome, says: found.en } as const];
  });
}

async function judgeBundle(file: string, roots: Uint8Array[], root: string): Promise<Judgement[]> {
  const bundle = JSON.parse(await readFile(file, 'utf8')) as BundlePapers;
  const name = basename(file);
  const verdict = await verifyBundle(bundle, { roots });
  const judgements = [ours(file, verdict), ...onRoster(name, verdict)];
  const directory = await mkdtemp(join(tmpdir(), 'vermilion-judge-'));
  const keep = async (as: string, bytes: Uint8Array | string): Promise<string> => {
    const path = join(directory, as);
    await writeFile(path, bytes);
    return path;
  };
  try {
    const last = bundle.steps.at(-1);
    const sealed = [...(last ? [{ text: last.statementText, seal: last.seal }] : []), bundle.checkpoint];
    for (const { text, seal } of sealed) {
      const content = await keep('content', text);
      const cms = await keep('seal.der', Buffer.from(seal, 'base64'));
      const args = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', cms, '-content', content];
      const trust = ['-CAfile', root, '-purpose', 'any', '-out', join(directory, 'out')];
      judgements.push(await judged(name, 'openssl', [...args, ...trust], ({ code }) => code === 0));
    }
    const pems = bundle.certificates.map((certificate) => {
      const body = certificate.match(/.{1,64}/g)?.join('\n') ?? '';
      return `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
    });
    const untrusted = await keep('untrusted.pem', pems.join(''));
    const paths = await Promise.all(pems.map((pem, at) => keep(`certificate-${at}.pem`, pem)));
    const args = ['verify', '-CAfile', root, '-untrusted', untrusted, ...paths];
    judgements.push(await judged(name, 'openssl', args, ({ code }) => code === 0));
    return judgements;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
