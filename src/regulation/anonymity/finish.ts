// The finished table and its report.
import { type Quasi, type Sensitive, WHOLE } from './encode.ts';
import { group } from './group.ts';
import { highestLevel, wordsOfLevel } from './hierarchies.ts';
import { type Grouping, measure, NOWHERE } from './measure.ts';
import type { Pace } from './pace.ts';
import type { Found } from './search.ts';
import type { Anonymised, AnonymityGoal, FieldReport, Progress, Table } from './types.ts';

/** What was worked on. */
export interface Work<F extends string> {
  readonly table: Table<F>;
  readonly goal: AnonymityGoal;
  readonly quasis: readonly Quasi[];
  readonly sensitives: readonly Sensitive[];
}

/** Writes the kept rows at the levels found and measures them beside the rows given. */
export function* finish<F extends string>(
  { table, goal, quasis, sensitives }: Work<F>,
  found: Found,
  pace: Pace,
): Generator<Progress, Anonymised<F>> {
  const { rows } = table;
  const keptRows = placesOf(found.grouping, found.kept);
  const columns: string[][] = [];
  for (const [at, field] of table.fields.entries()) {
    const quasi = quasis.findIndex((one) => one.field === field);
    columns.push(
      quasi < 0
        ? Array.from(keptRows, (row) => table.columns[at]?.[row] ?? '')
        : written(quasis[quasi] as Quasi, found.levels[quasi] ?? 0, keptRows),
    );
    if (pace.due(keptRows.length * 4)) yield pace.progress('write');
  }
  const asGiven = yield* group(
    { rows, quasis },
    quasis.map(() => 0),
    pace,
  );
  const before = yield* measure(asGiven, sensitives, pace);
  const after = yield* measure(found.grouping, sensitives, pace);
  const fields: FieldReport[] = [];
  for (const [at, quasi] of quasis.entries()) {
    fields.push(quasiReport(quasi, found.levels[at] ?? 0, keptRows, rows));
    if (pace.due(keptRows.length * 2)) yield pace.progress('write');
  }
  for (const sensitive of sensitives) fields.push(sensitiveReport(sensitive, keptRows, rows));
  const order = new Map<string, number>(table.fields.map((field, at) => [field, at]));
  fields.sort((a, b) => (order.get(a.field) ?? 0) - (order.get(b.field) ?? 0));
  return {
    possible: true,
    table: { fields: table.fields, rows: keptRows.length, columns },
    keptRows,
    levels: Object.fromEntries(quasis.map(({ field }, at) => [field, found.levels[at]])) as Partial<Record<F, number>>,
    report: {
      goal,
      rowsIn: rows,
      rowsKept: keptRows.length,
      rowsSuppressed: rows - keptRows.length,
      before: before as Anonymised<F>['report']['before'],
      after: after as Anonymised<F>['report']['after'],
      fields: fields as unknown as readonly FieldReport<F>[],
      loss: quasis.length === 0 ? (rows - keptRows.length) / rows : found.loss / (WHOLE * quasis.length * rows),
      search: found.report,
    },
  };
}

function placesOf({ classOf }: Grouping, kept: number): Uint32Array {
  const places = new Uint32Array(kept);
  let next = 0;
  for (let row = 0; row < classOf.length; row++) if (classOf[row] !== NOWHERE) places[next++] = row;
  return places;
}

function written({ levels, codes }: Quasi, at: number, keptRows: Uint32Array): string[] {
  const level = levels[at];
  if (level === undefined) throw new RangeError(`no level ${at}`);
  return Array.from(keptRows, (row) => level.values[level.codeOf[codes[row] as number] as number] as string);
}

function quasiReport(quasi: Quasi, at: number, keptRows: Uint32Array, rows: number): FieldReport {
  const { field, hierarchy, levels, codes, values } = quasi;
  const level = levels[at];
  if (level === undefined) throw new RangeError(`no level ${at}`);
  const used = new Uint8Array(level.values.length);
  let lost = 0;
  for (const row of keptRows) {
    const code = codes[row] as number;
    used[level.codeOf[code] as number] = 1;
    lost += level.loss[code] as number;
  }
  const share = lost / WHOLE;
  return {
    ...{ field, role: 'quasi', level: at, levels: highestLevel(hierarchy), words: wordsOfLevel(hierarchy, at) },
    ...{ valuesBefore: values.length, valuesAfter: count(used) },
    lossOfKept: share / keptRows.length,
    loss: (share + rows - keptRows.length) / rows,
  };
}

function sensitiveReport({ field, values, codes }: Sensitive, keptRows: Uint32Array, rows: number): FieldReport {
  const used = new Uint8Array(values.length);
  for (const row of keptRows) used[codes[row] as number] = 1;
  return {
    ...{ field, role: 'sensitive', level: 0, levels: 0, words: { zh: '原值', en: 'as recorded' } },
    ...{ valuesBefore: values.length, valuesAfter: count(used) },
    lossOfKept: 0,
    loss: (rows - keptRows.length) / rows,
  };
}

function count(marks: Uint8Array): number {
  return marks.reduce((sum, mark) => sum + mark, 0);
}
