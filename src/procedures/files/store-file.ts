// Uploading a file: judged by its content and the rules of its kind, its bytes kept once by their digest, whatever else they were uploaded as.
import { FileProblem } from '../../files/problems.ts';
import { checkImage, checkPdf, sniff } from '../../files/sniff.ts';
import { checkSize, digestOf } from '../../files/source.ts';
import { openTable } from '../../files/table.ts';
import { hasMoreLines, looksLikeJson } from '../../files/text.ts';
import { openZip } from '../../files/zip-entries.ts';
import { hideIdentityNumbers } from '../../regulation/record/identity-text.ts';
import { keepFile } from '../../store/stored-files.ts';
import type { Call } from '../call.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { requireMayAct, requireWithin, targetIn } from '../target.ts';
import { FILE_KINDS, type FileKind, type FileKindRow, MAX_ROWS, PHOTO_ARCHIVE } from './file-kinds.ts';
import { refusingBadFiles } from './file-problems.ts';
import { givenByOfficer } from './uploaded-as.ts';

/** A file as it arrives. The name is only shown; the type is found out. */
export interface StoreFileInput {
  readonly institution: string;
  readonly kind: FileKind;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The file as it is kept: SHA-256 in hex, media type by content, size in bytes. */
export type StoredFileResult = { digest: string; mediaType: string; size: number };

/**
 * Keeps an uploaded file (a working paper; what is done with it is sealed later). The answer is the same whether the bytes were there or not.
 * @throws {Refused} too large, unsafe or not of the type of its kind. {Forbidden} the officer may not take the step it is for
 */
export async function storeFile(call: Call, input: StoreFileInput): Promise<Prepared<StoredFileResult>> {
  const { institution, kind, bytes } = input;
  const rules: FileKindRow = FILE_KINDS[kind];
  const name = shownName(input.name);
  // Asked again with the change itself; asked here first, because a stranger's file is not worth opening (R4.2).
  await requireWithin(call.world.db.prisma, call, rules.step, institution);
  requireMayAct(call, rules.step, await targetIn(call.world.db.prisma, institution));
  const mediaType = await refusingBadFiles('file', () => judgeFile(bytes, name, rules), rules.article);
  const digest = await digestOf({ bytes });
  const size = bytes.length;
  const preparation = {
    procedure: 'store-file',
    step: rules.step,
    institution,
    input: { kind, name, digest },
  };
  return prepare(call, preparation, async (tx, at) => {
    const cipher = rules.secret ? call.world.cipher : null;
    await keepFile(
      tx,
      { institution, digest, kind, name, mediaType, size, bytes },
      at,
      cipher,
      givenByOfficer(call.actor),
    );
    return { digest, mediaType, size };
  });
}

/** The last part of a path, at most 200 characters, none cut in half, without what no database keeps and without identity numbers. */
export function shownName(path: string): string {
  const characters = [...path.replace(/^.*[/\\]/s, '')].slice(0, 200).join('');
  return hideIdentityNumbers(characters.replace(/[\p{Cc}\p{Cs}]/gu, '\uFFFD'));
}

/** The media type of the content. @throws {FileProblem} what is wrong with it */
export async function judgeFile(bytes: Uint8Array, name: string, rules: FileKindRow): Promise<string> {
  await checkSize({ bytes }, rules.maxBytes);
  if (rules.json === true && looksLikeJson(bytes)) return 'application/json';
  if (rules.types.includes('xlsx')) {
    const table = await openTable({ bytes }, { name, maxBytes: rules.maxBytes, maxRows: MAX_ROWS });
    // One row in each line: what may have too many is read to the first of them here, where no transaction waits for it.
    if (table.kind === 'csv' && (await hasMoreLines(bytes, MAX_ROWS + 1))) for await (const _ of table.blocks());
    return table.kind === 'csv' ? 'text/csv' : (await sniff(bytes)).mediaType;
  }
  const { type, mediaType } = await sniff(bytes);
  if (rules.types.includes('pdf') && bytes[0] === 0x25) checkPdf(bytes, rules.mostPages);
  if (!rules.types.includes(type)) {
    const code = rules.types.length === 1 && rules.types[0] === 'pdf' ? 'not-a-pdf' : 'unsupported-type';
    throw new FileProblem(code, { found: mediaType, expected: rules.types.join(' / ') });
  }
  if (type === 'jpeg' || type === 'png') checkImage(bytes);
  if (type === 'zip') (await openZip({ bytes }, PHOTO_ARCHIVE)).close();
  return mediaType;
}
