// From a line of an imported file to the record that it became (article 22).
import { builder } from '../builder.ts';
import { readOne } from '../reads.ts';
import { DegreeRecordRef } from '../records/degree-record.ts';
import { visible } from '../scopes.ts';
import { ImportRef } from './import.ts';

builder.prismaObjectField(ImportRef, 'record', (t) =>
  t.field({
    type: DegreeRecordRef,
    nullable: true,
    description: 'The record that a line of the file became; null when it was refused or is no line of it.',
    args: { line: t.arg.int({ description: 'Line or row of the file; the header is line 1.' }) },
    complexity: { field: 5, multiplier: 1 },
    select: { institution: true, id: true, resolutionId: true, category: true },
    resolve: async ({ institution, id: importId, resolutionId, category }, { line: importLine }, context, info) => {
      if (resolutionId === null || category === null) return null;
      // By resolution and category first: the place of a line has no index of its own, and imports need not pay for one.
      const ofBatch = { batch: { institution, resolutionId, category } };
      const where = { AND: [visible(context, 'degreeRecord'), ofBatch, { institution, importId, importLine }] };
      return readOne(context, info, 'degreeRecord', 'DegreeRecord', where);
    },
  }),
);
