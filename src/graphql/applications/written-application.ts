// Written applications, whatever their kind: the case, its papers, its clock (R11.6, R15.1, R16.1). The kinds are in application-kinds.ts.
import { applicationClock } from '../../procedures/applications/application-clock.ts';
import { builder } from '../builder.ts';
import { connectionType, nestedPage, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { ApplicationKindEnum, ApplicationStateEnum, CategoryEnum, DecisionEnum } from '../enums.ts';
import { pageOf } from '../keyset.ts';
import { reads } from '../reads.ts';
import { stepsAbout } from '../records/record-history.ts';
import { StepConnection } from '../seals/step.ts';
import { applicationType } from './application-ids.ts';
import {
  ApplicationDecisionConnection,
  ApplicationDocumentConnection,
  DISPATCH_ORDER,
  DispatchConnection,
  SEQUENCE_ORDER,
} from './application-papers.ts';
import { ListedRecordConnection, POSITION_ORDER } from './listed-record.ts';

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

const ClockRef = builder.objectRef<ReturnType<typeof applicationClock> & object>('ApplicationClock').implement({
  description: 'How much time is left.',
  fields: (t) => ({
    dueOn: t.expose('dueOn', { type: 'Date', description: 'The last day in time, after rolling over holidays.' }),
    daysLeft: t.exposeInt('daysLeft', { description: 'Negative when it is late.' }),
    late: t.exposeBoolean('late'),
    stopped: t.exposeBoolean('stopped', { description: 'The document is sealed: the clock stands still.' }),
  }),
});

/** 书面申请, whatever its kind. */
export const WrittenApplicationRef = builder.prismaInterface('WrittenApplication', {
  description: 'A written application: the case, its sealed documents, its dispatches and its decision.',
  interfaces: [builder.nodeInterfaceRef()],
  select: { institution: true, id: true, kind: true },
  resolveType: (application) => applicationType((application as { kind?: string }).kind ?? ''),
  fields: (t) => ({
    institution: t.exposeString('institution'),
    kind: t.field({ type: ApplicationKindEnum, select: { kind: true }, resolve: (row) => row.kind as never }),
    state: t.field({ type: ApplicationStateEnum, select: { state: true }, resolve: (row) => row.state as never }),
    version: t.exposeInt('version'),
    caseNumber: t.exposeString('caseNumber', { description: 'As people say it: GG-2026-0003.' }),
    category: t.field({ type: CategoryEnum, select: { category: true }, resolve: (row) => row.category as never }),
    contactName: t.exposeString('contactName', { nullable: true }),
    contactPhone: t.exposeString('contactPhone', { nullable: true }),
    clock: t.field({
      type: ClockRef,
      nullable: true,
      description: 'Null for what has no deadline.',
      select: { dueOn: true, documentDate: true, state: true },
      resolve: (row, _args, { world }) => applicationClock(world, row),
    }),
    documentNumber: t.exposeString('documentNumber', { nullable: true, description: 'Of the document in force.' }),
    documentDate: t.expose('documentDate', { type: 'Date', nullable: true }),
    verificationCode: t.exposeString('verificationCode', { nullable: true }),
    pdfDigest: t.exposeString('pdfDigest', { nullable: true, description: 'SHA-256 of the sealed PDF.' }),
    dataDigest: t.exposeString('dataDigest', { nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    sealedAt: t.expose('sealedAt', { type: 'DateTime', nullable: true }),
    decision: t.field({
      type: DecisionEnum,
      nullable: true,
      description: 'The last one.',
      select: { decision: true },
      resolve: (row) => row.decision as never,
    }),
    decisionNumber: t.exposeString('decisionNumber', { nullable: true }),
    decisionReason: t.exposeString('decisionReason', { nullable: true }),
    decisionFileDigest: t.exposeString('decisionFileDigest', { nullable: true }),
    decidedAt: t.expose('decidedAt', { type: 'DateTime', nullable: true }),
    carriedOutAt: t.expose('carriedOutAt', { type: 'DateTime', nullable: true }),
    draftedBy: t.relation('draftedBy'),
    checkedBy: t.relation('checkedBy', { nullable: true }),
    records: t.field({
      type: ListedRecordConnection,
      description: 'The people it lists.',
      args: PAGE_ARGS,
      complexity: pageCost,
      select: (args, _context, nested) => ({
        institution: true,
        id: true,
        records: nested(nestedPage(args, POSITION_ORDER, {})),
      }),
      resolve: ({ institution, id, records }, args, context) =>
        pageOf(records, args, POSITION_ORDER, () =>
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
        evidence: nested(nestedPage(args, POSITION_ORDER, {})),
      }),
      resolve: ({ institution, id, evidence }, args, context) =>
        pageOf(evidence, args, POSITION_ORDER, () =>
          reads(context, 'evidence').count({ where: { institution, applicationId: id } }),
        ),
    }),
    documents: t.field({
      type: ApplicationDocumentConnection,
      description: 'Every document sealed for it, oldest first; the last one is in force.',
      args: PAGE_ARGS,
      complexity: pageCost,
      select: (args, _context, nested) => ({
        institution: true,
        id: true,
        documents: nested(nestedPage(args, SEQUENCE_ORDER, {})),
      }),
      resolve: ({ institution, id, documents }, args, context) =>
        pageOf(documents, args, SEQUENCE_ORDER, () =>
          reads(context, 'applicationDocument').count({ where: { institution, applicationId: id } }),
        ),
    }),
    decisions: t.field({
      type: ApplicationDecisionConnection,
      description: 'Every answer of the provincial office, oldest first.',
      args: PAGE_ARGS,
      complexity: pageCost,
      select: (args, _context, nested) => ({
        institution: true,
        id: true,
        decisions: nested(nestedPage(args, SEQUENCE_ORDER, {})),
      }),
      resolve: ({ institution, id, decisions }, args, context) =>
        pageOf(decisions, args, SEQUENCE_ORDER, () =>
          reads(context, 'applicationDecision').count({ where: { institution, applicationId: id } }),
        ),
    }),
    dispatches: t.field({
      type: DispatchConnection,
      description: 'To whom the document in force, or the one with this number in the case, was sent.',
      args: { ...PAGE_ARGS, document: t.arg.int({ required: false }) },
      complexity: pageCost,
      select: { institution: true, id: true, _count: { select: { documents: true } } },
      resolve: ({ institution, id, _count }, args, context, info) => {
        const document = args.document ?? _count.documents;
        const where = { institution, applicationId: id, document };
        const key = ['institution', 'applicationId', 'document'];
        return readPage(context, info, 'dispatch', { where, order: DISPATCH_ORDER, args, typeName: 'Dispatch', key });
      },
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
