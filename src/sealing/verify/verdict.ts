// The answer of every verification: named checks, each passed, failed or not checked, and one verdict in both languages.
import type { JsonValue } from './canonical.ts';

/** What became of one check. `not-checked` never means "fine". */
export type Outcome = 'passed' | 'failed' | 'not-checked';

/** One check: a stable name and one sentence in each language that says what was found. */
export interface Check {
  name: string;
  outcome: Outcome;
  zh: string;
  en: string;
}

/** The whole answer. `unreadable`: the input is not of the kind that can be verified. `facts` are from verified content only. */
export interface Verdict {
  verdict: 'valid' | 'not-valid' | 'unreadable';
  checks: Check[];
  zh: string;
  en: string;
  facts: Record<string, JsonValue>;
}

/**
 * What the verifier believes: root certificates in DER and nothing else. `at`: judge certificates at this time instead of the
 * time that the sealed content names. `crls`: revocation lists in DER besides those that the input brings. `revocation`: what is
 * demanded of it: `required` that lists cover every seal, `by-given-lists` that those in `crls` had a part in it as well. What
 * is demanded and not met is not valid; without a demand the verdict only says that revocation was not checked. `roster`: what
 * shows a record must prove that its person was on the roster of the resolution.
 */
export interface Trust {
  roots: readonly Uint8Array[];
  at?: Date;
  crls?: readonly Uint8Array[];
  revocation?: 'required' | 'by-given-lists';
  roster?: 'required';
}

/** Makes a check from the outcome and what is said when it passed, failed or was not made. */
export function check(
  name: string,
  outcome: Outcome | boolean,
  texts: { passed: [zh: string, en: string]; failed: [zh: string, en: string]; unchecked?: [zh: string, en: string] },
): Check {
  const result: Outcome = typeof outcome === 'string' ? outcome : outcome ? 'passed' : 'failed';
  const [zh, en] =
    result === 'passed'
      ? texts.passed
      : result === 'failed'
        ? texts.failed
        : (texts.unchecked ?? ['这一项未能检查。', 'This could not be checked.']);
  return { name, outcome: result, zh, en };
}

/** Checks that fail because a thing has ended, not because anything about its proof is wrong. */
const ENDINGS: readonly string[] = ['stands', 'status'];

/** The checks over which no revocation list could be asked, of every seal looked at. */
export function revocationsNotChecked(checks: readonly Check[]): Check[] {
  return checks.filter(({ name, outcome }) => outcome === 'not-checked' && /(^|\.)revocations?$/.test(name));
}

/** Whether a record is shown and that its person was on a roster is not. It says nothing against the record: who shows a few fields only shows no more. */
const rosterNotShown = (checks: readonly Check[]): boolean =>
  checks.some(({ name, outcome }) => name === 'roster-inclusion' && outcome === 'not-checked');

/** What a valid verdict says first. Who holds a thing may leave out what would tell on him: then that comes before all else. */
function headline(checks: readonly Check[]): [zh: string, en: string] {
  const limits: [zh: string, en: string][] = [];
  if (revocationsNotChecked(checks).length > 0) {
    limits.push([
      '印章是否已被吊销未能检查（请以 --crl 提供吊销列表）',
      'whether a seal was revoked could not be checked: give --crl',
    ]);
  }
  if (rosterNotShown(checks)) {
    limits.push([
      '未出示此人在学位授予名单中的证明',
      'that the person was on the roster of the resolution is not shown',
    ]);
  }
  if (limits.length === 0) {
    return [
      '验证通过：内容完整，签章有效，可以采信。',
      'Valid: the content is intact and the seals are good. It can be relied on.',
    ];
  }
  return [
    `就所示内容而言验证通过，但${limits.map(([zh]) => zh).join('，且')}：内容完整，签章有效。`,
    `Valid as far as shown; ${limits.map(([, en]) => en).join('; ')}. The content is intact and the seals are good.`,
  ];
}

/**
 * The verdict over checks: valid when none failed and every name in `required` is among the passed. What is proved to have
 * ended is not valid, but its proof is: that is said, and the facts are kept.
 * @param scope what a valid verdict does not reach, said after it
 */
export function conclude(
  checks: Check[],
  required: readonly string[],
  facts: Record<string, JsonValue>,
  scope?: readonly [zh: string, en: string],
): Verdict {
  const failed = checks.filter((one) => one.outcome === 'failed');
  const missing = required.filter((name) => !checks.some((one) => one.name === name && one.outcome === 'passed'));
  if (failed.length === 0 && missing.length === 0) {
    const [zh, en] = headline(checks);
    return {
      verdict: 'valid',
      checks,
      zh: `${zh}${scope?.[0] ?? ''}`,
      en: `${en}${scope ? ` ${scope[1]}` : ''}`,
      facts,
    };
  }
  const [first] = failed;
  if (first && missing.length === 0 && failed.every(({ name }) => ENDINGS.includes(name))) {
    return {
      verdict: 'not-valid',
      checks,
      zh: `已终止，请勿再作为有效证明采信：内容完整，签章有效，但所证明的事项${first.zh}`,
      en: `Ended, do not rely on it any more: the content is intact and the seals are good, but what they prove has ended. ${first.en}`,
      facts,
    };
  }
  const wrong = failed.find(({ name }) => !ENDINGS.includes(name)) ?? first;
  return {
    verdict: 'not-valid',
    checks,
    zh: `验证不通过，请勿采信，并向出具单位核实。${wrong ? wrong.zh : '有必须的检查未能完成。'}`,
    en: `Not valid: do not rely on it and ask the office that issued it. ${wrong ? wrong.en : 'A required check could not be made.'}`,
    // What failed content claims is not a fact.
    facts: {},
  };
}

/** The verdict over input that is not of the expected kind. */
export function unreadable(zh: string, en: string): Verdict {
  return { verdict: 'unreadable', checks: [], zh, en, facts: {} };
}
