// An analysis dataset as the subject of its steps: what stands for it in statements, never a value of a row (R18.1).
import { canonicalize } from '../../sealing/verify/canonical.ts';
import type { Dataset, DatasetPublication } from '../../store/datasets/datasets.ts';
import type { World } from '../call.ts';
import type { JsonObject, Subject } from '../statement.ts';
import { digestOf } from '../subjects.ts';

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

/**
 * What the statement of a request does not tell, for it names people of the organisation: contact, description and recipients. Under the
 * installation's key, so that no name can be guessed from it.
 */
export function detailsDigest(
  { blindIndex }: Pick<World, 'blindIndex'>,
  { id, contactName, description }: Pick<Dataset, 'id' | 'contactName' | 'description'>,
  recipients: readonly string[],
): string {
  const said = canonicalize({ id, contactName, description, recipients: [...recipients].sort() });
  return digestOf({ keyed: blindIndex(said, 'dataset-details') });
}

/** A way in as the subject of the step that opens it. `recipient`: the number in the request. */
export function accessDigest({
  id,
  datasetId,
  recipient,
}: {
  id: string;
  datasetId: string;
  recipient: number;
}): string {
  return digestOf({ id, datasetId, recipient });
}

/** What may be published, or may not, as the subject of the decision. */
export function publicationDigest(
  row: Pick<DatasetPublication, 'id' | 'datasetId' | 'state' | 'title' | 'place' | 'documentDigest'>,
): string {
  const { id, datasetId, state, title, place, documentDigest } = row;
  return digestOf({ id, datasetId, state, title, place, documentDigest });
}
