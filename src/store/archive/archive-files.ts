// The files that what is in an archive rests on: their names all at once, because nothing but a walk through the whole archive tells them, and what is kept of some of them.

import { queryMany } from '../database/own-connection.ts';
import type { Transaction } from '../database/transaction.ts';
import { ABOUT } from './archive-content.ts';
import type { ArchiveKey } from './archives.ts';

/** The step whose files are handed out for some days and not kept: what is in them comes from the register and is in it. */
const PASSING = `('export-records')`;

const DIGEST_BYTES = 32;

/** Names of files in their order, 33 bytes each: an archive of a year may have a photo for each of 200,000 people. */
export interface FileNames {
  readonly length: number;
  /** The first `most` names behind a digest ('': from the beginning). `passing`: only steps name it whose files are not kept for good. */
  behind(after: string, most: number): ArchiveFileName[];
}

/** A name of a file. `photo`: nothing names it but a record, as its photo. */
export interface ArchiveFileName {
  readonly digest: string;
  readonly passing: boolean;
  readonly photo: boolean;
}

/** The names of the files that steps before `end` and records of an archive rest on. */
export async function archiveFileNames(
  tx: Transaction,
  { institution, id }: ArchiveKey,
  end: number,
): Promise<FileNames> {
  const sql = `WITH named AS (
      SELECT d."digest", s."name" IN ${PASSING} AS "passing", false AS "photo" FROM "Step" s, jsonb_array_elements_text(s."statement"::jsonb->'files') AS d("digest")
        WHERE s."institution" = $1 AND s."leafIndex" < $3 AND ${ABOUT}
      UNION ALL SELECT r."photoDigest", false, true FROM "DegreeRecord" r JOIN "ArchiveSubject" a ON a."institution" = r."institution"
        AND a."archiveId" = $2::uuid AND a."subjectId" = r."id" WHERE r."institution" = $1 AND r."photoDigest" > ''
      UNION ALL SELECT v."content"->>'photoDigest', false, true FROM "RecordVersion" v JOIN "ArchiveSubject" a ON a."institution" = v."institution"
        AND a."archiveId" = $2::uuid AND a."subjectId" = v."recordId" WHERE v."institution" = $1 AND v."content"->>'photoDigest' > '')
    SELECT "digest" COLLATE "C" AS "digest", bool_and("passing") AS "passing", bool_and("photo") AS "photo" FROM named GROUP BY 1 ORDER BY 1`;
  const rows = await queryMany<ArchiveFileName>(tx, sql, [institution, id, end]);
  const digests = Buffer.alloc(rows.length * DIGEST_BYTES);
  const said = new Uint8Array(rows.length);
  for (const [at, row] of rows.entries()) {
    if (digests.write(row.digest, at * DIGEST_BYTES, DIGEST_BYTES, 'hex') !== DIGEST_BYTES)
      throw new RangeError('a file is named by what is no SHA-256');
    said[at] = Number(row.passing) + 2 * Number(row.photo);
  }
  const digestAt = (at: number): Buffer => digests.subarray(at * DIGEST_BYTES, (at + 1) * DIGEST_BYTES);
  return {
    length: rows.length,
    behind(after, most) {
      const from = after === '' ? 0 : placeBehind(Buffer.from(after, 'hex'), rows.length, digestAt);
      const count = Math.max(0, Math.min(most, said.length - from));
      return Array.from({ length: count }, (_, at) => ({
        digest: digestAt(from + at).toString('hex'),
        passing: ((said[from + at] ?? 0) & 1) === 1,
        photo: ((said[from + at] ?? 0) & 2) === 2,
      }));
    },
  };
}

/** The first place whose digest is greater, by halves. */
function placeBehind(digest: Buffer, length: number, digestAt: (at: number) => Buffer): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (digestAt(middle).compare(digest) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A file as it is kept: as what it had been given by then, in the order of the kinds' names; without kinds when it is not kept. */
export interface ArchiveFileLine extends ArchiveFileName {
  readonly kinds: readonly string[];
  readonly mediaType: string | null;
  readonly size: number | null;
}

/**
 * What is kept of these files, in their order, as of the last step before `end`: what somebody gives as something else while the archive is
 * being made changes nothing in it. Where clocks of two servers differ, so that all of it seems later, all of it counts.
 */
export async function archiveFiles(
  tx: Transaction,
  { institution, end }: { readonly institution: string; readonly end: number },
  names: readonly ArchiveFileName[],
): Promise<ArchiveFileLine[]> {
  const sql = `WITH entry AS (SELECT k."digest", k."kind", k."mediaType", k."at" <= s."at" AS "before" FROM "KeptFile" k
      JOIN "Step" s ON s."institution" = k."institution" AND s."leafIndex" = $3 WHERE k."institution" = $1 AND k."digest" = ANY($2::text[])),
    given AS (SELECT *, bool_or("before") OVER (PARTITION BY "digest") AS "any" FROM entry)
    SELECT f."digest", f."size", array_agg(DISTINCT g."kind" ORDER BY g."kind") AS "kinds", min(g."mediaType") AS "mediaType"
    FROM "StoredFile" f JOIN given g ON g."digest" = f."digest" AND (g."before" OR NOT g."any")
    WHERE f."institution" = $1 AND f."digest" = ANY($2::text[]) GROUP BY 1, 2`;
  const digests = names.map(({ digest }) => digest);
  const rows = await queryMany<Omit<ArchiveFileLine, 'passing' | 'photo'>>(tx, sql, [institution, digests, end - 1]);
  const kept = new Map(rows.map((row) => [row.digest, row]));
  return names.map((name) => ({ kinds: [], mediaType: null, size: null, ...kept.get(name.digest), ...name }));
}
