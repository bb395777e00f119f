// Article 6, 8(4), 11(1): files and photos.
import { describe, expect, it } from 'vitest';
import { FILE_PROBLEMS, FileProblem } from '../../src/files/problems.ts';
import { fileViolation, PHOTO_STANDARDS, photoViolations } from '../../src/regulation/files.ts';
import { keysOf } from '../../src/regulation/vocabulary.ts';
import { codes } from './samples.ts';

describe('a file that cannot be taken', () => {
  it.each(keysOf(FILE_PROBLEMS))('%s is a violation with an article and the sentences of the problem', (code) => {
    const problem = new FileProblem(code, { found: '1', expected: '2', place: { row: 3, column: 4 } });
    expect(fileViolation(problem)).toMatchObject({
      path: 'rows[3].cells[4]',
      found: '1',
      expected: '2',
      message: FILE_PROBLEMS[code].zh,
      messageEn: FILE_PROBLEMS[code].en,
    });
  });

  it('tells unsafe, wrong and unreadable files apart', () => {
    const code = (name: keyof typeof FILE_PROBLEMS) => fileViolation(new FileProblem(name)).code;
    expect(
      ['zip-bomb', 'unsafe-path', 'not-a-pdf', 'wrong-encoding', 'too-large', 'broken-zip'].map((name) =>
        code(name as keyof typeof FILE_PROBLEMS),
      ),
    ).toEqual([
      'file-unsafe',
      'file-unsafe',
      'file-wrong-type',
      'file-wrong-encoding',
      'file-too-large',
      'file-unreadable',
    ]);
    expect(fileViolation(new FileProblem('unsafe-path', { place: { entry: '../x.jpg' } })).path).toBe('../x.jpg');
    expect(fileViolation(new FileProblem('empty-file')).path).toBe('file');
  });
});

describe('Article 8(4): photos', () => {
  const photo = { name: 'x.jpg', type: 'jpeg', width: 480, height: 640, bytes: 30_000 };
  it('are of the preset', () => {
    expect(photoViolations(photo, PHOTO_STANDARDS['480x640'])).toEqual([]);
    expect(photoViolations({ ...photo, width: 150, height: 210, bytes: 9000 }, PHOTO_STANDARDS['150x210'])).toEqual([]);
    const wrong = photoViolations({ ...photo, type: 'png', width: 481, bytes: 50_000 }, PHOTO_STANDARDS['480x640']);
    expect(wrong.map(({ found }) => found)).toEqual(['png', '481×640', '50000 B']);
    expect(codes(wrong)).toEqual(Array(3).fill('photo-not-of-standard@photoDigest'));
  });
});
