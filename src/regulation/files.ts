// Files as the regulation sees them: which rule a file that cannot be taken breaks; photos by their standard (art. 6, 8(4), 11(1), 21).
import type { ViolationCode } from './violation-codes.ts';
import type { Violation } from './violations.ts';
import { violation } from './violations.ts';
import type { Term } from './vocabulary.ts';

/** A problem of a file as the reader of bytes states it: its own code and sentences. */
export interface FileProblemView {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly found?: string;
  readonly expected?: string;
  readonly place?: { readonly row?: number; readonly column?: number; readonly entry?: string };
}

const CODE_OF: Readonly<Record<string, ViolationCode>> = {
  'wrong-encoding': 'file-wrong-encoding',
  'binary-file': 'file-wrong-encoding',
  'too-large': 'file-too-large',
  'too-many-rows': 'file-too-large',
  'too-many-columns': 'file-too-large',
  'too-many-entries': 'file-too-large',
  'entry-too-large': 'file-too-large',
  'image-too-large': 'file-too-large',
  'too-many-pages': 'file-too-large',
  'zip-bomb': 'file-unsafe',
  'unsafe-path': 'file-unsafe',
  'link-entry': 'file-unsafe',
  'active-pdf': 'file-unsafe',
  'not-a-pdf': 'file-wrong-type',
  'not-an-image': 'file-wrong-type',
  'unsupported-type': 'file-wrong-type',
  'old-excel': 'file-wrong-type',
  'unsupported-dbf': 'file-wrong-type',
};

/** The violation of a file problem; its sentences are the problem's own, which say more. `path` is the place: `rows[3].cells[4]`, the name of an entry or of the file. */
export function fileViolation(problem: FileProblemView): Violation {
  const { row, column, entry } = problem.place ?? {};
  const cell = [row && `rows[${row}]`, column && `cells[${column}]`].filter(Boolean).join('.');
  const path = [entry, cell].filter(Boolean).join(':') || 'file';
  const { found, expected } = problem;
  const base = violation(CODE_OF[problem.code] ?? 'file-unreadable', path, { found: found ?? problem.code, expected });
  return { ...base, message: problem.zh, messageEn: problem.en };
}

/** A preset for photos (art. 8(4)); sizes in pixels and bytes. */
export interface PhotoStandard {
  readonly width: number;
  readonly height: number;
  readonly leastBytes: number;
  readonly mostBytes: number;
}

/** The two presets in use; an institution chooses one. */
export const PHOTO_STANDARDS = {
  '480x640': {
    ...{ zh: '480×640 像素，20–40 KB', en: '480×640, 20–40 KB', article: '8' },
    width: 480,
    height: 640,
    leastBytes: 20 * 1024,
    mostBytes: 40 * 1024,
  },
  '150x210': {
    ...{ zh: '150×210 像素，不超过 10 KB', en: '150×210, at most 10 KB', article: '8' },
    width: 150,
    height: 210,
    leastBytes: 1,
    mostBytes: 10 * 1024,
  },
} as const satisfies Record<string, PhotoStandard & Term>;

/** Which of the standards. */
export type PhotoStandardName = keyof typeof PHOTO_STANDARDS;

/** After what photos are named in an archive. */
export const PHOTO_NAMINGS = {
  'identity-number': { zh: '身份证件号码', en: 'identity number', article: '8', field: 'identityNumber' },
  'student-number': { zh: '学号', en: 'student number', article: '8', field: 'studentNumber' },
  'certificate-number': { zh: '学位证书编号', en: 'certificate number', article: '8', field: 'certificateNumber' },
  'examinee-number': { zh: '考生号', en: 'examinee number', article: '8', field: 'examineeNumber' },
} as const satisfies Record<string, Term & { field: string }>;
export type PhotoNaming = keyof typeof PHOTO_NAMINGS;

/** What of a photo is not as the standard says: kind, pixels, bytes. */
export function photoViolations(
  photo: {
    readonly name: string;
    readonly type: string;
    readonly width: number;
    readonly height: number;
    readonly bytes: number;
  },
  standard: PhotoStandard,
): Violation[] {
  const violations: Violation[] = [];
  const add = (found: string, expected: string) =>
    violations.push(violation('photo-not-of-standard', 'photoDigest', { found, expected }));
  if (photo.type !== 'jpeg') add(photo.type, 'jpeg');
  if (photo.width !== standard.width || photo.height !== standard.height) {
    add(`${photo.width}×${photo.height}`, `${standard.width}×${standard.height}`);
  }
  if (photo.bytes < standard.leastBytes || photo.bytes > standard.mostBytes) {
    add(`${photo.bytes} B`, `${standard.leastBytes}–${standard.mostBytes} B`);
  }
  return violations;
}
