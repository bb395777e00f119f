// Records beside their places on the roster and their enrolment records: one look-up of each kind for a whole page (R9.4, R11.2).
import { type ComparedField, compareSides } from '../../regulation/cross-check/comparison.ts';
import type { RosterRow } from '../../regulation/resolution/roster.ts';
import { readEnrolmentById } from '../../store/collection/enrolment-by-id.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { type RecordRow, toFields } from '../../store/records/records.ts';
import { findResolution } from '../../store/resolutions/resolutions.ts';
import { standingPlaces } from '../../store/resolutions/roster-reads.ts';
import type { World } from '../call.ts';
import { whyUnlinked } from '../collection/unlinked.ts';

/** A record with every field in the three places. */
export interface RecordComparison {
  readonly institution: string;
  readonly recordId: string;
  readonly rosterSequence: number;
  readonly fields: readonly ComparedField[];
}

/**
 * Compares records of one institution, in their order.
 * @param withEnrolment false for a reader who may not see enrolment records: they are then held against the roster alone
 */
export async function compareRecords(
  db: Pick<Transaction, 'resolution' | 'enrolmentRecord' | '$queryRaw' | '$queryRawUnsafe'>,
  world: Pick<World, 'cipher' | 'blindIndex'>,
  rows: readonly RecordRow[],
  withEnrolment: boolean,
): Promise<RecordComparison[]> {
  const institution = rows[0]?.institution ?? '';
  const ids = rows.flatMap(({ enrolmentRecordId }) => (withEnrolment ? (enrolmentRecordId ?? []) : []));
  const enrolments = await readEnrolmentById(db, institution, ids, world.cipher);
  const opened = rows.map((row) => ({ row, fields: toFields(row, world.cipher) }));
  const unlinked = withEnrolment ? await whyUnlinked(db, world, institution, opened) : new Map();
  const resolutions = new Map<string, NonNullable<Awaited<ReturnType<typeof findResolution>>>>();
  const places = new Map<string, RosterRow>();
  for (const id of new Set(rows.map(({ resolutionId }) => resolutionId))) {
    const resolution = await findResolution(db, institution, id);
    if (resolution) resolutions.set(id, resolution);
    const sequences = rows.filter((row) => row.resolutionId === id).map((row) => row.rosterSequence);
    for (const entry of await standingPlaces(db, institution, id, sequences)) {
      places.set(`${id}/${entry.sequence}`, entry as RosterRow);
    }
  }
  return opened.map(({ row, fields: own }) => {
    const resolution = resolutions.get(row.resolutionId);
    const { number = '', headName = '', chairName = '' } = resolution ?? {};
    const tied = enrolments.get(row.enrolmentRecordId ?? '') ?? unlinked.get(row.id) ?? null;
    const enrolment = withEnrolment ? tied : undefined;
    const entry = places.get(`${row.resolutionId}/${row.rosterSequence}`) ?? null;
    const sides = { entry, resolution: { number, headName, chairName }, enrolment };
    const fields = compareSides(own, sides);
    return { institution, recordId: row.id, rosterSequence: row.rosterSequence, fields };
  });
}
