// A new edition of a code table (R7.1): its file, and what it changes. A code keeps its meaning for the days before.
import type { CivilDate } from '../deadlines/deadlines.ts';
import { addDays, isCivilDate } from '../deadlines/deadlines.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import { readDate } from './cells.ts';
import type { CodeRow, CodeTableName, RecodingRow } from './codes.ts';
import { CODE_TABLES, indexCodes, tableEntries } from './codes.ts';
import type { CodeTable } from './tables/code-entry.ts';
import type { TextRow } from './text-columns.ts';
import { isPlainText, textColumn } from './text-columns.ts';

type Key = 'code' | 'name' | 'validFrom' | 'validUntil' | 'recodedTo';

/** The columns of the file; the order is free. */
export const CODE_TABLE_TEMPLATE = [
  textColumn<Key>('code', '代码', 'code', { required: true }),
  textColumn<Key>('name', '名称', 'name', { required: true }),
  textColumn<Key>('validFrom', '生效日期', 'valid from'),
  textColumn<Key>('validUntil', '失效日期', 'valid until', { aliases: ['有效期至'] }),
  textColumn<Key>('recodedTo', '改为代码', 'recoded to', { aliases: ['新代码'] }),
];

/** A row with its line in the file. */
export interface CodeTableLine {
  readonly line: number;
  readonly row: TextRow<Key>;
}

/** What becomes of one code. */
export interface CodeChange {
  readonly kind: 'new' | 'changed' | 'ended' | 'unchanged';
  readonly code: string;
  readonly name: string;
  /** The name before, of a changed one. */
  readonly before: string | null;
  readonly validFrom: string;
  readonly validUntil: string | null;
  readonly recodedTo: string | null;
}

/** What is asked: from which day, and whether codes that the file lacks end then. */
export interface CodeTableBasis {
  readonly validFrom: CivilDate;
  readonly complete: boolean;
  /** The entries of the table that the institution has by now. */
  readonly own: readonly CodeRow[];
}

/** The table as it would be kept, what changes, and everything that is wrong with the file. */
export interface CodeTableOutcome {
  readonly entries: readonly CodeRow[];
  readonly recodings: readonly Omit<RecodingRow, 'codeTable'>[];
  readonly changes: readonly CodeChange[];
  readonly violations: readonly Violation[];
}

/** Before every day that a record could name. */
export const ALWAYS_FROM = '1900-01-01';
const LONGEST_CODE = 40;
const LONGEST_NAME = 100;

interface Wanted {
  readonly line: number;
  readonly code: string;
  readonly name: string;
  readonly from: string | null;
  readonly until: string | null;
  readonly recodedTo: string | null;
}

function readLine(table: CodeTable, { line, row }: CodeTableLine, into: Violation[]): Wanted {
  const at = (key: Key) => `rows[${line}].${key}`;
  const malformed = (key: 'code' | 'name', expected: string) => {
    const { heading: zh, en } = CODE_TABLE_TEMPLATE.find((column) => column.key === key) ?? { heading: key, en: key };
    into.push(violation('code-row-malformed', at(key), { label: { zh, en }, found: row[key].slice(0, 60), expected }));
  };
  const { shape } = table;
  if (!isPlainText(row.code, LONGEST_CODE) || /\s/.test(row.code)) malformed('code', `1 … ${LONGEST_CODE}`);
  else if (shape !== undefined && !shape.test(row.code)) malformed('code', shape.source);
  if (!isPlainText(row.name, LONGEST_NAME)) malformed('name', `1 … ${LONGEST_NAME}`);
  const day = (key: 'validFrom' | 'validUntil') => {
    if (row[key] === '') return null;
    const date = readDate(row[key]);
    if (date === null) into.push(violation('code-row-period', at(key), { found: row[key], expected: 'YYYY-MM-DD' }));
    return date;
  };
  const [from, until] = [day('validFrom'), day('validUntil')];
  if (from !== null && until !== null && from > until) {
    into.push(violation('code-row-period', at('validUntil'), { found: until, expected: `≥ ${from}` }));
  }
  return { line, code: row.code, name: row.name, from, until, recodedTo: row.recodedTo || null };
}

/** The same code twice for the same days. */
function doubled(rows: readonly CodeRow[], lines: ReadonlyMap<CodeRow, number>): Violation[] {
  const byCode = new Map<string, CodeRow[]>();
  const violations: Violation[] = [];
  for (const row of rows) {
    const known = byCode.get(row.code) ?? [];
    const last = '9999-12-31';
    const other = known.find(
      (one) => one.validFrom <= (row.validUntil ?? last) && row.validFrom <= (one.validUntil ?? last),
    );
    if (other !== undefined) {
      violations.push(violation('code-row-doubled', `rows[${lines.get(row) ?? 0}].code`, { found: row.code }));
    }
    byCode.set(row.code, [...known, row]);
  }
  return violations;
}

/** Holds a file against the table as it is: what is new, changed, ended and unchanged from the day on; all problems at once. */
export function compareCodeTable(
  name: CodeTableName,
  lines: readonly CodeTableLine[],
  { validFrom, complete, own }: CodeTableBasis,
): CodeTableOutcome {
  const violations: Violation[] = [];
  const table: CodeTable = CODE_TABLES[name];
  const wanted = lines.map((line) => readLine(table, line, violations));
  const before = addDays(validFrom, -1);
  const holding = tableEntries(name, indexCodes(own)).filter(
    (entry) => (entry.validFrom ?? ALWAYS_FROM) <= validFrom && (entry.validUntil ?? validFrom) >= validFrom,
  );
  const now = new Map(holding.map((entry) => [entry.code, entry]));
  const rows: CodeRow[] = [];
  const lineOf = new Map<CodeRow, number>();
  const changes: CodeChange[] = [];
  const recodings: Omit<RecodingRow, 'codeTable'>[] = [];
  const named = new Set<string>();
  for (const { line, code, name: text, from, until, recodedTo } of wanted) {
    const known = now.get(code);
    named.add(code);
    const end = until ?? (recodedTo === null ? null : before);
    const same = known !== undefined && known.name === text;
    const start =
      from ?? (known !== undefined && (same || end === before) ? (known.validFrom ?? ALWAYS_FROM) : validFrom);
    const row: CodeRow = { codeTable: name, code, name: text, validFrom: start, validUntil: end };
    rows.push(row);
    lineOf.set(row, line);
    if (end !== null && end < start && from === null) {
      violations.push(violation('code-row-period', `rows[${line}].validUntil`, { found: end, expected: `≥ ${start}` }));
    }
    if (recodedTo !== null && end !== null) {
      recodings.push({ oldCode: code, newCode: recodedTo, validFrom: addDays(end, 1) });
      if (!wanted.some((other) => other.code === recodedTo) && (complete || !now.has(recodedTo))) {
        violations.push(violation('recoding-target-unknown', `rows[${line}].recodedTo`, { found: recodedTo }));
      }
    }
    if (known !== undefined && !same && start > (known.validFrom ?? ALWAYS_FROM)) {
      const ended = addDays(start, -1);
      const old = { codeTable: name, code, name: known.name, validFrom: known.validFrom ?? ALWAYS_FROM };
      rows.push({ ...old, validUntil: ended });
    }
    const kind =
      known === undefined
        ? 'new'
        : end === before
          ? 'ended'
          : same && end === (known.validUntil ?? null)
            ? 'unchanged'
            : 'changed';
    const earlier = known !== undefined && !same ? known.name : null;
    changes.push({ kind, code, name: text, before: earlier, validFrom: start, validUntil: end, recodedTo });
  }
  if (complete) {
    for (const entry of now.values()) {
      if (named.has(entry.code)) continue;
      const start = entry.validFrom ?? ALWAYS_FROM;
      const { code, name: text } = entry;
      // What began on the very day of this edition was never in force beside it.
      if (start <= before) rows.push({ codeTable: name, code, name: text, validFrom: start, validUntil: before });
      changes.push({
        ...{ kind: 'ended', code, name: text, before: null, validFrom: start },
        validUntil: before,
        recodedTo: null,
      });
    }
  }
  violations.push(...doubled(rows, lineOf), ...circles(recodings, wanted));
  // Days before this edition keep what they had; what the file says anew of a code from the same day takes its place.
  const said = new Set(rows.map(({ code, validFrom: from }) => `${code} ${from}`));
  const past = own.filter(
    (row) => row.validUntil !== null && row.validUntil < validFrom && !said.has(`${row.code} ${row.validFrom}`),
  );
  const kept = complete ? past : [...past, ...own.filter((row) => !past.includes(row) && !named.has(row.code))];
  return { entries: [...kept, ...rows], recodings, changes, violations };
}

function circles(recodings: readonly Omit<RecodingRow, 'codeTable'>[], wanted: readonly Wanted[]): Violation[] {
  const next = new Map(recodings.map(({ oldCode, newCode }) => [oldCode, newCode]));
  return wanted.flatMap(({ line, code }) => {
    const seen = new Set<string>();
    for (let at = next.get(code); at !== undefined && !seen.has(at); at = next.get(at)) {
      if (at === code) return [violation('recoding-in-circle', `rows[${line}].recodedTo`, { found: code })];
      seen.add(at);
    }
    return [];
  });
}

/** What is wrong with the day from which an edition of a table is to hold. */
export function codeTablePeriodViolations(validFrom: string, earlier: string | null): Violation[] {
  if (!isCivilDate(validFrom) || validFrom < ALWAYS_FROM) {
    return [violation('code-row-period', 'validFrom', { found: validFrom, expected: 'YYYY-MM-DD' })];
  }
  if (earlier === null || earlier <= validFrom) return [];
  return [violation('code-table-before-earlier', 'validFrom', { found: validFrom, expected: `≥ ${earlier}` })];
}
