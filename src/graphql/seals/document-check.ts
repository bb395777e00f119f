// What anybody may learn of an issued document by the code printed on it. No personal data.
import { type CheckedDocument, checkDocument } from '../../procedures/check-document.ts';
import { builder } from '../builder.ts';
import { ApplicationKindEnum, ApplicationStateEnum, DecisionEnum } from '../enums.ts';

const CheckedDocumentRef = builder.objectRef<CheckedDocument>('CheckedDocument').implement({
  description: 'An issued document as the public sees it.',
  fields: (t) => ({
    kind: t.field({ type: ApplicationKindEnum, resolve: (document) => document.kind }),
    documentNumber: t.exposeString('documentNumber'),
    date: t.expose('date', { type: 'Date' }),
    institution: t.exposeString('institution'),
    institutionName: t.exposeString('institutionName'),
    sender: t.exposeString('sender', { description: 'The office that sealed it.' }),
    count: t.exposeInt('count', { description: 'How many people it lists.' }),
    pdfDigest: t.exposeString('pdfDigest', {
      description: 'SHA-256 of the PDF: any other bytes are not this document.',
    }),
    dataDigest: t.exposeString('dataDigest'),
    state: t.field({ type: ApplicationStateEnum, resolve: (document) => document.state }),
    current: t.exposeBoolean('current', {
      description:
        'Whether it is in force: false when a later document of the same case took its place, and when the case was withdrawn or refused.',
    }),
    supersededOn: t.expose('supersededOn', { type: 'Date', nullable: true }),
    supersededBy: t.exposeString('supersededBy', {
      nullable: true,
      description: 'Number of the document in its place.',
    }),
    decision: t.field({ type: DecisionEnum, nullable: true, resolve: (document) => document.decision }),
    decisionNumber: t.string({ nullable: true, resolve: (document) => document.decisionNumber }),
    decidedOn: t.expose('decidedOn', { type: 'Date', nullable: true }),
    carriedOutOn: t.expose('carriedOutOn', {
      type: 'Date',
      nullable: true,
      description: 'When it took effect in the register.',
    }),
  }),
});

builder.queryField('verify', (t) =>
  t.field({
    type: CheckedDocumentRef,
    nullable: true,
    skipTypeScopes: true,
    description: 'The issued document with this code, as a person types it; null when there is none. Public.',
    complexity: { field: 500, multiplier: 1 },
    args: { code: t.arg.string() },
    resolve: (_root, args, context) => checkDocument(context.world, args.code),
  }),
);
