// From any field of a record to the officer, step, seal and line of the imported file that put it there (article 22).
import { NotFound } from '../../procedures/errors.ts';
import type { FieldOrigin, RecordOrigins } from '../../procedures/responsibility/origin-shape.ts';
import { recordOrigins } from '../../procedures/responsibility/record-origins.ts';
import { ORIGIN_SOURCES } from '../../regulation/responsibility/origins.ts';
import { FIELDS } from '../../regulation/standard/fields.ts';
import { badInput } from '../bad-input.ts';
import { builder } from '../builder.ts';
import { derive } from '../enums.ts';
import { firstOf, VIOLATION_ARGS } from '../errors.ts';
import { DegreeRecordRef } from '../records/degree-record.ts';
import {
  ImportedCellRef,
  OriginApplicationRef,
  OriginFaultRef,
  OriginLookRef,
  OriginReasonRef,
  OriginStepRef,
} from './origin-parts.ts';

const OriginSourceEnum = derive('OriginSource', 'What put a value into a record (article 22).', ORIGIN_SOURCES);

type InRecord<Part> = Part & { readonly institution: string };

const FieldOriginRef = builder.objectRef<InRecord<FieldOrigin>>('FieldOrigin').implement({
  description: 'A field with everything that stands behind its value.',
  fields: (t) => ({
    field: t.exposeString('field'),
    label: t.string({ resolve: ({ field }) => FIELDS[field].zh }),
    labelEn: t.string({ resolve: ({ field }) => FIELDS[field].en }),
    value: t.exposeString('value', { nullable: true, description: 'Masked where it is secret; null: emptied.' }),
    source: t.field({ type: OriginSourceEnum, resolve: ({ source }) => source }),
    version: t.exposeInt('version', { description: 'The version that brought the value.' }),
    step: t.field({
      type: OriginStepRef,
      nullable: true,
      description: 'The step that made that version.',
      resolve: ({ step }) => step,
    }),
    behind: t.field({
      type: OriginStepRef,
      nullable: true,
      description: 'The step behind it: the import of the enrolment record, the loading of the resolution.',
      resolve: ({ behind }) => behind,
    }),
    cell: t.field({
      type: ImportedCellRef,
      nullable: true,
      description: 'The cell of the file. Null also for an office that may not see imports.',
      resolve: ({ cell, institution }) => cell && { ...cell, institution },
    }),
    application: t.field({
      type: OriginApplicationRef,
      nullable: true,
      resolve: ({ application }) => application,
    }),
    reasons: t.field({
      type: [OriginReasonRef],
      args: VIOLATION_ARGS,
      complexity: { field: 1, multiplier: 2 },
      resolve: ({ reasons }, args) => firstOf(reasons, args),
    }),
  }),
});

const RecordOriginsRef = builder.objectRef<InRecord<RecordOrigins>>('RecordOrigins').implement({
  description: 'The origin of one version of a record, computed from what was sealed.',
  fields: (t) => ({
    version: t.exposeInt('version'),
    digest: t.exposeString('digest'),
    sound: t.boolean({
      description: 'Nothing that is kept differs from what was sealed.',
      resolve: ({ faults }) => faults.length === 0,
    }),
    faults: t.field({
      type: [OriginFaultRef],
      args: VIOLATION_ARGS,
      complexity: { field: 1, multiplier: 2 },
      resolve: ({ faults, institution }, args) => firstOf(faults, args).map((each) => ({ ...each, institution })),
    }),
    fields: t.field({
      type: [FieldOriginRef],
      complexity: { field: 1, multiplier: 10 },
      description: 'Every field of article 8 that has a value or had one, in its order.',
      resolve: ({ fields, institution }) => fields.map((each) => ({ ...each, institution })),
    }),
    acts: t.field({
      type: [OriginStepRef],
      args: VIOLATION_ARGS,
      complexity: { field: 1, multiplier: 5 },
      description:
        'Every step about the record so far: who collected, cross-checked, confirmed, reported, reviewed, filed.',
      resolve: ({ acts }, args) => firstOf(acts, args),
    }),
    looks: t.field({
      type: [OriginLookRef],
      args: VIOLATION_ARGS,
      complexity: { field: 1, multiplier: 2 },
      description:
        'Who looked at it in person or entered it a second time; the machine’s comparison is the step CROSS_CHECK.',
      resolve: ({ looks }, args) => firstOf(looks, args),
    }),
  }),
});

const NO_VERSION = { zh: '没有这个版本。', en: 'There is no such version.' };
const ONE_OF_BOTH = { zh: 'version 与 at 只能给一个。', en: 'Give version or at, not both.' };
/** About a dozen statements and perhaps a file: so many that no list of records asks for them all. */
const COST = 2000;

builder.prismaObjectField(DegreeRecordRef, 'origins', (t) =>
  t.field({
    type: RecordOriginsRef,
    nullable: true,
    description:
      'Where each field of article 8 comes from, of the present version, an older one, or the one in force at a moment; null when the record was not there yet.',
    args: { version: t.arg.int({ required: false }), at: t.arg({ type: 'DateTime', required: false }) },
    complexity: { field: COST, multiplier: 1 },
    select: { institution: true, id: true, version: true },
    resolve: async ({ institution, id: recordId, version: present }, { version, at }, { world, actor }) => {
      const both = version !== null && version !== undefined && at !== null && at !== undefined;
      if (both) throw badInput(ONE_OF_BOTH, { found: `${version}, ${at.toISOString()}`, expected: 'version / at' });
      const withFiles = actor !== null && actor.institution !== null;
      try {
        return { ...(await recordOrigins(world, { institution, recordId, version, at, withFiles })), institution };
      } catch (error) {
        if (!(error instanceof NotFound)) throw error;
        if (at) return null;
        throw badInput(NO_VERSION, { found: String(version), expected: `1 … ${present}` });
      }
    },
  }),
);
