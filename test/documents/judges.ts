// What the outside judges of a PDF say: small wrappers around qpdf, poppler and PDFBox Preflight.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PREFLIGHT } from '../support/outside.ts';

/** Runs a tool on a PDF; {} stands for the file. */
export function judge(bytes: Uint8Array, tool: string, args: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'judge-'));
  try {
    const file = join(folder, 'document.pdf');
    writeFileSync(file, bytes);
    const filled = args.map((arg) => (arg === '{}' ? file : arg));
    return execFileSync(tool, filled, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The text of a document without any white space. */
export function textOf(bytes: Uint8Array): string {
  return judge(bytes, 'pdftotext', ['-raw', '{}', '-']).replace(/\s+/g, '');
}

/** An object as qpdf shows it. */
export type Shown = null | boolean | number | string | Shown[] | { [key: string]: Shown };

/** All objects of a document, by their reference ("12 0 R"), and the trailer. */
export function objectsOf(bytes: Uint8Array): Map<string, Shown> {
  const shown = JSON.parse(judge(bytes, 'qpdf', ['--json=2', '--json-key=qpdf', '{}'])) as {
    qpdf: [unknown, Record<string, { value?: Shown; stream?: { dict: Shown } }>];
  };
  return new Map(
    Object.entries(shown.qpdf[1]).map(([key, { value, stream }]) => [
      key.replace(/^obj:/, ''),
      value ?? stream?.dict ?? null,
    ]),
  );
}

/** What PDFBox Preflight says of a document as PDF/A-1b: nothing when it is valid, else one line for each complaint. */
export function preflight(bytes: Uint8Array): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'judge-'));
  try {
    const file = join(folder, 'document.pdf');
    writeFileSync(file, bytes);
    const args = ['-cp', PREFLIGHT.join(':'), 'org.apache.pdfbox.preflight.Validator_A1b', file];
    const { stdout, stderr } = spawnSync('java', args, { encoding: 'utf8' });
    if (stdout.includes('is a valid PDF/A-1b file')) return [];
    const complaints = stdout.split('\n').filter((line) => /^\d+(\.\d+)* : /.test(line));
    return complaints.length > 0 ? complaints : [`no verdict: ${stdout}${stderr}`];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
