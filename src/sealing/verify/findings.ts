// What many things of one kind came to: one check that names what failed, so that ten thousand steps make no ten thousand sentences.
import { type Check, check } from './verdict.ts';

const NAMED = 5;

/** Gathers what was looked at and what was wrong with it. */
export interface Finding {
  /** One more thing was looked at; `wrong` names it when it is not as it should be. */
  look(good: boolean, wrong: string): boolean;
  /** One thing could not be looked at: unless another is wrong the check is not made, and says `none`. */
  cannot(): void;
  /** The check: passed when at least one thing was looked at and none was wrong. */
  toCheck(): Check;
}

/** A finding over things of one kind. `none`: what is said when there was nothing to look at; passed, unless not given. */
export function finding(
  name: string,
  texts: {
    passed: (count: number) => [zh: string, en: string];
    failed: [zh: string, en: string];
    none?: [zh: string, en: string];
  },
): Finding {
  let count = 0;
  const wrong: string[] = [];
  let more = 0;
  let unseen = false;
  return {
    look(good, what) {
      count += 1;
      if (good) return true;
      if (wrong.length < NAMED) wrong.push(what);
      else more += 1;
      return false;
    },
    cannot() {
      unseen = true;
    },
    toCheck() {
      const rest = more > 0 ? [`… +${more}`] : [];
      const names = [...wrong, ...rest].join(', ');
      const outcome = wrong.length > 0 ? 'failed' : unseen || (count === 0 && texts.none) ? 'not-checked' : 'passed';
      return check(name, outcome, {
        passed: texts.passed(count),
        failed: [`${texts.failed[0]}（${names}）`, `${texts.failed[1]} (${names})`],
        ...(texts.none ? { unchecked: texts.none } : {}),
      });
    },
  };
}
