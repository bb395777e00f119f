// Correcting a roster by a resolution of the degree committee (article 9).
import { correctRoster } from '../../procedures/resolutions/correct-roster.ts';
import { addAction } from '../action.ts';
import { builder } from '../builder.ts';
import { CategoryEnum } from '../enums.ts';
import { keyFrom } from '../global-id.ts';
import { loaded } from '../loaded.ts';
import { ResolutionRef } from './resolution.ts';

const RosterEntryInput = builder.inputType('RosterEntryInput', {
  description: 'An entry of a roster: the key fields that a record must equal.',
  fields: (t) => ({
    name: t.string(),
    studentNumber: t.string({ description: 'The application number of an equivalent-education master.' }),
    category: t.field({ type: CategoryEnum }),
    degreeCategory: t.string(),
    disciplineCode: t.string(),
    conferralDate: t.field({ type: 'Date' }),
    certificateNumber: t.string(),
  }),
});

addAction('correctRoster', {
  description:
    'Corrects a place of a roster by a correcting resolution: another entry stands instead, or nobody when the degree was never conferred (article 9). By the degree office.',
  input: (t) => ({
    resolution: t.id(),
    sequence: t.int({ description: 'The place on the roster.' }),
    replacement: t.field({
      type: RosterEntryInput,
      required: false,
      description: 'What stands there instead; nothing when the degree was never conferred.',
    }),
    reason: t.string(),
    documentNumber: t.string({ description: 'Number of the correcting resolution.' }),
    fileDigest: t.string({ description: 'SHA-256 of its scan, uploaded before.' }),
  }),
  run: async (call, { resolution, sequence, replacement, reason, documentNumber, fileDigest }) => {
    const { institution, id: resolutionId } = keyFrom(resolution, 'Resolution');
    const given = { institution, resolutionId, sequence, reason, documentNumber, fileDigest };
    const entry = replacement ? { ...replacement } : null;
    return { institution, ...(await correctRoster(call, { ...given, replacement: entry })) };
  },
  success: (t) => ({
    sequence: t.exposeInt('sequence'),
    replacedBy: t.exposeInt('replacedBy', { nullable: true, description: 'The new place at the end of the roster.' }),
    resolution: t.field({
      type: ResolutionRef,
      nullable: true,
      resolve: ({ institution, resolutionId: id }, _args, context, info) =>
        loaded(context, info, 'resolution', 'Resolution', { institution, id }),
    }),
  }),
});
