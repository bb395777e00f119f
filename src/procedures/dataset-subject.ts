// An analysis dataset as the subject of its steps: what stands for it in statements, never a value of a row (R18.1).
import type { Dataset } from '../store/datasets.ts';
import type { JsonObject, Subject } from './statement.ts';
import { digestOf } from './subjects.ts';

/** What was asked for, as statements say it: nobody of the register is in it. */
export type Asked = Pick<
  Dataset,
  | 'organisationName'
  | 'organisationCode'
  | 'purpose'
  | 'fields'
  | 'yearFrom'
  | 'yearUntil'
  | 'categories'
  | 'k'
  | 'l'
  | 't'
  | 'firstDay'
  | 'lastDay'
  | 'agreementDigest'
>;

/** The request in the words of statements. */
export function askedFacts(row: Asked): JsonObject {
  const { organisationName, organisationCode, purpose, fields, yearFrom, yearUntil, categories } = row;
  const { k, l, t, firstDay, lastDay, agreementDigest } = row;
  return {
    ...{ organisationName, organisationCode, purpose, fields: [...fields], yearFrom, yearUntil },
    ...{ categories: [...categories], k, l, t, firstDay, lastDay, agreementDigest },
  };
}

/** A dataset in the version that a step makes of it. */
export function datasetSubject(
  id: string,
  version: number,
  state: string,
  asked: Asked,
  more: JsonObject = {},
): Subject {
  return { kind: 'dataset', id, version, digest: digestOf({ id, version, state, ...askedFacts(asked), ...more }) };
}
