// The cross-check in person (art. 11(2)): how large its sample is, when it is complete, and when too much of it was wrong.

import { isSameResolutionNumber } from '../resolution/resolution-number.ts';
import { FIELDS, type FieldName, isFieldName } from '../standard/fields.ts';
import { toldApart } from '../texts/look-alikes.ts';
import { writtenTextViolations } from '../texts/written-texts.ts';
import { type Violation, violation } from '../violations.ts';

/** How many of a population are looked at: ⌈percent⌉, at least one of anybody. */
export function sampleSize(percent: number, population: number): number {
  if (population <= 0 || percent <= 0) return 0;
  return Math.min(population, Math.max(1, Math.ceil((percent * population) / 100)));
}

/** What a draw came to so far. `limit`: percent of its records that may be wrong; `whole`: everybody was drawn. */
export interface DrawResult {
  readonly sampled: number;
  readonly wrong: number;
  readonly limit: number;
  readonly whole: boolean;
}

/** Whether more of a draw was found wrong than the policy tolerates; of everybody nothing is left to draw. */
export function exceedsLimit({ sampled, wrong, limit, whole }: DrawResult): boolean {
  return !whole && wrong * 100 > limit * sampled;
}

/** A rate as people read it: `12.5 %`, at most two decimals. */
export function percentText(part: number, of: number): string {
  return `${of === 0 ? 0 : Math.round((part * 10_000) / of) / 100} %`;
}

/** Where the cross-check of a batch in person stands. */
export interface SampleStanding {
  /** Records that were collected or corrected since the last draw and have not been drawn from. */
  readonly undrawn: number;
  /** Sampled records that wait for the checker, in the version that is there now. */
  readonly outstanding: number;
  readonly sampled: number;
  /** The draw that was found too wrong and has not been followed by everybody. */
  readonly exceeded: DrawResult | null;
}

/** Why a batch cannot be cross-checked yet: not drawn from, not examined, or so wrong that everybody is to be examined. All at once. */
export function sampleViolations({ undrawn, outstanding, sampled, exceeded }: SampleStanding): Violation[] {
  const violations: Violation[] = [];
  if (undrawn > 0) violations.push(violation('sample-not-drawn', 'sample', { found: String(undrawn), expected: '0' }));
  if (outstanding > 0) {
    const details = { found: `${outstanding} / ${sampled}`, expected: `0 / ${sampled}` };
    violations.push(violation('sample-not-examined', 'sample', details));
  }
  if (exceeded) {
    const details = { found: percentText(exceeded.wrong, exceeded.sampled), expected: `≤ ${exceeded.limit} %` };
    violations.push(violation('sample-error-rate', 'sample', details));
  }
  return violations;
}

/** A field that a checker found wrong, and in words what is wrong with it. */
export type WrongField = { readonly field: string; readonly words: string };

/** What a checker says of one record. */
export interface Finding {
  readonly agrees: boolean;
  readonly wrong: readonly WrongField[];
  readonly note: string;
}

/** Whom an agreeing finding overrules: ids of the officers who found the same version wrong; and how long the reason must be. */
export interface Overruling {
  readonly foundWrongBy: readonly string[];
  readonly reasonLength: number;
}

/** An overruling takes four eyes and a reason: who found a version wrong cannot take it back alone. */
export function overrulingViolations(
  { foundWrongBy, reasonLength }: Overruling,
  officer: { readonly officerId: string; readonly name?: string },
  note: string,
): Violation[] {
  return [
    ...writtenTextViolations('note', note, 'note', {
      ...{ missing: 'overruling-reason-too-short', short: 'overruling-reason-too-short' },
      least: reasonLength,
    }),
    ...(foundWrongBy.includes(officer.officerId)
      ? [violation('overruled-by-finder', 'officer', { found: officer.name, expected: '认定有误者以外的校核人' })]
      : []),
  ];
}

/** A finding on one version, as far as the last word on it depends on it; `entered`: null unless it is a second entry. */
export interface Word {
  readonly agrees: boolean;
  readonly entered: unknown;
}

/** The last word on a version, oldest finding first. A second entry that agrees has no reason and overrules nothing. */
export function lastWord<Found extends Word>(findings: readonly Found[]): Found | undefined {
  return findings.reduce<Found | undefined>(
    (before, each) => (before && !before.agrees && each.agrees && each.entered !== null ? before : each),
    undefined,
  );
}

/** What is wrong with a finding by itself: it agrees or names fields, each once and in words. */
export function findingViolations({ agrees, wrong }: Pick<Finding, 'agrees' | 'wrong'>): Violation[] {
  const violations: Violation[] = [];
  if (agrees === wrong.length > 0) {
    const details = { found: String(wrong.length), expected: agrees ? '0' : '≥ 1' };
    violations.push(violation('finding-unclear', 'wrong', details));
  }
  const seen = new Set<string>();
  for (const [at, { field, words }] of wrong.entries()) {
    const path = `wrong[${at}]`;
    if (!isFieldName(field) || seen.has(field)) {
      violations.push(violation('finding-field', `${path}.field`, { found: field.slice(0, 80) }));
    }
    seen.add(field);
    violations.push(
      ...writtenTextViolations('wrongWords', words, `${path}.words`, { missing: 'finding-words-missing' }),
    );
  }
  return violations;
}

/** The fields of a finding as people call them. */
export function fieldNames(wrong: readonly WrongField[]): string {
  return wrong.map(({ field }) => (isFieldName(field) ? FIELDS[field].zh : field)).join('、');
}

/** The fields that a checker enters a second time without having seen them: the key fields by their codes (art. 9). */
export const SECOND_ENTRY_FIELDS = [
  'name',
  'degreeCategory',
  'disciplineCode',
  'conferralDate',
  'certificateNumber',
  'resolutionNumber',
] as const satisfies readonly FieldName[];
export type SecondEntryField = (typeof SECOND_ENTRY_FIELDS)[number];

/** The key fields as they were entered a second time, normalised as in an import. */
export type SecondEntryValues = { readonly [Name in SecondEntryField]: string };

/** Where a second entry differs from the record: one violation per field, with what was entered and what the record says. */
export function secondEntryViolations(
  entered: SecondEntryValues,
  record: { readonly [Name in SecondEntryField]: string },
): Violation[] {
  return SECOND_ENTRY_FIELDS.flatMap((name) =>
    entered[name] === record[name] ||
    (name === 'resolutionNumber' && isSameResolutionNumber(entered[name], record[name]))
      ? []
      : [
          violation('second-entry-mismatch', name, {
            label: FIELDS[name],
            ...toldApart(entered[name], record[name]),
          }),
        ],
  );
}
