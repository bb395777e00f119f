// The members of an archive: each that the sealed index names is here with its digest, none is missing, none was put in.
import { AFTER_THE_INDEX, ARCHIVE_PATHS, type ArchiveIndex, type ArchiveSource } from './archive-format.ts';
import { textOf } from './archive-read.ts';
import { sha256, toHex } from './bytes.ts';
import { finding } from './findings.ts';
import type { Check } from './verdict.ts';

/** Size and SHA-256 (hex) of a member; `undefined` when there is none. */
export type Digests = (path: string) => Promise<{ sha256: string; size: number } | undefined>;

/** Digests of members, each read and hashed once: an archive may hold ten thousand of them. */
export function digestsOf(source: ArchiveSource): Digests {
  const known = new Map<string, ReturnType<Digests>>();
  const made = async (path: string) => {
    const bytes = await source.read(path);
    return bytes && { sha256: toHex(await sha256(bytes)), size: bytes.length };
  };
  return (path) => {
    const found = known.get(path) ?? made(path);
    known.set(path, found);
    return found;
  };
}

/** Checks that the members are those of the index, byte for byte. */
export async function checkMembers(source: ArchiveSource, index: ArchiveIndex, digests: Digests): Promise<Check[]> {
  const whole = finding('members', {
    passed: (many) => [
      `目录所列 ${many} 个文件齐全，摘要一致。`,
      `All ${many} members of the index are here with their digests.`,
    ],
    failed: [
      '有文件缺失，或与目录所列摘要不一致。',
      'A member is missing, or has not the digest that the index names.',
    ],
  });
  const named = finding('nothing-more', {
    passed: () => ['没有目录以外的文件。', 'There is nothing that the index does not name.'],
    failed: ['有目录以外的文件。', 'There is something that the index does not name.'],
  });
  const wanted = new Set<string>([ARCHIVE_PATHS.index, ...AFTER_THE_INDEX]);
  for (const { path, sha256: digest, size } of index.members) {
    const found = wanted.has(path) ? undefined : await digests(path);
    whole.look(found?.size === size && found.sha256 === digest, path);
    wanted.add(path);
  }
  for (const path of source.paths) named.look(wanted.has(path), path);
  return [whole.toCheck(), named.toCheck(), await checkSums(source, digests)];
}

/** The sums are for people with `sha256sum`: they must not say anything else than the index. */
async function checkSums(source: ArchiveSource, digests: Digests): Promise<Check> {
  const sums = finding('sums', {
    passed: (many) => [`SHA256SUMS 所列 ${many} 个文件一致。`, `The ${many} files of SHA256SUMS have these digests.`],
    failed: ['SHA256SUMS 与文件不一致。', 'SHA256SUMS does not agree with the files.'],
  });
  const listed = new Set<string>();
  try {
    const lines = textOf((await source.read(ARCHIVE_PATHS.sums)) ?? new Uint8Array()).split('\n');
    for (const line of lines.slice(0, -1)) {
      const [, digest, path = ''] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
      sums.look(digest !== undefined && (await digests(path))?.sha256 === digest, path || line.slice(0, 80));
      listed.add(path);
    }
  } catch {
    sums.look(false, ARCHIVE_PATHS.sums);
  }
  for (const path of source.paths) if (path !== ARCHIVE_PATHS.sums) sums.look(listed.has(path), path);
  return sums.toCheck();
}

/** Every file that a step rests on, or that the index names, is here under its own digest, or the index says why it is not. */
export async function checkFiles(
  source: ArchiveSource,
  index: ArchiveIndex,
  rested: ReadonlySet<string>,
  digests: Digests,
): Promise<{ check: Check; withheld: number }> {
  const files = finding('files', {
    passed: (many) => [
      `步骤所依据的 ${many} 个文件齐全，或注明了不在此处的缘由。`,
      `The ${many} files that steps rest on are here, or it is said why not.`,
    ],
    failed: ['有步骤所依据的文件缺失，或不是那个文件。', 'A file that a step rests on is missing, or is another.'],
  });
  const kept = new Map(index.files.map((file) => [file.digest, file]));
  for (const digest of rested) files.look(kept.has(digest), digest);
  let withheld = 0;
  for (const { digest, path, reason } of index.files) {
    if (path === undefined) {
      withheld += 1;
      files.look(reason !== undefined && reason !== '', digest);
    } else if (path.startsWith('files/')) {
      files.look((await digests(path))?.sha256 === digest, digest);
    } else {
      files.look(path === `secret/files/${digest}.enc` && source.paths.includes(path), digest);
    }
  }
  return { check: files.toCheck(), withheld };
}
