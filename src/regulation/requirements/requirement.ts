// The shape of a requirement: what an article asks, in our own words, and where it is kept and proved.
import type { StepName } from '../steps.ts';
import type { ViolationCode } from '../violation-codes.ts';
import type { CounterName } from './counters.ts';

/** One thing that an article asks, in both languages and in our own words. */
export interface Rule {
  /** `R11.4`: the fourth requirement of article 11; comments and tests cite it so. */
  readonly id: string;
  /** As steps and violations cite it: `11(4)`, `8`. */
  readonly article: string;
  readonly zh: string;
  readonly en: string;
}

/** What the software keeps. */
export interface Requirement extends Rule {
  /** Files or folders that keep it, from the root of the repository. */
  readonly code: readonly string[];
  /** Test file → names of tests, or of groups of tests, that would fail without it; at least one of them runs everywhere. */
  readonly tests: Readonly<Record<string, readonly string[]>>;
  /** Steps that it concerns besides those of its article: {@link stepsOf}. */
  readonly steps?: readonly StepName[];
  /** Where an article asks several things: the codes that enforce this one. {@link codesOf} gives the others to the first of the article. */
  readonly codes?: readonly ViolationCode[];
  /** What is counted of it while it is not fulfilled. */
  readonly counters?: readonly CounterName[];
  /** Articles of laws above the regulation that it carries out, as violations cite them: `学位法 10`. */
  readonly laws?: readonly string[];
}

/** What is asked of people and offices alone, with why no software can keep it. */
export interface HumanDuty extends Rule {
  readonly byPeople: { readonly zh: string; readonly en: string };
}

/** A row of the table. */
export type Entry = Requirement | HumanDuty;

/** Whether the software keeps it. */
export function isKept(entry: Entry): entry is Requirement {
  return !('byPeople' in entry);
}
