// What a student sees of the own records: every field as it would be reported, and what can be done.
import type { Action } from '../../procedures/actions.ts';
import { openWord, type SpokenField } from '../../procedures/student/student-content.ts';
import { type ShownField, type StudentView, studentViews } from '../../procedures/student/student-view.ts';
import { builder } from '../builder.ts';
import { studentIn } from '../context.ts';
import {
  ApplicationStateEnum,
  CategoryEnum,
  CorrectionRequestStateEnum,
  DisputeStateEnum,
  RecordStateEnum,
} from '../enums.ts';
import { globalId } from '../global-id.ts';
import { fileUrl } from '../links.ts';
import { PossibleActionRef } from '../possible-actions.ts';
import { SpokenFieldRef } from './student-word.ts';

const KindEnum = builder.enumType('StudentRecordKind', {
  description: 'What a student sees.',
  values: {
    DEGREE_RECORD: { value: 'record', description: '学位授予信息\ndegree record' },
    ENROLMENT_RECORD: {
      value: 'enrolment-record',
      description: '学籍学历信息（会议之前）\nenrolment record, before the meeting',
    },
  } as const,
});

const FieldRef = builder.objectRef<ShownField>('StudentRecordField').implement({
  description:
    'One field of article 8. Secret values are masked: `revealOwnField` shows one in full and keeps that it did.',
  fields: (t) => ({
    name: t.string({ resolve: ({ name }) => name }),
    label: t.string({ resolve: ({ label }) => label.zh }),
    labelEn: t.string({ resolve: ({ label }) => label.en }),
    article: t.string({ resolve: ({ label }) => label.article }),
    value: t.string({ nullable: true, description: 'As it would be reported.', resolve: ({ value }) => value }),
    text: t.string({ nullable: true, description: 'What a code stands for.', resolve: ({ text }) => text }),
    secret: t.boolean({ resolve: ({ label }) => label.secret }),
    key: t.boolean({ description: 'Equal to the roster of the resolution.', resolve: ({ label }) => label.key }),
  }),
});

interface OwnWord {
  readonly id: string;
  readonly type: string;
  readonly institution: string;
  readonly state: string;
  readonly caseNumber: string | null;
  readonly raisedAt: Date;
  readonly answer: string | null;
  readonly answeredAt: Date | null;
  readonly fields: readonly SpokenField[];
  readonly applicationState: string | null;
}

const OwnDisputeRef = builder.objectRef<OwnWord>('OwnDispute').implement({
  description: 'A dispute of the student with its answer.',
  fields: (t) => ({
    id: t.id({ resolve: (word) => globalId(word.type, word) }),
    state: t.field({ type: DisputeStateEnum, resolve: ({ state }) => state as never }),
    raisedAt: t.expose('raisedAt', { type: 'DateTime' }),
    fields: t.field({ type: [SpokenFieldRef], resolve: ({ fields }) => [...fields] }),
    answer: t.exposeString('answer', { nullable: true }),
    answeredAt: t.expose('answeredAt', { type: 'DateTime', nullable: true }),
  }),
});

const OwnRequestRef = builder.objectRef<OwnWord>('OwnCorrectionRequest').implement({
  description: 'A correction request of the student: what became of it, by its case number.',
  fields: (t) => ({
    id: t.id({ resolve: (word) => globalId(word.type, word) }),
    caseNumber: t.string({ resolve: ({ caseNumber }) => caseNumber ?? '' }),
    state: t.field({ type: CorrectionRequestStateEnum, resolve: ({ state }) => state as never }),
    applicationState: t.field({
      type: ApplicationStateEnum,
      nullable: true,
      description: 'Where the change request stands that it became.',
      resolve: ({ applicationState }) => applicationState as never,
    }),
    raisedAt: t.expose('raisedAt', { type: 'DateTime' }),
    fields: t.field({ type: [SpokenFieldRef], resolve: ({ fields }) => [...fields] }),
    answer: t.exposeString('answer', { nullable: true }),
    answeredAt: t.expose('answeredAt', { type: 'DateTime', nullable: true }),
  }),
});

const RecordRef = builder.objectRef<StudentView>('StudentRecord').implement({
  description: 'One of the own records.',
  fields: (t) => ({
    id: t.id({
      resolve: ({ thing }) => globalId(thing.kind === 'record' ? 'DegreeRecord' : 'EnrolmentRecord', thing),
    }),
    kind: t.field({ type: KindEnum, resolve: ({ thing }) => thing.kind }),
    institution: t.string({ resolve: ({ thing }) => thing.institution }),
    institutionName: t.string({ resolve: ({ institutionName }) => institutionName }),
    category: t.field({ type: CategoryEnum, resolve: ({ thing }) => thing.category }),
    number: t.string({ description: 'Student or application number.', resolve: ({ thing }) => thing.number }),
    state: t.field({
      type: RecordStateEnum,
      nullable: true,
      description: 'Null for an enrolment record.',
      resolve: ({ thing }) => thing.state,
    }),
    version: t.int({ description: 'To be given with every word.', resolve: ({ thing }) => thing.version }),
    fields: t.field({ type: [FieldRef], resolve: ({ fields }) => [...fields] }),
    photoUrl: t.string({
      nullable: true,
      description: 'Holds for five minutes.',
      resolve: ({ thing }, _args, { world }) =>
        thing.fields.photoDigest
          ? fileUrl(world, { institution: thing.institution, digest: thing.fields.photoDigest, kind: 'photo' })
          : null,
    }),
    confirmedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When this very version was confirmed.',
      resolve: (view) => view.confirmedAt,
    }),
    disputes: t.field({
      type: [OwnDisputeRef],
      resolve: ({ disputes }, _args, { world }) =>
        disputes.map((row) => ({
          ...row,
          ...{ type: 'StudentDispute', caseNumber: null, applicationState: null, fields: openWord(world, row) },
        })),
    }),
    correctionRequests: t.field({
      type: [OwnRequestRef],
      resolve: ({ requests }, _args, { world }) =>
        requests.map((row) => ({
          ...row,
          ...{ type: 'CorrectionRequest', fields: openWord(world, row) },
          applicationState: row.application?.state ?? null,
        })),
    }),
    actions: t.field({ type: [PossibleActionRef], resolve: ({ actions }): Action[] => [...actions] }),
  }),
});

builder.queryField('myRecords', (t) =>
  t.field({
    type: [RecordRef],
    skipTypeScopes: true,
    authScopes: { student: true },
    description: "The student's own records, degree records first. For a student's session.",
    complexity: { field: 50, multiplier: 2 },
    resolve: (_root, _args, context) => studentViews(context.world, studentIn(context)),
  }),
);
