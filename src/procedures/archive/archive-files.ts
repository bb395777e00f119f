// The files of an archive, each under its digest: which of them may be in it, and the writing of them some at a time.
import { createHash } from 'node:crypto';
import { CATEGORIES, isKeyOf, keysOf } from '../../regulation/vocabulary.ts';
import type { ArchiveFile } from '../../sealing/verify/archive-format.ts';
import {
  type ArchiveFileLine,
  archiveFileNames,
  archiveFiles,
  type FileNames,
} from '../../store/archive/archive-files.ts';
import type { ArchiveExport } from '../../store/archive/archives.ts';
import { plainBytes, readBytes } from '../../store/stored-files.ts';
import type { World } from '../call.ts';
import { FILE_KINDS, type FileKind } from '../files/file-kinds.ts';
import { ArchiveBroken, type Making } from './archive-parts.ts';
import { sealMember } from './archive-secrets.ts';

const FILES = 500;
/** Files of the index that are looked up at once. */
const LISTED = 5_000;
/** Bytes of files in one sitting. */
const MOST_BYTES = 24 * 1024 * 1024;

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'text/csv': 'csv',
  'application/json': 'json',
  'application/zip': 'zip',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
};

/** Tables that name many people in plain: what is sealed of them is in `rosters/` and `steps/`, place by place. */
const OF_MANY: readonly string[] = ['roster', 'second-entry'] satisfies FileKind[];

/** What decides whether a file may be in an archive. */
export interface FileRules {
  readonly withSecrets: boolean;
  /** Of one record: nobody else is named in it. */
  readonly onePerson: boolean;
  /** Of every category, so that a roster of all of them may be in it. */
  readonly wholeHouse: boolean;
}

/** The rules of an archive. */
export function fileRules({ scope, categories, withSecrets }: ArchiveExport): FileRules {
  const wholeHouse = keysOf(CATEGORIES).every((category) => categories.includes(category));
  return { withSecrets, onePerson: scope === 'record', wholeHouse };
}

/**
 * Where a file goes, or why it is not in the archive. A record's photo is one whatever else the same bytes were given as; for what a step
 * rests on, the strictest of the rules of all kinds holds that it was given as.
 * @throws {ArchiveBroken} it should be there and is not
 */
export function placeOfFile(
  { digest, kinds, photo, mediaType, passing }: ArchiveFileLine,
  { withSecrets, onePerson, wholeHouse }: FileRules,
): { path: string; secret: boolean } | { reason: string } {
  if (kinds.length === 0) {
    if (passing) return { reason: 'handed-out-and-not-kept' };
    throw new ArchiveBroken('file-missing', digest);
  }
  const given = photo && kinds.includes('photo') ? ['photo'] : kinds;
  const secret = given.some((kind) => isKeyOf(FILE_KINDS, kind) && FILE_KINDS[kind].secret);
  if (onePerson && given.some((kind) => OF_MANY.includes(kind))) return { reason: 'holds-other-people' };
  if (given.includes('roster') && !wholeHouse) return { reason: 'holds-other-categories' };
  if (secret) return withSecrets ? { path: `secret/files/${digest}.enc`, secret } : { reason: 'secret' };
  return { path: `files/${digest}.${EXTENSIONS[mediaType ?? ''] ?? 'bin'}`, secret };
}

/** The names of the files of the archive at hand, by its id and where it began: asked for once, not for each sitting. */
const remembered = new WeakMap<World, { readonly key: string; readonly names: FileNames }>();

/** One archive at a time is remembered. A server that goes on after another asks anew. */
async function namesOf({ tx, world, archive, end }: Making): Promise<FileNames> {
  const key = `${archive.institution}/${archive.id}/${end}`;
  const known = remembered.get(world);
  if (known?.key === key) return known.names;
  const names = await archiveFileNames(tx, archive, end);
  remembered.set(world, { key, names });
  return names;
}

/** Writes the next files. @returns the digest of the last, null when none is left. @throws {FileAltered} {ArchiveBroken} */
export async function writeFiles(making: Making, after: string): Promise<string | null> {
  const { tx, world, archive, writer, key, end } = making;
  if (after === '') remembered.delete(world);
  const names = await namesOf(making);
  const found = await archiveFiles(tx, { institution: archive.institution, end }, names.behind(after, FILES));
  const rules = fileRules(archive);
  const files = upTo(found, MOST_BYTES);
  const plain = await plainBytes(
    tx,
    archive.institution,
    files.map(({ digest }) => digest),
  );
  for (const line of files) {
    const place = placeOfFile(line, rules);
    if (!('path' in place)) continue;
    const bytes = plain.get(line.digest) ?? (await readBytes(tx, archive.institution, line.digest, world.cipher));
    if (!bytes) throw new ArchiveBroken('file-missing', line.digest);
    if (createHash('sha256').update(bytes).digest('hex') !== line.digest)
      throw new ArchiveBroken('file-altered', line.digest);
    const sealed = place.secret && key ? sealMember(key, place.path, bytes) : bytes;
    await writer.add(place.path, sealed, place.secret || !/\.(csv|json|pdf)$/.test(place.path));
  }
  return found.length === FILES || files.length < found.length ? (files.at(-1)?.digest ?? null) : null;
}

/** The first files that are not too large together, at least one. */
function upTo(files: readonly ArchiveFileLine[], most: number): readonly ArchiveFileLine[] {
  let bytes = 0;
  const end = files.findIndex(({ size }, at) => {
    bytes += size ?? 0;
    return at > 0 && bytes > most;
  });
  return end === -1 ? files : files.slice(0, end);
}

/** Every file that steps and records rest on, as the index names it. @param digests of the members, by path */
export async function filesOfIndex(making: Making, digests: ReadonlyMap<string, string>): Promise<ArchiveFile[]> {
  const { tx, archive, end } = making;
  const rules = fileRules(archive);
  // Asked anew: the index is of what there is when it is sealed.
  const names = await archiveFileNames(tx, archive, end);
  remembered.delete(making.world);
  const files: ArchiveFile[] = [];
  for (let after = ''; ; ) {
    const some = await archiveFiles(tx, { institution: archive.institution, end }, names.behind(after, LISTED));
    for (const line of some) {
      const place = placeOfFile(line, rules);
      const size = line.size ?? 0;
      if ('reason' in place) files.push({ digest: line.digest, size, reason: place.reason });
      else if (digests.has(place.path)) files.push({ digest: line.digest, size, path: place.path });
      after = line.digest;
    }
    if (some.length < LISTED) return files;
  }
}
