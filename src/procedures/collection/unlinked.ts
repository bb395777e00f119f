// Records without a tie to an enrolment record: whether there is one that only waits to be linked (R9.2, R11.8).
import { type NoEnrolment, needsEnrolment } from '../../regulation/record/enrolment.ts';
import type { RecordFields } from '../../regulation/record/record.ts';
import { findEnrolments } from '../../store/collection/enrolment-records.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import type { World } from '../call.ts';

/** Record id → why it has no enrolment record, for those that need one and are tied to none. Nothing is asked where all are tied. */
export async function whyUnlinked(
  db: Pick<Transaction, '$queryRawUnsafe'>,
  world: Pick<World, 'cipher' | 'blindIndex'>,
  institution: string,
  records: readonly {
    readonly row: { readonly id: string; readonly enrolmentRecordId: string | null };
    readonly fields: RecordFields;
  }[],
): Promise<ReadonlyMap<string, NoEnrolment>> {
  const loose = records.filter(({ row, fields }) => row.enrolmentRecordId === null && needsEnrolment(fields.category));
  if (loose.length === 0) return new Map();
  const keys = loose.map(({ fields }) => fields);
  const matches = await findEnrolments(db, institution, keys, world);
  return new Map(
    loose.map(({ row }, at): [string, NoEnrolment] => {
      const match = matches[at] ?? null;
      return [row.id, match === null ? 'missing' : match === 'ambiguous' ? 'ambiguous' : 'not-linked'];
    }),
  );
}
