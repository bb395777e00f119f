// The papers of a case: sealed documents, dispatches, decisions.
import { builder } from '../builder.ts';
import { connectionType } from '../connection.ts';
import { AddresseeEnum, ChannelEnum, DecisionEnum } from '../enums.ts';
import type { Order } from '../keyset.ts';

const DispatchRef = builder.prismaObject('Dispatch', {
  description: 'A document on its way to one addressee, with the proof that it arrived.',
  select: { institution: true, applicationId: true, document: true, addressee: true },
  fields: (t) => ({
    addressee: t.field({ type: AddresseeEnum, resolve: (row) => row.addressee as never }),
    document: t.exposeInt('document', { description: 'Which document of the case.' }),
    channel: t.field({ type: ChannelEnum, select: { channel: true }, resolve: (row) => row.channel as never }),
    dispatchedOn: t.expose('dispatchedOn', { type: 'Date' }),
    receipt: t.exposeString('receipt', { nullable: true }),
    proofDigest: t.exposeString('proofDigest', { nullable: true, description: 'SHA-256 of the proof of delivery.' }),
    dispatchedBy: t.relation('dispatchedBy'),
    at: t.expose('at', { type: 'DateTime' }),
  }),
});

/** The dispatches of a document, by addressee. */
export const DISPATCH_ORDER: Order = { name: 'addressee', columns: [{ column: 'addressee', kind: 'text' }] };
/** A page of dispatches. */
export const DispatchConnection = connectionType('Dispatch', DispatchRef);

/** A document that was sealed for a case. */
export const ApplicationDocumentRef = builder.prismaObject('ApplicationDocument', {
  description: 'A document that was sealed for a case; after a return the next one takes its place.',
  select: { institution: true, applicationId: true, sequence: true },
  fields: (t) => ({
    sequence: t.exposeInt('sequence'),
    documentNumber: t.exposeString('documentNumber'),
    documentDate: t.expose('documentDate', { type: 'Date' }),
    verificationCode: t.exposeString('verificationCode'),
    pdfDigest: t.exposeString('pdfDigest', { description: 'SHA-256 of the sealed PDF.' }),
    dataDigest: t.exposeString('dataDigest', { description: 'SHA-256 of the data attached to it.' }),
    sealedAt: t.expose('sealedAt', { type: 'DateTime' }),
  }),
});

/** Oldest first. */
export const SEQUENCE_ORDER: Order = { name: 'sequence', columns: [{ column: 'sequence', kind: 'number' }] };
/** A page of documents. */
export const ApplicationDocumentConnection = connectionType('ApplicationDocument', ApplicationDocumentRef);

/** A decision of the provincial office. */
export const ApplicationDecisionRef = builder.prismaObject('ApplicationDecision', {
  description: 'What the provincial office answered, with its document.',
  select: { institution: true, applicationId: true, sequence: true },
  fields: (t) => ({
    sequence: t.exposeInt('sequence'),
    decision: t.field({ type: DecisionEnum, select: { decision: true }, resolve: (row) => row.decision as never }),
    number: t.exposeString('number'),
    reason: t.exposeString('reason', { nullable: true }),
    fileDigest: t.exposeString('fileDigest', { description: "SHA-256 of the decision's document." }),
    decidedBy: t.relation('decidedBy'),
    at: t.expose('at', { type: 'DateTime' }),
  }),
});
/** A page of decisions. */
export const ApplicationDecisionConnection = connectionType('ApplicationDecision', ApplicationDecisionRef);
