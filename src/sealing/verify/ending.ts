// How a thing ended: steps that end their subjects say so in a fact of their own, which this reads without knowing what the thing is.
import type { JsonValue } from './canonical.ts';

/** How something ended: a stable word, the same in both languages, and since when (a civil date; null when it is not said). */
export interface Ending {
  state: string;
  zh: string;
  en: string;
  since: string | null;
}

/** Statements are shown on terminals: no control characters, and no longer than a phrase. */
const PHRASE = /^[^\p{Cc}]{1,60}$/u;

const phrase = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && PHRASE.test(value) ? value : otherwise;

/** An ending out of sealed JSON; whatever is not said or not sayable is called just "ended". */
export function readEnding(value: { readonly [name: string]: unknown }): Ending {
  const since = phrase(value.since, '');
  return {
    state: phrase(value.state, 'ended'),
    zh: phrase(value.zh, '已终止'),
    en: phrase(value.en, 'ended'),
    since: since === '' ? null : since,
  };
}

/**
 * The ending that a statement names for its subjects of this kind: its fact `ends`, an object with the kind of what ends, or
 * `true` for whatever it is about. `undefined` when the step ends nothing of the kind.
 */
export function endingIn(
  statement: { readonly [name: string]: JsonValue | undefined },
  kind: string,
): Ending | undefined {
  const { facts } = statement;
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) return undefined;
  const ends = (facts as { readonly [name: string]: JsonValue | undefined }).ends;
  if (ends === true) return readEnding({});
  if (typeof ends !== 'object' || ends === null || Array.isArray(ends)) return undefined;
  const object = ends as { readonly [name: string]: JsonValue | undefined };
  return object.kind === kind ? readEnding(object) : undefined;
}

/** The steps that take a withdrawn record up again: it is corrected, or answered for as it is, and passes every stage anew. */
export const STEPS_AFTER_WITHDRAWAL: readonly unknown[] = ['correct', 'answer-review-reason'];

/** The day in Shanghai of an instant as statements name it; null when it is none. */
function dayInShanghai(at: unknown): string | null {
  const time = typeof at === 'string' ? Date.parse(at) + 8 * 3_600_000 : Number.NaN;
  const day = Math.abs(time) < 8e15 ? new Date(time).toISOString().slice(0, 10) : '';
  return day === '' ? null : day;
}

/** The withdrawal in which a record stands after these steps, in the order of the log; `undefined` when none, or it went on since. */
export function withdrawalIn(
  statements: readonly { readonly [name: string]: JsonValue | undefined }[],
  kind: string,
): Ending | undefined {
  if (kind !== 'record') return undefined;
  const last = statements.findLast(({ step }) => step === 'withdraw-records' || STEPS_AFTER_WITHDRAWAL.includes(step));
  if (last?.step !== 'withdraw-records') return undefined;
  return { state: 'withdrawn', zh: '已撤回', en: 'withdrawn', since: dayInShanghai(last.at) };
}

/** The destruction of an analysis dataset (art. 18), as its certificate says it; null for what is not said or not sayable. */
export interface Destruction {
  on: string | null;
  /** At the end of the term, or before its time. */
  occasion: string | null;
  rows: number | null;
  readings: number | null;
}

/** The step by which a dataset was destroyed; `undefined` when none did. Its bundle is the certificate of it, so it does not make it worth less. */
export function destructionIn(
  statements: readonly { readonly [name: string]: JsonValue | undefined }[],
  kind: string,
): Destruction | undefined {
  const last = kind === 'dataset' ? statements.findLast(({ step }) => step === 'destroy-dataset') : undefined;
  if (!last) return undefined;
  const given = last.facts;
  const facts: { readonly [name: string]: JsonValue | undefined } =
    typeof given === 'object' && given !== null && !Array.isArray(given)
      ? (given as { readonly [name: string]: JsonValue | undefined })
      : {};
  const occasion = phrase(facts.occasion, '');
  return {
    on: dayInShanghai(last.at),
    occasion: occasion === '' ? null : occasion,
    rows: typeof facts.rows === 'number' ? facts.rows : null,
    readings: typeof facts.readings === 'number' ? facts.readings : null,
  };
}

const OCCASIONS: { readonly [occasion: string]: [zh: string, en: string] } = {
  'end-of-term': ['期限届满', 'at the end of its term'],
  'before-its-time': ['提前销毁', 'before the end of its term'],
};

/** What is said of a destroyed dataset, in both languages. */
export function sayDestruction({ on, occasion, rows, readings }: Destruction): [zh: string, en: string] {
  const why = occasion !== null && Object.hasOwn(OCCASIONS, occasion) ? OCCASIONS[occasion] : undefined;
  return [
    `该临时信息库已${on === null ? '' : `于 ${on} `}销毁${why ? `（${why[0]}）` : ''}${rows === null ? '' : `，共 ${rows} 行`}${readings === null ? '' : `，此前读取 ${readings} 次`}。本验证包即销毁证明。`,
    `The dataset was destroyed${on === null ? '' : ` on ${on}`}${why ? `, ${why[1]}` : ''}${rows === null ? '' : `; it had ${rows} rows`}${readings === null ? '' : ` and was read ${readings} times`}. This bundle is the certificate of its destruction.`,
  ];
}

/** What is said of something that ended, in both languages. */
export function sayEnding({ zh, en, since }: Ending): [zh: string, en: string] {
  return [
    since === null ? `${zh}，不再有效。` : `自 ${since} 起${zh}，不再有效。`,
    since === null ? `It no longer stands: ${en}.` : `It no longer stands: ${en} since ${since}.`,
  ];
}
