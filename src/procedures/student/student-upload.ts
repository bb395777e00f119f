// A student's evidence: the same content checks as an officer's upload, smaller, few, and kept sealed (R21.1).
import { createHash } from 'node:crypto';
import { violation } from '../../regulation/violations.ts';
import { lockFor } from '../../store/database/key-lock.ts';
import { inTransaction } from '../../store/database/transaction.ts';
import { keepFile } from '../../store/stored-files.ts';
import { addStudentFile, filesOfStudent } from '../../store/student/student-words.ts';
import type { StudentCall } from '../call.ts';
import { Refused } from '../errors.ts';
import { FILE_KINDS } from '../files/file-kinds.ts';
import { refusingBadFiles } from '../files/file-problems.ts';
import { judgeFile, type StoredFileResult, shownName } from '../files/store-file.ts';
import { givenByStudent } from '../files/uploaded-as.ts';
import { requireStanding } from '../standing.ts';
import { keyOfThing } from './student-thing.ts';

/** Files of one student at most, for all their words together. */
const MOST_FILES = 20;

/**
 * Keeps a file under its SHA-256 for the student who is signed in; others cannot rest a word on it.
 * @throws {Refused} too large, unsafe, not a PDF, JPEG or PNG, or one too many
 */
export async function storeStudentFile(
  call: StudentCall,
  input: { readonly name: string; readonly bytes: Uint8Array },
): Promise<StoredFileResult> {
  const { world, student } = call;
  const { institution } = student;
  const { bytes } = input;
  const kind = 'student-evidence';
  const rules = FILE_KINDS[kind];
  const name = shownName(input.name);
  const key = keyOfThing(student);
  const digest = createHash('sha256').update(bytes).digest('hex');
  const requireRoom = async (reads: Parameters<typeof filesOfStudent>[0]) => {
    const known = await filesOfStudent(reads, institution, key);
    if (known.size < MOST_FILES || known.has(digest)) return;
    throw new Refused([
      violation('student-too-many-files', 'file', { found: String(known.size), expected: `≤ ${MOST_FILES}` }),
    ]);
  };
  await requireRoom(world.db.prisma);
  const mediaType = await refusingBadFiles('file', () => judgeFile(bytes, name, rules), rules.article);
  const size = bytes.length;
  if (call.simulate) return { digest, mediaType, size };
  return inTransaction(world.db, async (tx) => {
    await requireStanding(tx, call);
    // One after another, so that many at once do not pass the limit together.
    await lockFor(tx, `student-files/${institution}/${student.id}`);
    await requireRoom(tx);
    const at = world.now();
    const file = { institution, digest, kind, name, mediaType, size, bytes };
    await keepFile(tx, file, at, world.cipher, givenByStudent(student));
    await addStudentFile(tx, { institution, digest, name, at, ...key });
    return { digest, mediaType, size };
  });
}
