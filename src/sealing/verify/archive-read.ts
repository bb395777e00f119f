// Reading the members of an archive from untrusted bytes: every member known and of its type, or the archive is not readable.
import {
  ARCHIVE_FORMAT,
  type ArchiveFile,
  type ArchiveHead,
  type ArchiveIndex,
  type ArchiveLog,
  type ArchiveRecord,
  type ArchiveRoster,
  type ArchiveSecrets,
  type ArchiveSource,
  type ArchiveVersion,
} from './archive-format.ts';
import { fromHex } from './bytes.ts';
import type { JsonValue } from './canonical.ts';
import type { Opening } from './commitment.ts';
import { count, entries, fail, list, members, text } from './json-read.ts';
import { parseBundle } from './parse-bundle.ts';

/** No list of an archive is longer. */
const MOST = 5_000_000;
const SCOPES: readonly string[] = ['record', 'batch', 'year'];

const hexHash = (value: unknown): string =>
  fromHex(text(value))?.length === 32 ? text(value) : fail('a hash has not 64 digits');
const texts = (value: unknown): string[] => list(value, MOST).map(text);
const hashes = (value: unknown): string[] => list(value, MOST).map(hexHash);
const counts = (value: unknown): number[] => list(value, MOST).map(count);

/** The text of UTF-8 bytes. @throws {TypeError} they are something else */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** The JSON of bytes, no name twice. @throws {InputProblem} */
export function jsonOf(bytes: Uint8Array | undefined): unknown {
  const value = bytes && parseBundle(textOf(bytes));
  return value === undefined ? fail('it is not JSON') : value;
}

/** The lines of JSON of a member; every line ends. @throws {InputProblem} it is missing or malformed */
export async function linesOf(source: ArchiveSource, path: string): Promise<unknown[]> {
  return linesIn(await source.read(path));
}

/** The JSON of each line. @throws {InputProblem} */
export function linesIn(bytes: Uint8Array | undefined): unknown[] {
  if (!bytes) fail('a member is missing');
  const lines = textOf(bytes).split('\n');
  if (lines.pop() !== '') fail('the last line does not end');
  return lines.map((line) => parseBundle(line) ?? fail('a line is not JSON'));
}

function readHead(value: unknown): ArchiveHead {
  const head = members(value, ['id', 'institution', 'scope', 'of', 'categories', 'at']);
  const scope = text(head.scope);
  if (!SCOPES.includes(scope)) fail('the scope is unknown');
  return {
    ...{ id: text(head.id), institution: text(head.institution), scope: scope as ArchiveHead['scope'] },
    ...{ of: text(head.of), categories: texts(head.categories), at: text(head.at) },
  };
}

function readFile(value: unknown): ArchiveFile {
  const file = members(value, ['digest', 'size'], ['path', 'reason']);
  return {
    ...{ digest: hexHash(file.digest), size: count(file.size) },
    ...(file.path === undefined ? {} : { path: text(file.path) }),
    ...(file.reason === undefined ? {} : { reason: text(file.reason) }),
  };
}

function readRoster(value: unknown): ArchiveRoster {
  const roster = members(value, ['resolution', 'path', 'withoutRecord']);
  return {
    resolution: text(roster.resolution),
    path: text(roster.path),
    withoutRecord: counts(roster.withoutRecord),
  };
}

/** Reads the index. @throws {InputProblem} */
export function readIndex(bytes: Uint8Array | undefined): ArchiveIndex {
  const names = ['format', 'archive', 'logSize', 'secretFields', 'records', 'steps', 'outside', 'rosters', 'files'];
  const index = members(jsonOf(bytes), [...names, 'members']);
  if (index.format !== ARCHIVE_FORMAT) fail('the format is unknown');
  return {
    ...{ format: ARCHIVE_FORMAT, archive: readHead(index.archive), logSize: count(index.logSize) },
    secretFields: texts(index.secretFields),
    records: list(index.records, MOST).map((value) => {
      const { id, version, digest } = members(value, ['id', 'version', 'digest']);
      return { id: text(id), version: count(version), digest: hexHash(digest) };
    }),
    steps: list(index.steps, MOST).map((value) => {
      const step = members(value, ['index', 'leaf']);
      return { index: count(step.index), leaf: hexHash(step.leaf) };
    }),
    outside: hashes(index.outside),
    rosters: list(index.rosters, MOST).map(readRoster),
    files: list(index.files, MOST).map(readFile),
    members: list(index.members, MOST).map((value) => {
      const { path, sha256, size } = members(value, ['path', 'sha256', 'size']);
      return { path: text(path), sha256: hexHash(sha256), size: count(size) };
    }),
  };
}

function readOpenings(value: unknown): Record<string, Opening> {
  return Object.fromEntries(
    entries(value).map(([name, opening]): [string, Opening] => {
      const { value: plain, salt } = members(opening, ['value', 'salt']);
      return [name, { value: plain as JsonValue, salt: hexHash(salt) }];
    }),
  );
}

function readVersion(value: unknown): ArchiveVersion {
  const { version, digest, commitments, fields } = members(value, ['version', 'digest', 'commitments', 'fields']);
  return {
    ...{ version: count(version), digest: hexHash(digest), fields: readOpenings(fields) },
    commitments: Object.fromEntries(entries(commitments).map(([name, hash]) => [name, hexHash(hash)])),
  };
}

/** Reads one record. @throws {InputProblem} */
export function readRecord(value: unknown): ArchiveRecord {
  const { id, versions } = members(value, ['id', 'versions']);
  return { id: text(id), versions: list(versions, MOST).map(readVersion) };
}

/** Reads the secret fields of one version. @throws {InputProblem} */
export function readSecrets(value: unknown): ArchiveSecrets {
  const { id, version, fields } = members(value, ['id', 'version', 'fields']);
  return { id: text(id), version: count(version), fields: readOpenings(fields) };
}

/** Reads the places in the log. @throws {InputProblem} */
export function readLog(bytes: Uint8Array | undefined): ArchiveLog {
  const log = members(jsonOf(bytes), ['size'], ['first', 'leaves', 'before', 'after', 'inclusion']);
  const size = count(log.size);
  if (log.inclusion === undefined) {
    const { first, leaves, before, after } = members(log, ['size', 'first', 'leaves', 'before', 'after']);
    return { size, first: count(first), leaves: hashes(leaves), before: hashes(before), after: hashes(after) };
  }
  const { inclusion } = members(log, ['size', 'inclusion']);
  return { size, inclusion: Object.fromEntries(entries(inclusion).map(([at, path]) => [at, hashes(path)])) };
}
