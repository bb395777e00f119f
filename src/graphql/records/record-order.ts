// How records can be chosen and ordered: each order ends in a unique column and has an index.
import { type BlindIndex, IDENTITY_PURPOSE } from '../../secrecy/blind-index.ts';
import type { RecordFilter } from '../../store/filters.ts';
import { badInput } from '../bad-input.ts';
import { builder } from '../builder.ts';
import { CategoryEnum, RecordStateEnum } from '../enums.ts';
import { keyIn } from '../global-id.ts';
import type { Order } from '../keyset.ts';

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

const EMPTY = {
  zh: '筛选条件不能为空文本；不需要时请不要给出。',
  en: 'A condition of a filter is no empty text; leave it out instead.',
};

/**
 * Whether a condition is given.
 * @throws GraphQLError for an empty text, which would otherwise mean everybody
 */
export function isGiven(value: string | null | undefined, field: string): value is string {
  if (value === null || value === undefined) return false;
  if (value.trim() === '') throw badInput(EMPTY, { path: `filter.${field}`, found: value, expected: '≥ 1' });
  return true;
}

/** A text for LIKE that means only itself. */
function literally(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** Under what an identity number is looked up, written as people write it. */
export function identityLookUps(identityNumber: string, blindIndex: BlindIndex): string[] {
  return [...blindIndex.lookUps(identityNumber.trim().toUpperCase(), IDENTITY_PURPOSE)];
}

/** A filter as a Prisma `where`; an id of another type finds nothing. */
export function recordWhere(
  filter: typeof RecordFilterInput.$inferInput | null | undefined,
  blindIndex: BlindIndex,
): RecordFilter {
  if (!filter) return {};
  const { state, category, batch, resolution, name, namePrefix, studentNumber, certificateNumber } = filter;
  const { identityNumber, supplementary, conferredFrom, conferredUntil } = filter;
  const all: RecordFilter[] = [];
  if (state) all.push({ state: { in: [...state] } });
  if (category) all.push({ category: { in: [...category] } });
  if (isGiven(batch, 'batch')) {
    const { institution, id } = keyIn(batch, 'Batch');
    all.push({ institution, batchId: id });
  }
  if (isGiven(resolution, 'resolution')) {
    const { institution, id } = keyIn(resolution, 'Resolution');
    all.push({ institution, resolutionId: id });
  }
  if (isGiven(name, 'name')) all.push({ name });
  if (isGiven(namePrefix, 'namePrefix')) all.push({ name: { startsWith: literally(namePrefix) } });
  if (isGiven(studentNumber, 'studentNumber')) all.push({ studentNumber });
  if (isGiven(certificateNumber, 'certificateNumber')) all.push({ certificateNumber });
  if (isGiven(identityNumber, 'identityNumber')) {
    all.push({ identityNumberIndex: { in: identityLookUps(identityNumber, blindIndex) } });
  }
  if (supplementary !== null && supplementary !== undefined) all.push({ supplementary });
  if (conferredFrom) all.push({ conferralDate: { gte: conferredFrom } });
  if (conferredUntil) all.push({ conferralDate: { lte: conferredUntil } });
  return { AND: all };
}
