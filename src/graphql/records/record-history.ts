// The history of a record: superseded versions, returns, objections and sealed steps (R15.2, R14.1, R11.3, R22.1).
import { type ReasonSource, reasonState } from '../../regulation/reporting/review-reasons.ts';
import { builder } from '../builder.ts';
import { connectionType, nestedPage, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { ReasonSourceEnum, ReasonStateEnum } from '../enums.ts';
import { keyOf, localId } from '../global-id.ts';
import { type Order, type PageArgs, pageOf } from '../keyset.ts';
import { masked, type SecretField } from '../masks.ts';
import { reads } from '../reads.ts';
import { visible } from '../scopes.ts';
import { STEP_ORDERS, StepConnection } from '../seals/step.ts';
import { DegreeRecordRef } from './degree-record.ts';

const NEWEST_VERSION: Order = { name: 'version', columns: [{ column: 'version', kind: 'number', down: true }] };
const BY_ID: Order = { name: 'id', columns: [{ column: 'id', kind: 'text' }] };
const SECRETS: readonly SecretField[] = ['identityNumber', 'phone', 'email'];

const RecordVersionRef = builder.prismaObject('RecordVersion', {
  description: 'A superseded version of a record, as it was sealed then.',
  select: { institution: true, recordId: true, version: true },
  fields: (t) => ({
    version: t.exposeInt('version'),
    digest: t.exposeString('digest'),
    replacedAt: t.expose('replacedAt', { type: 'DateTime' }),
    content: t.field({
      type: 'JSON',
      description: 'Its fields; secret ones are masked.',
      select: { institution: true, recordId: true, content: true },
      resolve: ({ institution, recordId, content }, _args, context) => {
        const fields: Record<string, unknown> = { ...(content as Record<string, unknown>) };
        for (const field of SECRETS) {
          const box = fields[field];
          if (typeof box === 'string') fields[field] = masked(context, { institution, id: recordId }, field, box);
        }
        return fields;
      },
    }),
  }),
});
const RecordVersionConnection = connectionType('RecordVersion', RecordVersionRef);

const ReviewReasonRef = builder.prismaObject('ReviewReason', {
  description: 'Why a review returned the record: one field, one reason.',
  select: { institution: true, id: true },
  fields: (t) => ({
    source: t.field({
      type: ReasonSourceEnum,
      description: 'Who gave the record back.',
      select: { source: true },
      resolve: ({ source }) => source as ReasonSource,
    }),
    state: t.field({
      type: ReasonStateEnum,
      select: { resolvedVersion: true, answer: true },
      resolve: (row) => reasonState(row),
    }),
    answer: t.exposeString('answer', { nullable: true, description: 'Why the field is correct as it is.' }),
    answerEvidence: t.exposeString('answerEvidence', {
      nullable: true,
      description: 'SHA-256 of a file that shows it.',
    }),
    answeredAt: t.expose('answeredAt', { type: 'DateTime', nullable: true }),
    field: t.exposeString('field'),
    reason: t.exposeString('reason'),
    returnedVersion: t.exposeInt('returnedVersion'),
    resolvedVersion: t.exposeInt('resolvedVersion', {
      nullable: true,
      description: 'The version that corrected it, or for which it was answered.',
    }),
    step: t.relation('step'),
  }),
});
const ReviewReasonConnection = connectionType('ReviewReason', ReviewReasonRef);

/** An objection during internal disclosure. */
export const ObjectionRef = builder.prismaNode('Objection', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), record: visible(context, 'degreeRecord') }),
  description: 'An objection during internal disclosure; it blocks the record until it is resolved (article 11).',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    reason: t.exposeString('reason'),
    raisedBy: t.exposeString('raisedBy'),
    raisedAt: t.expose('raisedAt', { type: 'DateTime' }),
    outcome: t.exposeString('outcome', { nullable: true }),
    resolvedAt: t.expose('resolvedAt', { type: 'DateTime', nullable: true }),
    record: t.relation('record'),
  }),
});
/** A page of objections. */
export const ObjectionConnection = connectionType('Objection', ObjectionRef);

builder.prismaObjectFields(DegreeRecordRef, (t) => ({
  versions: t.field({
    type: RecordVersionConnection,
    description: 'Superseded versions, newest first; the present one is the record itself.',
    args: PAGE_ARGS,
    complexity: pageCost,
    select: (args, _context, nested) => ({
      institution: true,
      id: true,
      versions: nested(nestedPage(args, NEWEST_VERSION, {})),
    }),
    resolve: ({ institution, id, versions }, args, context) =>
      pageOf(versions, args, NEWEST_VERSION, () =>
        reads(context, 'recordVersion').count({ where: { institution, recordId: id } }),
      ),
  }),
  returns: t.field({
    type: ReviewReasonConnection,
    description: 'Why reviews returned it.',
    args: PAGE_ARGS,
    complexity: pageCost,
    select: (args, _context, nested) => ({ institution: true, id: true, returns: nested(nestedPage(args, BY_ID, {})) }),
    resolve: ({ institution, id, returns }, args, context) =>
      pageOf(returns, args, BY_ID, () =>
        reads(context, 'reviewReason').count({ where: { institution, recordId: id } }),
      ),
  }),
  objections: t.field({
    type: ObjectionConnection,
    args: PAGE_ARGS,
    complexity: pageCost,
    select: (args, _context, nested) => ({
      institution: true,
      id: true,
      objections: nested(nestedPage(args, BY_ID, {})),
    }),
    resolve: ({ institution, id, objections }, args, context) =>
      pageOf(objections, args, BY_ID, () =>
        reads(context, 'objection').count({ where: { institution, recordId: id } }),
      ),
  }),
  steps: t.field({
    type: StepConnection,
    description: 'The sealed steps about this record, oldest first.',
    args: PAGE_ARGS,
    complexity: pageCost,
    select: { institution: true, id: true },
    resolve: (record, args, context, info) => readPage(context, info, 'step', stepsAbout(record, args)),
  }),
}));

/** The list of the steps that spoke of a thing. */
export function stepsAbout(key: { institution: string; id: string }, args: PageArgs) {
  const { institution, id } = key;
  return {
    where: { institution, subjects: { some: { institution, subjectId: id } } },
    order: STEP_ORDERS.LOG,
    args,
    typeName: 'Step',
  };
}
