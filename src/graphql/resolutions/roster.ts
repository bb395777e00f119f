// The roster of a resolution: the people on whom a degree was conferred (R9.1).
import { builder } from '../builder.ts';
import { connectionType } from '../connection.ts';
import { CategoryEnum } from '../enums.ts';
import type { Order } from '../keyset.ts';

builder.prismaObject('RosterStrike', {
  description: 'A correction of a roster by the degree committee.',
  select: { institution: true, resolutionId: true, sequence: true },
  fields: (t) => ({
    reason: t.exposeString('reason'),
    documentNumber: t.exposeString('documentNumber', { description: 'Number of the correcting resolution.' }),
    fileDigest: t.exposeString('fileDigest', { description: 'SHA-256 of its scan.' }),
    replacedBy: t.exposeInt('replacedBy', { nullable: true, description: 'The place that stands instead.' }),
    at: t.expose('at', { type: 'DateTime' }),
  }),
});

const RosterEntryRef = builder.prismaObject('RosterEntry', {
  description: 'One person on the roster: the key fields that a record must equal.',
  select: { institution: true, resolutionId: true, sequence: true },
  fields: (t) => ({
    sequence: t.exposeInt('sequence'),
    name: t.exposeString('name'),
    studentNumber: t.exposeString('studentNumber'),
    category: t.field({ type: CategoryEnum, select: { category: true }, resolve: (entry) => entry.category as never }),
    degreeCategory: t.exposeString('degreeCategory'),
    disciplineCode: t.exposeString('disciplineCode'),
    conferralDate: t.expose('conferralDate', { type: 'Date' }),
    certificateNumber: t.exposeString('certificateNumber'),
    strike: t.relation('strike', {
      nullable: true,
      description: 'The correction that struck this place; null while it stands.',
    }),
  }),
});

/** A page of a roster. */
export const RosterEntryConnection = connectionType('RosterEntry', RosterEntryRef);

/** As on the roster. */
export const ROSTER_ORDER: Order = { name: 'sequence', columns: [{ column: 'sequence', kind: 'number' }] };
