// Filed records as a dataset takes them (R18.1): only the columns that were asked for, piece by piece, so that nothing else is ever in memory.
import type { Database } from '../database/connect.ts';
import { FIELD_COLUMNS } from '../records/record-columns.ts';

/** Which records: filed ones of categories and years of conferral. */
export interface FiledSelection {
  readonly institution: string;
  readonly categories: readonly string[];
  readonly yearFrom: number;
  readonly yearUntil: number;
}

/** What tells whether the selection is still what it was: any change of a record in it changes one of the two. */
export interface SelectionState {
  readonly count: number;
  readonly state: string;
}

const AT_ONCE = 5000;

const WHERE = `"institution" = $1 AND "state" = 'filed' AND "category" = ANY($2) AND "conferralDate" >= $3 AND "conferralDate" <= $4`;

const values = ({ institution, categories, yearFrom, yearUntil }: FiledSelection) => [
  institution,
  [...categories],
  `${yearFrom}-01-01`,
  `${yearUntil}-12-31`,
];

/** Anything that can be asked in SQL: the pool, or the connection of a transaction. */
export interface Asking {
  query<Row extends object>(sql: string, values: unknown[]): Promise<{ rows: Row[] }>;
}

/** How many records are in a selection, and a digest of their versions. */
export async function selectionState(db: Asking, selection: FiledSelection): Promise<SelectionState> {
  const sql = `SELECT count(*)::int AS "count",
    coalesce(sum(hashtextextended("id"::text || '/' || "version", 0)::numeric), 0)::text AS "state"
    FROM "DegreeRecord" WHERE ${WHERE}`;
  const { rows } = await db.query<SelectionState>(sql, values(selection));
  return rows[0] ?? { count: 0, state: '' };
}

/**
 * The asked fields of a selection, some thousand rows at a time, each row in the order of the fields; '' for no value.
 * @throws {RangeError} a field that is no column of a record
 */
export async function* filedFields(
  { pool }: Pick<Database, 'pool'>,
  selection: FiledSelection,
  fields: readonly string[],
): AsyncGenerator<string[][]> {
  const stranger = fields.find((field) => !(FIELD_COLUMNS as readonly string[]).includes(field));
  if (stranger !== undefined) throw new RangeError(`no column ${stranger}`);
  const columns = fields.map((field) => `coalesce("${field}", '') AS "${field}"`).join(', ');
  const sql = `SELECT "id"::text AS "id", ${columns} FROM "DegreeRecord"
    WHERE ${WHERE} AND "id" > $5::uuid ORDER BY "id" LIMIT ${AT_ONCE}`;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await pool.query<Record<string, string>>(sql, [...values(selection), after]);
    if (rows.length > 0) yield rows.map((row) => fields.map((field) => row[field] ?? ''));
    after = rows.at(-1)?.id ?? after;
    if (rows.length < AT_ONCE) return;
  }
}
