// A person listed in a written application, and what is asked for this person: changes, the cause of a deletion, the procedure of a revocation.

import { openChanges } from '../../procedures/applications/change-case.ts';
import { deletionAsked } from '../../procedures/applications/deletion-case.ts';
import { type RevocationAsked, revocationAsked } from '../../procedures/applications/revocation-case.ts';
import type { JsonObject } from '../../procedures/statement.ts';
import { shown } from '../../regulation/record/record-fields.ts';
import { FIELDS, type FieldName } from '../../regulation/standard/fields.ts';
import { builder } from '../builder.ts';
import { connectionType } from '../connection.ts';
import { DegreeReviewEnum, DeletionCauseEnum } from '../enums.ts';
import { globalId } from '../global-id.ts';
import type { Order } from '../keyset.ts';

interface ShownChange {
  readonly field: FieldName;
  readonly before: string | null;
  readonly after: string | null;
  readonly evidence: readonly number[];
}

const ListedChangeRef = builder.objectRef<ShownChange>('ListedChange').implement({
  description: 'A field that is to change. Secret values are masked.',
  fields: (t) => ({
    field: t.exposeString('field'),
    label: t.string({ resolve: ({ field }) => FIELDS[field].zh }),
    labelEn: t.string({ resolve: ({ field }) => FIELDS[field].en }),
    before: t.exposeString('before', { nullable: true }),
    after: t.exposeString('after', { nullable: true }),
    evidence: t.intList({
      description: 'Numbers of the evidence it rests on, from 1.',
      resolve: ({ evidence }) => [...evidence],
    }),
  }),
});

const ListedDeletionRef = builder
  .objectRef<{ readonly institution: string } & ReturnType<typeof deletionAsked>>('ListedDeletion')
  .implement({
    description: 'Why the record of this person is to be deleted.',
    fields: (t) => ({
      cause: t.field({ type: DeletionCauseEnum, resolve: ({ cause }) => cause }),
      standingRecord: t.id({
        nullable: true,
        description: 'Global id of the record that stays.',
        resolve: ({ institution, standingRecordId: id }) => (id ? globalId('DegreeRecord', { institution, id }) : null),
      }),
    }),
  });

const RecordedReviewRef = builder.objectRef<NonNullable<RevocationAsked['review']>>('RecordedReview').implement({
  description: 'The review that the person asked for.',
  fields: (t) => ({
    outcome: t.field({ type: DegreeReviewEnum, resolve: ({ outcome }) => outcome }),
    on: t.expose('on', { type: 'Date' }),
    fileDigest: t.exposeString('fileDigest'),
  }),
});

const ListedRevocationRef = builder.objectRef<RevocationAsked>('ListedRevocation').implement({
  description: 'What was done towards this person (article 16).',
  fields: (t) => ({
    noticeOn: t.expose('noticeOn', { type: 'Date' }),
    hearingOn: t.expose('hearingOn', { type: 'Date', nullable: true, description: 'Null when the person waived it.' }),
    hearingWaived: t.boolean({ resolve: ({ hearingWaived }) => hearingWaived === true }),
    hearingResult: t.exposeString('hearingResult'),
    deliveredOn: t.expose('deliveredOn', { type: 'Date' }),
    certificateHandling: t.exposeString('certificateHandling'),
    review: t.field({ type: RecordedReviewRef, nullable: true, resolve: ({ review }) => review }),
  }),
});

const ASKED = { institution: true, applicationId: true, recordId: true, content: true } as const;
const holder = (row: { institution: string; recordId: string; content: unknown }) => ({
  row: { institution: row.institution, id: row.recordId },
  content: row.content as JsonObject,
});

const ListedRecordRef = builder.prismaObject('ApplicationRecord', {
  description: 'A person listed in an application.',
  select: { institution: true, applicationId: true, recordId: true, position: true },
  fields: (t) => ({
    position: t.exposeInt('position'),
    record: t.relation('record'),
    version: t.exposeInt('version', { description: 'The version of the record that the application speaks of.' }),
    changes: t.field({
      type: [ListedChangeRef],
      description: 'What shall change; empty in other kinds of application.',
      select: ASKED,
      resolve: (row, _args, { world }) =>
        openChanges(world, holder(row), row.applicationId).map((change) => ({
          ...change,
          before: maskedValue(change.field, change.before),
          after: maskedValue(change.field, change.after),
        })),
    }),
    deletion: t.field({
      type: ListedDeletionRef,
      nullable: true,
      select: ASKED,
      resolve: (row) => {
        const asked = deletionAsked(holder(row));
        return asked.cause === undefined ? null : { institution: row.institution, ...asked };
      },
    }),
    revocation: t.field({
      type: ListedRevocationRef,
      nullable: true,
      select: ASKED,
      resolve: (row) => {
        const asked = revocationAsked(holder(row));
        return asked.noticeOn === undefined ? null : asked;
      },
    }),
  }),
});

function maskedValue(field: FieldName, value: string | null): string | null {
  return value !== null && FIELDS[field].secret ? shown(field, value) : value;
}

/** A page of listed people. */
export const ListedRecordConnection = connectionType('ApplicationRecord', ListedRecordRef);
/** As the document lists them. */
export const POSITION_ORDER: Order = { name: 'position', columns: [{ column: 'position', kind: 'number' }] };
