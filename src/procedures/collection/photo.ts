// One photo of an archive: whether it is a whole picture and of one of the standards in use.
import { FileProblem } from '../../files/problems.ts';
import { checkImage } from '../../files/sniff.ts';
import { fileViolation, PHOTO_STANDARDS, photoViolations } from '../../regulation/files.ts';
import type { Violation } from '../../regulation/violations.ts';

/** A good photo of a known person. */
export interface Photo {
  /** File name inside the archive. */
  readonly entry: string;
  readonly recordId: string;
  readonly bytes: Uint8Array;
  /** SHA-256, hex. */
  readonly digest: string;
}

/** What is wrong with a photo by itself: measured against the standard to which it comes nearest. */
export function judgePhoto(name: string, bytes: Uint8Array): Violation[] {
  try {
    const photo = { name, ...checkImage(bytes), bytes: bytes.length };
    const verdicts = Object.values(PHOTO_STANDARDS).map((standard) => photoViolations(photo, standard));
    return verdicts.reduce((best, next) => (next.length < best.length ? next : best));
  } catch (error) {
    if (error instanceof FileProblem) return [fileViolation(error)];
    throw error;
  }
}
