// Matching the header of a file against the columns of a template: what is missing, unknown or doubled, and what was probably meant.
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import { likeness } from './likeness.ts';

/** A column of a template: its heading, other texts that mean it (mnemonic, older headings), and whether a file must have it. */
export interface Column {
  readonly heading: string;
  readonly en: string;
  readonly aliases: readonly string[];
  readonly required: boolean;
}

/** For each cell of the header the column it is, null for an empty cell. */
export type ColumnMatch<C extends Column> = readonly (C | null)[];

/** A heading without what people add to it: spaces, asterisks, a hint in brackets at the end. */
export function plainHeading(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s*]+/g, '')
    .replace(/\([^()]*\)$/, '')
    .toUpperCase();
}

function index<C extends Column>(columns: readonly C[]): Map<string, C> {
  const map = new Map<string, C>();
  for (const column of columns) {
    for (const text of [column.heading, ...column.aliases]) {
      const plain = plainHeading(text);
      if (!map.has(plain)) map.set(plain, column);
    }
  }
  return map;
}

/** How many headings of a file a template knows. */
export function knownHeadings<C extends Column>(header: readonly string[], columns: readonly C[]): number {
  const known = index(columns);
  return new Set(header.map((text) => known.get(plainHeading(text))).filter((column) => column !== undefined)).size;
}

/** Matches a header, in any order; every missing, unknown and doubled heading is a violation. Paths read `header[3]` or the heading that is missing. */
export function matchHeader<C extends Column>(
  header: readonly string[],
  columns: readonly C[],
): { readonly match: ColumnMatch<C> } | { readonly violations: Violation[] } {
  const known = index(columns);
  const match = header.map((text) => known.get(plainHeading(text)) ?? null);
  const present = new Set(match);
  const violations: Violation[] = [];
  const absent = columns.filter((column) => !present.has(column));
  if (present.size === 0 || (present.size === 1 && present.has(null))) {
    const expected = columns.filter(({ required }) => required).map(({ heading }) => heading);
    return {
      violations: [
        violation('header-empty', 'header', { found: header.slice(0, 8).join('、'), expected: expected.join('、') }),
      ],
    };
  }
  for (const [at, text] of header.entries()) {
    const column = match[at];
    const path = `header[${at}]`;
    if (column === null && plainHeading(text) !== '') {
      const near = absent
        .map(({ heading }) => ({ heading, score: likeness(plainHeading(text), plainHeading(heading)) }))
        .sort((a, b) => b.score - a.score)[0];
      const expected = near !== undefined && near.score >= 0.5 ? near.heading : undefined;
      violations.push(
        violation('header-column-unknown', path, {
          label: { zh: text, en: `number ${at + 1}` },
          found: text,
          expected,
        }),
      );
    } else if (column !== null && column !== undefined && match.indexOf(column) < at) {
      const label = { zh: column.heading, en: column.en };
      violations.push(violation('header-column-doubled', path, { label, found: text }));
    }
  }
  for (const { heading, en, required } of absent) {
    if (required)
      violations.push(violation('header-column-missing', heading, { label: { zh: heading, en }, expected: heading }));
  }
  return violations.length > 0 ? { violations } : { match };
}
