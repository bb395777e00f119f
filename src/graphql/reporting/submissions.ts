// The submissions of a record and how they ended (article 14): reports, returns, withdrawals, form checks, and what changed in between.
import type { GraphQLResolveInfo } from 'graphql';
import { diffVersions } from '../../procedures/records/record-diff.ts';
import { changesSinceSubmission, type Submission, submissionsOf } from '../../procedures/reporting/submissions.ts';
import type { RecordState } from '../../regulation/vocabulary.ts';
import { builder } from '../builder.ts';
import { pageOfList } from '../computed-page.ts';
import { connectionType, nestedPage, PAGE_ARGS, pageCost } from '../connection.ts';
import type { GraphqlContext } from '../context.ts';
import { RecordStateEnum } from '../enums.ts';
import { firstOf, VIOLATION_ARGS } from '../errors.ts';
import { type Order, pageOf } from '../keyset.ts';
import { readOne, reads } from '../reads.ts';
import { DegreeRecordRef } from '../records/degree-record.ts';
import { FieldDifferenceRef } from '../records/record-diff.ts';
import { visible } from '../scopes.ts';
import { StepRef } from '../seals/step.ts';

const BY_ID: Order = { name: 'id', columns: [{ column: 'id', kind: 'text' }] };
const BY_NUMBER: Order = { name: 'submission', columns: [{ column: 'number', kind: 'number' }] };

/** A sealed step of a submission; null also for one that the officer may not see. */
function stepOf(context: GraphqlContext, info: GraphQLResolveInfo, { institution }: Submission, id: string | null) {
  if (id === null) return null;
  const where = { AND: [visible(context, 'step'), { institution, id }] };
  return readOne(context, info, 'step', 'Step', where) as never;
}

const SubmissionRef = builder.objectRef<Submission>('RecordSubmission').implement({
  description: 'One report of a record with what became of it. Steps that the officer may not see are null.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: '1 for the first.' }),
    version: t.exposeInt('version', { description: 'The version that was reported.' }),
    report: t.field({
      type: StepRef,
      nullable: true,
      resolve: (one, _args, context, info) => stepOf(context, info, one, one.report),
    }),
    upward: t.field({
      type: StepRef,
      nullable: true,
      resolve: (one, _args, context, info) => stepOf(context, info, one, one.upward),
    }),
    review: t.field({
      type: StepRef,
      nullable: true,
      resolve: (one, _args, context, info) => stepOf(context, info, one, one.review),
    }),
    returned: t.field({
      type: StepRef,
      nullable: true,
      description: 'Returned by review.',
      resolve: (one, _args, context, info) => stepOf(context, info, one, one.returned),
    }),
    filing: t.field({
      type: StepRef,
      nullable: true,
      resolve: (one, _args, context, info) => stepOf(context, info, one, one.filing),
    }),
    formCheck: t.field({
      type: StepRef,
      nullable: true,
      resolve: (one, _args, context, info) => stepOf(context, info, one, one.formCheck),
    }),
    withdrawal: t.field({
      type: StepRef,
      nullable: true,
      resolve: (one, _args, context, info) => stepOf(context, info, one, one.withdrawal),
    }),
    corrections: t.field({
      type: [StepRef],
      description: 'Corrections and answers that followed, until the next report.',
      args: VIOLATION_ARGS,
      resolve: async (one, args, context, info) => {
        const found = firstOf(one.corrections, args).map((id) => stepOf(context, info, one, id));
        return (await Promise.all(found)).filter((step) => step !== null) as never;
      },
    }),
    changes: t.field({
      type: [FieldDifferenceRef],
      description: 'What it says otherwise than the submission before; nothing for the first.',
      args: VIOLATION_ARGS,
      complexity: { field: 20, multiplier: 1 },
      resolve: async ({ institution, recordId, previousVersion, version }, args, { world }) =>
        previousVersion === null
          ? []
          : firstOf(await diffVersions(world, institution, recordId, previousVersion, version), args),
    }),
  }),
});
const SubmissionConnection = connectionType('RecordSubmission', SubmissionRef);

const WithdrawalRef = builder.prismaObject('RecordWithdrawal', {
  description: 'The record was taken back before its review had ended.',
  select: { institution: true, id: true },
  fields: (t) => ({
    reason: t.exposeString('reason'),
    from: t.field({
      type: RecordStateEnum,
      description: 'Where it stood.',
      select: { fromState: true },
      resolve: ({ fromState }) => fromState as RecordState,
    }),
    version: t.exposeInt('version'),
    at: t.expose('at', { type: 'DateTime' }),
  }),
});
const WithdrawalConnection = connectionType('RecordWithdrawal', WithdrawalRef);

const KEY = { institution: true, id: true, version: true } as const;

builder.prismaObjectFields(DegreeRecordRef, (t) => ({
  submissions: t.field({
    type: SubmissionConnection,
    description: 'Its reports with what became of each, the first one first; read from the sealed steps.',
    args: PAGE_ARGS,
    complexity: pageCost,
    select: KEY,
    resolve: async ({ institution, id }, args, context) =>
      pageOfList(await submissionsOf(context.world.db.prisma, institution, id), args, BY_NUMBER),
  }),
  changesSinceSubmission: t.field({
    type: [FieldDifferenceRef],
    description: 'What the present version says otherwise than the one that was submitted before it.',
    args: VIOLATION_ARGS,
    complexity: { field: 20, multiplier: 1 },
    select: KEY,
    resolve: async ({ institution, id, version }, args, { world }) =>
      firstOf(await changesSinceSubmission(world, institution, id, version), args),
  }),
  withdrawals: t.field({
    type: WithdrawalConnection,
    args: PAGE_ARGS,
    complexity: pageCost,
    select: (args, context, nested) => ({
      ...KEY,
      withdrawals: nested(nestedPage(args, BY_ID, visible(context, 'recordWithdrawal'))),
    }),
    resolve: ({ institution, id, withdrawals }, args, context) =>
      pageOf(withdrawals, args, BY_ID, () =>
        reads(context, 'recordWithdrawal').count({
          where: { AND: [visible(context, 'recordWithdrawal'), { institution, recordId: id }] },
        }),
      ),
  }),
  formCheckedAt: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'When the form check of the national centre passed this version.',
    select: {
      ...KEY,
      formChecks: { where: { passed: true }, orderBy: { at: 'desc' }, take: 1, select: { version: true, at: true } },
    },
    resolve: ({ version, formChecks: [last] }) => (last?.version === version ? last.at : null),
  }),
}));
