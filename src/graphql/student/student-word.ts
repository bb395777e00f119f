// What students have said, as officers see it: disputes and correction requests with both values, reasons, evidence, age.
import { openWord, type SpokenField } from '../../procedures/student/student-content.ts';
import { shown } from '../../regulation/record/record-fields.ts';
import { FIELDS } from '../../regulation/standard/fields.ts';
import { applicationId } from '../applications/application-ids.ts';
import { builder } from '../builder.ts';
import { EnrolmentRecordRef } from '../collection/enrolment-record.ts';
import { connectionType, nestedPage, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { CategoryEnum, CorrectionRequestStateEnum, DisputeStateEnum } from '../enums.ts';
import { keyOf, localId } from '../global-id.ts';
import { type Order, pageOf } from '../keyset.ts';
import { fileUrl } from '../links.ts';
import { reads } from '../reads.ts';
import { DegreeRecordRef } from '../records/degree-record.ts';
import { visible } from '../scopes.ts';

const BY_ID: Order = { name: 'id', columns: [{ column: 'id', kind: 'text' }] };
const SAID = { institution: true, id: true, content: true } as const;

const veiled = (field: SpokenField['field'], value: string | null): string | null =>
  value && FIELDS[field].secret ? shown(field, value) : value;

/** One field of a student's word. */
export const SpokenFieldRef = builder.objectRef<SpokenField>('SpokenField').implement({
  description: 'A field that a student says is wrong. Secret values are masked: `revealStudentWord` shows them.',
  fields: (t) => ({
    field: t.string({ resolve: ({ field }) => field }),
    label: t.string({ description: 'Its Chinese name.', resolve: ({ field }) => FIELDS[field].zh }),
    labelEn: t.string({ resolve: ({ field }) => FIELDS[field].en }),
    found: t.string({
      nullable: true,
      description: 'The value that the student was shown.',
      resolve: ({ field, found }) => veiled(field, found),
    }),
    proposed: t.string({
      nullable: true,
      description: 'The value that the student wants; null: wrong, without another value.',
      resolve: ({ field, proposed }) => veiled(field, proposed),
    }),
    reason: t.exposeString('reason'),
  }),
});

/** A file that a student handed in. */
export const StudentEvidenceRef = builder
  .objectRef<{ readonly institution: string; readonly digest: string }>('StudentEvidence')
  .implement({
    fields: (t) => ({
      digest: t.exposeString('digest', { description: 'SHA-256, hex.' }),
      downloadUrl: t.string({
        description: 'Holds for five minutes.',
        resolve: ({ institution, digest }, _args, { world }) =>
          fileUrl(world, { institution, digest, kind: 'student-evidence' }),
      }),
    }),
  });

/** A dispute, as officers see it. */
export const StudentDisputeRef = builder.prismaNode('StudentDispute', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'studentDispute')] }),
  description:
    'Fields that a student says are wrong; it blocks cross-check and report until it is answered (article 11).',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    institution: t.exposeString('institution'),
    category: t.field({ type: CategoryEnum, select: { category: true }, resolve: (row) => row.category as never }),
    state: t.field({ type: DisputeStateEnum, select: { state: true }, resolve: (row) => row.state as never }),
    version: t.exposeInt('version', { description: 'The version that the student was shown.' }),
    fields: t.field({
      type: [SpokenFieldRef],
      select: SAID,
      resolve: (row, _args, { world }) => openWord(world, row),
    }),
    evidence: t.field({
      type: [StudentEvidenceRef],
      select: { institution: true, evidence: true },
      resolve: ({ institution, evidence }) => evidence.map((digest) => ({ institution, digest })),
    }),
    raisedAt: t.expose('raisedAt', { type: 'DateTime' }),
    answer: t.exposeString('answer', { nullable: true }),
    answeredAt: t.expose('answeredAt', { type: 'DateTime', nullable: true }),
    answeredVersion: t.exposeInt('answeredVersion', { nullable: true }),
    answeredBy: t.relation('answeredBy', { nullable: true }),
    record: t.relation('record', { nullable: true, description: 'The degree record; null before the meeting.' }),
    enrolmentRecord: t.relation('enrolmentRecord', { nullable: true }),
  }),
});

/** A correction request, as officers see it. */
export const CorrectionRequestRef = builder.prismaNode('CorrectionRequest', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'correctionRequest')] }),
  description: 'What a student asks to be corrected in a record that was reported or filed (article 15).',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    institution: t.exposeString('institution'),
    caseNumber: t.exposeString('caseNumber', { description: 'As people say it, e.g. GZ-2026-0001.' }),
    category: t.field({ type: CategoryEnum, select: { category: true }, resolve: (row) => row.category as never }),
    state: t.field({ type: CorrectionRequestStateEnum, select: { state: true }, resolve: (row) => row.state as never }),
    version: t.exposeInt('version', { description: 'The version that the student was shown.' }),
    fields: t.field({ type: [SpokenFieldRef], select: SAID, resolve: (row, _args, { world }) => openWord(world, row) }),
    evidence: t.field({
      type: [StudentEvidenceRef],
      select: { institution: true, evidence: true },
      resolve: ({ institution, evidence }) => evidence.map((digest) => ({ institution, digest })),
    }),
    raisedAt: t.expose('raisedAt', { type: 'DateTime' }),
    ageInDays: t.int({
      description: 'Whole days since it was raised, until it was answered.',
      select: { raisedAt: true, answeredAt: true },
      resolve: ({ raisedAt, answeredAt }, _args, { world }) =>
        Math.max(0, Math.floor(((answeredAt ?? world.now()).getTime() - raisedAt.getTime()) / 86_400_000)),
    }),
    answer: t.exposeString('answer', { nullable: true }),
    answeredAt: t.expose('answeredAt', { type: 'DateTime', nullable: true }),
    answeredBy: t.relation('answeredBy', { nullable: true }),
    record: t.relation('record'),
    application: t.id({
      nullable: true,
      description: 'The change request drafted from it.',
      select: { institution: true, applicationId: true },
      resolve: ({ institution, applicationId: id }) => id && applicationId({ institution, id, kind: 'change-request' }),
    }),
  }),
});

const DisputeConnection = connectionType('StudentDispute', StudentDisputeRef);
const CorrectionRequestConnection = connectionType('CorrectionRequest', CorrectionRequestRef);

builder.queryFields((t) => ({
  disputes: t.field({
    type: DisputeConnection,
    description: 'Disputes of students, oldest first.',
    args: {
      ...PAGE_ARGS,
      institution: t.arg.string({ description: 'Five-digit code.' }),
      state: t.arg({ type: [DisputeStateEnum], required: false }),
    },
    complexity: pageCost,
    resolve: (_root, args, context, info) =>
      readPage(context, info, 'studentDispute', {
        where: {
          AND: [
            visible(context, 'studentDispute'),
            { institution: args.institution },
            args.state ? { state: { in: args.state } } : {},
          ],
        },
        order: BY_ID,
        args,
        typeName: 'StudentDispute',
      }),
  }),
  correctionRequests: t.field({
    type: CorrectionRequestConnection,
    description: 'Correction requests of students, oldest first.',
    args: {
      ...PAGE_ARGS,
      institution: t.arg.string({ description: 'Five-digit code.' }),
      state: t.arg({ type: [CorrectionRequestStateEnum], required: false }),
      caseNumber: t.arg.string({ required: false }),
    },
    complexity: pageCost,
    resolve: (_root, args, context, info) =>
      readPage(context, info, 'correctionRequest', {
        where: {
          AND: [
            visible(context, 'correctionRequest'),
            { institution: args.institution },
            args.state ? { state: { in: args.state } } : {},
            args.caseNumber ? { caseNumber: args.caseNumber } : {},
          ],
        },
        order: BY_ID,
        args,
        typeName: 'CorrectionRequest',
      }),
  }),
}));

builder.prismaObjectFields(DegreeRecordRef, (t) => ({
  disputes: t.field({
    type: DisputeConnection,
    description: 'What the student disputes; nothing for an office that may not see it.',
    args: PAGE_ARGS,
    complexity: pageCost,
    select: (args, context, nested) => ({
      institution: true,
      id: true,
      disputes: nested(nestedPage(args, BY_ID, visible(context, 'studentDispute'))),
    }),
    resolve: ({ institution, id, disputes }, args, context) =>
      pageOf(disputes, args, BY_ID, () =>
        reads(context, 'studentDispute').count({
          where: { AND: [visible(context, 'studentDispute'), { institution, recordId: id }] },
        }),
      ),
  }),
  confirmedAt: t.field({
    type: 'DateTime',
    nullable: true,
    description:
      'When the student confirmed this very version; null when not, or when it was disputed since (article 11).',
    select: {
      version: true,
      confirmations: { select: { id: true, version: true, at: true } },
      disputes: { select: { id: true, version: true } },
    },
    resolve: confirmedAt,
  }),
}));

builder.prismaObjectFields(EnrolmentRecordRef, (t) => ({
  version: t.exposeInt('version', { description: 'Counts what changed.' }),
  confirmedAt: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'When the student confirmed this very version before the meeting (article 11).',
    select: {
      version: true,
      confirmations: { select: { id: true, version: true, at: true } },
      disputes: { select: { id: true, version: true } },
    },
    resolve: confirmedAt,
  }),
}));

type Words = readonly { readonly id: string; readonly version: number; readonly at: Date }[];

function confirmedAt(row: {
  readonly version: number;
  readonly confirmations: Words;
  readonly disputes: readonly { readonly id: string; readonly version: number }[];
}): Date | null {
  const { version, confirmations, disputes } = row;
  const doubts = disputes.filter((one) => one.version === version);
  const standing = confirmations.filter((one) => one.version === version && doubts.every(({ id }) => id < one.id));
  return standing.at(-1)?.at ?? null;
}
