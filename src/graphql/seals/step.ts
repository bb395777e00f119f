// Sealed steps: who did what, when, under which article, over exactly which data – and where the log holds it.
import { applicationId } from '../applications/application-ids.ts';
import { builder } from '../builder.ts';
import { connectionType, nestedPage, PAGE_ARGS, pageCost, readPage } from '../connection.ts';
import { StepNameEnum, SubjectKindEnum } from '../enums.ts';
import { encodeGlobalId, globalId, keyOf, localId } from '../global-id.ts';
import { type Order, pageOf } from '../keyset.ts';
import { reader, reads } from '../reads.ts';
import { visible } from '../scopes.ts';

/** In the order of the log, or newest first. */
export const STEP_ORDERS = {
  LOG: { name: 'log', columns: [{ column: 'leafIndex', kind: 'number' }] },
  NEWEST: { name: 'newest', columns: [{ column: 'leafIndex', kind: 'number', down: true }] },
} as const satisfies Record<string, Order>;
/** How steps can be ordered. */
export const StepOrderEnum = builder.enumType('StepOrder', {
  values: { LOG: { value: 'LOG' }, NEWEST: { value: 'NEWEST' } } as const,
});
const SUBJECT_ORDER: Order = { name: 'position', columns: [{ column: 'position', kind: 'number' }] };

/** The GraphQL types that subjects of steps have. */
const SUBJECT_TYPES: Record<string, string> = {
  record: 'DegreeRecord',
  batch: 'Batch',
  resolution: 'Resolution',
  'certificate-template': 'CertificateTemplate',
  import: 'Import',
  'revocation-resolution': 'RevocationResolution',
  objection: 'Objection',
  policy: 'Policy',
  'enrolment-record': 'EnrolmentRecord',
  dispute: 'StudentDispute',
  'correction-request': 'CorrectionRequest',
  declassification: 'Declassification',
  dataset: 'Dataset',
  publication: 'DatasetPublication',
  statistics: 'StatisticsPublication',
  // A change of keys is followed by its job, under whose id its steps speak of it.
  'key-ring': 'Job',
};

const SubjectRef = builder.prismaObject('StepSubject', {
  description: 'What a step was about: its version and the digest of its salted commitments at that time.',
  select: { institution: true, stepId: true, position: true },
  fields: (t) => ({
    position: t.exposeInt('position'),
    kind: t.field({ type: SubjectKindEnum, select: { kind: true }, resolve: (subject) => subject.kind as never }),
    subject: t.id({
      description: 'Global id of the record, batch, resolution …',
      select: { institution: true, kind: true, subjectId: true },
      resolve: async ({ institution, kind, subjectId: id }, _args, context) => {
        const key = { institution, id };
        if (kind === 'officer') return encodeGlobalId('Officer', id);
        if (kind === 'office-change') {
          const where = { institution_id: key };
          const change = await reader(context).officeChange.findUnique({ where, select: { officeId: true } });
          return encodeGlobalId('Office', change?.officeId ?? '');
        }
        if (kind !== 'application') return globalId(SUBJECT_TYPES[kind] ?? kind, key);
        // Each kind of application is a type of its own, which only the application knows.
        const where = { institution_id: key };
        const found = await reader(context).writtenApplication.findUnique({ where, select: { kind: true } });
        return applicationId({ ...key, kind: found?.kind ?? '' });
      },
    }),
    version: t.exposeInt('version'),
    digest: t.exposeString('digest'),
    previousStep: t.id({
      nullable: true,
      description: 'The step that spoke of this subject before.',
      select: { institution: true, previousStepId: true },
      resolve: (subject) =>
        subject.previousStepId && globalId('Step', { institution: subject.institution, id: subject.previousStepId }),
    }),
  }),
});
const SubjectConnection = connectionType('StepSubject', SubjectRef);

/** A sealed step. */
export const StepRef = builder.prismaNode('Step', {
  id: { resolve: localId },
  findUnique: (id, context) => ({ institution_id: keyOf(id), AND: [visible(context, 'step')] }),
  description: 'A sealed step in the original-record log.',
  select: { institution: true, id: true },
  nullable: true,
  fields: (t) => ({
    institution: t.exposeString('institution'),
    name: t.field({ type: StepNameEnum, select: { name: true }, resolve: (step) => step.name as never }),
    article: t.exposeString('article'),
    at: t.expose('at', { type: 'DateTime' }),
    office: t.relation('office'),
    officer: t.relation('officer', {
      nullable: true,
      description: 'The responsible person (article 6); null when the student took the step himself (article 11).',
    }),
    seal: t.relation('seal'),
    statement: t.exposeString('statement', {
      description: 'The sealed statement: canonical JSON (RFC 8785), byte for byte.',
    }),
    signature: t.string({
      description: 'The seal: detached CMS over the statement, base64.',
      select: { signature: true },
      resolve: (step) => Buffer.from(step.signature).toString('base64'),
    }),
    leafIndex: t.exposeInt('leafIndex', { description: 'Its place in the log (RFC 9162).' }),
    leafHash: t.exposeString('leafHash'),
    batchRoot: t.exposeString('batchRoot', {
      nullable: true,
      description: 'Root of the tree of its subjects when there are several.',
    }),
    subjectCount: t.exposeInt('subjectCount'),
    subjects: t.field({
      type: SubjectConnection,
      args: PAGE_ARGS,
      complexity: pageCost,
      select: (args, _context, nested) => ({
        institution: true,
        id: true,
        subjects: nested(nestedPage(args, SUBJECT_ORDER, {})),
      }),
      resolve: (step, args, context) =>
        pageOf(step.subjects, args, SUBJECT_ORDER, () =>
          reads(context, 'stepSubject').count({ where: { institution: step.institution, stepId: step.id } }),
        ),
    }),
  }),
});

/** A page of steps. */
export const StepConnection = connectionType('Step', StepRef);

builder.queryField('steps', (t) =>
  t.field({
    type: StepConnection,
    description: 'The steps of an institution, as far as the officer may see them.',
    args: {
      ...PAGE_ARGS,
      institution: t.arg.string({ description: 'Five-digit code.' }),
      name: t.arg({ type: [StepNameEnum], required: false }),
      orderBy: t.arg({ type: StepOrderEnum, required: false, defaultValue: 'NEWEST' }),
    },
    complexity: pageCost,
    resolve: (_root, args, context, info) =>
      readPage(context, info, 'step', {
        where: {
          AND: [
            visible(context, 'step'),
            { institution: args.institution },
            args.name ? { name: { in: args.name } } : {},
          ],
        },
        order: STEP_ORDERS[args.orderBy ?? 'NEWEST'],
        args,
        typeName: 'Step',
      }),
  }),
);
