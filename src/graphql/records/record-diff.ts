// History as fields: what a record said at a moment, and what changed between two versions (R15.2).

import { NotFound } from '../../procedures/errors.ts';
import {
  diffVersions,
  type FieldDifference,
  type KeptVersion,
  maskedContent,
  readVersionAsOf,
} from '../../procedures/records/record-diff.ts';
import { FIELDS } from '../../regulation/standard/fields.ts';
import { badInput } from '../bad-input.ts';
import { builder } from '../builder.ts';
import { DegreeRecordRef } from './degree-record.ts';

/** A field that two versions do not share. */
export const FieldDifferenceRef = builder.objectRef<FieldDifference>('FieldDifference').implement({
  description: 'A field that two versions do not share. Secret values are masked.',
  fields: (t) => ({
    field: t.exposeString('field'),
    label: t.string({ resolve: ({ field }) => FIELDS[field].zh }),
    labelEn: t.string({ resolve: ({ field }) => FIELDS[field].en }),
    before: t.exposeString('before', { nullable: true }),
    after: t.exposeString('after', { nullable: true }),
  }),
});

interface ShownVersion extends KeptVersion {
  readonly key: { readonly institution: string; readonly id: string };
}

const VersionAsOfRef = builder.objectRef<ShownVersion>('RecordAsOf').implement({
  description: 'A version of a record as it was in force at a moment.',
  fields: (t) => ({
    version: t.exposeInt('version'),
    digest: t.exposeString('digest'),
    content: t.field({
      type: 'JSON',
      description: 'Its fields; secret ones are masked.',
      resolve: ({ key, ...version }, _args, { world }) => maskedContent(world, key.institution, key.id, version),
    }),
  }),
});

const KEY = { institution: true, id: true, version: true } as const;
const NO_VERSION = { zh: '没有这个版本。', en: 'There is no such version.' };

builder.prismaObjectFields(DegreeRecordRef, (t) => ({
  diff: t.field({
    type: [FieldDifferenceRef],
    description: 'What changed from one version to another, field by field.',
    args: {
      from: t.arg.int({ description: 'Version number.' }),
      to: t.arg.int({ required: false, description: 'Version number; the present one when not given.' }),
    },
    complexity: { field: 20, multiplier: 1 },
    select: KEY,
    resolve: async ({ institution, id, version }, { from, to }, { world }) => {
      try {
        return await diffVersions(world, institution, id, from, to ?? version);
      } catch (error) {
        if (!(error instanceof NotFound)) throw error;
        throw badInput(NO_VERSION, { found: `${from} … ${to ?? version}`, expected: `1 … ${version}` });
      }
    },
  }),
  asOf: t.field({
    type: VersionAsOfRef,
    nullable: true,
    description: 'The version that was in force at a moment; null when the record was not there yet.',
    args: { at: t.arg({ type: 'DateTime' }) },
    complexity: { field: 20, multiplier: 1 },
    select: KEY,
    resolve: async ({ institution, id }, { at }, { world }) => {
      const version = await readVersionAsOf(world.db.prisma, institution, id, at);
      return version && { ...version, key: { institution, id } };
    },
  }),
}));
