// A verdict as the command line says it.
import { unreadable, type Verdict } from '../sealing/verify/verdict.ts';

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

/** The verdict on a file that is not there or cannot be opened. */
export function notRead(file: string): Verdict {
  return unreadable(`无法读取 ${file}，未作验证。`, `Cannot read ${file}; it was not verified.`);
}

/** An answer as JSON. `readable`: false for what was not read or is nothing that can be verified; `zh` and `en` then say why. */
export function asJson(file: string, verdict: Verdict): object {
  return { file, readable: verdict.verdict !== 'unreadable', ...verdict };
}
