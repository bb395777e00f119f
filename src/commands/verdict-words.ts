// A verdict as the command line says it, and the certificates of PEM files.
import type { Verdict } from '../sealing/verify/verdict.ts';

/** The exit code of each verdict. */
export const EXIT = { valid: 0, 'not-valid': 1, unreadable: 2 } as const;
const MARK = { passed: '✓', failed: '✗', 'not-checked': '–' } as const;

/** The verdict, every check and every fact. */
export function inWords(file: string, verdict: Verdict): string {
  const checks = verdict.checks.map((check) => `  ${MARK[check.outcome]} ${check.name}  ${check.zh}\n    ${check.en}`);
  const facts = Object.entries(verdict.facts).map(
    ([name, value]) => `  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [`${file}: ${verdict.zh}`, verdict.en, '', ...checks, ...(facts.length > 0 ? ['', ...facts] : [])].join('\n');
}

/** The DER blocks of a PEM text (RFC 7468). */
export function pemBlocksOf(pem: string): Uint8Array[] {
  const blocks = [...pem.matchAll(/-----BEGIN [A-Z0-9 ]+-----([A-Za-z0-9+/=\s]+)-----END [A-Z0-9 ]+-----/g)];
  return blocks.map(([, text = '']) => new Uint8Array(Buffer.from(text, 'base64')));
}
