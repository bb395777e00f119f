// Bytes as what somebody gave them: the same bytes may be several things, given by several, and each knows only of his own (R4.2).
import { executeOn } from './database/own-connection.ts';
import type { Transaction } from './database/transaction.ts';

/** What is known of a file besides its bytes. */
export interface FileFacts {
  readonly institution: string;
  /** SHA-256 of the bytes, lower-case hex. */
  readonly digest: string;
  readonly kind: string;
  readonly name: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
}

/** Who gave a file: the register itself (a sealed document, a photo of an archive), an officer, a student. */
export type Giver = 'register' | `officer/${string}` | `student/${string}`;

/** A file as it is asked for: as one of which kinds, and of whose entries the name is to be, where he has one. */
export interface AskedFile {
  readonly institution: string;
  readonly digest: string;
  /** In the order of preference. */
  readonly kinds: readonly string[];
  readonly by?: Giver | undefined;
}

const SELECT = {
  ...{ institution: true, digest: true, kind: true, by: true, name: true, mediaType: true, at: true },
  stored: { select: { size: true } },
} as const;

type Reads = Pick<Transaction, 'keptFile'>;

/** What is known of a file that was given as one of these kinds, and when; null when it was not. */
export async function findFile(tx: Reads, asked: AskedFile): Promise<(FileFacts & { readonly at: Date }) | null> {
  const { institution, digest, kinds, by } = asked;
  const rows = await tx.keptFile.findMany({
    where: { institution, digest, kind: { in: [...kinds] } },
    orderBy: [{ at: 'asc' }, { by: 'asc' }],
    select: SELECT,
  });
  const kind = kinds.find((each) => rows.some((row) => row.kind === each));
  const entries = rows.filter((row) => row.kind === kind);
  const own = entries.find((row) => row.by === by);
  const row = own ?? entries[0];
  if (!row) return null;
  // The name that one of several others gave is nobody's business.
  const name = own || entries.every((each) => each.name === row.name) ? row.name : neutralName(row);
  return { institution, digest, kind: row.kind, name, mediaType: row.mediaType, size: row.stored.size, at: row.at };
}

/** As which kinds somebody himself gave these bytes. */
export async function kindsGiven(tx: Reads, institution: string, digest: string, by: Giver): Promise<string[]> {
  const where = { institution, digest, by };
  const rows = await tx.keptFile.findMany({ where, orderBy: { at: 'asc' }, select: { kind: true } });
  return rows.map(({ kind }) => kind);
}

/** Notes as what files of an institution were given. The same again is the same: the first name of each giver stays. */
export async function noteGiven(
  tx: Transaction,
  files: readonly Omit<FileFacts, 'size'>[],
  by: Giver,
  at: Date,
): Promise<void> {
  if (files.length === 0) return;
  const sql = `INSERT INTO "KeptFile" ("institution", "digest", "kind", "by", "name", "mediaType", "at")
    SELECT $1, f.d, f.k, $2, f.n, f.m, $3::timestamptz FROM unnest($4::text[], $5::text[], $6::text[], $7::text[]) AS f(d, k, n, m)
    ON CONFLICT DO NOTHING`;
  const column = (name: 'digest' | 'kind' | 'name' | 'mediaType') => files.map((file) => file[name]);
  const columns = [column('digest'), column('kind'), column('name'), column('mediaType')];
  await executeOn(tx, sql, [files[0]?.institution, by, at, ...columns]);
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': '.pdf',
  'image/jpeg': '.jpg',
  'image/png': '.png',
};

/** A name that says nothing of who gave the file: the beginning of its digest. */
export function neutralName({ digest, mediaType }: Pick<FileFacts, 'digest' | 'mediaType'>): string {
  return `${digest.slice(0, 12)}${EXTENSIONS[mediaType] ?? ''}`;
}
