// The API as it is printed: every type and input explained, every example valid, one for each operation.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  isUnionType,
  parse,
  validate,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { enumName } from '../../src/graphql/enums.ts';
import { printApi } from '../../src/graphql/print.ts';
import { schema } from '../../src/graphql/schema.ts';
import { STEPS } from '../../src/regulation/steps.ts';
import { CATEGORIES, keysOf, RECORD_STATES } from '../../src/regulation/vocabulary.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const EXAMPLES = join(ROOT, 'examples');
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
const documents = readdirSync(EXAMPLES)
  .filter((name) => name.endsWith('.graphql'))
  .map((name) => ({ name, text: readFileSync(join(EXAMPLES, name), 'utf8') }));

describe('The printed API', () => {
  test('schema.graphql is what the code prints', () => {
    expect(readFileSync(join(ROOT, 'schema.graphql'), 'utf8')).toBe(printApi());
    expect(() => buildSchema(printApi())).not.toThrow();
  });

  test('the enums are the vocabulary', () => {
    const values = (name: string) => {
      const type = schema.getType(name) as { getValues(): { name: string; value: string }[] } | undefined;
      return new Map(type?.getValues().map(({ name: key, value }) => [key, value]));
    };
    for (const [name, table] of [
      ['Category', CATEGORIES],
      ['RecordState', RECORD_STATES],
      ['StepName', STEPS],
    ] as const) {
      expect(values(name)).toEqual(new Map(keysOf(table).map((key) => [enumName(key), key])));
    }
  });

  const ALL = ['code', 'path', 'article', 'message', 'messageEn', 'found', 'expected'];
  test.each([
    ['Refused', ALL],
    ['Forbidden', ALL],
    ['NotFound', ['kind', 'id', 'message', 'messageEn']],
    ['Stale', ['kind', 'id', 'found', 'expected', 'message', 'messageEn']],
  ])('every example that meets %s asks for all that it says', (type, wanted) => {
    let met = 0;
    for (const { name, text } of documents) {
      for (const [, after = ''] of text.matchAll(new RegExp(`\\.\\.\\. on ${type} \\{([^.]*)`, 'g'))) {
        met++;
        expect(after.match(/\w+/g), name).toEqual(expect.arrayContaining(wanted));
      }
    }
    expect(met).toBeGreaterThan(15);
  });

  /** Ways in and out take no simulation: they are no actions of the regulation. */
  const DOORS = ['signIn', 'signOut', 'openLink', 'studentSignIn', 'studentSignOut'];

  test('every mutation takes one input and answers with a union of success and typed refusals', () => {
    for (const field of mutations.filter(({ name }) => !DOORS.includes(name))) {
      expect(
        field.args.map((arg) => arg.name),
        field.name,
      ).toEqual(['input']);
      const input = getNamedType(field.args[0]?.type as never);
      if (!isInputObjectType(input)) throw new Error(field.name);
      expect(Object.keys(input.getFields()), field.name).toEqual(
        expect.arrayContaining(['simulate', 'idempotencyKey']),
      );
      const result = getNamedType(field.type);
      if (!isUnionType(result)) throw new Error(field.name);
      const names = result.getTypes().map((type) => type.name);
      expect(names.sort(), field.name).toEqual([`${input.name.replace(/Input$/, 'Success')}`, ...ANSWERS].sort());
    }
  });

  test('no list of things is unbounded: it is a page, takes `first`, or is of words', () => {
    const unbounded: string[] = [];
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith('__') || !(isObjectType(type) || isInterfaceType(type))) continue;
      if (/(Connection|Edge)$/.test(type.name)) continue;
      for (const field of Object.values(type.getFields())) {
        if (!isListType(getNullableType(field.type)) || !('getFields' in getNamedType(field.type))) continue;
        const bounded =
          field.args.some((arg) => arg.name === 'first') || BOUNDED.includes(`${type.name}.${field.name}`);
        if (!bounded) unbounded.push(`${type.name}.${field.name}`);
      }
    }
    expect(unbounded).toEqual([]);
  });

  test('no field gives a secret in plain but the sealed reveal', () => {
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type)) continue;
      for (const name of Object.keys(type.getFields())) {
        expect(['identityNumber', 'phone', 'email', 'passwordHash', 'salt'], `${type.name}.${name}`).not.toContain(
          name,
        );
      }
    }
  });
});

const ANSWERS = ['Refused', 'Forbidden', 'NotFound', 'Stale'];

/** Lists that are short by their nature: as many as there are steps, categories, states or rules of one row. */
const BOUNDED = [
  'Batch.actions',
  'DegreeRecord.actions',
  'WrittenApplication.actions',
  'SupplementaryReport.actions',
  'ChangeRequest.actions',
  'DeletionRequest.actions',
  'RevocationReport.actions',
  // At most as many as a record has fields.
  'ApplicationRecord.changes',
  'DegreeRecord.diff',
  'RecordOrigins.fields',
  'CertificateTemplateMatch.violations',
  'Examination.wrong',
  'DegreeRecord.comparison',
  'RecordComparison.fields',
  'ComparedField.violations',
  'PossibleAction.violations',
  'ArchiveExport.actions',
  'ArchiveYear.actions',
  // At most a hundred.
  'ArchiveCompleteness.missing',
  // At most as many as a record has fields; a person's own records and words; ten pieces of evidence.
  'StudentRecord.fields',
  'StudentRecord.disputes',
  'StudentRecord.correctionRequests',
  'StudentRecord.actions',
  'OwnDispute.fields',
  'OwnCorrectionRequest.fields',
  'StudentDispute.fields',
  'StudentDispute.evidence',
  'CorrectionRequest.fields',
  'CorrectionRequest.evidence',
  'Query.myRecords',
  'RecordResult.violations',
  'PhotoProblem.violations',
  'ReportUpwardSuccess.batches',
  'Seal.statuses',
  // At most 250, as a load refuses more.
  'Edition.columns',
  'Query.nodes',
  // As many as there are categories or settings.
  'EffectivePolicy.owners',
  'SetPolicySuccess.changes',
  // As many as are counted.
  'Compliance.counters',
  'Requirement.counters',
  // As many as there are steps of a dataset, fields of a record, reasons why it is not read now, copies of all datasets.
  'Dataset.actions',
  'Dataset.columns',
  'DatasetReadingAnswer.columns',
  'DatasetReadingAnswer.violations',
  'TraceLeakSuccess.copies',
  // As many as there are categories, fields of learning, sexes or nationality groups; one step.
  'StatisticsTable.heads',
  'StatisticsRow.cells',
  'Statistics.actions',
];

describe('The examples', () => {
  test.each(documents)('$name is valid', ({ text }) => {
    expect(validate(schema, parse(text)).map((error) => error.message)).toEqual([]);
  });

  test('there is one for every mutation', () => {
    const all = documents.map(({ text }) => text).join('\n');
    const missing = mutations.filter(({ name }) => !new RegExp(`\\b${name}\\b[( {]`).test(all));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });
});
