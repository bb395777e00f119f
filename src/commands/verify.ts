// `verify <bundle.json|file.pdf> [--root cert.pem] [--json]`: believes nothing without proof, trusts only the root given to it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyBundle } from '../sealing/verify/bundle.ts';
import { verifyPdf } from '../sealing/verify/pdf.ts';
import type { Verdict } from '../sealing/verify/verdict.ts';

const EXIT = { valid: 0, 'not-valid': 1, unreadable: 2 } as const;
const MARK = { passed: '✓', failed: '✗', 'not-checked': '–' } as const;

/** Exit code 0 valid, 1 not valid, 2 unreadable (file, root or arguments). */
export async function verifyFile(args: string[]): Promise<number> {
  const json = args.includes('--json');
  const at = args.indexOf('--root');
  const rootFile = at >= 0 ? args[at + 1] : join('certs', 'root.pem');
  const [file] = args.filter((arg, index) => !arg.startsWith('--') && (at < 0 || index !== at + 1));
  if (!file || !rootFile) {
    console.error(
      '用法：verify <bundle.json|文件.pdf> [--root 根证书.pem] [--json]。Usage: verify <bundle.json|file.pdf> [--root cert.pem] [--json]',
    );
    return 2;
  }
  const [bytes, roots] = await Promise.all([
    read(file),
    read(rootFile).then((pem) => pem && certificatesOf(pem.toString('latin1'))),
  ]);
  if (!bytes) return cannotRead(file);
  if (!roots || roots.length === 0) return cannotRead(rootFile);
  const isPdf = bytes.subarray(0, 1024).includes('%PDF-');
  const verdict = isPdf
    ? await verifyPdf(new Uint8Array(bytes), { roots })
    : await verifyBundle(parse(bytes), { roots });
  console.log(json ? JSON.stringify(verdict, null, 2) : inWords(file, verdict));
  return EXIT[verdict.verdict];
}

function inWords(file: string, verdict: Verdict): string {
  const checks = verdict.checks.map((check) => `  ${MARK[check.outcome]} ${check.zh}\n    ${check.en}`);
  const facts = Object.entries(verdict.facts).map(
    ([name, value]) => `  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [`${file}: ${verdict.zh}`, verdict.en, '', ...checks, ...(facts.length > 0 ? ['', ...facts] : [])].join('\n');
}

function certificatesOf(pem: string): Uint8Array[] {
  const blocks = pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g);
  return [...blocks].map((block) => new Uint8Array(Buffer.from(block[1] ?? '', 'base64')));
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined; // the verifier says that it is unreadable
  }
}

async function read(file: string): Promise<Buffer | undefined> {
  return readFile(file).catch(() => undefined);
}

function cannotRead(file: string): number {
  console.error(`无法读取 ${file}。Cannot read ${file}.`);
  return 2;
}
