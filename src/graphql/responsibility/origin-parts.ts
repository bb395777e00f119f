// The parts of an origin: steps with their seals, cells of imported files, applications, looks, faults (article 22).
import type { ImportedCell } from '../../procedures/responsibility/origin-cells.ts';
import type {
  OriginApplication,
  OriginFault,
  OriginLook,
  OriginReason,
  OriginStep,
} from '../../procedures/responsibility/origin-shape.ts';
import type { StepSeal } from '../../procedures/sealed-step.ts';
import type { ReasonSource } from '../../regulation/reporting/review-reasons.ts';
import { ORIGIN_FAULTS } from '../../regulation/responsibility/origins.ts';
import { applicationId } from '../applications/application-ids.ts';
import { builder } from '../builder.ts';
import { derive, ReasonSourceEnum, StepNameEnum } from '../enums.ts';
import { firstOf, VIOLATION_ARGS } from '../errors.ts';
import { encodeGlobalId, globalId } from '../global-id.ts';

const OriginFaultEnum = derive('OriginFaultCode', 'Where what is kept and what was sealed differ.', ORIGIN_FAULTS);

const OriginSealRef = builder.objectRef<StepSeal>('OriginSeal').implement({
  description: 'The seal on a step, as its certificate says.',
  fields: (t) => ({
    key: t.exposeString('id', { description: 'Its name in the register.' }),
    name: t.exposeString('name'),
    subject: t.exposeString('subject', { description: 'Subject of the certificate.' }),
    serial: t.exposeString('serial', { description: 'Serial number, hexadecimal.' }),
    validFrom: t.expose('validFrom', { type: 'DateTime', nullable: true }),
    validUntil: t.expose('validUntil', { type: 'DateTime', nullable: true }),
    valid: t.exposeBoolean('valid', {
      description:
        'The signature is of this certificate over this statement, at a time when it held. Trust in the issuer: verify the bundle.',
    }),
  }),
});

const OriginPersonRef = builder.objectRef<{ readonly id: string; readonly name: string }>('OriginPerson').implement({
  description: 'An officer, by the name under which the step was sealed.',
  fields: (t) => ({
    id: t.id({ resolve: ({ id }) => encodeGlobalId('Officer', id) }),
    name: t.exposeString('name'),
  }),
});

/** A step in an origin. */
export const OriginStepRef = builder.objectRef<OriginStep>('OriginStep').implement({
  description: 'A sealed step as its statement tells it, held against what is kept beside it.',
  fields: (t) => ({
    id: t.id({ description: 'Global id of the step.', resolve: (step) => globalId('Step', step) }),
    name: t.field({ type: StepNameEnum, resolve: ({ name }) => name }),
    article: t.exposeString('article'),
    at: t.expose('at', { type: 'DateTime' }),
    version: t.exposeInt('version', { nullable: true, description: 'The version of the record it spoke of.' }),
    officer: t.field({
      type: OriginPersonRef,
      nullable: true,
      description: 'Null: the student himself.',
      resolve: ({ officer }) => officer,
    }),
    office: t.string({ description: 'Name of the office.', resolve: ({ office }) => office.name }),
    seal: t.field({ type: OriginSealRef, resolve: ({ seal }) => seal }),
    leafIndex: t.exposeInt('leafIndex', { description: 'Its place in the log.' }),
    leafHash: t.exposeString('leafHash'),
    intact: t.exposeBoolean('intact', { description: 'What is kept beside the statement says what it says.' }),
  }),
});

/** The cell of a file. */
export const ImportedCellRef = builder
  .objectRef<ImportedCell & { readonly institution: string }>('ImportedCell')
  .implement({
    description: 'A cell of an imported file as it stands in the stored file.',
    fields: (t) => ({
      import: t.id({
        description: 'Global id of the import.',
        resolve: ({ institution, importId: id }) => globalId('Import', { institution, id }),
      }),
      fileName: t.exposeString('fileName'),
      fileDigest: t.exposeString('fileDigest', { description: 'SHA-256 of the file, from the sealed statement.' }),
      line: t.exposeInt('line', { description: 'Line or row of the file; the header is line 1.' }),
      sheet: t.exposeString('sheet', { nullable: true, description: 'Name of the sheet of a workbook.' }),
      column: t.exposeInt('column', { description: 'From 1.' }),
      heading: t.exposeString('heading'),
      raw: t.exposeString('raw', { description: 'The text of the cell; masked where the field is secret.' }),
    }),
  });

/** The application behind a change. */
export const OriginApplicationRef = builder.objectRef<OriginApplication>('OriginApplication').implement({
  description: 'The written application by which a value was changed, and everybody who had a part in it.',
  fields: (t) => ({
    application: t.id({ description: 'Global id of the application.', resolve: (found) => applicationId(found) }),
    caseNumber: t.exposeString('caseNumber'),
    documentNumber: t.exposeString('documentNumber', { nullable: true }),
    decisionNumber: t.exposeString('decisionNumber', { nullable: true }),
    steps: t.field({
      type: [OriginStepRef],
      args: VIOLATION_ARGS,
      complexity: { field: 1, multiplier: 5 },
      description: 'Drafted, checked, approved, sealed, dispatched, decided, carried out: by whom and when.',
      resolve: ({ steps }, args) => firstOf(steps, args),
    }),
    decision: t.field({
      type: OriginStepRef,
      nullable: true,
      description: 'The decision that consented.',
      resolve: ({ decision }) => decision,
    }),
  }),
});

/** Why a field was corrected. */
export const OriginReasonRef = builder.objectRef<OriginReason>('OriginReason').implement({
  description: 'What a review said of the field, so that it was corrected.',
  fields: (t) => ({
    source: t.field({ type: ReasonSourceEnum, resolve: ({ source }) => source as ReasonSource }),
    reason: t.exposeString('reason'),
    step: t.id({
      description: 'Global id of the step that returned it.',
      resolve: ({ institution, stepId: id }) => globalId('Step', { institution, id }),
    }),
  }),
});

/** A look in person. */
export const OriginLookRef = builder.objectRef<OriginLook>('OriginLook').implement({
  description: 'Somebody looked at the record in person beside its papers, or entered its key fields a second time.',
  fields: (t) => ({
    officer: t.field({ type: OriginPersonRef, resolve: ({ officer }) => officer }),
    version: t.exposeInt('version'),
    at: t.expose('at', { type: 'DateTime' }),
    agrees: t.exposeBoolean('agrees'),
    secondEntry: t.exposeBoolean('secondEntry'),
  }),
});

/** A fault. */
export const OriginFaultRef = builder
  .objectRef<OriginFault & { readonly institution: string }>('OriginFault')
  .implement({
    description: 'Where what is kept and what was sealed differ: somebody has written past the procedures.',
    fields: (t) => ({
      code: t.field({ type: OriginFaultEnum, resolve: ({ code }) => code }),
      message: t.string({ resolve: ({ code }) => ORIGIN_FAULTS[code].zh }),
      messageEn: t.string({ resolve: ({ code }) => ORIGIN_FAULTS[code].en }),
      version: t.exposeInt('version', { nullable: true }),
      step: t.id({
        nullable: true,
        resolve: ({ institution, stepId: id }) => id && globalId('Step', { institution, id }),
      }),
      found: t.exposeString('found', { nullable: true }),
      expected: t.exposeString('expected', { nullable: true }),
    }),
  });
