// Written applications: the case, the sealed PDF and the decision (R11.6, R15.1). One GraphQL type per kind.

import { BATCH_ORDER, BatchConnection } from './batch.ts';
import { builder } from './builder.ts';
import { connectionType, nestedPage, PAGE_ARGS, pageCost, readPage } from './connection.ts';
import { ApplicationKindEnum, ApplicationStateEnum, CategoryEnum, DecisionEnum } from './enums.ts';
import { keyIn, keyOf, localId } from './global-id.ts';
import { type Order, pageOf } from './keyset.ts';
import { readOne, reads } from './reads.ts';
import { stepsAbout } from './record-history.ts';
import { visible } from './scopes.ts';
import { StepConnection } from './step.ts';

const POSITION: Order = { name: 'position', columns: [{ column: 'position', kind: 'number' }] };
const NEWEST: Order = { name: 'newest', columns: [{ column: 'id', kind: 'text', down: true }] };
/** The GraphQL type of each kind. */
const TYPES: Record<string, string> = { 'supplementary-report': 'SupplementaryReport' };

const ListedRecordRef = builder.prismaObject('ApplicationRecord', {
  description: 'A person listed in an application.',
  select: { institution: true, applicationId: true, recordId: true, position: true },
  fields: (t) => ({ position: t.exposeInt('position'), record: t.relation('record') }),
});
const ListedRecordConnection = connectionType('ApplicationRecord', ListedRecordRef);

/** An evidence file of an application. */
export const EvidenceRef = builder.prismaObject('Evidence', {
  description: 'An evidence file.',
  select: { institution: true, applicationId: true, position: true },
  fields: (t) => ({
    position: t.exposeInt('position'),
    title: t.exposeString('title'),
    fileDigest: t.exposeString('fileDigest', { description: 'SHA-256 of the file.' }),
  }),
});
const EvidenceConnection = connectionType('Evidence', EvidenceRef);

/** 书面申请, whatever its kind. */
export const WrittenApplicationRef = builder.prismaInterface('WrittenApplication', {
  description: 'A written application to the provincial office: the case, its sealed PDF and its decision.',
  interfaces: [builder.nodeInterfaceRef()],
  select: { institution: true, id: true, kind: true },
  resolveType: (application) => TYPES[(application as { kind?: string }).kind ?? ''] ?? 'SupplementaryReport',
  fields: (t) => ({
    institution: t.exposeString('institution'),
    kind: t.field({ type: ApplicationKindEnum, select: { kind: true }, resolve: (row) => row.kind as never }),
    state: t.field({ type: ApplicationStateEnum, select: { state: true }, resolve: (row) => row.state as never }),
    version: t.exposeInt('version'),
    category: t.field({ type: CategoryEnum, select: { category: true }, resolve: (row) => row.category as never }),
    reason: t.exposeString('reason'),
    measures: t.exposeString('measures'),
    contactName: t.exposeString('contactName', { nullable: true }),
    contactPhone: t.exposeString('contactPhone', { nullable: true }),
    documentNumber: t.exposeString('documentNumber', { nullable: true }),
    documentDate: t.expose('documentDate', { type: 'Date', nullable: true }),
    verificationCode: t.exposeString('verificationCode', { nullable: true }),
    pdfDigest: t.exposeString('pdfDigest', { nullable: true, description: 'SHA-256 of the sealed PDF.' }),
    dataDigest: t.exposeString('dataDigest', { nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    sealedAt: t.expose('sealedAt', { type: 'DateTime', nullable: true }),
    decision: t.field({
      type: DecisionEnum,
      nullable: true,
      select: { decision: true },
      resolve: (row) => row.decision as never,
    }),
    decisionNumber: t.exposeString('decisionNumber', { nullable: true }),
    decisionReason: t.exposeString('decisionReason', { nullable: true }),
    decisionFileDigest: t.exposeString('decisionFileDigest', { nullable: true }),
    decidedAt: t.expose('decidedAt', { type: 'DateTime', nullable: true }),
    resolution: t.relation('resolution', { nullable: true }),
    draftedBy: t.relation('draftedBy'),
    records: t.field({
      type: ListedRecordConnection,
      description: 'The people it lists.',
      args: PAGE_ARGS,
      complexity: pageCost,
      select: (args, _context, nested) => ({
        institution: true,
        id: true,
        records: nested(nestedPage(args, POSITION, {})),
      }),
      resolve: ({ institution, id, records }, args, context) =>
        pageOf(records, args, POSITION, () =>
          reads(context, 'applicationRecord').count({ where: { institution, applicationId: id } }),
        ),
    }),
    evidence: t.field({
      type: EvidenceConnection,
      args: PAGE_ARGS,
      complexity: pageCost,
      select: (args, _context, nested) => ({
        institution: true,
        id: true,
        evidence: nested(nestedPage(args, POSITION, {})),
      }),
      resolve: ({ institution, id, evidence }, args, context) =>
        pageOf(evidence, args, POSITION, () =>
          reads(context, 'evidence').count({ where: { institution, applicationId: id } }),
        ),
    }),
    steps: t.field({
      type: StepConnection,
      description: 'The sealed steps about this application, oldest first.',
      args: PAGE_ARGS,
      complexity: pageCost,
      select: { institution: true, id: true },
      resolve: (application, args, context, info) => readPage(context, info, 'step', stepsAbout(application, args)),
    }),
  }),
});

/** 补报. */
export const SupplementaryReportRef = builder.prismaNode('WrittenApplication', {
  variant: 'SupplementaryReport',
  interfaces: [WrittenApplicationRef],
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'writtenApplication')] }),
  description: 'The application to report late (article 11).',
  select: { institution: true, id: true, kind: true },
  nullable: true,
  fields: (t) => ({
    batches: t.field({
      type: BatchConnection,
      description: 'The batch that consent made.',
      args: PAGE_ARGS,
      complexity: pageCost,
      select: (args, context, nested) => ({
        institution: true,
        id: true,
        batches: nested(nestedPage(args, BATCH_ORDER, visible(context, 'batch'))),
      }),
      resolve: ({ institution, id, batches }, args, context) =>
        pageOf(batches, args, BATCH_ORDER, () =>
          reads(context, 'batch').count({
            where: { AND: [visible(context, 'batch'), { institution, applicationId: id }] },
          }),
        ),
    }),
  }),
});

const WrittenApplicationConnection = connectionType('WrittenApplication', WrittenApplicationRef);

builder.queryFields((t) => ({
  writtenApplication: t.field({
    type: WrittenApplicationRef,
    nullable: true,
    args: { id: t.arg.id() },
    resolve: (_root, args, context, info) => {
      const where = { AND: [visible(context, 'writtenApplication'), { ...keyIn(args.id, 'SupplementaryReport') }] };
      return readOne(context, info, 'writtenApplication', 'WrittenApplication', where);
    },
  }),
  writtenApplications: t.field({
    type: WrittenApplicationConnection,
    description: 'Written applications, newest first.',
    args: {
      ...PAGE_ARGS,
      institution: t.arg.string({ required: false }),
      kind: t.arg({ type: [ApplicationKindEnum], required: false }),
      state: t.arg({ type: [ApplicationStateEnum], required: false }),
    },
    complexity: pageCost,
    resolve: (_root, args, context, info) => {
      const { institution, kind, state } = args;
      const chosen = [
        institution ? { institution } : {},
        kind ? { kind: { in: kind } } : {},
        state ? { state: { in: state } } : {},
      ];
      const where = { AND: [visible(context, 'writtenApplication'), ...chosen] };
      return readPage(context, info, 'writtenApplication', {
        where,
        order: NEWEST,
        args,
        typeName: 'WrittenApplication',
      });
    },
  }),
}));
