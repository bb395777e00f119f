// What is still looked up under a key: counted value by value, because a look-up key does not say under which key it was made.
import { IDENTITY_PURPOSE } from '../../secrecy/blind-index.ts';
import type { Database } from '../../store/database/connect.ts';
import { inTransaction } from '../../store/database/transaction.ts';
import { type BoxRow, readBoxPage } from '../../store/secrecy/re-encrypt.ts';
import { SECRET_TABLES } from '../../store/secrecy/secret-columns.ts';
import { type AccountIndex, readAccountIndexes } from '../../store/student/student-account-index.ts';
import type { ResealSecrets } from './reseal.ts';

const ROWS = 1000;

/** Rows of each table that are indexed under a key of the ring, tables with none left out. What cannot be opened counts: nobody can say. */
export async function countIndexedUnder(
  db: Database,
  { cipher, blindIndex }: ResealSecrets,
  keyId: string,
): Promise<{ readonly table: string; readonly count: number }[]> {
  const at = blindIndex.keyIds.indexOf(keyId);
  const under = (box: string, context: string, index: string): boolean => {
    try {
      return blindIndex.lookUps(cipher.open(box, context), IDENTITY_PURPOSE)[at] === index;
    } catch {
      return true;
    }
  };
  const counts = new Map<string, number>();
  const add = (table: string, found: readonly boolean[]) =>
    counts.set(table, (counts.get(table) ?? 0) + found.filter(Boolean).length);
  const institutions = await db.prisma.institution.findMany({ select: { code: true }, orderBy: { code: 'asc' } });
  for (const { code: institution } of institutions) {
    for (const table of SECRET_TABLES.filter((one) => one.index !== undefined)) {
      const place = table.columns.findIndex(({ name }) => name === 'identityNumber');
      const read = (after: BoxRow | null) => {
        const page = { institution, after: after?.key ?? null, most: ROWS, notUnder: null, patient: true };
        return inTransaction(db, (tx) => readBoxPage(tx, table, page));
      };
      for await (const rows of pages(read)) {
        const found = rows.map(({ key, cells, index }) =>
          under(String(cells[place] ?? ''), table.context(institution, key, 'identityNumber'), index ?? ''),
        );
        add(table.table, found);
      }
    }
    const read = (after: AccountIndex | null) =>
      inTransaction(db, (tx) => readAccountIndexes(tx, institution, after?.id ?? null, ROWS));
    for await (const rows of pages(read)) {
      const found = rows.map(({ recordId, box, index }) =>
        under(box, `${institution}/${recordId}/identityNumber`, index),
      );
      add('StudentAccount', found);
    }
  }
  return [...counts].map(([table, count]) => ({ table, count })).filter(({ count }) => count > 0);
}

/** Page after page, until one is not full. */
async function* pages<Row>(read: (after: Row | null) => Promise<Row[]>): AsyncGenerator<Row[]> {
  for (let after: Row | null = null; ; ) {
    const rows: Row[] = await read(after);
    yield rows;
    after = rows.at(-1) ?? null;
    if (rows.length < ROWS) return;
  }
}
