// How records can be chosen and ordered: each order ends in a unique column and has an index.
import type { RecordFilter } from '../store/filters.ts';
import { builder } from './builder.ts';
import { CategoryEnum, RecordStateEnum } from './enums.ts';
import { keyIn } from './global-id.ts';
import type { Order } from './keyset.ts';

/** The orders of records. */
export const RECORD_ORDERS = {
  OLDEST: { name: 'oldest', columns: [{ column: 'id', kind: 'text' }] },
  NEWEST: { name: 'newest', columns: [{ column: 'id', kind: 'text', down: true }] },
  NAME: {
    name: 'name',
    columns: [
      { column: 'name', kind: 'text' },
      { column: 'id', kind: 'text' },
    ],
  },
  CERTIFICATE_NUMBER: { name: 'certificateNumber', columns: [{ column: 'certificateNumber', kind: 'text' }] },
  ROSTER: {
    name: 'roster',
    columns: [
      { column: 'rosterSequence', kind: 'number' },
      { column: 'id', kind: 'text' },
    ],
  },
} as const satisfies Record<string, Order>;

/** By what records are ordered. */
export const RecordOrderEnum = builder.enumType('RecordOrder', {
  values: {
    OLDEST: { value: 'OLDEST', description: 'In the order of collection.' },
    NEWEST: { value: 'NEWEST', description: 'Last collected first.' },
    NAME: { value: 'NAME', description: 'By name (code points).' },
    CERTIFICATE_NUMBER: { value: 'CERTIFICATE_NUMBER' },
    ROSTER: { value: 'ROSTER', description: 'As on the roster; within one resolution.' },
  } as const,
});

/** Which records. All conditions hold together. */
export const RecordFilterInput = builder.inputType('RecordFilter', {
  fields: (t) => ({
    state: t.field({ type: [RecordStateEnum], required: false }),
    category: t.field({ type: [CategoryEnum], required: false }),
    batch: t.id({ required: false }),
    resolution: t.id({ required: false }),
    name: t.string({ required: false, description: 'The whole name.' }),
    namePrefix: t.string({ required: false, description: 'How the name begins.' }),
    studentNumber: t.string({ required: false }),
    certificateNumber: t.string({ required: false }),
    identityNumber: t.string({ required: false, description: 'The whole number, looked up by its keyed index.' }),
    supplementary: t.boolean({ required: false }),
    conferredFrom: t.field({ type: 'Date', required: false }),
    conferredUntil: t.field({ type: 'Date', required: false }),
  }),
});

/** A filter as a Prisma `where`; an id of another type finds nothing. */
export function recordWhere(
  filter: typeof RecordFilterInput.$inferInput | null | undefined,
  blindIndex: (value: string, purpose: string) => string,
): RecordFilter {
  if (!filter) return {};
  const { state, category, batch, resolution, name, namePrefix, studentNumber, certificateNumber } = filter;
  const { identityNumber, supplementary, conferredFrom, conferredUntil } = filter;
  const all: RecordFilter[] = [];
  if (state) all.push({ state: { in: [...state] } });
  if (category) all.push({ category: { in: [...category] } });
  if (batch) {
    const { institution, id } = keyIn(batch, 'Batch');
    all.push({ institution, batchId: id });
  }
  if (resolution) {
    const { institution, id } = keyIn(resolution, 'Resolution');
    all.push({ institution, resolutionId: id });
  }
  if (name) all.push({ name });
  if (namePrefix) all.push({ name: { startsWith: namePrefix } });
  if (studentNumber) all.push({ studentNumber });
  if (certificateNumber) all.push({ certificateNumber });
  if (identityNumber)
    all.push({ identityNumberIndex: blindIndex(identityNumber.trim().toUpperCase(), 'identity-number') });
  if (supplementary !== null && supplementary !== undefined) all.push({ supplementary });
  if (conferredFrom) all.push({ conferralDate: { gte: conferredFrom } });
  if (conferredUntil) all.push({ conferralDate: { lte: conferredUntil } });
  return { AND: all };
}
