// A file that was not uploaded for what it is to be used for: bytes are kept once, so the answer says as what they were uploaded first.
import type { Violation } from '../../regulation/violations.ts';
import { violation } from '../../regulation/violations.ts';
import type { FileFacts } from '../../store/stored-files.ts';
import { FILE_KINDS, type FileKind, type FileKindRow } from './file-kinds.ts';

/**
 * The refusal (`file-missing`) of a file. `found`: the kind as which the same bytes were uploaded, else their digest.
 * @param path the input that names the file
 */
export function fileMissing(
  path: string,
  asked: {
    readonly digest: string;
    readonly file: FileFacts | null;
    readonly kind: FileKind;
    readonly article: string;
  },
): Violation {
  const { digest, file, kind, article } = asked;
  const rows: Readonly<Record<string, FileKindRow>> = FILE_KINDS;
  const known = file && Object.hasOwn(rows, file.kind) ? rows[file.kind] : undefined;
  const found = known ? `${file?.kind} ${known.zh} (${known.en})` : digest.slice(0, 64);
  return violation('file-missing', path, { found, expected: kind, article });
}
