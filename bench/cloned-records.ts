// A register of any size out of a thousand imported records, made by the database itself: reads need many rows, not many people.
import type pg from 'pg';
import { RECORD_COLUMNS } from '../src/store/records/record-columns.ts';

/** Clones the `imported` records until there are `wanted`; ids follow one another, certificate numbers stay unique. */
export async function clonedRecords(pool: pg.Pool, imported: number, wanted: number): Promise<void> {
  const own: Readonly<Record<string, string>> = {
    // Version 7 of the same instant as the first record, counted up.
    id: `(left(r."id"::text, 9) || lpad(to_hex(c.n), 4, '0') || '-7' || substr(r."id"::text, 16))::uuid`,
    certificateNumber: `left(r."certificateNumber", 10) || lpad((100000 + c.n * ${imported} + r."rosterSequence")::text, 6, '0')`,
    rosterSequence: `c.n * ${imported} + r."rosterSequence"`,
  };
  const names = RECORD_COLUMNS.map(({ name }) => `"${name}"`).join(', ');
  const values = RECORD_COLUMNS.map(({ name }) => own[name] ?? `r."${name}"`).join(', ');
  const clones = Math.ceil(wanted / imported) - 1;
  await pool.query(
    `INSERT INTO "DegreeRecord" (${names}) SELECT ${values} FROM "DegreeRecord" r, generate_series(1, ${clones}) AS c(n)
     ORDER BY c.n, r."rosterSequence" LIMIT ${Math.max(0, wanted - imported)}`,
  );
  await pool.query('ANALYZE "DegreeRecord"');
  await pool.query('VACUUM "DegreeRecord"');
}
