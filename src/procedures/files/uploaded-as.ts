// A file that was not uploaded for what it is to be used for: the answer says as what the asking officer himself uploaded the same bytes.
import type { Violation } from '../../regulation/violations.ts';
import { violation } from '../../regulation/violations.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { findFile, type Giver, kindsGiven } from '../../store/kept-files.ts';
import type { Actor, Call, Student } from '../call.ts';
import { Refused } from '../errors.ts';
import { FILE_KINDS, type FileKind, type FileKindRow } from './file-kinds.ts';

/** An officer as who gives files. */
export function givenByOfficer({ officerId }: Pick<Actor, 'officerId'>): Giver {
  return `officer/${officerId}`;
}

/** A student as who gives files. */
export function givenByStudent({ id }: Pick<Student, 'id'>): Giver {
  return `student/${id}`;
}

/** The refusal of a table or archive that was not uploaded as what it is to be read as. @param path the input that names it */
export function notUploadedAs(kind: FileKind, path: string, digest: string): Refused {
  const { article } = FILE_KINDS[kind];
  return new Refused([violation('file-missing', path, { found: digest.slice(0, 64), expected: kind, article })]);
}

/** Which file a use needs, and the input that names it. */
export interface NeededFile {
  readonly institution: string;
  /** The input that names the file. */
  readonly path: string;
  /** SHA-256, hex; null when the use goes without. */
  readonly digest: string | null;
  readonly kind: FileKind;
  /** Other kinds that do as well. */
  readonly orAs?: readonly FileKind[];
  readonly article: string;
}

/**
 * The refusal (`file-missing`) of a file that was not uploaded as what it is needed for, none when it was or nothing is needed.
 * `found`: the kind as which the caller uploaded the same bytes, else their digest – of what others uploaded nothing is told.
 */
export async function missingFile(
  tx: Pick<Transaction, 'keptFile'>,
  { actor }: Pick<Call, 'actor'>,
  { institution, path, digest, kind, orAs = [], article }: NeededFile,
): Promise<Violation[]> {
  if (digest === null || (await findFile(tx, { institution, digest, kinds: [kind, ...orAs] }))) return [];
  const found = await uploadedAs(tx, actor, institution, digest);
  return [violation('file-missing', path, { found, expected: kind, article })];
}

/** As what the officer uploaded these bytes, in words; else their digest. */
export async function uploadedAs(
  tx: Pick<Transaction, 'keptFile'>,
  actor: Pick<Actor, 'officerId'>,
  institution: string,
  digest: string,
): Promise<string> {
  const rows: Readonly<Record<string, FileKindRow>> = FILE_KINDS;
  const [given = ''] = await kindsGiven(tx, institution, digest, givenByOfficer(actor));
  const known = Object.hasOwn(rows, given) ? rows[given] : undefined;
  return known ? `${given} ${known.zh} (${known.en})` : digest.slice(0, 64);
}
