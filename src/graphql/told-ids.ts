// The ids in what is refused: procedures call a thing by its key in the register, clients by its global id. Here one becomes the other.
import type { Violation } from '../regulation/violations.ts';
import { decodeGlobalId, encodeGlobalId, globalId, keyOf, uuidOf } from './global-id.ts';

/** What procedures call a thing that has a global id → its GraphQL type. */
export const TYPE_OF_KIND: Readonly<Record<string, string>> = {
  application: 'WrittenApplication',
  archive: 'ArchiveExport',
  batch: 'Batch',
  certificateTemplate: 'CertificateTemplate',
  'code-mapping': 'CodeMapping',
  'correction-request': 'CorrectionRequest',
  dataset: 'Dataset',
  declassification: 'Declassification',
  'disclosure-link': 'DisclosureLink',
  dispute: 'StudentDispute',
  'enrolment-record': 'EnrolmentRecord',
  export: 'RecordExport',
  import: 'Import',
  job: 'Job',
  objection: 'Objection',
  officer: 'Officer',
  publication: 'DatasetPublication',
  'received-objection': 'ReceivedObjection',
  record: 'DegreeRecord',
  reminder: 'Reminder',
  resolution: 'Resolution',
  'revocation-resolution': 'RevocationResolution',
  step: 'Step',
};

/** What has no global id and keeps the word of the procedures, each with what its `id` is. */
export const OTHER_KINDS: Readonly<Record<string, string>> = {
  category: 'a category as the register writes it',
  disclosure: 'nothing: who guesses an address learns nothing of it',
  edition: 'the name of the edition',
  file: 'SHA-256 of the file',
  institution: 'five-digit code',
  office: 'the id by which offices are given',
  'record-version': 'id of the record, and the version or time',
  'roster-entry': 'id of the resolution, and the place on its roster',
  'status-list': 'code of the institution, and the part',
};

/** Of which type the thing is within which something else is looked for. */
const WITHIN: Readonly<Record<string, string>> = { 'record-version': 'DegreeRecord', 'roster-entry': 'Resolution' };

/** Lists in paths whose brackets hold ids, not places → the type of what they list. */
const LISTS: Readonly<Record<string, string>> = { batches: 'Batch', records: 'DegreeRecord' };

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const IN_LIST = new RegExp(`\\b(\\w+)\\[(${UUID.source})\\]`, 'g');
/** Longer texts are no ids. */
const LONGEST_ID = 400;

/** What was asked, and the institution of who asked: null for a provincial office. */
export interface Asked {
  readonly input: object;
  readonly institution: string | null;
}

/** Says things by the ids that the client sent; what it did not send, by those that it gets elsewhere. */
export interface Teller {
  /** The GraphQL type, where there is one. */
  kind(kind: string): string;
  /** The id of a thing that procedures call `kind`. */
  id(kind: string, id: string): string;
  violation(broken: Violation): Violation;
}

/** The teller of one answer. Everything that one action is about is of one institution. */
export function tellerOf({ input, institution: own }: Asked): Teller {
  const sent = sentIds(input);
  const [first] = sent.values();
  const given = (input as { institution?: unknown }).institution;
  const ofFirst = first === undefined ? '' : keyOf(decodeGlobalId(first).id).institution;
  const institution = ofFirst || (typeof given === 'string' ? given : (own ?? ''));
  const globally = (type: string | undefined, id: string): string => {
    const known = sent.get(id);
    if (known !== undefined || type === undefined) return known ?? id;
    return type === 'Officer' ? encodeGlobalId(type, id) : globalId(type, { institution, id });
  };
  return {
    kind: (kind) => TYPE_OF_KIND[kind] ?? kind,
    id: (kind, id) => id.replace(UUID, (each) => globally(TYPE_OF_KIND[kind] ?? WITHIN[kind], each)),
    violation(broken) {
      const types = new Map([...broken.path.matchAll(IN_LIST)].map(([, list = '', id = '']) => [id, LISTS[list]]));
      const told = (text: string) => text.replace(UUID, (id) => globally(types.get(id), id));
      const { path, found, expected } = broken;
      return {
        ...broken,
        path: told(path),
        ...(found === undefined ? {} : { found: told(found) }),
        ...(expected === undefined ? {} : { expected: told(expected) }),
      };
    },
  };
}

/** The global ids in an input by the UUID in each. */
function sentIds(input: unknown, sent = new Map<string, string>()): Map<string, string> {
  if (typeof input === 'string' && input.length <= LONGEST_ID) {
    const { typename, id } = decodeGlobalId(input);
    const key = typename === 'Officer' ? uuidOf(id) : keyOf(id).id;
    if (typename !== '' && id.endsWith(key)) sent.set(key, input);
  } else if (Array.isArray(input)) {
    for (const each of input) sentIds(each, sent);
  } else if (typeof input === 'object' && input !== null) {
    // Files and times are passed over.
    const plain = [Object.prototype, null].includes(Object.getPrototypeOf(input));
    if (plain) for (const each of Object.values(input)) sentIds(each, sent);
  }
  return sent;
}
