// The shape of a status list: what of an institution's subjects has ended, as one sealed JSON file, and reading it from untrusted JSON.
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { type Ending, readEnding } from './ending.ts';
import { bytes, count, entries, fail, list, members, text } from './json-read.ts';

/** The only format so far. */
export const STATUS_LIST_FORMAT = 'vermilion-status-list/1';

/** Subjects that one list names at most; an institution with more has its list in parts. */
export const MOST_SUBJECTS = 4_000;

/** One subject that ended: its id as in statements, the state it ended in, since which day, and the leaf of the step that ended it. */
export type EndedSubject = { id: string; state: string; since: string; leafIndex: number };

/**
 * What is sealed: the canonical JSON (RFC 8785) of this. A subject of its kind that is covered and not named has not ended.
 * `at`: RFC 3339 time of sealing; `checkpoint`: text of the log's head (C2SP tlog-checkpoint body) up to which the list is complete;
 * `covers`: the ids from `from` on and before `to` in the order of their UTF-16 code units, null for no bound: the first part of a
 * list begins with null, the last ends with null; `states`: the words for the states that occur.
 */
export type StatusList = {
  format: typeof STATUS_LIST_FORMAT;
  institution: string;
  office: { id: string; name: string };
  at: string;
  checkpoint: string;
  kind: string;
  covers: { from: string | null; to: string | null };
  states: { [state: string]: { zh: string; en: string } };
  subjects: EndedSubject[];
};

/** A list with its seal: a detached CMS (DER, base64) over the canonical JSON of `list`; certificates and revocation lists base64 DER. */
export type SealedStatusList = { list: StatusList; seal: string; certificates: string[]; crls?: string[] };

/** A list as read; nothing about it has been verified but its form. */
export interface ReadStatusList {
  list: StatusList;
  checkpoint: Checkpoint;
  seal: Uint8Array;
  certificates: Uint8Array[];
  crls: Uint8Array[];
}

const bound = (value: unknown): string | null => (value === null ? null : text(value));

/** Whether parsed JSON claims to be a status list. */
export function isStatusList(value: unknown): boolean {
  const inner = typeof value === 'object' && value !== null && 'list' in value ? value.list : null;
  return typeof inner === 'object' && inner !== null && 'format' in inner && inner.format === STATUS_LIST_FORMAT;
}

/** Reads a parsed JSON value as a status list. @throws {InputProblem} when it is none */
export function readStatusList(value: unknown): ReadStatusList {
  const sealed = members(value, ['list', 'seal', 'certificates'], ['crls']);
  const inner = members(sealed.list, [
    ...['format', 'institution', 'office', 'at', 'checkpoint', 'kind', 'covers', 'states', 'subjects'],
  ]);
  if (inner.format !== STATUS_LIST_FORMAT) fail('the format is unknown');
  const checkpoint = parseCheckpoint(text(inner.checkpoint)) ?? fail('the checkpoint is malformed');
  const office = members(inner.office, ['id', 'name']);
  const covers = members(inner.covers, ['from', 'to']);
  const states = entries(inner.states).map(([state, words]): [string, { zh: string; en: string }] => {
    const { zh, en } = members(words, ['zh', 'en']);
    return [state, { zh: text(zh), en: text(en) }];
  });
  const subjects = list(inner.subjects, MOST_SUBJECTS).map((one): EndedSubject => {
    const { id, state, since, leafIndex } = members(one, ['id', 'state', 'since', 'leafIndex']);
    const index = count(leafIndex);
    if (index >= checkpoint.size) fail('a subject ended after the log that the list is about');
    return { id: text(id), state: text(state), since: text(since), leafIndex: index };
  });
  return {
    list: {
      format: STATUS_LIST_FORMAT,
      institution: text(inner.institution),
      office: { id: text(office.id), name: text(office.name) },
      at: text(inner.at),
      checkpoint: text(inner.checkpoint),
      kind: text(inner.kind),
      covers: { from: bound(covers.from), to: bound(covers.to) },
      states: Object.fromEntries(states),
      subjects,
    },
    checkpoint,
    seal: bytes(sealed.seal),
    certificates: list(sealed.certificates, 100).map(bytes),
    crls: list(sealed.crls ?? [], 100).map(bytes),
  };
}

/** What the list says of a subject: how it ended, that it has not, or that this part of the list does not speak of it. */
export function statusIn(
  { list }: ReadStatusList,
  { kind, id }: { kind: string; id: string },
): Ending | 'clear' | 'not-covered' {
  if (kind !== list.kind) return 'not-covered';
  const { subjects, states, covers } = list;
  const entry = subjects.find((one) => one.id === id);
  if (entry) {
    const words = Object.hasOwn(states, entry.state) ? states[entry.state] : undefined;
    return readEnding({ ...words, state: entry.state, since: entry.since });
  }
  const { from, to } = covers;
  return (from === null || id >= from) && (to === null || id < to) ? 'clear' : 'not-covered';
}
