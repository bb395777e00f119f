// How a record ended, and the declaration that its certificate is invalid (articles 15, 16).
import { declareInvalid } from '../../procedures/applications/declare-invalid.ts';
import { addAction } from '../action.ts';
import { applicationId } from '../applications/application-ids.ts';
import { builder } from '../builder.ts';
import { RecordStateEnum } from '../enums.ts';
import { keyFrom } from '../global-id.ts';
import { loaded } from '../loaded.ts';
import { DegreeRecordRef } from './degree-record.ts';

const RecordEndRef = builder.prismaObject('RecordEnd', {
  description: 'How a record ended: since when, why, by which document.',
  select: { institution: true, recordId: true },
  fields: (t) => ({
    state: t.field({ type: RecordStateEnum, select: { state: true }, resolve: (end) => end.state as never }),
    on: t.expose('on', { type: 'Date', description: 'The day from which it holds.' }),
    ground: t.exposeString('ground'),
    documentNumber: t.exposeString('documentNumber'),
    fileDigest: t.exposeString('fileDigest', { description: 'SHA-256 of the document.' }),
    at: t.expose('at', { type: 'DateTime' }),
    application: t.id({
      nullable: true,
      description: 'Global id of the written application that led to it.',
      select: { application: { select: { institution: true, id: true, kind: true } } },
      resolve: ({ application }) => application && applicationId(application),
    }),
  }),
});

builder.prismaObjectField(DegreeRecordRef, 'end', (t) => t.relation('end', { type: RecordEndRef, nullable: true }));

addAction('declareInvalid', {
  description:
    'Records that the education authority declared a certificate invalid, by its document: not a revocation, an end of its own (article 16). By the provincial office.',
  input: (t) => ({
    record: t.id(),
    expectedVersion: t.int({ required: false, description: 'The version that the officer saw.' }),
    reason: t.string(),
    documentNumber: t.string(),
    on: t.field({ type: 'Date', description: 'The day from which it holds.' }),
    fileDigest: t.string({ description: 'SHA-256 of the document, uploaded before.' }),
  }),
  run: async (call, { record, expectedVersion, ...given }) => {
    const { institution, id: recordId } = keyFrom(record, 'DegreeRecord');
    const { reason, documentNumber, on, fileDigest } = given;
    const input = { institution, recordId, expectedVersion: expectedVersion ?? undefined };
    return { institution, ...(await declareInvalid(call, { ...input, reason, documentNumber, on, fileDigest })) };
  },
  success: (t) => ({
    record: t.field({
      type: DegreeRecordRef,
      nullable: true,
      resolve: ({ institution, recordId: id }, _args, context, info) =>
        loaded(context, info, 'degreeRecord', 'DegreeRecord', { institution, id }),
    }),
  }),
});
